"""What decisions force upon linking: what belongs together, what is kept apart, which links stand or never will."""

from collections.abc import Iterable, Sequence

import msgspec

from reportedly.deciding.anchors import Reports
from reportedly.records.decision import Decision, Verdict, read_ends
from reportedly.records.link import OF_DOCUMENTS, Link, Relation
from reportedly.store.base import View

PERSON = "person:"
"""What ``by`` of a link or a field starts with where a person set it."""


class Forced(msgspec.Struct, frozen=True):
    """What persons decided of links and events, with the claims as they are now.

    Attributes:
        together: Pairs of claims that are of one event: enough of them to hold each group together.
        apart: Pairs of claims that must not be in one event.
        rejected: Ends and relation of links that must not be drawn; each both ways round.
        accepted: Links that stand whatever linking finds.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    rejected: frozenset[tuple[str, str, Relation]] = frozenset()
    accepted: tuple[Link, ...] = ()


def find_forced(decisions: Sequence[Decision], view: View) -> Forced:
    """Return what the decisions that stand force upon linking.

    Later decisions win: a split takes claims out of what was merged before, a merge brings together what was split off.
    Claims that a later reading no longer gives are left out.

    Args:
        decisions: All, oldest first.
        view: Says which claims the decisions mean now.
    """
    reports = Reports(view)
    standing = find_standing(decisions)
    links = find_decided_links(standing, reports)
    groups: list[set[str]] = []
    apart: set[tuple[str, str]] = set()
    for decision in standing:
        found = [reports.find_claim(anchor) for anchor in decision.anchors]
        claims = [claim.id if claim is not None else None for claim in found]
        if decision.verdict is Verdict.MERGE:
            group = {claim for claim in claims if claim is not None}
            apart = {pair for pair in apart if not group.issuperset(pair)}
            groups.append(group)
        elif decision.verdict is Verdict.SPLIT:
            count = len(decision.targets)
            off = {claim for claim in claims[:count] if claim is not None}
            rest = {claim for claim in claims[count:] if claim is not None} - off
            groups = [part for group in groups for part in _split(group, off, rest)]
            apart |= {_sort(one, other) for one in off for other in rest}
        elif (link := links.get(decision.id)) is not None and link.relation is Relation.SAME_EVENT:
            pair = _sort(link.left, link.right)
            groups = [group for group in groups if group != set(pair)]
            if decision.verdict is Verdict.ACCEPT:
                apart.discard(pair)
                groups.append(set(pair))
    verdicts = {decision.id: decision for decision in standing}
    last = {(*_sort(link.left, link.right), link.relation): key for key, link in links.items()}
    rejected = [key for key, decision in last.items() if verdicts[decision].verdict is Verdict.REJECT]
    return Forced(
        together=tuple(sorted({pair for group in groups for pair in _make_star(group)})),
        apart=tuple(sorted(apart)),
        rejected=frozenset(
            ends for one, other, relation in rejected for ends in ((one, other, relation), (other, one, relation))
        ),
        accepted=tuple(
            links[key]
            for (one, other, relation), key in last.items()
            if verdicts[key].verdict is Verdict.ACCEPT
            and not (relation is Relation.SAME_EVENT and (one, other) in apart)
        ),
    )


def find_standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that were not undone, oldest first; what undid one may be undone itself."""
    ordered = sorted(decisions, key=lambda decision: (decision.at, decision.id))
    undone: set[str] = set()
    standing: list[Decision] = []
    for decision in reversed(ordered):
        if decision.id in undone:
            continue
        if decision.verdict is Verdict.UNDO:
            undone.update(decision.targets)
        else:
            standing.append(decision)
    return standing[::-1]


def find_documents(decision: Decision) -> set[str]:
    """Return the documents that a decision concerns: those of its claims, and the ends of a link between documents."""
    found = {anchor.document for anchor in decision.anchors}
    ends = read_ends(decision)
    if ends is not None and ends.relation in OF_DOCUMENTS:
        found |= {ends.left, ends.right}
    return found


def find_concerned(decisions: Sequence[Decision], known: Iterable[Decision]) -> set[str]:
    """Return the documents that decisions concern, with those of the decisions on record that they undo."""
    undone = {target for decision in decisions if decision.verdict is Verdict.UNDO for target in decision.targets}
    concerned = [*decisions, *(item for item in known if item.id in undone)]
    return {document for item in concerned for document in find_documents(item)}


def find_decided_links(decisions: Iterable[Decision], reports: Reports) -> dict[str, Link]:
    """Return the links that decisions are about, by decision id, as the person would draw them now.

    Those whose claims are not there any more are left out.
    """
    links = {}
    for decision in decisions:
        ends = read_ends(decision)
        if ends is None:
            continue
        left: str | None = ends.left
        right: str | None = ends.right
        if ends.relation not in OF_DOCUMENTS:
            now = {anchor.claim: reports.find_claim(anchor) for anchor in decision.anchors}
            left, right = (claim.id if (claim := now.get(end)) is not None else None for end in (ends.left, ends.right))
        if left is not None and right is not None:
            links[decision.id] = Link(
                left, right, ends.relation, 1.0, PERSON + decision.who, decision.reason, ends.kind
            )
    return links


def _split(group: set[str], off: set[str], rest: set[str]) -> list[set[str]]:
    """Take claims that were split off out of a group that was merged before, unless none of the rest is in it."""
    if not group & off or not group & rest:
        return [group]
    return [group - off, group & off]


def _make_star(group: set[str]) -> list[tuple[str, str]]:
    first, *others = sorted(group) or [""]
    return [(first, other) for other in others]


def _sort(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
