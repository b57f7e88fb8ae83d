"""Where reports of one event contradict, deny and update each other."""

import random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from reportedly.link.conflicts import find_conflicts
from reportedly.link.voices import open_voices
from reportedly.records.claim import Place, PlaceRole, Scope, Status, Timex, TimexKind
from reportedly.records.document import Publication, TimePrecision
from reportedly.records.grounding import CalendarInterval, GroundedActor, GroundedPlace, PlaceCandidate, SourceKind
from reportedly.records.link import Relation
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span
from reportedly.records.stored import StoredClaim
from tests.link.situations import make_claim, make_head, make_source

WORDS = open_voices()
MONDAY = make_head("wire", "Harbour Wire", day="2025-06-02")
SAME_DAY = make_head("post", "Oldport Post", day="2025-06-02")
TUESDAY = make_head("times", "Sudmark Times", day="2025-06-03")
MINISTRY = make_source("the Norland Defence Ministry", code="NRL/GOV")
MEDICS = make_source("the Oldport Hospital", SourceKind.NGO)
REBELS = make_source("the Sudmark Front", SourceKind.ARMED_GROUP, code="Sudmark Front")
OLDPORT = PlaceCandidate("geonames:1", "Oldport", "city", "NR", None, 10.0, 20.0, 5.0, 0.9)
SECOND, KNOWN = TimePrecision.SECOND, (False, "given", True)
NEWPORT = PlaceCandidate("geonames:2", "Newport", "city", "NR", None, 12.0, 20.0, 5.0, 0.9)


def relate(*claims: StoredClaim) -> list[tuple[str, str, Relation]]:
    return [(link.left, link.right, link.relation) for link in find_conflicts(claims, {}, WORDS)]


def put_in(item: StoredClaim, place: PlaceCandidate) -> StoredClaim:
    """Say where the event of a claim is."""
    field = Field(Place(place.name, PlaceRole.EVENT), item.claim.evidence, "rule:in")
    return msgspec.structs.replace(
        item,
        claim=msgspec.structs.replace(item.claim, places=(field,)),
        grounding=msgspec.structs.replace(item.grounding, places=(GroundedPlace(place.name, (place,)),)),
    )


def date_claim(
    item: StoredClaim, start: str | None, end: str | None, precision: str, modifier: str | None, score: float = 0.95
) -> StoredClaim:
    """Say when the event of a claim was."""
    field = Field(Timex("then", TimexKind.DATE, modifier=modifier), Span(0, 4), "rule:day", score)
    interval = CalendarInterval(start, end, precision, start or end or "", "text")
    return msgspec.structs.replace(
        item,
        claim=msgspec.structs.replace(item.claim, time=field),
        grounding=msgspec.structs.replace(item.grounding, time=interval),
    )


def test_counts_of_two_voices_on_one_day_contradict_where_they_exclude_each_other() -> None:
    twelve = make_claim("1", MONDAY, MINISTRY, killed=12)
    assert relate(twelve, make_claim("2", SAME_DAY, REBELS, killed=40)) == [("2", "1", Relation.CONTRADICTS)]
    assert relate(twelve, make_claim("2", SAME_DAY, REBELS, killed=(10, None))) == []
    assert relate(twelve, make_claim("2", SAME_DAY, REBELS, killed=12)) == []


def test_a_toll_that_rises_by_the_day_is_an_update_and_one_that_falls_a_contradiction() -> None:
    first = make_claim("1", MONDAY, MEDICS, killed=12)
    for voice in (MINISTRY, REBELS):
        assert relate(first, make_claim("2", TUESDAY, voice, killed=9)) == [("1", "2", Relation.CONTRADICTS)]
    assert relate(first, make_claim("2", TUESDAY, MINISTRY, killed=15)) == [("1", "2", Relation.UPDATES)]


def test_a_side_of_the_conflict_updates_nobody_but_itself() -> None:
    act = [GroundedActor("Norland", ("NRL/MIL",))]
    ministry = make_claim("1", MONDAY, MINISTRY, killed=12, actors=act)
    assert relate(ministry, make_claim("2", TUESDAY, REBELS, killed=15)) == [("1", "2", Relation.CONTRADICTS)]
    assert relate(ministry, make_claim("2", TUESDAY, MEDICS, killed=15)) == []
    police = make_source("the Norland police", code="NRL/COP")
    assert relate(ministry, make_claim("2", TUESDAY, police, killed=15)) == [("1", "2", Relation.UPDATES)]


def test_a_part_lies_within_the_whole() -> None:
    civilians = make_claim("1", MONDAY, MINISTRY, killed=31, unit="civilians")
    assert relate(civilians, make_claim("2", SAME_DAY, REBELS, killed=19)) == [("2", "1", Relation.CONTRADICTS)]
    assert relate(civilians, make_claim("2", SAME_DAY, REBELS, killed=40)) == []
    workers = make_claim("1", MONDAY, MINISTRY, killed=7, unit="dock workers")
    assert relate(workers, make_claim("2", SAME_DAY, REBELS, killed=5, unit="people")) != []


