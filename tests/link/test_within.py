"""Which claims of one report are one event, and which pull apart."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from reportedly.link import link_within, open_alike
from reportedly.link.within import MAX_APART
from reportedly.records.claim import (
    Axes,
    Claim,
    Figure,
    Place,
    PlaceRole,
    Scope,
    Source,
    Status,
    Timex,
    TimexKind,
)
from reportedly.records.document import Document
from reportedly.records.grounding import CalendarInterval, GroundedActor, GroundedPlace, Grounding, PlaceCandidate
from reportedly.records.link import Link, Relation
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

WORDS = open_alike()
OLDPORT = PlaceCandidate("geonames:1", "Oldport", "city", "NR", None, 10.0, 20.0, 5.0, 0.9)
NEWPORT = PlaceCandidate("geonames:2", "Newport", "city", "NR", None, 12.0, 20.0, 5.0, 0.9)
NORLAND = PlaceCandidate("geonames:3", "Norland", "country", "NR", None, 11.0, 20.0, 400.0, 0.9)


class Report:
    """A report put together sentence by sentence, each with one claim."""

    def __init__(self) -> None:
        self.text = ""
        self.claims: list[Claim] = []
        self.groundings: dict[str, Grounding] = {}

    def tell(
        self,
        sentence: str,
        trigger: str,
        *,
        type: EventType = EventType.ASSAULT,
        status: Status = Status.OCCURRED,
        actor: str = "",
        recipient: str = "",
        place: PlaceCandidate | None = None,
        carried: bool = False,
        day: str = "",
        killed: int | None = None,
        scope: Scope = Scope.THIS,
        unit: str | None = None,
        mode: str = "",
        voice: str = "",
    ) -> str:
        """Add a sentence and its claim; return the claim's id."""
        start = len(self.text)
        self.text += f"{sentence} "
        at = start + sentence.index(trigger)
        span = Span(at, at + len(trigger))
        by = "rule:carried" if carried else "rule:in"
        claim = Claim(
            id=str(len(self.claims)),
            document_id="d",
            sentence=Span(start, start + len(sentence)),
            evidence=span,
            trigger=Field(trigger, span, "rule:verb"),
            type=Field(type, span, "rule:verb"),
            axes=Axes(),
            status=Field(status, span, "rule:tense"),
            modes=(Field(mode, span, "rule:verb"),) if mode else (),
            actors=(Field(actor, span, "rule:subject"),) if actor else (),
            recipients=(Field(recipient, span, "rule:object"),) if recipient else (),
            chain=(Source(voice, span),) if voice else (),
            figures=() if killed is None else (Field(Figure("killed", killed, killed, unit, scope), span, "rule:n"),),
            time=Field(Timex(day, TimexKind.DATE, day), span, "rule:date") if day else None,
            places=() if place is None else (Field(Place(place.name, PlaceRole.EVENT), span, by),),
        )
        self.claims.append(claim)
        self.groundings[claim.id] = Grounding(
            claim_id=claim.id,
            actors=(GroundedActor(actor, (actor,) if actor.isupper() else ()),) if actor else (),
            recipients=(GroundedActor(recipient, (recipient,) if "/" in recipient or recipient.isupper() else ()),)
            if recipient
            else (),
            places=() if place is None else (GroundedPlace(place.name, (place,)),),
            time=CalendarInterval(day, day, "day", day) if day else None,
        )
        return claim.id

    def link(self, claims: Sequence[Claim] | None = None) -> tuple[Link, ...]:
        """Link what was told."""
        document = Document(id="d", text=self.text)
        return link_within(document, self.claims if claims is None else claims, self.groundings, WORDS)

    def relations(self) -> list[tuple[str, str, Relation]]:
        """Return the links by the order in which the claims were told."""
        return [(edge.left, edge.right, edge.relation) for edge in self.link()]


def test_same_parties_are_one_event() -> None:
    report = Report()
    report.tell("Norland shelled Sudmark.", "shelled", actor="NRL", recipient="SDM")
    report.tell("Norland's guns fired on Sudmark.", "fired", actor="NRL", recipient="SDM")
    assert report.relations() == [("0", "1", Relation.SAME_EVENT)]


