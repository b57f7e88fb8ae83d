"""Export the encoder: ``python -m training.encoder.export`` writes what ships to ``build/encoder/``.

These are the graph, the tokenizer as the starting weights have it, and the SHA-256 of both; the reader opens them in
``src/reportedly/extract/data/``.

The graph takes ``ids`` and ``mask`` (batch, pieces) and gives every head of ``model.Outputs`` but the bias of the pair
head, which stands in the model's metadata with the labels. Weights are of eight bits, a scale a channel
(``quantise``).
"""

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from reportedly.extract.encode import DIGESTS, MODEL, TOKENIZER
from training.encoder.labels import ANCHORS, FIGURE_KEYS, PLACE_ROLES, ROLES, STATUSES, TYPES
from training.encoder.model import Encoder, Outputs, open_base
from training.encoder.quantise import quantise as quantise_weights
from training.encoder.train import OUT, find_base

OPSET = 17


class _Named(nn.Module):
    """The encoder with a tuple for a result, as the exporter wants it."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.model(ids, mask))


def export(weights: Path, target: Path, layers: int | None = None, *, quantise: bool = True) -> None:
    """Write a graph of the weights, quantised unless told otherwise."""
    model = Encoder(open_base(find_base()), layers)
    model.load_state_dict(torch.load(weights, weights_only=True))
    model.eval()
    ids = torch.ones(2, 9, dtype=torch.long)
    axes = {0: "batch", 1: "pieces"}
    names = list(Outputs._fields)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            _Named(model),
            (ids, torch.ones_like(ids)),
            str(plain),
            input_names=["ids", "mask"],
            output_names=names,
            dynamic_axes=dict.fromkeys(("ids", "mask", *names[:-1]), axes) | {"relevance": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
        graph = onnx.load(plain)
        if quantise:
            graph = quantise_weights(graph)
        labels = {
            "anchors": ANCHORS,
            "places": PLACE_ROLES,
            "figures": FIGURE_KEYS,
            "roles": ROLES,
            "types": TYPES,
            "statuses": STATUSES,
        }
        onnx.helper.set_model_props(
            graph, {"labels": json.dumps(labels), "role_bias": json.dumps(model.role_bias.tolist())}
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        onnx.save(graph, target)


def write_shipped(weights: Path, folder: Path, layers: int | None = None, *, quantise: bool = True) -> None:
    """Write graph, tokenizer and their digests to a folder."""
    export(weights, folder / MODEL, layers, quantise=quantise)
    (folder / TOKENIZER).write_bytes((find_base() / "tokenizer.json").read_bytes())
    digests = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in (MODEL, TOKENIZER))
    (folder / DIGESTS).write_text("".join(digests), encoding="utf-8")


def main() -> None:
    """Export the trained weights."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder.export", description="Export the encoder.")
    parser.add_argument("--weights", type=Path, default=OUT / "encoder.pt")
    parser.add_argument("--out", type=Path, default=OUT, help="folder")
    parser.add_argument("--layers", type=int)
    parser.add_argument("--plain", action="store_true", help="leave the weights as they are (32 bits)")
    options = parser.parse_args()
    write_shipped(options.weights, options.out, options.layers, quantise=not options.plain)
    print(f"{options.out / MODEL}: {(options.out / MODEL).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
