"""What closes a run over several documents: how many were read, and what was claimed in them."""

from collections import Counter

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from reportedly.records.claim import Status
from reportedly.records.report import Report
from reportedly.write.ledger import STATUS_STYLES
from reportedly.write.wording import STATUS_ORDER, STATUS_SHAPES, word_count


class Tally:
    """Counts over a run; reports are not kept.

    Attributes:
        read: Documents read.
        failed: Documents that were not.
        claims: By status.
        statements: Statements that are no events.
    """

    def __init__(self) -> None:
        self.read = 0
        self.failed = 0
        self.claims: Counter[Status] = Counter()
        self.statements = 0

    def add(self, report: Report) -> None:
        """Count one document."""
        if report.document is None:
            self.failed += 1
        else:
            self.read += 1
        self.claims.update(claim.status.value for claim in report.claims)
        self.statements += len(report.statements)


def print_summary(tally: Tally, console: Console) -> None:
    """Print the counts in two lines: documents, claims and statements; then claims by status."""
    line = Text(word_count(tally.read, "document") + " read", style="bold")
    if tally.failed:
        line.append(f", {tally.failed} not read", style="red")
    line.append(f" · {word_count(tally.claims.total(), 'claim')}, {word_count(tally.statements, 'statement')}")
    console.print(Rule(characters="─", style="dim"), line, *_make_statuses(tally, console.width), sep="\n")


def _make_statuses(tally: Tally, width: int) -> list[Text]:
    """Return the counts by status, as many a line as it holds."""
    lines: list[Text] = []
    for status in STATUS_ORDER:
        if not tally.claims[status]:
            continue
        item = Text(f"{STATUS_SHAPES[status]} {tally.claims[status]:,} {status.value}", style=STATUS_STYLES[status])
        if lines and lines[-1].cell_len + 3 + item.cell_len <= width:
            lines[-1] = Text("   ").join((lines[-1], item))
        else:
            lines.append(item)
    return lines
