"""What databases raise, in words a reader can act on; no address shows a password."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from reportedly.errors import StoreError

LOCK_WAIT_S = 30.0
"""How long a writer waits for another one before it gives up."""


def name_url(url: sa.URL) -> str:
    """Return what a reader calls the database: the file, or the address without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    # A password may stand behind the question mark, too.
    shown = {key: value for key, value in url.query.items() if "password" not in key.lower()}
    return url.set(query=shown).render_as_string(hide_password=True)


@contextmanager
def explain(url: sa.URL, doing: str) -> Iterator[None]:
    """Turn what a database raises within the block into a ``StoreError`` that names it and says what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(f"{name_url(url)}: {_word(url, error)} ({doing})") from error
    except msgspec.DecodeError as error:
        raise StoreError(f"{name_url(url)}: a record in it is damaged; `reportedly db check` finds which") from error
    except sqlite3.Error as error:
        raise StoreError(f"{name_url(url)}: {_word_sqlite(url, str(error))} ({doing})") from error


def _word(url: sa.URL, error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    message = " ".join(str(cause).split())
    if url.get_backend_name() == "sqlite":
        return _word_sqlite(url, message)
    return _word_postgres(error, message, getattr(cause, "sqlstate", None))


_SQLITE: tuple[tuple[str, str], ...] = (
    ("locked", f"another process has been writing to it for more than {LOCK_WAIT_S:.0f} seconds; try again later"),
    ("readonly", "it cannot be written to; give yourself the right to write to the file and its folder"),
    ("disk is full", "the disk is full; nothing of this step was kept: make room and run it again"),
    ("not a database", "this is no database of reportedly; name another file with --db"),
    ("malformed", "the file is damaged; put a copy back, or read what is left with `sqlite3 FILE .recover`"),
    ("disk i/o error", "the disk cannot be read or written, or is full; nothing of this step was kept"),
    ("unable to open", "it cannot be opened; does the folder exist, and may you write in it?"),
    ("no such table", "this is no database of reportedly; name another file with --db"),
    ("no such column", "this is no database of reportedly; name another file with --db"),
    ("no such module", "this SQLite has no full-text search (FTS5); use a Python with a complete SQLite"),
    ("too big", "a text is larger than the database takes"),
)


def _word_sqlite(url: sa.URL, message: str) -> str:
    lower = message.lower()
    path = Path(url.database or "")
    if "unable to open" in lower and path.is_dir():
        return "this is a folder; name a file in it"
    if "unable to open" in lower and not path.parent.is_dir():
        return f"the folder {path.parent} does not exist; make it first"
    if "unable to open" in lower and path.exists():
        return "it may not be read; give yourself the right to read the file, and to write in its folder"
    return next((words for part, words in _SQLITE if part in lower), f"the database cannot be used: {message}")


_POSTGRES: tuple[tuple[str, str], ...] = (
    ("28", "the server refuses this user or password; check the address given with --db"),
    ("3D000", "there is no database of this name on the server; make it with `createdb`"),
    ("42501", "this user may not do that; grant it the right to create and write tables"),
    ("53100", "the disk of the server is full; nothing of this step was kept: make room and run it again"),
    ("55P03", f"another process has been writing to it for more than {LOCK_WAIT_S:.0f} seconds; try again later"),
    ("40", "another process wrote at the same time; nothing of this step was kept: run it again"),
    ("42P01", "this is no database of reportedly; name another one with --db"),
    ("25006", "it was opened for reading only"),
    ("57P", "the server is stopping or starting; nothing of this step was kept: run it again"),
    ("08", "the connection to the server was lost; nothing of this step was kept: run it again"),
)


_POSTGRES_TOLD: tuple[tuple[str, str], ...] = (
    (r"database \S+ does not exist", "3D000"),
    (r"role \S+ does not exist|authentication failed|no pg_hba.conf entry|no password supplied", "28"),
    (r"starting up|shutting down", "57P"),
)
"""What a server says before a connection stands, when it gives no code."""


def _word_postgres(error: SQLAlchemyError, message: str, code: str | None) -> str:
    message = re.sub(r"password=\S+", "password=***", message)
    code = code or next((code for pattern, code in _POSTGRES_TOLD if re.search(pattern, message)), None)
    for start, words in _POSTGRES:
        if code and (code.startswith(start) or start.startswith(code)):
            return words
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return "the connection to the server was lost; nothing of this step was kept: run it again"
    if isinstance(error, (OperationalError, InterfaceError)):
        return f"the server cannot be reached; is it running, and is the address right? ({message})"
    return f"the database cannot be used: {message}"
