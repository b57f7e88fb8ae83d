"""Which claims are one event with those that changed, found without walking through all that hangs together.

Links chain claims over months where a matter goes on, most of them too weak to make one event of their ends. So what
lies behind a link is read only where it could join: claims at the far end of a link are grouped as if each stood alone,
and one that joins nothing in this way joins nothing together with others either, since the mean of a group is no higher
than the best of its members (average linkage is reducible: Murtagh 1983). Those that do join are read in their turn,
with all that was one event with them so far. The groups are the same as if everything had been read.
"""

from collections import defaultdict
from collections.abc import Iterable

from reportedly.link.event_groups import group_claims
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.stored import PlacedClaim, Sketch
from reportedly.store.base import View

Group = tuple[str, ...]
_LIKELY = 0.9
"""Score of a link from which its other end is read before anything is grouped."""


class Gathering:
    """Claims that may have come into other events than they were in, read as far as that reaches.

    Attributes:
        claims: Claims that were read, by id; those that lie beside them are left out, and those that are not sketched
            yet.
        derived: Stored links of some relations that touch one of these claims, by id.
    """

    def __init__(
        self,
        view: View,
        kind: str,
        new: Iterable[Link],
        *,
        dropped: Iterable[str],
        apart: Iterable[tuple[str, str]],
        derived: tuple[Relation, ...],
    ) -> None:
        self._view = view
        self._relations = (Relation.SAME_EVENT, *derived)
        self._kind = kind
        self._apart = tuple(apart)
        self._dropped = frozenset(dropped)
        self._beside: set[str] = set()
        self._near: dict[str, dict[str, Link]] = defaultdict(dict)
        self._sketches: dict[str, Sketch] = {}
        self._group_of: dict[str, Group] = {}
        self._add({make_link_id(link): link for link in new}.items())
        self.claims: dict[str, PlacedClaim] = {}
        self.derived: dict[str, Link] = {}

    @property
    def groups(self) -> list[Group]:
        """The events that the claims make now, as ids, sorted."""
        return sorted({self._group_of[item] for item in self.claims})

    def reach(self, changed: Iterable[str]) -> None:
        """Read the claims that changed, and what can be one event with them or was so far."""
        waiting = set(changed)
        while waiting:
            fresh: list[str] = []
            while waiting:
                some = self._read(waiting)
                fresh += some
                waiting = {end for item in some for end in self._find_likely(item)}
            groups = self._group(fresh)
            waiting = {item for group in groups if len(group) > 1 for item in group if item not in self.claims}

    def _find_likely(self, item: str) -> list[str]:
        """Return claims not read yet that are likely of one event with another: read at once, they need no grouping."""
        links = [link for link in self._near[item].values() if link.score >= _LIKELY]
        return [end for link in links for end in (link.left, link.right) if self._is_beside(end)]

    def _is_beside(self, item: str) -> bool:
        return item in self._beside and item not in self.claims

    def _read(self, ids: Iterable[str]) -> list[str]:
        """Read claims, those that were of one event with them, and their links; return which are new."""
        asked = self._view.place_claims(sorted(ids))
        events = sorted({item.event for item in asked if item.event is not None})
        found = {item.id: item for item in (*asked, *self._view.place_claims(events=events))}
        fresh = self._keep_sketched(found.keys() - self.claims.keys())
        self.claims |= {item: found[item] for item in fresh}
        stored = [(item.id, item.link) for item in self._view.find_links(fresh, self._relations)]
        self._add(pair for pair in stored if pair[1].relation is Relation.SAME_EVENT)
        self.derived.update(pair for pair in stored if pair[1].relation is not Relation.SAME_EVENT)
        ends = {end for item in fresh for link in self._near[item].values() for end in (link.left, link.right)}
        met = sorted(ends - self.claims.keys() - self._beside)
        self._beside.update(self._keep_sketched(item.id for item in self._view.place_claims(met)))
        return fresh

    def _keep_sketched(self, ids: Iterable[str]) -> list[str]:
        """Return, in order, the claims that are sketched; the others wait for the batch of their own document."""
        ids = sorted(ids)
        self._sketches |= self._view.find_sketches(self._kind, [item for item in ids if item not in self._sketches])
        return [item for item in ids if item in self._sketches]

    def _add(self, links: Iterable[tuple[str, Link]]) -> None:
        """Take links in; new ones come first, and stand for those of the same ends that are stored."""
        for key, link in links:
            if key not in self._dropped and key not in self._near[link.left]:
                self._near[link.left][key] = self._near[link.right][key] = link

    def _group(self, fresh: Iterable[str]) -> list[Group]:
        """Group again all that hangs together with new claims, as far as it is known."""
        groups: list[Group] = []
        done: set[str] = set()
        for start in fresh:
            if start in done:
                continue
            component, links = self._walk(start)
            done |= component
            sketches = {item: self._sketches[item] for item in sorted(component)}
            groups += group_claims(sketches, links, self._apart)
        self._group_of |= {item: group for group in groups for item in group}
        return groups

    def _walk(self, start: str) -> tuple[set[str], list[Link]]:
        component = {start}
        links: dict[str, Link] = {}
        frontier = [start]
        while frontier:
            for key, link in self._near[frontier.pop()].items():
                if all(end in self.claims or end in self._beside for end in (link.left, link.right)):
                    links[key] = link
                    for end in (link.left, link.right):
                        if end not in component:
                            component.add(end)
                            frontier.append(end)
        return component, list(links.values())
