"""What is new since an earlier time, in the terminal and as Markdown."""

from itertools import groupby

from rich.console import Console
from rich.text import Text

from reportedly.records.change import Change, ChangeKind, Changes
from reportedly.write.listing import ID_SHOWN
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


def print_changes(changes: Changes, console: Console) -> None:
    """Print changes by kind, each with the sentence that shows it."""
    scope = f" in “{changes.situation}”" if changes.situation else ""
    console.print(Text(f"Since {changes.since[:16].replace('T', ' ')} UTC{scope}", style="bold"))
    copies = f", {word_count(changes.copies, 'of them a copy')}" if changes.copies == 1 else ""
    copies = f", {changes.copies} of them copies" if changes.copies > 1 else copies
    console.print(Text(f"{word_count(changes.documents, 'report')} came in{copies}.", style="dim"))
    if not changes.changes:
        console.print(Text("Nothing new in them.", style="dim"))
    for kind, group in groupby(changes.changes, key=lambda change: change.kind):
        found = list(group)
        console.print(Text(f"\n{_HEADINGS[kind].upper()} ({len(found)})", style="bold"))
        for change in found:
            _print_change(change, console)


def _print_change(change: Change, console: Console) -> None:
    line = Text(f"{change.event[:ID_SHOWN]}  ", style="dim")
    line.append(change.title, style="bold")
    console.print(line)
    indent = " " * (ID_SHOWN + 2)
    if change.kind is not ChangeKind.NEW_EVENT:
        console.print(Text(f"{indent}{change.what}"))
    for item in change.evidence[:_SENTENCES]:
        facts = ", ".join(fact for fact in (item.publisher, item.day) if fact)
        console.print(Text(f"{indent}“{excerpt(item.sentence, 180)}” {facts} [{item.claim[:ID_SHOWN]}]", style="dim"))
