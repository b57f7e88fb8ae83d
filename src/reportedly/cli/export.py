"""What goes out of a ledger: its claims and events in the formats of other tools."""

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from reportedly.cli.filters import filter_options, resolve_ids
from reportedly.cli.ledger import find_file, open_ledger
from reportedly.cli.options import db_option
from reportedly.cli.show import as_of_option, read_as_of
from reportedly.config import Settings
from reportedly.errors import ConfigError
from reportedly.records.query import ClaimQuery

if TYPE_CHECKING:
    from reportedly.write.export import Exported

FORMS = (
    "csv",
    "jsonl",
    "parquet",
    "geojson",
    "gdelt",
    "acled",
    "ucdp",
    "polecat",
    "jsonld",
    "ninjs",
    "atom",
    "dossier",
)
"""Names of the export formats, so that ``--help`` need not load them; a test holds them against ``write.export``."""


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMS, case_sensitive=False))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File or folder; default: standard output.")
@click.option("--full-text", is_flag=True, help="Whole texts of reports, not excerpts alone. Mind whose they are.")
@click.option("--all-status", is_flag=True, help="In gdelt, acled, ucdp, polecat: also what nobody says took place.")
@as_of_option
@click.option("--title", default="Dossier", show_default=True, help="Title of a dossier.")
@filter_options
@db_option
@click.pass_context
def export(
    ctx: click.Context,
    form: str,
    output: Path | None,
    full_text: bool,
    all_status: bool,
    as_of: str | None,
    title: str,
    query: ClaimQuery,
) -> None:
    """Write claims and events in a format of other tools.

    FORMAT is csv, parquet (our own tables), jsonl, geojson, gdelt, acled, ucdp, polecat (events in the columns of these
    projects), jsonld (schema.org), ninjs, atom, or dossier (pages that open offline). csv, parquet, gdelt and dossier
    are folders; csv with -o FILE.csv is the table of claims alone.

    \b
    reportedly export csv -o tables/
    reportedly export geojson --type assault --since 2025-10 -o strikes.geojson
    """  # noqa: D301 -- click reads the backspace as "keep these lines"
    form = form.lower()
    _check_target(output, ctx.obj)
    if form == "dossier":
        _export_dossier(ctx.obj, output, title, query, full_text, all_status, as_of)
        return
    from reportedly.write.export import write_export
    from reportedly.write.tally import ExportOptions

    options = ExportOptions(full_text=full_text, all_status=all_status)
    target: Path | BinaryIO = output if output is not None else sys.stdout.buffer
    try:
        with open_ledger(ctx.obj) as store, store.reading(read_as_of(as_of)) as view:
            done = write_export(view, resolve_ids(view, query), form, target, options)
    except OSError as error:
        # A reader that has seen enough (``| head``) is no fault.
        if error.errno == errno.EPIPE:
            raise
        message = f"standard output: the export is cut off ({error.strerror}); write to a file with -o"
        raise ConfigError(message) from error
    _tell(done)


def _check_target(output: Path | None, settings: Settings) -> None:
    """Refuse to write over the ledger that is read."""
    database = find_file(settings.db)
    try:
        same = output is not None and database is not None and output.samefile(database)
    # One of them is not there, or may not be looked at: whoever opens it says so.
    except OSError:
        return
    if same:
        raise click.BadParameter(f"{output} is the ledger itself: write elsewhere", param_hint="--output")


def _export_dossier(
    settings: Settings,
    output: Path | None,
    title: str,
    query: ClaimQuery,
    full_text: bool,
    all_status: bool,
    as_of: str | None,
) -> None:
    from reportedly.write.dossier import write_dossier

    if all_status:
        raise ConfigError("a dossier keeps the status of everything it holds; leave out --all-status")
    if output is None:
        raise ConfigError("a dossier is a folder of pages; name it with -o")
    with open_ledger(settings) as store, store.reading(read_as_of(as_of)) as view:
        click.echo(write_dossier(view, output, title, resolve_ids(view, query), full_text), err=True)


def _tell(done: "Exported") -> None:
    """Say on standard error what was written and what was left out."""
    for name, path in zip(done.written, done.paths, strict=False):
        click.echo(f"{path}  {done.written[name]:,}", err=True)
    for reason, number in done.left_out.items():
        click.echo(f"left out ({number:,}): {reason}", err=True)
