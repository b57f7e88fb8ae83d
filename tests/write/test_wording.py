"""How figures, parties, chains and times read."""

import pytest

from reportedly.records.claim import Figure, Scope
from reportedly.records.document import Publication, TimePrecision
from reportedly.records.grounding import CalendarInterval
from reportedly.records.report import Failure, Report
from reportedly.write.wording import (
    STATUS_ORDER,
    STATUS_SHAPES,
    strip_controls,
    word_chain,
    word_condition,
    word_failure,
    word_figure,
    word_interval,
    word_publication,
    word_who,
)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (13, 13, "13 killed"),
        (13, None, "≥ 13 killed"),
        (51, None, "> 50 killed"),
        (1, None, "≥ 1 killed"),
        (None, 20, "≤ 20 killed"),
        (10, 15, "10–15 killed"),
        (20_000, None, "≥ 20,000 killed"),
    ],
)
def test_bounds_stay_bounds(low: int | None, high: int | None, words: str) -> None:
    assert word_figure(Figure("killed", low, high)) == words


def test_the_scope_of_a_figure_is_said() -> None:
    assert word_figure(Figure("killed", 5, 5, scope=Scope.SERIES)) == "5 killed so far"
    assert word_figure(Figure("killed", 5, 5, scope=Scope.ADDED)) == "5 more killed"


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2025-10-31", "2025-10-31", "day", "2025-10-31"),
        ("2025-10-01", "2025-10-31", "month", "2025-10"),
        ("2025-09-01", None, "month", "since 2025-09"),
        (None, "2024-12-31", "year", "until 2024"),
        ("2025-10-27", "2025-11-02", "week", "2025-10-27 to 2025-11-02"),
    ],
)
def test_intervals(start: str | None, end: str | None, precision: str, words: str) -> None:
    assert word_interval(CalendarInterval(start, end, precision, "x")) == words


def test_a_bound_is_never_written_as_a_date() -> None:
    bound = Publication("2025-10-31T17:38:34Z", TimePrecision.SECOND, True, "linked-address", False)
    assert word_publication(bound) == "not before 2025-10-31 17:38:34 (linked-address)"
    assert word_publication(None) == "undated"


def test_parties_carry_their_codes(report: Report) -> None:
    assert word_who(report.claims[0], report.groundings[0]) == "Norland [NRL] → Port Selim [SDM]"
    assert word_who(report.claims[1], report.groundings[1]) == "Its navy"


def test_chains_name_the_outermost_first_and_say_who_is_anonymous(report: Report) -> None:
    chain = word_chain(report.claims[0].chain, report.groundings[0].sources, "Gazette")
    assert chain == "the Harbour Wire ← two officials, anonymous"
    assert word_chain((), (), "Gazette") == "Gazette itself"


def test_every_status_has_a_place_and_a_shape_of_its_own() -> None:
    assert set(STATUS_ORDER) == set(STATUS_SHAPES)
    assert len(set(STATUS_SHAPES.values())) == len(STATUS_ORDER)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\x1b[31mb\x07\x00", "a[31mb"),
        ("\u202ecafé\u2069\n", "café\n"),
        ("a\u00adb", "ab"),
        ("a\tb", "a b"),
    ],
)
def test_what_would_steer_a_terminal_is_taken_out(text: str, shown: str) -> None:
    assert strip_controls(text) == shown


def test_a_failure_is_one_line() -> None:
    line = word_failure(Failure("a\x1b]0;x\x07.txt", "clean", "format", "broken\nhere"))
    assert line == "not read (format, clean): a]0;x.txt: broken here"


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("If Norland strikes", "if Norland strikes"),
        ("unless they leave", "unless they leave"),
        ("a ceasefire holds", "if: a ceasefire holds"),
        ("iffy terms", "if: iffy terms"),
    ],
)
def test_a_condition_says_if_once(condition: str, shown: str) -> None:
    assert word_condition(condition) == shown
