"""The learned encoder: the only module that imports the ONNX runtime.

It is asked about words that the rules take for the trigger of an event, and says, with probabilities, whether they
evoke one, how that stands, and whether something weakens it. ``training/encoder`` trains it; ``combine`` alone makes
use of it.
"""

import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from reportedly.errors import ResourceError
from reportedly.extract.mentions import Judgement
from reportedly.records.claim import Status
from reportedly.records.spans import Span

DATA, MODEL, TOKENIZER, DIGESTS = "data", "encoder.onnx", "encoder-tokenizer.json", "encoder.sha256"
MAX_PIECES = 128
BATCH_SIZE = 16

Floats = NDArray[np.float32]


class Encoder:
    """The model, opened. Not safe to share between threads.

    Attributes:
        digest: First twelve hexadecimal digits of the model's SHA-256; every claim that it had a say in bears them.
    """

    def __init__(self, model: bytes, tokenizer: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)
        labels = json.loads(self._session.get_modelmeta().custom_metadata_map["labels"])
        self._statuses = [Status(name) for name in labels["statuses"]]
        trigger = labels["anchors"].index("trigger")
        self._evoking = [1 + 2 * trigger, 2 + 2 * trigger]
        self.digest = hashlib.sha256(model).hexdigest()[:12]

    def judge(self, text: str, asked: Sequence[tuple[Span, Span]]) -> list[Judgement | None]:
        """Judge triggers.

        Args:
            text: The whole text.
            asked: The sentence and the words of each trigger, as offsets into the text.

        Returns:
            One judgement a trigger, in the order asked; None for one beyond the first ``MAX_PIECES`` pieces of its
            sentence.
        """
        sentences = sorted({sentence for sentence, _ in asked}, key=lambda span: (span.end - span.start, span))
        wanted: dict[Span, list[int]] = {sentence: [] for sentence in sentences}
        for i, (sentence, _) in enumerate(asked):
            wanted[sentence].append(i)
        judged: list[Judgement | None] = [None] * len(asked)
        for at in range(0, len(sentences), BATCH_SIZE):
            some = sentences[at : at + BATCH_SIZE]
            encodings = self._tokenizer.encode_batch([span.slice(text) for span in some])
            anchors, statuses, hedges = self._run(encodings)
            for row, (sentence, encoding) in enumerate(zip(some, encodings, strict=True)):
                for i in wanted[sentence]:
                    pieces = _find_pieces(encoding, asked[i][1], sentence.start)
                    if pieces:
                        evoking = _softmax(anchors[row, pieces])[:, self._evoking].sum(-1)
                        best = pieces[int(evoking.argmax())]
                        judged[i] = Judgement(
                            float(evoking.max()),
                            dict(zip(self._statuses, map(float, _softmax(statuses[row, best])), strict=True)),
                            float(_softmax(hedges[row, best])[1]),
                        )
        return judged

    def _run(self, encodings: Sequence[Encoding]) -> tuple[Floats, Floats, Floats]:
        width = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        anchors, statuses, hedges = self._session.run(["anchors", "statuses", "hedges"], {"ids": ids, "mask": mask})
        return anchors, statuses, hedges


def _find_pieces(encoding: Encoding, span: Span, start: int) -> list[int]:
    """Return the pieces that share characters with a span; ``start`` is where the sentence begins in the text."""
    return [
        i
        for i, (first, last) in enumerate(encoding.offsets)
        if first < last and first + start < span.end and span.start < last + start
    ]


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = powers / powers.sum(-1, keepdims=True)
    return result


def open_encoder(folder: Traversable | None = None) -> Encoder:
    """Open the model that ships with the package, or that of a folder.

    Raises:
        ResourceError: a file is missing, or is not the one that was shipped.
    """
    place = folder or files("reportedly.extract").joinpath(DATA)
    try:
        model = place.joinpath(MODEL).read_bytes()
        tokenizer = place.joinpath(TOKENIZER).read_bytes()
        lines = place.joinpath(DIGESTS).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ResourceError(f"the encoder cannot be read ({error}): install the package again") from error
    wanted = {name: digest for digest, name in (line.split() for line in lines)}
    for name, content in ((MODEL, model), (TOKENIZER, tokenizer)):
        if hashlib.sha256(content).hexdigest() != wanted.get(name):
            raise ResourceError(f"{name} is damaged: its SHA-256 is not that of {DIGESTS}; install the package again")
    return Encoder(model, tokenizer.decode())
