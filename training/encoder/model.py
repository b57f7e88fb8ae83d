"""The encoder and its heads.

A head over every piece tags cues and triggers, toponyms (with their role), figures (with their
key) and time expressions. A pair head then scores what each piece is to one cue or trigger: every piece is projected
once as an anchor, by role, and once as what belongs to one, and their products are the scores (a biaffine scorer after
Dozat and Manning 2017, without its linear terms but for a bias a role). A trigger's first piece gives
its type, status and hedge.
"""

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from training.encoder.labels import ANCHORS, FIGURE_KEYS, PLACE_ROLES, ROLES, STATUSES, TYPES

PAIR_SIZE = 64
DROPOUT = 0.1


class Outputs(NamedTuple):
    """Scores of every head; (batch, pieces, classes) unless said otherwise."""

    anchors: Tensor
    places: Tensor
    figures: Tensor
    times: Tensor
    types: Tensor
    statuses: Tensor
    hedges: Tensor
    heads: Tensor
    """(batch, pieces, roles * size): every piece as an anchor."""
    dependents: Tensor
    """(batch, pieces, size): every piece as what belongs to one."""
    relevance: Tensor
    """(batch, 2)."""


class Encoder(nn.Module):
    """A small BERT with the heads on it."""

    def __init__(self, base: BertModel, layers: int | None = None) -> None:
        super().__init__()
        if layers is not None:
            base.encoder.layer = base.encoder.layer[:layers]
        self.base = base
        size = base.config.hidden_size
        self.dropout = nn.Dropout(DROPOUT)
        self.anchors = nn.Linear(size, 1 + 2 * len(ANCHORS))
        self.places = nn.Linear(size, 1 + 2 * len(PLACE_ROLES))
        self.figures = nn.Linear(size, 1 + 2 * len(FIGURE_KEYS))
        self.times = nn.Linear(size, 3)
        self.types = nn.Sequential(nn.Linear(size, size), nn.GELU(), nn.Linear(size, len(TYPES)))
        self.statuses = nn.Sequential(nn.Linear(size, size), nn.GELU(), nn.Linear(size, len(STATUSES)))
        self.hedges = nn.Linear(size, 2)
        self.heads = nn.Linear(size, len(ROLES) * PAIR_SIZE)
        self.dependents = nn.Linear(size, PAIR_SIZE)
        self.role_bias = nn.Parameter(torch.zeros(len(ROLES)))
        self.relevance = nn.Linear(size, 2)

    def forward(self, ids: Tensor, mask: Tensor) -> Outputs:
        """Score a batch: piece ids and a mask of the same shape, 1 where a piece stands."""
        states = self.dropout(self.base(input_ids=ids, attention_mask=mask).last_hidden_state)
        return Outputs(
            self.anchors(states),
            self.places(states),
            self.figures(states),
            self.times(states),
            self.types(states),
            self.statuses(states),
            self.hedges(states),
            self.heads(states),
            self.dependents(states),
            self.relevance(states[:, 0]),
        )

    def score_roles(self, heads: Tensor, dependents: Tensor) -> Tensor:
        """Score what pieces are to anchors.

        Args:
            heads: (anchors, roles * size).
            dependents: (anchors, pieces, size).

        Returns:
            (anchors, pieces, roles).
        """
        return weigh_roles(heads, dependents, self.role_bias)


def weigh_roles(heads: Tensor, dependents: Tensor, bias: Tensor) -> Tensor:
    """Multiply anchors, by role, with what may belong to them; shapes as in ``Encoder.score_roles``."""
    by_role = heads.view(len(heads), len(ROLES), PAIR_SIZE)
    return torch.einsum("ars,aps->apr", by_role, dependents) / PAIR_SIZE**0.5 + bias


def open_base(folder: Path) -> BertModel:
    """Load the starting weights from a folder of the Hugging Face layout."""
    config = BertConfig.from_pretrained(folder, attn_implementation="eager")
    return BertModel.from_pretrained(folder, config=config, add_pooling_layer=False)
