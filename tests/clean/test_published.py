"""Publication times: which source wins, what is left open, and that nothing is ever "now"."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.clean.dates import read_when
from reportedly.clean.metadata import PageFacts, find_addresses
from reportedly.clean.published import find_published
from reportedly.records.document import Hints, Publication, TimePrecision
from reportedly.records.spans import Span


def find(
    text: str = "Nothing here.",
    address: str = "https://example.org/a",
    hints: Hints | None = None,
    facts: PageFacts | None = None,
) -> Publication | None:
    return find_published(text, address, hints or Hints(), facts or PageFacts(), find_addresses(text))


@pytest.mark.parametrize(
    ("words", "time", "precision"),
    [
        ("2025-10-31", "2025-10-31", TimePrecision.DAY),
        ("2025-10", "2025-10", TimePrecision.MONTH),
        ("2025-10-31T19:38:34+02:00", "2025-10-31T17:38:34Z", TimePrecision.SECOND),
        ("2025-10-31T17:38Z", "2025-10-31T17:38Z", TimePrecision.MINUTE),
        ("2025-10-31T17:38:34", "2025-10-31", TimePrecision.DAY),
        ("2025-10-31T00:00:00Z", "2025-10-31", TimePrecision.DAY),
        ("Fri, 31 Oct 2025 17:38:34 GMT", "2025-10-31T17:38:34Z", TimePrecision.SECOND),
        ("Oct. 31, 2025 1:38 PM EDT", "2025-10-31T17:38Z", TimePrecision.MINUTE),
        ("31 October 2025", "2025-10-31", TimePrecision.DAY),
        ("31/10/2025", "2025-10-31", TimePrecision.DAY),
        ("October 2025", "2025-10", TimePrecision.MONTH),
        ("1761932314256", "2025-10-31T17:38:34Z", TimePrecision.SECOND),
        ("1761932314", "2025-10-31T17:38:34Z", TimePrecision.SECOND),
    ],
)
def test_times_as_written(words: str, time: str, precision: TimePrecision) -> None:
    when = read_when(words)
    assert when is not None
    assert (when.time, when.precision, when.certain) == (time, precision, True)


@pytest.mark.parametrize("words", ["", "Friday", "31 October", "2025", "10:30", "1970-01-01", "2025-13-40", "x" * 500])
def test_what_does_not_say_a_month_is_not_read(words: str) -> None:
    assert read_when(words) is None


def test_swappable_days_and_months_are_uncertain() -> None:
    when = read_when("03/04/2025")
    assert when is not None
    assert not when.certain


@given(st.text(max_size=70))
def test_reading_never_fails_and_never_says_today(words: str) -> None:
    when = read_when(words)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert when is None or not when.time.startswith(today) or any(char.isdigit() for char in words)


def test_order_of_sources() -> None:
    facts = PageFacts(metadata_times=("nonsense", "2025-10-05"), markup_times=("2025-10-06",))
    address = "https://example.org/2025/10/07/a"
    hints = Hints(published="2025-10-08")
    ladder = [
        (find(address=address, hints=Hints(published="2025-10-04", given=True), facts=facts), "given", "2025-10-04"),
        (find(address=address, hints=hints, facts=facts), "metadata", "2025-10-05"),
        (find(address=address, hints=hints, facts=PageFacts(markup_times=("2025-10-06",))), "markup", "2025-10-06"),
        (find(address=address, hints=hints), "feed", "2025-10-08"),
        (find(address="x.jsonl#1", hints=hints), "record", "2025-10-08"),
        (find(address=address), "address", "2025-10-07"),
    ]
    for published, known_by, time in ladder:
        assert published is not None
        assert (published.known_by, published.time, published.reliable) == (known_by, time, True)
        assert not published.not_before


def test_nothing_known_is_none() -> None:
    assert find() is None


@pytest.mark.parametrize(
    ("address", "time", "reliable"),
    [
        ("https://example.org/world/2025/oct/31/a", "2025-10-31", True),
        ("https://example.org/a-2025-10-31/", "2025-10-31", True),
        ("https://example.org/2025/10/a", "2025-10", True),
        ("https://example.org/20251031-a", "2025-10-31", False),
        ("https://example.org/a-1761932314256", "2025-10-31T17:38:34Z", True),
        ("https://example.org/a/1761932314", "2025-10-31T17:38:34Z", False),
    ],
)
def test_own_addresses(address: str, time: str, reliable: bool) -> None:
    published = find(address=address)
    assert published is not None
    assert (published.time, published.known_by, published.reliable) == (time, "address", reliable)


@pytest.mark.parametrize(
    "address", ["https://example.org/article283401873.html", "https://[", "a/2025/10/31/b.txt", ""]
)
def test_addresses_that_say_nothing(address: str) -> None:
    assert find(address=address) is None


def test_metadata_far_from_the_address_is_not_reliable() -> None:
    published = find(address="https://example.org/2021/03/02/a", facts=PageFacts(metadata_times=("2025-10-05",)))
    assert published is not None
    assert (published.time, published.reliable) == ("2025-10-05", False)


def test_a_stamp_behind_a_link_is_only_a_bound() -> None:
    text = "See https://example.org/v/a-1761932314256 and https://example.org/v/b-1700000000000."
    published = find(text)
    assert published is not None
    assert (published.time, published.not_before, published.reliable) == ("2025-10-31T17:38:34Z", True, False)
    assert published.known_by == "linked-address"
    assert published.span == Span(text.index("1761932314256"), text.index("1761932314256") + 13)


def test_long_ids_behind_links_are_no_bound() -> None:
    assert find("See https://example.org/v/4761932314 and https://example.org/v/976193231425.") is None


@pytest.mark.parametrize(
    "head",
    [
        "By Ana Roe | October 31, 2025",
        "Published: 31 October 2025",
        "Friday, Oct. 31, 2025",
        "PORT RAVEL, October 31, 2025 (AP) - Rebels shelled the harbour, officials said.",
    ],
)
def test_dates_at_the_head_of_a_text(head: str) -> None:
    text = f"Harbour shelled\n{head}\n\nThe navy denied it."
    published = find(text)
    assert published is not None
    assert (published.time, published.known_by) == ("2025-10-31", "text")
    assert published.span is not None
    assert "31" in published.span.slice(text)


def test_dates_of_events_are_no_publication_dates() -> None:
    assert find("The war began on October 31, 2025, when rebels shelled the harbour.\nIt ended on 3 May 2026.") is None


def test_a_time_of_a_record_that_cannot_be_read_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    hints = Hints(published="the day before")
    assert find_published("Troops left.", "lines.jsonl#7", hints, PageFacts(), ()) is None
    (record,) = caplog.records
    assert "lines.jsonl#7" in record.getMessage()
    assert "the day before" in record.getMessage()
