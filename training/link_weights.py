"""Fit the weights by which claims of different reports are judged, and say what they are worth.

``python -m training.link_weights`` reads the crises of ``training/linking``, compares every two claims of different
reports of one crisis, and fits the log-odds of ``link/data/event_weights.json`` by logistic regression. The corpus is
small and invented (its towns and groups stand in no table), so each weight is drawn towards the one that was set by
hand: what the corpus seldom shows keeps it. With ``--write`` the file is written; without, only figures are printed,
cross-validated crisis by crisis.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np

from reportedly.link.event_features import EventFeatures
from reportedly.link.event_pairs import Levels, compare
from reportedly.link.event_words import EventWeights, EventWords, open_event_words
from reportedly.link.events import group_claims, judge_events, sketch_claim
from reportedly.pipeline import Reader
from reportedly.records.claim import Claim
from reportedly.records.link import Link, Relation
from reportedly.records.report import Report
from reportedly.records.stored import Sketch
from training.linking.build import Crisis, MarkedReport, read_crises

BY_HAND = Path(__file__).parent / "event_weights_by_hand.json"
SHIPPED = Path(__file__).parent.parent / "src" / "reportedly" / "link" / "data" / "event_weights.json"
PULL = 10.0
"""How strongly a weight is drawn to the one set by hand: a pair of claims counts one, a weight off by one as much."""
FIXED = frozenset(
    {("type", "same"), ("kind", "speech"), ("kind", "talk"), ("kind", "act")}
    | {("word", "differs"), ("text", "none"), ("matter", "none")}
)
"""Levels that hold of most pairs: they say how rare an event is, which the corpus cannot know."""
STRANGERS = 3
"""Claims of other crises that each is paired with."""
FOLDS = 7
"""Crises are dealt into as many parts; each is judged with weights fitted on the others."""
STEPS = 500
"""By then no weight moves any more in the second decimal."""
_ROUND = 2


class Told(msgspec.Struct, frozen=True):
    """A claim that lies on a mark: its sketch, its crisis and the event that the mark names."""

    crisis: str
    event: str
    sketch: Sketch


class Pair(msgspec.Struct, frozen=True):
    """Two claims that nothing rules out to be one event, with how they compare and whether they are."""

    crisis: str
    levels: Levels
    one: bool


def read_told(
    reports: Iterable[tuple[Crisis, MarkedReport, Report]], words: EventWords
) -> tuple[list[Told], list[Link]]:
    """Return the claims that lie on marks, and the links within reports between them."""
    told: list[Told] = []
    links: list[Link] = []
    for crisis, marked, report in reports:
        if report.document is None:
            continue
        groundings = {grounding.claim_id: grounding for grounding in report.groundings}
        for claim in report.claims:
            if (event := _find_event(claim, marked)) is not None:
                sketch = sketch_claim(claim, groundings[claim.id], report.document, words)
                told.append(Told(crisis.id, event, sketch))
        links += [link for link in report.links if link.relation is Relation.SAME_EVENT]
    ids = {item.sketch.subject for item in told}
    return told, [link for link in links if link.left in ids and link.right in ids]


def _find_event(claim: Claim, marked: MarkedReport) -> str | None:
    """Return the event whose mark the trigger overlaps."""
    span = claim.trigger.span
    if span is None:
        return None
    return next((m.event for m in marked.mentions if m.start < span.end and span.start < m.end), None)


def make_pairs(told: Sequence[Told], words: EventWords) -> tuple[list[Pair], Counter[bool]]:
    """Compare every two claims of different reports of one crisis; also count those that are ruled out, by truth."""
    by_crisis: dict[str, list[Told]] = defaultdict(list)
    for item in told:
        by_crisis[item.crisis].append(item)
    pairs: list[Pair] = []
    ruled_out: Counter[bool] = Counter()
    for crisis, items in sorted(by_crisis.items()):
        for one, other in combinations(items, 2):
            first, second = words.decode(one.sketch.payload), words.decode(other.sketch.payload)
            if first.document == second.document:
                continue
            if (second.published or 0, other.sketch.subject) < (first.published or 0, one.sketch.subject):
                first, second = second, first
            levels = compare(first, second, words)
            if levels is None:
                ruled_out[one.event == other.event] += 1
            else:
                pairs.append(Pair(crisis, levels, one.event == other.event))
    return pairs, ruled_out


def make_strangers(told: Sequence[Told], words: EventWords) -> list[Pair]:
    """Pair each claim with like claims of other crises, as if they were told in the same week.

    Of the pairs of one crisis half are one event; in a ledger few are. Strangers teach what agreement of type and day
    alone is worth.
    """
    pairs: list[Pair] = []
    for number, item in enumerate(told):
        first = words.decode(item.sketch.payload)
        others = [
            other
            for other in told
            if other.crisis != item.crisis and words.decode(other.sketch.payload).type in words.near[first.type]
        ]
        for step in range(min(STRANGERS, len(others))):
            second = words.decode(others[(number * 7 + step * 13) % len(others)].sketch.payload)
            if first.published is None or second.published is None:
                continue
            shift = first.published + (number + step) % 7 - second.published
            levels = compare(first, _move(second, shift), words)
            if levels is not None:
                pairs.append(Pair(item.crisis, levels, one=False))
    return pairs


def _move(features: EventFeatures, days: int) -> EventFeatures:
    moved = {
        name: None if (day := getattr(features, name)) is None else day + days for name in ("published", "start", "end")
    }
    return msgspec.structs.replace(features, **moved)


def fit(pairs: Sequence[Pair], hand: EventWeights, pull: float = PULL) -> EventWeights:
    """Fit the weights by penalised maximum likelihood around those set by hand.

    What stands for every pair stays (``FIXED``): how many candidates are one event is another matter in a ledger than
    in a crisis of seven reports, in which nobody accuses anybody twice.
    """
    names = [(name, level) for name, levels in hand.levels.items() for level in levels if (name, level) not in FIXED]
    column = {key: i for i, key in enumerate(names)}
    start = np.array([hand.levels[name][level] for name, level in names])
    rows = np.zeros((len(pairs), len(start)))
    base = np.full(len(pairs), hand.prior)
    for row, pair in enumerate(pairs):
        for name, level in pair.levels.items():
            if (name, level) in FIXED:
                base[row] += hand.levels[name][level]
            else:
                rows[row, column[name, level]] = 1.0
    truth = np.array([float(pair.one) for pair in pairs])

    found = start.copy()
    # No curve of the likelihood is steeper than this one, so that no step goes too far (Böhning and Lindsay 1988).
    step = np.linalg.inv(rows.T @ rows / 4 + pull * np.eye(len(names)))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(base + rows @ found)))
        slope = rows.T @ (chance - truth) + pull * (found - start)
        found -= step @ slope
    levels = {name: dict(known) for name, known in hand.levels.items()}
    for (name, level), i in column.items():
        levels[name][level] = round(float(found[i]), _ROUND)
    return EventWeights(hand.origin, hand.prior, levels, hand.least)


def judge_all(told: Sequence[Told], within: Sequence[Link], weights: EventWeights) -> dict[str, float]:
    """Judge and group the claims of some crises; return precision, recall and F1 of pairs, and B-cubed of groups."""
    words = open_event_words(weights)
    links = [link for a, b in combinations(told, 2) if (link := judge_events(a.sketch, b.sketch, words)) is not None]
    ids = {item.sketch.subject for item in told}
    links += [link for link in within if link.left in ids and link.right in ids]
    groups = group_claims({item.sketch.subject: item.sketch for item in told}, links)
    found = {claim: number for number, group in enumerate(groups) for claim in group}
    truth = {item.sketch.subject: (item.crisis, item.event) for item in told}
    return {**_score_pairs(found, truth), **_score_items(found, truth)}


def _score_pairs(found: Mapping[str, object], truth: Mapping[str, object]) -> dict[str, float]:
    right = _count_pairs((found[key], truth[key]) for key in truth)
    precision = right / max(1, _count_pairs(found.values()))
    recall = right / max(1, _count_pairs(truth.values()))
    return {"pair_p": precision, "pair_r": recall, "pair_f1": _f1(precision, recall)}


def _count_pairs(values: Iterable[object]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(values).values())


def _score_items(found: Mapping[str, object], truth: Mapping[str, object]) -> dict[str, float]:
    ours, theirs = Counter(found.values()), Counter(truth.values())
    both = Counter((found[key], truth[key]) for key in truth)
    total = max(1, len(truth))
    precision = sum(n * n / ours[one] for (one, _), n in both.items()) / total
    recall = sum(n * n / theirs[other] for (_, other), n in both.items()) / total
    return {"b3_p": precision, "b3_r": recall, "b3_f1": _f1(precision, recall)}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def cross_validate(told: Sequence[Told], within: Sequence[Link], pairs: Sequence[Pair], hand: EventWeights) -> None:
    """Print what weights fitted on other crises, and those set by hand, make of each part; the mean over parts."""
    crises = sorted({item.crisis for item in told})
    rows: dict[str, list[dict[str, float]]] = defaultdict(list)
    for number in range(FOLDS):
        held = set(crises[number::FOLDS])
        part = [item for item in told if item.crisis in held]
        fitted = fit([pair for pair in pairs if pair.crisis not in held], hand)
        rows["fitted"].append(judge_all(part, within, fitted))
        rows["by hand"].append(judge_all(part, within, hand))
    for name, scores in rows.items():
        mean = {key: sum(row[key] for row in scores) / len(scores) for key in scores[0]}
        print(f"{name:8s}", "  ".join(f"{key} {value:.3f}" for key, value in mean.items()))


def read_corpus(reader: Reader) -> list[tuple[Crisis, MarkedReport, Report]]:
    """Read every report of the crises with the product."""
    return [
        (crisis, marked, reader.read(marked.text, published=marked.published, publisher=marked.publisher))
        for crisis in read_crises()
        for marked in crisis.reports
    ]


def main() -> int:
    """Read, fit, print, and write where asked to."""
    options = argparse.ArgumentParser(prog="python -m training.link_weights", description=__doc__.split("\n")[0])
    options.add_argument("--write", action="store_true", help="write the fitted weights into the package")
    chosen = options.parse_args()
    hand = msgspec.json.decode(BY_HAND.read_bytes(), type=EventWeights)
    words = open_event_words(hand)
    told, within = read_told(read_corpus(Reader()), words)
    pairs, ruled_out = make_pairs(told, words)
    pairs += make_strangers(told, words)
    print(f"{len(told)} claims on marks, {len(pairs)} pairs, {sum(pair.one for pair in pairs)} of one event;")
    print(f"ruled out: {ruled_out[False]} pairs of two events, {ruled_out[True]} of one")
    cross_validate(told, within, pairs, hand)
    if chosen.write:
        fitted = fit(pairs, hand)
        origin = (
            f"Fitted on training/linking ({len(told)} claims) around weights set by hand: training/link_weights.py."
        )
        fitted = msgspec.structs.replace(fitted, origin=origin)
        SHIPPED.write_bytes(msgspec.json.format(msgspec.json.encode(fitted), indent=2) + b"\n")
        print(f"written: {SHIPPED}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
