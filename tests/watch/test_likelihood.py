import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.watch.likelihood import estimate_share, word_share


@pytest.mark.parametrize(
    ("came", "total", "word"),
    [
        (0, 40, "almost no chance (1–5%)"),
        (0, 8, "very unlikely (5–20%)"),
        (1, 5, "unlikely (20–45%)"),
        (3, 6, "roughly even chance (45–55%)"),
        (5, 6, "likely (55–80%)"),
        (10, 11, "very likely (80–95%)"),
        (60, 60, "almost certain (95–99%)"),
    ],
)
def test_the_words_are_those_of_the_directive(came: int, total: int, word: str) -> None:
    assert word_share(came, total) == word


@given(st.integers(0, 500), st.integers(0, 500))
def test_no_record_makes_certain_and_more_cases_that_came_about_never_make_less_likely(came: int, more: int) -> None:
    total = came + more
    assert 0 < estimate_share(came, total) < 1
    if more:
        assert estimate_share(came + 1, total) > estimate_share(came, total)


def test_more_than_all_cannot_have_come_about() -> None:
    with pytest.raises(ValueError, match="5 of 4"):
        estimate_share(5, 4)
