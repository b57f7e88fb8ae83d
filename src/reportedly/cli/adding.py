"""What comes into a ledger and what goes for good: add, failures, retry, forget, merge, db."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
import msgspec

from reportedly.cli.ledger import find_file, open_ledger, tell_json
from reportedly.cli.linking import link_store, tell_linked
from reportedly.cli.options import (
    EXIT_SOME_FAILED,
    db_option,
    hint_options,
    input_options,
    json_option,
    make_hints,
    set_processes,
    who_option,
)
from reportedly.cli.output import show_progress
from reportedly.config import Settings
from reportedly.errors import ConfigError, NotFoundError
from reportedly.records.document import Hints

if TYPE_CHECKING:
    from reportedly.adding import Added, AddSummary
    from reportedly.linking import LinkSummary
    from reportedly.merging import MergeSummary
    from reportedly.store.base import Store


@click.command()
@input_options
@click.option("--processes", type=click.IntRange(min=0), help="Reading processes; 0 is one a core.")
@click.option("--link", "linked", is_flag=True, help="Link afterwards what is new, as `reportedly link` does.")
@json_option
@db_option
@click.pass_context
def add(
    ctx: click.Context,
    inputs: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    processes: int | None,
    linked: bool,
    as_json: bool,
) -> None:
    """Read documents and keep them in the ledger.

    INPUT is as for `reportedly read`. What is there already is told by its address and text and is not read again, so
    that a run that was cut off goes on where it was. An edited text of the same address becomes its next version.

    Exit status: 0 all read or there, 1 some documents failed (`reportedly failures` lists them), 2 usage.
    """
    from reportedly.acquire import estimate_total
    from reportedly.adding import add_inputs

    settings = set_processes(ctx.obj, processes)
    hints = make_hints(published, publisher)
    with open_ledger(settings, write=True, create=True) as store:
        items = add_inputs(inputs, store, settings, hints)
        summary = count_added(show_progress(ctx, items, "adding", estimate_total(inputs)))
        outdated = _has_outdated(store)
        links = link_store(ctx, store) if linked else None
    _tell_added(summary, hints, links, outdated=outdated, as_json=as_json)
    if summary.failed:
        ctx.exit(EXIT_SOME_FAILED)


def count_added(items: Iterable["Added"]) -> "AddSummary":
    """Count outcomes, naming each failure as it comes."""
    from reportedly.adding import AddSummary
    from reportedly.write.wording import word_failure

    summary = AddSummary()
    for item in items:
        summary = summary.count(item)
        if item.failure is not None:
            click.echo(word_failure(item.failure), err=True)
    return summary


def _has_outdated(store: "Store") -> bool:
    from reportedly.adding import name_coding

    with store.reading() as view:
        return bool(view.find_unsketched(name_coding(), limit=1))


def _tell_added(
    summary: "AddSummary", hints: Hints, links: "LinkSummary | None", *, outdated: bool, as_json: bool
) -> None:
    from reportedly.write.wording import word_count

    given = [f"--{name}" for name in ("published", "publisher") if getattr(hints, name) is not None]
    if summary.known and given:
        click.echo(f"What is known stays as it was added: {' and '.join(given)} took no effect on it.", err=True)
    if as_json:
        linked = {} if links is None else {"linked": msgspec.structs.asdict(links)}
        tell_json({**msgspec.structs.asdict(summary), "outdated": outdated, **linked})
        return
    parts = [f"{word_count(summary.added, 'document')} added"]
    if summary.version:
        parts.append(f"{word_count(summary.version, 'new version')}")
    parts[-1] += f" ({word_count(summary.claims, 'claim')})"
    parts += [
        f"{count:,} {what}"
        for count, what in ((summary.known, "known"), (summary.removed, "refused"), (summary.failed, "not read"))
        if count
    ]
    click.echo(", ".join(parts))
    if summary.removed:
        click.echo("What is refused was removed for good: see `reportedly forget --list`.", err=True)
    if outdated:
        click.echo("Some documents were read by earlier stages; `reportedly recode` brings them up to date.", err=True)
    if links is not None:
        tell_linked(links)


@click.command()
@click.option("--drop", "dropped", multiple=True, metavar="ADDRESS", help="Take it off the list; may be given again.")
@json_option
@db_option
@click.pass_obj
def failures(settings: Settings, dropped: tuple[str, ...], as_json: bool) -> None:
    """List documents that could not be read: stage, error, tries, when, and why.

    With --drop, take off what is not to be tried again (a mistyped name), and list what is left.
    """
    if dropped:
        from reportedly.adding import drop_failures

        with open_ledger(settings, write=True) as store:
            drop_failures(dropped, store)
    with open_ledger(settings) as store, store.reading() as view:
        found = view.find_failures()
    if as_json:
        tell_json(
            [{**msgspec.to_builtins(item.failure), "recorded": item.recorded, "tries": item.tries} for item in found]
        )
        return
    for item in found:
        failure = item.failure
        tries = "1 try" if item.tries == 1 else f"{item.tries} tries"
        click.echo(f"{failure.address}\n    {failure.stage}: {failure.error}, {tries}, last {item.recorded[:16]}Z")
        click.echo(f"    {failure.message}")
    if not found:
        click.echo("no failures", err=True)


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@hint_options
@click.option("--processes", type=click.IntRange(min=0), help="Reading processes; 0 is one a core.")
@json_option
@db_option
@click.pass_context
def retry(
    ctx: click.Context,
    addresses: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    processes: int | None,
    as_json: bool,
) -> None:
    """Read again what could not be read: the addresses given, as `reportedly failures` lists them, or all.

    Exit status as for `reportedly add`.
    """
    from reportedly.adding import retry_failures

    settings = set_processes(ctx.obj, processes)
    hints = make_hints(published, publisher)
    with open_ledger(settings, write=True) as store:
        items = retry_failures(addresses, store, settings, hints)
        summary = count_added(show_progress(ctx, items, "reading again"))
        outdated = _has_outdated(store)
    _tell_added(summary, hints, None, outdated=outdated, as_json=as_json)
    if summary.failed:
        ctx.exit(EXIT_SOME_FAILED)


@click.command()
@click.argument("document", required=False, metavar="ID")
@click.option("--reason", help="Why it is removed; stays on record.")
@who_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--list", "listed", is_flag=True, help="Show what was removed.")
@json_option
@db_option
@click.pass_obj
def forget(
    settings: Settings, document: str | None, reason: str | None, who: str, yes: bool, listed: bool, as_json: bool
) -> None:
    """Remove a document for good, with all that came from it.

    ID is the document's, or its first characters. Only its id, who removed it, when and why stay on record; the same
    text from the same address is refused from then on.
    """
    if listed:
        _list_removals(settings, as_json=as_json)
        return
    if document is None or not (reason and reason.strip()):
        raise click.UsageError("give the id of a document and --reason, or --list")
    from reportedly.forgetting import forget_document
    from reportedly.records.query import ClaimQuery
    from reportedly.store.base import Kind
    from reportedly.write.wording import name_one, word_count

    with open_ledger(settings, write=True) as store:
        with store.reading() as view:
            kind, found = view.resolve(document)
            if kind is not Kind.DOCUMENT:
                named = name_one(kind.value)
                raise NotFoundError(f"{document}: this is {named}, not a document; only documents are removed")
            head = view.get_head(found)
            claims = view.count_claims(ClaimQuery(documents=(found,)))
        if not yes:
            named = head.title or head.address or "a document without a title"
            counted = word_count(claims, "claim")
            if not click.confirm(f"Remove {found} ({named}) and its {counted} for good?", err=True):
                click.echo("nothing was removed", err=True)
                return
        removal = forget_document(store, found, who, reason)
    if as_json:
        tell_json(msgspec.to_builtins(removal))
        return
    click.echo(f"{found} is removed with {word_count(removal.claims, 'claim')}")
    click.echo("`reportedly link` brings events and stories up to date.", err=True)


def _list_removals(settings: Settings, *, as_json: bool) -> None:
    from reportedly.write.wording import word_count

    with open_ledger(settings) as store, store.reading() as view:
        removals = view.find_removals()
    if as_json:
        tell_json(msgspec.to_builtins(removals))
        return
    for item in removals:
        click.echo(f"{item.id}  {item.at[:16]}Z  {word_count(item.claims, 'claim')}  {item.who}: {item.reason}")
    if not removals:
        click.echo("nothing was removed", err=True)


@click.command()
@click.argument("other", metavar="OTHER.db")
@json_option
@db_option
@click.pass_context
def merge(ctx: click.Context, other: str, as_json: bool) -> None:
    """Bring another ledger into this one: documents, decisions, failures and removals.

    A document that either side has removed is not in this one afterwards. Merging twice changes nothing.

    Exit status: 0 all is in, 1 some records were left out because of ids that are none, 2 it could not be done.
    """
    from reportedly.merging import merge_ledger

    _expect_ledger(other)
    with (
        open_ledger(msgspec.structs.replace(ctx.obj, db=other)) as theirs,
        open_ledger(ctx.obj, write=True, create=True) as store,
    ):
        summary = merge_ledger(theirs, store)
    for line in summary.unfit:
        click.echo(f"{other}: {line}", err=True)
    if as_json:
        tell_json(msgspec.structs.asdict(summary))
    else:
        _tell_merged(summary)
    if summary.unfit:
        ctx.exit(EXIT_SOME_FAILED)


def _expect_ledger(other: str) -> None:
    """Refuse what is no ledger to bring in, before advice is given that is meant for the ledger itself."""
    from reportedly.write.files import is_database

    file = find_file(other)
    if file is None or is_database(file):
        return
    if not file.exists():
        raise ConfigError(f"{other}: there is no such file; name the ledger to bring in")
    if file.is_dir() or os.access(file, os.R_OK):
        raise ConfigError(f"{other}: this is no ledger; name the database of one")


def _tell_merged(summary: "MergeSummary") -> None:
    from reportedly.write.wording import word_count

    click.echo(
        f"{word_count(summary.documents, 'document')} ({word_count(summary.claims, 'claim')}), "
        f"{word_count(summary.decisions, 'decision')}, {word_count(summary.failures, 'failure')}, "
        f"{word_count(summary.removals, 'removal')} brought in; {summary.known:,} known, {summary.refused:,} refused"
    )
    if summary.documents or summary.decisions or summary.removals:
        click.echo("`reportedly link` links what is new.", err=True)


@click.group()
def db() -> None:
    """Check, upgrade or describe the database of the ledger."""


@db.command()
@db_option
@click.pass_context
def check(ctx: click.Context) -> None:
    """Verify the database's own integrity, and that everything in it points at something.

    Exit status: 0 all is well, 1 there are faults (one line each).
    """
    with open_ledger(ctx.obj) as store:
        faults = store.check()
    for fault in faults:
        click.echo(fault)
    if faults:
        ctx.exit(EXIT_SOME_FAILED)
    click.echo("all is well", err=True)


@db.command()
@db_option
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Bring a database that an earlier release made up to date; nothing happens to one that is."""
    with open_ledger(settings, write=True) as store:
        click.echo(f"{store.url} is up to date")


@db.command()
@json_option
@db_option
@click.pass_obj
def info(settings: Settings, as_json: bool) -> None:
    """Say which database it is and how much there is in it."""
    with open_ledger(settings) as store, store.reading() as view:
        url, counts = store.url, msgspec.structs.asdict(view.count())
    if as_json:
        tell_json({"url": url, **counts})
        return
    click.echo(url)
    for name, count in counts.items():
        click.echo(f"  {count:>10,}  {name}")
