"""From addresses or files to one page, in one go."""

import tempfile
from pathlib import Path

import click
import msgspec

from reportedly.cli.adding import count_added
from reportedly.cli.ledger import open_ledger
from reportedly.cli.linking import link_store
from reportedly.cli.options import EXIT_SOME_FAILED, EXIT_USAGE, check_output, input_options, make_hints, set_processes
from reportedly.cli.output import open_output, show_progress
from reportedly.config import Settings


@click.command()
@input_options
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="dossier.html",
    show_default=True,
    help="Write the page here.",
)
@click.option("--title", default="Dossier", show_default=True, help="Title of the page.")
@click.option("--full-text", is_flag=True, help="Whole texts of the reports, not excerpts alone. Mind whose they are.")
@click.option("--processes", type=click.IntRange(min=0), help="Reading processes; 0 is one a core.")
@click.pass_context
def dossier(
    ctx: click.Context,
    inputs: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    output: Path,
    title: str,
    full_text: bool,
    processes: int | None,
) -> None:
    """Read documents and write one self-contained page about them; no ledger is needed, and none is kept.

    The page says who broke it, who copied, which hedge fell on the way, who stands behind what, the tolls by source,
    and what is in tension. INPUT is as for `reportedly read`.

    Exit status: 0 all read, 1 some documents failed (each is listed with the reason), 2 usage, or nothing to show.
    """
    from reportedly.acquire import estimate_total
    from reportedly.adding import add_inputs
    from reportedly.write.dossier import make_dossier_page

    settings: Settings = set_processes(ctx.obj, processes)
    hints = make_hints(published, publisher)
    check_output(output, inputs, "--output")
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
        own = msgspec.structs.replace(settings, db=str(Path(folder) / "dossier.db"))
        with open_ledger(own, write=True, create=True) as store:
            items = add_inputs(inputs, store, own, hints)
            summary = count_added(show_progress(ctx, items, "reading", estimate_total(inputs)))
            if not summary.added and not summary.version:
                click.echo("reportedly: none of the documents could be read: there is nothing to show", err=True)
                ctx.exit(EXIT_USAGE)
            link_store(ctx, store)
            with store.reading() as view:
                page = make_dossier_page(view, title, full_text=full_text)
    with open_output(output) as out:
        out.write(page)
    click.echo(f"{output} written", err=True)
    if summary.failed:
        ctx.exit(EXIT_SOME_FAILED)
