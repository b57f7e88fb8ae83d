"""Which claims are one event with those that changed, found without walking through all that hangs together.

Links chain claims over months where a matter goes on, most of them too weak to make one event of their ends. So what
lies behind a link is read only where it could join: claims at the far end of a link are grouped as if each stood alone,
and one that joins nothing in this way joins nothing together with others either, since the mean of a group is no higher
than the best of its members (average linkage is reducible: Murtagh 1983). Those that do join are read in their turn,
with all that was one event with them so far. The groups are the same as if everything had been read.
"""

from collections.abc import Iterable, Mapping

from reportedly.link.event_groups import group_claims
from reportedly.linking.graph import group_connected, part_links
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.stored import PlacedClaim, Sketch
from reportedly.store.base import View

Group = tuple[str, ...]


class Gathering:
    """Claims that may have come into other events than they were in, read as far as that reaches.

    Attributes:
        claims: Claims that were read, by id; those that lie beside them are left out.
        groups: The events that these claims make now, as ids.
    """

    def __init__(
        self, view: View, kind: str, new: Iterable[Link], dropped: Iterable[str], apart: Iterable[tuple[str, str]]
    ) -> None:
        self._view = view
        self._kind = kind
        self._apart = tuple(apart)
        self._dropped = frozenset(dropped)
        self._links = {key: link for link in new if (key := make_link_id(link)) not in self._dropped}
        self._beside: dict[str, PlacedClaim] = {}
        self._sketches: dict[str, Sketch] = {}
        self._grouped: dict[tuple[Group, int], list[Group]] = {}
        self.claims: dict[str, PlacedClaim] = {}
        self.groups: list[Group] = []

    def reach(self, changed: Iterable[str]) -> None:
        """Read the claims that changed, and what can be one event with them or was so far."""
        waiting = set(changed)
        while waiting:
            self._read(waiting)
            groups = self._group()
            waiting = {item for group in groups if len(group) > 1 for item in group if item not in self.claims}
        self.groups = [group for group in groups if group[0] in self.claims]

    def _read(self, ids: Iterable[str]) -> None:
        asked = self._view.place_claims(sorted(ids))
        events = sorted({item.event for item in asked if item.event is not None})
        found = {item.id: item for item in (*asked, *self._view.place_claims(events=events))}
        fresh = found.keys() - self.claims.keys()
        self.claims |= found
        stored = self._view.find_links(sorted(fresh), (Relation.SAME_EVENT,))
        self._links |= {item.id: item.link for item in stored if item.id not in self._dropped}
        ends = {end for link in self._links.values() for end in (link.left, link.right)}
        self._beside |= {item.id: item for item in self._view.place_claims(sorted(ends - self._beside.keys()))}
        missing = (self.claims.keys() | self._beside.keys()) - self._sketches.keys()
        self._sketches |= self._view.find_sketches(self._kind, sorted(missing))

    def _group(self) -> list[Group]:
        """Group all that is known; a component to which neither claims nor links came is not grouped again."""
        links = list(self._links.values())
        components = group_connected(self.claims.keys() | self._beside.keys(), links)
        groups: list[Group] = []
        for component, inner in zip(components, part_links(links, components), strict=True):
            key = component, len(inner)
            if key not in self._grouped:
                self._grouped[key] = group_claims(self._pick(component), inner, self._apart)
            groups += self._grouped[key]
        return groups

    def _pick(self, ids: Iterable[str]) -> Mapping[str, Sketch]:
        return {item: self._sketches[item] for item in ids if item in self._sketches}
