"""What is new since an earlier time, in the terminal and as Markdown."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from reportedly.records.change import Change, ChangeKind, Changes
from reportedly.write.listing import ID_SHOWN, hang
from reportedly.write.wording import excerpt, word_count

_HEADINGS = {
    ChangeKind.NEW_EVENT: "new events",
    ChangeKind.STATUS: "statuses that turned",
    ChangeKind.FIGURE: "figures that moved",
    ChangeKind.VOICE: "new voices",
    ChangeKind.CONFLICT: "what does not agree",
    ChangeKind.OUTCOME: "what became of what was said",
    ChangeKind.RETRACTION: "taken back",
    ChangeKind.CORRECTION: "corrected",
}
_SENTENCES = 2
"""Sentences shown for one change at most."""
_CHANGES = 4
"""Changes of one kind shown for one event at most."""


def print_changes(changes: Changes, console: Console) -> None:
    """Print changes by kind, each with the sentence that shows it."""
    scope = f" in “{changes.situation}”" if changes.situation else ""
    console.print(Text(f"Since {changes.since[:16].replace('T', ' ')} UTC{scope}", style="bold"))
    reports, copies = word_count(changes.documents, "report"), changes.copies
    taken = f", {copies:,} of them {'a copy' if copies == 1 else 'copies'}" if copies else ""
    console.print(Text(f"{reports} came in{taken}.", style="dim"))
    if not changes.changes:
        console.print(Text("Nothing new in them.", style="dim"))
    for kind, group in groupby(changes.changes, key=lambda change: change.kind):
        found = list(group)
        console.print(Text(f"\n{_HEADINGS[kind].upper()} ({len(found)})", style="bold"))
        for event, own in groupby(sorted(found, key=_make_rank(found)), key=lambda change: change.event):
            console.print(hang(event, _make_lines(list(own)), console.width))


def _make_rank(found: Sequence[Change]) -> Callable[[Change], int]:
    """Return what keeps the changes of one event together, where its first one stands."""
    first: dict[str, int] = {}
    for i, change in enumerate(found):
        first.setdefault(change.event, i)
    return lambda change: first[change.event]


def _make_lines(changes: Sequence[Change]) -> Iterator[Text]:
    """Give the title of an event once, and below it each change with the sentences that show it."""
    title = changes[0].title
    yield Text(title, style="bold")
    for change in changes[:_CHANGES]:
        yield Text(change.what, style="dim" if change.kind is ChangeKind.NEW_EVENT else "")
        for item in change.evidence[:_SENTENCES]:
            facts = ", ".join(fact for fact in (item.publisher, item.day) if fact)
            sentence = " ".join(item.sentence.split())
            told = sentence.casefold().startswith(title.rstrip(" …").casefold()) and change.kind is ChangeKind.NEW_EVENT
            words = "" if told else f"“{excerpt(sentence, 180)}” "
            yield Text(f"{words}{facts} [{item.claim[:ID_SHOWN]}]", style="dim")
    if len(changes) > _CHANGES:
        yield Text(f"and {len(changes) - _CHANGES} more", style="dim")