def test_none_harmed_is_a_toll_and_no_denial_of_the_event() -> None:
    spared = make_claim("1", TUESDAY, MINISTRY, killed=0, unit="civilians", status=Status.NEGATED)
    assert relate(make_claim("2", MONDAY, REBELS), spared) == []
    assert relate(make_claim("2", MONDAY, REBELS, killed=9, unit="militants"), spared) == []
    assert relate(make_claim("2", MONDAY, REBELS, status=Status.PLANNED), spared) == []
    assert relate(make_claim("2", MONDAY, REBELS, killed=14), spared) == [("2", "1", Relation.TENSION)]
    assert relate(make_claim("2", MONDAY, REBELS, killed=14, unit="civilians"), spared) == [
        ("2", "1", Relation.CONTRADICTS)
    ]


def test_a_negation_over_a_past_period_is_about_other_events() -> None:
    happened = make_claim("1", MONDAY, REBELS)
    none_before = date_claim(
        make_claim("2", SAME_DAY, MINISTRY, status=Status.NEGATED), "2022-01-01", None, "year", "since"
    )
    assert relate(happened, none_before) == []
    assert relate(make_claim("1", MONDAY, REBELS, status=Status.PLANNED), none_before) == []
    none_that_day = date_claim(
        make_claim("2", TUESDAY, MINISTRY, status=Status.NEGATED), "2025-06-01", "2025-06-01", "day", None
    )
    assert relate(happened, none_that_day) == [("1", "2", Relation.CONTRADICTS)]


def test_days_contradict_only_where_both_sentences_surely_say_so() -> None:
    one = date_claim(make_claim("1", MONDAY, REBELS), "2025-06-01", "2025-06-01", "day", None)
    other = date_claim(make_claim("2", TUESDAY, MINISTRY), "2025-06-03", "2025-06-03", "day", None)
    assert relate(one, other) == [("1", "2", Relation.CONTRADICTS)]
    unsure = date_claim(other, "2025-06-03", "2025-06-03", "day", None, score=0.5)
    assert relate(one, unsure) == []


def test_a_town_that_names_the_source_is_no_place_of_the_event() -> None:
    hospital = make_source("the Newport General Hospital", SourceKind.OFFICIAL)
    one, other = make_claim("1", MONDAY, REBELS), make_claim("2", SAME_DAY, hospital)
    assert relate(put_in(one, OLDPORT), put_in(other, NEWPORT)) == []


def test_one_voice_updates_itself_whatever_it_says() -> None:
    first = make_claim("1", MONDAY, MINISTRY, killed=12)
    for killed in (9, 15, (12, None)):
        assert relate(first, make_claim("2", TUESDAY, MINISTRY, killed=killed)) == [("1", "2", Relation.UPDATES)]


def test_whoever_rests_on_the_same_voice_does_not_contradict_it() -> None:
    wire = make_claim("1", MONDAY, MINISTRY, killed=12)
    citing = make_source("Harbour Wire", SourceKind.NEWS_OUTLET)
    assert relate(wire, make_claim("2", SAME_DAY, citing, killed=15)) == []
    assert relate(wire, make_claim("2", TUESDAY, citing, killed=15)) == [("1", "2", Relation.UPDATES)]


def test_of_a_voices_two_figures_none_is_the_later_where_that_is_not_known() -> None:
    undated = make_head("old", "Coast Herald", day=None)
    assert relate(make_claim("1", MONDAY, MINISTRY, killed=12), make_claim("2", undated, MINISTRY, killed=3)) == []
    hours = [
        msgspec.structs.replace(
            MONDAY, id=f"at{hour}", published=Publication(f"2025-06-02T{hour}:00:00Z", SECOND, *KNOWN)
        )
        for hour in ("08", "17")
    ]
    morning, evening = (
        make_claim(head.id, head, MINISTRY, killed=killed) for head, killed in zip(hours, (12, 15), strict=True)
    )
    assert relate(morning, evening) == [("at08", "at17", Relation.UPDATES)]


def test_a_toll_may_have_risen_where_a_day_is_not_known() -> None:
    undated = make_head("old", "Coast Herald", day=None)
    other = make_claim("2", undated, MEDICS, killed=15)
    assert relate(make_claim("1", MONDAY, MINISTRY, killed=12), other) == []
    rebels = make_claim("3", MONDAY, REBELS, killed=40, actors=[GroundedActor("Norland", ("NRL",))])
    assert relate(make_claim("4", undated, MINISTRY, killed=2), rebels) == [("3", "4", Relation.CONTRADICTS)]


