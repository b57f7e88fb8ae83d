"""Long texts in parts: nothing is lost, nothing is cut in two that belongs together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.acquire import parts
from reportedly.acquire.parts import MAX_PART_BYTES, divide
from reportedly.records.document import Hints, RawDocument

SENTENCE = "Police in Oldport arrested 30 people on Friday. "


def make(content: bytes, media_type: str = "text/plain", charset: str | None = None) -> RawDocument:
    return RawDocument("a.txt", content, media_type, charset, Hints(title="Oldport", publisher="Gazette"))


def test_a_report_of_usual_length_is_left_as_it_is() -> None:
    raw = make(SENTENCE.encode() * 100)
    assert list(divide(raw)) == [raw]


def test_a_page_is_never_cut() -> None:
    raw = make(b"<p>" + SENTENCE.encode() * 10_000, "text/html")
    assert list(divide(raw)) == [raw]


def test_a_long_text_is_cut_between_paragraphs_and_keeps_its_hints() -> None:
    raw = make(((SENTENCE * 20).strip() + "\n\n").encode() * 1000)
    found = list(divide(raw))
    assert len(found) == -(-len(raw.content) // MAX_PART_BYTES)
    assert b"".join(part.content for part in found) == raw.content
    assert all(part.content.endswith(b"\n\n") and len(part.content) <= MAX_PART_BYTES for part in found)
    assert [part.address for part in found[:2]] == ["a.txt#part-1", "a.txt#part-2"]
    assert all(part.hints == raw.hints for part in found)


@pytest.mark.parametrize(("unit", "end"), [(SENTENCE, "Friday. "), ("harbour ", "harbour "), ("x", "x")])
def test_without_paragraphs_sentences_and_words_stay_whole(unit: str, end: str) -> None:
    found = list(divide(make((unit * (500_000 // len(unit))).encode())))
    assert all(part.content.decode().endswith(end) for part in found[:-1])


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_encodings_are_cut_between_characters(charset: str) -> None:
    text = (SENTENCE + "\u010a \u0a0a “quoted” ") * 5000
    found = list(divide(make(text.encode(charset))))
    assert "".join(part.content.decode(part.charset or "") for part in found) == text


@given(st.text(st.sampled_from("aé“軍😀 \n."), max_size=200), st.integers(min_value=4, max_value=30))
def test_parts_join_to_the_whole_and_each_can_be_decoded(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "MAX_PART_BYTES", size)
        found = list(divide(make(text.encode())))
    joined = "".join(part.content.decode() for part in found)
    assert "".join(joined.split()) == "".join(text.split())
    assert all(len(part.content) <= size for part in found)
