"""Which claims of different reports are taken for one event, and which are kept apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.link.event_features import decode_features, encode_features
from reportedly.link.events import judge_events
from reportedly.records.claim import Status
from reportedly.records.link import Relation
from reportedly.records.ontology import EventType
from reportedly.records.stored import Sketch
from tests.link.event_makers import NEWPORT, NORLAND, OLDPORT, WORDS, tell

BOMBED = "Norland bombed the market of Oldport on Monday."
STRUCK = "Jets of Norland struck Oldport on Monday, a hospital said."


def bombing(sentence: str = BOMBED, trigger: str = "bombed", **changed: object) -> Sketch:
    """Return a claim of the bombing of Oldport on 3 March, some of it changed."""
    told: dict[str, object] = {"actor": "NRL/MIL", "recipient": "SDM/CVL", "place": OLDPORT, "day": "2025-03-03"}
    return tell(sentence, trigger, **{**told, **changed})  # type: ignore[arg-type]


def strike(**changed: object) -> Sketch:
    """Return a claim of the same in other words."""
    return bombing(STRUCK, "struck", **changed)


def test_one_event_in_two_reports_is_linked_with_its_reasons() -> None:
    link = judge_events(bombing(), strike(published="2025-03-05"), WORDS)
    assert link is not None
    assert link.relation is Relation.SAME_EVENT
    assert link.score > 0.8
    assert "same day +" in link.reason


def test_the_earlier_report_is_the_left_end_whatever_the_order() -> None:
    early, late = bombing(published="2025-03-03"), strike(published="2025-03-05")
    assert judge_events(early, late, WORDS) == judge_events(late, early, WORDS)
    link = judge_events(late, early, WORDS)
    assert link is not None
    assert link.left == early.subject
    undated = bombing(published=None)
    for pair in ((undated, late), (late, undated)):
        link = judge_events(*pair, WORDS)
        assert link is not None
        assert link.left == late.subject


@pytest.mark.parametrize(
    "changed",
    [
        {"day": "2025-03-07"},
        {"place": NEWPORT},
        {"actor": "WLD/MIL", "recipient": "KST/CVL", "place": None},
        {"status": Status.HISTORICAL, "day": ""},
        {"type": EventType.CONSULT},
    ],
    ids=["another day", "another town", "other parties", "background", "another type"],
)
def test_look_alikes_stay_apart(changed: dict[str, object]) -> None:
    assert judge_events(bombing(), strike(**changed), WORDS) is None


def test_a_contradicting_toll_does_not_part_one_event() -> None:
    alike = judge_events(bombing(killed=12), strike(killed=12), WORDS)
    differing = judge_events(bombing(killed=12), strike(killed=14), WORDS)
    assert alike is not None
    assert differing is not None
    assert differing.score < alike.score


def test_a_sentence_alike_is_no_event_of_reports_that_share_hardly_a_name() -> None:
    said = "A survivor said that 11 people had died."
    one = "\n\nThe UN spoke of Temrin, the Keldra hills, Velmora, Ostrel, Tavaria and Marshal Idrin."
    other = "\n\nThe UN spoke of Sulamar, the Kolpe delta, Binasa, Torvik, Perrado and Bishop Anselm."

    def told(around: str) -> Sketch:
        return tell(said, "died", killed=11, recipient="people", around=around)

    assert judge_events(told(one), told(other), WORDS) is None
    assert judge_events(told(one), told(one), WORDS) is not None


def test_a_neighbouring_day_is_no_contradiction_but_in_one_mouth() -> None:
    assert judge_events(bombing(voice="a medic"), strike(day="2025-03-04", voice="a mayor"), WORDS) is not None
    assert judge_events(bombing(voice="a medic"), strike(day="2025-03-04", voice="a medic"), WORDS) is None


def test_a_day_that_may_be_another_events_rules_nothing_out() -> None:
    assert judge_events(bombing(), strike(day="2025-03-07"), WORDS) is None
    assert judge_events(bombing(), strike(day="2025-03-07", sure=0.5), WORDS) is not None


def test_a_plan_and_what_came_of_it_are_one_event_but_not_the_other_way_round() -> None:
    sentence = "Norland is preparing to bomb Oldport, officials said."
    planned = bombing(sentence, "bomb", day="", status=Status.PLANNED, published="2025-02-28")
    link = judge_events(planned, strike(), WORDS)
    assert link is not None
    assert link.left == planned.subject
    later = bombing(sentence, "bomb", day="", status=Status.PLANNED, published="2025-03-20")
    assert judge_events(strike(), later, WORDS) is None


def test_a_denial_is_linked_with_what_it_denies() -> None:
    denied = bombing("Norland denied that its jets had bombed Oldport on Monday.", "bombed", status=Status.DENIED)
    assert judge_events(strike(), denied, WORDS) is not None


def test_a_series_is_none_of_its_strikes() -> None:
    series = bombing(
        "Norland has carried out 14 strikes on Oldport since January.",
        "strikes",
        day="2025-01-01",
        until="2025-03-10",
        modifier="since",
        operations=14,
    )
    assert judge_events(series, strike(), WORDS) is None


def test_what_parties_say_needs_more_than_the_parties() -> None:
    said = {"type": EventType.ACCUSE, "place": None, "day": ""}
    here, there = "Ila Toren spoke in Geneva and in Bern.", "The envoy Pell Orvane was in Quito on Monday."
    one = bombing("Norland accused Sudmark of hiding rockets in a school.", "accused", around=here, **said)
    other = bombing("Norland accused Sudmark of violating its airspace.", "accused", around=there, **said)
    again = bombing("Norland accused Sudmark of hiding rockets in schools.", "accused", around=here, **said)
    assert judge_events(one, other, WORDS) is None
    assert judge_events(one, again, WORDS) is not None


def test_a_town_and_its_country_are_no_contradiction() -> None:
    assert judge_events(bombing(), strike(place=NORLAND), WORDS) is not None


def test_a_meeting_is_told_from_either_side() -> None:
    meeting = {"type": EventType.CONSULT, "place": None}
    one = tell("Norland met Sudmark on Monday.", "met", actor="NRL", recipient="SDM", day="2025-03-03", **meeting)  # type: ignore[arg-type]
    other = tell("Sudmark met Norland on Monday.", "met", actor="SDM", recipient="NRL", day="2025-03-03", **meeting)  # type: ignore[arg-type]
    assert judge_events(one, other, WORDS) is not None


def test_claims_of_one_report_are_left_to_its_reading() -> None:
    assert judge_events(bombing(document="d"), strike(document="d"), WORDS) is None


def test_every_level_has_a_weight_and_a_name() -> None:
    levels = WORDS.weights.levels
    assert {"same", "near"} == levels["type"].keys()
    assert all(place.removeprefix("lent ") in levels["place"] for place in levels["place"])
    assert {name: known.keys() for name, known in levels.items()} == {
        name: known.keys() for name, known in WORDS.reasons.items()
    }
    assert set(WORDS.kinds) == set(WORDS.groups) == {kind.value for kind in EventType}
    for kind, near in WORDS.near.items():
        assert {WORDS.groups[other] for other in near} == {WORDS.groups[kind]}


@given(
    sentence=st.text(max_size=60).map(lambda words: f"Norland hit Oldport {words}"),
    day=st.dates().map(str) | st.just(""),
    killed=st.none() | st.integers(0, 10**6),
    published=st.none() | st.just("2025-03-04"),
    kind=st.sampled_from(EventType),
    status=st.sampled_from(Status),
)
def test_sketches_survive_their_payload_and_are_judged_alike_both_ways(
    sentence: str, day: str, killed: int | None, published: str | None, kind: EventType, status: Status
) -> None:
    one = tell(sentence, "hit", day=day, killed=killed, published=published, type=kind, status=status, place=OLDPORT)
    assert encode_features(decode_features(one.payload)) == one.payload
    other = bombing()
    assert judge_events(one, other, WORDS) == judge_events(other, one, WORDS)
