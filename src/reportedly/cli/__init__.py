"""The commands, a module a kind. Heavy modules are imported inside them, so that ``--help`` answers at once."""

import errno
import logging
import os
import sys
from pathlib import Path

import click

from reportedly.cli import adding, cache, dossier, export, linking, read, recoding, show, watch
from reportedly.cli.options import EXIT_INTERRUPTED, EXIT_PIPE, EXIT_USAGE, set_database
from reportedly.config import read_settings
from reportedly.errors import ReportedlyError
from reportedly.logs import set_up_logging
from reportedly.version import __version__

_GO_ON = ("add", "link", "merge", "recode", "retry")
"""Commands that commit what they do in steps."""


class _Group(click.Group):
    """Turns errors made on purpose into one line on standard error and exit status 2, and Ctrl-C into a quiet end.

    Of a command that keeps what it has done so far, that is said. A reader that has seen enough (``| head``) and a
    question that nobody answers end it quietly, too, with statuses that do not speak of documents that failed.
    """

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ReportedlyError as error:
            click.echo(f"reportedly: {error}", err=True)
            ctx.exit(EXIT_USAGE)
        except OSError as error:
            if error.errno != errno.EPIPE:
                raise
            _drop_unread()
            ctx.exit(EXIT_PIPE)
        except click.Abort as error:
            if isinstance(error.__context__, EOFError):
                click.echo("\nreportedly: nobody answers the question, and nothing was done", err=True)
                ctx.exit(EXIT_USAGE)
            ctx.exit(EXIT_INTERRUPTED)
        except KeyboardInterrupt:
            if ctx.invoked_subcommand in _GO_ON:
                click.echo(
                    "reportedly: stopped; what was committed is kept, and the next run goes on from there", err=True
                )
            ctx.exit(EXIT_INTERRUPTED)


def _drop_unread() -> None:
    """Lead what nobody reads any more to nowhere, where Python would complain of it at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reportedly")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file (TOML); default ./reportedly.toml.")
@click.option(
    "--db", metavar="URL", help="Database of the ledger: a file or an address; every ledger command takes it, too."
)
@click.option("-v", "--verbose", count=True, help="Name each document as it is read; twice for more.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, only results and failures.")
@click.pass_context
def main(ctx: click.Context, config: Path | None, db: str | None, verbose: int, quiet: bool) -> None:
    """Read public news reports and keep the record of who claims what happened.

    \b
    reportedly read report.txt              the ledger of one report
    reportedly read reports/ --jsonl        claims as JSON Lines
    reportedly explain report.txt --html report.html
    reportedly add reports/                 keep them in a ledger, reportedly.db
    """  # noqa: D301 -- click reads the backspace as "keep these lines"
    level = logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    set_up_logging(level)
    ctx.obj = set_database(read_settings(config), db)
    # The lines that are said while documents are read would tear a progress bar.
    ctx.meta["bar"] = not quiet and not verbose


for _command in (
    read.read,
    read.explain,
    read.schema,
    adding.add,
    adding.failures,
    adding.retry,
    adding.forget,
    adding.merge,
    adding.db,
    linking.link,
    recoding.recode,
    recoding.decide,
    recoding.decisions,
    export.export,
    show.claims,
    show.events,
    show.stories,
    show.sources,
    show.search,
    show.show,
    watch.diff,
    watch.brief,
    dossier.dossier,
    cache.cache,
):
    main.add_command(_command)
