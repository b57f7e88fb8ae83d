"""Runs of words that two reports share, found in one pass."""

from collections.abc import Sequence

import msgspec

SEED = 5
"""Words that must agree before a run is one: shorter ones are idiom."""


class Run(msgspec.Struct, frozen=True):
    """A run of words that stands in both reports, from ``left`` and ``right`` on."""

    left: int
    right: int
    length: int


def find_runs(left: Sequence[str], right: Sequence[str], seed: int = SEED) -> tuple[Run, ...]:
    """Return the runs of at least ``seed`` words that ``right`` shares with ``left``, in the order of ``right``.

    Each word of ``right`` belongs to one run at most: the longest that starts where the last one ended (greedy string
    tiling, Wise 1993, in one direction). Time grows with the lengths, not with their product, but for texts that
    repeat themselves, of which the first few places are tried.
    """
    starts: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(left) - seed + 1):
        places = starts.setdefault(tuple(left[at : at + seed]), [])
        if len(places) < _PLACES:
            places.append(at)
    runs: list[Run] = []
    at = 0
    while at <= len(right) - seed:
        best = Run(0, at, 0)
        for place in starts.get(tuple(right[at : at + seed]), ()):
            length = seed
            while (
                place + length < len(left) and at + length < len(right) and left[place + length] == right[at + length]
            ):
                length += 1
            if length > best.length:
                best = Run(place, at, length)
        if best.length:
            runs.append(best)
        at += best.length or 1
    return tuple(runs)


_PLACES = 8
"""How many places of one seed are tried."""


def share_covered(runs: Sequence[Run], length: int, side: str) -> float:
    """Return the share of a text of ``length`` words that lies in runs; ``side`` is ``left`` or ``right``."""
    if not length:
        return 0.0
    if side == "right":
        return sum(run.length for run in runs) / length
    covered = bytearray(length)
    for run in runs:
        covered[run.left : run.left + run.length] = b"\x01" * run.length
    return sum(covered) / length
