"""Decisions applied: what they make of claims and links, derived anew from the record as it was read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import msgspec

from reportedly.deciding.anchors import Reports
from reportedly.deciding.corrections import correct_claim
from reportedly.deciding.forced import PERSON, find_decided_links, find_documents, find_standing
from reportedly.deciding.relink import Relink, find_by_id, plan_relink
from reportedly.errors import DecisionError
from reportedly.records.claim import Claim
from reportedly.records.decision import Decision, Verdict, read_ends
from reportedly.records.grounding import Grounding
from reportedly.records.link import Link, make_link_id
from reportedly.records.stored import StoredClaim
from reportedly.store.base import Store, View, Writer

_OF_CLAIMS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT)

Corrections = dict[str, tuple[StoredClaim | None, tuple[str, ...]]]


class Application(msgspec.Struct, frozen=True):
    """What decisions make of the record, where the store has it otherwise.

    Attributes:
        corrections: Claims as decided, for ``Writer.put_corrections``.
        links: Links that persons draw.
        retired: Ids of links that they take back.
        relink: What linking has to look at again.
        waiting: Decisions that stand but whose claim no reading gives at present, or whose value does not fit it; they
            are applied as soon as one does.
    """

    corrections: Corrections
    links: tuple[Link, ...]
    retired: tuple[str, ...]
    relink: Relink
    waiting: tuple[Decision, ...]

    @property
    def empty(self) -> bool:
        """Whether the store has it all so already."""
        return not (self.corrections or self.links or self.retired)

    def write(self, writer: Writer) -> None:
        """Write it."""
        self.relink.write(writer)
        writer.put_corrections(self.corrections)
        writer.retire_links(self.retired)
        writer.put_links(self.links)


def apply_decisions(store: Store, documents: Collection[str] | None = None) -> Application:
    """Derive from all decisions what the claims and links they are about are now; applying again changes nothing.

    Documents whose claims change are to be linked again, and so are those that share an event with them.

    Args:
        store: Open for writing.
        documents: Only decisions that concern these; None for all.

    Raises:
        StoreError: the store cannot be written; nothing is changed then.
    """
    with store.reading() as view:
        application = plan_application(view.find_decisions(), view, documents)
    if not application.empty:
        with store.writing() as writer:
            application.write(writer)
    return application


def plan_application(
    decisions: Sequence[Decision], view: View, documents: Collection[str] | None = None
) -> Application:
    """Find what decisions make of the record.

    Args:
        decisions: All, those that are not kept yet among them.
        view: The record without them.
        documents: Only decisions that concern these; None for all.
    """
    if documents is not None:
        # What undoes is always looked at: what it undoes may concern links of documents, which it does not name.
        decisions = [
            item for item in decisions if item.verdict is Verdict.UNDO or not find_documents(item).isdisjoint(documents)
        ]
    reports = Reports(view)
    standing = find_standing(decisions)
    corrections, waiting = _find_corrections(decisions, standing, reports, view)
    links, retired = _find_links(decisions, standing, reports, view)
    relink = plan_relink(
        view,
        documents={item.document.id for item, _ in corrections.values() if item is not None},
        gone=[claim for claim, (item, _) in corrections.items() if item is None],
        changed=[claim for claim, (item, _) in corrections.items() if item is not None],
    )
    return Application(corrections, tuple(links), tuple(retired), relink, tuple(waiting))


def find_waiting(decisions: Sequence[Decision], view: View) -> list[Decision]:
    """Return the decisions that stand but that no claim fits at present; see ``Application``."""
    return _find_corrections(decisions, find_standing(decisions), Reports(view), view)[1]


def _find_corrections(
    decisions: Iterable[Decision], standing: Sequence[Decision], reports: Reports, view: View
) -> tuple[Corrections, list[Decision]]:
    """Return what becomes of each claim that is now otherwise than its decisions say, and the decisions that wait."""
    stand = {decision.id for decision in standing}
    on_claims: dict[str, list[Decision]] = defaultdict(list)
    waiting: list[Decision] = []
    for decision in sorted(decisions, key=lambda item: (item.at, item.id)):
        if decision.verdict not in _OF_CLAIMS or read_ends(decision) is not None:
            continue
        for anchor in decision.anchors:
            claim = reports.find_claim(anchor)
            if claim is not None:
                on_claims[claim.id].append(decision)
            elif decision.id in stand:
                waiting.append(decision)
    now = find_by_id(view, on_claims)
    read = _find_read(decisions, reports)
    corrections: Corrections = {}
    for claim_id, about in on_claims.items():
        valid = [decision for decision in about if decision.id in stand]
        corrected, unfit = _correct(*read[claim_id], valid)
        waiting += [decision for decision in unfit if decision not in waiting]
        decided = tuple(decision.id for decision in valid if decision not in unfit)
        entry = _compare(now.get(claim_id), corrected, decided, *read[claim_id], view)
        if entry is not None:
            corrections[claim_id] = entry
    return corrections, waiting


def _find_read(decisions: Iterable[Decision], reports: Reports) -> dict[str, tuple[Claim, Grounding]]:
    """Return claims and groundings, as they were read, of all documents that decisions are about."""
    read: dict[str, tuple[Claim, Grounding]] = {}
    for document in {anchor.document for decision in decisions for anchor in decision.anchors}:
        if (report := reports.find(document)) is not None:
            groundings = {grounding.claim_id: grounding for grounding in report.groundings}
            read.update((claim.id, (claim, groundings.get(claim.id) or Grounding(claim.id))) for claim in report.claims)
    return read


def _correct(
    claim: Claim, grounding: Grounding, decisions: Iterable[Decision]
) -> tuple[tuple[Claim, Grounding] | None, list[Decision]]:
    """Return a claim as decided, None where it is rejected; and the decisions whose value does not fit it."""
    rejected = False
    unfit: list[Decision] = []
    for decision in decisions:
        if decision.verdict is not Verdict.CORRECT:
            rejected = decision.verdict is Verdict.REJECT
            continue
        try:
            claim, grounding = correct_claim(
                claim, grounding, decision.field or "", decision.value or "", PERSON + decision.who
            )
        except DecisionError:
            unfit.append(decision)
    return None if rejected else (claim, grounding), unfit


def _compare(
    now: StoredClaim | None,
    corrected: tuple[Claim, Grounding] | None,
    decided: tuple[str, ...],
    claim: Claim,
    grounding: Grounding,
    view: View,
) -> tuple[StoredClaim | None, tuple[str, ...]] | None:
    """Return what to write of a claim; None where the store has it so already."""
    if corrected is None:
        return (None, decided) if now is not None else None
    if now is not None:
        if (now.claim, now.grounding) == corrected and now.decided == decided:
            return None
        base = now
    else:
        base = StoredClaim(claim, grounding, view.get_head(claim.document_id), "", "")
    return msgspec.structs.replace(base, claim=corrected[0], grounding=corrected[1], decided=decided), decided


def _find_links(
    decisions: Iterable[Decision], standing: Sequence[Decision], reports: Reports, view: View
) -> tuple[list[Link], list[str]]:
    """Return the links that decisions draw, and the ids of those that they take back, where the store has it otherwise.

    A link that a person drew and that no decision stands for any more is taken back, too.
    """
    stand = {decision.id: decision for decision in standing}
    wanted: dict[str, Link | None] = {}
    ordered = sorted(decisions, key=lambda item: (item.at, item.id))
    found = find_decided_links(ordered, reports)
    for decision in ordered:
        if (link := found.get(decision.id)) is not None:
            if decision.id in stand:
                wanted[make_link_id(link)] = link if decision.verdict is Verdict.ACCEPT else None
            else:
                wanted.setdefault(make_link_id(link), None)
    ends = sorted({end for link in found.values() for end in (link.left, link.right)})
    there = {item.id: item.link for item in view.find_links(ends)} if ends else {}
    rejected = {make_link_id(link) for key, link in found.items() if key in stand}
    links = [link for key, link in wanted.items() if link is not None and there.get(key) != link]
    retired = [
        key
        for key, link in wanted.items()
        if link is None and key in there and (key in rejected or there[key].by.startswith(PERSON))
    ]
    return links, retired
