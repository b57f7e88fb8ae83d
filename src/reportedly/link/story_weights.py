"""What terms tell among the documents of one time, and which documents are to be compared.

In the reports on one crisis its capital and its president stand in every document and tell nothing. How common a term
is cannot be counted over all that came in so far: the result would depend on the order of arrival. It is counted over a
sample of the documents *published* in the weeks before, drawn by their ids: it depends on which documents there are.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b

import msgspec

from reportedly.link.story_terms import Profile, StoryWords, weigh_alone
from reportedly.records.stored import Sketch

BACKGROUND_DAYS = 60
"""Days before a document's own whose documents say how common a term is."""
MAX_CANDIDATES = 40
"""Earlier documents that one is compared with, at most."""

_SAMPLE = 250
"""Documents that are enough to say how common a term is."""
_PRIOR = 30.0
"""How many documents what a term weighs by itself counts for."""
_TIERS = 16
_TIER = "tier "
_MET = 400
"""Candidates that the keys of one document may be expected to give before they are cut to those that share most."""


class TermWeights(msgspec.Struct, frozen=True):
    """What terms weigh for the documents of one day.

    Attributes:
        words: What they weigh by themselves.
        counts: In how many documents of the sample each stands.
        sampled: How many documents that is.
        published: How many documents were published in the time that the sample stands for, about.
        known: Terms weighed before, so that each is weighed once.
    """

    words: StoryWords
    counts: dict[str, int] = {}
    sampled: int = 0
    published: int = 0
    known: dict[str, float] = {}

    def weigh(self, term: str) -> float:
        """Return what a term tells, in nats: by itself, or less where the time is full of it."""
        weight = self.known.get(term)
        if weight is None:
            alone = weigh_alone(term, self.words)
            share = (self.counts.get(term, 0) + _PRIOR * math.exp(-alone)) / (self.sampled + _PRIOR)
            weight = self.known[term] = min(alone, -math.log(share))
        return weight

    def expect(self, key: str) -> float:
        """Return how many documents of the time are to be expected under a blocking key."""
        if not self.sampled:
            return 0.0
        share = min(self.counts.get(term, 0) for term in key.split("|"))
        return share * self.published / self.sampled


def find_tier(subject: str) -> str:
    """Return the key by which a document is drawn into samples.

    By its id alone: half of all documents are in tier 0, a quarter in tier 1, and so on.
    """
    drawn = int.from_bytes(blake2b(subject.encode(), digest_size=8).digest(), "big")
    return f"{_TIER}{min(_TIERS, 64 - drawn.bit_length())}"


def is_tier(key: str) -> bool:
    """Say whether a key of a sketch draws samples, rather than candidates."""
    return key.startswith(_TIER)


def sample_background(find: Callable[[str], Sequence[str]]) -> tuple[list[str], int]:
    """Draw the documents that say how common terms are.

    Args:
        find: Returns the documents that have a key and were published in the days in question (``BACKGROUND_DAYS``
            before the day that is weighed for, that day itself left out).

    Returns:
        Document ids, sorted, and how many documents they stand for. The sample is the rarest tiers that hold enough
        documents, or all documents: it depends on the documents alone, and is asked for in at most 17 steps.
    """
    sample: set[str] = set()
    for tier in range(_TIERS, -1, -1):
        sample |= set(find(f"{_TIER}{tier}"))
        if len(sample) >= _SAMPLE:
            return sorted(sample), len(sample) << tier
    return sorted(sample), len(sample)


def weigh_terms(background: Iterable[Sketch], published: int, words: StoryWords) -> TermWeights:
    """Weigh terms by a sample that stands for so many documents; where it is empty, terms weigh what they do alone."""
    counts: Counter[str] = Counter()
    sampled = 0
    for sketch in background:
        profile = msgspec.msgpack.decode(sketch.payload, type=Profile)
        counts.update(profile.terms.keys())
        counts.update(profile.ages)
        sampled += 1
    return TermWeights(words, dict(counts), sampled, published)


def choose_keys(one: Sketch, weights: TermWeights) -> tuple[str, ...]:
    """Return the keys by which to look for the neighbours of a document: the rarest, as long as they give few enough.

    A name that half of the time's documents hold finds nothing; it is left to the keys that pair it with another.
    """
    expected = sorted((weights.expect(key), key) for key in one.keys if not is_tier(key))
    chosen: list[str] = []
    total = 0.0
    for count, key in expected:
        total += count
        if total > _MET and chosen:
            break
        chosen.append(key)
    return tuple(sorted(chosen))


def choose_earlier(found: Mapping[str, Iterable[str]]) -> list[str]:
    """Return those candidates that share most with a document, where there are many: a rare key counts for more.

    Args:
        found: By key, the earlier documents within the window that have it.
    """
    shared: defaultdict[str, float] = defaultdict(float)
    for subjects in found.values():
        held = list(subjects)
        for subject in held:
            shared[subject] += 1 / len(held)
    return sorted(sorted(shared, key=lambda subject: (-round(shared[subject], 9), subject))[:MAX_CANDIDATES])
