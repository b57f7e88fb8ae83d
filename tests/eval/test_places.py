"""The measurement of places: token offsets, and the form that the scorer reads."""

import pytest

from eval.places import _token_starts, predict_places
from reportedly.extract.parse import Parser
from reportedly.extract.places import open_places
from reportedly.ground.gazetteer import Gazetteer
from reportedly.records.document import Document


def test_tokens_are_found_in_order() -> None:
    row = {"text": "Guards  left, and guards came.", "tokens": ["Guards", "left", ",", "and", "guards", "came", "."]}
    assert _token_starts(row) == [0, 8, 12, 14, 18, 25, 29]


@pytest.mark.slow
def test_predictions_hold_offsets_and_coordinates(parser: Parser, gazetteer: Gazetteer) -> None:
    document = Document(id="d", text="Shells hit Aleppo and Qwxyz Street.")
    spans = predict_places(document, parser.parse(document), open_places(), gazetteer)
    assert [document.text[span["start"] : span["end"]] for span in spans] == ["Aleppo", "Qwxyz Street"]
    assert abs(spans[0]["lat"] - 36.2) < 1
    assert spans[0]["geonameid"] is not None
    assert spans[1]["geonameid"] is None
