"""Codes and precisions of other projects: complete, and no finer than what is known."""

import csv
import io
import json
import math
from collections import Counter
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.records.claim import Scope
from reportedly.records.event import Event, FigureHistory
from reportedly.records.grounding import CalendarInterval
from reportedly.records.ontology import EventType, open_ontology
from reportedly.write import acled, ucdp
from reportedly.write.countries import open_countries
from reportedly.write.gdelt import Cameo, number_id, stamp, write_cells
from reportedly.write.geojson import Box
from reportedly.write.parties import Party, open_parties
from reportedly.write.places import round_degrees
from tests.write import world

ROOTS = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "CONCEDE": "08", "COOPERATE": "06", "AID": "07", "RETREAT": "08",
    "REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "SANCTION": "16",
    "MOBILIZE": "15", "COERCE": "17", "ASSAULT": "18",
}  # fmt: skip


def test_every_type_and_mode_has_a_cameo_code() -> None:
    cameo, ontology = Cameo(), open_ontology()
    for event_type, entry in ontology.types.items():
        assert cameo.find(event_type.value, (), ())[:2] == ROOTS[event_type.value]
        for mode in entry.modes:
            code = cameo.find(event_type.value, (mode,), ())
            assert 3 <= len(code) <= 4
            assert 1 <= int(code[:2]) <= 20
            rows = files("reportedly.write").joinpath("data/cameo.csv").read_text(encoding="utf-8")
            assert f"\n{event_type.value},{mode}," in rows or mode == "multilateral", mode


def test_the_first_context_that_narrows_a_code_counts() -> None:
    cameo = Cameo()
    assert cameo.find("AID", (), ("legal", "military")) == "072"
    assert cameo.find("ASSAULT", ("targeted",), ("killed", "military")) == "186"
    assert cameo.find("ASSAULT", (), ("military",)) == "190"
    assert cameo.find("COERCE", ("unheard", "seize"), ("territory",)) == "192"


def test_acled_rules_name_known_types_and_modes() -> None:
    text = files("reportedly.write").joinpath("data/acled.csv").read_text(encoding="utf-8")
    ontology = open_ontology()
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        assert not row["mode"] or row["mode"] in ontology.types[EventType(row["type"])].modes


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        ("Protesters", None, "Protesters only"),
        ("Rebel group", "State forces", "State forces-Rebel group"),
        ("Civilians", "Rioters", "Rioters-Civilians"),
        ("Civilians", "External/Other forces", "External/Other forces-Civilians"),
        ("External/Other forces", "Protesters", "Protesters-External/Other forces"),
        ("State forces", "State forces", "State forces-State forces"),
        ("State forces", "", ""),
        ("", "Civilians", ""),
        ("", None, ""),
    ],
)
def test_interactions_are_those_of_acled(one: str, other: str | None, pair: str) -> None:
    assert acled.pair_kinds(one, other) == pair


def test_every_kind_of_actor_stands_in_a_pair() -> None:
    parties = open_parties()
    kinds = {row[1] for row in parties.sectors.values()} | {row[0] for row in parties.group_kinds.values()}
    for kind in kinds:
        assert acled.pair_kinds(kind, "Civilians") == f"{kind}-Civilians"


def test_violent_demonstrations_are_demonstrations() -> None:
    rules = acled._open_rules()
    disorder = {rule.sub_event_type: rule.disorder_type for rule in rules}
    assert disorder["Violent demonstration"] == "Demonstrations"
    assert disorder["Excessive force against protesters"] == "Political violence; Demonstrations"


def test_countries_are_unique_and_agree_with_the_codes_of_grounding() -> None:
    countries = open_countries()
    text = files("reportedly.ground").joinpath("data/country_codes.csv").read_text(encoding="utf-8")
    known = {
        row["code"]: row["alpha2"]
        for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    }
    assert {code: country.alpha2 for code, country in countries.by_code.items()} == known
    for field in ("alpha2", "numeric", "fips", "name"):
        counts = Counter(getattr(country, field) for country in countries.by_code.values())
        assert [value for value, number in counts.items() if value and number > 1] == []
    # FIPS and ISO part here, and are often confused.
    pairs = {"VEN": "VE", "DEU": "GM", "UKR": "UP", "AUS": "AS", "AUT": "AU", "CHN": "CH", "CHE": "SZ", "IRQ": "IZ"}
    assert {code: countries.by_code[code].fips for code in pairs} == pairs
    assert countries.find("the united states") == countries.by_code["USA"]
    assert countries.find("cote d'ivoire") is None or countries.find("Ivory Coast") is not None


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_ids_become_numbers_of_63_bits_and_stay_apart(one: bytes, other: bytes) -> None:
    assert 0 <= number_id(one.hex()) < 2**63
    if one[:7] != other[:7]:
        assert number_id(one.hex()) != number_id(other.hex())


def test_cells_of_gdelt_hold_no_tab_and_no_line_feed() -> None:
    out = io.BytesIO()
    write_cells(out, ["a\tb", "c\r\nd", "", "“e”"])
    assert out.getvalue().decode() == "a b\tc d\t\t“e”\n"


def test_cells_of_gdelt_are_no_formulas() -> None:
    out = io.BytesIO()
    write_cells(out, ['=HYPERLINK("https://example.org")', "-64.2", "+1", "-1+1"])
    assert out.getvalue().decode() == "'=HYPERLINK(\"https://example.org\")\t-64.2\t'+1\t'-1+1\n"


def test_instants_are_stamped_to_the_second() -> None:
    assert stamp("2025-11-10T08:05:09.123456Z") == "20251110080509"


