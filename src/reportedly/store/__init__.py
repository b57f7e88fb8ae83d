"""Records to disk and back: one interface, one schema, on SQLite and PostgreSQL."""

from reportedly.store.base import AddOutcome, Kind, Publisher, Store, StoredFailure, StoredLink, View, Writer
from reportedly.store.sql import open_store

__all__ = [
    "AddOutcome",
    "Kind",
    "Publisher",
    "Store",
    "StoredFailure",
    "StoredLink",
    "View",
    "Writer",
    "open_store",
]
