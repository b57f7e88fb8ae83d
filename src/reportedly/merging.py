"""Brings another ledger into one: what was read, what persons decided, what failed, what was removed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from reportedly.adding import BATCH, mark_coded, name_chain, name_coding
from reportedly.deciding import apply_decisions
from reportedly.deciding.applying import plan_application
from reportedly.deciding.forced import find_concerned, find_documents
from reportedly.deciding.relink import plan_relink
from reportedly.forgetting import carry_out
from reportedly.records.decision import Decision, Removal, Verdict, leave_out, read_ends
from reportedly.records.ids import find_odd_ids
from reportedly.records.report import Report
from reportedly.records.stored import DocumentHead
from reportedly.store.base import AddOutcome, Publisher, Store, View, Writer
from reportedly.store.batch import chunk


class MergeSummary(msgspec.Struct, frozen=True):
    """What a ledger brought.

    Attributes:
        documents: Documents that came in.
        claims: Claims that came with them, as they were read.
        known: Documents that were there.
        refused: Documents that are not taken, because they were removed from this ledger.
        decisions: Decisions that came in.
        failures: Failures that came in.
        removals: Documents that the other ledger removed, and that are refused here, too, from now on.
        unfit: What was left out because of an id that is none, one line a record.
    """

    documents: int = 0
    claims: int = 0
    known: int = 0
    refused: int = 0
    decisions: int = 0
    failures: int = 0
    removals: int = 0
    unfit: tuple[str, ...] = ()


def merge_ledger(other: Store, store: Store) -> MergeSummary:
    """Bring in what another ledger holds; merging again changes nothing.

    Texts are not read again: claims come as they were read, and decisions are applied to them here. Links that were
    drawn by rules, events and stories stay behind, because linking derives them from both ledgers together. Removals of
    either side win. A run that is cut off keeps the batches it has committed, and the rerun goes on.

    Args:
        other: Only read.
        store: Open for writing.

    Raises:
        StoreError: either cannot be used; what was committed before is kept.
    """
    removals, unfit = _merge_removals(other, store)
    summary = MergeSummary(removals=removals, unfit=unfit)
    with other.reading() as view:
        outdated = frozenset(view.find_unsketched(name_coding()))
        # In the order they were stored, so that versions of one address are joined in the same order.
        heads = sorted(view.find_heads(), key=lambda head: (head.recorded, head.id))
        theirs = view.find_decisions()
    with store.reading() as view:
        found, unfit = _find_new(theirs, view)
    about: dict[str, list[Decision]] = defaultdict(list)
    for decision in found:
        if len(documents := find_documents(decision)) == 1:
            about[documents.pop()].append(decision)
    for batch in chunk(heads, BATCH):
        summary = _merge_documents(batch, other, store, outdated, about, summary)
    _merge_decisions(theirs, store)
    failures = _merge_failures(other, store)
    # Also where nothing came in now: the run before may have been cut off before this.
    apply_decisions(store)
    return msgspec.structs.replace(
        summary, decisions=len(found), failures=failures, unfit=tuple(dict.fromkeys((*summary.unfit, *unfit)))
    )


def _find_unfit(records: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Return by name of a record what is wrong with the ids that it holds."""
    odd = ((name, find_odd_ids(ids)) for name, ids in records)
    return {
        name: f"{name} is left out: {', '.join(map(repr, ids[:3]))} is no id (20 hexadecimal characters)"
        for name, ids in odd
        if ids
    }


def _merge_removals(other: Store, store: Store) -> tuple[int, tuple[str, ...]]:
    with other.reading() as view:
        found = view.find_removals()
    with store.reading() as ours:
        known = {removal.id for removal in ours.find_removals()}
        new = [removal for removal in found if removal.id not in known]
        unfit = _find_unfit((_name(item), (item.id,)) for item in new)
        new = [removal for removal in new if _name(removal) not in unfit]
        here = {head.id for head in ours.find_heads(ids=[removal.id for removal in new])} if new else set()
    carry_out(store, [removal for removal in new if removal.id in here])
    if len(here) < len(new):
        with store.writing() as writer:
            for removal in new:
                if removal.id not in here:
                    writer.add_removal(removal)
    return len(new), tuple(unfit.values())


def _name(record: Removal | Decision | DocumentHead) -> str:
    what = {Removal: "removal", Decision: "decision", DocumentHead: "document"}[type(record)]
    return f"{what} {record.id!r}"


