"""Chains: sources within sources, carried quotations, pronouns, orphaned fragments, and the chain of one event."""

from collections.abc import Callable

import pytest

from reportedly.extract.attribution import find_attributions, open_cues
from reportedly.extract.chains import propose_chain, speaks_for
from reportedly.extract.mentions import Attribution, EventMention
from reportedly.extract.parse import Parse
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field

pytestmark = pytest.mark.slow

ReadParse = Callable[[str], Parse]


def read(read_parse: ReadParse, text: str) -> tuple[Parse, tuple[Attribution, ...]]:
    parse = read_parse(text)
    return parse, find_attributions(parse, Document(id="test", text=text), open_cues())


def chain_of(read_parse: ReadParse, text: str, word: str) -> list[str]:
    """Texts of the best chain of an event whose trigger is the last token that starts with ``word``."""
    parse, attributions = read(read_parse, text)
    token = [token for token in parse.tokens if token.lower.startswith(word)][-1]
    event = EventMention(
        head=token.i,
        trigger=Field(token.text, token.span, "rule:test"),
        types=(Field(EventType.ASSAULT, token.span, "rule:test"),),
        evidence=token.span,
    )
    best = next(field for field in propose_chain(parse, event, attributions) if field.score >= 0.5)
    return [source.text for source in best.value]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Rebels shelled the port.", []),
        ("The mayor said rebels shelled the port.", ["The mayor"]),
        ("Rebels shelled the port, according to the mayor and the army.", ["the mayor and the army"]),
        (
            "The Norland Times, in a report citing two officials, said rebels shelled the port.",
            ["The Norland Times", "two officials"],
        ),
        ("The police, citing witnesses, said rebels shelled the port.", ["The police", "witnesses"]),
        (
            "Rebels shelled the port, according to leaked papers seen by The Norland Times, which cited two officials.",
            ["The Norland Times", "two officials", "leaked papers"],
        ),
        (
            "Rebels shelled the port, according to a memo obtained by Norland Radio.",
            ["Norland Radio", "a memo"],
        ),
        ("Rebels shelled the port, according to a report seen as fair.", ["a report"]),
        ("A senior officer told Reuters that rebels shelled the port.", ["Reuters", "A senior officer"]),
        ("A senior officer told reporters that rebels shelled the port.", ["A senior officer"]),
        (
            "The Norland Times quoted a doctor as saying that rebels shelled the port.",
            ["The Norland Times", "a doctor"],
        ),
        ("The mayor demanded that rebels stop shelling the port.", []),
        ("The mayor condemned the shelling of the port.", []),
        ("The mayor is said to have shelled the port.", []),
    ],
)
def test_the_chain_of_an_event(read_parse: ReadParse, text: str, chain: list[str]) -> None:
    assert chain_of(read_parse, text, "shell") == chain


def test_three_sources_stand_outermost_first(read_parse: ReadParse) -> None:
    text = "The Norland Times said the governor had confirmed that the army reported that rebels shelled the port."
    assert chain_of(read_parse, text, "shell") == ["The Norland Times", "the governor", "the army"]


def test_an_event_that_is_the_cue_has_no_source_of_itself(read_parse: ReadParse) -> None:
    assert chain_of(read_parse, "Norland accused Sudmark of shelling the port.", "accused") == []
    assert chain_of(read_parse, "Norland accused Sudmark of shelling the port.", "shell") == ["Norland"]


def test_a_pronoun_is_led_to_its_name(read_parse: ReadParse) -> None:
    text = "Ana Ruiz visited the camp. She said that rebels had shelled the port."
    _, attributions = read(read_parse, text)
    (source,) = attributions[0].chain
    assert source.text == "Ana Ruiz"
    assert source.mention is not None
    assert source.mention.slice(text) == "She"


def test_a_quotation_goes_on_after_its_cue(read_parse: ReadParse) -> None:
    text = "“We left at dawn,” the mayor said. “Rebels had shelled the port. I think they will come back.”"
    assert chain_of(read_parse, text, "shell") == ["the mayor"]


def test_a_quotation_carries_into_the_next_paragraph(read_parse: ReadParse) -> None:
    text = "“We left the town at dawn,” said Ana Ruiz, a nurse.\n“Rebels shelled the port all night.”"
    _, attributions = read(read_parse, text)
    assert attributions[-1].kind == "carried"
    assert attributions[-1].cue is None
    assert chain_of(read_parse, text, "shell") == ["Ana Ruiz"]


def test_paragraphs_opened_before_the_cue_belong_to_it(read_parse: ReadParse) -> None:
    text = "“Rebels shelled the port all night.\n“We left the town at dawn,” said Ana Ruiz."
    assert chain_of(read_parse, text, "shell") == ["Ana Ruiz"]


def test_plain_sentences_are_not_carried(read_parse: ReadParse) -> None:
    text = "“We left the town at dawn,” said Ana Ruiz. Rebels shelled the port all night."
    assert chain_of(read_parse, text, "shell") == []


def test_an_orphaned_fragment_belongs_to_the_sentence_after_it(read_parse: ReadParse) -> None:
    text = (
        "The port was closed. According to reports published first by the Herald and Reuters. Rebels shelled it twice."
    )
    assert chain_of(read_parse, text, "shell") == ["the Herald and Reuters"]


def test_an_orphaned_fragment_at_the_end_belongs_to_the_sentence_before_it(read_parse: ReadParse) -> None:
    text = "Rebels shelled the port twice. According to reports by the Herald."
    assert chain_of(read_parse, text, "shell") != []


def test_an_aside_in_indirect_speech_is_the_outlets_own(read_parse: ReadParse) -> None:
    aside = "The governor said he would fight the militia, the group that shelled the port in May."
    assert chain_of(read_parse, aside, "shell") == []
    quoted = "“We will fight the militia, the group that shelled the port in May,” the governor said."
    assert chain_of(read_parse, quoted, "shell") == ["the governor"]


@pytest.mark.parametrize(
    ("source", "party", "same"),
    [
        ("Norlandic president Ivan Holt", "Norland", True),
        ("U.S. officials", "the US", True),
        ("the navy", "The Sudmark Navy", True),
        ("Ana Ruiz", "We", True),
        ("the prime minister", "the country", True),
        ("President Ivan Holt", "President Ana Ruiz", False),
        ("South Sudanese officials", "South Korea", False),
        ("Norlandic officials", "Sudmark", False),
        ("officials", "", False),
    ],
)
def test_who_speaks_for_whom(source: str, party: str, same: bool) -> None:
    assert speaks_for(source, party) is same
