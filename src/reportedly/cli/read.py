"""Reading without keeping: the ledger of single reports, and why each field says what it says."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from reportedly.cli.options import EXIT_SOME_FAILED, check_output, input_options, make_hints, set_processes
from reportedly.cli.output import make_console, open_output, read_inputs, tell_failures

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.records.report import Report


@click.command()
@input_options
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
    settings = set_processes(ctx.obj, processes)
    hints = make_hints(published, publisher)
    check_output(output, inputs, "--output")
    with open_output(output) as out:
        console = make_console(out) if form == "table" else None
        reports = read_inputs(ctx, inputs, settings, hints, out, console)
        failed = _write_table(reports, console) if console is not None else _WRITERS[form](reports, out)
    if failed:
        click.echo(f"{failed} not read", err=True)
        ctx.exit(EXIT_SOME_FAILED)


@click.command()
@input_options
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write one self-contained page here.")
@click.pass_context
def explain(
    ctx: click.Context, inputs: tuple[str, ...], published: str | None, publisher: str | None, html: Path | None
) -> None:
    """Show the text with every field of every claim marked up, and what set each field.

    With --html the input must be one document.
    """
    from reportedly.write.explain import print_explanation

    hints = make_hints(published, publisher)
    if html is None:
        with open_output(None) as out:
            console = make_console(out)
            failed = 0
            for report in read_inputs(ctx, inputs, ctx.obj, hints, out, console):
                failed += tell_failures(report)
                if report.document is not None:
                    print_explanation(report, console)
    else:
        check_output(html, inputs, "--html")
        failed = _write_page(read_inputs(ctx, inputs, ctx.obj, hints, sys.stdout, None), html)
    if failed:
        ctx.exit(EXIT_SOME_FAILED)


def _write_page(reports: Iterable["Report"], path: Path) -> int:
    """Write the page of the one document that was read; no page where none or a second one was."""
    from reportedly.write.page import make_page

    failed = 0
    page: str | None = None
    for report in reports:
        failed += tell_failures(report)
        if report.document is None:
            continue
        if page is not None:
            raise click.UsageError("--html takes one document; this input holds several")
        page = make_page(report)
    if page is not None:
        with open_output(path) as out:
            out.write(page)
    return failed


@click.command()
@click.argument("what", type=click.Choice(["read", "export"]), default="read", metavar="[read|export]")
def schema(what: str) -> None:
    """Print the JSON Schema of what `read` gives as json and jsonl, or of what `export jsonl` gives."""
    import msgspec

    from reportedly.write.schema import make_export_schema, make_schema

    made = make_schema() if what == "read" else make_export_schema()
    click.echo(msgspec.json.format(msgspec.json.encode(made), indent=2))


def _write_table(reports: Iterable["Report"], console: "Console") -> int:
    """Print ledgers, and a summary below more than one."""
    from reportedly.write.ledger import print_ledger
    from reportedly.write.summary import Tally, print_summary

    tally = Tally()
    for report in reports:
        tally.add(report)
        tell_failures(report)
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
        failed += tell_failures(report)
        out.write(separator + msgspec.json.encode(report).decode())
        out.flush()
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")
    return failed


def _write_jsonl(reports: Iterable["Report"], out: IO[str]) -> int:
    from reportedly.write.lines import encode_lines

    failed = 0
    for report in reports:
        failed += tell_failures(report)
        out.write(encode_lines(report).decode())
        out.flush()
    return failed


def _write_csv(reports: Iterable["Report"], out: IO[str]) -> int:
    from reportedly.write.table import encode_header, encode_rows

    out.write(encode_header())
    failed = 0
    for report in reports:
        failed += tell_failures(report)
        out.write(encode_rows(report))
        out.flush()
    return failed


_WRITERS = {"json": _write_json, "jsonl": _write_jsonl, "csv": _write_csv}
