"""Decisions applied: what they make of claims and links, derived anew from the record as it was read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

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
from reportedly.records.report import Report, pair_claims
from reportedly.records.stored import StoredClaim
from reportedly.store.base import Corrections, Store, View, Writer

_OF_CLAIMS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT)


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
    decisions: Sequence[Decision],
    view: View,
    documents: Collection[str] | None = None,
    replacing: Mapping[str, Report] | None = None,
) -> Application:
    """Find what decisions make of the record.

    Args:
        decisions: All, those that are not kept yet among them.
        view: The record without them.
        documents: Only decisions that concern these; None for all.
        replacing: Readings, by document, that are written in the same transaction, before the application, of which
            everything that decisions make is given. That their documents are linked again is up to the caller.
    """
    if documents is not None:
        # What undoes is always looked at: what it undoes may concern links of documents, which it does not name.
        decisions = [
            item for item in decisions if item.verdict is Verdict.UNDO or not find_documents(item).isdisjoint(documents)
        ]
    reports = Reports(view, replacing)
    standing = find_standing(decisions)
    corrections, changed, waiting = _find_corrections(decisions, standing, reports, view, documents, replacing or {})
    links, retired = _find_links(decisions, standing, reports, view, always=bool(replacing))
    relink = plan_relink(
        view,
        documents=set(changed.values()),
        gone=[claim for claim in changed if corrections[claim][0] is None],
        changed=[claim for claim in changed if corrections[claim][0] is not None],
    )
    return Application(corrections, tuple(links), tuple(retired), relink, tuple(waiting))


def find_waiting(decisions: Sequence[Decision], view: View) -> list[Decision]:
    """Return the decisions that stand but that no claim fits at present; see ``Application``."""
    return _find_corrections(decisions, find_standing(decisions), Reports(view), view)[2]


def _find_corrections(
    decisions: Iterable[Decision],
    standing: Sequence[Decision],
    reports: Reports,
    view: View,
    documents: Collection[str] | None = None,
    replacing: Collection[str] = (),
) -> tuple[Corrections, dict[str, str], list[Decision]]:
    """Return what becomes of claims, the documents of those that are otherwise now, and the decisions that wait.

    Claims of ``documents`` alone are looked at: on others, decisions may be missing. For documents that are read anew,
    what is so already is given as well.
    """
    stand = {decision.id for decision in standing}
    on_claims: dict[str, list[Decision]] = defaultdict(list)
    waiting: list[Decision] = []
    ordered = sorted((item for item in decisions if _is_on_claims(item)), key=lambda item: (item.at, item.id))
    for decision in ordered:
        for anchor in decision.anchors:
            claim = reports.find_claim(anchor)
            if claim is not None:
                on_claims[claim.id].append(decision)
            elif decision.id in stand:
                waiting.append(decision)
    read = _find_read(ordered, reports)
    now = find_by_id(view, read)
    corrections: dict[str, tuple[tuple[Claim, Grounding] | None, tuple[str, ...]]] = {}
    changed: dict[str, str] = {}
    for claim_id, (claim, grounding) in read.items():
        state = now.get(claim_id)
        if documents is not None and claim.document_id not in documents:
            continue
        if claim_id not in on_claims and state is not None and not state.decided:
            continue
        # A claim that was decided by its words comes back as it was read where its decisions fit others by now.
        valid = [decision for decision in on_claims.get(claim_id, ()) if decision.id in stand]
        corrected, unfit = _correct(claim, grounding, valid)
        waiting += [decision for decision in unfit if decision not in waiting]
        decided = tuple(decision.id for decision in valid if decision not in unfit)
        differs = _differs(state, corrected, decided)
        if differs:
            changed[claim_id] = claim.document_id
        if differs or claim.document_id in replacing:
            corrections[claim_id] = corrected, decided
    return corrections, changed, waiting


def _is_on_claims(decision: Decision) -> bool:
    return decision.verdict in _OF_CLAIMS and read_ends(decision) is None


def _find_read(decisions: Iterable[Decision], reports: Reports) -> dict[str, tuple[Claim, Grounding]]:
    """Return claims and groundings, as they were read, of all documents that decisions are about."""
    read: dict[str, tuple[Claim, Grounding]] = {}
    for document in dict.fromkeys(anchor.document for decision in decisions for anchor in decision.anchors):
        if (report := reports.find(document)) is not None:
            read |= pair_claims(report)
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


def _differs(now: StoredClaim | None, corrected: tuple[Claim, Grounding] | None, decided: tuple[str, ...]) -> bool:
    """Say whether the store has a claim otherwise."""
    if now is None or corrected is None:
        return (now is None) != (corrected is None)
    return (now.claim, now.grounding) != corrected or now.decided != decided


def _find_links(
    decisions: Iterable[Decision], standing: Sequence[Decision], reports: Reports, view: View, *, always: bool
) -> tuple[list[Link], list[str]]:
    """Return the links that decisions draw, and the ids of those that they take back, where the store has it otherwise.

    Of a link that no decision stands for any more, what a person drew is taken back, and what reading drew comes back.
    With ``always``, what the store has so already is given as well.
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
    decided = {make_link_id(link) for key, link in found.items() if key in stand}
    read = _find_read_links((item for item in ordered if item.id in found), reports)
    links, retired = [], []
    for key, link in wanted.items():
        drawn = there.get(key)
        if link is not None:
            links += [link] if always or drawn != link else []
        elif key in decided:
            retired += [key] if always or drawn is not None else []
        elif drawn is None or drawn.by.startswith(PERSON):
            if key in read:
                links.append(read[key])
            elif drawn is not None:
                retired.append(key)
    return links, retired


def _find_read_links(decisions: Iterable[Decision], reports: Reports) -> dict[str, Link]:
    """Return the links that reading drew within the documents of decisions, by their ids."""
    documents = dict.fromkeys(anchor.document for decision in decisions for anchor in decision.anchors)
    found = [report for document in documents if (report := reports.find(document)) is not None]
    return {make_link_id(link): link for report in found for link in report.links}
