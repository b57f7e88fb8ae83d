"""What the commands that work on a ledger share: opening it, and answering in JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from reportedly.config import Settings

if TYPE_CHECKING:
    from reportedly.store.base import Store


@contextmanager
def open_ledger(settings: Settings, *, write: bool = False, create: bool = False) -> Iterator["Store"]:
    """Open the database that the settings name and close it behind the command.

    Args:
        settings: ``db``.
        write: Open it for writing; a database of an earlier release is brought up to date.
        create: Make it where it is not there; else that is an error.

    Raises:
        StoreError: it is not there, or cannot be opened; the message says what to do.
    """
    from reportedly.store import open_store

    file = find_file(settings.db)
    missing = file is not None and not file.exists()
    with open_store(settings.db, read_only=not write or (missing and not create)) as store:
        yield store


def find_file(db: str) -> Path | None:
    """Return the file that a database lies in; None where it lies on a server."""
    name = db.removeprefix("sqlite:///")
    return None if "://" in name else Path(name).expanduser()


def tell_json(value: object) -> None:
    """Print a value as JSON, indented, in the order it has."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
