"""Documents of one developing matter.

Each document is compared with those published before it, within some weeks, and linked to the ones it is closest to. A
story is what hangs together by such links. A link depends on the two documents and on the earlier ones of the window,
never on the order in which they came in.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from itertools import combinations

import msgspec

from reportedly.link.story_terms import Profile, StoryWords, make_profile
from reportedly.records.claim import Claim
from reportedly.records.document import Document
from reportedly.records.event import Story
from reportedly.records.grounding import Grounding
from reportedly.records.link import Link, Relation
from reportedly.records.stored import DocumentHead, Sketch

WINDOW_DAYS = 30
"""Days before a document's own in which its neighbours are looked for."""

_ENOUGH = 0.2
"""Score from which two documents tell of one matter."""
_PAIRED = 8
"""Weightiest terms whose pairs are blocking keys."""
_BACKGROUND = 200
"""Documents without a term that are thought beside those at hand, so that few candidates do not make it common."""
_TOLD = 4
_SHOWN = 8


def sketch_story(
    document: Document, claims: Sequence[Claim], groundings: Mapping[str, Grounding], words: StoryWords
) -> Sketch:
    """Return what is remembered of a document: its weighty terms; the keys are pairs of the weightiest."""
    profile = make_profile(document, words)
    pairs = combinations(sorted(list(profile.terms)[:_PAIRED]), 2)
    published = document.published.time[:10] if document.published and len(document.published.time) >= 10 else None
    return Sketch(document.id, published, tuple(" ".join(pair) for pair in pairs), msgspec.msgpack.encode(profile))


def judge_story(one: Sketch, earlier: Mapping[str, Sketch], words: StoryWords) -> tuple[Link, ...]:
    """Link a document to the earlier one that it is closest to.

    Args:
        one: The document.
        earlier: Candidates by document id; those outside the window, or later by day and then id, are passed over.
        words: What ``open_stories`` returns.

    Returns:
        At most one link, from the earlier document; none where no candidate is close enough.
    """
    profile = msgspec.msgpack.decode(one.payload, type=Profile)
    others = {
        other.subject: msgspec.msgpack.decode(other.payload, type=Profile)
        for other in earlier.values()
        if is_earlier(other, one)
    }
    common = _count_terms(profile, others)
    mine = {term: _temper(weight, common[term], len(others)) for term, weight in profile.terms.items()}
    best: tuple[float, str] | None = None
    for subject, other in sorted(others.items()):
        score = _compare(mine, other, common, len(others))
        if score >= _ENOUGH and (best is None or score > best[0]):
            best = score, subject
    if best is None:
        return ()
    score, subject = best
    return (
        Link(subject, one.subject, Relation.SAME_STORY, round(score, 4), "rule:story", _explain(mine, others[subject])),
    )


def is_earlier(other: Sketch, one: Sketch) -> bool:
    """Say whether ``other`` may be a neighbour of ``one``: before it by day, then id, and within the window.

    A document without a day comes after those that have one, and its window is open.
    """
    if (other.day or "9", other.subject) >= (one.day or "9", one.subject):
        return False
    if other.day is None or one.day is None:
        return True
    return date.fromisoformat(one.day) - date.fromisoformat(other.day) <= timedelta(days=WINDOW_DAYS)


def make_story(heads: Sequence[DocumentHead], sketches: Mapping[str, Sketch], words: StoryWords) -> Story:
    """Make the record of the documents that hang together.

    Args:
        heads: The documents of one connected component, in any order.
        sketches: Their sketches by document id.
        words: What ``open_stories`` returns.

    Returns:
        The story: its title is the headline of the document closest to all of them, the earliest of those that tie.

    Raises:
        ValueError: there is no document.
    """
    if not heads:
        raise ValueError("a story needs a document")
    ordered = sorted(heads, key=lambda head: (head.day or "9", head.id))
    profiles = {
        head.id: msgspec.msgpack.decode(sketches[head.id].payload, type=Profile)
        for head in ordered
        if head.id in sketches
    }
    total: dict[str, float] = {}
    for profile in profiles.values():
        length = math.sqrt(sum(weight * weight for weight in profile.terms.values())) or 1.0
        for term, weight in profile.terms.items():
            total[term] = total.get(term, 0.0) + weight / length
    central = max(
        ordered,
        key=lambda head: round(_centrality(profiles.get(head.id), total), 6),
    )
    days = [head.day for head in ordered if head.day]
    told = sorted(total, key=lambda term: (-total[term], term))[:_SHOWN]
    opening = profiles[central.id].opening if central.id in profiles else ""
    return Story(
        id=blake2b(f"story|{ordered[0].id}".encode(), digest_size=10).hexdigest(),
        title=central.title or opening or central.id,
        documents=tuple(head.id for head in ordered),
        words=tuple(told),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _centrality(profile: Profile | None, total: Mapping[str, float]) -> float:
    if profile is None:
        return 0.0
    length = math.sqrt(sum(weight * weight for weight in profile.terms.values())) or 1.0
    return sum(weight * total[term] for term, weight in profile.terms.items()) / length


def _count_terms(profile: Profile, others: Mapping[str, Profile]) -> dict[str, int]:
    counts = dict.fromkeys(profile.terms, 1)
    for other in others.values():
        for term in other.terms:
            counts[term] = counts.get(term, 0) + 1
    return counts


def _temper(weight: float, common: int, documents: int) -> float:
    """Weigh a term by what it tells among the documents at hand, where that is less than what it tells by itself."""
    return weight * min(1.0, math.log((documents + 1 + _BACKGROUND) / common) / math.log(1 + _BACKGROUND))


def _compare(mine: Mapping[str, float], other: Profile, common: Mapping[str, int], documents: int) -> float:
    theirs = {term: _temper(weight, common[term], documents) for term, weight in other.terms.items()}
    shared = sum(weight * theirs[term] for term, weight in mine.items() if term in theirs)
    lengths = sum(weight * weight for weight in mine.values()) * sum(weight * weight for weight in theirs.values())
    return shared / math.sqrt(lengths) if lengths else 0.0


def _explain(mine: Mapping[str, float], other: Profile) -> str:
    shared = sorted((-weight * other.terms[term], term) for term, weight in mine.items() if term in other.terms)
    return "both tell of " + ", ".join(term for _, term in shared[:_TOLD])
