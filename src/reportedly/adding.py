"""Adds what is read to a ledger: each document with one outcome, a batch a transaction, nothing read twice.

A document that is stored is known by its id, which comes from its address and its text: the page or file must be
acquired and cleaned to tell, which takes milliseconds, but the language model need not read it again. A run that is cut
off at any moment keeps the batches it has committed; the rerun goes on from there.
"""

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec

from reportedly.config import Settings
from reportedly.errors import NotFoundError
from reportedly.ground.publishers import Publisher as Row
from reportedly.ground.publishers import PublisherTable, open_publishers
from reportedly.pipeline import STAGES, clean_all, read_documents
from reportedly.records.document import Document, Hints
from reportedly.records.report import Failure, Report
from reportedly.records.stored import Sketch
from reportedly.store.base import AddOutcome, Publisher, Store, Writer

T = TypeVar("T")

_log = logging.getLogger(__name__)

BATCH = 200
"""Documents a transaction: few enough that a run that is killed has little to read again, and many, because small
transactions rewrite the same pages of the indexes again and again, the more the larger the ledger is."""
_BATCH_S = 2.0
"""What is older than this is committed with the next document, however few there are."""
_STDIN = "stdin"
_BY_LINE = re.compile(r"#line-\d+$")


def name_coding() -> str:
    """Return the kind of sketch that marks a document as read by the stages as they are now."""
    return "coded:" + ".".join(STAGES[name] for name in ("extract", "ground", "link"))


def mark_coded(writer: Writer, documents: Iterable[str]) -> None:
    """Mark documents as read by the stages as they are now."""
    writer.put_sketches(name_coding(), [Sketch(document, None, (), b"") for document in documents])


def chunk_by_time(items: Iterable[T]) -> Iterator[list[T]]:
    """Give items in batches: ``BATCH`` of them, or, where they come slowly, those of a few seconds."""
    batch: list[T] = []
    start = time.monotonic()
    for item in items:
        batch.append(item)
        if len(batch) >= BATCH or time.monotonic() - start >= _BATCH_S:
            yield batch
            batch, start = [], time.monotonic()
    if batch:
        yield batch


class Outcome(StrEnum):
    """What became of one document; each has exactly one.

    ``version``: it was added as an edited version of an address that is there. ``removed``: it was removed for good
    earlier and is refused.
    """

    ADDED = "added"
    VERSION = "version"
    KNOWN = "known"
    REMOVED = "removed"
    FAILED = "failed"


class Added(msgspec.Struct, frozen=True):
    """One document and its outcome. What is told here is committed.

    Attributes:
        address: Where it was read from.
        outcome: What became of it.
        document: Its id; None where it could not be read.
        claims: How many claims it brought.
        failure: Why it could not be read.
    """

    address: str
    outcome: Outcome
    document: str | None = None
    claims: int = 0
    failure: Failure | None = None


class AddSummary(msgspec.Struct, frozen=True):
    """How many documents had which outcome.

    Attributes:
        added: New documents.
        version: New versions of documents that were there.
        known: Documents that were there.
        removed: Documents that are refused because they were removed.
        failed: Documents that could not be read.
        claims: Claims that came in.
    """

    added: int = 0
    version: int = 0
    known: int = 0
    removed: int = 0
    failed: int = 0
    claims: int = 0

    def count(self, item: Added) -> "AddSummary":
        """Return the summary with one more document in it."""
        name = item.outcome.value
        return msgspec.structs.replace(self, **{name: getattr(self, name) + 1, "claims": self.claims + item.claims})


def add_inputs(
    inputs: Iterable[str],
    store: Store,
    settings: Settings,
    hints: Hints | None = None,
    *,
    wanted: Callable[[Document | Report], bool] | None = None,
) -> Iterator[Added]:
    """Read files, folders and addresses into a ledger.

    Args:
        inputs: Paths, addresses, or ``-`` for standard input.
        store: Open for writing.
        settings: As for reading.
        hints: What the user says of all documents; wins over what is found.
        wanted: Says which documents, and which failures (reports without one), are to be taken; None takes all.

    Yields:
        One outcome a document, in order, once it is committed.

    Raises:
        StoreError: the store cannot be written; what was yielded before is kept.
    """
    adder = _Adder(store, open_publishers(settings))
    items = clean_all(inputs, settings, hints)
    if wanted is not None:
        items = filter(wanted, items)
    with closing(read_documents(map(adder.settle, items), settings)) as reports:
        yield from adder.run(reports)


