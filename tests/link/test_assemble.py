"""What a record of an event says of the claims that tell of it."""

import random

import msgspec
import pytest

from reportedly.link.assemble import make_event, make_event_id
from reportedly.link.voices import open_voices
from reportedly.records.claim import Place, PlaceRole, Status
from reportedly.records.grounding import (
    CalendarInterval,
    GroundedActor,
    GroundedPlace,
    PlaceCandidate,
    SourceKind,
)
from reportedly.records.link import Link, Relation
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field
from reportedly.records.stored import StoredClaim
from tests.link.situations import make_claim, make_head, make_source

WORDS = open_voices()
WIRE = make_head("wire", "Harbour Wire", day="2025-06-02")
COPY = msgspec.structs.replace(make_head("post", "Oldport Post", day="2025-06-02"), origin="wire")
LATER = make_head("times", "Sudmark Times", day="2025-06-04")
ORIGINS = {"wire": WIRE, "post": WIRE, "times": LATER}
MINISTRY = make_source("the Norland Defence Ministry", code="NRL/GOV")
REBELS = make_source("the Sudmark Front", SourceKind.ARMED_GROUP, code="Sudmark Front")
OLDPORT = PlaceCandidate("geonames:1", "Oldport", "city", "NR", None, 10.0, 20.0, 5.0, 0.9)
NEWPORT = PlaceCandidate("geonames:2", "Newport", "city", "NR", None, 12.0, 20.0, 5.0, 0.9)
NORLAND = PlaceCandidate("geonames:3", "Norland", "country", "NR", None, 11.0, 20.0, 300.0, 0.9)


def place(item: StoredClaim, *places: PlaceCandidate, role: PlaceRole = PlaceRole.EVENT) -> StoredClaim:
    fields = tuple(Field(Place(found.name, role), item.claim.evidence, "rule:in") for found in places)
    return msgspec.structs.replace(
        item,
        claim=msgspec.structs.replace(item.claim, places=fields),
        grounding=msgspec.structs.replace(
            item.grounding, places=tuple(GroundedPlace(found.name, (found,)) for found in places)
        ),
    )


def date(item: StoredClaim, start: str, end: str, precision: str) -> StoredClaim:
    interval = CalendarInterval(start, end, precision, start)
    return msgspec.structs.replace(item, grounding=msgspec.structs.replace(item.grounding, time=interval))


def test_an_event_without_claims_is_a_bug() -> None:
    with pytest.raises(ValueError, match="without claims"):
        make_event([], [], {})


def test_order_and_repeats_do_not_matter() -> None:
    claims = [
        make_claim("a", WIRE, MINISTRY, status=Status.PLANNED),
        make_claim("b", COPY, MINISTRY, status=Status.PLANNED),
        make_claim("c", LATER, REBELS, status=Status.DENIED, killed=3),
    ]
    expected = make_event(claims, [], ORIGINS, words=WORDS)
    shuffled = [*claims, claims[0]]
    random.Random(7).shuffle(shuffled)
    assert make_event(shuffled, [], ORIGINS, words=WORDS) == expected
    # "post" sorts before "wire" on the same day
    assert expected.id == make_event_id("b")
    assert expected.claims == ("b", "a", "c")
    assert (expected.first, expected.last) == ("2025-06-02", "2025-06-04")


def test_the_type_is_that_of_most_claims_copies_left_out() -> None:
    claims = [
        make_claim("a", WIRE, type=EventType.COERCE),
        make_claim("b", COPY, type=EventType.COERCE),
        make_claim("c", LATER, type=EventType.ASSAULT),
        make_claim("d", make_head("gazette", "Gazette", day="2025-06-05"), type=EventType.ASSAULT),
    ]
    assert make_event(claims, [], ORIGINS, words=WORDS).type is EventType.ASSAULT


def test_life_tells_each_status_of_each_voice_once() -> None:
    claims = [
        make_claim("a", WIRE, MINISTRY, status=Status.PLANNED),
        make_claim("b", LATER, MINISTRY, status=Status.PLANNED),
        make_claim("c", LATER, REBELS, status=Status.DENIED),
        make_claim("d", make_head("x", "Gazette", day="2025-06-06"), MINISTRY, status=Status.OCCURRED),
    ]
    event = make_event(claims, [], ORIGINS, words=WORDS)
    assert [(step.status, step.claim) for step in event.life] == [
        (Status.PLANNED, "a"),
        (Status.DENIED, "c"),
        (Status.OCCURRED, "d"),
    ]
    assert event.statuses == (Status.OCCURRED, Status.DENIED, Status.PLANNED)


def test_the_place_is_the_finest_that_is_said() -> None:
    claims = [place(make_claim("a", WIRE), NORLAND), place(make_claim("b", LATER), OLDPORT)]
    found = make_event(claims, [], ORIGINS, words=WORDS).place
    assert found is not None
    assert (found.id, found.radius_km) == ("geonames:1", 5.0)


