"""Which claims of those that links hang together are one event."""

import heapq
import math
from collections.abc import Iterable, Iterator, Mapping

from reportedly.link.event_features import EventFeatures, decode_features
from reportedly.link.event_pairs import find_contradiction
from reportedly.records.link import Link, Relation
from reportedly.records.stored import Sketch

_UNLINKED = -0.5
"""Log-odds of two claims that no link joins: they were compared and not found alike, or never met."""
_WITHIN = 1.0
"""Added to links within one report, whose points are no probability: one writer seldom tells two events so alike."""
_SURE = 0.999
"""Scores are taken for no surer than this."""
_PERSON = "person:"
_Entry = tuple[float, int, int, int, int]
"""Negative mean log-odds, two groups and their sizes."""
_Sums = dict[int, dict[int, tuple[float, int]]]
"""By two groups, both ways round: the log-odds of the links between them, summed up, and how many these are."""


def group_claims(
    sketches: Mapping[str, Sketch], links: Iterable[Link], apart: Iterable[tuple[str, str]] = ()
) -> list[tuple[str, ...]]:
    """Part the claims of one connected component into events.

    Groups are joined best first, by the mean log-odds between their claims (average linkage), while that is above
    zero; pairs without a link count as a little unlikely. Claims that a person put together are joined first and
    whatever speaks against it. Groups that a person keeps apart, or that hold two claims of which one event is ruled
    out (days or towns apart), are never joined: so a claim that names neither day nor town cannot glue together two
    that do.

    Args:
        sketches: By claim id; claims of links without one are grouped by their links alone.
        links: ``same_event`` links among the claims; others are passed over.
        apart: Pairs of claims that must not be in one event.

    Returns:
        Groups with sorted ids, sorted; every claim of ``sketches`` and ``links`` is in exactly one. Neither the order
        of links nor that of sketches matters.
    """
    joined = [link for link in links if link.relation is Relation.SAME_EVENT and link.left != link.right]
    ids = sorted({*sketches, *(end for link in joined for end in (link.left, link.right))})
    grouping = _Grouping(ids, {key: decode_features(sketch.payload) for key, sketch in sketches.items()}, apart)
    for pair in sorted((link.left, link.right) for link in joined if link.by.startswith(_PERSON)):
        grouping.force(*pair)
    odds: dict[tuple[str, str], float] = {}
    for link in joined:
        pair = (link.left, link.right) if link.left < link.right else (link.right, link.left)
        value = _find_odds(link)
        if odds.get(pair, -math.inf) < value:
            odds[pair] = value
    grouping.join(odds)
    return grouping.groups()


def _find_odds(link: Link) -> float:
    score = min(_SURE, max(1 - _SURE, link.score))
    odds = math.log(score / (1 - score))
    return odds + _WITHIN if link.by.startswith("rule:within") else odds


class _Grouping:
    """Groups of claims, by number of their first claim, as they are joined."""

    def __init__(self, ids: list[str], features: Mapping[str, EventFeatures], apart: Iterable[tuple[str, str]]) -> None:
        self._ids = ids
        self._number = {key: i for i, key in enumerate(ids)}
        self._group = list(range(len(ids)))
        self._members = {i: [i] for i in range(len(ids))}
        self._telling = {i: _index([features[key]] if key in features else []) for i, key in enumerate(ids)}
        self._foes: dict[int, set[int]] = {i: set() for i in range(len(ids))}
        for one, other in apart:
            if one in self._number and other in self._number:
                first, second = self._number[one], self._number[other]
                self._foes[first].add(second)
                self._foes[second].add(first)

    def groups(self) -> list[tuple[str, ...]]:
        """Return the groups as they stand."""
        return sorted(tuple(sorted(self._ids[i] for i in members)) for members in self._members.values())

    def force(self, one: str, other: str) -> None:
        """Join the groups of two claims, unless they are to be kept apart."""
        first, second = sorted(self._group[self._number[key]] for key in (one, other))
        if first != second and not self._foes[first].intersection(self._members[second]):
            self._merge(first, second)

    def join(self, odds: Mapping[tuple[str, str], float]) -> None:
        """Join the groups whose claims are on average likelier one event than not, the likeliest first."""
        sums: _Sums = {group: {} for group in self._members}
        for (one, other), value in sorted(odds.items()):
            first, second = self._group[self._number[one]], self._group[self._number[other]]
            if first != second:
                _add(sums, first, second, (value, 1))
        heap: list[_Entry] = []
        for first, others in sums.items():
            heap += self._rank(first, {second: linked for second, linked in others.items() if first < second})
        heapq.heapify(heap)
        members = self._members
        while heap:
            _, first, second, size, other_size = heapq.heappop(heap)
            if first not in sums or second not in sums[first]:
                continue
            if len(members[first]) != size or len(members[second]) != other_size:
                continue
            if self._are_apart(first, second):
                del sums[first][second], sums[second][first]
                continue
            self._merge(first, second)
            for third, linked in sums.pop(second).items():
                del sums[third][second]
                if third != first:
                    _add(sums, first, third, linked)
            for entry in self._rank(first, sums[first]):
                heapq.heappush(heap, entry)

    def _rank(self, one: int, others: Mapping[int, tuple[float, int]]) -> Iterator[_Entry]:
        """Give the places in the queue of a group with others that may be joined to it.

        Sizes tell an entry that was overtaken from one that holds. Two groups whose mean is not above zero are left
        out: as they stand, they are never joined.
        """
        size = len(self._members[one])
        for other, (total, count) in others.items():
            other_size = len(self._members[other])
            pairs = size * other_size
            mean = (total + _UNLINKED * (pairs - count)) / pairs
            if mean > 0:
                yield (-mean, one, other, size, other_size) if one < other else (-mean, other, one, other_size, size)

    def _are_apart(self, one: int, other: int) -> bool:
        if self._foes[one].intersection(self._members[other]):
            return True
        return any(find_contradiction(a, b) for a in self._telling[one].values() for b in self._telling[other].values())

    def _merge(self, one: int, other: int) -> None:
        for i in self._members[other]:
            self._group[i] = one
        self._members[one].extend(self._members.pop(other))
        self._telling[one].update(self._telling.pop(other))
        self._foes[one] |= self._foes.pop(other)


def _add(sums: _Sums, one: int, other: int, linked: tuple[float, int]) -> None:
    total, count = sums[one].get(other, (0.0, 0))
    sums[one][other] = sums[other][one] = (total + linked[0], count + linked[1])


def _index(claims: Iterable[EventFeatures]) -> dict[tuple[object, ...], EventFeatures]:
    """Keep of claims one for each that could rule something out: a large group then costs no more than it says."""
    kept: dict[tuple[object, ...], EventFeatures] = {}
    for item in claims:
        own_days = None if item.lent_time else (item.start, item.end)
        own_places = tuple(place for place in item.places if not place.lent)
        kept[item.series, own_days, own_places, item.voice, item.document if item.voice is None else ""] = item
    return kept
