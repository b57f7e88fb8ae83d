"""Stored records to answers: what is new, and what can be said with its evidence."""