def test_one_party_or_one_country_alone_links_nothing() -> None:
    report = Report()
    report.tell("Norland shelled a ridge.", "shelled", actor="NRL", place=NORLAND)
    report.tell("Norland bombed a bridge.", "bombed", actor="NRL", place=NORLAND)
    assert report.relations() == []


def test_town_and_day_are_one_event_and_another_town_or_day_is_not() -> None:
    for place, day, expected in ((OLDPORT, "2025-03-01", 1), (NEWPORT, "2025-03-01", 0), (OLDPORT, "2025-03-02", 0)):
        report = Report()
        report.tell("A blast hit Oldport.", "blast", place=OLDPORT, day="2025-03-01")
        report.tell("An explosion shook it.", "explosion", place=place, day=day)
        assert len(report.relations()) == expected


def test_a_town_within_the_country_named_is_not_apart() -> None:
    report = Report()
    report.tell("Sudmark struck Norland.", "struck", actor="SDM", recipient="NRL", place=NORLAND)
    report.tell("Sudmark hit Norland at Oldport.", "hit", actor="SDM", recipient="NRL", place=OLDPORT)
    assert report.relations() == [("0", "1", Relation.SAME_EVENT)]


def test_a_place_carried_from_another_sentence_proves_nothing() -> None:
    report = Report()
    report.tell("Rebels ambushed a convoy at Oldport on Monday.", "ambushed", place=OLDPORT, day="2025-03-03")
    report.tell("Gunmen robbed and beat a driver.", "beat", place=OLDPORT, carried=True)
    assert report.relations() == []


def test_a_second_strike_is_another_strike() -> None:
    report = Report()
    report.tell("A strike hit Oldport.", "strike", place=OLDPORT, actor="NRL", recipient="SDM")
    report.tell("A second strike hit Oldport.", "strike", place=OLDPORT, actor="NRL", recipient="SDM")
    assert report.relations() == []


def test_a_word_that_points_back_is_led_to_the_claim_that_fits_best() -> None:
    report = Report()
    report.tell("Jets bombed a village.", "bombed", mode="aerial")
    report.tell("Gunmen shot a judge.", "shot", mode="firearms")
    report.tell("The envoy condemned the bombing.", "bombing", mode="explosives")
    assert report.relations() == [("0", "2", Relation.SAME_EVENT)]


def test_a_reference_is_led_by_what_describes_it() -> None:
    report = Report()
    report.tell("A car bomb killed seven people in Oldport.", "killed", place=OLDPORT)
    report.tell("A drone dropped grenades on a post in Newport.", "dropped", place=NEWPORT)
    report.tell("Police blamed dissidents for the car bomb.", "car bomb")
    report.tell("Nobody claimed the drone attack.", "drone attack")
    assert report.relations() == [("0", "2", Relation.SAME_EVENT), ("1", "3", Relation.SAME_EVENT)]


def test_precedents_and_plans_are_not_what_happened() -> None:
    for status in (Status.HISTORICAL, Status.PLANNED, Status.CONDITIONAL):
        report = Report()
        report.tell("Norland struck Sudmark.", "struck", actor="NRL", recipient="SDM")
        report.tell("Norland would strike Sudmark.", "strike", actor="NRL", recipient="SDM", status=status)
        assert report.relations() == []


def test_preparing_beside_no_decision_is_tension() -> None:
    report = Report()
    report.tell("Norland is preparing strikes on Sudmark.", "strikes", recipient="SDM", status=Status.PLANNED)
    report.tell("No decision on strikes was made.", "strikes", recipient="SDM", status=Status.UNDECIDED)
    assert report.relations() == [("0", "1", Relation.SAME_EVENT), ("0", "1", Relation.TENSION)]


def test_a_denial_denies_what_comes_before_it_and_that_alone() -> None:
    report = Report()
    report.tell("Rebels burned a mill near Newport.", "burned", place=NEWPORT)
    report.tell("Jets struck two villages, the ministry said.", "struck", voice="the ministry")
    report.tell("The army denied striking any.", "striking", status=Status.DENIED, voice="the army")
    assert report.relations() == [("1", "2", Relation.DENIES), ("1", "2", Relation.SAME_EVENT)]


