"""Precedents and old dates make background; what is dated near or elsewhere does not."""

from collections.abc import Callable

import pytest

from reportedly.extract.background import find_ahead, find_background
from reportedly.extract.mentions import EventMention
from reportedly.extract.parse import Parser
from reportedly.extract.status_cues import open_status
from reportedly.extract.times import find_times, open_times
from reportedly.records.document import Document, Genre, Publication, TimePrecision
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field

pytestmark = pytest.mark.slow

PUBLISHED = Publication("2031-05-14", TimePrecision.DAY, False, "given", True)
Read = Callable[..., tuple[str | None, str | None]]


@pytest.fixture(scope="module")
def read(parser: Parser) -> Read:
    """The words that make the event of a word background, and those that put it ahead."""
    lexicon, cues = open_times(), open_status()

    def read_word(
        text: str, word: str, published: Publication | None = PUBLISHED, genre: Genre = Genre.REPORT
    ) -> tuple[str | None, str | None]:
        document = Document(id="test", text=text, published=published, genre=genre)
        parse = parser.parse(document)
        token = next(token for token in parse.tokens if token.text == word)
        event = EventMention(
            token.i, Field(word, token.span, "t"), (Field(EventType.ASSAULT, token.span, "t"),), token.span
        )
        times = find_times(parse, document, lexicon)
        old = find_background(parse, event, times, document, cues.words)
        ahead = find_ahead(parse, event, times, document)
        return old.slice(text) if old else None, ahead.slice(text) if ahead else None

    return read_word


@pytest.mark.parametrize(
    ("text", "word", "old"),
    [
        ("Norland invaded Sudmark in 1974.", "invaded", "1974"),
        ("The 1974 invasion of Sudmark is taught in schools.", "invasion", "1974"),
        ("Norland raided the island in March 2030.", "raided", "March 2030"),
        ("During the Cold War, Norland occupied the island.", "occupied", "Cold War"),
        ("Veterans marked the anniversary of the massacre.", "massacre", "anniversary"),
        ("The plan is reminiscent of the invasion.", "invasion", "reminiscent"),
        ("Norland raided the island in June 2030.", "raided", None),
        ("Norland raided the island on Monday.", "raided", None),
        ("Norland has occupied the island since 1974.", "occupied", None),
        ("Norland jails a man over a bombing in 2019.", "jails", None),
        ("Norland raided the island, which it had sold in 1974.", "raided", None),
        ("Marchers were beaten at a war memorial anniversary.", "beaten", None),
    ],
)
def test_background(read: Read, text: str, word: str, old: str | None) -> None:
    assert read(text, word)[0] == old


def test_without_a_date_the_latest_year_named_stands_in(read: Read) -> None:
    text = "Norland invaded Sudmark in 1974. A new treaty took force in 2031."
    assert read(text, "invaded", published=None)[0] == "1974"
    assert read("Norland invaded Sudmark in 1974.", "invaded", published=None)[0] is None


def test_a_bound_will_do(read: Read) -> None:
    bound = Publication("2031-05-14T10:00:00Z", TimePrecision.SECOND, True, "linked-address", False)
    assert read("Norland invaded Sudmark in 1974.", "invaded", published=bound)[0] == "1974"


def test_an_anniversary_piece_is_background_throughout(read: Read) -> None:
    text = "Norland invaded Sudmark."
    assert read(text, "invaded", genre=Genre.ANNIVERSARY)[0] == text


@pytest.mark.parametrize(
    ("text", "word", "ahead"),
    [
        ("The summit on May 20 worries Sudmark.", "summit", "May 20"),
        ("The summit on January 3 worries Sudmark.", "summit", None),
        ("The summit on July 3 worries Sudmark.", "summit", "July 3"),
        ("Talks next week may fail.", "Talks", "next week"),
        ("The summit on May 20, 2030 worried Sudmark.", "summit", None),
        ("Next week the council votes on it.", "votes", None),
        ("Talks last week failed.", "Talks", None),
    ],
)
def test_ahead(read: Read, text: str, word: str, ahead: str | None) -> None:
    assert read(text, word)[1] == ahead
