"""How the tables came to be what they are, one revision a step; run when a database is opened for writing."""
