"""Tolls by source and over time."""

from reportedly.link.conflicts import find_conflicts
from reportedly.link.figure_histories import make_figure_histories
from reportedly.link.voices import open_voices
from reportedly.records.claim import Scope, Status
from reportedly.records.event import FigureHistory
from reportedly.records.grounding import SourceKind
from reportedly.records.stored import DocumentHead, StoredClaim
from tests.link.situations import make_claim, make_head, make_source

WORDS = open_voices()
MONDAY = make_head("wire", "Harbour Wire", day="2025-06-02")
TUESDAY = make_head("times", "Sudmark Times", day="2025-06-03")
WEDNESDAY = make_head("post", "Oldport Post", day="2025-06-04")
MINISTRY = make_source("the Norland Defence Ministry", code="NRL/GOV")
REBELS = make_source("the Sudmark Front", SourceKind.ARMED_GROUP, code="Sudmark Front")


def trace(
    *claims: StoredClaim, retracted: tuple[str, ...] = (), origins: dict[str, DocumentHead] | None = None
) -> tuple[FigureHistory, ...]:
    links = find_conflicts(claims, origins, WORDS)
    return make_figure_histories(claims, links, retracted, origins, WORDS)


def test_only_the_last_figure_of_a_voice_stands_and_nothing_is_averaged() -> None:
    (history,) = trace(
        make_claim("1", MONDAY, MINISTRY, killed=12),
        make_claim("2", TUESDAY, MINISTRY, killed=15),
        make_claim("3", WEDNESDAY, REBELS, killed=40),
    )
    assert (history.low, history.high) == (15, 40)
    assert [(reading.low, reading.updated_by) for reading in history.readings] == [(12, "2"), (15, None), (40, None)]


def test_a_voice_that_goes_back_to_a_figure_stands_by_it() -> None:
    (history,) = trace(
        make_claim("1", MONDAY, MINISTRY, killed=12),
        make_claim("2", TUESDAY, MINISTRY, killed=15),
        make_claim("3", WEDNESDAY, MINISTRY, killed=12),
    )
    assert (history.low, history.high) == (12, 12)
    assert [(reading.low, reading.updated_by) for reading in history.readings] == [(12, "2"), (15, "3"), (12, None)]


def test_who_looks_back_and_who_copies_goes_back_to_nothing() -> None:
    first, second = make_claim("1", MONDAY, MINISTRY, killed=12), make_claim("2", TUESDAY, MINISTRY, killed=15)
    looking_back = [make_claim(id, WEDNESDAY, MINISTRY, killed=killed) for id, killed in (("3", 15), ("4", 12))]
    (history,) = trace(first, second, *looking_back)
    assert [(reading.low, reading.updated_by) for reading in history.readings] == [(12, "2"), (15, None)]
    (history,) = trace(first, second, make_claim("3", WEDNESDAY, MINISTRY, killed=12), origins={"post": MONDAY})
    assert [(reading.low, reading.updated_by) for reading in history.readings] == [(12, "2"), (15, None)]


def test_what_corrects_the_figure_that_a_copy_got_wrong_stands_in_its_place() -> None:
    thursday = make_head("post2", "Oldport Post", day="2025-06-05")
    (history,) = trace(
        make_claim("1", MONDAY, MINISTRY, killed=19),
        make_claim("2", TUESDAY, MINISTRY, killed=37),
        make_claim("3", thursday, MINISTRY, killed=19),
        origins={"times": MONDAY},
    )
    assert (history.low, history.high) == (19, 19)
    assert [(reading.low, reading.updated_by) for reading in history.readings] == [(19, None), (37, "3"), (19, None)]


def test_a_lower_bound_leaves_the_range_open() -> None:
    (history,) = trace(
        make_claim("1", MONDAY, MINISTRY, killed=12), make_claim("2", TUESDAY, REBELS, killed=(40, None))
    )
    assert (history.low, history.high) == (12, None)


def test_what_was_retracted_no_longer_stands() -> None:
    (history,) = trace(
        make_claim("1", MONDAY, MINISTRY, killed=12), make_claim("2", TUESDAY, REBELS, killed=40), retracted=("times",)
    )
    assert (history.low, history.high) == (12, 12)
    assert [reading.retracted for reading in history.readings] == [False, True]


def test_where_all_was_taken_back_nothing_stands() -> None:
    (history,) = trace(make_claim("1", TUESDAY, REBELS, killed=40), retracted=("times",))
    assert (history.low, history.high) == (None, None)
    assert history.readings[0].retracted


def test_a_retracted_update_leaves_the_earlier_figure_standing() -> None:
    (history,) = trace(
        make_claim("1", MONDAY, MINISTRY, killed=12),
        make_claim("2", TUESDAY, MINISTRY, killed=40),
        retracted=("times",),
    )
    assert (history.low, history.high) == (12, 12)


def test_scopes_and_kinds_of_people_have_their_own_histories() -> None:
    histories = trace(
        make_claim("1", MONDAY, MINISTRY, killed=12, unit="civilians"),
        make_claim("2", TUESDAY, MINISTRY, killed=400, unit="people", scope=Scope.SERIES),
        make_claim("3", WEDNESDAY, MINISTRY, killed=3, unit="soldiers"),
        make_claim("4", WEDNESDAY, REBELS, killed=20),
    )
    assert {(h.scope, h.unit, h.low, h.high) for h in histories} == {
        (Scope.THIS, "civilians", 12, 12),
        (Scope.THIS, "soldiers", 3, 3),
        (Scope.THIS, None, 20, 20),
        (Scope.SERIES, None, 400, 400),
    }


def test_what_is_newly_added_never_replaces_anything() -> None:
    (history,) = trace(
        make_claim("1", MONDAY, MINISTRY, killed=2, scope=Scope.ADDED),
        make_claim("2", TUESDAY, MINISTRY, killed=3, scope=Scope.ADDED),
    )
    assert all(reading.updated_by is None for reading in history.readings)


def test_what_is_feared_has_no_toll_and_repeats_are_one_reading() -> None:
    assert trace(make_claim("1", MONDAY, MINISTRY, killed=12, status=Status.POSSIBLE)) == ()
    (history,) = trace(make_claim("1", MONDAY, MINISTRY, killed=12), make_claim("2", TUESDAY, MINISTRY, killed=12))
    assert len(history.readings) == 1
