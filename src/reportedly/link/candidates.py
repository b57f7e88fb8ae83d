"""Which claims are worth comparing: keys under which a claim is found, and what it looks for when.

A claim is found by the keys of its sketch. What it looks for depends on the key: the same two parties often act alike
within a week, one town seldom sees two like acts, and a plan is to be found weeks before what came of it.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from reportedly.link.alike import ACTUAL, PROSPECTIVE
from reportedly.link.days import shift_day
from reportedly.link.event_features import EventFeatures
from reportedly.records.claim import Status
from reportedly.records.stored import Sketch

MAX_CANDIDATES = 60
"""Claims compared with one claim at most: those that share most keys, then the nearest by day.

Where more are found, which links are drawn depends on what was there when each claim was linked.
"""
WINDOW_DAYS = 45
"""No key is looked for further away."""
_PARTY, _TOWN, _COUNT, _PLAN, _PAST = "party", "town", "count", "plan", "past"
_ACT = "act"
_DAYS = {_PARTY: (3, 3), _TOWN: (10, 10), _COUNT: (14, 14)}
"""Days back and ahead that a key is looked for."""
_COUNTRY = 3
"""Rank of places from which they narrow nothing down."""
_TELLING = 4
"""Counts from which they narrow anything down."""
_PAIRS = 3
"""Pairs of parties, places or counts that a claim is found by, at most."""


class Query(msgspec.Struct, frozen=True):
    """What to ask the store for: subjects that have one of the keys, on the days from ``since`` to ``until``."""

    keys: tuple[str, ...]
    since: str | None
    until: str | None


def make_keys(features: EventFeatures, group: str) -> tuple[str, ...]:
    """Return the keys under which a claim is found; sorted, never more than thirteen.

    Args:
        features: The claim.
        group: What its type is compared with: types of one group can be one event.
    """
    pairs = _pair(features)
    if features.status is Status.HISTORICAL and features.start is None:
        return tuple(sorted(f"{_PAST}|{features.type}|{pair}" for pair in pairs))
    keys = {f"{_PARTY}|{features.type}|{pair}" for pair in pairs}
    for place in features.places[:_PAIRS]:
        if place.rank < _COUNTRY:
            keys.add(f"{_TOWN}|{group}|{place.id}")
    for figure in features.figures[:_PAIRS]:
        if figure.low is not None and figure.low >= _TELLING:
            keys.add(f"{_COUNT}|{figure.key}|{figure.low}")
    if not keys:
        keys.add(f"{_PARTY}|{features.type}|{features.stem}")
    step = _PLAN if features.status in PROSPECTIVE else _ACT if features.status in ACTUAL else None
    if step:
        keys |= {f"{step}|{features.type}|{pair}" for pair in pairs}
        keys |= {f"{step}|{group}|{place.id}" for place in features.places[:1] if place.rank < _COUNTRY}
    return tuple(sorted(keys))


def find_queries(sketch: Sketch) -> tuple[Query, ...]:
    """Return what to look for, so that a claim meets those that may tell of its event.

    Ask the store for each (``View.find_candidates``), put the answers together, drop the claim itself and those of its
    own document, fetch their sketches, and compare those that ``choose_candidates`` keeps. Two claims that meet when
    the one is asked for also meet when the other is, so that the order of arrival does not matter as long as no claim
    finds more than it keeps: of more than ``MAX_CANDIDATES`` it keeps the best of those that are there by then.
    """
    if sketch.day is None:
        return (Query(sketch.keys, None, None),)
    spans: dict[tuple[int, int], list[str]] = {}
    for key in sketch.keys:
        kind, _, rest = key.partition("|")
        if kind in _DAYS:
            spans.setdefault(_DAYS[kind], []).append(key)
        elif kind == _PLAN:
            spans.setdefault((1, WINDOW_DAYS), []).append(f"{_ACT}|{rest}")
        elif kind == _ACT:
            spans.setdefault((WINDOW_DAYS, 1), []).append(f"{_PLAN}|{rest}")
        else:
            spans.setdefault((WINDOW_DAYS, WINDOW_DAYS), []).append(key)
    return tuple(
        Query(tuple(keys), shift_day(sketch.day, -back), shift_day(sketch.day, ahead))
        for (back, ahead), keys in sorted(spans.items())
    )


def choose_candidates(sketch: Sketch, found: Iterable[Sketch], limit: int = MAX_CANDIDATES) -> list[Sketch]:
    """Return the claims to compare with, best first: those that share most keys, then the nearest by day, then by id.

    Args:
        sketch: The claim.
        found: What its queries brought, in any order, itself perhaps among it.
        limit: How many at most.
    """
    keys = frozenset(sketch.keys)
    here = _ordinal(sketch.day)

    def rank(other: Sketch) -> tuple[int, int, str]:
        there = _ordinal(other.day)
        gap = abs(here - there) if here is not None and there is not None else WINDOW_DAYS
        return -len(keys.intersection(other.keys)), gap, other.subject

    return sorted((other for other in found if other.subject != sketch.subject), key=rank)[:limit]


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _pair(features: EventFeatures) -> list[str]:
    """Return who with whom, in the order of the alphabet: a mutual act is told from either side."""
    actors, recipients = (_bases(side) for side in (features.actors, features.recipients))
    if actors and recipients:
        return ["|".join(sorted((a, b))) for a in actors[:_PAIRS] for b in recipients[:_PAIRS]][:_PAIRS]
    countries = sorted({place.country for place in features.places if place.country})
    alone = actors or recipients
    if alone:
        return [f"{party}|{(countries or [features.stem])[0]}" for party in alone[:_PAIRS]]
    return [f"{country}|{features.stem}" for country in countries[:1]]


def _bases(side: Sequence[tuple[str, bool]]) -> list[str]:
    """Return parties without their sector, those named in the sentence itself before those lent to it."""
    ordered = sorted(side, key=lambda party: (party[0][0] == "~", party[1], party[0]))
    return list(dict.fromkeys(code.split("/")[0].rsplit(" ", 1)[-1].lower().lstrip("~") for code, _ in ordered))
