from hypothesis import given
from hypothesis import strategies as st

from reportedly.records.claim import Status
from reportedly.watch.wording import quote_sentence, word_bounds, word_statuses
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


@given(st.integers(1, 200))
def test_a_quotation_is_the_whole_sentence(words: int) -> None:
    sentence = " ".join(f"word{i}" for i in range(words)) + "."
    item = make_claim("a", make_head("wire", "Harbour Wire"), sentence=sentence)
    assert quote_sentence(item) + "." == sentence