def test_one_voice_does_not_deny_itself() -> None:
    report = Report()
    report.tell("The army hit fighters, it said.", "hit", voice="the army")
    report.tell("The army denied hitting villages.", "hitting", status=Status.DENIED, voice="the army")
    assert report.relations() == []


def test_a_principle_contradicts_no_event() -> None:
    report = Report()
    report.tell("Sudmark killed citizens.", "killed", recipient="NRL/CVL")
    report.tell("Norland has never attacked civilians.", "attacked", recipient="NRL/CVL", status=Status.NEGATED)
    assert report.relations() == []


def test_a_rejected_allegation_is_denied() -> None:
    report = Report()
    report.tell("Sudmark accused Norland of fraud.", "accused", type=EventType.ACCUSE, actor="SDM", recipient="NRL")
    report.tell("Norland expelled an envoy.", "expelled", type=EventType.SANCTION, actor="NRL")
    report.tell("Norland rejected the allegations.", "rejected", type=EventType.REJECT, actor="NRL")
    report.tell("Norland rejected the budget.", "rejected", type=EventType.REJECT, actor="NRL")
    assert report.relations() == [("0", "2", Relation.DENIES)]


def test_whoever_rejects_does_not_deny_an_accusation_of_its_own() -> None:
    report = Report()
    report.tell("Norland accused Sudmark of fraud.", "accused", type=EventType.ACCUSE, actor="NRL", recipient="SDM")
    report.tell("Norland rejected the allegations.", "rejected", type=EventType.REJECT, actor="NRL")
    assert report.relations() == []


def test_tolls_of_two_voices_contradict_and_those_of_one_are_two_events() -> None:
    for voice, expected in (("a medic", {Relation.SAME_EVENT, Relation.CONTRADICTS}), ("the police", set())):
        report = Report()
        report.tell("A blast killed 4.", "blast", place=OLDPORT, day="2025-03-01", killed=4, voice="the police")
        report.tell("A blast killed 9.", "blast", place=OLDPORT, day="2025-03-01", killed=9, voice=voice)
        assert {relation for _, _, relation in report.relations()} == expected


def test_tolls_of_different_people_do_not_contradict() -> None:
    report = Report()
    report.tell("A raid killed 14 civilians.", "raid", place=OLDPORT, day="2025-03-01", killed=14, unit="civilians")
    report.tell("The raid killed 3 fighters.", "raid", day="2025-03-01", killed=3, unit="fighters", voice="the army")
    assert report.relations() == [("0", "1", Relation.SAME_EVENT)]


def test_a_running_toll_contradicts_nothing() -> None:
    report = Report()
    report.tell("A blast killed 4.", "blast", place=OLDPORT, day="2025-03-01", killed=4)
    report.tell("The blast's toll rose to 9.", "blast", day="2025-03-01", killed=9, scope=Scope.SERIES)
    assert {relation for _, _, relation in report.relations()} == {Relation.SAME_EVENT}


@given(order=st.permutations(range(4)))
def test_order_of_arrival_does_not_matter(order: list[int]) -> None:
    report = Report()
    report.tell("Jets bombed Oldport.", "bombed", place=OLDPORT, actor="NRL", recipient="SDM")
    report.tell("Norland denied bombing it.", "bombing", actor="NRL", status=Status.DENIED, voice="Norland")
    report.tell("The raid was condemned.", "raid")
    report.tell("Jets hit Sudmark.", "hit", actor="NRL", recipient="SDM")
    assert report.link([report.claims[i] for i in order]) == report.link()


def test_in_a_long_text_links_do_not_grow_with_the_square() -> None:
    report = Report()
    for _ in range(MAX_APART + 40):
        report.tell("Norland shelled Oldport.", "shelled", actor="NRL", recipient="SDM", place=OLDPORT)
    apart = {int(right) - int(left) for left, right, _ in report.relations()}
    assert max(apart) == MAX_APART
