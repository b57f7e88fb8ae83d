"""The commands. Heavy modules are imported inside them, so that ``--help`` answers at once."""

import errno
import logging
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from reportedly.config import Settings, read_settings
from reportedly.errors import ConfigError, ReportedlyError
from reportedly.logs import set_up_logging
from reportedly.records.document import Hints
from reportedly.version import __version__

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.records.report import Report

EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
_CACHED = ("gazetteer-*.sqlite*", "building-*", "http")
"""What is ours in the cache folder: indexes, what a broken build left, fetched pages."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class _Group(click.Group):
    """Turns errors made on purpose into one line on standard error and exit status 2, and Ctrl-C into a quiet end."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ReportedlyError as error:
            click.echo(f"reportedly: {error}", err=True)
            ctx.exit(EXIT_USAGE)
        except KeyboardInterrupt:
            ctx.exit(EXIT_INTERRUPTED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reportedly")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file (TOML); default ./reportedly.toml.")
@click.option("-v", "--verbose", count=True, help="Name each document as it is read; twice for more.")
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
    set_up_logging(level)
    ctx.obj = read_settings(config)
    # The lines that are said while documents are read would tear a progress bar.
    ctx.meta["bar"] = not quiet and not verbose


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
    hints = _make_hints(published, publisher)
    _check_output(output, inputs, "--output")
    with _open_output(output) as out:
        console = _make_console(out) if form == "table" else None
        reports = _read(ctx, inputs, settings, hints, out, console)
        failed = _write_table(reports, console) if console is not None else _WRITERS[form](reports, out)
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

    hints = _make_hints(published, publisher)
    if html is None:
        with _open_output(None) as out:
            console = _make_console(out)
            failed = 0
            for report in _read(ctx, inputs, ctx.obj, hints, out, console):
                failed += _tell_failures(report)
                if report.document is not None:
                    print_explanation(report, console)
    else:
        _check_output(html, inputs, "--html")
        failed = _write_page(_read(ctx, inputs, ctx.obj, hints, sys.stdout, None), html)
    if failed:
        ctx.exit(EXIT_SOME_FAILED)


def _write_page(reports: Iterable["Report"], path: Path) -> int:
    """Write the page of the one document that was read; no page where none or a second one was."""
    from reportedly.write.page import make_page

    failed = 0
    page: str | None = None
    for report in reports:
        failed += _tell_failures(report)
        if report.document is None:
            continue
        if page is not None:
            raise click.UsageError("--html takes one document; this input holds several")
        page = make_page(report)
    if page is not None:
        with _open_output(path) as out:
            out.write(page)
    return failed


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
    """Print the cache folder and what of ours is in it."""
    click.echo(settings.cache_dir)
    with _name_failure(settings.cache_dir):
        for path in _find_cached(settings.cache_dir):
            click.echo(f"  {path.name}  {_measure(path) / 1e6:.1f} MB")


@cache.command()
@click.pass_obj
def clear(settings: Settings) -> None:
    """Remove what is in the cache folder; it is made again when it is needed.

    Files that are not ours stay, so that a folder named by mistake loses nothing.
    """
    with _name_failure(settings.cache_dir):
        for path in _find_cached(settings.cache_dir):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _find_cached(folder: Path) -> list[Path]:
    return sorted(path for pattern in _CACHED for path in folder.glob(pattern))


