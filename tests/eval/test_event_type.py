"""Marked sentences, the choice between events, and PLV's roots."""

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.event_type import MarkedSentence, as_plv, choose_event, measure_event_type, read_plv
from eval.gold import gold_path
from reportedly.extract.events import find_events, open_events
from reportedly.extract.parse import Parse, Parser
from reportedly.extract.status import open_status, read_status
from reportedly.records.document import Document
from reportedly.records.spans import Span


def test_markers_are_taken_out_and_their_places_kept(tmp_path: Path) -> None:
    path = tmp_path / "plv.tsv"
    path.write_text(
        "uid\tgold_penta\tgold_root\tmarked_sentence\n"
        "1\t4\tASSAULT\tOn Monday <s>Northland</s> bombed <t>the port</t>.\n"
        "2\t1\tAGREE\t<s>Northland agreed to <t>free</t> them\n",
        encoding="utf-8",
    )
    whole, broken = read_plv(path)
    assert whole.text == "On Monday Northland bombed the port."
    assert [span.slice(whole.text) for span in (*whole.source, *whole.target)] == ["Northland", "the port"]
    assert (whole.root, whole.quad) == ("ASSAULT", "4")
    assert [span.slice(broken.text) for span in broken.source] == ["Northland agreed to free them"]


def _mark(text: str, source: str, target: str) -> MarkedSentence:
    spans = [(Span(text.index(part), text.index(part) + len(part)),) for part in (source, target)]
    return MarkedSentence(text, spans[0], spans[1], "", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "source", "target", "expected"),
    [
        ("Northland bombed Southland after rebels kidnapped a judge.", "Northland", "Southland", "bombed"),
        ("Northland bombed Southland after rebels kidnapped a judge.", "rebels", "a judge", "kidnapped"),
    ],
)
def test_the_event_between_the_pair_is_chosen(
    read_parse: Callable[[str], Parse], text: str, source: str, target: str, expected: str
) -> None:
    parse = read_parse(text)
    events = find_events(parse, Document(id="test", text=text), open_events())
    chosen = choose_event(parse, events, _mark(text, source, target))
    assert chosen is not None
    assert chosen.trigger.value == expected
    assert choose_event(parse, (), _mark(text, source, target)) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("Northland imposed sanctions on Southland.", "COERCE"),
        ("Northland expelled the ambassador of Southland.", "SANCTION"),
        ("A court in Northland convicted the editor.", "ACCUSE"),
        ("Northland hacked the parliament of Southland.", "ASSAULT"),
        ("Northland released the pilots.", "YIELD"),
        ("Northland apologised to Southland.", "SUPPORT"),
        ("Northland will meet Southland.", "AGREE"),
        ("Northland did not release the pilots.", "REJECT"),
    ],
)
def test_our_types_are_called_as_plv_calls_them(read_parse: Callable[[str], Parse], text: str, root: str) -> None:
    parse, document = read_parse(text), Document(id="test", text=text)
    (event,) = find_events(parse, document, open_events())
    assert as_plv(event, read_status(parse, event, (), document, open_status()), text) == root


@pytest.mark.slow
@pytest.mark.gold
def test_the_development_part_is_above_its_floor(parser: Parser) -> None:
    if not gold_path("event_type", "plv_dev.tsv").is_file():
        pytest.skip("gold is not here: event_type/plv_dev.tsv")
    figures, intervals = measure_event_type(gold_path(), parser, open_events(), open_status())
    assert figures["macro_f1"] > 0.68
    low, high = intervals["event_type.macro_f1"]
    assert low < figures["macro_f1"] < high
