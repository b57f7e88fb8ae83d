"""Scenes: who is a side in a report, and where its events are; all texts invented."""

import pytest

from reportedly.config import Settings
from reportedly.ground.actors import ActorTable, open_actors
from reportedly.ground.groups import acts_as_state
from reportedly.ground.scenes import find_scene, find_state, list_sides
from reportedly.records.claim import Axes, Claim, Place, PlaceRole, Status
from reportedly.records.document import Dateline, Document
from reportedly.records.grounding import GroundedPlace, PlaceCandidate
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

TEXT = "Kenya shelled Borduria. Borduria's army fled. Qatar hosts the talks on Friday."


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return open_actors(Settings())


def make_document(dateline: str | None = None) -> Document:
    place = Dateline(dateline, Span(0, 0)) if dateline else None
    return Document(id=f"{dateline}", text=TEXT, dateline=place)


def find(text: str) -> Field[str]:
    start = TEXT.index(text)
    return Field(text, Span(start, start + len(text)), "rule:test")


def make_claim(event_type: EventType, *parties: str, place: str = "", role: PlaceRole = PlaceRole.EVENT) -> Claim:
    span = Span(0, 5)
    return Claim(
        id=event_type.value,
        document_id="d",
        sentence=span,
        evidence=span,
        trigger=Field("act", span, "rule:test"),
        type=Field(event_type, span, "rule:test"),
        axes=Axes(),
        status=Field(Status.OCCURRED, span, "rule:test"),
        actors=tuple(find(party) for party in parties),
        places=(Field(Place(place, role), None, "rule:test"),) if place else (),
    )


def make_place(
    text: str, country: str, *, kind: str = "city", score: float = 0.9, radius_km: float = 9.0
) -> GroundedPlace:
    return GroundedPlace(text, (PlaceCandidate("geonames:1", text, kind, country, None, 0.0, 0.0, radius_km, score),))


def test_sides_are_parties_of_force_and_those_who_meet_are_none(table: ActorTable) -> None:
    claims = [make_claim(EventType.ASSAULT, "Kenya", "Borduria"), make_claim(EventType.CONSULT, "Qatar")]
    scene = list_sides(make_document(), claims, {}, table)
    assert scene.sides == (("", 1), ("KEN", 1))
    assert scene.helpers == {"QAT"}
    assert not scene.shows("QAT")
    assert not scene.shows("KEN"), "a state nobody knows is as much a side"


def test_sides_of_politics_count_where_there_is_no_force(table: ActorTable) -> None:
    scene = list_sides(make_document(), [make_claim(EventType.ACCUSE, "Kenya")], {}, table)
    assert scene.sides == (("KEN", 1),)
    both = [make_claim(EventType.ACCUSE, "Kenya"), make_claim(EventType.ASSAULT, "Qatar")]
    assert list_sides(make_document(), both, {}, table).sides == (("QAT", 1),)


def test_a_dateline_shows_its_state(table: ActorTable) -> None:
    assert list_sides(make_document("NAIROBI"), [], {}, table).shows("KEN")
    towns = {Span(0, 0): make_place("Little Tatra", "SK")}
    assert list_sides(make_document("LITTLE TATRA"), [], towns, table).dateline == "SVK"
    assert list_sides(make_document("STREPSK"), [], towns, table).dateline is None


def test_the_place_of_an_event_is_its_scene_and_that_of_a_trial_is_not(table: ActorTable) -> None:
    around = list_sides(make_document(), [], {}, table)
    places = [make_place("Little Tatra", "SK")]

    def places_of(event_type: EventType, text: str = "Little Tatra", role: PlaceRole = PlaceRole.EVENT) -> set[str]:
        claim = make_claim(event_type, place=text, role=role)
        return set(find_scene(claim, places, around, make_document(), table).places)

    assert places_of(EventType.ASSAULT) == {"SVK"}
    assert places_of(EventType.SANCTION) == set()
    assert places_of(EventType.CONSULT) == set()
    assert places_of(EventType.ASSAULT, role=PlaceRole.MENTION) == set()
    assert places_of(EventType.ASSAULT, text="Borduria") == set(), "what has an army is no town"


@pytest.mark.parametrize(
    ("place", "state"),
    [
        (make_place("Little Tatra", "SK"), "SVK"),
        (make_place("Little Tatra", "SK", radius_km=2.0), None),
        (make_place("Little Tatra", "SK", score=0.6), None),
        (make_place("Little Tatra", "SK", kind="within"), None),
        (make_place("Oldport", "KE", score=0.6, radius_km=2.0), "KEN"),
        (make_place("Oldport", "KE", score=0.4), None),
        (GroundedPlace("Oldport"), None),
    ],
)
def test_the_state_of_a_place_is_taken_where_it_is_sure(
    table: ActorTable, place: GroundedPlace, state: str | None
) -> None:
    assert find_state(place, make_document(), table) == state


def test_who_has_an_army_is_a_state(table: ActorTable) -> None:
    assert acts_as_state("Borduria", make_document(), table)
    assert not acts_as_state("Friday", make_document(), table)
