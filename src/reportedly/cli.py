"""The commands. Heavy modules are imported inside them, so that ``--help`` answers at once."""

import logging
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from reportedly.config import Settings, read_settings
from reportedly.errors import ReportedlyError
from reportedly.records.document import Hints
from reportedly.version import __version__

if TYPE_CHECKING:
    from reportedly.records.report import Report

EXIT_SOME_FAILED = 1
EXIT_USAGE = 2


class _Group(click.Group):
    """Turns errors made on purpose into one line on standard error and exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ReportedlyError as error:
            click.echo(f"reportedly: {error}", err=True)
            ctx.exit(EXIT_USAGE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reportedly")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file (TOML); default ./reportedly.toml.")
@click.option("-v", "--verbose", count=True, help="Say what is done; twice for more.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, only results and failures.")
@click.pass_context
def main(ctx: click.Context, config: Path | None, verbose: int, quiet: bool) -> None:
    """Read public news reports and keep the record of who claims what happened.

    \b
    reportedly read report.txt              the ledger of one report
    reportedly read reports/ --jsonl        claims as JSON Lines
    reportedly explain report.txt --html report.html
    """  # noqa: D301 -- click reads the backspace as "keep these lines"
    level = logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    if not verbose:
        for library in ("hishel", "pypdf", "stamina", "trafilatura"):
            logging.getLogger(library).setLevel(logging.CRITICAL)
    ctx.obj = read_settings(config)
    ctx.meta["quiet"] = quiet


def _input_options(command: click.decorators.FC) -> click.decorators.FC:
    """Options of every command that reads documents."""
    command = click.option("--publisher", help="Outlet that carried the documents; wins over what is found.")(command)
    command = click.option("--published", help="When they were published (ISO 8601); wins over what is found.")(command)
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(command)


@main.command()
@_input_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="table: the ledger; json: whole reports; jsonl, csv: one claim a line.",
)
@click.option("--jsonl", "form", flag_value="jsonl", help="Short for --format jsonl.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; default stdout.")
@click.option("--processes", type=click.IntRange(min=0), help="Reading processes; 0 is one a core.")
@click.pass_context
def read(
    ctx: click.Context,
    inputs: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    form: str,
    output: Path | None,
    processes: int | None,
) -> None:
    """Read documents and print their claims.

    INPUT is a file (.txt .html .pdf .docx .jsonl .warc .warc.gz .xml), a folder, an address of a page or a feed, or -
    for standard input.

    Exit status: 0 all read, 1 some documents failed (each is listed with the reason), 2 usage.
    """
    settings = _set_processes(ctx.obj, processes)
    reports = _read(ctx, inputs, settings, Hints(published=published, publisher=publisher))
    with _open_output(output) as out:
        failed = _WRITERS[form](reports, out)
    if failed:
        click.echo(f"{failed} not read", err=True)
        ctx.exit(EXIT_SOME_FAILED)


@main.command()
@_input_options
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write one self-contained page here.")
@click.pass_context
def explain(
    ctx: click.Context, inputs: tuple[str, ...], published: str | None, publisher: str | None, html: Path | None
) -> None:
    """Show the text with every field of every claim marked up, and what set each field.

    With --html the input must be one document.
    """
    from reportedly.write.explain import print_explanation
    from reportedly.write.ledger import make_console
    from reportedly.write.page import make_page

    console = make_console(sys.stdout)
    failed = 0
    written = False
    for report in _read(ctx, inputs, ctx.obj, Hints(published=published, publisher=publisher)):
        failed += _tell_failures(report)
        if html is None:
            print_explanation(report, console)
        elif report.document is not None:
            if written:
                raise click.UsageError("--html takes one document; this input holds several")
            html.write_text(make_page(report), encoding="utf-8")
            written = True
    if failed:
        ctx.exit(EXIT_SOME_FAILED)


@main.command()
def schema() -> None:
    """Print the JSON Schema of what `read --format json` and `--format jsonl` give."""
    import msgspec

    from reportedly.write.schema import make_schema

    click.echo(msgspec.json.format(msgspec.json.encode(make_schema()), indent=2))


@main.group()
def cache() -> None:
    """Show or clear the cache folder: the gazetteer index and fetched pages."""


@cache.command()
@click.pass_obj
def show(settings: Settings) -> None:
    """Print the cache folder and what is in it."""
    click.echo(settings.cache_dir)
    if settings.cache_dir.is_dir():
        for path in sorted(settings.cache_dir.iterdir()):
            click.echo(f"  {path.name}  {_measure(path) / 1e6:.1f} MB")


@cache.command()
@click.pass_obj
def clear(settings: Settings) -> None:
    """Remove what is in the cache folder; it is made again when it is needed."""
    if not settings.cache_dir.is_dir():
        return
    for path in sorted(settings.cache_dir.iterdir()):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _measure(path: Path) -> int:
    return sum(item.stat().st_size for item in [path, *path.rglob("*")] if item.is_file())


def _set_processes(settings: Settings, processes: int | None) -> Settings:
    import msgspec

    return settings if processes is None else msgspec.structs.replace(settings, processes=processes)


def _read(ctx: click.Context, inputs: tuple[str, ...], settings: Settings, hints: Hints) -> Iterator["Report"]:
    """Read all inputs, with a progress bar on a terminal where there is more than one document."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from reportedly.acquire import estimate_total
    from reportedly.pipeline import read_all

    reports = read_all(inputs, settings, hints)
    total = estimate_total(inputs)
    stderr = Console(file=sys.stderr)
    if ctx.meta["quiet"] or not stderr.is_terminal or total == 1:
        yield from reports
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr, transient=True) as progress:
        task = progress.add_task("reading", total=total)
        for report in reports:
            progress.advance(task)
            yield report


@contextmanager
def _open_output(path: Path | None) -> Iterator[IO[str]]:
    """Open the output; a terminal that cannot show a character gets a substitute instead of an error."""
    if path is not None:
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    yield sys.stdout


def _tell_failures(report: "Report") -> int:
    """List the failures of a report on standard error; return how many there are."""
    for failure in report.failures:
        click.echo(f"not read ({failure.error}, {failure.stage}): {failure.address}: {failure.message}", err=True)
    return len(report.failures)


def _write_table(reports: Iterable["Report"], out: IO[str]) -> int:
    from reportedly.write.ledger import make_console, print_ledger

    console = make_console(out)
    failed = 0
    for report in reports:
        if report.document is None:
            failed += _tell_failures(report)
        else:
            print_ledger(report, console)
    return failed


def _write_json(reports: Iterable["Report"], out: IO[str]) -> int:
    """Write an array of whole reports, failures among them, one after another as they are read."""
    import msgspec

    failed = 0
    separator = "[\n"
    for report in reports:
        failed += _tell_failures(report)
        out.write(separator + msgspec.json.encode(report).decode())
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")
    return failed


def _write_jsonl(reports: Iterable["Report"], out: IO[str]) -> int:
    from reportedly.write.lines import encode_lines

    failed = 0
    for report in reports:
        failed += _tell_failures(report)
        out.write(encode_lines(report).decode())
    return failed


def _write_csv(reports: Iterable["Report"], out: IO[str]) -> int:
    from reportedly.write.table import encode_header, encode_rows

    out.write(encode_header())
    failed = 0
    for report in reports:
        failed += _tell_failures(report)
        out.write(encode_rows(report))
    return failed


_WRITERS = {"table": _write_table, "json": _write_json, "jsonl": _write_jsonl, "csv": _write_csv}
