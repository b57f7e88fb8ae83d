"""The ledger in the terminal: one row a claim, grouped by status; then statements, conflicts and failures.

On a terminal it takes the width there is, and becomes a list where that is narrow. Piped, it is plain text of a fixed
width without colour.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import IO

import msgspec
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from reportedly.records.claim import Claim, Statement, StatementKind, Status
from reportedly.records.grounding import Grounding
from reportedly.records.link import Relation
from reportedly.records.report import Report
from reportedly.write.wording import (
    STATUS_ORDER,
    STATUS_SHAPES,
    excerpt,
    strip_controls,
    word_chain,
    word_condition,
    word_count,
    word_failure,
    word_figures,
    word_headline,
    word_place,
    word_publication,
    word_time,
    word_type,
    word_who,
)

PIPED_WIDTH = 120
_NUMBER = 4
_GAP = 2
MIN_TABLE_WIDTH = 96
"""Below this the columns of a table would be too thin to read, so a list is printed."""

STATUS_STYLES: dict[Status, str] = {
    Status.OCCURRED: "bold red",
    Status.ONGOING: "bold yellow",
    Status.PLANNED: "bold cyan",
    Status.THREATENED: "bold magenta",
    Status.DEMANDED: "magenta",
    Status.CONDITIONAL: "cyan",
    Status.POSSIBLE: "blue",
    Status.UNDECIDED: "blue",
    Status.DENIED: "green",
    Status.NEGATED: "green",
    Status.HISTORICAL: "dim",
}
_KINDS: dict[StatementKind, str] = {
    StatementKind.AFFILIATION: "ties alleged",
    StatementKind.LEGAL: "law",
    StatementKind.INTENT: "intent, framing",
    StatementKind.RISK: "at risk",
}

Entry = tuple[Claim, Grounding]


class _Column(msgspec.Struct, frozen=True):
    """One column of the table: name, and what it shows of a claim. Without ``always`` it goes where all are silent."""

    name: str
    show: Callable[[Claim, Grounding, Report], Text]
    always: bool = True


def make_console(file: IO[str], width: int | None = None) -> Console:
    """Make the console that a ledger is printed on: the terminal's own width, or ``PIPED_WIDTH`` where it is piped."""
    console = _Console(file=file, width=width, highlight=False, markup=False, emoji=False)
    if width is None and not console.is_terminal:
        return _Console(file=file, width=PIPED_WIDTH, highlight=False, markup=False, emoji=False)
    return console