class _Adder:
    """Tells what is there from what is new, before reading, and writes what was read."""

    def __init__(self, store: Store, publishers: PublisherTable) -> None:
        self._store = store
        self._publishers = publishers
        self._settled: dict[str, Outcome] = {}
        with store.reading() as view:
            self._removed = frozenset(removal.id for removal in view.find_removals())
            self._failing = frozenset(item.failure.address for item in view.find_failures())

    def settle(self, item: Document | Report) -> Document | Report:
        """Pass on what is to be read; what is there, or was removed, becomes a report without claims."""
        if isinstance(item, Report):
            return item
        if item.id in self._removed:
            self._settled[item.id] = Outcome.REMOVED
            return Report(document=item)
        with self._store.reading() as view:
            if view.find_heads(ids=[item.id]):
                self._settled[item.id] = Outcome.KNOWN
                return Report(document=item)
        return item

    def run(self, reports: Iterable[Report]) -> Iterator[Added]:
        """Write reports in batches and yield what became of them once a batch is committed."""
        for batch in chunk_by_time(reports):
            for item in self._write(batch):
                _log.info("%s: %s, %d claims", item.address, item.outcome.value, item.claims)
                yield item

    def _write(self, batch: Sequence[Report]) -> list[Added]:
        if all(self._is_silent(report) for report in batch):
            return [self._skip(report.document) for report in batch if report.document is not None]
        with self._store.writing() as writer:
            found = [self._write_one(report, writer) for report in batch]
            mark_coded(writer, (item.document for item in found if item.document and item.outcome in _KEPT))
        return found

    def _is_silent(self, report: Report) -> bool:
        """Say whether nothing is to be written of a report: it is there, and no failure stands for its address."""
        document = report.document
        return document is not None and document.id in self._settled and document.address not in self._failing

    def _skip(self, document: Document) -> Added:
        return Added(_name(document), self._settled[document.id], document.id)

    def _write_one(self, report: Report, writer: Writer) -> Added:
        document = report.document
        if document is None:
            for failure in report.failures:
                writer.add_failure(failure)
            return Added(report.failures[0].address, Outcome.FAILED, failure=report.failures[0])
        if document.id in self._settled:
            if document.address in self._failing:
                writer.resolve_failures([document.address])
            return self._skip(document)
        publisher = find_publisher(document, self._publishers)
        report = msgspec.structs.replace(report, document=settle_credit(document, self._publishers))
        outcome = _OUTCOMES[writer.add_report(report, publisher, name_chain(document))]
        return Added(_name(document), outcome, document.id, len(report.claims) if outcome in _KEPT else 0)


_OUTCOMES = {
    AddOutcome.ADDED: Outcome.ADDED,
    AddOutcome.VERSION: Outcome.VERSION,
    AddOutcome.KNOWN: Outcome.KNOWN,
    AddOutcome.REMOVED: Outcome.REMOVED,
}
_KEPT = (Outcome.ADDED, Outcome.VERSION)


def name_chain(document: Document) -> str | None:
    """Return what the versions of a document are kept under, where that is not its address.

    Another text in the same line of a file is one that moved there, not one that was edited: lines come and go.
    """
    if document.address and _BY_LINE.search(document.address):
        return f"{document.address}.{document.id}"
    return None


def find_publisher(document: Document, table: PublisherTable) -> Publisher:
    """Say who carried a document: its publisher's usual name, family and state, or its own name where it is not known.

    The table is asked for the publisher as found, then for the host of the address.
    """
    row = _find_row(document, table)
    if row is None:
        return Publisher(document.publisher, document.publisher)
    return Publisher(row.name, row.family, row.country if row.kind == "state_media" else None)


