"""Which time dates which event."""

from collections.abc import Callable

import pytest

from reportedly.extract.binding import find_preposition, score_binding
from reportedly.extract.parse import Parser
from reportedly.extract.times import find_times, open_times
from reportedly.records.document import Document

pytestmark = pytest.mark.slow

SURE = 0.5
Score = Callable[[str, str, str], float]


@pytest.fixture(scope="module")
def score(parser: Parser) -> Score:
    """How surely a time expression, given by its words, dates the event that a word evokes."""
    lexicon = open_times()

    def score_words(text: str, word: str, words: str) -> float:
        document = Document(id="test", text=text)
        parse = parser.parse(document)
        mention = next(m for m in find_times(parse, document, lexicon) if m.field.value.text == words)
        return score_binding(parse, next(token.i for token in parse.tokens if token.text == word), mention)

    return score_words


@pytest.mark.parametrize(
    ("text", "word", "words"),
    [
        ("Rebels shelled the port on Friday.", "shelled", "Friday"),
        ("On Friday rebels shelled the port.", "shelled", "Friday"),
        ("The raid on May 5 killed six people.", "raid", "May 5"),
        ("The May 5 raid killed six people.", "raid", "May 5"),
        ("Norland carried out a raid on Friday.", "raid", "Friday"),
        ("Rebels shelled a market in Belmora on Friday.", "shelled", "Friday"),
        ("The truce that began on Monday has collapsed.", "truce", "Monday"),
        ("He pleaded guilty at Friday’s hearing.", "pleaded", "Friday"),
        ("Norland launched an attack last week.", "attack", "last week"),
        ("Jets destroyed a bridge that links the two banks last Friday.", "destroyed", "last Friday"),
        ("The king proposes holding talks in Kordova on May 5 after rebels threatened a siege.", "talks", "May 5"),
        ("He was arrested when he landed on Friday.", "arrested", "Friday"),
    ],
)
def test_dates_the_event(score: Score, text: str, word: str, words: str) -> None:
    assert score(text, word, words) >= SURE


@pytest.mark.parametrize(
    ("text", "word", "words"),
    [
        ("The ministry said on Friday that rebels had shelled the port.", "shelled", "Friday"),
        ("Police arrested two men ahead of the May 5 vote.", "arrested", "May 5"),
        ("The minister who resigned in April met the envoy.", "met", "April"),
        ("Rebels shelled the port that Norland bought in 2019.", "shelled", "2019"),
        ("Rebels released a man who was abducted on Friday.", "released", "Friday"),
    ],
)
def test_dates_something_else(score: Score, text: str, word: str, words: str) -> None:
    assert score(text, word, words) < SURE


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Rebels have held the port since Friday.", "since"),
        ("Rebels held the port until Friday.", "until"),
        ("Rebels shelled the port on Friday.", None),
    ],
)
def test_prepositions_that_open_or_bound(parser: Parser, text: str, word: str | None) -> None:
    document = Document(id="test", text=text)
    parse = parser.parse(document)
    (mention,) = find_times(parse, document, open_times())
    assert find_preposition(parse, mention) == word
