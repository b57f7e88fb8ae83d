"""Claims are grouped as if all that hangs together had been read, though most of it is not."""

import random
from collections.abc import Sequence
from typing import cast

from reportedly.link.event_groups import group_claims
from reportedly.linking.gathering import Gathering
from reportedly.linking.graph import group_connected, part_links
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.stored import PlacedClaim, Sketch
from reportedly.store.base import StoredLink, View
from tests.link.test_event_groups import claim, sketch

DAYS = 40


class World:
    """Claims and links as a view would give them; counts what is asked for."""

    def __init__(self, sketches: dict[str, Sketch], links: Sequence[Link], events: dict[str, str]) -> None:
        self.sketches = sketches
        self.links = links
        self.events = events
        self.unsketched: set[str] = set()
        self.read: set[str] = set()

    def place_claims(self, ids: Sequence[str] = (), events: Sequence[str] = ()) -> list[PlacedClaim]:
        known = [*self.sketches, *self.unsketched]
        found = [item for item in known if item in ids or self.events.get(item) in events]
        return [PlacedClaim(item, item, self.events.get(item)) for item in found]

    def find_links(self, ids: Sequence[str], relations: Sequence[Relation]) -> list[StoredLink]:
        self.read |= set(ids)
        found = [link for link in self.links if link.left in ids or link.right in ids]
        return [StoredLink(make_link_id(link), link, "2025", None) for link in found if link.relation in relations]

    def find_sketches(self, kind: str, subjects: Sequence[str]) -> dict[str, Sketch]:
        return {item: self.sketches[item] for item in subjects if item in self.sketches}


def make_world(seed: int) -> tuple[dict[str, Sketch], list[Link]]:
    """Make claims of many days, those of a day mostly linked, and days chained by weak links."""
    rng = random.Random(seed)
    days = {f"{day:02}{letter}": day for day in range(DAYS) for letter in "abcd"}
    sketches = sketch(*(claim(name) for name in days))
    names = sorted(days)
    links = []
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            apart = abs(days[one] - days[other])
            if apart <= 1 and rng.random() < (0.8, 0.3)[apart]:
                score = rng.uniform(0.6, 0.999) if apart == 0 else rng.uniform(0.5, 0.7)
                links.append(Link(one, other, Relation.SAME_EVENT, round(score, 3), "rule:events", ""))
    return sketches, links


def group_all(sketches: dict[str, Sketch], links: Sequence[Link]) -> set[tuple[str, ...]]:
    components = group_connected(sketches, links)
    return {
        group
        for component, inner in zip(components, part_links(links, components), strict=True)
        for group in group_claims({item: sketches[item] for item in component}, inner)
    }


def gather(world: World, new: Sequence[Link], changed: Sequence[str]) -> Gathering:
    gathering = Gathering(cast(View, world), "claim", new, dropped=(), apart=(), derived=())
    gathering.reach(changed)
    return gathering


def test_the_groups_are_those_of_all_that_hangs_together() -> None:
    for seed in range(12):
        sketches, links = make_world(seed)
        late = {"20a", "21c"}
        old = [link for link in links if not late & {link.left, link.right}]
        before = group_all({key: item for key, item in sketches.items() if key not in late}, old)
        events = {item: group[0] for group in before for item in group}
        world = World(sketches, old, events)
        new = [link for link in links if link not in old]
        gathering = gather(world, new, sorted({*late, *(end for link in new for end in (link.left, link.right))}))
        after = group_all(sketches, links)
        assert set(gathering.groups) <= after
        changed = {item for group in after - before for item in group}
        assert changed <= gathering.claims.keys()
        assert len(world.read) < len(sketches) / 2


def test_what_a_person_put_together_stands_for_the_link_that_is_stored() -> None:
    sketches = sketch(claim("one", "03"), claim("two", "09"))
    stored = Link("one", "two", Relation.SAME_EVENT, 0.5, "rule:events", "")
    person = Link("one", "two", Relation.SAME_EVENT, 1.0, "person:decision", "")
    world = World(sketches, [stored], {})
    assert gather(world, [stored, person], ["one", "two"]).groups == [("one", "two")]


def test_a_claim_that_is_not_sketched_yet_waits_for_its_own_batch() -> None:
    sketches = sketch(claim("one", "03"), claim("two", "03"))
    stored = Link("one", "two", Relation.SAME_EVENT, 0.9, "rule:events", "")
    together = Link("late", "one", Relation.SAME_EVENT, 1.0, "person:decision", "")
    world = World(sketches, [stored], {})
    world.unsketched = {"late"}
    gathering = gather(world, [together], ["late", "one"])
    assert gathering.groups == [("one", "two")]
    assert set(gathering.claims) == {"one", "two"}
