"""Where results go: the output file or the terminal, what is said beside it, and the progress bar."""

import errno
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

import click

from reportedly.cli.options import word_unwritable
from reportedly.config import Settings
from reportedly.errors import ConfigError
from reportedly.records.document import Hints

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.records.report import Report

T = TypeVar("T")

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def make_console(out: IO[str]) -> "Console":
    """Make the console that tables and marked text are printed on."""
    from reportedly.write.ledger import make_console

    return make_console(out)


def read_inputs(
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
    from reportedly.acquire import estimate_total
    from reportedly.pipeline import read_all

    reports = read_all(inputs, settings, hints)
    if (console is None or not console.is_terminal) and out.isatty():
        return reports
    return show_progress(ctx, reports, "reading", estimate_total(inputs), console)


def show_progress(
    ctx: click.Context, items: Iterable[T], doing: str, total: int | None = None, console: "Console | None" = None
) -> Iterator[T]:
    """Pass items on, with a progress bar on a terminal where there may be more than one.

    Args:
        ctx: Says whether the user wants one.
        items: What takes time to come.
        doing: What is done, for the bar.
        total: How many there are; None where that is not known.
        console: Where results are printed, below which the bar stands; None, or no terminal, is standard error.
    """
    if total == 1:
        yield from items
        return
    with open_progress(ctx, doing, total, console) as show:
        for done, item in enumerate(items, start=1):
            show(done, total)
            yield item


@contextmanager
def open_progress(
    ctx: click.Context, doing: str, total: int | None = None, console: "Console | None" = None
) -> Iterator[Callable[[int, int | None], None]]:
    """Show a progress bar on a terminal, and give what moves it: it takes how much is done, and of how much."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    if console is None or not console.is_terminal:
        console = Console(stderr=True)
    if not ctx.meta["bar"] or not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    shared = sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=shared) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda done, total: progress.update(task, completed=done, total=total)


@contextmanager
def open_output(path: Path | None) -> Iterator[IO[str]]:
    """Open the output; a terminal that cannot show a character gets a substitute instead of an error."""
    if path is None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    else:
        from reportedly.write.files import refuse_database

        refuse_database(path)
    try:
        out = sys.stdout if path is None else path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise ConfigError(word_unwritable(path, error.errno)) from error
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


def tell_failures(report: "Report") -> int:
    """List the failures of a report on standard error; return how many there are."""
    from reportedly.write.wording import word_failure

    for failure in report.failures:
        click.echo(word_failure(failure), err=True)
    return len(report.failures)