class _Console(Console):
    """Shows the words of a report without obeying the control characters in them."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Render; what is taken out has no width, so that the layout stays."""
        for segment in super().render(renderable, options):
            text = segment.text if segment.control else strip_controls(segment.text)
            yield segment if text == segment.text else Segment(text, segment.style)

    def on_broken_pipe(self) -> None:
        """Leave it to the command how it ends when its reader goes away."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def print_ledger(report: Report, console: Console) -> None:
    """Print one report as a ledger; one that could not be read as a line that says why."""
    console.print(make_ledger(report, console.width))


def make_ledger(report: Report, width: int) -> RenderableType:
    """Return what ``print_ledger`` prints on a console of this width."""
    if report.document is None:
        return Group(*(Text(f"✕ {word_failure(failure)}", style="red") for failure in report.failures))
    parts: list[RenderableType] = [make_title(report)]
    groups = _group(zip(report.claims, report.groundings, strict=True))
    columns, cells = _fit(report, width)
    for status, entries in groups:
        parts.append(_make_heading(status, len(entries)))
        if width >= MIN_TABLE_WIDTH:
            parts.append(_make_table([claim for claim, _ in entries], cells, columns, status is groups[0][0]))
        else:
            parts.append(_make_list(entries, report))
    if not groups:
        parts.append(Text("  No claims: nothing in this text is an event of the codebook.", style="dim"))
    if report.statements:
        parts.append(Text(f"\n§ STATEMENTS ({len(report.statements)})", style="bold"))
        parts.append(_make_statements(report.statements, width))
    conflicts = _make_conflicts(report)
    if conflicts:
        parts.append(Text(f"\n⇄ IN TENSION ({len(conflicts)})", style="bold"))
        parts.extend(conflicts)
    return Group(*parts, Text())


def make_title(report: Report) -> RenderableType:
    """Return the lines that head one report: headline, where it comes from, when, and what was found in it."""
    document = report.document
    if document is None:
        raise ValueError("a report without a document has no title")
    facts = [document.publisher or document.address or "", word_publication(document.published), document.genre.value]
    if document.credit:
        facts.insert(1, f"credited to {document.credit}")
    same = sum(link.relation is Relation.SAME_EVENT for link in report.links)
    counts = f"{word_count(len(report.claims), 'claim')}, {word_count(len(report.statements), 'statement')}"
    counts += f", {word_count(same, 'pair')} of one event" if same else ""
    return Group(
        Rule(characters="─", style="dim"),
        Text(word_headline(document), style="bold"),
        Text(" · ".join(fact for fact in [*facts, counts] if fact), style="dim"),
    )


def _group(entries: Iterable[Entry]) -> list[tuple[Status, list[Entry]]]:
    """Group claims by status in the order of ``STATUS_ORDER``, most salient first within each."""
    ordered = sorted(entries, key=lambda entry: (STATUS_ORDER.index(entry[0].status.value), entry[0].salience))
    return [(status, list(group)) for status, group in groupby(ordered, key=lambda entry: entry[0].status.value)]


def _make_heading(status: Status, count: int) -> Text:
    return Text(f"\n{STATUS_SHAPES[status]} {status.value.upper()} ({count})", style=STATUS_STYLES[status])


def _make_table(
    claims: Sequence[Claim], cells: Mapping[str, Sequence[Text]], columns: Sequence[tuple[str, int]], header: bool
) -> RenderableType:
    table = Table(box=None, show_header=header, header_style="dim", padding=(0, _GAP, 0, 0), pad_edge=False)
    table.add_column("", width=_NUMBER, justify="right", no_wrap=True, style="dim")
    for name, width in columns:
        table.add_column(name, width=width, overflow="fold")
    for claim in claims:
        table.add_row(str(claim.salience), *cells[claim.id])
    return table


def _fit(report: Report, width: int) -> tuple[list[tuple[str, int]], dict[str, list[Text]]]:
    """Lay the claims out: names and widths of the columns that say something, and each claim's cells by its id.

    The widths are the same in every group of the report, and no wider than what stands in them.
    """
    pairs = list(zip(report.claims, report.groundings, strict=True))
    shown = [[column.show(claim, grounding, report) for column in _COLUMNS] for claim, grounding in pairs]
    kept = [i for i, column in enumerate(_COLUMNS) if column.always or any(row[i].plain for row in shown)]
    wanted = [max([len(_COLUMNS[i].name), *(measure(row[i]) for row in shown)]) for i in kept]
    widths = share_width(wanted, width - _NUMBER - _GAP * (len(kept) + 1))
    columns = [(_COLUMNS[i].name, size) for i, size in zip(kept, widths, strict=True)]
    return columns, {claim.id: [row[i] for i in kept] for (claim, _), row in zip(pairs, shown, strict=True)}


def measure(text: Text) -> int:
    """Return the cells that the widest line of a text fills."""
    return max((cell_len(line) for line in text.plain.split("\n")), default=0)


def share_width(wanted: Sequence[int], room: int) -> list[int]:
    """Share the width there is: who wants less than an even share gets what is wanted, the others share the rest."""
    widths = [0] * len(wanted)
    left = sorted(range(len(wanted)), key=lambda i: wanted[i])
    while left:
        i, fair = left[0], max(room // len(left), 1)
        widths[i] = min(wanted[i], fair)
        room -= widths[i]
        left.pop(0)
    return widths


def _make_what(claim: Claim) -> Text:
    text = Text(word_type(claim), style="bold")
    text.append(f" “{excerpt(claim.trigger.value, 40)}”", style="dim italic")
    notes = []
    if claim.stage is not None:
        notes.append(claim.stage.value.value)
    if claim.hedges:
        notes.append("hedged: " + ", ".join(field.value for field in claim.hedges))
    if claim.condition is not None:
        notes.append(word_condition(claim.condition.value))
    if notes:
        text.append("\n" + "; ".join(notes), style="italic")
    return text


def _say_who(claim: Claim, grounding: Grounding, report: Report) -> Text:
    outlet = report.document.publisher if report.document else None
    return Text(word_chain(claim.chain, grounding.sources, outlet), style="" if claim.chain else "dim")


_COLUMNS: tuple[_Column, ...] = (
    _Column("who → whom", lambda claim, grounding, _: Text(word_who(claim, grounding))),
    _Column("what", lambda claim, _, __: _make_what(claim)),
    _Column("where", lambda claim, _, __: Text(word_place(claim)), always=False),
    _Column("when", lambda claim, grounding, _: Text(word_time(claim, grounding)), always=False),
    _Column("figures", lambda claim, _, __: Text(word_figures(claim)), always=False),
    _Column("who says so", _say_who),
)


def _make_list(entries: Sequence[Entry], report: Report) -> RenderableType:
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(width=_NUMBER, justify="right", no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for claim, grounding in entries:
        body = Text(f"{word_who(claim, grounding)}  ")
        body.append_text(_make_what(claim))
        facts = [word_place(claim), word_time(claim, grounding), word_figures(claim)]
        body.append("\n" + "".join(f"{fact} · " for fact in facts if fact))
        body.append_text(_say_who(claim, grounding, report))
        table.add_row(str(claim.salience), body)
    return table


def _make_statements(statements: Sequence[Statement], width: int) -> RenderableType:
    order = list(_KINDS)
    ordered = sorted(statements, key=lambda item: (order.index(item.kind), item.span))
    rows = [(_KINDS[item.kind], word_statement(item), _word_sources(item)) for item in ordered]
    kind = max(len(row[0]) for row in rows)
    words, says = (max(cell_len(row[i]) for row in rows) for i in (1, 2))
    words, says = share_width((words, says), width - kind - 2 - 3 * _GAP)
    table = Table(box=None, show_header=False, padding=(0, _GAP, 0, 0), pad_edge=False)
    table.add_column(width=kind + 2, style="bold", no_wrap=True)
    table.add_column(width=words, overflow="fold")
    table.add_column(width=says, overflow="fold", style="dim")
    for name, text, chain in rows:
        table.add_row(f"  {name}", text, chain)
    return table


def word_statement(statement: Statement) -> str:
    """Put a statement into words: "subject: object (norms; hedged: …)"."""
    subject = statement.subject.value if statement.subject else ""
    stated = statement.object.value if statement.object else ""
    text = excerpt(": ".join(part for part in (subject, stated) if part), 160)
    notes = [", ".join(norm.value for norm in statement.norms)] if statement.norms else []
    if statement.hedges:
        notes.append("hedged: " + ", ".join(hedge.value for hedge in statement.hedges))
    return f"{text} ({'; '.join(notes)})" if notes else text


def _word_sources(statement: Statement) -> str:
    return " ← ".join(excerpt(source.text, 50) for source in statement.chain) or "the outlet itself"


def _make_conflicts(report: Report) -> list[RenderableType]:
    by_id = {claim.id: claim for claim in report.claims}
    lines: list[RenderableType] = []
    for link in report.links:
        if link.relation is Relation.SAME_EVENT:
            continue
        left, right = by_id[link.left], by_id[link.right]
        text = Text(f"{left.salience:>5} and {right.salience}", style="bold")
        text.append(f"  {link.relation.value.replace('_', ' ')}: {link.reason}", style="default")
        lines.append(text)
    return lines
