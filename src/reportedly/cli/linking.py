"""Linking what is stored."""

from typing import TYPE_CHECKING

import click
import msgspec

from reportedly.cli.ledger import open_ledger, tell_json
from reportedly.cli.options import db_option, json_option
from reportedly.cli.output import open_progress

if TYPE_CHECKING:
    from reportedly.linking import LinkSummary
    from reportedly.store.base import Store


@click.command()
@click.option("--again", is_flag=True, help="Take back what linking found before, and link everything again.")
@json_option
@db_option
@click.pass_context
def link(ctx: click.Context, again: bool, as_json: bool) -> None:
    """Find copies, stories and events among the documents that are not linked yet.

    The result is that of linking everything at once, whatever came in when. Decisions are carried out.
    """
    with open_ledger(ctx.obj, write=True) as store:
        summary = link_store(ctx, store, again=again)
    if as_json:
        tell_json(msgspec.structs.asdict(summary))
    else:
        tell_linked(summary)


def link_store(ctx: click.Context, store: "Store", *, again: bool = False) -> "LinkSummary":
    """Link a ledger that is open, with a progress bar on a terminal."""
    from reportedly.linking import link_ledger

    with open_progress(ctx, "linking") as show:
        return link_ledger(store, again=again, progress=show)


def tell_linked(summary: "LinkSummary") -> None:
    """Print what linking did, in one line and one more for the links."""
    from reportedly.write.wording import word_count

    stories = "1 story" if summary.stories == 1 else f"{summary.stories:,} stories"
    click.echo(
        f"{word_count(summary.documents, 'document')} linked, "
        f"{stories} and {word_count(summary.events, 'event')} made or changed"
    )
    if summary.links:
        click.echo(", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in summary.links.items()))
