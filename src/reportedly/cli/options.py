"""What several commands share: their options, exit statuses, and what the user says of documents."""

from pathlib import Path

import click
import msgspec

from reportedly.config import Settings
from reportedly.records.document import Hints

EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


def input_options(command: click.decorators.FC) -> click.decorators.FC:
    """Options of every command that reads documents."""
    command = click.option("--publisher", help="Outlet that carried the documents; wins over what is found.")(command)
    command = click.option("--published", help="When they were published (ISO 8601); wins over what is found.")(command)
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(command)


def set_processes(settings: Settings, processes: int | None) -> Settings:
    """Let the number of processes given on the command line win."""
    return settings if processes is None else msgspec.structs.replace(settings, processes=processes)


def make_hints(published: str | None, publisher: str | None) -> Hints:
    """Check what the user says of the documents, once, before any is read."""
    from reportedly.clean.dates import read_when

    if published is not None and read_when(published) is None:
        raise click.BadParameter(f"{published!r} cannot be read: write it as 2025-10-31", param_hint="--published")
    return Hints(published=published, publisher=publisher or None)


def check_output(path: Path | None, inputs: tuple[str, ...], option: str) -> None:
    """Refuse to write over a document that is to be read, or into a folder where it would be read as one."""
    if path is None:
        return
    target = path.resolve()
    for given in inputs:
        if given != "-" and "://" not in given and given.strip():
            source = Path(given).resolve()
            if target == source or (source.is_dir() and source in target.parents):
                raise click.BadParameter(f"{path} is among the documents to read: write elsewhere", param_hint=option)
