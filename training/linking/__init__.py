"""Small crises in several reports, every mention of an event marked with its key: to train and try event linking."""
