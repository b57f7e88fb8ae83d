"""Place names against GeoWebNews and LGL, and the place of an event against sentences coded by others."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.bootstrap import interval
from eval.scorers import load_scorer
from reportedly.extract.decide import MIN_SCORE
from reportedly.extract.parse import Parse, Parser
from reportedly.extract.places import PlaceLexicon, find_places
from reportedly.ground.gazetteer import Gazetteer
from reportedly.ground.places import ground_places
from reportedly.records.document import Document

SETS = {"GWN": "GWN.xml", "lgl": "lgl.xml"}
_KEYS = {"e2e161": "e2e@161", "acc161": "acc@161", "strict_f1": "strict"}

Spans = list[dict[str, Any]]


def measure_places(
    gold: Path, parser: Parser, lexicon: PlaceLexicon, gazetteer: Gazetteer
) -> tuple[dict[str, dict[str, float]], dict[str, tuple[float, float]]]:
    """Score both sets as ``score_geo.py`` does: end to end and given recognition within 161 km, and strict F1.

    Every mention of at least ``MIN_SCORE`` counts as found, with the coordinates of its best reading. The documents
    have no address and no publisher in this form, so the text alone decides.
    """
    scorer = load_scorer(gold, "score_geo")
    figures: dict[str, dict[str, float]] = {}
    intervals: dict[str, tuple[float, float]] = {}
    for name, file in SETS.items():
        coded = scorer.load(gold / "places" / file)
        predicted = {
            doc: predict_places(document, parser.parse(document), lexicon, gazetteer)
            for doc, item in coded.items()
            for document in [Document(id=doc, text=item["text"])]
        }
        figures[name] = _score(scorer, coded, predicted)

        def resampled(
            sample: Sequence[str], coded: Mapping[str, Any] = coded, predicted: Mapping[str, Spans] = predicted
        ) -> float:
            gold_docs = {f"{doc}~{copy}": coded[doc] for copy, doc in enumerate(sample)}
            pred_docs = {f"{doc}~{copy}": predicted[doc] for copy, doc in enumerate(sample)}
            return _score(scorer, gold_docs, pred_docs)["e2e161"]

        intervals[f"places.{name}.e2e161"] = interval(sorted(coded), resampled, rounds=100)
    return figures, intervals


def predict_places(document: Document, parse: Parse, lexicon: PlaceLexicon, gazetteer: Gazetteer) -> Spans:
    """Find and ground the place names of a document, in the form that the scorer reads."""
    fields = [mention.field for mention in find_places(parse, document, gazetteer, lexicon)]
    fields = [field for field in fields if field.score >= MIN_SCORE]
    spans: Spans = []
    for span, place in ground_places(fields, document, gazetteer).items():
        best = place.candidates[0] if place.candidates else None
        number = best.id.removeprefix("geonames:") if best is not None and best.kind != "within" else ""
        spans.append(
            {
                "start": span.start,
                "end": span.end,
                "lat": best.latitude if best else None,
                "lon": best.longitude if best else None,
                "geonameid": int(number) if number.isdigit() else None,
            }
        )
    return spans


def _score(scorer: Any, coded: Mapping[str, Any], predicted: Mapping[str, Spans]) -> dict[str, float]:
    scores = scorer.score(coded, predicted)
    return {
        key: float((scores[name]["F1"] if isinstance(scores[name], dict) else scores[name]) or 0.0)
        for key, name in _KEYS.items()
    }
