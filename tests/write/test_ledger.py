"""The ledger keeps within its width, groups by status and is plain when piped."""

import io

import msgspec
import pytest
from rich.cells import cell_len

from reportedly.records.report import Report
from reportedly.write.explain import make_explanation, print_explanation
from reportedly.write.ledger import MIN_TABLE_WIDTH, PIPED_WIDTH, make_console, print_ledger, share_width


def print_at(report: Report, width: int | None) -> str:
    out = io.StringIO()
    print_ledger(report, make_console(out, width))
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, MIN_TABLE_WIDTH, 120, 200])
def test_no_line_is_wider_than_the_terminal(report: Report, width: int) -> None:
    assert max(len(line) for line in print_at(report, width).splitlines()) <= width


def test_piped_output_is_plain_and_of_a_fixed_width(report: Report) -> None:
    printed = print_at(report, None)
    assert "\x1b" not in printed
    assert max(len(line) for line in printed.splitlines()) <= PIPED_WIDTH


@pytest.mark.parametrize("width", [60, 120])
def test_everything_a_reader_needs_is_there(report: Report, width: int) -> None:
    printed = " ".join(print_at(report, width).split())
    for words in (
        "PLANNED (1)",
        "ONGOING (1)",
        "Norland",
        "ASSAULT",
        "prepared",
        "apparently",
        "≥ 13 raids",
        "2025-05",
    ):
        assert words in printed
    assert printed.index("ONGOING") < printed.index("PLANNED")
    assert "anonymous" in printed
    assert "tension" in printed


def test_a_failure_is_printed_with_its_reason(failed: Report) -> None:
    assert "empty.txt: nothing to read in it" in print_at(failed, 100)


def test_the_explanation_shows_words_rule_and_score(report: Report) -> None:
    out = io.StringIO()
    print_explanation(report, make_console(out, 160))
    printed = out.getvalue()
    assert "rule:plan 0.80" in printed
    assert "“preparing”" in printed
    assert "planned (positive, certain, future, planned)" in printed
    assert make_explanation(report, 80) is not None


def test_the_words_of_a_report_do_not_steer_the_terminal(report: Report) -> None:
    assert report.document is not None
    document = msgspec.structs.replace(report.document, title="Norland \x1b[2J\u202estrikes\x07")
    text = print_at(msgspec.structs.replace(report, document=document), 120)
    assert "Norland [2Jstrikes" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


@pytest.mark.parametrize(
    ("wanted", "room", "widths"),
    [((5, 6), 20, [5, 6]), ((40, 5, 40), 45, [20, 5, 20]), ((9, 30), 30, [9, 21]), ((), 9, []), ((4, 4), 0, [1, 1])],
)
def test_width_is_shared_by_need(wanted: tuple[int, ...], room: int, widths: list[int]) -> None:
    assert share_width(wanted, room) == widths


def test_the_narrow_list_shows_the_words_that_evoke_the_event(report: Report) -> None:
    assert "“raids”" in print_at(report, 60)


@pytest.mark.parametrize("width", [60, 120])
def test_wide_characters_keep_to_their_columns(report: Report, width: int) -> None:
    claim = report.claims[0]
    wide = msgspec.structs.replace(claim, trigger=msgspec.structs.replace(claim.trigger, value="攻撃" * 12))
    text = print_at(msgspec.structs.replace(report, claims=(wide, report.claims[1])), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
