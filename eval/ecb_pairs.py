"""How two event mentions of ECB+ compare, in numbers for a classifier."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from eval.ecb_mentions import Mention, Texts
from eval.ecb_wordnet import ALIKE, NOTHING, WordNet

Array = NDArray[np.float64]
_ENDING = re.compile(
    r"(?:izations?|isations?|ations?|at(?:e|es|ed|ing|ors?)|itions?|ments?|ances?|ences?|ings?|ions?|ors?|ers?|als?|ities|ity|ures?|ives?|ness"
    r"|ed|es|ly|s|e|y)$"
)
_SHORT = 4


class Collected:
    """Mentions with what is counted over their documents: how rare a word is, and how alike two documents are."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        texts: Texts,
        group: Mapping[str, int],
        alike: Mapping[tuple[str, str], float],
    ) -> None:
        self.mentions = mentions
        self.group = [group[mention.document] for mention in mentions]
        self.alike = alike
        self.stems = [make_stem(mention.lemma) for mention in mentions]
        self.grams = [_cut(mention.lemma) for mention in mentions]
        self.arguments = [m.subjects | m.objects | m.modifiers for m in mentions]
        documents = sorted({mention.document for mention in mentions})
        seen = Counter(word for d in documents for word in {token.lower() for token in texts.words(d)})
        self._weights = {word: math.log(len(documents) / (1 + n)) + 0.1 for word, n in seen.items()}
        self._rare = math.log(len(documents)) + 0.1
        self.told: dict[str, set[str]] = defaultdict(set)
        self.holders: dict[tuple[int, str], set[str]] = defaultdict(set)
        for mention, stem, number in zip(mentions, self.stems, self.group, strict=True):
            self.told[mention.document].add(stem)
            self.holders[number, stem].add(mention.document)
        lines: dict[tuple[str, int], list[int]] = defaultdict(list)
        for i, mention in enumerate(mentions):
            lines[mention.document, mention.sentence].append(i)
        self.beside = [
            frozenset(self.stems[k] for k in lines[mention.document, mention.sentence] if k != i)
            for i, mention in enumerate(mentions)
        ]
        self.sizes = Counter(self.group)
        self.documents = Counter(group[d] for d in documents)
        self.counts = Counter(zip(self.group, self.stems, strict=True))

    def weigh(self, word: str) -> float:
        """Return how telling a word is: the logarithm of how few documents hold it."""
        return self._weights.get(word, self._rare)

    def cosine(self, one: Collection[str], other: Collection[str]) -> float:
        """Return the cosine of two sets of words, rare words weighing more."""
        shared = sum(self.weigh(word) ** 2 for word in one if word in other)
        if not shared:
            return 0.0
        return shared / math.sqrt(sum(self.weigh(w) ** 2 for w in one) * sum(self.weigh(w) ** 2 for w in other))


def make_stem(lemma: str) -> str:
    """Return a lemma without the ending that makes nouns of verbs and verbs of nouns."""
    if len(lemma) <= _SHORT:
        return lemma
    cut = _ENDING.sub("", lemma)
    cut = cut if len(cut) > 2 else lemma
    return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] else cut


