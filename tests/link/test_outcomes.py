"""What became of plans, threats and denials."""

import random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from reportedly.link.outcomes import find_outcomes, score_voices
from reportedly.link.voices import open_voices
from reportedly.records.claim import Status, Timex, TimexKind
from reportedly.records.grounding import CalendarInterval, GroundedSource, SourceKind
from reportedly.records.link import Link, Relation
from reportedly.records.spans import Field, Span
from reportedly.records.stored import DocumentHead, StoredClaim
from tests.link.situations import make_claim, make_head, make_source

WORDS = open_voices()
MONDAY, TUESDAY, NEXT_WEEK = (
    make_head(f"d{day}", name, day=f"2025-06-{day}")
    for day, name in (("02", "Harbour Wire"), ("03", "Oldport Post"), ("11", "Sudmark Times"))
)
MINISTRY = make_source("the Norland Defence Ministry", code="NRL/GOV")
REBELS = make_source("the Sudmark Front", SourceKind.ARMED_GROUP, code="Sudmark Front")


def relate(*claims: StoredClaim) -> list[tuple[str, str, Relation]]:
    return [(link.left, link.right, link.relation) for link in find_outcomes(claims)]


def test_a_plan_for_the_end_of_the_calendar_is_no_error() -> None:
    plan = put_on(make_claim("1", MONDAY, status=Status.PLANNED), "9999-12-31", "9999-12-31")
    happened = put_on(make_claim("2", TUESDAY), "2025-06-03", "2025-06-03")
    assert relate(plan, happened) == [("1", "2", Relation.CAME_ABOUT)]


def put_on(item: StoredClaim, first: str, last: str) -> StoredClaim:
    """Say when the event of a claim is."""
    field = Field(Timex(first, TimexKind.DATE, first), Span(0, 4), "rule:date")
    return msgspec.structs.replace(
        item,
        claim=msgspec.structs.replace(item.claim, time=field),
        grounding=msgspec.structs.replace(item.grounding, time=CalendarInterval(first, last, "day", first)),
    )


def give(item: StoredClaim, sentence: str, words: str, value: str) -> StoredClaim:
    """Give a claim a sentence with a span of time in it."""
    at = sentence.index(words)
    field = Field(Timex(words, TimexKind.DURATION, value), Span(at, at + len(words)), "rule:duration")
    claim = msgspec.structs.replace(item.claim, time=field, sentence=Span(0, len(sentence)))
    return msgspec.structs.replace(item, claim=claim, sentence=sentence)


def test_a_plan_told_later_as_done_came_about() -> None:
    plan = make_claim("1", MONDAY, MINISTRY, status=Status.PLANNED)
    happened = put_on(make_claim("2", TUESDAY), "2025-06-03", "2025-06-03")
    assert relate(plan, happened) == [("1", "2", Relation.CAME_ABOUT)]
    assert relate(plan, make_claim("2", MONDAY)) == []


def test_only_the_first_report_of_it_is_linked() -> None:
    plan = make_claim("1", MONDAY, MINISTRY, status=Status.THREATENED)
    later = [make_claim("2", TUESDAY), make_claim("3", NEXT_WEEK)]
    assert relate(plan, *later) == [("1", "2", Relation.CAME_ABOUT)]


def test_silence_and_a_repeated_plan_without_a_deadline_are_no_outcome() -> None:
    plan = make_claim("1", MONDAY, MINISTRY, status=Status.PLANNED)
    assert relate(plan, make_claim("2", NEXT_WEEK, MINISTRY, status=Status.PLANNED)) == []


def test_what_never_took_place_did_not_come_about() -> None:
    plan = make_claim("1", MONDAY, MINISTRY, status=Status.POSSIBLE)
    assert relate(plan, make_claim("2", NEXT_WEEK, status=Status.NEGATED)) == [("1", "2", Relation.DID_NOT)]


def test_what_happened_before_it_was_planned_is_another_matter() -> None:
    plan = make_claim("1", TUESDAY, MINISTRY, status=Status.PLANNED)
    assert relate(plan, put_on(make_claim("2", NEXT_WEEK), "2025-05-20", "2025-05-20")) == []
    assert relate(plan, put_on(make_claim("2", NEXT_WEEK), "2025-06-09", "2025-06-09")) != []


def test_a_span_with_within_is_a_deadline() -> None:
    threat = make_claim("1", MONDAY, REBELS, status=Status.THREATENED)
    timed = give(threat, "The Front will strike the port within 48 hours.", "48 hours", "PT48H")
    still = make_claim("2", NEXT_WEEK, REBELS, status=Status.THREATENED)
    assert relate(timed, still) == [("1", "2", Relation.DID_NOT)]
    lasting = give(threat, "The Front will strike the port for 48 hours.", "48 hours", "PT48H")
    assert relate(lasting, still) == []
    late = put_on(make_claim("2", NEXT_WEEK), "2025-06-10", "2025-06-10")
    (link,) = find_outcomes([timed, late])
    assert (link.relation, "not by 2025-06-04" in link.reason) == (Relation.DID_NOT, True)


