"""Offsets, sentence boundaries and tree walks of the parse."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.errors import ResourceError
from reportedly.extract.parse import BATCH_SIZE, MAX_BATCH_CHARS, Parse, Parser, _batches, open_parser
from reportedly.records.document import Document, Range, RangeKind
from reportedly.records.spans import Span

pytestmark = pytest.mark.slow

TEXT = "Rebels shelled the port of Hodeidah, officials said.\n\nThe navy denied it.\r\nNo ship was hit."


def test_tokens_slice_the_text(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse(TEXT)
    assert all(TEXT[token.start : token.end] == token.text for token in parse.tokens)
    assert [token.i for token in parse.tokens] == list(range(len(parse.tokens)))


def test_paragraphs_end_sentences(read_parse: Callable[[str], Parse]) -> None:
    sentences = [sentence.span.slice(TEXT) for sentence in read_parse(TEXT).sentences]
    assert sentences == [
        "Rebels shelled the port of Hodeidah, officials said.",
        "The navy denied it.",
        "No ship was hit.",
    ]


def test_uncoded_ranges_are_not_parsed(parser: Parser) -> None:
    text = "Soldiers left the town. FOR MORE: our newsletter. The mayor stayed."
    start = text.index("FOR MORE")
    skipped = Span(start, text.index("The mayor"))
    parse = parser.parse(Document(id="d", text=text, uncoded=(Range(skipped, RangeKind.BOILERPLATE),)))
    assert not any(token.span.overlaps(skipped) for token in parse.tokens)
    assert parse.sentences[-1].span.slice(text) == "The mayor stayed."


def test_quotation_marks_are_straightened_for_the_model_only(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("“We won’t go,” she said.")
    assert parse.tokens[0].text == "“"
    assert "".join(token.text for token in parse.tokens if token.tag == "``") == "“"


def test_lemma_follows_tag(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("They struck two convoys and were striking airstrips.")
    lemmas = {token.text: parse.lemma(token.i) for token in parse.tokens}
    assert lemmas["struck"] == lemmas["striking"] == "strike"
    assert lemmas["convoys"] == "convoy"


def test_plural_nouns_lose_their_ending(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Talks of allies and leaders took years.")
    lemmas = {token.text: parse.lemma(token.i) for token in parse.tokens}
    assert {lemmas[word] for word in ("Talks", "allies", "leaders", "years")} == {"talk", "ally", "leader", "year"}


def test_noun_phrase_takes_its_complement_and_leaves_clauses(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The defence minister of Chad, who arrived on Monday, resigned.")
    minister = next(token for token in parse.tokens if token.text == "minister")
    assert parse.span(parse.noun_phrase(minister.i)).slice(parse.text) == "The defence minister of Chad"


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(ResourceError, match="no_such_model"):
        open_parser("no_such_model")


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_parses_within_its_bounds(parser: Parser, text: str) -> None:
    parse = parser.parse(Document(id="d", text=text))
    assert all(text[token.start : token.end] == token.text for token in parse.tokens)
    assert all(sentence.first < sentence.last for sentence in parse.sentences)
    assert all(0 <= token.head < len(parse.tokens) for token in parse.tokens)


def test_batches_are_bounded_in_count_and_length() -> None:
    spans = [(i * 100, i * 100 + 90) for i in range(30)] + [(5000 + i * 4000, 9000 + i * 4000) for i in range(9)]
    batches = list(_batches(spans))
    assert [span for batch in batches for span in batch] == spans
    assert all(len(batch) <= BATCH_SIZE for batch in batches)
    assert all(sum(end - start for start, end in batch) <= MAX_BATCH_CHARS for batch in batches)
    assert list(_batches([])) == []


def test_the_words_of_a_sentence_stand_in_both_forms(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Troops left. Ships sailed.")
    assert {"troops", "troop", "left", "leave"} <= parse.sentence_words(0)
    assert "ship" in parse.sentence_words(1)
    assert "ship" not in parse.sentence_words(0)


def test_a_time_of_day_before_a_phrase_is_none_of_it(read_parse: Callable[[str], Parse]) -> None:
    for text, phrase in (
        ("17:55 Police confirm the arrests.", "Police"),
        ("18.20 - Officials denied it.", "Officials"),
        ("At 17:55 police detained a man.", "police"),
        ("They met 40 police at the gate.", "40 police"),
    ):
        parse = read_parse(text)
        head = next(token.i for token in parse.tokens if token.lower in ("police", "officials"))
        phrase_of = parse.noun_phrase(head)
        span = parse.span([parse.after_clock(phrase_of[0], head), phrase_of[-1]])
        assert text[span.start : span.end] == phrase
