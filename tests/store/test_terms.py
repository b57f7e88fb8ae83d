"""Terms: an event that lies in a window of days is found by one of the window's terms, however long either is."""

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from reportedly.records.grounding import CalendarInterval, GroundedSource, SourceKind
from reportedly.store.codec import OPEN_END, OPEN_START, find_days, place_document, to_instant, to_micros
from reportedly.store.terms import _name_times, find_beginnings, find_terms, make_term, name_window, name_words
from tests.store.makers import Told, make_report

DAYS = st.integers(date(1990, 1, 1).toordinal(), date(2060, 12, 31).toordinal())
LENGTHS = st.sampled_from([0, 1, 6, 7, 30, 91, 92, 400, 3659, 3660, 20_000])


@given(start=DAYS, length=LENGTHS, first=DAYS, window=LENGTHS, open_start=st.booleans(), open_end=st.booleans())
def test_events_in_a_window_have_one_of_its_terms(
    start: int, length: int, first: int, window: int, open_start: bool, open_end: bool
) -> None:
    event = OPEN_START if open_start else start, OPEN_END if open_end else start + length
    names = set(name_window(first, first + window))
    if event[1] >= first and event[0] <= first + window:
        assert names & set(_name_times(*event))
    assert len(names) <= 200


def test_names_what_a_code_lies_in() -> None:
    assert find_beginnings("VEN/GOV/MIL") == ["VEN", "VEN/GOV", "VEN/GOV/MIL"]


def test_names_outlets_and_voices_without_case_and_article() -> None:
    assert name_words("outlet", " The  Harbour\tWire ") == name_words("outlet", "harbour wire")


def _find_voices(source: GroundedSource, *asked: str) -> list[str]:
    """Return by which of some names a claim of a source is found."""
    report = make_report([Told("Someone shelled it.", source=(source.text, None))])
    (claim,), (grounding,) = report.claims, report.groundings
    terms = find_terms(claim, msgspec.structs.replace(grounding, sources=(source,)), "Harbour Wire")
    return [name for name in asked if make_term(name_words("voice", name)) in terms]


def test_private_people_are_found_by_what_they_are_alone() -> None:
    baker = GroundedSource("Ana Peel", SourceKind.PERSON, False)
    assert _find_voices(baker, "Ana Peel", "person") == ["person"]
    neighbours = GroundedSource("two neighbours", SourceKind.WITNESS, True)
    assert _find_voices(neighbours, "two neighbours", "witness") == ["two neighbours"]
    held = GroundedSource("Ana Peel", SourceKind.PERSON, False, code="NLD/GOV", name="Ana M. Peel")
    assert _find_voices(held, "Ana Peel", "Ana M. Peel", "NLD", "person") == ["Ana Peel", "Ana M. Peel", "NLD"]
    office = GroundedSource("the port office", SourceKind.GOVERNMENT, False)
    both = "the port office and a baker, Ana Peel"
    pair = GroundedSource(both, SourceKind.GOVERNMENT, False, ("port office", "Ana Peel"), parts=(office, baker))
    assert _find_voices(pair, both, "port office", "Ana Peel", "person") == ["port office", "person"]


def test_reads_days_of_an_interval() -> None:
    assert find_days(None) == (None, None)
    assert find_days(CalendarInterval(None, None, "day", "PAST_REF")) == (None, None)
    assert find_days(CalendarInterval(None, "0001-01-02", "day", "")) == (OPEN_START, 2)
    assert find_days(CalendarInterval("0001-01-03", None, "day", "")) == (3, OPEN_END)


@given(st.integers(-(10**16), 10**16))
def test_instants_survive(micros: int) -> None:
    assert to_micros(to_instant(micros)) == micros


def test_instants_are_in_utc() -> None:
    assert to_micros("2025-11-02") == to_micros("2025-11-02T02:00:00+02:00") == to_micros("2025-11-02T00:00:00Z")


def test_places_documents_without_a_time_last() -> None:
    assert place_document("f" * 20, None) > place_document("0" * 20, None) > 1 << 62
