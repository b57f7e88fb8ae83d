"""What several commands share: their options, exit statuses, and what the user says of documents."""

import errno
import os
from pathlib import Path

import click
import msgspec

from reportedly.config import Settings
from reportedly.errors import ConfigError
from reportedly.records.document import Hints

EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
EXIT_PIPE = 141
"""As of a program that SIGPIPE ends: who read its output went away."""


def input_options(command: click.decorators.FC) -> click.decorators.FC:
    """Arguments and options of every command that reads documents."""
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(hint_options(command))


def hint_options(command: click.decorators.FC) -> click.decorators.FC:
    """Options by which the user says something of the documents; see ``make_hints``."""
    command = click.option("--publisher", help="Outlet that carried the documents; wins over what is found.")(command)
    return click.option("--published", help="When they were published (ISO 8601); wins over what is found.")(command)


def json_option(command: click.decorators.FC) -> click.decorators.FC:
    """Option of every command that can answer in JSON; it receives it as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")(command)


def who_option(command: click.decorators.FC) -> click.decorators.FC:
    """Option that names the person who decides; the default is the name of the user account."""
    return click.option("--who", default=_find_user, help="Who decides; default is your user name.")(command)


def _find_user() -> str:
    from getpass import getuser

    try:
        return getuser()
    # An account without a name (a container's) has none in the environment or the user database, either.
    except (KeyError, OSError):
        return "unnamed"


def db_option(command: click.decorators.FC) -> click.decorators.FC:
    """Option of every command that works on a ledger; the settings that the command is given name the database."""

    def set_db(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
        del option
        ctx.obj = set_database(ctx.obj, value)

    return click.option(
        "--db",
        metavar="URL",
        expose_value=False,
        callback=set_db,
        help="Database of the ledger: a file or an address; default reportedly.db, or REPORTEDLY_DB.",
    )(command)


def set_database(settings: Settings, url: str | None) -> Settings:
    """Let the database given on the command line win."""
    return settings if not url else msgspec.structs.replace(settings, db=url)


def set_processes(settings: Settings, processes: int | None) -> Settings:
    """Let the number of processes given on the command line win."""
    return settings if processes is None else msgspec.structs.replace(settings, processes=processes)


def make_hints(published: str | None, publisher: str | None) -> Hints:
    """Check what the user says of the documents, once, before any is read."""
    from reportedly.clean.dates import read_when

    if published is not None and read_when(published) is None:
        raise click.BadParameter(f"{published!r} cannot be read: write it as 2025-10-31", param_hint="--published")
    try:
        (publisher or "").encode()
    except UnicodeEncodeError as error:
        message = f"{publisher!r} holds bytes that are no text in UTF-8: write it again"
        raise click.BadParameter(message, param_hint="--publisher") from error
    return Hints(published=published, publisher=publisher or None)


def check_output(path: Path | None, inputs: tuple[str, ...], option: str) -> None:
    """Refuse an output, before anything is read, that could not be written in the end or would harm what is there.

    Raises:
        click.BadParameter: it is a document that is to be read, or lies in a folder where it would be read as one.
        ConfigError: it cannot be written there, or a database lies there.
    """
    if path is None:
        return
    from reportedly.write.files import refuse_database

    target = path.resolve()
    for given in inputs:
        if given != "-" and "://" not in given and given.strip():
            source = Path(given).resolve()
            if target == source or (source.is_dir() and source in target.parents):
                raise click.BadParameter(f"{path} is among the documents to read: write elsewhere", param_hint=option)
    refuse_database(path)
    if not target.parent.is_dir():
        raise ConfigError(word_unwritable(path, errno.ENOENT))
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise ConfigError(word_unwritable(path, errno.EACCES))


def word_unwritable(path: Path | None, code: int | None) -> str:
    """Say that an output cannot be written, by the code of the fault (``errno``)."""
    return f"{path}: the output cannot be written ({os.strerror(code or 0)}); name a file in a folder that is there"