@given(st.floats(-180, 180, allow_nan=False), st.floats(0.1, 3000, allow_nan=False))
def test_a_coordinate_is_never_finer_than_its_place(degrees: float, radius_km: float) -> None:
    rounded = round_degrees(degrees, radius_km)
    step = 0.1 if radius_km >= 100 else 0.01 if radius_km >= 10 else 0.001
    assert math.isclose(rounded / step, round(rounded / step), abs_tol=1e-6)
    assert abs(rounded - degrees) <= step


def day(start: str | None, end: str | None) -> CalendarInterval:
    return CalendarInterval(start, end, "day", "x")


@pytest.mark.parametrize(
    ("interval", "in_acled", "in_ucdp"),
    [
        (None, None, None),
        (day("2025-11-03", None), None, None),
        (day("2025-11-03", "2025-11-03"), 1, 1),
        (day("2025-11-03", "2025-11-05"), 2, 2),
        (day("2025-11-03", "2025-11-09"), 2, 3),
        (day("2025-11-01", "2025-11-30"), 3, 4),
        (day("2025-01-01", "2025-12-31"), None, 5),
        (day("2020-01-01", "2029-12-31"), None, None),
    ],
)
def test_dates_keep_their_precision(interval: CalendarInterval, in_acled: int | None, in_ucdp: int | None) -> None:
    dated, deadly = acled.date_event(interval), ucdp.date_event(interval)
    assert (dated[1] if dated else None) == in_acled
    assert (deadly[2] if deadly else None) == in_ucdp


def _make_toll(*figures: tuple[int | None, int | None, str | None]) -> Event:
    histories = tuple(FigureHistory("killed", Scope.THIS, low, high, (), unit) for low, high, unit in figures)
    return msgspec.structs.replace(world.make_events()[0], type=EventType.ASSAULT, figures=histories)


@pytest.mark.parametrize(
    ("figures", "deaths"),
    [
        ([(12, 12, None)], ucdp.Deaths(12, 12, 12)),
        ([(12, 12, None), (12, 12, "civilians")], ucdp.Deaths(12, 12, 12)),
        ([(12, 12, None), (20, 20, None)], ucdp.Deaths(12, 20, None)),
        ([(13, 20, None), (50, None, "civilians")], ucdp.Deaths(13, None, None)),
        ([(5, 5, "civilians"), (5, 5, "soldiers")], ucdp.Deaths(5, None, None)),
        ([(None, 12, None), (12, 12, "civilians")], ucdp.Deaths(12, 12, None)),
        ([(0, 0, None)], None),
        ([], None),
    ],
)  # fmt: skip
def test_deaths_are_never_put_together_and_an_open_bound_stays_open(
    figures: list[tuple[int | None, int | None, str | None]], deaths: ucdp.Deaths | None
) -> None:
    assert ucdp.find_deaths(_make_toll(*figures)) == deaths


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90, -180, 1), (-89.9, 179.9, 720), (90, 180, 259200), (59.91, 10.75, 299 * 720 + 382)],
)
def test_prio_grid_cells_are_counted_from_the_south_west(latitude: float, longitude: float, cell: int) -> None:
    assert ucdp.number_cell(latitude, longitude) == cell


def party(code: str) -> Party:
    return open_parties().read(code, frozenset({code}))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("ATA/MIL", "Hamas", "1"),
        ("Hamas", "Islamic State", "2"),
        ("Hamas", "ATA/CVL", "3"),
        ("ATA/MIL", "ATA/CVL", "3"),
        ("UNO", "Hamas", ""),
    ],
)
def test_violence_is_judged_by_its_sides(one: str, other: str, kind: str) -> None:
    assert ucdp.judge_violence([party(one)], [party(other)]) == kind


def test_violence_by_nobody_known_is_of_no_kind() -> None:
    assert ucdp.judge_violence([], [party("ATA/CVL")]) == ""
    assert ucdp.judge_violence([], []) == ""


def test_parties_are_named_in_words() -> None:
    assert party("ATA/MIL").name == "Military Forces of Antarctica"
    assert party("UNO").name == "United Nations"
    assert party("Hamas").kind == "group"
    assert open_parties().read("gunmen", frozenset()).code is None
    own = open_parties().read("XOR/GOV", frozenset({"XOR/GOV"}), {"XOR": "Orsenia"})
    assert (own.name, own.kind) == ("Government of Orsenia", "state")


def make_box(*points: tuple[float, float]) -> list[float] | None:
    box = Box()
    for longitude, latitude in points:
        box.add(longitude, latitude)
    return box.make()


def test_a_box_may_cross_the_antimeridian() -> None:
    assert make_box() is None
    assert make_box((10, 1)) == [10, 1, 10, 1]
    assert make_box((10, 1), (-20, 5)) == [-20, 1, 10, 5]
    assert make_box((179, 1), (-179, 2)) == [179, 1, -179, 2]
    assert make_box((-180, 0), (180, 0)) in ([180, 0, -180, 0], [-180, 0, 180, 0])


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=30))
def test_a_box_holds_every_point(points: list[tuple[float, float]]) -> None:
    west, south, east, north = make_box(*points) or (0, 0, 0, 0)
    for longitude, latitude in points:
        assert south <= latitude <= north
        inside = west <= longitude <= east if west <= east else longitude >= west or longitude <= east
        assert inside


def test_the_context_has_a_term_for_all_that_is_written_and_no_other() -> None:
    source = files("reportedly.write").joinpath("jsonld.py").read_text(encoding="utf-8")
    context = json.loads(files("reportedly.write").joinpath("data/context.jsonld").read_bytes())
    terms = context.keys() - {"schema", "r", "graph"}
    assert {term for term in terms if f'"{term}"' not in source} == set()
    graph = json.loads((Path(__file__).parent / "golden" / "jsonld.jsonld").read_bytes())["@graph"]
    written = {name for node in graph for name in node} | {node["type"] for node in graph}
    assert written <= terms
