"""Attribution against PolNeAR: whole attributions in documents, and roles as token labels."""

import io
import json
import re
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.bootstrap import interval
from eval.scorers import load_scorer
from reportedly.extract.attribution import AttributionCues, find_attributions
from reportedly.extract.mentions import Attribution
from reportedly.extract.parse import Parser
from reportedly.records.document import Document
from reportedly.records.spans import Span

_OPENING_MARK = re.compile(r"(?:``|''|[\"“‘])\s?$")
_CLOSING_MARK = re.compile(r"\s?(?:''|[\"”’])(?!\w)")


def read_attributions(text: str, parser: Parser, cues: AttributionCues) -> tuple[Attribution, ...]:
    """Parse a text and find its attributions."""
    document = Document(id="eval", text=text)
    return find_attributions(parser.parse(document), document, cues)


def measure_polnear(
    gold: Path, parser: Parser, cues: AttributionCues, split: str = "dev"
) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Score linked F1 (`+source`) of ``score_polnear.py`` on a part of PolNeAR, with its bootstrap interval."""
    scorer = load_scorer(gold, "score_polnear")
    counts = []
    with tempfile.TemporaryDirectory() as folder:
        archive = (gold / "attribution" / "polnear_train_dev.tar.gz").read_bytes()
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        for text, by in scorer.read_gold(Path(folder) / "data", split).values():
            predicted = [as_roles(item, text) for item in flatten(read_attributions(text, parser, cues))]
            counts.append(scorer.count(text, by[min(by)], predicted))

    def linked(sample: Sequence[Any]) -> float:
        return float(scorer.report(list(sample))["link +source"]["f1"])

    return {"linked_f1": linked(counts)}, {"attribution.linked_f1": interval(counts, linked, rounds=100)}


def flatten(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions that PolNeAR's scheme holds.

    There a token plays one role in one attribution: what is attributed within the content of another is left
    unmarked, and a quotation carried over without a cue is none of its own.
    """

    def size(item: Attribution) -> int:
        return sum(span.end - span.start for span in item.content)

    kept: list[Attribution] = []
    for item in sorted(attributions, key=size, reverse=True):
        inside = any(item.cue and span.covers(item.cue) for other in kept for span in other.content)
        if item.kind != "carried" and not inside:
            kept.append(item)
    return kept


def as_roles(attribution: Attribution, text: str) -> dict[str, list[tuple[int, int]]]:
    """Return source, cue and content as PolNeAR marks them: the quotation marks belong to the content."""
    return {
        "source": [(attribution.source.start, attribution.source.end)] if attribution.source else [],
        "cue": [(attribution.cue.start, attribution.cue.end)] if attribution.cue else [],
        "content": [_with_marks(span, text) for span in attribution.content],
    }


def _with_marks(span: Span, text: str) -> tuple[int, int]:
    opening = _OPENING_MARK.search(text, max(0, span.start - 3), span.start)
    closing = _CLOSING_MARK.match(text, span.end)
    return (opening.start() if opening else span.start, closing.end() if closing else span.end)


def measure_bio(gold: Path, parser: Parser, cues: AttributionCues) -> dict[str, float]:
    """Score exact source, cue and content spans of ``score_bio.py`` over tokenised sentences."""
    scorer = load_scorer(gold, "score_bio")
    rows = [
        json.loads(line)
        for line in (gold / "attribution" / "polnear_bio" / "valid.txt").read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    predicted = []
    for row in rows:
        text, offsets = join_tokens(row["tokens"])
        predicted.append(_label(text, offsets, flatten(read_attributions(text, parser, cues))))
    scores = scorer.score([row["labels"] for row in rows], predicted)
    return {f"{role}_f1": scores[role]["exact_f1"] / 100 for role in ("source", "cue", "content")}


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Join tokens with single blanks; the text and the span of each token."""
    spans, position = [], 0
    for token in tokens:
        spans.append(Span(position, position + len(token)))
        position += len(token) + 1
    return " ".join(tokens), spans


def _label(text: str, offsets: Sequence[Span], attributions: Sequence[Attribution]) -> list[str]:
    labels = ["O"] * len(offsets)
    for item in attributions:
        roles = as_roles(item, text)
        for role in ("content", "source", "cue"):
            for start, end in roles[role]:
                inside = [i for i, span in enumerate(offsets) if span.overlaps(Span(start, max(end, start + 1)))]
                for i in inside:
                    labels[i] = ("B-" if i == inside[0] else "I-") + role
    return labels
