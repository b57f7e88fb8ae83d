"""Time expressions against TimeBank and AQUAINT."""

import io
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.bootstrap import interval
from eval.scorers import load_scorer
from reportedly.extract.parse import Parser
from reportedly.extract.times import TimeLexicon, find_times
from reportedly.ground.times import find_anchor, find_value
from reportedly.records.document import Document, Publication, TimePrecision


def measure_times(
    gold: Path, parser: Parser, lexicon: TimeLexicon
) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Score value F1 of ``score_time.py``; the document creation time stands for the publication time."""
    scorer = load_scorer(gold, "score_time")
    predicted: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        archive = (gold / "time" / "timebank_aquaint.tar.gz").read_bytes()
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        coded = {path.stem: scorer.parse_tml(str(path)) for path in sorted(Path(folder).rglob("*.tml"))}
    for name, item in coded.items():
        predicted[name] = _predict(item["text"], item["dct"], parser, lexicon)
    docs = sorted(coded)

    def value_f1(sample: Sequence[str]) -> float:
        gold_docs = {f"{doc}~{copy}": coded[doc] for copy, doc in enumerate(sample)}
        pred_docs = {f"{doc}~{copy}": predicted[doc] for copy, doc in enumerate(sample)}
        return float(scorer.score(gold_docs, pred_docs)["value_F1"])

    return {"value_f1": value_f1(docs)}, {"time.value_f1": interval(docs, value_f1, rounds=100)}


def _predict(text: str, created: str | None, parser: Parser, lexicon: TimeLexicon) -> list[dict[str, Any]]:
    published = None
    if created is not None and len(created) >= 10:
        published = Publication(created[:10], TimePrecision.DAY, False, "given", True)
    document = Document(id="eval", text=text, published=published)
    found = []
    for mention in find_times(parser.parse(document), document, lexicon):
        timex, span = mention.field.value, mention.field.span
        if span is not None:
            value = find_value(timex, find_anchor(document))
            found.append({"start": span.start, "end": span.end, "type": timex.kind.value, "value": value or ""})
    return found
