"""Documents of one developing matter.

Each document is compared with those published before it, within some weeks, and linked to the one it is closest to. A
story is what hangs together by such links, so that it may go on for months. A link depends on the documents of its
window, never on the order in which they came in. A document that arrives late is judged as if it had been there in
time, and may bring stories together.

What whoever calls must do, for each day with documents to judge:

1. draw the background of the day (``sample_background`` over the days before it) and weigh the terms by it
   (``weigh_terms``);
2. for each document of the day, take the keys that are rare then (``choose_keys``), find the documents of the window
   that have them, leave out those that are not ``is_earlier``, and keep the closest by keys (``choose_earlier``);
3. judge the document against their sketches (``judge_story``).

When a document comes in late, two sets of documents are judged again: those after it, within ``WINDOW_DAYS``, that
share a key with it; and all of the days, within ``BACKGROUND_DAYS`` after it, whose sample it joined.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from itertools import combinations
from operator import mul

import msgspec

from reportedly.link.story_terms import Profile, StoryWords, make_profile, weigh_alone
from reportedly.link.story_weights import TermWeights, find_tier
from reportedly.records.claim import Claim
from reportedly.records.document import Document
from reportedly.records.event import Story
from reportedly.records.grounding import Grounding
from reportedly.records.link import Link, Relation
from reportedly.records.stored import DocumentHead, Sketch

WINDOW_DAYS = 90
"""Days before a document's own in which its neighbours are looked for."""

_ENOUGH = 0.14
"""Score from which two documents tell of one matter."""
_TERMS, _LEAD, _TITLE, _AGES = 1.0, 0.2, 0.1, 0.1
"""How much the likeness of whole texts, of the names in their leads, of headlines and of people's ages counts."""
_DOUBT = 4.0
"""Added to the product of lengths, so that parts made of words that tell nothing are not alike for being the same."""
_FADING = 0.22
"""How fast likeness loses weight with the days between: by the power of one more than their number."""
_SINGLE, _PAIRED = 20, 5
"""Weightiest terms that are blocking keys by themselves, and in pairs."""
_TOLD, _SHOWN = 5, 8
"""Terms named in the reason of a link, and as the words of a story."""


def sketch_story(
    document: Document, claims: Sequence[Claim], groundings: Mapping[str, Grounding], words: StoryWords
) -> Sketch:
    """Return what is remembered of a document: how often its terms stand there, names, ages and headline.

    The keys are its weightiest terms, pairs of the weightiest, and the tier by which it is drawn into samples.
    """
    profile = make_profile(document, words)
    weighty = sorted(profile.terms, key=lambda term: (-profile.terms[term] * weigh_alone(term, words), term))
    pairs = ("|".join(sorted(pair)) for pair in combinations(weighty[:_PAIRED], 2))
    published = document.published.time[:10] if document.published and len(document.published.time) >= 10 else None
    keys = (*weighty[:_SINGLE], *pairs, find_tier(document.id))
    return Sketch(document.id, published, keys, msgspec.msgpack.encode(profile))


def judge_story(one: Sketch, earlier: Mapping[str, Sketch], weights: TermWeights) -> tuple[Link, ...]:
    """Link a document to the earlier one that it is closest to.

    Likeness is the cosine of weighted terms: of whole texts, of the names in the leads, of headlines and of ages. Of
    these four, those count that both documents have. It fades with the days between.

    Args:
        one: The document.
        earlier: Candidates by document id; those outside the window, or later by day and then id, are passed over.
        weights: What terms tell at the document's time (``weigh_terms``).

    Returns:
        At most one link, from the earlier document; none where no candidate is close enough. Of equally close ones the
        latest is taken.
    """
    mine = _look(msgspec.msgpack.decode(one.payload, type=Profile), weights)
    best: tuple[float, str, str] | None = None
    for other in earlier.values():
        if not is_earlier(other, one):
            continue
        theirs = _look(msgspec.msgpack.decode(other.payload, type=Profile), weights)
        score = round(_compare(mine, theirs) * _fade(one.day, other.day), 4)
        if score >= _ENOUGH:
            best = max(best or (0.0, "", ""), (score, other.day or "", other.subject))
    if best is None:
        return ()
    score, _, subject = best
    theirs = _look(msgspec.msgpack.decode(earlier[subject].payload, type=Profile), weights)
    reason = _explain(mine, theirs, _count_days(one.day, earlier[subject].day))
    return (Link(subject, one.subject, Relation.SAME_STORY, min(1.0, score), "rule:story", reason),)


