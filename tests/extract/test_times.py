"""Time expressions of a document, and those proposed for an event."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.extract.mentions import EventMention
from reportedly.extract.parse import Parser
from reportedly.extract.times import TimeLexicon, find_times, open_times, propose_times
from reportedly.records.claim import Timex
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field

pytestmark = pytest.mark.slow

Propose = Callable[[str, str], list[tuple[str, str | None]]]


@pytest.fixture(scope="module")
def lexicon() -> TimeLexicon:
    return open_times()


@pytest.fixture(scope="module")
def find(parser: Parser, lexicon: TimeLexicon) -> Callable[[str], list[Timex]]:
    def find_all(text: str) -> list[Timex]:
        document = Document(id="test", text=text)
        mentions = find_times(parser.parse(document), document, lexicon)
        assert all(m.field.span is not None and m.field.span.slice(text) == m.field.value.text for m in mentions)
        return [mention.field.value for mention in mentions]

    return find_all


@pytest.fixture(scope="module")
def propose(parser: Parser, lexicon: TimeLexicon) -> Propose:
    """Words and modifier of the times that may date the event of a word (its last mention), the sure ones only."""

    def propose_for(text: str, word: str) -> list[tuple[str, str | None]]:
        document = Document(id="test", text=text)
        parse = parser.parse(document)
        token = [token for token in parse.tokens if token.text == word][-1]
        event = EventMention(
            token.i, Field(word, token.span, "t"), (Field(EventType.ASSAULT, token.span, "t"),), token.span
        )
        fields = propose_times(parse, event, find_times(parse, document, lexicon))
        assert [field.score for field in fields] == sorted((field.score for field in fields), reverse=True)
        return [(field.value.text, field.value.modifier) for field in fields if field.score >= 0.5]

    return propose_for


def test_in_text_order(find: Callable[[str], list[Timex]]) -> None:
    text = "On Friday rebels struck. They had struck in May 2030 and will strike again tomorrow."
    assert [timex.text for timex in find(text)] == ["Friday", "May 2030", "tomorrow"]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("The council will meet on Friday.", 1),
        ("Talks were put off until Friday.", 1),
        ("The minister plans to leave on Friday.", 1),
        ("The council met on Friday.", None),
        ("The council met last Friday.", -1),
        ("The council could meet as soon as Friday.", 1),
        ("On Friday the council planned to meet.", 1),
        ("The truce had been set to end on Friday.", None),
        ("Until Friday the guards had not fired.", None),
    ],
)
def test_a_weekday_looks_the_way_of_its_clause(
    find: Callable[[str], list[Timex]], text: str, offset: float | None
) -> None:
    assert [timex.offset for timex in find(text)] == [offset]


def test_a_month_looks_back_where_its_verb_tells_what_was(find: Callable[[str], list[Timex]]) -> None:
    assert [timex.offset for timex in find("The port was opened in January.")] == [-1]
    assert [timex.offset for timex in find("The council announced a vote for January.")] == [None]
    assert [timex.offset for timex in find("The port will open in January.")] == [1]


def test_a_name_with_capitals_dates_nothing(find: Callable[[str], list[Timex]]) -> None:
    assert find('The envoy spoke on the programme "Three Hours" of the truce.') == []
    assert find("The envoy told Belmora Today that the truce held.") == []
    assert [timex.text for timex in find("Rebels Shell Port Of Telmar This Week")] == ["This Week"]


def test_a_year_earlier_takes_the_quarter_it_is_compared_with(find: Callable[[str], list[Timex]]) -> None:
    first, second = find("Sales rose in the second quarter. A year earlier they had fallen.")
    assert first.value == "XXXX-Q2"
    assert (second.value, second.unit, second.modifier) == ("XXXX-Q2", "quarter", "ago")


def test_the_time_below_the_event(propose: Propose) -> None:
    assert propose("Rebels shelled the port on Friday.", "shelled") == [("Friday", None)]
    assert propose("Rebels have shelled the port since Friday.", "shelled") == [("Friday", "since")]


def test_the_time_of_saying_is_not_that_of_the_event(propose: Propose) -> None:
    assert propose("Rebels shelled the port, the ministry said on Friday.", "shelled") == []


def test_durations_that_end_with_the_report_date_and_others_do_not(propose: Propose) -> None:
    assert propose("Jets struck the port in the past four days.", "struck") == [("the past four days", None)]
    assert propose("Jets struck the port for four days.", "struck") == []


def test_bare_clocks_and_repeated_and_vague_times_date_nothing(propose: Propose) -> None:
    assert propose("Jets struck the port at 17:30.", "struck") == []
    assert propose("Jets strike the port every Friday.", "strike") == []
    assert propose("Jets recently struck the port.", "struck") == []


def test_a_clock_with_a_day_dates(propose: Propose) -> None:
    assert propose("Jets struck the port at 5 p.m. Friday.", "struck") == [("5 p.m. Friday", None)]


def test_the_same_day_is_the_day_last_named(find: Callable[[str], list[Timex]]) -> None:
    first, second = find("Rebels struck the port on Friday. Troops shelled Telmar the same day.")
    assert (second.name, second.unit) == (first.name, first.unit)


def test_a_day_that_no_sentence_names_dates_nothing(propose: Propose) -> None:
    assert propose("Rebels shelled the port that day.", "shelled") == []


@pytest.mark.parametrize(
    "text", ["The envoy is to visit Belmora on Friday.", "He will be jailed when he is sentenced on Friday."]
)
def test_what_is_to_come_looks_ahead(find: Callable[[str], list[Timex]], text: str) -> None:
    assert find(text)[0].offset == 1


def test_a_saying_dates_the_promise_that_it_is(parser: Parser, lexicon: TimeLexicon) -> None:
    text = "Norland said on Friday that it would lift the ban."
    document = Document(id="test", text=text)
    parse = parser.parse(document)
    lift = next(token for token in parse.tokens if token.text == "lift")

    def score(kind: EventType) -> float:
        event = EventMention(lift.i, Field("lift", lift.span, "t"), (Field(kind, lift.span, "t"),), lift.span)
        return propose_times(parse, event, find_times(parse, document, lexicon))[0].score

    assert score(EventType.CONCEDE) >= 0.5
    assert score(EventType.COERCE) < 0.5


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_read(parser: Parser, lexicon: TimeLexicon, text: str) -> None:
    document = Document(id="d", text=text)
    parse = parser.parse(document)
    mentions = find_times(parse, document, lexicon)
    assert [mention.first for mention in mentions] == sorted(mention.first for mention in mentions)
    for mention in mentions:
        assert mention.first < mention.last <= len(parse.tokens)
        assert mention.field.span is not None
        assert mention.field.span.slice(text) == mention.field.value.text
