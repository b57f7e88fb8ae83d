"""Time expressions that lean on one named before."""

import pytest

from reportedly.extract.parse import Parser
from reportedly.extract.times import TimeLexicon, find_times, open_times
from reportedly.records.claim import Timex, TimexKind
from reportedly.records.document import Document

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lexicon() -> TimeLexicon:
    return open_times()


@pytest.fixture
def last(parser: Parser, lexicon: TimeLexicon, request: pytest.FixtureRequest) -> Timex:
    """The last expression of the text that a test is given."""
    document = Document(id="test", text=request.param)
    return find_times(parser.parse(document), document, lexicon)[-1].field.value


@pytest.mark.parametrize(
    ("last", "text", "value"),
    [
        ("He fled on June 3, 2030. That day the port fell.", "That day", "2030-06-03"),
        ("The port opened in March 2030 and closed later that year.", "later that year", "2030"),
        ("He fled on June 3, 2030. The same month, troops took the port.", "The same month", "2030-06"),
        ("He fled on December 31, 2030. The next day, troops took the port.", "The next day", "2031-01-01"),
        ("He fled on February 28. A day later the port fell.", "A day later", "XXXX-02-29"),
        ("He fled in December 2030. The following month the port fell.", "The following month", "2031-01"),
        ("He fled in December. Two months later the port fell.", "Two months later", "XXXX-02"),
        ("He fled on June 3, 2030. The following year he died.", "The following year", "2031"),
        ("He fled in 2030. A decade later he died.", "A decade later", "2040"),
        ("He fled on June 3, 2030. Two weeks earlier the port had fallen.", "Two weeks earlier", "2030-05-20"),
        ("Profit fell in the third quarter of 2030. It had risen a year earlier.", "a year earlier", "2029-Q3"),
        ("He fled on June 3, 2030. Later in the day the port fell.", "Later in the day", "2030-06-03"),
        ("Profit fell in the second quarter. It had risen in the 2030 period.", "the 2030 period", "2030-Q2"),
    ],
    indirect=["last"],
)
def test_what_was_named_before_gives_the_value(last: Timex, text: str, value: str) -> None:
    assert (last.text, last.kind, last.value) == (text, TimexKind.DATE, value)


@pytest.mark.parametrize(
    ("last", "name", "offset", "part"),
    [
        ("Rebels struck on Friday. They struck again the next day.", "saturday", None, None),
        ("Rebels struck on Sunday. They struck again the following morning.", "monday", None, "TMO"),
        ("Rebels struck on Sunday. That night the port burned.", "sunday", None, "TNI"),
        ("Rebels struck yesterday. Two days earlier they had fled.", None, -3, None),
    ],
    indirect=["last"],
)
def test_a_day_that_needs_an_anchor_moves_by_name_or_offset(
    last: Timex, name: str | None, offset: float | None, part: str | None
) -> None:
    assert (last.unit, last.name, last.offset, last.part) == ("day", name, offset, part)


@pytest.mark.parametrize(
    ("last", "kind", "value", "offset"),
    [
        ("Three days later the port fell.", TimexKind.DURATION, "P3D", None),
        ("The following day the port fell.", TimexKind.DATE, None, None),
        ("The previous day the port fell.", TimexKind.DATE, None, -1),
        ("A day earlier the port had fallen.", TimexKind.DATE, None, -1),
        ("He spoke of the third decade. That year the port fell.", TimexKind.DATE, None, None),
        ("He fled in 2030. That day the port fell.", TimexKind.DATE, None, None),
    ],
    indirect=["last"],
)
def test_what_leans_on_nothing_counts_from_no_day_after_the_report(
    last: Timex, kind: TimexKind, value: str | None, offset: float | None
) -> None:
    assert (last.kind, last.value, last.offset) == (kind, value, offset)


@pytest.mark.parametrize(
    "last", ["He fled on June 3, 2030. It rained. It snowed. It rained. Two days later the port fell."], indirect=True
)
def test_a_step_of_a_narrative_is_not_counted_from_afar(last: Timex) -> None:
    assert (last.kind, last.value) == (TimexKind.DURATION, "P2D")
