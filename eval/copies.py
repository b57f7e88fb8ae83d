"""Copies, rewrites and independent reports: our own set of hand-made pairs (``eval/sets/README.md``).

A pair is read as the product reads it: the texts go through ``clean``, and ``link.copies`` judges. The class figures
are F1 over all pairs; two thirds of the base reports are the development part, on which the weights were fitted, the
rest (``test``) was held out. The baseline is MinHash alone: an estimated share of common runs of three words, cut at
two heights that are chosen on the development part; it knows exact, edited and "none", and is measured on what it can
know and on all classes.
"""

import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path

import msgspec

from eval.bootstrap import interval
from eval.gold import ROOT
from reportedly.clean import CleanResources, make_document, open_clean
from reportedly.config import Settings
from reportedly.link.copies import (
    WINDOW_DAYS,
    CopyWords,
    estimate_jaccard,
    judge_copy,
    might_be_copy,
    open_copies,
    sketch_copy,
)
from reportedly.link.copy_judgement import PairClass, judge_pair
from reportedly.link.copy_text import read_pair
from reportedly.records.document import Document, Publication, TimePrecision

SETS = ROOT / "eval" / "sets"
COLLECTION = 20_000
"""Documents of the made-up collection on which the sizes of blocks are measured."""
SAMPLE = 20
"""One document in so many is asked for its candidates."""
NAMES = 20_000
SYLLABLES = (
    "ba be bo da de do fa ka ke ko la le lo ma me mo na ne no ra re ro sa se so ta te to va ve vo za ze zo".split()
)
SEED = 20251031
_TAKEN = (PairClass.EXACT, PairClass.EDITED, PairClass.REWRITE)


class Pair(msgspec.Struct, frozen=True, rename={"kind": "class"}):
    """Two reports by id, how they stand to each other, which was there first, and the part they belong to."""

    left: str
    right: str
    kind: PairClass
    origin: str | None
    part: str


class Judged(msgspec.Struct, frozen=True):
    """A pair with what the product and the baseline make of it."""

    pair: Pair
    kind: PairClass
    baseline: PairClass
    found: bool
    origin_right: bool | None


