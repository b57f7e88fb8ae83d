"""Calendar intervals with an anchor, without one, and with a bound only."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.ground.times import find_anchor, find_bounds, find_value, format_date, ground_time
from reportedly.records.claim import Timex, TimexKind
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.grounding import CalendarInterval

WEDNESDAY = "2031-05-14"


def make_document(published: str | None = WEDNESDAY, *, bound: bool = False, reliable: bool = True) -> Document:
    publication = Publication(published, TimePrecision.DAY, bound, "given", reliable) if published is not None else None
    return Document(id="test", text="", published=publication)


def make_timex(**fields: object) -> Timex:
    return Timex(**{"text": "then", "kind": TimexKind.DATE, **fields})  # type: ignore[arg-type]


def ground(timex: Timex, document: Document | None = None) -> str | None:
    interval = ground_time(timex, document or make_document())
    return format_date(interval) if interval else None


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"value": "2030-10-31", "unit": "day"}, "2030-10-31"),
        ({"value": "2030-10", "unit": "month"}, "2030-10"),
        ({"value": "2030", "unit": "year"}, "2030"),
        ({"value": "203", "unit": "decade"}, "2030-01-01/2039-12-31"),
        ({"value": "2030-Q3", "unit": "quarter"}, "2030-07-01/2030-09-30"),
        ({"value": "2030-10", "unit": "month", "modifier": "since"}, "2030-10/.."),
        ({"value": "XXXX-06", "modifier": "since"}, "2030-06/.."),
        ({"value": "2030-10", "unit": "month", "modifier": "until"}, "../2030-10"),
        ({"value": "2030-10-05", "unit": "day", "modifier": "before"}, "../2030-10-04"),
        ({"value": "XXXX-04-30", "unit": "day", "name": "April"}, "2031-04-30"),
        ({"value": "XXXX-12-30", "unit": "day", "name": "December"}, "2030-12-30"),
        ({"value": "XXXX-09", "unit": "month", "name": "September", "offset": 1.0}, "2031-09"),
        ({"value": "XXXX-06", "unit": "year", "name": "June", "offset": -1.0}, "2030-06"),
        ({"value": "XXXX-Q1", "unit": "quarter"}, "2031-01-01/2031-03-31"),
        ({"value": "XXXX-Q1", "unit": "quarter", "offset": 1.0}, "2032-01-01/2032-03-31"),
        ({"unit": "day", "offset": -1.0}, "2031-05-13"),
        ({"unit": "day", "name": "friday"}, "2031-05-09"),
        ({"unit": "day", "name": "wednesday"}, "2031-05-14"),
        ({"unit": "day", "name": "wednesday", "offset": -1.0}, "2031-05-07"),
        ({"unit": "day", "name": "friday", "offset": 1.0}, "2031-05-16"),
        ({"unit": "day", "name": "wednesday", "offset": 1.0}, "2031-05-14"),
        ({"unit": "day", "name": "wednesday", "offset": 1.0, "text": "next Wednesday"}, "2031-05-21"),
        ({"unit": "day", "offset": 0.0, "part": "TNI", "kind": TimexKind.TIME}, "2031-05-14"),
        ({"unit": "week", "offset": -1.0}, "2031-05-05/2031-05-11"),
        ({"unit": "week", "offset": -1.0, "modifier": "ago"}, "2031-05-07"),
        ({"unit": "week", "offset": 0.0, "modifier": "early"}, "2031-05-12/2031-05-14"),
        ({"unit": "month", "offset": -2.0}, "2031-03"),
        ({"unit": "year", "offset": -1.0}, "2030"),
        ({"value": "XXXX-05", "unit": "month", "name": "May", "offset": -1.0, "text": "May"}, "2031-05"),
        ({"value": "XXXX-05", "unit": "month", "name": "May", "offset": -1.0, "text": "last May"}, "2030-05"),
        ({"value": "XXXX-07", "unit": "month", "name": "July", "offset": -1.0, "text": "July"}, "2030-07"),
        ({"value": "XXXX-05", "unit": "month", "name": "May", "offset": 1.0, "text": "the end of May"}, "2031-05"),
        ({"value": "XXXX-05", "unit": "month", "name": "May", "offset": 1.0, "text": "next May"}, "2032-05"),
        ({"unit": "season", "name": "spring", "offset": -1.0}, "2030-03-01/2030-05-31"),
        ({"unit": "season", "name": "winter", "offset": -1.0}, "2030-12-01/2031-02-28"),
        ({"unit": "season", "name": "summer", "offset": 1.0}, "2031-06-01/2031-08-31"),
        ({"unit": "season", "name": "spring", "offset": 1.0}, "2032-03-01/2032-05-31"),
        ({"unit": "season", "name": "spring", "offset": 0.0}, "2031-03-01/2031-05-31"),
        ({"unit": "weekend", "name": "weekend"}, "2031-05-10/2031-05-11"),
        ({"unit": "holiday", "name": "easter"}, "2031-04-13"),
        ({"unit": "holiday", "name": "good-friday"}, "2031-04-11"),
        ({"unit": "holiday", "name": "thanksgiving"}, "2030-11-28"),
        ({"kind": TimexKind.DURATION, "value": "P4D", "unit": "day", "offset": -4.0}, "2031-05-10/2031-05-14"),
        ({"kind": TimexKind.DURATION, "value": "PT24H", "unit": "hour", "offset": -24.0}, "2031-05-13/2031-05-14"),
        ({"kind": TimexKind.DURATION, "value": "P2W", "unit": "week", "offset": 2.0}, "2031-05-14/2031-05-28"),
    ],
)
def test_with_an_anchor(fields: dict[str, object], written: str) -> None:
    assert ground(make_timex(**fields)) == written


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "PAST_REF"},
        {"kind": TimexKind.DURATION, "value": "P3D", "unit": "day"},
        {"kind": TimexKind.SET, "value": "XXXX-WXX-5"},
        {"unit": "year", "offset": -99999.0},
    ],
)
def test_what_has_no_place_on_the_calendar(fields: dict[str, object]) -> None:
    assert ground(make_timex(**fields)) is None


@pytest.mark.parametrize(
    "document",
    [make_document(None), make_document(bound=True), make_document(reliable=False)],
    ids=["undated", "bound", "unreliable"],
)
def test_without_an_anchor_only_full_dates_resolve(document: Document) -> None:
    assert find_anchor(document) is None
    assert ground(make_timex(value="2030-10", unit="month"), document) == "2030-10"
    assert ground(make_timex(unit="day", offset=-1.0), document) is None
    assert ground(make_timex(unit="day", name="friday"), document) is None
    assert ground(make_timex(value="XXXX-09", unit="month", name="September"), document) is None
    assert ground(make_timex(kind=TimexKind.DURATION, value="P4D", unit="day", offset=-4.0), document) is None


def test_a_month_of_publication_anchors_nothing() -> None:
    document = Document(id="d", text="", published=Publication("2031-05", TimePrecision.MONTH, False, "given", True))
    assert find_anchor(document) is None


def test_what_fixes_an_interval_is_said() -> None:
    by_text = ground_time(make_timex(value="2030-10-31", unit="day"), make_document())
    by_anchor = ground_time(make_timex(unit="day", offset=-1.0), make_document())
    assert by_text is not None
    assert by_anchor is not None
    assert (by_text.anchored_by, by_anchor.anchored_by) == ("text", "published")


def test_timex_values_keep_the_part_of_the_day() -> None:
    timex = make_timex(unit="day", name="friday", part="TEV", kind=TimexKind.TIME)
    assert find_value(timex, date(2031, 5, 14)) == "2031-05-09TEV"


def test_open_intervals_are_written_with_dots() -> None:
    assert format_date(CalendarInterval("2030-10-01", None, "day", "2030-10-01")) == "2030-10-01/.."
    assert format_date(CalendarInterval(None, "2030-10-01", "day", "2030-10-01")) == "../2030-10-01"
    assert format_date(CalendarInterval(None, None, "day", "")) is None


_TIMEXES = st.builds(
    Timex,
    text=st.sampled_from(["then", "next Friday"]),
    kind=st.sampled_from(TimexKind),
    value=st.none()
    | st.sampled_from(
        ["XXXX-02-29", "XXXX-13", "XXXX-12-25", "XXXX-Q4", "2030-02-30", "2031-W20", "198", "19", "0000", "P3D"]
    ),
    unit=st.none()
    | st.sampled_from(
        ["hour", "day", "week", "weekend", "month", "quarter", "season", "year", "decade", "century", "holiday"]
    ),
    offset=st.none() | st.floats(-300, 300).map(lambda x: round(x, 1)) | st.sampled_from([-1e6, 1e6]),
    name=st.none() | st.sampled_from(["friday", "summer", "weekend", "easter", "thanksgiving", "June"]),
    modifier=st.none() | st.sampled_from(["since", "until", "before", "after", "early", "late", "ago"]),
    part=st.none() | st.sampled_from(["TMO", "T10:00"]),
)


@given(_TIMEXES, st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_intervals_start_before_they_end(timex: Timex, anchor: date) -> None:
    interval = ground_time(timex, make_document(anchor.isoformat()))
    if interval is not None and interval.start is not None and interval.end is not None:
        assert interval.start <= interval.end
    if interval is not None:
        assert interval.start is not None or interval.end is not None
        assert format_date(interval) is not None


@given(st.text(alphabet="0123456789-WQXTPSUFA", max_size=12))
def test_any_value_has_bounds_or_none(value: str) -> None:
    bounds = find_bounds(value)
    assert bounds is None or bounds[0] <= bounds[1]


def test_a_year_that_no_calendar_reaches_has_no_bounds() -> None:
    assert find_bounds("2200000000") is None
    assert find_bounds("9999-W53") is None
