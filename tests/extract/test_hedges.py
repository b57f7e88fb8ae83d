"""What weakens a claim, and what only looks like it."""

from collections.abc import Callable

import pytest

from reportedly.extract.governors import trace_status
from reportedly.extract.hedges import find_hedges
from reportedly.extract.mentions import EventMention
from reportedly.extract.parse import Parse
from reportedly.extract.status_cues import open_status
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field

pytestmark = pytest.mark.slow


def read_hedges(parse: Parse, word: str) -> list[str]:
    cues = open_status()
    token = next(token for token in parse.tokens if token.text == word)
    event = EventMention(
        head=token.i,
        trigger=Field(token.text, token.span, "test"),
        types=(Field(EventType.ASSAULT, token.span, "test"),),
        evidence=token.span,
    )
    fields = find_hedges(parse, event, trace_status(parse, token.i, cues), cues.words)
    assert all(field.span is not None and field.span.slice(parse.text) == field.value for field in fields)
    return [field.value for field in fields]


@pytest.mark.parametrize(
    ("text", "word", "hedges"),
    [
        ("The army apparently shelled the port.", "shelled", ["apparently"]),
        ("Soldiers reportedly burned the village.", "burned", ["reportedly"]),
        ("The village was burned, allegedly by soldiers.", "burned", ["allegedly"]),
        ("The army appears to have shelled the port.", "shelled", ["appears"]),
        ("Police spoke of a suspected bombing.", "bombing", ["suspected"]),
        ("He was held over allegations of torture.", "torture", ["allegations"]),
        ("He was arrested on suspicion of bombing the station.", "bombing", ["suspicion"]),
        ("He is apparently preparing possible strikes.", "strikes", ["apparently", "possible"]),
        ("The radio spoke of “genocide” in Belmora.", "genocide", ["genocide"]),
        ("They denied allegations that soldiers burned the village.", "burned", ["allegations"]),
        ("A video allegedly shows soldiers burning the village.", "burning", ["allegedly"]),
        ("The tanker is suspected to be the target of an attack.", "attack", ["suspected"]),
        ("Rebels shelled the port.", "shelled", []),
        ("The patrol sank an alleged drug boat.", "sank", []),
        ("He alleged that soldiers burned the village.", "burned", []),
        ("The minister said “we bombed the port” on Friday.", "bombed", []),
    ],
)
def test_hedges(read_parse: Callable[[str], Parse], text: str, word: str, hedges: list[str]) -> None:
    assert read_hedges(read_parse(text), word) == hedges
