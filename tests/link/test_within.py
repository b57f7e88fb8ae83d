"""Which claims of one report are one event, and which pull apart."""

from reportedly.link import link_within
from reportedly.records.claim import Axes, Claim, Figure, Place, PlaceRole, Status
from reportedly.records.grounding import GroundedActor, GroundedPlace, Grounding
from reportedly.records.ontology import EventType
from reportedly.records.report import Relation
from reportedly.records.spans import Field, Span


def make_claim(
    name: str, start: int, status: Status = Status.OCCURRED, killed: int | None = None, place: str | None = None
) -> Claim:
    span = Span(start, start + 5)
    return Claim(
        id=name,
        document_id="d",
        sentence=Span(start, start + 50),
        evidence=span,
        trigger=Field("struck", span, "rule:verb"),
        type=Field(EventType.ASSAULT, span, "rule:verb"),
        axes=Axes(),
        status=Field(status, span, "rule:tense"),
        figures=() if killed is None else (Field(Figure("killed", killed, killed), span, "rule:number"),),
        places=() if place is None else (Field(Place(place, PlaceRole.EVENT), span, "rule:in"),),
    )


def make_grounding(claim: Claim, actor: str = "NRL", recipient: str = "SDM") -> Grounding:
    return Grounding(
        claim_id=claim.id,
        actors=(GroundedActor(actor, (actor,)),) if actor else (),
        recipients=(GroundedActor(recipient, (recipient,)),) if recipient else (),
        places=tuple(GroundedPlace(field.value.text) for field in claim.places),
    )


def link(*claims: Claim, **parties: str) -> list[Relation]:
    groundings = {claim.id: make_grounding(claim, **parties) for claim in claims}
    return [edge.relation for edge in link_within(claims, groundings)]


def test_same_parties_and_type_are_one_event() -> None:
    assert link(make_claim("a", 0), make_claim("b", 100)) == [Relation.SAME_EVENT]


def test_parties_that_nobody_names_link_nothing() -> None:
    assert link(make_claim("a", 0), make_claim("b", 100), actor="", recipient="") == []


def test_other_places_are_other_events() -> None:
    assert link(make_claim("a", 0, place="Oldport"), make_claim("b", 100, place="Newport")) == []


def test_precedents_are_not_the_present() -> None:
    assert link(make_claim("a", 0), make_claim("b", 100, Status.HISTORICAL)) == []


def test_preparing_beside_no_decision_is_tension() -> None:
    relations = link(make_claim("a", 0, Status.PLANNED), make_claim("b", 100, Status.UNDECIDED))
    assert relations == [Relation.SAME_EVENT, Relation.TENSION]


def test_a_denial_denies() -> None:
    assert Relation.DENIES in link(make_claim("a", 0), make_claim("b", 100, Status.DENIED))


def test_tolls_that_cannot_both_hold_contradict() -> None:
    assert Relation.CONTRADICTS in link(make_claim("a", 0, killed=4), make_claim("b", 100, killed=9))
    assert Relation.CONTRADICTS not in link(make_claim("a", 0, killed=4), make_claim("b", 100, killed=4))


def test_order_of_arrival_does_not_matter() -> None:
    one, other = make_claim("a", 0), make_claim("b", 100, Status.DENIED)
    groundings = {claim.id: make_grounding(claim) for claim in (one, other)}
    assert link_within((one, other), groundings) == link_within((other, one), groundings)
