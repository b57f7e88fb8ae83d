"""Place names against GeoWebNews and LGL, and the place of an event against sentences coded by others."""

import gzip
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.bootstrap import SEED, interval
from eval.scorers import load_scorer
from reportedly.extract.decide import MIN_SCORE
from reportedly.extract.mentions import EventMention
from reportedly.extract.parse import Parse, Parser
from reportedly.extract.places import PlaceLexicon, ToponymIndex, find_places, propose_places
from reportedly.ground.gazetteer import Gazetteer
from reportedly.ground.places import ground_places
from reportedly.records.claim import PlaceRole
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

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


def measure_event_place(
    gold: Path, parser: Parser, lexicon: PlaceLexicon, names: ToponymIndex, sample: int = 1000
) -> dict[str, float]:
    """Score the place of a given verb's event, over a fixed sample of the sentences that have one.

    Right where the span of the best ``event`` candidate overlaps a coded place. The verb stands for the event with the
    type ASSAULT, as most of these sentences tell of violence; spans are those of the coded tokens.
    """
    with gzip.open(gold / "places" / "event_location_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if any(span["label"] == "LOCATION" for span in row["spans"])]
    rows = random.Random(SEED).sample(rows, min(sample, len(rows)))
    right = sum(_is_right(row, parser, lexicon, names) for row in rows)
    return {"exact": right / len(rows)}


def _is_right(row: Mapping[str, Any], parser: Parser, lexicon: PlaceLexicon, names: ToponymIndex) -> bool:
    document = Document(id="eval", text=row["text"])
    parse = parser.parse(document)
    starts = _token_starts(row)
    verbs = [span for span in row["spans"] if span["label"] == "VERB"]
    coded = [
        Span(starts[span["token_start"]], starts[span["token_end"]] + len(row["tokens"][span["token_end"]]))
        for span in row["spans"]
        if span["label"] == "LOCATION"
    ]
    at = parse.tokens_in(Span(starts[verbs[0]["token_start"]], starts[verbs[0]["token_start"]] + 1)) if verbs else []
    if not at:
        return False
    trigger = Field(at[0].text, at[0].span, "eval")
    event = EventMention(at[0].i, trigger, (Field(EventType.ASSAULT, at[0].span, "eval"),), at[0].span)
    places = find_places(parse, document, names, lexicon)
    fields = propose_places(parse, event, places, document, lexicon)
    best = next((field for field in fields if field.value.role is PlaceRole.EVENT), None)
    return best is not None and best.span is not None and any(best.span.overlaps(span) for span in coded)


def _token_starts(row: Mapping[str, Any]) -> list[int]:
    """Find the tokens in the text in order: the character offsets of this set drift from it."""
    starts, at = [], 0
    for token in row["tokens"]:
        found = row["text"].find(token, at)
        at = found if found >= 0 else at
        starts.append(at)
        at += len(token) if found >= 0 else 0
    return starts
