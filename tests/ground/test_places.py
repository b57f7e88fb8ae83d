"""Place names to places: containment, company, adjectives, and names that no list holds."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.ground.gazetteer import Gazetteer
from reportedly.ground.places import find_home, ground_places
from reportedly.records.claim import Place, PlaceRole
from reportedly.records.document import Document
from reportedly.records.grounding import GroundedPlace, PlaceCandidate
from reportedly.records.spans import Field, Span

TEXT = (
    "Floods closed roads around Paris, Texas, on Monday. Crews came from Dallas. "
    "Officials in Houston and a Canadian team sent pumps to the Qwxyz Bridge near Paris."
)
NAMES = ("Paris", "Texas", "Dallas", "Houston", "Canadian", "Qwxyz Bridge")


def _fields(text: str, names: Sequence[str]) -> list[Field[Place]]:
    fields = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            by = {"Canadian": "rule:demonym", "Qwxyz Bridge": "rule:facility"}.get(name, "rule:name")
            fields.append(Field(Place(name, PlaceRole.MENTION), Span(start, start + len(name)), by, 0.9))
            start = text.find(name, start + 1)
    return fields


def _ground(gazetteer: Gazetteer, text: str, names: Sequence[str], address: str | None = None) -> list[GroundedPlace]:
    found = ground_places(_fields(text, names), Document(id="d", text=text, address=address), gazetteer)
    return [found[span] for span in sorted(found)]


def _best(places: Sequence[GroundedPlace], name: str) -> PlaceCandidate:
    return next(place.candidates[0] for place in places if place.text == name)


@pytest.mark.slow
def test_a_region_beside_a_name_decides(gazetteer: Gazetteer) -> None:
    places = _ground(gazetteer, TEXT, NAMES)
    assert [place.text for place in places].count("Paris") == 2
    assert {p.candidates[0].admin for p in places if p.text == "Paris"} == {"US.TX"}
    assert _best(places, "Canadian").country == "CA"
    assert _best(places, "Canadian").kind == "country"


@pytest.mark.slow
def test_a_name_alone_is_the_best_known_place(gazetteer: Gazetteer) -> None:
    text = "Talks opened in Paris."
    best = _best(_ground(gazetteer, text, ["Paris"]), "Paris")
    assert (best.country, best.kind) == ("FR", "capital")
    assert best.radius_km > 5


@pytest.mark.slow
def test_company_and_address_decide_between_namesakes(gazetteer: Gazetteer) -> None:
    text = "Cordoba was calm. Police from Rosario and Mendoza had come, as Argentine papers wrote."
    alone = _best(_ground(gazetteer, "Córdoba was calm.", ["Córdoba"], "https://example.es/1"), "Córdoba")
    assert alone.country == "ES"
    assert _best(_ground(gazetteer, text, ["Cordoba", "Rosario", "Mendoza"]), "Cordoba").country == "AR"


@pytest.mark.slow
def test_a_name_of_no_list_takes_the_area_it_is_named_with(gazetteer: Gazetteer) -> None:
    inside = _best(_ground(gazetteer, TEXT, NAMES), "Qwxyz Bridge")
    assert inside.kind == "within"
    assert inside.admin == "US.TX"
    assert inside.radius_km >= 10
    assert inside.score < 0.5
    assert _ground(gazetteer, "Shots rang out at Qwxyz Bridge.", ["Qwxyz Bridge"])[0].candidates == ()


@pytest.mark.slow
def test_candidates_stand_best_first_and_are_areas(gazetteer: Gazetteer) -> None:
    for place in _ground(gazetteer, TEXT, NAMES):
        scores = [candidate.score for candidate in place.candidates]
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) <= 1.01
        assert all(candidate.radius_km >= 1 for candidate in place.candidates)


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.permutations(_fields(TEXT, NAMES)))
def test_the_order_of_mentions_does_not_matter(gazetteer: Gazetteer, order: list[Field[Place]]) -> None:
    document = Document(id="d", text=TEXT)
    assert ground_places(order, document, gazetteer) == ground_places(_fields(TEXT, NAMES), document, gazetteer)


@pytest.mark.slow
def test_no_names_no_places(gazetteer: Gazetteer) -> None:
    spanless = Field(Place("Paris", PlaceRole.MENTION), None, "rule:name")
    assert ground_places([], Document(id="d", text=TEXT), gazetteer) == {}
    assert ground_places([spanless], Document(id="d", text=TEXT), gazetteer) == {}


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("https://example.co.uk/a", "GB"),
        ("https://www.example.ie/a", "IE"),
        ("https://example.com/a", None),
        ("https://example.tv/a", None),
        ("reports/a.txt", None),
        (None, None),
    ],
)
def test_the_home_of_an_address(address: str | None, country: str | None) -> None:
    assert find_home(Document(id="d", text="x", address=address)) == country