def read_pairs() -> list[Pair]:
    """Return the pairs of the set, in its order."""
    lines = (SETS / "copies.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Pair) for line in lines]


def read_reports(resources: CleanResources | None = None) -> dict[str, Document]:
    """Return the reports of the set by id, cleaned."""
    resources = open_clean(Settings()) if resources is None else resources
    reports = [msgspec.json.decode(line) for line in (SETS / "copies_reports.jsonl").read_bytes().splitlines()]
    return {
        report["id"]: make_document(
            report["text"],
            published=report["published"],
            publisher=report["publisher"],
            title=report["title"],
            resources=resources,
        )
        for report in reports
    }


def measure_copies(gold: Path) -> tuple[Mapping[str, float], dict[str, tuple[float, float]]]:
    """Judge every pair and count blocks; the gold folder is not needed, the set is in the repository."""
    del gold
    words, documents, pairs = open_copies(), read_reports(), read_pairs()
    jaccards = [estimate_jaccard(*(sketch_copy(documents[end], words) for end in (p.left, p.right))) for p in pairs]
    cuts = choose_cuts([(pair, value) for pair, value in zip(pairs, jaccards, strict=True) if pair.part == "dev"])
    judged = [judge(pair, documents, words, cut(value, *cuts)) for pair, value in zip(pairs, jaccards, strict=True)]
    test = [item for item in judged if item.pair.part == "test"]
    copies = [item for item in judged if item.pair.kind in _TAKEN]
    told = [item.origin_right for item in copies if item.origin_right is not None]
    values = {
        "pairs": float(len(judged)),
        "class_macro_f1": macro_f1(judged),
        "test_macro_f1": macro_f1(test),
        "baseline_macro_f1": macro_f1(judged, lambda item: item.baseline),
        "origin_right": sum(told) / len(told),
        "candidate_recall": sum(item.found for item in copies) / len(copies),
        **{f"f1_{kind}": f1(judged, kind) for kind in PairClass},
        **{f"test_f1_{kind}": f1(test, kind) for kind in PairClass},
        **{f"baseline_f1_{kind}": f1(judged, kind, lambda item: item.baseline) for kind in PairClass},
        **measure_blocks(documents, words),
    }
    return values, {"copies.class_macro_f1": interval(judged, macro_f1)}


def judge(pair: Pair, documents: Mapping[str, Document], words: CopyWords, baseline: PairClass) -> Judged:
    """Judge one pair as linking does: candidates by shared keys, a cheap look, the judgement, the origin."""
    one, other = documents[pair.left], documents[pair.right]
    sketches = sketch_copy(one, words), sketch_copy(other, words)
    found = bool(set(sketches[0].keys) & set(sketches[1].keys)) and might_be_copy(*sketches)
    link = judge_copy(one, other, words)
    origin = None if link is None or pair.origin is None else link.left == (one, other)[pair.origin == "right"].id
    return Judged(pair, judge_pair(*read_pair(one, other, words), words).kind, baseline, found, origin)


def f1(items: Sequence[Judged], kind: PairClass, said: Callable[[Judged], PairClass] = lambda item: item.kind) -> float:
    """Return the F1 of one class."""
    right = sum(said(item) is kind is item.pair.kind for item in items)
    total = sum(said(item) is kind for item in items) + sum(item.pair.kind is kind for item in items)
    return 2 * right / total if total else 1.0


def macro_f1(items: Sequence[Judged], said: Callable[[Judged], PairClass] = lambda item: item.kind) -> float:
    """Return the mean F1 of the five classes."""
    return sum(f1(items, kind, said) for kind in PairClass) / len(PairClass)


def cut(jaccard: float, *cuts: float) -> PairClass:
    """Class a pair by MinHash alone: four heights part five classes, from the most alike to the least."""
    order = (PairClass.EXACT, PairClass.EDITED, PairClass.UNRELATED, PairClass.REWRITE, PairClass.INDEPENDENT)
    return next((kind for kind, least in zip(order, cuts, strict=False) if jaccard >= least), PairClass.INDEPENDENT)


def choose_cuts(pairs: Sequence[tuple[Pair, float]]) -> tuple[float, ...]:
    """Choose the baseline's four heights for the best macro-F1, by raising and lowering one after the other."""
    steps = [at / 48 for at in range(49)]
    cuts = [0.9, 0.4, 0.2, 0.1]

    def score(heights: Sequence[float]) -> float:
        return macro_f1([Judged(pair, pair.kind, cut(value, *heights), True, None) for pair, value in pairs], _baseline)

    for _ in range(3):
        for at in range(len(cuts)):
            cuts[at] = max(steps, key=lambda step: score([*cuts[:at], step, *cuts[at + 1 :]]))
    return tuple(cuts)


def _baseline(item: Judged) -> PairClass:
    return item.baseline


def measure_blocks(documents: Mapping[str, Document], words: CopyWords, size: int = COLLECTION) -> dict[str, float]:
    """Sketch a made-up collection and count how many documents share a key within the window.

    Its reports are made of sentences of the set with names drawn by Zipf's law from 20,000 invented ones and with
    numbers drawn anew, over 120 days; one in twenty is a copy of another. Real news repeats its names as unevenly.

    Returns:
        Sketches a second on one core; the mean of candidates a document, before and after the cheap look; the largest
        block within one window.
    """
    texts = make_collection(documents, size)
    start = time.process_time()
    sketches = [sketch_copy(document, words) for document in texts]
    seconds = time.process_time() - start
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, sketch in enumerate(sketches):
        for key in sketch.keys:
            blocks[key].append(at)
    days = [date.fromisoformat(sketch.day or "2025-01-01").toordinal() for sketch in sketches]
    asked, looked, largest = 0, 0, 0
    for at in range(0, size, SAMPLE):
        near = {key: [b for b in blocks[key] if abs(days[b] - days[at]) <= WINDOW_DAYS] for key in sketches[at].keys}
        largest = max(largest, *(len(block) for block in near.values()))
        others = {b for block in near.values() for b in block if b != at}
        asked += len(others)
        looked += sum(might_be_copy(sketches[at], sketches[b]) for b in others)
    sampled = len(range(0, size, SAMPLE))
    return {
        "sketches_a_second": size / seconds,
        "keys_a_document": sum(len(sketch.keys) for sketch in sketches) / size,
        "candidates_a_document": asked / sampled,
        "read_a_document": looked / sampled,
        "largest_block": float(largest),
    }


def make_collection(documents: Mapping[str, Document], size: int) -> list[Document]:
    """Make documents of sentences of the set with other names and numbers; the same ones every time."""
    rng = random.Random(SEED)
    sentences = [line for document in documents.values() for line in re.split(r"(?<=[.!?])\s+", document.text)]
    names = ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize() for _ in range(NAMES)]
    weights = list(accumulate(1 / rank for rank in range(1, NAMES + 1)))
    made: list[Document] = []
    for at in range(size):
        people = rng.choices(names, cum_weights=weights, k=8)
        text = " ".join(rng.choices(sentences, k=rng.randint(8, 20)))
        text = rename(text, people)
        text = re.sub(r"\b\d{2,3}\b", lambda _: str(rng.randint(10, 400)), text)
        day = date(2025, 1, 1) + timedelta(days=rng.randrange(120))
        if at % 20 == 19:
            text = f"{made[-1].text} More follows."
        made.append(
            Document(
                id=f"{at:020x}",
                text=text,
                published=Publication(day.isoformat(), TimePrecision.DAY, False, "record", True),
            )
        )
    return made


def rename(text: str, people: Sequence[str]) -> str:
    """Put other names for those that stand within sentences, one name for one name."""

    def draw(match: re.Match[str]) -> str:
        return people[int.from_bytes(blake2b(match.group().encode(), digest_size=2).digest(), "big") % len(people)]

    return re.sub(r"(?<=[a-z,] )[A-Z][a-z]{3,}", draw, text)
