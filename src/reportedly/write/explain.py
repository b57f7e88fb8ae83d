"""The explanation in the terminal: each sentence that holds a claim, its fields marked, and what set each of them."""

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.records.claim import Claim
from reportedly.records.report import Report
from reportedly.records.spans import Span
from reportedly.write.ledger import make_ledger, make_title
from reportedly.write.markup import Shown, find_segments, show_claim, show_statement
from reportedly.write.wording import STATUS_SHAPES, word_type

_STYLES: dict[str, str] = {
    "trigger": "bold reverse",
    "actor": "bold cyan",
    "recipient": "bold blue",
    "source": "bold magenta",
    "cue": "magenta",
    "place": "green",
    "time": "yellow",
    "figure": "bold yellow",
    "hedge": "italic red",
    "condition": "underline",
    "statement": "underline",
    "norm": "bold green",
}


_FIELD = max(len(name) for name in (*_STYLES, "context", "status"))


def print_explanation(report: Report, console: Console) -> None:
    """Print one report sentence by sentence; one that could not be read as the ledger prints it."""
    console.print(make_explanation(report, console.width))


def make_explanation(report: Report, width: int) -> RenderableType:
    """Return what ``print_explanation`` prints.

    Every sentence that holds a claim or a statement stands in text order, its fields marked; below it each claim's
    fields with the words that show them, what set them (a rule's name or the encoder) and the score.
    """
    document = report.document
    if document is None:
        return make_ledger(report, width)
    parts: list[RenderableType] = [make_title(report)]
    legend = Text("fields: ", style="dim")
    for name, style in _STYLES.items():
        legend.append(name, style=style)
        legend.append(" ")
    parts.append(legend)
    sentences = sorted({claim.sentence for claim in report.claims})
    for sentence in sentences:
        parts.append(Text())
        parts.append(_mark(report, sentence))
        claims = [claim for claim in report.claims if claim.sentence == sentence]
        for claim in sorted(claims, key=lambda item: item.evidence):
            parts.append(_make_fields(_name(claim), show_claim(claim), document.text))
    for statement in report.statements:
        parts.append(Text())
        parts.append(_mark(report, statement.span))
        parts.append(_make_fields(f"§ {statement.kind.value}", show_statement(statement), document.text))
    if not sentences and not report.statements:
        parts.append(Text("Nothing in this text is a claim of the codebook.", style="dim"))
    return Group(*parts, Text())


def _name(claim: Claim) -> str:
    return f"{STATUS_SHAPES[claim.status.value]} {claim.salience} {word_type(claim)}, {claim.status.value.value}"


def _mark(report: Report, span: Span) -> Text:
    """Return the words of a span with each field in its style; the last of several marks shows."""
    text = Text()
    for segment in find_segments(report, span):
        styles = [_STYLES[field] for _, field in segment.marks if field in _STYLES]
        text.append(" ".join(segment.text.split("\n")), style=" ".join(dict.fromkeys(styles)) or None)
    return text


def _make_fields(name: str, shown: Sequence[Shown], text: str) -> RenderableType:
    table = Table(
        box=None,
        title=name,
        title_justify="left",
        title_style="bold",
        show_header=False,
        padding=(0, 2, 0, 0),
        expand=True,
        pad_edge=False,
    )
    table.add_column(style="dim", no_wrap=True, width=_FIELD)
    table.add_column(overflow="fold", ratio=3)
    table.add_column(overflow="fold", style="italic", ratio=3)
    table.add_column(style="dim", overflow="fold", ratio=2)
    for item in shown:
        words = (
            ""
            if item.span is None
            else f"“{' '.join(item.span.slice(text).split())}” {item.span.start}–{item.span.end}"
        )
        score = "" if item.score is None else f" {item.score:.2f}"
        table.add_row(item.field, item.value, words, f"{item.by}{score}")
    return Padding(table, (0, 0, 0, 4))