def test_a_place_that_reports_do_not_agree_on_is_none() -> None:
    claims = [place(make_claim("a", WIRE), OLDPORT), place(make_claim("b", LATER), NEWPORT)]
    assert make_event(claims, [], ORIGINS, words=WORDS).place is None
    third = place(make_claim("c", make_head("x", "Gazette", day="2025-06-05")), NEWPORT)
    found = make_event([*claims, third], [], ORIGINS, words=WORDS).place
    assert found is not None
    assert found.id == "geonames:2"


def test_a_dateline_is_no_place_of_the_event() -> None:
    claim = place(make_claim("a", WIRE), OLDPORT, role=PlaceRole.DATELINE)
    assert make_event([claim], [], ORIGINS, words=WORDS).place is None


def test_the_interval_is_the_finest_that_is_said() -> None:
    claims = [
        date(make_claim("a", WIRE), "2025-06-01", "2025-06-30", "month"),
        date(make_claim("b", LATER), "2025-06-01", "2025-06-01", "day"),
    ]
    found = make_event(claims, [], ORIGINS, words=WORDS).interval
    assert found is not None
    assert found.start == found.end == "2025-06-01"


def test_tension_is_said_of_links_within_only() -> None:
    claims = [make_claim("a", WIRE), make_claim("c", LATER)]
    inner = Link("a", "c", Relation.CONTRADICTS, 0.9, "rule:x", "both cannot hold")
    outer = Link("a", "z", Relation.CONTRADICTS, 0.9, "rule:x", "both cannot hold")
    assert make_event(claims, [inner], ORIGINS, words=WORDS).tension
    assert not make_event(claims, [outer], ORIGINS, words=WORDS).tension


def test_retracted_only_where_every_report_took_it_back() -> None:
    claims = [make_claim("a", WIRE), make_claim("c", LATER)]
    assert not make_event(claims, [], ORIGINS, {"wire"}, WORDS).retracted
    assert make_event(claims, [], ORIGINS, {"wire", "times"}, WORDS).retracted


def test_parties_are_codes_or_else_words() -> None:
    claims = [
        make_claim("a", WIRE, actors=[GroundedActor("the navy", ("NRL/MIL",))]),
        make_claim("c", LATER, actors=[GroundedActor("the navy", ("NRL/MIL",)), GroundedActor("gunmen")]),
    ]
    assert make_event(claims, [], ORIGINS, words=WORDS).actors == ("NRL/MIL", "gunmen")


def test_a_title_is_the_sentence_or_where_that_is_long_the_clause_of_the_event() -> None:
    short = make_event([make_claim("a", WIRE)], [], ORIGINS, words=WORDS)
    assert short.title == "Jets struck the port of Oldport"
    long = "Jets struck the port of Oldport, " + "and then the harbour, " * 20 + "officials said."
    event = make_event([make_claim("a", WIRE, sentence=long)], [], ORIGINS, words=WORDS)
    assert event.title == "Jets struck the port of Oldport"


def test_where_it_is_in_dispute_who_acted_the_title_takes_no_side() -> None:
    army, front = GroundedActor("the army", ("NRL/MIL",)), GroundedActor("the Front", ("Sudmark Front",))
    claims = [
        make_claim("a", WIRE, actors=[army], sentence="The army shelled the port."),
        make_claim("b", COPY, actors=[front], sentence="The Front shelled the port."),
        make_claim("c", LATER, sentence="Shells hit the port."),
    ]
    dispute = Link("a", "b", Relation.CONTRADICTS, 0.8, "rule:conflicts", "actor")
    origins = {"wire": WIRE, "post": COPY, "times": LATER}
    assert make_event(claims, [dispute], origins, words=WORDS).title == "Shells hit the port"


def test_a_title_is_never_long() -> None:
    event = make_event([make_claim("a", WIRE, sentence="Jets " + "struck again " * 30)], [], ORIGINS, words=WORDS)
    assert len(event.title) <= 122
    assert event.title.endswith(" …")


def test_of_versions_only_the_last_has_weight_though_one_between_them_tells_nothing() -> None:
    chain = [
        msgspec.structs.replace(
            make_head(f"v{at}", "Harbour Wire", day=f"2025-06-0{at}"),
            address="https://wire.example/1",
            superseded=f"v{at + 1}" if at < 3 else None,
        )
        for at in (1, 2, 3)
    ]
    types = {1: EventType.ASSAULT, 3: EventType.AID}
    claims = [make_claim(f"c{at}", chain[at - 1], type=type) for at, type in types.items()]
    assert make_event(claims, [], {}).type is EventType.AID
