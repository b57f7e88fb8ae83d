"""Intervals are repeatable, hold the figure of stable data, and refuse nothing at all."""

from collections.abc import Sequence

import pytest

from eval.bootstrap import interval


def mean(sample: Sequence[float]) -> float:
    return sum(sample) / len(sample)


def test_the_interval_is_repeatable_and_holds_the_mean() -> None:
    units = [0.0, 1.0] * 50
    low, high = interval(units, mean)
    assert (low, high) == interval(units, mean)
    assert low < 0.5 < high


def test_equal_units_leave_no_room() -> None:
    assert interval([0.25] * 20, mean) == (0.25, 0.25)


def test_nothing_cannot_be_resampled() -> None:
    with pytest.raises(ValueError, match="nothing to resample"):
        interval([], mean)
