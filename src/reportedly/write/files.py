"""Files that are whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from reportedly.errors import ConfigError

_SQLITE = b"SQLite format 3\0"
"""What every file of SQLite begins with."""


@contextmanager
def replace_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of what stands under its name once it is whole.

    Raises:
        ConfigError: it cannot be written there, there is no room, or a database lies there.
    """
    refuse_database(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("wb") as out:
                yield out
            part.replace(path)
        except OSError as error:
            message = f"{path}: the export cannot be written ({error.strerror}); name a file in a folder with room"
            raise ConfigError(message) from error
    finally:
        part.unlink(missing_ok=True)


def refuse_database(path: Path) -> None:
    """Refuse to write over a SQLite database: it may be a ledger.

    Raises:
        ConfigError: one lies under this name.
    """
    if is_database(path):
        raise ConfigError(f"{path}: this is a database; write elsewhere, or remove it first")


def is_database(path: Path) -> bool:
    """Say whether a SQLite database lies under a name; what is not there, or may not be read, is none."""
    try:
        with path.open("rb") as there:
            return path.is_file() and there.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def make_folder(folder: Path) -> None:
    """Make a folder where it is not there; raises as ``replace_file``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder}: the folder cannot be made ({error.strerror}); name another one") from error
