"""Numbers in digits and words, and the bounds that the words around them set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.numbers import read_bounds, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13", 13),
        ("1,300", 1300),
        ("2.3 million", 2_300_000),
        ("twenty-five", 25),
        ("three hundred and twelve", 312),
        ("two dozen", 24),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("half a million", 500_000),
        ("four thousand two hundred", 4200),
        ("several", None),
        ("999,999,999,999", 999_999_999_999),
        ("99999999999999999999999", None),
        ("9" * 400, None),
        ("99999999999999999999999 million", None),
        ("half a loaf", None),
        ("", None),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, number: float | None) -> None:
    assert read_number(text) == number


@given(st.integers(min_value=0, max_value=10**9))
def test_every_integer_is_read_with_and_without_separators(number: int) -> None:
    assert read_number(str(number)) == number
    assert read_number(f"{number:,}") == number


@pytest.mark.parametrize(
    ("low", "high", "kind", "bounds"),
    [
        (13, None, None, (13, 13)),
        (13, None, "at_least", (13, None)),
        (50, None, "over", (51, None)),
        (20, None, "up_to", (None, 20)),
        (5, None, "under", (None, 4)),
        (10, 15, None, (10, 15)),
        (10, 15, "at_least", (10, 15)),
        (10, 15, "up_to", (None, 15)),
        (30, None, "about", (30, 30)),
    ],
)
def test_bounds_follow_the_codebook(
    low: float, high: float | None, kind: str | None, bounds: tuple[int | None, int | None]
) -> None:
    assert read_bounds(low, high, kind) == bounds


@given(
    st.integers(min_value=1, max_value=10**6),
    st.integers(min_value=0, max_value=10**6),
    st.sampled_from(["at_least", "over", "up_to", "under", "about", None]),
)
def test_bounds_never_cross(low: int, more: int, kind: str | None) -> None:
    first, last = read_bounds(low, low + more, kind)
    assert first is None or last is None or first <= last