@contextmanager
def _name_failure(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{folder}: the cache folder cannot be used ({error.strerror}); check it, or set cache_dir"
        raise ConfigError(message) from error


def _measure(path: Path) -> int:
    return sum(item.stat().st_size for item in [path, *path.rglob("*")] if item.is_file())


def _set_processes(settings: Settings, processes: int | None) -> Settings:
    import msgspec

    return settings if processes is None else msgspec.structs.replace(settings, processes=processes)


def _make_hints(published: str | None, publisher: str | None) -> Hints:
    """Check what the user says of the documents, once, before any is read."""
    from reportedly.clean.dates import read_when

    if published is not None and read_when(published) is None:
        raise click.BadParameter(f"{published!r} cannot be read: write it as 2025-10-31", param_hint="--published")
    return Hints(published=published, publisher=publisher or None)


def _make_console(out: IO[str]) -> "Console":
    from reportedly.write.ledger import make_console

    return make_console(out)


def _read(
    ctx: click.Context,
    inputs: tuple[str, ...],
    settings: Settings,
    hints: Hints,
    out: IO[str],
    console: "Console | None",
) -> Iterator["Report"]:
    """Read all inputs, with a progress bar on a terminal where there is more than one document.

    Where the results go to the terminal, too, the bar stands below them, on their console; lines that are no console's
    leave no room for one.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from reportedly.acquire import estimate_total
    from reportedly.pipeline import read_all

    reports = read_all(inputs, settings, hints)
    total = estimate_total(inputs)
    if console is None or not console.is_terminal:
        console = Console(stderr=True)
    if not ctx.meta["bar"] or not console.is_terminal or total == 1 or (console.stderr and out.isatty()):
        yield from reports
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    shared = sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=shared) as progress:
        task = progress.add_task("reading", total=total)
        for report in reports:
            progress.advance(task)
            yield report


def _check_output(path: Path | None, inputs: tuple[str, ...], option: str) -> None:
    """Refuse to write over a document that is to be read, or into a folder where it would be read as one."""
    if path is None:
        return
    target = path.resolve()
    for given in inputs:
        if given != "-" and "://" not in given and given.strip():
            source = Path(given).resolve()
            if target == source or (source.is_dir() and source in target.parents):
                raise click.BadParameter(f"{path} is among the documents to read: write elsewhere", param_hint=option)


@contextmanager
def _open_output(path: Path | None) -> Iterator[IO[str]]:
    """Open the output; a terminal that cannot show a character gets a substitute instead of an error."""
    if path is None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        out = sys.stdout if path is None else path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        message = f"{path}: the output cannot be written ({error.strerror}); name a file in a folder that is there"
        raise ConfigError(message) from error
    try:
        yield out
        out.flush()
        if path is not None:
            out.close()
    except OSError as error:
        if error.errno not in _FULL:
            raise
        message = f"{path or 'standard output'}: the output is cut off ({error.strerror}); make room and read again"
        raise ConfigError(message) from error


def _tell_failures(report: "Report") -> int:
    """List the failures of a report on standard error; return how many there are."""
    from reportedly.write.wording import word_failure

    for failure in report.failures:
        click.echo(word_failure(failure), err=True)
    return len(report.failures)


def _write_table(reports: Iterable["Report"], console: "Console") -> int:
    """Print ledgers, and a summary below more than one."""
    from reportedly.write.ledger import print_ledger
    from reportedly.write.summary import Tally, print_summary

    tally = Tally()
    for report in reports:
        tally.add(report)
        _tell_failures(report)
        if report.document is not None:
            print_ledger(report, console)
    if tally.read + tally.failed > 1:
        print_summary(tally, console)
    return tally.failed


def _write_json(reports: Iterable["Report"], out: IO[str]) -> int:
    """Write an array of whole reports, failures among them, one after another as they are read."""
    import msgspec

    failed = 0
    separator = "[\n"
    for report in reports:
        failed += _tell_failures(report)
        out.write(separator + msgspec.json.encode(report).decode())
        out.flush()
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")
    return failed


def _write_jsonl(reports: Iterable["Report"], out: IO[str]) -> int:
    from reportedly.write.lines import encode_lines

    failed = 0
    for report in reports:
        failed += _tell_failures(report)
        out.write(encode_lines(report).decode())
        out.flush()
    return failed


def _write_csv(reports: Iterable["Report"], out: IO[str]) -> int:
    from reportedly.write.table import encode_header, encode_rows

    out.write(encode_header())
    failed = 0
    for report in reports:
        failed += _tell_failures(report)
        out.write(encode_rows(report))
        out.flush()
    return failed


_WRITERS = {"json": _write_json, "jsonl": _write_jsonl, "csv": _write_csv}
