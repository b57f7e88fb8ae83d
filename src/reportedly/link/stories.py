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
from reportedly.records.document import Document
from reportedly.records.event import Story
from reportedly.records.link import Link, Relation
from reportedly.records.stored import DocumentHead, Sketch

WINDOW_DAYS = 90
"""Days before a document's own in which its neighbours are looked for."""

_ENOUGH = 0.14
"""Score from which two documents tell of one matter."""
_TERMS, _LEAD, _TITLE, _AGES = 1.0, 0.22, 0.3, 0.2
"""How much the likeness of whole texts, of the names in their leads, of headlines and of people's ages counts."""
_DOUBT = 6.0
"""Added to the product of lengths, so that parts made of words that tell nothing are not alike for being the same."""
_NAMES_FADE, _WORDS_FADE, _NUMBERS_FADE, _TITLE_FADE, _AGES_FADE = 0.21, 0.31, 0.6, 0.6, 0.1
"""How fast what two documents share loses weight with the days between: by the power of one more than their number.

A matter keeps its people and places, while its words are soon those of others, and its figures change by the day.
"""
_BRIEF = 7
"""Terms of the shorter document at which whole texts fade half as fast: one sentence names little but its matter."""
_SINGLE, _PAIRED = 20, 5
"""Weightiest terms that are blocking keys by themselves, and in pairs."""
_TOLD, _SHOWN = 5, 8
"""Terms named in the reason of a link, and as the words of a story."""


def sketch_story(document: Document, words: StoryWords) -> Sketch:
    """Return what is remembered of a document: how often its terms stand there, names, ages and headline.

    The keys are its weightiest terms, pairs of the weightiest, and the tier by which it is drawn into samples.
    """
    profile = make_profile(document, words)
    weighty = sorted(profile.terms, key=lambda term: (-profile.terms[term] * weigh_alone(term, words), term))
    pairs = ("|".join(sorted(pair)) for pair in combinations(weighty[:_PAIRED], 2))
    published = document.published.day if document.published else None
    keys = (*weighty[:_SINGLE], *pairs, find_tier(document.id))
    return Sketch(document.id, published, keys, msgspec.msgpack.encode(profile))


def judge_story(one: Sketch, earlier: Mapping[str, Sketch], weights: TermWeights) -> tuple[Link, ...]:
    """Link a document to the earlier one that it is closest to.

    Likeness is the cosine of weighted terms: of whole texts, of the names in the leads, of headlines and of ages. Of
    these four, those count that both documents have. It fades with the days between: what words and figures carry fast,
    what names carry slowly, and that of brief texts more slowly.

    Args:
        one: The document.
        earlier: Candidates by document id; those outside the window, or later by day and then id, are passed over.
        weights: What terms tell at the document's time (``weigh_terms``).

    Returns:
        At most one link, from the earlier document; none where no candidate is close enough. Of equally close ones the
        latest is taken.
    """
    mine = _look(one, weights)
    best: tuple[float, str, str] | None = None
    for other in earlier.values():
        if is_earlier(other, one):
            score = round(_compare(mine, _look(other, weights), _count_days(one.day, other.day)), 4)
            if score >= _ENOUGH:
                best = max(best or (0.0, "", ""), (score, other.day or "", other.subject))
    if best is None:
        return ()
    score, _, subject = best
    reason = _explain(mine, _look(earlier[subject], weights), _count_days(one.day, earlier[subject].day))
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
    held = [sketches[head.id] for head in ordered if head.id in sketches]
    unit = {sketch.subject: _normalise(_look(sketch, alone).terms) for sketch in held}
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
    opening = _read(sketches[central.id]).opening if central.id in sketches else ""
    return Story(
        id=blake2b(f"story|{ordered[0].id}".encode(), digest_size=10).hexdigest(),
        title=" ".join((central.title or "").split()) or opening or central.id,
        documents=tuple(head.id for head in ordered),
        words=tuple(sorted(total, key=lambda term: (-round(total[term], 6), term))[:_SHOWN]),
        first=min(days, default=None),
        last=max(days, default=None),
    )


class _View(msgspec.Struct, frozen=True):
    """A document as it is compared: weighted terms of its parts, and how long these are as vectors."""

    terms: dict[str, float]
    lead: dict[str, float]
    title: dict[str, float]
    ages: dict[str, float]
    lengths: tuple[float, float, float, float]


def _read(sketch: Sketch) -> Profile:
    return msgspec.msgpack.decode(sketch.payload, type=Profile)


def _look(sketch: Sketch, weights: TermWeights) -> _View:
    """Weigh the terms of each part of a document."""
    profile, known = _read(sketch), weights.known
    for part in (profile.terms, profile.lead, profile.title, profile.ages):
        for term in part:
            if term not in known:
                weights.weigh(term)
    terms = {term: count * known[term] for term, count in profile.terms.items()}
    lead, title, ages = ({term: known[term] for term in part} for part in (profile.lead, profile.title, profile.ages))
    first, second, third, fourth = (_measure_length(part.values()) for part in (terms, lead, title, ages))
    return _View(terms, lead, title, ages, (first, second, third, fourth))


def _compare(mine: _View, theirs: _View, apart: int | None) -> float:
    """Return how alike two documents are; those of an unknown distance in time as if they were of one day."""
    gone = math.log1p(apart or 0)
    brief = min(len(mine.terms), len(theirs.terms))
    slowed = gone * brief / (brief + _BRIEF)
    names, words, numbers = (math.exp(-fade * slowed) for fade in (_NAMES_FADE, _WORDS_FADE, _NUMBERS_FADE))
    total = counted = 0.0
    if mine.terms and theirs.terms:
        shared = math.fsum(
            mine.terms[term]
            * theirs.terms[term]
            * (names if term[0].isupper() else numbers if term[0].isdigit() else words)
            for term in mine.terms.keys() & theirs.terms.keys()
        )
        total += _TERMS * shared / (mine.lengths[0] * theirs.lengths[0] + _DOUBT)
        counted += _TERMS
    for part, share, fade, one, other in (
        (1, _LEAD, _NAMES_FADE, mine.lead, theirs.lead),
        (2, _TITLE, _TITLE_FADE, mine.title, theirs.title),
        (3, _AGES, _AGES_FADE, mine.ages, theirs.ages),
    ):
        if one and other:
            shared = math.fsum(one[term] * other[term] for term in one.keys() & other.keys())
            length = mine.lengths[part] * theirs.lengths[part] + _DOUBT
            total += share * math.exp(-fade * gone) * shared / length
            counted += share
    return total / counted if counted else 0.0


def _measure_length(weights: Collection[float]) -> float:
    return math.sqrt(math.fsum(map(mul, weights, weights)))


def _normalise(vector: Mapping[str, float]) -> dict[str, float]:
    length = _measure_length(vector.values()) or 1.0
    return {term: weight / length for term, weight in vector.items()}


def _count_days(one: str | None, other: str | None) -> int | None:
    """Return the days between two days; None where one is not known."""
    if one is None or other is None:
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _explain(mine: _View, theirs: _View, apart: int | None) -> str:
    one, other = mine.terms, theirs.terms
    shared = sorted((-weight * other[term], term) for term, weight in one.items() if term in other)
    told = ", ".join(term for _, term in shared[:_TOLD])
    when = "" if apart is None else f"; {apart} days apart" if apart != 1 else "; a day apart"
    return f"both tell of {told}{when}"
