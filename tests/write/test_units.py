"""Figures of civilians and of soldiers are different counts, and say so wherever they are shown."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from reportedly.records.claim import Scope
from reportedly.records.event import Event, FigureHistory, FigureReading
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.store import open_store
from reportedly.store.base import View
from reportedly.write.acled import _tag
from reportedly.write.atom import summarise
from reportedly.write.dossier import make_dossier_page
from reportedly.write.dossier.model import make_tolls
from reportedly.write.export import write_export
from reportedly.write.gather import find_told
from reportedly.write.ledger import make_console
from reportedly.write.listing import print_events
from reportedly.write.showing import show_event
from reportedly.write.table import encode_header, encode_rows
from tests.write import world
from tests.write.ledger import fill


def make_event() -> Event:
    """The strike: a hospital and a paper count civilians, the paper and a ministry soldiers."""
    hit, toll = world.name_claim("hit"), world.name_claim("toll")
    civilians = (
        FigureReading("city hospital", hit, "2025-11-04", 13, None),
        FigureReading("Coast Daily", toll, "2025-11-05", 20, 20),
    )
    soldiers = (
        FigureReading("city hospital", hit, "2025-11-04", 5, 5),
        FigureReading("Coast Daily", toll, "2025-11-06", 7, 7),
    )
    figures = (
        FigureHistory("killed", Scope.THIS, 13, 20, civilians, "civilians"),
        FigureHistory("killed", Scope.SERIES, 5, 7, soldiers, "soldiers"),
    )
    return msgspec.structs.replace(world.make_events()[0], figures=figures)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_store(str(tmp_path_factory.mktemp("world") / "world.db")) as store:
        fill(store)
        with store.writing() as writer:
            writer.put_events([make_event()])
        with store.reading() as opened:
            yield opened


def test_tables_have_the_unit(view: View, tmp_path: Path) -> None:
    write_export(view, ClaimQuery(), "csv", tmp_path)
    figures = list(csv.DictReader((tmp_path / "figures.csv").open(encoding="utf-8")))
    assert [row["unit"] for row in figures] == ["civilians", "civilians", "soldiers", "soldiers"]
    events = list(csv.DictReader((tmp_path / "events.csv").open(encoding="utf-8")))
    assert events[0]["figures"] == "killed 13..20 (civilians); killed 5..7 (soldiers, series)"
    claims = list(csv.DictReader((tmp_path / "claims.csv").open(encoding="utf-8")))
    assert "killed 20..20 (people)" in {row["figures"] for row in claims}


def test_a_single_report_has_the_unit(report: Report) -> None:
    claim = report.claims[1]
    (figure,) = claim.figures
    counted = msgspec.structs.replace(figure, value=msgspec.structs.replace(figure.value, unit="air raids"))
    changed = msgspec.structs.replace(
        report, claims=(report.claims[0], msgspec.structs.replace(claim, figures=(counted,)))
    )
    rows = list(csv.DictReader(io.StringIO(encode_header() + encode_rows(changed))))
    assert rows[1]["figures"] == "raids 13.. (air raids)"


def test_graphs_and_feeds_have_the_unit(view: View, tmp_path: Path) -> None:
    write_export(view, ClaimQuery(), "jsonld", tmp_path / "claims.jsonld")
    graph = json.loads((tmp_path / "claims.jsonld").read_bytes())
    event = next(node for node in graph["@graph"] if node["id"].endswith(make_event().id))
    assert [figure["unit"] for figure in event["figure"]] == ["civilians", "soldiers"]
    assert "unit" in graph["@context"]
    (told,) = find_told(view, [make_event().id])
    words = list(summarise(told))
    assert "killed (civilians): 13 to 20" in words
    assert "killed (soldiers) so far: 5 to 7" in words
    assert "killed (civilians) this=13..20" in _tag(told)


def test_terminals_name_the_unit(view: View) -> None:
    out = io.StringIO()
    console = make_console(out, 200)
    print_events([make_event()], console)
    show_event(view, make_event(), console)
    assert "killed (civilians) 13–20 (2 sources)" in out.getvalue()
    assert "killed (soldiers) so far 5–7 (2 sources)" in out.getvalue()
    assert "KILLED (civilians): 13–20" in out.getvalue()
    assert "KILLED (soldiers), series: 5–7" in out.getvalue()


def test_a_dossier_keeps_units_apart(view: View) -> None:
    (told,) = find_told(view, [make_event().id])
    assert [(toll.key, len(toll.lines)) for toll in make_tolls(told, {})] == [
        ("killed (civilians)", 2),
        ("killed (soldiers)", 2),
    ]
    page = make_dossier_page(view, "Port Selim")
    assert "Killed (civilians): 13 to 20 killed (civilians)" in page
    assert page.count("<svg") == 4  # two in the index, two beside the event
