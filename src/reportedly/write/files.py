"""Files that are whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from reportedly.errors import ConfigError


@contextmanager
def replace_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of what stands under its name once it is whole.

    Raises:
        ConfigError: it cannot be written there, or there is no room.
    """
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


def make_folder(folder: Path) -> None:
    """Make a folder where it is not there; raises as ``replace_file``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder}: the folder cannot be made ({error.strerror}); name another one") from error
