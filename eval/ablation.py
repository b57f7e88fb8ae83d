"""What rules and encoder each bring: the same sets read by rules alone, by the encoder alone, and by both.

The encoder alone is its heads for triggers, type and status, taken at their word; it is the only thing here that the
product does not do. It has no sources, places or figures, so that claims with a source are never right.
"""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from eval.claims import predict_claims
from eval.event_type import measure_event_type
from eval.factuality import measure_set
from eval.quality import WAYS
from eval.scorers import load_scorer
from reportedly.extract.encode import DATA, MAX_PIECES, MODEL, TOKENIZER, Encoder
from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parser
from reportedly.extract.status_cues import StatusCues
from reportedly.pipeline import Reader
from reportedly.records.document import Document
from reportedly.records.spans import Span


def measure_ablation(
    gold: Path, readers: dict[str, Reader], parser: Parser, lexicon: EventLexicon, cues: StatusCues, encoder: Encoder
) -> dict[str, dict[str, float]]:
    """Measure each way of reading.

    Args:
        gold: Root of the gold.
        readers: By way: ``rules`` without, ``both`` with the encoder.
        parser: Opened.
        lexicon: From ``open_events``.
        cues: From ``open_status``.
        encoder: Opened.

    Returns:
        Figure by way; what a way cannot do is left out.
    """
    scorer = load_scorer(gold, "score_claims")
    coded = scorer.load(gold / "claims" / "dev.jsonl")
    found: dict[str, dict[str, float]] = {}
    for way in WAYS:
        predicted = predict_claims(gold, readers[way]) if way in readers else _predict_alone(gold, parser)
        scores = scorer.score({doc: claims for doc, claims in coded.items() if doc in predicted}, predicted)
        found[way] = {level: scores[level]["F1"] for level in ("mention", "event", "claim", "strict")}
        found[way] |= {"status": scores["status_macro_F1"], "status_coarse": scores["status_coarse_macro_F1"]}
    for way, by in (("rules", None), ("both", encoder)):
        types, _ = measure_event_type(gold, parser, lexicon, cues, by)
        factuality, _ = measure_set(gold, "UW", parser, cues, by) or ({}, {})
        found[way] |= {"plv": types["macro_f1"]} | {f"uw_{name}": value for name, value in factuality.items()}
    return found


def _predict_alone(gold: Path, parser: Parser) -> dict[str, list[dict[str, Any]]]:
    tagger = _Tagger()
    docs = json.loads((gold / "claims" / "dev_docs.json").read_text(encoding="utf-8"))
    predicted: dict[str, list[dict[str, Any]]] = {}
    for doc in docs:
        text = doc["text"]
        sentences = [sentence.span for sentence in parser.parse(Document(id="eval", text=text)).sentences]
        predicted[doc["doc"]] = [claim for sentence in sentences for claim in tagger.tag(text, sentence)]
    return predicted


class _Tagger:
    """The graph that ships, all its heads at hand."""

    def __init__(self) -> None:
        place = files("reportedly.extract").joinpath(DATA)
        self._session = onnxruntime.InferenceSession(
            place.joinpath(MODEL).read_bytes(), providers=["CPUExecutionProvider"]
        )
        self._labels = json.loads(self._session.get_modelmeta().custom_metadata_map["labels"])
        self._tokenizer = Tokenizer.from_str(place.joinpath(TOKENIZER).read_text(encoding="utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)

    def tag(self, text: str, sentence: Span) -> Iterator[dict[str, Any]]:
        """Give the triggers of a sentence as coded claims."""
        encoding = self._tokenizer.encode(sentence.slice(text))
        ids = np.array([encoding.ids])
        names = ["anchors", "types", "statuses"]
        anchors, types, statuses = self._session.run(names, {"ids": ids, "mask": np.ones_like(ids)})
        label = self._labels["anchors"].index("trigger")
        for first, last in _find_runs(anchors[0].argmax(-1).tolist(), 1 + 2 * label, 2 + 2 * label):
            yield {
                "start": sentence.start + encoding.offsets[first][0],
                "end": sentence.start + encoding.offsets[last - 1][1],
                "type": self._labels["types"][int(types[0, first].argmax())],
                "actor": [],
                "recipient": [],
                "status": self._labels["statuses"][int(statuses[0, first].argmax())],
                "stage": None,
                "mode": None,
                "hedged": False,
                "sources": [],
                "place": None,
                "date": None,
                "figures": {},
            }


def _find_runs(tags: Sequence[int], begin: int, inside: int) -> Iterator[tuple[int, int]]:
    for first, tag in enumerate(tags):
        if tag == begin:
            last = first + 1
            while last < len(tags) and tags[last] == inside:
                last += 1
            yield first, last
