"""Excerpts hold the evidence, and no more than a sentence or a part of one."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from reportedly.records.document import Genre
from reportedly.records.spans import Field, Span
from reportedly.records.stored import DocumentHead, StoredClaim
from reportedly.write.excerpts import LONGEST, make_excerpt, shorten, slice_evidence
from tests.write import world

HEAD = DocumentHead("d", None, None, None, None, None, None, None, None, Genre.REPORT, "en", 0, world.RECORDED)


def store(text: str, sentence: Span, evidence: Span, trigger: Span | None = None) -> StoredClaim:
    """A claim of ``world`` whose spans point into another text."""
    claim, grounding = world.make_claims()["attack"][0]
    trigger = trigger or evidence
    claim = msgspec.structs.replace(
        claim, sentence=sentence, evidence=evidence, trigger=Field(trigger.slice(text), trigger, "rule:test")
    )
    return StoredClaim(claim, grounding, HEAD, sentence.slice(text), world.RECORDED)


def test_a_short_sentence_stands_whole() -> None:
    text = "Before. Warplanes struck the port. After."
    excerpt = make_excerpt(store(text, Span(8, 34), Span(8, 24), Span(18, 24)))
    assert excerpt.text == "Warplanes struck the port."
    assert excerpt.evidence.slice(excerpt.text) == "Warplanes struck"
    assert excerpt.trigger is not None
    assert excerpt.trigger.slice(excerpt.text) == "struck"


def test_a_text_without_full_stops_is_cut_between_words() -> None:
    text = "word " * 400 + "struck the port " + "word " * 400
    start = text.index("struck")
    excerpt = make_excerpt(store(text, Span(0, len(text)), Span(start, start + 15)))
    assert len(excerpt.text) <= LONGEST + 2
    assert excerpt.evidence.slice(excerpt.text) == "struck the port"
    assert excerpt.text.startswith("…word ")
    assert excerpt.text.endswith(" word…")


def test_evidence_as_long_as_a_text_is_cut_around_its_trigger() -> None:
    text = "word " * 400 + "struck " + "word " * 400
    start = text.index("struck")
    stored = store(text, Span(0, len(text)), Span(0, len(text)), Span(start, start + 6))
    assert "struck" in make_excerpt(stored).text
    assert len(slice_evidence(stored)) <= LONGEST + 2


def test_evidence_as_long_as_a_text_is_cut_without_a_trigger_too() -> None:
    text = "word " * 400
    stored = store(text, Span(0, len(text)), Span(0, len(text)))
    lost = msgspec.structs.replace(stored.claim, trigger=Field("word", None, "rule:test"))
    assert len(slice_evidence(msgspec.structs.replace(stored, claim=lost))) <= LONGEST + 2


def test_long_words_are_cut_around_what_is_to_be_seen() -> None:
    words = "word " * 400 + "possible strikes " + "word " * 400
    assert shorten("A few words.") == "A few words."
    assert shorten(words, 100).startswith("word word")
    cut = shorten(words, 100, around="possible strikes")
    assert "possible strikes" in cut
    assert cut[0] == cut[-1] == "…"
    assert len(cut) <= 102
    assert len(shorten(words, 100, around=words)) <= 102


@given(
    st.text(alphabet="ab .", min_size=1, max_size=2000),
    st.integers(0, 1999),
    st.integers(0, 1999),
    st.integers(1, 700),
)
def test_an_excerpt_always_holds_its_spans_and_is_never_long(text: str, one: int, other: int, longest: int) -> None:
    start, end = sorted((min(one, len(text) - 1), min(other, len(text))))
    evidence = Span(start, max(end, start + 1))
    excerpt = make_excerpt(store(text, Span(0, len(text)), evidence), longest)
    assert len(excerpt.text) <= longest + 2
    assert excerpt.evidence.end <= len(excerpt.text)
    if evidence.end - evidence.start <= longest:
        assert excerpt.evidence.slice(excerpt.text) == evidence.slice(text)
