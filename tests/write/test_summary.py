"""The lines that close a run."""

import io

from reportedly.records.report import Report
from reportedly.write.ledger import make_console
from reportedly.write.summary import Tally, print_summary


def summarise(*reports: Report) -> str:
    tally, out = Tally(), io.StringIO()
    for item in reports:
        tally.add(item)
    print_summary(tally, make_console(out))
    return out.getvalue()


def test_documents_and_claims_are_counted(report: Report, failed: Report) -> None:
    text = summarise(report, report, failed)
    assert "2 documents read, 1 not read · 4 claims, 2 statements" in text
    assert "◉ 2 ongoing   ◔ 2 planned" in text


def test_where_nothing_was_read_there_is_no_line_of_statuses(failed: Report) -> None:
    lines = summarise(failed, failed).splitlines()
    assert lines[1:] == ["0 documents read, 2 not read · 0 claims, 0 statements"]
