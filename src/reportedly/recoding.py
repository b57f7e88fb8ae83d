"""Reads stored texts again, with the stages as they are now: the text stays, what was read of it is replaced.

Nothing is fetched and nothing is cleaned again, so every offset still points into the same text. Decisions are applied
to the new reading. A run that is cut off keeps the batches it has committed; the rerun goes on from there, because each
document is marked with the versions of the stages that read it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

import msgspec

from reportedly.adding import chunk_by_time, mark_coded, name_coding
from reportedly.config import Settings
from reportedly.deciding import apply_decisions
from reportedly.deciding.applying import plan_application
from reportedly.deciding.relink import plan_relink
from reportedly.differences import ReadingDiff, diff_readings
from reportedly.pipeline import read_documents
from reportedly.records.decision import Decision
from reportedly.records.document import Document
from reportedly.records.report import Failure, Report
from reportedly.store.base import Store


class Recoded(msgspec.Struct, frozen=True):
    """One document, read again.

    Attributes:
        diff: How the new reading differs; None where the document could not be read.
        failure: Why it could not be.
        waiting: Decisions on its claims that fit no claim of the new reading; they are kept and tried again.
    """

    diff: ReadingDiff | None
    failure: Failure | None = None
    waiting: tuple[Decision, ...] = ()


def list_outdated(store: Store) -> list[str]:
    """Return the ids of documents that were read by other versions of the stages, by publication time."""
    with store.reading() as view:
        return view.find_unsketched(name_coding())


def recode(store: Store, settings: Settings, documents: Sequence[str], *, dry_run: bool = False) -> Iterator[Recoded]:
    """Read stored texts again.

    Args:
        store: Open for writing, unless ``dry_run``.
        settings: As for reading; ``processes`` counts.
        documents: Ids.
        dry_run: Only compare.

    Yields:
        One outcome a document, in order, once it is committed.

    Raises:
        NotFoundError: no document has one of the ids.
        StoreError: the store cannot be written; what was yielded before is kept.
    """
    with closing(read_documents(_fetch(store, documents), settings)) as reports:
        for batch in chunk_by_time(reports):
            yield from _settle(store, batch, dry_run=dry_run)


def _fetch(store: Store, documents: Iterable[str]) -> Iterator[Document]:
    for document in documents:
        with store.reading() as view:
            stored = view.get_document(document)
        yield stored


def _settle(store: Store, reports: Sequence[Report], *, dry_run: bool) -> list[Recoded]:
    """Compare a batch with what is stored, and let it take that place."""
    read = {report.document.id: report for report in reports if report.document is not None}
    with store.reading() as view:
        before = {document: view.get_report(document) for document in read}
        diffs = {document: diff_readings(before[document], report) for document, report in read.items()}
        moved = [document for document, diff in diffs.items() if diff.moved]
        old = {claim.id for document in moved for claim in before[document].claims}
        new = {claim.id for document in moved for claim in read[document].claims}
        relink = plan_relink(view, documents=moved, gone=old - new, changed=old & new)
        application = plan_application(view.find_decisions(), view, read.keys(), read)
    waiting: tuple[Decision, ...] = ()
    if read and not dry_run:
        with store.writing() as writer:
            relink.write(writer)
            for document in read:
                writer.replace_report(read[document])
            # In one transaction, so that nobody reads what was rejected as if it stood.
            application.write(writer)
        # For what was decided meanwhile.
        waiting = apply_decisions(store, documents=read.keys()).waiting
        # Last, so that a run that is cut off before goes on with these.
        with store.writing() as writer:
            mark_coded(writer, read)
    return [_tell(report, diffs, waiting) for report in reports]


def _tell(report: Report, diffs: dict[str, ReadingDiff], waiting: Sequence[Decision]) -> Recoded:
    document = report.document
    if document is None:
        return Recoded(None, report.failures[0])
    about = tuple(item for item in waiting if any(anchor.document == document.id for anchor in item.anchors))
    return Recoded(diffs[document.id], waiting=about)
