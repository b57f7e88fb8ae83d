"""What persons write for a field is read, or refused with a list of what is allowed."""

import json

import pytest

from reportedly.deciding.corrections import KINDS, word_value
from reportedly.deciding.values import READERS, Tables, read_value
from reportedly.errors import DecisionError
from reportedly.records.report import Report


def read(field: str, value: str, report: Report, tables: Tables) -> object:
    assert report.document is not None
    return json.loads(read_value(field, value, report.claims[0], report.document, tables))


def refuse(field: str, value: str, report: Report, tables: Tables) -> str:
    with pytest.raises(DecisionError) as caught:
        read(field, value, report, tables)
    return str(caught.value)


def test_every_field_that_can_be_read_can_be_put_in() -> None:
    assert READERS.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("type", "coerce", "COERCE"),
        ("status", "Planned", "planned"),
        ("stage", "ordered", "ordered"),
        ("stage", "none", None),
        ("basis", "witnessed", "witnessed"),
        ("modes", "aerial; drone", [{"text": "aerial", "span": None}, {"text": "drone", "span": None}]),
        ("contexts", "none", []),
        ("hedged", "no", []),
        ("source", "outlet", []),
        ("place", "none", None),
        ("time", "none", None),
        ("figures.killed", "none", None),
    ],
)
def test_plain_values(field: str, value: str, expected: object, one: Report, tables: Tables) -> None:
    assert read(field, value, one, tables) == expected


@pytest.mark.parametrize(
    ("value", "low", "high", "scope", "scoped"),
    [
        ("12", 12, 12, "this", False),
        ("12-15", 12, 15, "this", False),
        ("12\u201315", 12, 15, "this", False),
        (">=12", 12, None, "this", False),
        ("12+", 12, None, "this", False),
        ("<= 12", None, 12, "this", False),
        ("60 series", 60, 60, "series", True),
    ],
)
def test_figures(
    value: str, low: int | None, high: int | None, scope: str, scoped: bool, one: Report, tables: Tables
) -> None:
    found = read("figures.killed", value, one, tables)
    assert isinstance(found, dict)
    figure = found["figure"]
    assert (figure["low"], figure["high"], figure["scope"], found["scoped"]) == (low, high, scope, scoped)


@pytest.mark.parametrize(
    ("value", "start", "end", "precision"),
    [
        ("2025-10-31", "2025-10-31", "2025-10-31", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2025-10-28/2025-11", "2025-10-28", "2025-11-30", "day"),
    ],
)
def test_times(value: str, start: str, end: str, precision: str, one: Report, tables: Tables) -> None:
    found = read("time", value, one, tables)
    assert isinstance(found, dict)
    interval = found["interval"]
    assert (interval["start"], interval["end"], interval["precision"]) == (start, end, precision)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("wings", "two", "figures.KEY"),
        ("wings", "two", "hedged"),
        ("type", "BOMB", "ASSAULT"),
        ("status", "sleeping", "undecided"),
        ("status", " ", "missing"),
        ("modes", "visit", "heavy-weapons"),
        ("contexts", "bakery", "terrorism"),
        ("figures.killed", "a dozen", "12-15"),
        ("figures.killed", "15-12", "below"),
        ("figures.killed", ">=12-15", "cannot be read"),
        ("figures.killed", "<=12+", "cannot be read"),
        ("figures.KILLED", "1", "lower-case"),
        ("time", "Friday", "2025-10-31"),
        ("time", "2025-02-30", "2025-10-31"),
        ("time", "2025-10-31/2025-10-30", "before"),
        ("hedged", "maybe", "The army shelled"),
        ("source", "the mayor", "does not stand in the document"),
        ("actors", "troops = QQQ/MIL", "MIL"),
        ("recipients", "ZZZ", "alpha-3"),
        ("actors", "= VEN", "words are missing"),
        ("actors", "; ;", "names nothing"),
        ("source", ">", "names nothing"),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(
    field: str, value: str, told: str, one: Report, tables: Tables
) -> None:
    assert told in refuse(field, value, one, tables)


def test_words_point_at_where_they_stand(one: Report, tables: Tables) -> None:
    assert one.document is not None
    hedges, chain = read("hedged", "POSSIBLY", one, tables), read("source", "medics", one, tables)
    assert isinstance(hedges, list)
    assert isinstance(chain, list)
    assert one.document.text[slice(*hedges[0]["span"].values())] == hedges[0]["text"] == "possibly"
    assert one.document.text[slice(*chain[0]["source"]["span"].values())] == "medics"


def test_a_chain_runs_from_the_outermost_source(one: Report, tables: Tables) -> None:
    chain = read("source", "the army > medics", one, tables)
    assert isinstance(chain, list)
    assert [link["source"]["text"] for link in chain] == ["The army", "medics"]


def test_parties_are_looked_up_or_given_a_code(one: Report, tables: Tables) -> None:
    parties = read("actors", "Hamas; FRA/MIL; the garrison = NLD/MIL; a stranger", one, tables)
    assert isinstance(parties, list)
    assert [party["grounded"]["codes"] for party in parties] == [["Hamas"], ["FRA/MIL"], ["NLD/MIL"], []]


@pytest.mark.slow
def test_places_are_looked_up_by_name_country_or_id(one: Report, tables: Tables) -> None:
    for value in ("Rotterdam", "Rotterdam, Netherlands", "Rotterdam, NL", "geonames:2747891", "Port geonames:2747891"):
        found = read("place", value, one, tables)
        assert isinstance(found, dict)
        assert found["candidate"]["id"] == "geonames:2747891", value


@pytest.mark.slow
def test_a_name_of_several_places_is_refused_with_their_ids(one: Report, tables: Tables) -> None:
    message = refuse("place", "Tripoli", one, tables)
    assert "geonames:2210247" in message
    assert "geonames:266826" in message
    assert "area:red-sea" in refuse("place", "Red Sea", one, tables)
    # Of neither is it known how many people live there; of a city's namesakes that often is so.
    message = refuse("place", "An Nasirah", one, tables)
    assert ", SY" in message
    assert ", YE" in message
    assert "geonames:124665" in str(read("place", "Mashhad", one, tables))
    assert "no 'Nowhereville'" in refuse("place", "Nowhereville", one, tables)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "COERCE"),
        ("status", "planned"),
        ("stage", "none"),
        ("hedged", "possibly"),
        ("source", "The army > medics"),
        ("time", "2025-10-28/2025-11"),
        ("figures.killed", ">=12"),
        ("figures.killed", "60 series"),
        ("actors", "FRA/MIL = FRA/MIL"),
        ("actors", "France and Germany"),
    ],
)
def test_values_are_told_as_they_could_be_written(field: str, value: str, one: Report, tables: Tables) -> None:
    assert one.document is not None
    kept = read_value(field, value, one.claims[0], one.document, tables)
    told = word_value(field, kept)
    assert told == value
    assert read_value(field, told, one.claims[0], one.document, tables) == kept
