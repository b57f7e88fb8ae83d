"""What hangs together: components of a graph of links, and how far links lead from a few of their ends."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from reportedly.records.link import Link, Relation, make_link_id
from reportedly.store.base import View


def group_connected(ids: Iterable[str], links: Iterable[Link]) -> list[tuple[str, ...]]:
    """Return the connected components of a graph, each sorted, in the order of their first members.

    Links that lead out of ``ids`` are passed over.
    """
    leader = {item: item for item in ids}

    def find(item: str) -> str:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    for link in links:
        if link.left in leader and link.right in leader:
            one, other = sorted((find(link.left), find(link.right)))
            leader[other] = one
    groups: dict[str, list[str]] = defaultdict(list)
    for item in sorted(leader):
        groups[find(item)].append(item)
    return [tuple(group) for _, group in sorted(groups.items())]


def part_links(links: Iterable[Link], groups: Sequence[Sequence[str]]) -> list[list[Link]]:
    """Return for each group the links within it, in their order; groups share no id."""
    number = {item: at for at, group in enumerate(groups) for item in group}
    parts: list[list[Link]] = [[] for _ in groups]
    for link in links:
        at = number.get(link.left)
        if at is not None and at == number.get(link.right):
            parts[at].append(link)
    return parts


def expand(
    view: View, ids: Iterable[str], relations: tuple[Relation, ...], new: Iterable[Link]
) -> tuple[set[str], list[Link]]:
    """Follow links from ``ids`` as far as they lead.

    Args:
        view: What is stored.
        ids: Where to start.
        relations: Which links to follow.
        new: Links that are not stored yet; they count as those that are.

    Returns:
        All ids reached, those at the start among them, and all links that touch them.
    """
    near: dict[str, list[Link]] = defaultdict(list)
    for link in new:
        if link.relation in relations:
            near[link.left].append(link)
            near[link.right].append(link)
    reached: set[str] = set()
    links: dict[str, Link] = {}
    frontier = set(ids)
    while frontier:
        reached |= frontier
        found = [stored.link for stored in view.find_links(sorted(frontier), relations)]
        found += [link for item in sorted(frontier) for link in near[item]]
        links.update((make_link_id(link), link) for link in found)
        frontier = {end for link in found for end in (link.left, link.right)} - reached
    return reached, list(links.values())
