"""Records to disk and back: one interface, one schema, on SQLite and PostgreSQL."""