def test_scopes_and_kinds_of_people_are_never_compared() -> None:
    first = make_claim("1", MONDAY, MINISTRY, killed=12, unit="civilians")
    assert relate(first, make_claim("2", SAME_DAY, REBELS, killed=40, unit="soldiers")) == []
    assert relate(first, make_claim("2", SAME_DAY, REBELS, killed=400, unit="civilians", scope=Scope.SERIES)) == []


def test_large_counts_that_are_rounded_exclude_nothing() -> None:
    first = make_claim("1", MONDAY, MINISTRY, killed=1000)
    assert relate(first, make_claim("2", SAME_DAY, REBELS, killed=1012)) == []
    assert relate(first, make_claim("2", SAME_DAY, REBELS, killed=1400)) != []


def test_the_denial_stands_on_the_right() -> None:
    claim = make_claim("1", MONDAY, REBELS)
    denial = make_claim("2", TUESDAY, MINISTRY, status=Status.DENIED)
    assert relate(claim, denial) == [("1", "2", Relation.DENIES)]
    early = make_claim("2", make_head("early", "Echo", day="2025-06-01"), MINISTRY, status=Status.DENIED)
    assert relate(claim, early) == [("1", "2", Relation.DENIES)]


def test_happened_beside_did_not_is_a_contradiction_and_did_not_yet_a_tension() -> None:
    happened, did_not = make_claim("1", MONDAY, REBELS), make_claim("2", TUESDAY, MINISTRY, status=Status.NEGATED)
    assert relate(happened, did_not) == [("1", "2", Relation.CONTRADICTS)]
    later = make_claim("1", make_head("late", "Echo", day="2025-06-09"), REBELS)
    assert relate(later, did_not) == [("2", "1", Relation.TENSION)]


def test_preparing_beside_no_decision_is_a_tension() -> None:
    planned = make_claim("1", MONDAY, REBELS, status=Status.PLANNED)
    assert relate(planned, make_claim("2", SAME_DAY, MINISTRY, status=Status.UNDECIDED)) == [
        ("2", "1", Relation.TENSION)
    ]


def test_two_sides_named_for_one_act_contradict() -> None:
    one = make_claim("1", MONDAY, REBELS, actors=[GroundedActor("Norland", ("NRL/MIL",))])
    other = make_claim("2", SAME_DAY, MINISTRY, actors=[GroundedActor("the Front", ("Sudmark Front",))])
    assert relate(one, other) == [("2", "1", Relation.CONTRADICTS)]
    talks = [
        make_claim(item.claim.id, item.document, *item.grounding.sources, type=EventType.CONSULT,
                   actors=item.grounding.actors)
        for item in (one, other)
    ]  # fmt: skip
    assert relate(*talks) == []


def test_towns_that_lie_apart_contradict() -> None:
    one, other = make_claim("1", MONDAY, REBELS), make_claim("2", SAME_DAY, MINISTRY)
    assert relate(put_in(one, OLDPORT), put_in(other, OLDPORT)) == []
    (link,) = find_conflicts([put_in(one, OLDPORT), put_in(other, NEWPORT)], {}, WORDS)
    assert link.relation is Relation.CONTRADICTS
    assert link.reason == "place: Newport beside Oldport, 212 km apart"


def test_copies_do_not_multiply_a_conflict() -> None:
    copies = [make_claim(f"c{i}", make_head(f"c{i}", f"Paper {i}"), MINISTRY, killed=12) for i in range(5)]
    other = make_claim("x", make_head("x", "Echo"), REBELS, killed=40)
    assert len(relate(*copies, other)) == 1


CLAIMS = st.lists(
    st.tuples(
        st.sampled_from([MONDAY, SAME_DAY, TUESDAY]),
        st.sampled_from([(), (MINISTRY,), (REBELS,)]),
        st.sampled_from(list(Status)),
        st.sampled_from([None, 9, 12, (12, None)]),
    ),
    max_size=8,
).map(lambda drawn: [make_claim(str(i), h, *c, status=s, killed=k) for i, (h, c, s, k) in enumerate(drawn)])


@given(CLAIMS, st.randoms(use_true_random=False))
def test_order_and_repeats_do_not_matter(claims: list[StoredClaim], order: random.Random) -> None:
    shuffled = claims + claims[:2]
    order.shuffle(shuffled)
    assert find_conflicts(shuffled, {}, WORDS) == find_conflicts(claims, {}, WORDS)


@given(CLAIMS)
def test_a_pair_is_never_an_update_and_a_contradiction(claims: list[StoredClaim]) -> None:
    links = find_conflicts(claims, {}, WORDS)
    figures = [(link.left, link.right) for link in links if link.relation is Relation.UPDATES]
    apart = [(link.left, link.right) for link in links if link.relation is Relation.CONTRADICTS]
    assert not set(figures) & set(apart)
