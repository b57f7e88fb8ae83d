"""Which claim of a copy, rewrite or later version stands for which claim of the original."""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from reportedly.records.stored import StoredClaim

ENOUGH = 0.52
"""What two claims must share to be one claim told twice: type, verb and a little more, or type and most words."""
SAME_SENTENCE = 0.2
"""What their sentences must share besides: two strikes in one report are two claims."""
COUNTERPART = 0.5
"""What a sentence must share with one of the other report for that to be its counterpart."""
_TYPE, _VERB, _SENTENCE, _PARTY, _DETAIL = 0.25, 0.25, 0.35, 0.1, 0.05
"""What agreement counts, set by hand; one in all."""
_STEM_CHARS = 5
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SHORT = 3
_EMPTY = frozenset("said says have been were with that this from they them their after such will would also".split())
LEAST = 3
"""Content words."""


class Paired(msgspec.Struct, frozen=True):
    """Claims that stand for each other, and those of either side that stand for none.

    Attributes:
        pairs: Left and right claim, in text order of the left ones.
        lost: Left claims that nothing on the right is like, in text order.
        gained: Right claims that nothing on the left is like, in text order.
    """

    pairs: tuple[tuple[StoredClaim, StoredClaim], ...]
    lost: tuple[StoredClaim, ...]
    gained: tuple[StoredClaim, ...]


def pair_claims(left: Sequence[StoredClaim], right: Sequence[StoredClaim]) -> Paired:
    """Pair the claims of two reports, the most alike first; each stands for one other at most.

    Of equally alike ones those are paired that stand at the same place in the order of their report. A claim that is
    like one already paired (the attack told a second time) is neither lost nor gained.
    """
    ordered = [sort_by_place(side) for side in (left, right)]
    scores = {
        (at, to): score
        for at, one in enumerate(ordered[0])
        for to, other in enumerate(ordered[1])
        if (score := compare(one, other)) >= ENOUGH
    }
    apart = {(at, to): abs(at / max(1, len(ordered[0]) - 1) - to / max(1, len(ordered[1]) - 1)) for at, to in scores}
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[tuple[int, int]] = []
    for at, to in sorted(scores, key=lambda pair: (-round(scores[pair], 6), apart[pair], pair)):
        if at not in taken[0] and to not in taken[1]:
            taken[0].add(at)
            taken[1].add(to)
            pairs.append((at, to))
    known = ({at for at, _ in scores}, {to for _, to in scores})
    return Paired(
        pairs=tuple((ordered[0][at], ordered[1][to]) for at, to in sorted(pairs)),
        lost=tuple(claim for at, claim in enumerate(ordered[0]) if at not in known[0]),
        gained=tuple(claim for to, claim in enumerate(ordered[1]) if to not in known[1]),
    )


def sort_by_place(claims: Sequence[StoredClaim]) -> list[StoredClaim]:
    """Return claims in text order."""
    return sorted(claims, key=lambda stored: (stored.claim.evidence, stored.claim.id))


def compare(one: StoredClaim, other: StoredClaim) -> float:
    """Return how far two claims tell the same, from 0 to 1; 0 where sentences share too little, or but the triggers."""
    alike = share_words(one.sentence, other.sentence)
    if alike < SAME_SENTENCE:
        return 0.0
    left, right = one.claim, other.claim
    triggers = _stems(left.trigger.value) | _stems(right.trigger.value)
    if not (_stems(one.sentence) & _stems(other.sentence)) - triggers:
        return 0.0
    verb = bool(_stems(left.trigger.value) & _stems(right.trigger.value))
    if left.type.value is not right.type.value and not verb:
        return 0.0
    details = [
        {(field.value.key, field.value.low) for field in claim.figures} | {field.value.text for field in claim.places}
        for claim in (left, right)
    ]
    return (
        _TYPE * (left.type.value is right.type.value)
        + _VERB * verb
        + _SENTENCE * alike
        + _compare_parties(_parties(one), _parties(other))
        + _DETAIL * bool(details[0] & details[1])
    )


def share_words(one: str, other: str) -> float:
    """Return the share of the content words of the shorter of two sentences that stand in the other.

    Sentences of a word or two are everywhere, so that no less than ``LEAST`` words are counted.
    """
    left, right = _stems(one), _stems(other)
    return len(left & right) / max(LEAST, min(len(left), len(right)))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    return frozenset(
        word[:_STEM_CHARS] for word in words if (len(word) > _SHORT or word.isdigit()) and word not in _EMPTY
    )


def _compare_parties(left: frozenset[str], right: frozenset[str]) -> float:
    if not left or not right:
        return 0.0
    return _PARTY if left & right else -_PARTY


def _parties(stored: StoredClaim) -> frozenset[str]:
    """Return codes of the parties, or the stems of their words where no code is known."""
    grounding = stored.grounding
    codes = {code for actor in (*grounding.actors, *grounding.recipients) for code in actor.codes}
    words = (_stems(field.value) for field in (*stored.claim.actors, *stored.claim.recipients))
    return frozenset(codes).union(*words)
