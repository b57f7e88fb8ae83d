"""Stories: documents of one matter, against three sets, beside TF-IDF nearest neighbours in the same run.

- ``gva``: short crime reports with their incident. ``gvc``: the same kind, reported as ``coreference.gvc``. An incident
  is a story: what is reported of it later, up to the trial, belongs to it.
- ``current_events``: one-sentence summaries of 2025. The story is the last, narrowest label that editors gave; those
  with at least five items count. All items are clustered, the others being what a stream brings along.

The product's own functions cluster each set as a stream would be, one document after another in order of publication; a
small index in memory stands for the store. Neither claims nor groundings are given: the texts alone are measured.

The baseline links each document to its nearest earlier neighbour by TF-IDF (frequencies of the whole set, function
words left out), where their cosine passes a threshold. Window and threshold are those that serve it best on the very
part measured; the figures for a window of 10 days, which is best for crime reports, stand beside it.
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from sklearn.feature_extraction.text import TfidfVectorizer

from eval.bootstrap import interval
from eval.scorers import load_scorer
from reportedly.link.stories import is_earlier, judge_story, sketch_story
from reportedly.link.story_terms import StoryWords, open_stories
from reportedly.link.story_weights import (
    BACKGROUND_DAYS,
    TermWeights,
    choose_earlier,
    choose_keys,
    sample_background,
    weigh_terms,
)
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.link import Link
from reportedly.records.stored import Sketch

LEAST = 5
"""Items that a story of the current events must have to count."""
WINDOWS = (10, 30, 90)
THRESHOLDS = tuple(step / 50 for step in range(3, 25))
ROUNDS = 100

Figures = dict[str, float]
Intervals = dict[str, tuple[float, float]]


class Item(msgspec.Struct, frozen=True):
    """A document and its story; None where the set does not say."""

    document: Document
    story: str | None


class Ledger:
    """Sketches by day and by key: as much of a store as linking documents needs."""

    def __init__(self, words: StoryWords) -> None:
        self._words = words
        self._sketches: dict[str, Sketch] = {}
        self._by_key: defaultdict[str, list[str]] = defaultdict(list)
        self._weights: dict[str | None, TermWeights] = {}

    def add(self, documents: Iterable[Document]) -> None:
        """Remember documents."""
        for document in documents:
            sketch = sketch_story(document, self._words)
            self._sketches[sketch.subject] = sketch
            for key in sketch.keys:
                self._by_key[key].append(sketch.subject)
        self._weights.clear()

    def link(self) -> list[Link]:
        """Judge every document, in order of publication."""
        order = sorted(self._sketches.values(), key=lambda sketch: (sketch.day or "9", sketch.subject))
        return [link for sketch in order for link in self.judge(sketch)]

    def judge(self, sketch: Sketch) -> tuple[Link, ...]:
        """Judge one document against its candidates."""
        weights = self._weigh(sketch.day)
        earlier = {item: self._sketches[item] for item in self.find_candidates(sketch, weights)}
        return judge_story(sketch, earlier, weights)

    def find_candidates(self, sketch: Sketch, weights: TermWeights) -> list[str]:
        """Return the earlier documents that are to be compared with one."""
        found = {
            key: [item for item in self._by_key[key] if is_earlier(self._sketches[item], sketch)]
            for key in choose_keys(sketch, weights)
        }
        return choose_earlier(found)

    def _weigh(self, day: str | None) -> TermWeights:
        if day not in self._weights:
            since = _shift(day, -BACKGROUND_DAYS) if day else ""
            until = _shift(day, -1) if day else "9"
            sample, published = sample_background(
                lambda key: [item for item in self._by_key[key] if since <= (self._sketches[item].day or "") <= until]
            )
            background = (self._sketches[item] for item in sample)
            self._weights[day] = weigh_terms(background, published, self._words)
        return self._weights[day]


def measure_stories(gold: Path) -> tuple[dict[str, Figures], Intervals]:
    """Score ``gva`` and ``current_events``, each with its baseline, and give intervals of B³."""
    words = open_stories()
    results: dict[str, Figures] = {}
    intervals: Intervals = {}
    for name, items in (("gva", read_incidents(gold, "gva_*.jsonl.gz")), ("current_events", read_current_events(gold))):
        results[name], intervals[f"stories.{name}.b3_f1"] = _measure(gold, items, words)
    return results, intervals


def measure_gvc(gold: Path) -> tuple[Figures, tuple[float, float]]:
    """Score the documents of GVC by incident, with the baseline; and the interval of B³."""
    return _measure(gold, read_incidents(gold, "gvc_*.jsonl"), open_stories())


def read_incidents(gold: Path, pattern: str) -> list[Item]:
    """Read a set of reports with their incident; one that stands there twice counts once, with its last incident."""
    items: dict[str, Item] = {}
    for row in _read_rows(gold, pattern):
        items[row["doc"]] = Item(_make_document(row["doc"], row["dct"], row["text"], row["title"]), row["incident"])
    return list(items.values())


def read_current_events(gold: Path) -> list[Item]:
    """Read the summaries of a year; those of stories with fewer items than ``LEAST`` have none."""
    rows = list(_read_rows(gold, "current_events_*.jsonl.gz"))
    counts = Counter(row["story"][-1] for row in rows if row["story"])
    return [
        Item(
            _make_document(row["id"], row["date"], row["text"]),
            row["story"][-1] if row["story"] and counts[row["story"][-1]] >= LEAST else None,
        )
        for row in rows
    ]


def group(documents: Sequence[Document], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each document the first document of what it hangs together with."""
    leader = {document.id: document.id for document in documents}

    def find(item: str) -> str:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    for left, right in links:
        one, other = find(left), find(right)
        leader[max(one, other)] = min(one, other)
    return {item: find(item) for item in leader}


