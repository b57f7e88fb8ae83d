"""Compare what ships with the weights it was made of: ``python -m training.encoder.compare``.

Both are measured on the held-out part; eight bits may cost no head more than ``MOST``.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.corpus.build import read_reports
from training.encoder.examples import is_held_out, make_examples
from training.encoder.export import export
from training.encoder.measure import measure
from training.encoder.model import Outputs, weigh_roles
from training.encoder.train import OUT, find_base

MOST = 0.005


class Graph:
    """An exported graph that answers as the model does."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        properties = self._session.get_modelmeta().custom_metadata_map
        self._role_bias = torch.tensor(json.loads(properties["role_bias"]))

    def eval(self) -> None:
        """Do nothing: a graph knows no training."""

    def __call__(self, ids: Tensor, mask: Tensor) -> Outputs:
        """Score a batch, as ``Encoder.forward``."""
        found = self._session.run(list(Outputs._fields), {"ids": ids.numpy(), "mask": mask.numpy()})
        return Outputs(*(torch.from_numpy(np.asarray(scores)) for scores in found))

    def score_roles(self, heads: Tensor, dependents: Tensor) -> Tensor:
        """Score what pieces are to anchors, as ``Encoder.score_roles``."""
        return weigh_roles(heads, dependents, self._role_bias)


def main() -> int:
    """Print the scores of every head; exit status 1 where eight bits cost one more than ``MOST``."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder.compare", description="Compare 8 and 32 bits.")
    parser.add_argument("--weights", type=Path, default=OUT / "encoder.pt")
    parser.add_argument("--layers", type=int)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(find_base() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    held = [*make_examples((report for report in read_reports() if is_held_out(report)), tokenizer)]
    with tempfile.TemporaryDirectory() as folder:
        scores = []
        for quantise in (False, True):
            path = Path(folder) / f"{quantise}.onnx"
            export(options.weights, path, options.layers, quantise=quantise)
            scores.append(measure(Graph(path), held))
    missed = False
    for name, plain in scores[0].items():
        lost = plain - scores[1][name]
        missed |= lost > MOST
        print(f"{name:14} 32 bits {plain:.4f}  8 bits {scores[1][name]:.4f}  lost {lost:+.4f}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
