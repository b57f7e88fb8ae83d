import msgspec
from hypothesis import given
from hypothesis import strategies as st

from reportedly.records.claim import Status
from reportedly.records.spans import Span
from reportedly.watch.wording import cut_quote, word_bounds, word_statuses
from tests.link.situations import make_claim, make_head


def test_bounds_in_words() -> None:
    assert [
        word_bounds(*pair) for pair in ((13, 13), (13, None), (None, 20), (10, 15), (None, None), (1200, 1200))
    ] == [
        "13",
        "at least 13",
        "up to 20",
        "10 to 15",
        "an unknown number",
        "1,200",
    ]


def test_statuses_in_words() -> None:
    assert word_statuses([]) == ""
    assert word_statuses([Status.PLANNED]) == "planned"
    assert word_statuses([Status.OCCURRED, Status.DENIED, Status.PLANNED]) == "occurred, denied and planned"


@given(st.integers(0, 900), st.integers(1, 200))
def test_a_quote_is_part_of_its_sentence_and_not_long(start: int, length: int) -> None:
    sentence = " ".join(f"word{i}" for i in range(150)) + "."
    start = min(start, len(sentence) - 1)
    end = min(len(sentence), start + length)
    item = make_claim("a", make_head("wire", "Harbour Wire"), sentence=sentence)
    item = msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, evidence=Span(start, end)))
    quote = cut_quote(item)
    assert quote.removeprefix("… ").removesuffix(" …") in sentence
    assert len(quote) < 260