def _measure(gold: Path, items: Sequence[Item], words: StoryWords) -> tuple[Figures, tuple[float, float]]:
    scorer = load_scorer(gold, "score_clusters")
    told = {item.document.id: item.story for item in items if item.story}
    documents = [item.document for item in items]
    ledger = Ledger(words)
    ledger.add(documents)
    found = group(documents, ((link.left, link.right) for link in ledger.link()))
    base, near = (_find_best_baseline(documents, told, scorer, windows) for windows in (WINDOWS, WINDOWS[:1]))
    reached, beaten = scorer.bcubed(told, found)[2], scorer.bcubed(told, base)[2]
    figures = {
        "b3_f1": reached,
        "pairwise_f1": scorer.pairwise(told, found)[2],
        "baseline_b3_f1": beaten,
        "gain_b3_f1": reached - beaten,
        "baseline_pairwise_f1": scorer.pairwise(told, base)[2],
        "baseline_10_days_b3_f1": scorer.bcubed(told, near)[2],
        "baseline_10_days_pairwise_f1": scorer.pairwise(told, near)[2],
    }
    return figures, interval(_measure_each(told, found), _combine, rounds=ROUNDS)


def _measure_each(told: Mapping[str, str], found: Mapping[str, str]) -> list[tuple[float, float]]:
    """Return B³ precision and recall of each item."""
    right, wanted, given = Counter(told.values()), Counter((told[item], found[item]) for item in told), Counter[str]()
    given.update(found[item] for item in told)
    return [
        (wanted[told[item], found[item]] / given[found[item]], wanted[told[item], found[item]] / right[told[item]])
        for item in told
    ]


def _combine(sample: Sequence[tuple[float, float]]) -> float:
    precision, recall = (sum(values) / len(sample) for values in zip(*sample, strict=True))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _find_best_baseline(
    documents: Sequence[Document], told: Mapping[str, str], scorer: Any, windows: Sequence[int]
) -> dict[str, str]:
    best: tuple[float, dict[str, str]] | None = None
    for window in windows:
        nearest = _find_nearest(documents, window)
        for threshold in THRESHOLDS:
            found = group(documents, ((left, right) for score, left, right in nearest if score >= threshold))
            score = scorer.bcubed(told, found)[2]
            if best is None or score > best[0]:
                best = score, found
    return best[1] if best else {}


def _find_nearest(documents: Sequence[Document], window: int) -> list[tuple[float, str, str]]:
    """Return the cosine of each document and its nearest earlier neighbour within a window."""
    ordered = sorted(
        documents, key=lambda document: (document.published.time if document.published else "", document.id)
    )
    days = [date.fromisoformat(document.published.time).toordinal() for document in ordered if document.published]
    texts = [f"{document.title or ''} {document.text}" for document in ordered]
    matrix = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    nearest: list[tuple[float, str, str]] = []
    first = 0
    for index, document in enumerate(ordered):
        while days[first] < days[index] - window:
            first += 1
        if first < index:
            likeness = (matrix[first:index] @ matrix[index].T).toarray().ravel()
            best = int(likeness.argmax())
            nearest.append((float(likeness[best]), ordered[first + best].id, document.id))
    return nearest


def _read_rows(gold: Path, pattern: str) -> Iterable[dict[str, Any]]:
    path = min((gold / "stories").glob(pattern))
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    return (json.loads(line) for line in text.splitlines() if line.strip())


def _make_document(name: str, day: str, text: str, title: str | None = None) -> Document:
    published = Publication(day, TimePrecision.DAY, not_before=False, known_by="record", reliable=True)
    name = blake2b(name.encode(), digest_size=10).hexdigest()
    return Document(name, text, title=title, published=published)


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
