"""How close two event mentions of ECB+ are in the vectors of a language model, in numbers for a classifier."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.ecb_mentions import Mention, Texts
from eval.ecb_pairs import Array
from eval.ecb_vectors import Encoder, Floats

_LAYERS = (0, 2, 4, 6)
"""Layers in which mentions are compared: from the word itself to the word in its sentence."""
_LAST = 6


def compare_vectors(
    mentions: Sequence[Mention],
    texts: Texts,
    group: Sequence[int],
    pairs: NDArray[np.intp],
    encoder: Encoder | None,
) -> Array:
    """Compare mentions by cosines.

    Args:
        mentions: The mentions.
        texts: Their documents.
        group: The document cluster of each mention.
        pairs: Two indices of mentions a pair.
        encoder: The model; without one nothing is compared.

    Returns:
        One row a pair: the cosine of the mentions by layers and of their sentences, each also after the mean of the
        document cluster is taken away, which leaves what sets mentions of one matter apart; then that of each mention
        with the other's sentence. No columns without an encoder.
    """
    if encoder is None:
        return np.zeros((len(pairs), 0))
    triggers, sentences = read_vectors(mentions, texts, encoder)
    columns = []
    for vectors in (*(triggers[:, layer] for layer in _LAYERS), sentences):
        centred = vectors - _average(vectors, group)
        columns += [_cosine(vectors, vectors, pairs), _cosine(centred, centred, pairs)]
    across = [_cosine(triggers[:, _LAST], sentences, order) for order in (pairs, pairs[:, ::-1])]
    return np.stack([*columns, np.minimum(*across), np.maximum(*across)], axis=1).astype(np.float64)


def read_vectors(mentions: Sequence[Mention], texts: Texts, encoder: Encoder) -> tuple[Floats, Floats]:
    """Return the vectors of each mention, a row a layer, and those of its sentence in the last layer.

    Both are means over tokens; a sentence that stands in several documents is read once.
    """
    lines = [tuple(texts.sentences[mention.document][mention.sentence]) for mention in mentions]
    numbers = {line: number for number, line in enumerate(dict.fromkeys(lines))}
    read = encoder.encode(list(numbers))
    rows = [read[numbers[line]] for line in lines]
    layers = _LAST + 1
    triggers = np.array(
        [row[list(m.tokens)].mean(axis=0).reshape(layers, -1) for m, row in zip(mentions, rows, strict=True)]
    )
    sentences = np.array([row.mean(axis=0).reshape(layers, -1)[_LAST] for row in rows])
    return triggers, sentences


def _average(vectors: Floats, kinds: Sequence[object]) -> Floats:
    """Return for each row the mean of all rows of its kind."""
    numbers = {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
    at = np.array([numbers[kind] for kind in kinds])
    means = np.array([vectors[at == number].mean(axis=0) for number in range(len(numbers))])
    found: Floats = means[at]
    return found


def _cosine(ones: Floats, others: Floats, pairs: NDArray[np.intp]) -> Floats:
    """Return the cosine of the vectors of each pair; 0 where one is nothing."""
    ones, others = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6) for rows in (ones, others))
    found: Floats = np.einsum("ij,ij->i", ones[pairs[:, 0]], others[pairs[:, 1]])
    return found
