"""Fit the weights of ``link/data/copy_weights.json`` on the development part of our own set.

Run by ``python -m eval.copies_fit``.

Two logistic regressions (L2, C = 10 and 3, chosen by cross-validation over base reports): whether one report was taken
from the other, and, among reports that stand on their own, whether they tell of one event. The features are from 0 to
1 and are not scaled. Exact copies are left out: a rule decides them.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from eval.copies import Pair, read_pairs, read_reports
from eval.gold import ROOT
from reportedly.link.copies import open_copies
from reportedly.link.copy_features import FEATURES, measure_pair
from reportedly.link.copy_judgement import PairClass, is_exact
from reportedly.link.copy_runs import find_runs
from reportedly.link.copy_text import read_pair

WEIGHTS = ROOT / "src" / "reportedly" / "link" / "data" / "copy_weights.json"
TAKEN = (PairClass.EDITED, PairClass.REWRITE)
STRENGTH = {"taken": 10.0, "one_event": 3.0}
ORIGIN = (
    "Fitted by eval/copies_fit.py on the development part of eval/sets/copies.jsonl, a set written for this project."
)


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


def fit(rows: Sequence[Sequence[float]], answers: Sequence[bool], strength: float) -> dict[str, object]:
    """Fit one question; return bias, weights and middle values, rounded."""
    table = np.asarray(rows)
    middle = table.mean(axis=0)
    model = LogisticRegression(C=strength, max_iter=10_000).fit(table - middle, np.asarray(answers))
    return {
        "bias": round(float(model.intercept_[0]), 3),
        "weights": {name: round(float(weight), 3) for name, weight in zip(FEATURES, model.coef_[0], strict=True)},
        "middle": {name: round(float(value), 3) for name, value in zip(FEATURES, middle, strict=True)},
    }


def main() -> None:
    """Fit both questions and write the weights."""
    pairs, rows = measure_dev()
    taken = [pair.kind in TAKEN for pair in pairs]
    alone = [at for at, copied in enumerate(taken) if not copied]
    questions = {
        "taken": fit(rows, taken, STRENGTH["taken"]),
        "one_event": fit(
            [rows[at] for at in alone],
            [pairs[at].kind is PairClass.INDEPENDENT for at in alone],
            STRENGTH["one_event"],
        ),
    }
    Path(WEIGHTS).write_text(json.dumps({"origin": ORIGIN, "questions": questions}, indent=1) + "\n", encoding="utf-8")
    print(f"written: {WEIGHTS}")


if __name__ == "__main__":
    main()