def test_a_day_that_passed_is_a_deadline_too() -> None:
    plan = put_on(make_claim("1", MONDAY, MINISTRY, status=Status.PLANNED), "2025-06-05", "2025-06-05")
    assert relate(plan, make_claim("2", TUESDAY, status=Status.PLANNED)) == []
    assert relate(plan, make_claim("2", NEXT_WEEK, status=Status.PLANNED)) == [("1", "2", Relation.DID_NOT)]


def test_a_denial_is_wrong_where_the_denier_admits_it_and_disputed_where_others_repeat_it() -> None:
    denial = make_claim("1", MONDAY, MINISTRY, status=Status.DENIED)
    assert relate(denial, make_claim("2", NEXT_WEEK, REBELS)) == []
    admission = make_claim("2", NEXT_WEEK, make_source("Norland's defence minister", code="NRL/GOV"))
    assert relate(denial, admission) == [("1", "2", Relation.CAME_ABOUT)]
    inquiry = make_claim("2", NEXT_WEEK, make_source("UNICEF", SourceKind.INTERNATIONAL_BODY, code="UNO"))
    assert relate(denial, inquiry) == [("1", "2", Relation.CAME_ABOUT)]


def test_voices_are_scored_by_what_became_of_their_claims() -> None:
    claims = [
        make_claim("plan", MONDAY, MINISTRY, status=Status.PLANNED),
        make_claim("threat", MONDAY, REBELS, status=Status.THREATENED),
        make_claim("open", MONDAY, REBELS, status=Status.POSSIBLE),
        make_claim("lie", MONDAY, MINISTRY, status=Status.DENIED),
        make_claim("told", TUESDAY, REBELS),
        make_claim("gone", TUESDAY, MINISTRY),
    ]
    links = [
        Link("plan", "told", Relation.CAME_ABOUT, 1.0, "t", ""),
        Link("threat", "told", Relation.DID_NOT, 1.0, "t", ""),
        Link("lie", "told", Relation.CAME_ABOUT, 1.0, "t", ""),
        Link("told", "lie", Relation.DENIES, 1.0, "t", ""),
    ]
    records = {record.name: record for record in score_voices(claims, links, (), {}, WORDS)}
    ministry, rebels = records["Norland Defence Ministry"], records["Sudmark Front"]
    assert (ministry.claims, ministry.came_about, ministry.did_not) == (3, ("plan",), ("lie",))
    assert (rebels.did_not, rebels.open, rebels.denied) == (("threat",), ("open",), ("told",))
    (gone,) = [r for r in score_voices(claims, links, {"d03"}, {}, WORDS) if r.name == "Sudmark Front"]
    assert gone.retracted == ("told",)


def test_copies_do_not_add_to_a_record_and_disputed_outcomes_are_neither() -> None:
    claims = [make_claim("1", MONDAY, MINISTRY, status=Status.PLANNED),
              make_claim("2", TUESDAY, MINISTRY, status=Status.PLANNED)]  # fmt: skip
    both = [Link("1", "x", relation, 1.0, "t", "") for relation in (Relation.CAME_ABOUT, Relation.DID_NOT)]
    (record,) = score_voices(claims, both, (), {"d03": MONDAY}, WORDS)
    assert (record.claims, record.disputed, record.came_about) == (1, ("1",), ())


def test_outlets_bear_their_kind_and_the_name_that_is_written() -> None:
    radio = msgspec.structs.replace(MONDAY, id="radio", publisher_name="State Radio", state="NRL")
    credited = msgspec.structs.replace(TUESDAY, id="credited", credit="ONA")
    records = score_voices([make_claim("1", radio), make_claim("2", credited)], [], (), {}, WORDS)
    assert [(record.name, record.kind, record.said) for record in records] == [
        ("ONA", "news_outlet", ("2",)),
        ("State Radio", "state_media", ("1",)),
    ]


def test_one_body_is_one_voice_across_events_and_nobody_gives_nothing() -> None:
    claims = [
        make_claim("1", MONDAY, MINISTRY, event="a"),
        make_claim("2", TUESDAY, make_source("Norland's defence minister", code="NRL/GOV"), event="b"),
    ]
    (record,) = score_voices(claims, [], (), {}, WORDS)
    assert record.claims == 2
    assert score_voices([], []) == ()


SOURCES: list[tuple[GroundedSource, ...]] = [(), (MINISTRY,), (REBELS,)]
DRAWN = st.lists(
    st.tuples(st.sampled_from([MONDAY, TUESDAY, NEXT_WEEK]), st.sampled_from(SOURCES), st.sampled_from(list(Status))),
    max_size=8,
)


def put_together(drawn: list[tuple[DocumentHead, tuple[GroundedSource, ...], Status]]) -> list[StoredClaim]:
    return [make_claim(str(i), head, *chain, status=status) for i, (head, chain, status) in enumerate(drawn)]


@given(DRAWN.map(put_together), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_every_case_is_a_claim(claims: list[StoredClaim], order: random.Random) -> None:
    links = find_outcomes(claims)
    shuffled = list(claims)
    order.shuffle(shuffled)
    assert find_outcomes(shuffled) == links
    ids = {item.claim.id for item in claims}
    for record in score_voices(shuffled, links, (), {}, WORDS):
        cases = [*record.came_about, *record.did_not, *record.disputed, *record.open]
        assert set(cases) <= ids
        assert len(cases) == len(set(cases)) <= record.claims
