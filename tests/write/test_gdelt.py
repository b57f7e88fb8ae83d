"""Cells of GDELT: dates, codes of countries and deaths as its own files have them."""

from collections.abc import Iterator

import msgspec
import pytest

from reportedly.records.claim import Scope
from reportedly.records.event import FigureHistory
from reportedly.records.grounding import CalendarInterval, GroundedActor
from reportedly.records.ontology import open_ontology
from reportedly.store.base import View
from reportedly.write.gather import Told, find_told
from reportedly.write.gdelt import Cameo, make_event
from reportedly.write.parties import open_parties
from tests.write import world
from tests.write.ledger import open_view


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_view(tmp_path_factory.mktemp("world")) as opened:
        yield opened


def make(view: View, actors: tuple[str, ...] = (), **changes: object) -> dict[str, str]:
    """The cells of the strike on Port Selim by ``actors``, which are codes, with other fields of the event changed."""
    (told,) = find_told(view, [world.name_claim("strike")])
    first = told.claims[0]
    grounding = msgspec.structs.replace(first.grounding, actors=tuple(GroundedActor(code, (code,)) for code in actors))
    event = msgspec.structs.replace(told.event, actors=actors, **changes)
    claims = (msgspec.structs.replace(first, grounding=grounding), *told.claims[1:])
    return make_event(Told(event, claims), claims, open_ontology(), open_parties(), Cameo())


@pytest.mark.parametrize(
    ("day", "fraction"), [("2016-07-01", "2016.4959"), ("2017-06-01", "2017.4137"), ("2007-07-04", "2007.5041")]
)
def test_a_day_is_the_part_of_its_year_that_rows_of_gdelt_have(view: View, day: str, fraction: str) -> None:
    cells = make(view, interval=CalendarInterval(day, day, "day", day))
    assert (cells["Day"], cells["FractionDate"]) == (day.replace("-", ""), fraction)


@pytest.mark.parametrize(("code", "cameo"), [("ROU", "ROM"), ("TLS", "TMP"), ("MNE", "MTN"), ("IMN", "IMY")])
def test_countries_bear_the_codes_of_cameo(view: View, code: str, cameo: str) -> None:
    cells = make(view, actors=(f"{code}/MIL",))
    assert (cells["Actor1Code"], cells["Actor1CountryCode"]) == (f"{cameo}MIL", cameo)


@pytest.mark.parametrize(
    ("group", "cells"),
    [("Hamas", ("PSEREB", "PSE", "REB")), ("Fatah", ("PSE", "PSE", "")), ("Islamic State", ("REB", "", "REB"))],
)
def test_a_group_has_the_code_of_its_home_and_kind(view: View, group: str, cells: tuple[str, str, str]) -> None:
    made = make(view, actors=(group,))
    assert tuple(made[f"Actor1{name}Code"] for name in ("", "Country", "Type1")) == cells


@pytest.mark.parametrize(
    ("scope", "low", "high", "code"),
    [
        (Scope.THIS, 13, None, "186"),
        (Scope.THIS, None, 20, "185"),
        (Scope.THIS, 0, 0, "185"),
        (Scope.SERIES, 13, 13, "185"),
    ],
)
def test_only_a_death_in_the_event_itself_makes_it_deadly(
    view: View, scope: Scope, low: int | None, high: int | None, code: str
) -> None:
    figures = (FigureHistory("killed", scope, low, high, ()),)
    assert make(view, modes=("targeted",), contexts=(), figures=figures)["EventCode"] == code