def settle_credit(document: Document, table: PublisherTable) -> Document:
    """Name the publisher itself as whom a document is credited to, where the credit is another of its names.

    An agency signs its own reports in short ("(INA)"): that is no second outlet.
    """
    own = _find_row(document, table)
    if own is None or not document.credit or table.find_publisher(document.credit, _find_day(document)) != own:
        return document
    return msgspec.structs.replace(document, credit=document.publisher or own.name)


def _find_row(document: Document, table: PublisherTable) -> Row | None:
    online = document.address if document.address and "://" in document.address else None
    rows = (table.find_publisher(clue, _find_day(document)) for clue in (document.publisher, online) if clue)
    return next((row for row in rows if row is not None), None)


def _find_day(document: Document) -> str | None:
    return document.published.time[:10] if document.published else None


def retry_failures(
    addresses: Sequence[str], store: Store, settings: Settings, hints: Hints | None = None
) -> Iterator[Added]:
    """Read again what could not be read.

    A document within a file (a record, a part) is looked for in that file again, a page of an archive at its own
    address. What came through standard input is gone and is left out. Once it can be read, a record may have another
    address (its id, in place of its line): what is new in the file is taken in, whatever its address.

    Args:
        addresses: Of failures on record; none for all of them.
        store: Open for writing.
        settings: As for reading.
        hints: As for ``add_inputs``.

    Yields:
        One outcome a document, as ``add_inputs``; a failure whose address gives no failure any more is resolved, but
        not where the file or page that held it cannot be read now: that is a failure of its own.

    Raises:
        NotFoundError: no failure is on record under an address that was given.
    """
    failing = _find_failing(addresses, store)
    chosen = [address for address in failing if not addresses or address in addresses]
    inputs = {address: _find_input(address) for address in chosen if not _is_stream(address)}
    whole = [address for address, given in inputs.items() if address == given]
    within = frozenset(inputs) - frozenset(whole)
    holders = dict.fromkeys(inputs[address] for address in inputs if address in within and inputs[address] not in whole)
    failed: set[str] = set()

    def is_wanted(item: Document | Report) -> bool:
        address = _find_address(item)
        # Where the holder itself cannot be read, nothing is known of what it held.
        return isinstance(item, Document) or address in within or address in holders

    def is_told(item: Added) -> bool:
        return item.outcome not in (Outcome.KNOWN, Outcome.REMOVED) or item.address in within

    held = add_inputs(holders, store, settings, hints, wanted=is_wanted)
    for item in chain(add_inputs(whole, store, settings, hints), filter(is_told, held)):
        if item.outcome is Outcome.FAILED:
            failed.add(item.address)
        yield item
    with store.writing() as writer:
        # A feed that can be read again brings documents of other addresses: none of them resolves it.
        writer.resolve_failures([address for address in inputs if failed.isdisjoint((address, inputs[address]))])


def drop_failures(addresses: Sequence[str], store: Store) -> None:
    """Take failures off the list that nobody wants tried again; they stay on record as of an earlier time.

    Raises:
        NotFoundError: no failure is on record under an address; none is taken off then.
    """
    _find_failing(addresses, store)
    with store.writing() as writer:
        writer.resolve_failures(addresses)


def _find_failing(addresses: Iterable[str], store: Store) -> list[str]:
    """Return all addresses under which a failure stands; raise where one of those asked for is not among them."""
    with store.reading() as view:
        failing = [item.failure.address for item in view.find_failures()]
    for address in addresses:
        if address not in failing:
            raise NotFoundError(f"{address}: no failure stands under this address; `reportedly failures` lists them")
    return failing


def _find_input(address: str) -> str:
    """Return what is to be read for an address: itself, or the file or page that held it (``file.jsonl#line-3``)."""
    if address.lower().startswith(("http://", "https://")):
        return address.partition("#")[0]
    holder = address
    while not Path(holder).exists() and "#" in holder:
        holder = holder.rpartition("#")[0]
    return holder if Path(holder).exists() else address


def _is_stream(address: str | None) -> bool:
    return address is not None and address.partition("#")[0] == _STDIN and not Path(_STDIN).exists()


def _find_address(item: Document | Report) -> str | None:
    return item.address if isinstance(item, Document) else item.failures[0].address


def _name(document: Document) -> str:
    return document.address or _STDIN
