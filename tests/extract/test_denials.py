"""Events denied by denying what is said of them, and those not decided on."""

from collections.abc import Callable

import pytest

from reportedly.extract.denials import find_denial, find_open_decision
from reportedly.extract.governors import trace_status
from reportedly.extract.parse import Parser
from reportedly.extract.status_cues import open_status
from reportedly.records.document import Document

pytestmark = pytest.mark.slow

Find = Callable[[str, str], tuple[str | None, str | None]]


@pytest.fixture(scope="module")
def find(parser: Parser) -> Find:
    """The words that deny, and that leave open, the event of a word."""
    cues = open_status()

    def find_words(text: str, word: str) -> tuple[str | None, str | None]:
        parse = parser.parse(Document(id="test", text=text))
        head = next(token.i for token in parse.tokens if token.text == word)
        denial = find_denial(parse, head, cues.words)
        pending = find_open_decision(parse, trace_status(parse, head, cues), cues.words)
        return tuple(None if i is None else parse.tokens[i].text for i in (denial, pending))  # type: ignore[return-value]

    return find_words


@pytest.mark.parametrize(
    ("text", "word", "denial"),
    [
        ("Norland dismissed a report that its troops had shelled the city.", "shelled", "dismissed"),
        ("The minister denied reports that a coup is under way.", "coup", "denied"),
        ("Norland described the reports its army had shelled the port as untrue.", "shelled", "described"),
        ("Norland did not deny reports that it had shelled the city.", "shelled", None),
        ("Norland described the reports its army had shelled the port as alarming.", "shelled", None),
        ("Norland rejected a plan that its allies had drafted after rebels shelled the city.", "shelled", None),
        ("Norland dismissed the general who had shelled the city.", "shelled", None),
    ],
)
def test_denials_of_what_is_said(find: Find, text: str, word: str, denial: str | None) -> None:
    assert find(text, word)[0] == denial


@pytest.mark.parametrize(
    ("text", "word", "pending"),
    [
        ("Norland has not decided whether to accept the offer.", "accept", "decided"),
        ("The court is yet to decide on the extradition of the general.", "extradition", "decide"),
        ("Norland has decided to accept the offer.", "accept", None),
        ("Norland did not accept the offer.", "accept", None),
    ],
)
def test_decisions_not_taken(find: Find, text: str, word: str, pending: str | None) -> None:
    assert find(text, word)[1] == pending
