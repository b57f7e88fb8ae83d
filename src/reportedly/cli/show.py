"""What is in a ledger: claims, events, stories, sources, search, and one record with the words that show it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click
import msgspec

from reportedly.cli.filters import (
    MOST,
    expect_order,
    filter_options,
    read_day,
    read_instant,
    refuse_empty,
    resolve_ids,
)
from reportedly.cli.ledger import open_ledger, tell_json
from reportedly.cli.options import db_option, json_option
from reportedly.cli.output import make_console, open_output
from reportedly.config import Settings
from reportedly.records.query import ClaimQuery

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.store.base import View

SHOWN = 50
"""Records that a list shows where no --limit is given."""
_HITS = 10_000
"""Documents that a search for stories looks at, at most."""


def as_of_option(command: click.decorators.FC) -> click.decorators.FC:
    """Option of every command that can look at the record as it stood earlier."""
    return click.option("--as-of", help="The record as it stood then: 2025-11-02, 2025-11-02T08:00, 7d.")(command)


def read_as_of(words: str | None) -> str | None:
    """Read an instant; a day means its end."""
    return None if words is None else read_instant(words, "--as-of", last=True)


@click.command()
@filter_options
@as_of_option
@json_option
@db_option
@click.pass_obj
def claims(settings: Settings, query: ClaimQuery, as_of: str | None, as_json: bool) -> None:
    """List claims: who says what happened, and whether it did."""
    from reportedly.write.listing import print_claims

    with open_ledger(settings) as store, store.reading(read_as_of(as_of)) as view:
        query = resolve_ids(view, query)
        limited = msgspec.structs.replace(query, limit=query.limit or SHOWN)
        found = view.find_claims(limited)
        total = view.count_claims(query) if len(found) == limited.limit else len(found)
    if as_json:
        tell_json(found)
    else:
        with open_output(None) as out:
            print_claims(found, make_console(out))
    _tell_found(len(found), total, found[-1].claim.id if found else "")


@click.command()
@click.option("--min-voices", type=click.IntRange(1, MOST), help="Only those with so many named voices behind them.")
@click.option("--in-tension", is_flag=True, help="Only those whose reports do not agree.")
@click.option("--retracted", is_flag=True, help="Only those that all who reported them took back.")
@partial(filter_options, without=("order", "after"))
@as_of_option
@json_option
@db_option
@click.pass_obj
def events(
    settings: Settings,
    min_voices: int | None,
    in_tension: bool,
    retracted: bool,
    query: ClaimQuery,
    as_of: str | None,
    as_json: bool,
) -> None:
    """List events that hold a claim which fits, the latest told first, with who stands behind each."""
    from reportedly.write.listing import print_events

    limit = query.limit or SHOWN
    narrowed = min_voices is not None or in_tension or retracted
    with open_ledger(settings) as store, store.reading(read_as_of(as_of)) as view:
        full = resolve_ids(view, msgspec.structs.replace(query, limit=None))
        found = [
            event
            for event in view.find_events(full, limit=None if narrowed else limit + 1)
            if event.corroboration.voices >= (min_voices or 0)
            and (event.tension or not in_tension)
            and (event.retracted or not retracted)
        ]
        if not found:
            _tell_unlinked(view)
    if as_json:
        tell_json(found[:limit])
    else:
        with open_output(None) as out:
            print_events(found[:limit], make_console(out))
    _tell_found(limit, len(found))


@click.command()
@click.option("--since", help="Told on or after that day: 2025, 2025-10, 2025-10-31, 7d.")
@click.option("--until", help="Told on or before that day.")
@click.option("--text", help='Words of one of its reports: "boat strike", word*, OR, -word.')
@click.option("--limit", type=click.IntRange(1, MOST), default=SHOWN, show_default=True, help="How many at most.")
@as_of_option
@json_option
@db_option
@click.pass_obj
def stories(
    settings: Settings,
    since: str | None,
    until: str | None,
    text: str | None,
    limit: int,
    as_of: str | None,
    as_json: bool,
) -> None:
    """List stories, those with the latest reports first."""
    from reportedly.write.listing import print_stories

    refuse_empty(text, "--text")
    first = None if since is None else read_day(since, "--since")
    last = None if until is None else read_day(until, "--until", last=True)
    expect_order(first, last, "--until")
    with open_ledger(settings) as store, store.reading(read_as_of(as_of)) as view:
        named = [hit.document for hit in view.search(text, _HITS)] if text else None
        narrowed = first is not None or last is not None
        found = [
            story
            for story in view.find_stories(documents=named, limit=None if narrowed else limit + 1)
            if not narrowed
            or (story.last and story.first and story.last >= (first or "") and story.first <= (last or "9999"))
        ]
        if not found:
            _tell_unlinked(view)
    if as_json:
        tell_json(found[:limit])
    else:
        with open_output(None) as out:
            print_stories(found[:limit], make_console(out))
    _tell_found(limit, len(found))


def _tell_unlinked(view: "View") -> None:
    """Say that nothing was linked yet, where that is why nothing fits."""
    if view.find_heads(limit=1) and not view.find_stories(limit=1):
        click.echo("nothing is linked yet: run `reportedly link`", err=True)


@click.command()
@partial(filter_options, without=("order", "after"))
@as_of_option
@json_option
@db_option
@click.pass_obj
def sources(settings: Settings, query: ClaimQuery, as_of: str | None, as_json: bool) -> None:
    """List voices, and how what each said turned out: came about or not, denied, taken back.

    Without events that were told later nothing has turned out either way: silence is no outcome. `--json` lists the
    cases, and under `said` all claims that a voice stands behind.
    """
    from reportedly.watch.voices import read_voices
    from reportedly.write.listing import print_voices

    with open_ledger(settings) as store, store.reading(read_as_of(as_of)) as view:
        found = read_voices(view, view.find_claims(resolve_ids(view, msgspec.structs.replace(query, limit=None))))
    limit = query.limit or SHOWN
    if as_json:
        tell_json(found[:limit])
    else:
        with open_output(None) as out:
            print_voices(found[:limit], make_console(out))
    _tell_found(limit, len(found))


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, MOST), default=20, show_default=True, help="How many at most.")
@as_of_option
@json_option
@db_option
@click.pass_obj
def search(settings: Settings, words: tuple[str, ...], limit: int, as_of: str | None, as_json: bool) -> None:
    """Find documents by words, best first.

    All words must stand in a document. Also: '"a phrase"', word*, OR, -word (after --) and parentheses.
    """
    from reportedly.write.listing import print_hits

    with open_ledger(settings) as store, store.reading(read_as_of(as_of)) as view:
        found = view.search(" ".join(words), limit)
    if as_json:
        tell_json(found)
    else:
        with open_output(None) as out:
            print_hits(found, make_console(out))
    _tell_found(len(found), len(found))


@click.command()
@click.argument("name", metavar="ID")
@as_of_option
@json_option
@db_option
@click.pass_obj
def show(settings: Settings, name: str, as_of: str | None, as_json: bool) -> None:
    """Show a claim, event, story or document with the words that show it, and what it is linked to.

    ID may be cut to its first characters, four at least.
    """
    with open_ledger(settings) as store, store.reading(read_as_of(as_of)) as view, open_output(None) as out:
        _show(view, name, as_json, make_console(out))


def _show(view: "View", name: str, as_json: bool, console: "Console") -> None:
    """Show what an id names; of a statement its document, of a link or a decision the record itself."""
    from reportedly.store.base import Kind
    from reportedly.write import showing

    kind, found = view.resolve(name)
    if kind is Kind.CLAIM:
        claim = view.get_claim(found)
        _show_or_tell(claim, view, [found], as_json, lambda: showing.show_claim(view, claim, console))
    elif kind is Kind.EVENT:
        event = view.get_event(found)
        _show_or_tell(event, view, event.claims, as_json, lambda: showing.show_event(view, event, console))
    elif kind is Kind.STORY:
        story = view.get_story(found)
        _show_or_tell(story, view, [], as_json, lambda: showing.show_story(view, story, console))
    elif kind is Kind.DOCUMENT:
        document = view.get_document(found)
        _show_or_tell(document, view, [found], as_json, lambda: showing.show_document(view, document, console))
    elif kind is Kind.STATEMENT:
        tell_json(view.get_statement(found))
    elif kind is Kind.LINK:
        tell_json(view.get_link(found))
    else:
        tell_json(next(decision for decision in view.find_decisions() if decision.id == found))


def _show_or_tell(
    record: object, view: "View", ends: Sequence[str], as_json: bool, show_record: Callable[[], None]
) -> None:
    """Answer in JSON where that is asked for, with the links that lead to a record; else print."""
    if as_json:
        links = view.find_links(ends) if ends else []
        tell_json({**msgspec.to_builtins(record), **({"links": links} if ends else {})})
    else:
        show_record()


def _tell_found(shown: int, total: int, after: str = "") -> None:
    """Say that nothing fits, or that a list was cut and how to see the rest.

    Args:
        shown: How many the list has.
        total: How many there are, or one more than are shown.
        after: The claim that a next page goes on from, of lists that have pages.
    """
    if not total:
        click.echo("nothing fits", err=True)
    elif total > shown:
        how = f", raise --limit, or go on with --after {after}" if after else " or raise --limit"
        click.echo(f"{shown:,} shown, there are more: narrow the filters{how}", err=True)
