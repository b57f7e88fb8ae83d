"""Reading stored texts again, and what persons decide of the record."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from reportedly.cli.ledger import open_ledger, tell_json
from reportedly.cli.options import EXIT_SOME_FAILED, db_option, json_option, set_processes, who_option
from reportedly.cli.output import show_progress
from reportedly.config import Settings
from reportedly.records.decision import Verdict

if TYPE_CHECKING:
    from reportedly.differences import ClaimLine, ReadingDiff
    from reportedly.recoding import Recoded
    from reportedly.records.decision import Decision
    from reportedly.store.base import Store


@click.command()
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only this document; may be given again.")
@click.option(
    "--all", "everything", is_flag=True, help="Also what the present stages have read (after own tables changed)."
)
@click.option("--diff", "shown", is_flag=True, help="Print claim by claim what came, went and changed.")
@click.option("--dry-run", is_flag=True, help="Change nothing.")
@click.option("--processes", type=click.IntRange(min=0), help="Reading processes; 0 is one a core.")
@json_option
@db_option
@click.pass_context
def recode(
    ctx: click.Context,
    documents: tuple[str, ...],
    everything: bool,
    shown: bool,
    dry_run: bool,
    processes: int | None,
    as_json: bool,
) -> None:
    """Read stored texts again with the stages of this release, without a network.

    Without --document or --all, what other versions of the stages have read. Texts stay as they are, decisions are
    applied to the new reading, and `reportedly diff` and `--as-of` still see the old one.
    """
    from reportedly.recoding import recode as read_again

    settings = set_processes(ctx.obj, processes)
    with open_ledger(settings, write=not dry_run) as store:
        chosen = _choose(store, documents, everything=everything)
        found = show_progress(ctx, read_again(store, settings, chosen, dry_run=dry_run), "recoding", len(chosen))
        failed = _tell_recoded(found, shown=shown, dry_run=dry_run, as_json=as_json)
    if failed:
        ctx.exit(EXIT_SOME_FAILED)


def _choose(store: "Store", documents: Sequence[str], *, everything: bool) -> list[str]:
    """Return the ids of the documents to read again."""
    from reportedly.errors import NotFoundError
    from reportedly.recoding import list_outdated
    from reportedly.store.base import Kind
    from reportedly.write.wording import name_one

    if not documents and not everything:
        return list_outdated(store)
    with store.reading() as view:
        if not documents:
            return [head.id for head in view.find_heads()]
        found = []
        for document in documents:
            kind, whole = view.resolve(document)
            if kind is not Kind.DOCUMENT:
                raise NotFoundError(
                    f"{document}: this is the id of {name_one(kind.value)}; --document takes that of a document"
                )
            found.append(whole)
        return list(dict.fromkeys(found))


def _tell_recoded(items: Iterable["Recoded"], *, shown: bool, dry_run: bool, as_json: bool) -> int:
    """Print what became of documents; return how many could not be read."""
    from reportedly.write.wording import word_count, word_failure

    counts = dict.fromkeys(("documents", "same", "came", "went", "changed", "failed", "waiting"), 0)
    diffs = []
    for item in items:
        counts["waiting"] += len(item.waiting)
        if item.diff is None:
            counts["failed"] += 1
            if item.failure is not None:
                click.echo(word_failure(item.failure), err=True)
            continue
        diff = item.diff
        counts["documents"] += 1
        counts["same"] += diff.same
        for name in ("came", "went", "changed"):
            counts[name] += len(getattr(diff, name))
        if shown and not diff.empty:
            if as_json:
                diffs.append(diff)
            else:
                click.echo("\n".join(_word_diff(diff)))
    if as_json:
        tell_json({**counts, **({"diffs": msgspec.to_builtins(diffs)} if shown else {})})
        return counts["failed"]
    click.echo(
        f"{word_count(counts['documents'], 'document')} {'compared' if dry_run else 'read again'}: {counts['same']:,} "
        f"claims the same, {counts['changed']:,} changed, {counts['came']:,} came, {counts['went']:,} went"
    )
    if counts["waiting"]:
        waiting = word_count(counts["waiting"], "decision")
        click.echo(f"{waiting} fit no claim now and wait; `reportedly decisions --waiting` lists them", err=True)
    if not dry_run and (counts["changed"] or counts["came"] or counts["went"]):
        click.echo("`reportedly link` brings events and stories up to date.", err=True)
    return counts["failed"]


def _word_diff(diff: "ReadingDiff") -> Iterator[str]:
    """Put the differences of one document into lines."""
    yield f"{diff.document}  {diff.title or ''}".rstrip()
    for sign, lines in (("-", diff.went), ("+", diff.came)):
        yield from (f"  {sign} {_word_line(line)}" for line in lines)
    for change in diff.changed:
        yield f"  ~ {_word_line(change.after)}"
        yield from (
            f"      {field.field}: {field.before or '(none)'} -> {field.after or '(none)'}" for field in change.fields
        )
    for sign, words in (("-", diff.statements_went), ("+", diff.statements_came)):
        yield from (f"  {sign} statement, {text}" for text in words)


def _word_line(line: "ClaimLine") -> str:
    return f"{line.id}  {line.status} {line.type}  {' '.join(line.evidence.split())}"


@click.group()
def decide() -> None:
    """Accept, reject or correct claims and links; merge and split events; undo.

    A decision needs a reason, is never changed or lost, and is applied again whenever texts are read again.
    """


_reason = click.option("--reason", required=True, help="Why; stays on record.")


@decide.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_reason
@who_option
@json_option
@db_option
@click.pass_obj
def accept(settings: Settings, ids: tuple[str, ...], reason: str, who: str, as_json: bool) -> None:
    """Confirm claims or links: that they say what the text says, not that it is true."""
    _take(settings, Verdict.ACCEPT, ids, reason, who, as_json=as_json)


@decide.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_reason
@who_option
@json_option
@db_option
@click.pass_obj
def reject(settings: Settings, ids: tuple[str, ...], reason: str, who: str, as_json: bool) -> None:
    """Take claims or links out of the record; they stay on file and come back when the decision is undone."""
    _take(settings, Verdict.REJECT, ids, reason, who, as_json=as_json)


@decide.command()
@click.argument("claim", metavar="CLAIM")
@click.argument("field")
@click.argument("value")
@_reason
@who_option
@json_option
@db_option
@click.pass_obj
def correct(settings: Settings, claim: str, field: str, value: str, reason: str, who: str, as_json: bool) -> None:
    """Set a field of a claim.

    FIELD is type, status, stage, modes, contexts, actors, recipients, place, time, hedged, source, basis or
    figures.KEY (figures.killed). VALUE is checked; an error lists what is allowed.
    """
    _take(settings, Verdict.CORRECT, (claim,), reason, who, field=field, value=value, as_json=as_json)


@decide.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@_reason
@who_option
@json_option
@db_option
@click.pass_obj
def merge(settings: Settings, ids: tuple[str, ...], reason: str, who: str, as_json: bool) -> None:
    """Bring claims or events together into one event."""
    _take(settings, Verdict.MERGE, ids, reason, who, as_json=as_json)


@decide.command()
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@_reason
@who_option
@json_option
@db_option
@click.pass_obj
def split(settings: Settings, claims: tuple[str, ...], reason: str, who: str, as_json: bool) -> None:
    """Take claims off the event they are in."""
    _take(settings, Verdict.SPLIT, claims, reason, who, as_json=as_json)


@decide.command()
@click.argument("decisions", nargs=-1, required=True, metavar="DECISION...")
@_reason
@who_option
@json_option
@db_option
@click.pass_obj
def undo(settings: Settings, decisions: tuple[str, ...], reason: str, who: str, as_json: bool) -> None:
    """Take decisions back; both stay on record."""
    _take(settings, Verdict.UNDO, decisions, reason, who, as_json=as_json)


def _take(
    settings: Settings,
    verdict: Verdict,
    ids: Sequence[str],
    reason: str,
    who: str,
    *,
    as_json: bool,
    field: str | None = None,
    value: str | None = None,
) -> None:
    from reportedly.deciding import take_decision

    with open_ledger(settings, write=True) as store:
        taken = take_decision(store, settings, verdict, ids, reason, who, field=field, value=value)
        moves = _moves_events(store, taken)
    if as_json:
        tell_json(msgspec.to_builtins(taken))
        return
    for decision in taken:
        click.echo(_word_decision(decision, ""))
    if not taken:
        click.echo(f"Nothing changes: {field} of {ids[0]} says so already; no decision was recorded.", err=True)
    if moves:
        click.echo("`reportedly link` brings events and stories up to date.", err=True)


def _moves_events(store: "Store", taken: Sequence["Decision"]) -> bool:
    """Say whether events may follow: accepting moves none, unless it goes against what was decided before."""
    from reportedly.deciding import find_standing

    if any(decision.verdict is not Verdict.ACCEPT for decision in taken):
        return True
    named = {name for item in taken for name in (*item.targets, *(anchor.claim for anchor in item.anchors))}
    with store.reading() as view:
        earlier = find_standing(view.find_decisions(sorted(named))) if named else []
    return any(decision.verdict not in (Verdict.ACCEPT, Verdict.CORRECT) for decision in earlier)


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--waiting", is_flag=True, help="Only those that fit no claim of the present reading.")
@json_option
@db_option
@click.pass_obj
def decisions(settings: Settings, ids: tuple[str, ...], waiting: bool, as_json: bool) -> None:
    """List decisions, oldest first: all, or those on the given claims, links, events or documents."""
    from reportedly.deciding import find_standing, find_waiting

    with open_ledger(settings) as store, store.reading() as view:
        targets = [view.resolve(item)[1] for item in ids]
        everything = view.find_decisions()
        late = {decision.id for decision in find_waiting(everything, view)}
        found = view.find_decisions(targets) if targets else everything
    standing = {decision.id for decision in find_standing(everything)}
    notes = {item.id: _note(item, standing, late) for item in found}
    found = [item for item in found if not waiting or item.id in late]
    if as_json:
        tell_json([{**msgspec.to_builtins(item), "state": notes[item.id] or "applied"} for item in found])
        return
    for item in found:
        click.echo(_word_decision(item, notes[item.id]))
    if not found:
        click.echo("no decisions", err=True)


def _note(decision: "Decision", standing: set[str], late: set[str]) -> str:
    if decision.id in late:
        return "waiting"
    return "" if decision.id in standing or decision.verdict is Verdict.UNDO else "undone"


def _word_decision(decision: "Decision", note: str) -> str:
    what = (
        f" {decision.field} {_word_value(decision.field, decision.value)}" if decision.field and decision.value else ""
    )
    state = f" [{note}]" if note else ""
    targets = " ".join(decision.targets)
    return (
        f"{decision.id}{state}  {decision.at[:16]}Z  {decision.verdict.value} {targets}{what}\n"
        f"    {decision.who}: {decision.reason}"
    )


def _word_value(field: str, value: str) -> str:
    from reportedly.deciding.corrections import word_value
    from reportedly.errors import DecisionError

    try:
        return word_value(field, value)
    # A later release, whose ledger was merged into this one, may know more fields.
    except DecisionError:
        return value