def _merge_documents(
    heads: Sequence[DocumentHead],
    other: Store,
    store: Store,
    outdated: frozenset[str],
    about: Mapping[str, Sequence[Decision]],
    summary: MergeSummary,
) -> MergeSummary:
    """Take documents in together with the decisions on them alone: nobody reads what was rejected as if it stood."""
    with store.reading() as view:
        known = {head.id for head in view.find_heads(ids=[head.id for head in heads])}
    with other.reading() as view:
        reports = [(head, view.get_report(head.id)) for head in heads if head.id not in known]
    unfit = _find_unfit((_name(head), _list_ids(report)) for head, report in reports)
    reports = [(head, report) for head, report in reports if _name(head) not in unfit]
    added = refused = claims = 0
    brought = {head.id: report for head, report in reports}
    decisions = _order(decision for document in brought for decision in about.get(document, ()))
    if reports:
        with store.reading() as view:
            corrections = plan_application(decisions, view, brought.keys(), brought).corrections
        with store.writing() as writer:
            for head, report in reports:
                outcome = _add(head, report, writer)
                refused += outcome is AddOutcome.REMOVED
                if outcome in (AddOutcome.ADDED, AddOutcome.VERSION):
                    added += 1
                    claims += len(report.claims)
                    if head.id not in outdated:
                        mark_coded(writer, [head.id])
            for decision in decisions:
                writer.add_decision(decision)
            writer.put_corrections(corrections)
    return msgspec.structs.replace(
        summary,
        documents=summary.documents + added,
        claims=summary.claims + claims,
        known=summary.known + len(heads) - added - refused - len(unfit),
        refused=summary.refused + refused,
        unfit=(*summary.unfit, *unfit.values()),
    )


def _list_ids(report: Report) -> Iterator[str]:
    """Give the ids of a report and of all that belongs to it."""
    if report.document is not None:
        yield report.document.id
    yield from (name for claim in report.claims for name in (claim.id, claim.document_id))
    yield from (name for statement in report.statements for name in (statement.id, statement.document_id))
    yield from (grounding.claim_id for grounding in report.groundings)
    for link in report.links:
        yield from (link.left, link.right)


def _add(head: DocumentHead, report: Report, writer: Writer) -> AddOutcome:
    document = report.document
    chain = name_chain(document) if document is not None else None
    return writer.add_report(report, Publisher(head.publisher_name, head.family, head.state), chain)


def _find_new(theirs: Iterable[Decision], view: View) -> tuple[list[Decision], tuple[str, ...]]:
    """Return the decisions that are not here, without what they say of documents that were removed here."""
    removed = {removal.id for removal in view.find_removals()}
    known = {decision.id for decision in view.find_decisions()}
    found = [decision for decision in theirs if decision.id not in known]
    unfit = _find_unfit((_name(decision), _list_named(decision)) for decision in found)
    return list(_leave_out((item for item in found if _name(item) not in unfit), removed)), tuple(unfit.values())


def _order(decisions: Iterable[Decision]) -> list[Decision]:
    """Put what undoes last: what it undoes must be there, though a clock that was set back says otherwise."""
    return sorted(decisions, key=lambda item: item.verdict is Verdict.UNDO)


def _merge_decisions(theirs: Iterable[Decision], store: Store) -> None:
    """Take the decisions in that did not come with a document; linking looks at what they concern again."""
    with store.reading() as view:
        new, _ = _find_new(theirs, view)
        changed = {anchor.claim for decision in new for anchor in decision.anchors}
        relink = plan_relink(view, documents=find_concerned(new, view.find_decisions()), changed=changed)
    if new:
        with store.writing() as writer:
            for decision in _order(new):
                writer.add_decision(decision)
            relink.write(writer)


def _list_named(decision: Decision) -> Iterator[str]:
    """Give the ids that a decision names, its own among them."""
    yield from (decision.id, *decision.targets)
    for anchor in decision.anchors:
        yield from (anchor.claim, anchor.document)
    if (ends := read_ends(decision)) is not None:
        yield from (ends.left, ends.right)


def _leave_out(decisions: Iterable[Decision], removed: AbstractSet[str]) -> Iterator[Decision]:
    """Give decisions, oldest first, as far as they are on other documents; what undid one that is not, goes with it."""
    gone = set(removed)
    for decision in decisions:
        gone |= {anchor.claim for anchor in decision.anchors if anchor.document in removed}
        left = leave_out(decision, gone)
        if left is None:
            gone.add(decision.id)
        else:
            yield left


def _merge_failures(other: Store, store: Store) -> int:
    """Take failures in of addresses that this ledger has neither read nor failed to read."""
    with other.reading() as view:
        theirs = view.find_failures()
    with store.reading() as ours:
        known = {item.failure.address for item in ours.find_failures(resolved=True)}
        new = [
            item.failure
            for item in theirs
            if item.failure.address not in known and not ours.find_heads(address=item.failure.address)
        ]
    if new:
        with store.writing() as writer:
            for failure in new:
                writer.add_failure(failure)
    return len(new)
