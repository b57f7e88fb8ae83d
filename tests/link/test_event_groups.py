"""How the claims of one connected component part into events."""

from hypothesis import given
from hypothesis import strategies as st

from reportedly.link.events import group_claims
from reportedly.records.link import Link, Relation
from reportedly.records.stored import Sketch
from tests.link.event_makers import OLDPORT, tell


def claim(name: str, day: str = "") -> Sketch:
    """Return a claim of a bombing on some day of March, or on none."""
    return tell("Norland bombed Oldport.", "bombed", day=day and f"2025-03-{day}", place=OLDPORT, subject=name)


def same(left: str, right: str, score: float = 0.9, by: str = "rule:events") -> Link:
    """Return a link between two claims."""
    return Link(left, right, Relation.SAME_EVENT, score, by, "alike")


def sketch(*claims: Sketch) -> dict[str, Sketch]:
    """Return claims by id."""
    return {item.subject: item for item in claims}


def test_a_claim_without_a_day_does_not_glue_two_days_together() -> None:
    sketches = sketch(claim("monday", "03"), claim("friday", "07"), claim("undated"))
    links = [same("monday", "undated", 0.95), same("friday", "undated", 0.8)]
    assert group_claims(sketches, links) == [("friday",), ("monday", "undated")]


def test_one_weak_link_does_not_join_two_events_that_are_told_often() -> None:
    names = "abcdef"
    links = [same(x, y, 0.95) for group in ("abc", "def") for x in group for y in group if x < y]
    groups = group_claims(sketch(*map(claim, names)), [*links, same("a", "d", 0.55)])
    assert groups == [("a", "b", "c"), ("d", "e", "f")]


def test_what_a_person_decides_outweighs_what_is_read() -> None:
    sketches = sketch(claim("a", "03"), claim("b", "07"), claim("c", "03"))
    put_together = same("a", "b", 1.0, "person:ana")
    assert group_claims(sketches, [put_together]) == [("a", "b"), ("c",)]
    assert group_claims(sketches, [same("a", "c", 0.99)], [("c", "a")]) == [("a",), ("b",), ("c",)]


def test_links_of_other_kinds_join_nothing_and_claims_without_links_stand_alone() -> None:
    tension = Link("a", "b", Relation.TENSION, 0.9, "rule:conflicts", "apart")
    assert group_claims(sketch(claim("a"), claim("b")), [tension]) == [("a",), ("b",)]
    assert group_claims({}, []) == []


def test_a_claim_without_a_sketch_is_grouped_by_its_links() -> None:
    assert group_claims({}, [same("a", "b")]) == [("a", "b")]


ENDS = st.sampled_from("abcdefgh")
EDGES = st.lists(st.tuples(ENDS, ENDS, st.sampled_from([0.5, 0.6, 0.8, 0.95])), max_size=20)
DAYS = st.lists(st.sampled_from(["", "03", "07"]), min_size=8, max_size=8)


@given(edges=EDGES, days=DAYS, shuffled=st.randoms(use_true_random=False))
def test_groups_part_the_claims_and_ignore_the_order_of_links(
    edges: list[tuple[str, str, float]], days: list[str], shuffled: st.DataObject
) -> None:
    sketches = sketch(*(claim(name, day) for name, day in zip("abcdefgh", days, strict=True)))
    unique = {(min(x, y), max(x, y)): score for x, y, score in edges if x != y}
    links = [same(x, y, score) for (x, y), score in unique.items()]
    groups = group_claims(sketches, links)
    assert sorted(name for group in groups for name in group) == list("abcdefgh")
    other = links[:]
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert group_claims(dict(reversed(sketches.items())), other) == groups
    told = {name: day for name, day in zip("abcdefgh", days, strict=True) if day}
    assert all(len({told[name] for name in group if name in told}) <= 1 for group in groups)
