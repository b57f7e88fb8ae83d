"""Decisions of persons: taken, kept, and applied to the record whenever it is derived again."""
