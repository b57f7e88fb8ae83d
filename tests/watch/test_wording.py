from hypothesis import given
from hypothesis import strategies as st

from reportedly.records.claim import Status
from reportedly.watch.wording import opens_with, quote_sentence, shorten, word_bounds, word_statuses
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


def test_a_title_opens_a_sentence_or_stands_behind_its_colon() -> None:
    item = make_claim("a", make_head("wire", "Wire"), sentence="Fire again: two cranes burned, where a line ran.")
    assert opens_with(item, "Fire again")
    assert opens_with(item, "Two cranes burned …")
    assert not opens_with(item, "Where a line ran")


def test_a_long_line_is_cut_behind_a_word() -> None:
    assert shorten("Jets struck the port", 12) == "Jets struck …"
    assert shorten("Jets struck", 12) == "Jets struck"
