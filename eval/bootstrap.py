"""Percentile bootstrap over documents (Efron 1979): how far a figure could move with other documents of the kind."""

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

ROUNDS = 300
SEED = 20251031


def interval(
    units: Sequence[T], statistic: Callable[[Sequence[T]], float], rounds: int = ROUNDS, seed: int = SEED
) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of ``statistic`` over resampled ``units``.

    Args:
        units: What is resampled with replacement, usually one entry a document.
        statistic: Computes the figure from a sample of units.
        rounds: Number of samples.
        seed: Makes the result repeatable.

    Raises:
        ValueError: ``units`` is empty.
    """
    if not units:
        raise ValueError("nothing to resample")
    rng = random.Random(seed)
    values = sorted(statistic(rng.choices(units, k=len(units))) for _ in range(rounds))
    return values[int(0.025 * rounds)], values[min(rounds - 1, int(0.975 * rounds))]
