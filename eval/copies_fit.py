"""Fit the weights of ``link/data/copy_weights.json`` on the development part of our own set.

Run by ``python -m eval.copies_fit``.

Two logistic regressions with an L2 penalty: whether one report was taken from the other, and, among reports that stand
on their own, whether they tell of one event. The features are from 0 to 1 and are not scaled. A weight may not go
against reason: of ``taken``, only what reports have of their own, sentences made alike and days apart may speak against
copying; of ``one_event``, only shared facts, quotations and days may not speak against one event, for common wording
without copying is a template. Without these bounds the fit used habits of the set, such as its headlines. Exact copies
are left out: a rule decides them. Penalties were chosen by cross-validation over base reports.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.copies import Pair, read_pairs, read_reports
from eval.gold import ROOT
from reportedly.link.copies import open_copies
from reportedly.link.copy_features import FEATURES, measure_pair
from reportedly.link.copy_judgement import PairClass, is_exact
from reportedly.link.copy_runs import find_runs
from reportedly.link.copy_text import read_pair

WEIGHTS = ROOT / "src" / "reportedly" / "link" / "data" / "copy_weights.json"
TAKEN = (PairClass.EDITED, PairClass.REWRITE)
STRENGTH = {"taken": 10.0, "one_event": 10.0}
"""How much an error costs beside the penalty; 3 to 30 do as well."""
STEPS = 30_000
AGAINST = {"taken": ("own_quotes", "own_facts", "changed", "days_apart"), "one_event": ("changed", "days_apart")}
"""Features that may only speak against."""
EITHER = {
    "taken": (),
    "one_event": (
        "verbatim",
        "verbatim_both",
        "longest",
        "told",
        "told_both",
        "in_order",
        "lead",
        "own_quotes",
        "own_facts",
    ),
}
"""Features that may speak either way; all others may only speak for."""
ORIGIN = (
    "Fitted by eval/copies_fit.py on the development part of eval/sets/copies.jsonl, a set written for this project."
)

Table = npt.NDArray[np.float64]


def measure_dev() -> tuple[list[Pair], list[list[float]]]:
    """Return the pairs of the development part that the rule for exact copies leaves, with their features."""
    documents, words = read_reports(), open_copies()
    pairs: list[Pair] = []
    rows: list[list[float]] = []
    for pair in read_pairs():
        left, right = read_pair(documents[pair.left], documents[pair.right], words)
        runs = find_runs(left.tokens, right.tokens)
        if pair.part == "dev" and not is_exact(left, right, runs):
            seen = measure_pair(left, right, runs)
            pairs.append(pair)
            rows.append([seen[name] for name in FEATURES])
    return pairs, rows


def fit(rows: Sequence[Sequence[float]], answers: Sequence[bool], question: str) -> dict[str, object]:
    """Fit one question by accelerated projected gradients (Nesterov); return it rounded."""
    table = np.asarray(rows, dtype=np.float64)
    middle = table.mean(axis=0)
    columns = np.hstack([np.ones((len(table), 1)), table - middle])
    signs = np.where(np.asarray(answers), 1.0, -1.0)
    low, high = _find_bounds(question)
    strength = STRENGTH[question]
    step = 1 / (strength * np.linalg.norm(columns, 2) ** 2 / 4 + 1)
    weights = ahead = np.zeros(columns.shape[1])
    pace = 1.0
    for _ in range(STEPS):
        margins = signs * (columns @ ahead)
        slope = -strength * columns.T @ (signs / (1 + np.exp(margins)))
        slope[1:] += ahead[1:]
        moved = np.clip(ahead - step * slope, low, high)
        quicker = (1 + (1 + 4 * pace**2) ** 0.5) / 2
        ahead = moved + (pace - 1) / quicker * (moved - weights)
        weights, pace = moved, quicker
    return {
        "bias": round(float(weights[0]), 3),
        "weights": {name: round(float(value), 3) for name, value in zip(FEATURES, weights[1:], strict=True) if value},
        "middle": {name: round(float(value), 3) for name, value in zip(FEATURES, middle, strict=True)},
    }


def _find_bounds(question: str) -> tuple[Table, Table]:
    """Return the least and the greatest value of bias and weights."""
    free = [True] + [name in EITHER[question] for name in FEATURES]
    against = [False] + [name in AGAINST[question] for name in FEATURES]
    low = np.where(np.asarray(free) | np.asarray(against), -np.inf, 0.0)
    return low, np.where(np.asarray(against), 0.0, np.inf)


def main() -> None:
    """Fit both questions and write the weights."""
    pairs, rows = measure_dev()
    taken = [pair.kind in TAKEN for pair in pairs]
    alone = [at for at, copied in enumerate(taken) if not copied]
    questions = {
        "taken": fit(rows, taken, "taken"),
        "one_event": fit(
            [rows[at] for at in alone],
            [pairs[at].kind is PairClass.INDEPENDENT for at in alone],
            "one_event",
        ),
    }
    Path(WEIGHTS).write_text(json.dumps({"origin": ORIGIN, "questions": questions}, indent=1) + "\n", encoding="utf-8")
    print(f"written: {WEIGHTS}")


if __name__ == "__main__":
    main()