def compare_all(known: Collected, wordnet: WordNet | None) -> tuple[Array, NDArray[np.intp]]:
    """Compare every two mentions whose documents are in one group.

    Returns:
        One row of numbers a pair, and the two indices of each; in the order of the groups, then of the list.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for i, number in enumerate(known.group):
        members[number].append(i)
    pairs = [pair for _, indices in sorted(members.items()) for pair in combinations(indices, 2)]
    rows = np.array([(*_compare(known, i, j), *_look_up(known, i, j, wordnet)) for i, j in pairs], dtype=np.float64)
    return rows, np.array(pairs, dtype=np.intp)


def _look_up(known: Collected, i: int, j: int, wordnet: WordNet | None) -> tuple[float, ...]:
    one, other = known.mentions[i], known.mentions[j]
    if wordnet is None:
        return ALIKE if one.lemma == other.lemma else NOTHING
    return wordnet.compare(wordnet.name(one.text, one.lemma), wordnet.name(other.text, other.lemma))


def _compare(known: Collected, i: int, j: int) -> tuple[float, ...]:
    return (*_compare_words(known, i, j), *_compare_arguments(known, i, j), *_compare_places(known, i, j))


def _compare_words(known: Collected, i: int, j: int) -> tuple[float, ...]:
    """What the mentions themselves are: their words, forms and how common these are."""
    a, b, one, other = known.mentions[i], known.mentions[j], known.stems[i], known.stems[j]
    number, documents = known.group[i], known.documents[known.group[i]]
    holders = sorted(len(known.holders[number, stem]) / documents for stem in (one, other))
    weights = sorted((known.weigh(a.lemma), known.weigh(b.lemma)))
    return (
        a.lemma == b.lemma,
        a.head == b.head,
        a.text == b.text,
        one == other,
        _share(known.grams[i], known.grams[j]),
        a.tag == b.tag,
        a.tag == b.tag == "VERB",
        a.tag == b.tag == "NOUN",
        one != other and other in known.told[a.document],
        one != other and one in known.told[b.document],
        *holders,
        *weights,
        known.sizes[number],
        known.counts[number, one] + known.counts[number, other],
        a.negated != b.negated,
        a.modal != b.modal,
        a.dep == b.dep,
    )


def _compare_arguments(known: Collected, i: int, j: int) -> tuple[float, ...]:
    """Who and what stands beside the mentions, by syntax and in the sentence."""
    a, b = known.mentions[i], known.mentions[j]
    return (
        _share(a.subjects, b.subjects),
        _share(a.objects, b.objects),
        _share(a.modifiers, b.modifiers),
        _share(known.arguments[i], known.arguments[j]),
        known.cosine(known.arguments[i], known.arguments[j]),
        len(a.subjects & b.objects) + len(b.subjects & a.objects),
        _differ(a.subjects, b.subjects),
        _differ(a.objects, b.objects),
        _share(a.names, b.names),
        known.cosine(a.names, b.names),
        _differ(a.names, b.names),
        _share(a.numbers, b.numbers),
        _differ(a.numbers, b.numbers),
        _share(a.times, b.times),
        _differ(a.times, b.times),
        known.cosine(a.words, b.words),
        known.cosine(a.near, b.near),
        a.governor == b.governor != "",
        a.governor == b.lemma or b.governor == a.lemma,
        a.lemma in b.words or b.lemma in a.words,
    )


def _compare_places(known: Collected, i: int, j: int) -> tuple[float, ...]:
    """Where the mentions stand: documents that are alike, sentences near each other or near the top."""
    a, b = known.mentions[i], known.mentions[j]
    same, first, last = a.document == b.document, *sorted((a.sentence, b.sentence))
    return (
        1.0 if same else known.alike[min(a.document, b.document), max(a.document, b.document)],
        same,
        same and first == last,
        last - first if same else -1,
        (first <= 1) + (last <= 1),
        first,
        last,
        _share(known.beside[i], known.beside[j]),
        _share(frozenset(known.told[a.document]), frozenset(known.told[b.document])),
    )


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and not one & other


def _cut(word: str) -> frozenset[str]:
    """Return the runs of three letters of a word."""
    marked = f"^{word}$"
    return frozenset(marked[i : i + 3] for i in range(len(marked) - 2))


def split(
    group: Sequence[int], pairs: NDArray[np.intp]
) -> Iterable[tuple[list[int], NDArray[np.intp], NDArray[np.intp]]]:
    """Yield for each group its mentions, the rows of its pairs, and these pairs counted within the group."""
    numbers = np.array(group)
    local = np.zeros(len(group), dtype=np.intp)
    for number in sorted(set(group)):
        members = np.flatnonzero(numbers == number)
        local[members] = np.arange(len(members))
        where = np.flatnonzero(numbers[pairs[:, 0]] == number) if len(pairs) else np.zeros(0, dtype=np.intp)
        yield members.tolist(), where, local[pairs[where]]


def fill(size: int, at: NDArray[np.intp], chances: Array) -> Array:
    """Return chances as a square with ones on its diagonal."""
    square = np.eye(size)
    square[at[:, 0], at[:, 1]] = chances
    square[at[:, 1], at[:, 0]] = chances
    return square