def is_earlier(other: Sketch, one: Sketch) -> bool:
    """Say whether ``other`` may be a neighbour of ``one``: before it by day, then id, and within the window.

    A document without a day comes after those that have one, and its window is open.
    """
    if (other.day is None, other.day or "", other.subject) >= (one.day is None, one.day or "", one.subject):
        return False
    apart = _count_days(one.day, other.day)
    return apart is None or apart <= WINDOW_DAYS


def make_story(heads: Sequence[DocumentHead], sketches: Mapping[str, Sketch], words: StoryWords) -> Story:
    """Make the record of the documents that hang together.

    Args:
        heads: The documents of one connected component, in any order.
        sketches: Their sketches by document id.
        words: What ``open_stories`` returns.

    Returns:
        The story: its title is the headline of the document closest to all of them, the earliest of those that tie, or
        how that document begins; its words are the terms that most of them share. Its id comes from the earliest
        document.

    Raises:
        ValueError: there is no document.
    """
    if not heads:
        raise ValueError("a story needs a document")
    ordered = sorted(heads, key=lambda head: (head.day is None, head.day or "", head.id))
    alone = TermWeights(words)
    profiles = {
        head.id: msgspec.msgpack.decode(sketches[head.id].payload, type=Profile)
        for head in ordered
        if head.id in sketches
    }
    unit = {subject: _normalise(_look(profile, alone)["terms"]) for subject, profile in profiles.items()}
    total: dict[str, float] = {}
    for vector in unit.values():
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    closeness = {
        subject: round(sum(weight * total[term] for term, weight in vector.items()), 6)
        for subject, vector in unit.items()
    }
    central = max(ordered, key=lambda head: closeness.get(head.id, -1.0))
    days = [head.day for head in ordered if head.day]
    opening = profiles[central.id].opening if central.id in profiles else ""
    return Story(
        id=blake2b(f"story|{ordered[0].id}".encode(), digest_size=10).hexdigest(),
        title=" ".join((central.title or "").split()) or opening or central.id,
        documents=tuple(head.id for head in ordered),
        words=tuple(sorted(total, key=lambda term: (-round(total[term], 6), term))[:_SHOWN]),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _look(profile: Profile, weights: TermWeights) -> dict[str, dict[str, float]]:
    """Return the weighted terms of each part of a document."""
    known = weights.known
    for term in {*profile.terms, *profile.lead, *profile.title, *profile.ages} - known.keys():
        weights.weigh(term)
    return {
        "terms": {term: count * known[term] for term, count in profile.terms.items()},
        "lead": {term: known[term] for term in profile.lead},
        "title": {term: known[term] for term in profile.title},
        "ages": {term: known[term] for term in profile.ages},
    }


def _compare(mine: Mapping[str, Mapping[str, float]], theirs: Mapping[str, Mapping[str, float]]) -> float:
    total = counted = 0.0
    for part, share in (("terms", _TERMS), ("lead", _LEAD), ("title", _TITLE), ("ages", _AGES)):
        if mine[part] and theirs[part]:
            total += share * _measure_cosine(mine[part], theirs[part])
            counted += share
    return total / counted if counted else 0.0


def _measure_cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(one[term] * other[term] for term in sorted(one.keys() & other.keys()))
    return shared / (_measure_length(one.values()) * _measure_length(other.values()) + _DOUBT) if shared else 0.0


def _measure_length(weights: Collection[float]) -> float:
    return math.sqrt(sum(map(mul, weights, weights)))


def _normalise(vector: Mapping[str, float]) -> dict[str, float]:
    length = _measure_length(vector.values()) or 1.0
    return {term: weight / length for term, weight in vector.items()}


def _count_days(one: str | None, other: str | None) -> int | None:
    """Return the days between two days; None where one is not known."""
    if one is None or other is None:
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _fade(one: str | None, other: str | None) -> float:
    apart = _count_days(one, other)
    return 1.0 if apart is None else float((1 + apart) ** -_FADING)


def _explain(
    mine: Mapping[str, Mapping[str, float]], theirs: Mapping[str, Mapping[str, float]], apart: int | None
) -> str:
    one, other = mine["terms"], theirs["terms"]
    shared = sorted((-weight * other[term], term) for term, weight in one.items() if term in other)
    told = ", ".join(term for _, term in shared[:_TOLD])
    when = "" if apart is None else f"; {apart} days apart" if apart != 1 else "; a day apart"
    return f"both tell of {told}{when}"
