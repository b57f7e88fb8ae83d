"""Scores of every head on what is held out: F1 over spans, roles at the marked anchors, accuracy of status."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor

from training.encoder.examples import Example
from training.encoder.labels import ANCHORS, ROLES, STATUSES
from training.encoder.model import Outputs

TAGGED = ("anchor", "place", "figure", "time")


def read_spans(tags: Sequence[int]) -> set[tuple[int, int, int]]:
    """Read spans off classes of begin and inside: (first piece, piece after the last, label)."""
    spans: set[tuple[int, int, int]] = set()
    start, label = -1, -1
    for i, tag in enumerate([*tags, 0]):
        if start >= 0 and not (tag and tag % 2 == 0 and (tag - 2) // 2 == label):
            spans.add((start, i, label))
            start = -1
        if tag % 2 == 1:
            start, label = i, (tag - 1) // 2
    return spans


def find_f1(right: int, found: int, wanted: int) -> float:
    """Return F1, 0 where nothing is found or wanted."""
    return 2 * right / (found + wanted) if found + wanted else 0.0


class Scorer(Protocol):
    """What is measured: the model, or a graph made of it."""

    def eval(self) -> object:
        """Leave training."""

    def __call__(self, ids: Tensor, mask: Tensor) -> Outputs:
        """Score a batch."""

    def score_roles(self, heads: Tensor, dependents: Tensor) -> Tensor:
        """Score what pieces are to anchors."""


@torch.no_grad()
def measure(model: Scorer, examples: Sequence[Example]) -> dict[str, float]:
    """Score every head; names of the result are those of the heads."""
    model.eval()
    counts: Counter[tuple[str, str]] = Counter()
    statuses: Counter[tuple[str, str]] = Counter()
    for example in examples:
        ids = torch.tensor([example.ids])
        found = model(ids, torch.ones_like(ids))
        for name in TAGGED:
            tags = getattr(found, f"{name}s")[0].argmax(-1).tolist()
            got, wanted = read_spans(tags), read_spans(getattr(example, f"{name}_tags"))
            _count(counts, name, len(got & wanted), len(got), len(wanted))
            if name == "anchor":
                for label, kind in enumerate(ANCHORS):
                    one, other = ({span for span in spans if span[2] == label} for spans in (got, wanted))
                    _count(counts, kind, len(one & other), len(one), len(other))
        for anchor in example.anchors:
            heads = found.heads[0, anchor.piece][None]
            roles = model.score_roles(heads, found.dependents)[0].argmax(-1).tolist()
            for role in range(1, len(ROLES)):
                got_, wanted_ = ({i for i, r in enumerate(rs) if r == role} for rs in (roles, anchor.roles))
                _count(counts, ROLES[role], len(got_ & wanted_), len(got_), len(wanted_))
            if anchor.status >= 0:
                _count(counts, "type", int(found.types[0, anchor.piece].argmax()) == anchor.type, 1, 1)
                status = int(found.statuses[0, anchor.piece].argmax())
                statuses["right", STATUSES[anchor.status]] += status == anchor.status
                statuses["found", STATUSES[status]] += 1
                statuses["wanted", STATUSES[anchor.status]] += 1
                hedged = int(found.hedges[0, anchor.piece].argmax())
                _count(counts, "hedged", hedged & anchor.hedged, hedged, anchor.hedged)
        relevant = int(found.relevance[0].argmax())
        _count(counts, "relevance", relevant & example.relevant, relevant, example.relevant)
    scores = {
        name: find_f1(counts[name, "right"], counts[name, "found"], counts[name, "wanted"])
        for name in dict.fromkeys(key[0] for key in counts)
    }
    by_status = [find_f1(statuses["right", s], statuses["found", s], statuses["wanted", s]) for s in STATUSES]
    return {**scores, "status_macro": sum(by_status) / len(by_status)}


def _count(counts: Counter[tuple[str, str]], name: str, right: int, found: int, wanted: int) -> None:
    counts[name, "right"] += right
    counts[name, "found"] += found
    counts[name, "wanted"] += wanted
