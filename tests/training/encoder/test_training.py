"""Training in small: run where the ``train`` extra is installed."""

import random
from pathlib import Path

import pytest

from training.encoder.examples import Anchor, Example
from training.encoder.labels import ANCHORS, ROLES, STATUSES, TYPES, begin, inside

torch = pytest.importorskip("torch", reason="the train extra is not installed")

PIECES = 8


def make_example(shift: int) -> Example:
    """Make a sentence in which piece 12 is a trigger with the piece before it for its actor."""
    ids = [2, *(20 + (shift + i) % 5 for i in range(PIECES)), 3]
    ids[3], ids[4] = 11, 12
    tags = [0] * len(ids)
    tags[4] = begin(ANCHORS.index("trigger"))
    roles = [0] * len(ids)
    roles[3] = ROLES.index("actor")
    nothing = (0,) * len(ids)
    anchor = Anchor(4, tuple(roles), TYPES.index("ASSAULT"), STATUSES.index("planned"), 0)
    return Example(tuple(ids), tuple(tags), nothing, nothing, nothing, (anchor,), 1)


def test_spans_are_read_off_their_classes() -> None:
    from training.encoder.measure import read_spans

    assert read_spans([0, begin(1), inside(1), begin(1), inside(0), 0]) == {(1, 3, 1), (3, 4, 1)}


def test_a_small_model_learns_what_it_is_shown(tmp_path: Path) -> None:
    from transformers import BertConfig, BertModel

    from training.encoder.measure import measure
    from training.encoder.model import Encoder
    from training.encoder.train import find_loss, make_batches

    torch.manual_seed(1)
    config = BertConfig(vocab_size=30, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)
    model = Encoder(BertModel(config, add_pooling_layer=False))
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    examples = [make_example(shift) for shift in range(32)]
    for _ in range(40):
        for batch in make_batches(examples, random.Random(1)):
            optimizer.zero_grad()
            find_loss(model, batch, model(batch.ids, batch.mask)).backward()
            optimizer.step()
    scores = measure(model, examples[:4])
    assert {name: scores[name] for name in ("trigger", "actor", "type", "relevance")} == {
        "trigger": 1.0,
        "actor": 1.0,
        "type": 1.0,
        "relevance": 1.0,
    }


def test_a_set_that_marks_little_teaches_what_it_marks() -> None:
    from transformers import BertConfig, BertModel

    from training.encoder.further import FACTS, UNKNOWN
    from training.encoder.model import Encoder
    from training.encoder.train import Batch, find_loss, gather_facts

    torch.manual_seed(1)
    config = BertConfig(vocab_size=30, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)
    model = Encoder(BertModel(config, add_pooling_layer=False))
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    unknown = (UNKNOWN,) * 4
    examples = [
        Example((2, 11 + fact, 14, 3), unknown, unknown, unknown, unknown, (Anchor(1, unknown, fact=fact),), UNKNOWN)
        for fact in (0, 1)
    ]
    batch = Batch(examples)
    for _ in range(40):
        optimizer.zero_grad()
        find_loss(model, batch, model(batch.ids, batch.mask)).backward()
        optimizer.step()
    model.eval()
    found = model(batch.ids, batch.mask).statuses[:, 1]
    assert gather_facts(found).argmax(-1).tolist() == [0, 1]
    assert found.argmax(-1)[1].item() in FACTS
