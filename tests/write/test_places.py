"""Only the event's own place stands for it, with the words and the reading of one and the same toponym."""

from pathlib import Path

import msgspec
import pytest

from reportedly.records.claim import Claim, Place, PlaceRole
from reportedly.records.grounding import GroundedPlace, Grounding, PlaceCandidate
from reportedly.records.ontology import open_ontology
from reportedly.records.spans import Field, Span
from reportedly.write import polecat, ucdp
from reportedly.write.gather import Told, find_told
from reportedly.write.parties import open_parties
from reportedly.write.places import find_event_place
from reportedly.write.tables import make_claim
from reportedly.write.tally import ExportOptions
from tests.write import world
from tests.write.ledger import open_view

Toponym = tuple[str, PlaceRole, PlaceCandidate | None]


def place(claim: tuple[Claim, Grounding], *places: Toponym) -> tuple[Claim, Grounding]:
    """The claim with these places in the stead of its own."""
    fields = tuple(Field(Place(words, role), Span(0, 4), "rule:in") for words, role, _ in places)
    grounded = tuple(GroundedPlace(words, (known,) if known else ()) for words, _, known in places)
    return msgspec.structs.replace(claim[0], places=fields), msgspec.structs.replace(claim[1], places=grounded)


EVENT, DATELINE, MENTION = PlaceRole.EVENT, PlaceRole.DATELINE, PlaceRole.MENTION


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ((), None),
        ((("OSLO", DATELINE, world.OSLO), ("the sea", MENTION, world.SEA)), None),
        ((("OSLO", DATELINE, world.OSLO), ("the quay", EVENT, None)), ("the quay", None)),
        ((("the quay", EVENT, None), ("Port Selim", EVENT, world.PORT)), ("Port Selim", world.PORT)),
    ],
)
def test_the_first_place_of_the_event_that_is_known_stands_for_it(places: tuple[Toponym, ...], found: object) -> None:
    claim = world.make_claims()["attack"][0]
    assert find_event_place(*place(claim, *places)) == found


def tell(folder: Path, *places: Toponym, known: bool = True) -> Told:
    """The strike on Port Selim, told by one claim with these places."""
    with open_view(folder) as view:
        (told,) = find_told(view, [world.name_claim("strike")])
    stored = next(item for item in told.claims if item.claim.id == world.name_claim("hit"))
    claim, grounding = place((stored.claim, stored.grounding), *places)
    event = told.event if known else msgspec.structs.replace(told.event, place=None)
    return Told(event, (msgspec.structs.replace(stored, claim=claim, grounding=grounding),))


def test_formats_name_no_other_place(tmp_path: Path) -> None:
    for places, known, words in (
        ((("OSLO", DATELINE, world.OSLO), ("Port Selim", EVENT, world.PORT)), True, "Port Selim"),
        ((("OSLO", DATELINE, world.OSLO),), True, ""),
        ((("Port Selim", EVENT, world.PORT),), False, ""),
    ):
        told = tell(tmp_path, *places, known=known)
        row = polecat._make_row(told, open_ontology(), open_parties(), ExportOptions())
        assert row["Raw Placename"] == words
        assert ucdp._describe(told) == words


def test_the_table_of_claims_takes_words_and_coordinates_of_one_toponym(tmp_path: Path) -> None:
    told = tell(tmp_path, ("the quay", EVENT, None), ("Port Selim", EVENT, world.PORT))
    row = make_claim(told.best)
    assert (row.place, row.place_id, row.latitude) == ("Port Selim", "geonames:1", -70.12)
