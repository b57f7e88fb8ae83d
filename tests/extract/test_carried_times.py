"""Times that an event takes from other sentences."""

from collections.abc import Callable

import pytest

from reportedly.extract.carried_times import propose_all_times
from reportedly.extract.mentions import EventMention
from reportedly.extract.parse import Parser
from reportedly.extract.times import find_times, open_times
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field

pytestmark = pytest.mark.slow

Dates = Callable[[str, list[str]], list[str | None]]


@pytest.fixture(scope="module")
def dates(parser: Parser) -> Dates:
    """Give the sure time of each of some trigger words, in the order of the words."""
    lexicon = open_times()

    def date_all(text: str, words: list[str]) -> list[str | None]:
        document = Document(id="test", text=text)
        parse = parser.parse(document)
        events, after = [], 0
        for word in words:
            token = next(token for token in parse.tokens if token.text == word and token.i >= after)
            after = token.i + 1
            kind = Field(EventType.ASSAULT, token.span, "t")
            evidence = parse.sentence_of(token.i).span
            events.append(EventMention(token.i, Field(word, token.span, "t"), (kind,), evidence))
        proposed = propose_all_times(parse, events, find_times(parse, document, lexicon))
        sure = [[field.value.text for field in fields if field.score >= 0.5] for fields in proposed]
        return [texts[0] if texts else None for texts in sure]

    return date_all


def test_a_known_event_takes_its_date_from_where_it_is_dated(dates: Dates) -> None:
    first = "The trial over the July 7, 2029 assassination opened."
    assert dates(f"{first} Two men planned the assassination.", ["planned"]) == [None]
    assert dates(f"{first} Norland condemned the assassination.", ["assassination", "assassination"])[-1] == (
        "July 7, 2029"
    )
    assert dates(f"{first} Norland condemned an assassination.", ["assassination", "assassination"])[-1] is None


def test_a_known_event_is_the_last_one_told(dates: Dates) -> None:
    text = "Rebels shelled Kordova on Monday. Troops bombed Telmar on Friday. The raid killed nine."
    assert dates(text, ["shelled", "bombed", "raid"]) == ["Monday", "Friday", "Friday"]


def test_what_is_still_to_come_dates_nothing_else(dates: Dates) -> None:
    assert dates("Rebels will strike Kordova on Monday. Norland fears the raid.", ["strike", "raid"])[1] is None


def test_what_goes_on_takes_no_day(dates: Dates) -> None:
    assert dates("Troops bombed Telmar on Friday. Norland condemned the war.", ["bombed", "war"])[1] is None


def test_an_act_told_again_has_the_same_day(dates: Dates) -> None:
    text = "The rebels have destroyed a bridge. Norland said that the bridge was destroyed on Friday."
    assert dates(text, ["destroyed"]) == ["Friday"]
    other = "The rebels have destroyed a bridge. Norland said that a school was destroyed on Friday."
    assert dates(other, ["destroyed"]) == [None]


def test_a_further_act_has_the_day_of_the_one_before(dates: Dates) -> None:
    assert dates("Jets hit the port on Friday. They also destroyed a school.", ["hit", "destroyed"])[1] == "Friday"
    assert dates("Jets hit the port on Friday. They destroyed a school.", ["hit", "destroyed"])[1] is None


def test_an_event_dated_by_its_own_sentence_takes_no_other_day(dates: Dates) -> None:
    text = "Jets hit the port on Friday. They also destroyed a school on Sunday."
    assert dates(text, ["hit", "destroyed"]) == ["Friday", "Sunday"]
