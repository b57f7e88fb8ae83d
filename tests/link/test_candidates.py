"""Which claims meet, when they look for each other."""

from reportedly.link.candidates import MAX_CANDIDATES, choose_candidates, find_queries
from reportedly.records.claim import Status
from reportedly.records.stored import Sketch
from tests.link.event_makers import NEWPORT, OLDPORT, tell


def asks_for(one: Sketch, other: Sketch) -> bool:
    """Say whether the queries of one claim bring the other."""
    return any(
        set(query.keys) & set(other.keys)
        and (query.since is None or other.day is None or (query.since <= other.day <= (query.until or "9")))
        for query in find_queries(one)
    )


def raid(day: str = "", **changed: object) -> Sketch:
    """Return a claim of a raid on Oldport."""
    told: dict[str, object] = {"actor": "NRL/MIL", "recipient": "SDM", "place": OLDPORT, "day": day}
    return tell("Norland raided Oldport.", "raided", **{**told, **changed})  # type: ignore[arg-type]


def test_claims_of_one_town_and_week_meet_and_those_of_another_month_do_not() -> None:
    one, other = raid("2025-03-03"), raid("2025-03-04", actor="", recipient="")
    assert asks_for(one, other)
    assert asks_for(other, one)
    assert not asks_for(one, raid("2025-05-03"))


def test_a_plan_meets_what_came_of_it_weeks_later_and_the_act_its_plan() -> None:
    planned = raid(status=Status.PLANNED, published="2025-02-10")
    done = raid("2025-03-03")
    assert asks_for(planned, done)
    assert asks_for(done, planned)


def test_an_old_event_recalled_is_found_by_its_own_day() -> None:
    assert raid("2025-01-05", published="2025-03-04").day == "2025-01-05"
    assert raid(published="2025-03-04").day == "2025-03-04"
    assert raid(published=None).day is None


def test_another_town_shares_no_key_but_that_of_the_parties() -> None:
    shared = set(raid("2025-03-03").keys) & set(raid("2025-03-03", place=NEWPORT).keys)
    assert {key.split("|")[0] for key in shared} == {"party", "act"}


def test_candidates_are_bounded_and_the_likeliest_come_first_in_any_order() -> None:
    one = raid("2025-03-03")
    near, far = raid("2025-03-03"), raid("2025-03-06")
    elsewhere = raid("2025-03-03", place=NEWPORT)
    assert choose_candidates(one, [elsewhere, far, one, near]) == [near, far, elsewhere]
    crowd = [raid("2025-03-03") for _ in range(MAX_CANDIDATES + 20)]
    chosen = choose_candidates(one, crowd)
    assert len(chosen) == MAX_CANDIDATES
    assert chosen == choose_candidates(one, list(reversed(crowd)))
