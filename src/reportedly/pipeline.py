"""The stages in order, the reader that opens their resources, and the loops that run it, on one process or several."""

import gc
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice

import msgspec

from reportedly.acquire import acquire
from reportedly.clean import clean, make_document, open_clean
from reportedly.config import Settings, read_settings
from reportedly.errors import DocumentError
from reportedly.extract import Extraction, extract, open_extract
from reportedly.ground import ground, open_ground
from reportedly.link import link_within, open_alike
from reportedly.logs import set_up_logging
from reportedly.records.document import Document, Hints, RawDocument
from reportedly.records.report import Failure, Report

STAGES: dict[str, str] = {"clean": "1", "extract": "3", "ground": "2", "link": "1"}
"""Stage name to version, in the order the data flows. A version rises when a stage may give other records for the same
input; it stands on every record that the stage made."""

_Item = RawDocument | Document | Report
"""What is read, or, a report, passed on."""

_log = logging.getLogger(__name__)

MIN_PARALLEL = 12
"""Fewer documents than this are read sooner by one process than by several that load the model first."""
_LOOKED_AT = 10 * MIN_PARALLEL
"""So many items are looked at for documents that are to be read before that is decided."""
_AHEAD = 4
"""Documents handed out ahead, a process: enough to keep it busy, few enough to keep memory flat."""


class Reader:
    """Reads reports: opens models, tables and gazetteer once and hands them to the stages.

    Building one takes seconds (and a minute the first time, when the gazetteer index is built); reading takes
    milliseconds. A reader is not safe to share between threads; have one a process.

    Example:
        >>> report = Reader().read("Rebels shelled Hodeidah on Friday, killing 12.", published="2025-10-31")
        >>> report.claims[0].type.value.name
        'ASSAULT'

    Raises:
        ConfigError: a file of the user's own cannot be used.
        ResourceError: the language model or the gazetteer is missing.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = read_settings() if settings is None else settings
        self._clean = open_clean(self.settings)
        self._ground = open_ground(self.settings)
        self._extract = open_extract(self.settings, self._ground.gazetteer)
        # Model and tables stay for good: the collector need not walk them again and again while documents are read.
        gc.collect()
        gc.freeze()
        self._alike = open_alike()

    def read(
        self,
        text: str,
        *,
        published: str | None = None,
        publisher: str | None = None,
        title: str | None = None,
        address: str | None = None,
    ) -> Report:
        """Read one report given as text.

        Args:
            text: The report, without markup.
            published: When it was published, ISO 8601; None looks for it in text and address.
            publisher: Outlet that carried it.
            title: Headline.
            address: Where it comes from.

        Returns:
            The report; one that cannot be read (empty, another language) has no document and says why in ``failures``.
        """
        try:
            document = make_document(
                text, published=published, publisher=publisher, title=title, address=address, resources=self._clean
            )
        except DocumentError as error:
            return _fail(error, "clean")
        return self.read_document(_stamp_document(document))

    def read_raw(self, raw: RawDocument) -> Report:
        """Read one document as it came from ``acquire``; never raises a ``DocumentError``."""
        start = time.perf_counter()
        try:
            document = clean(raw, self._clean)
        except DocumentError as error:
            return _fail(error, "clean")
        report = self.read_document(_stamp_document(document))
        _log.info("%s: %d claims in %.2f s", raw.address, len(report.claims), time.perf_counter() - start)
        return report

    def read_inputs(self, inputs: Iterable[str], hints: Hints | None = None) -> Iterator[Report]:
        """Read files, folders and addresses in this process, in order; see ``read_all`` for several processes."""
        for item in acquire(tuple(inputs), self.settings):
            yield _fail(item, "acquire") if isinstance(item, DocumentError) else self.read_raw(_override(item, hints))

    def read_document(self, document: Document) -> Report:
        """Read a document that is cleaned, as ``clean_all`` gives it or a store keeps it; it stays as it is."""
        encoder = self._extract.encoder
        extraction = _stamp(extract(document, self._extract), document, encoder.digest if encoder else "off")
        groundings = tuple(
            msgspec.structs.replace(grounding, versions={"ground": STAGES["ground"]})
            for grounding in ground(document, extraction.claims, extraction.toponyms, self._ground)
        )
        return Report(
            document=document,
            claims=extraction.claims,
            statements=extraction.statements,
            groundings=groundings,
            links=link_within(
                document, extraction.claims, {grounding.claim_id: grounding for grounding in groundings}, self._alike
            ),
        )


def _stamp_document(document: Document) -> Document:
    return msgspec.structs.replace(document, versions={"clean": STAGES["clean"]})


def _stamp(extraction: Extraction, document: Document, encoder: str) -> Extraction:
    """Write on every claim and statement which versions of the stages made it, and which encoder had a say in it."""
    versions = {**document.versions, "extract": STAGES["extract"], "encoder": encoder}
    return msgspec.structs.replace(
        extraction,
        claims=tuple(msgspec.structs.replace(claim, versions=versions) for claim in extraction.claims),
        statements=tuple(msgspec.structs.replace(item, versions=versions) for item in extraction.statements),
    )


def _fail(error: DocumentError, stage: str) -> Report:
    return Report(document=None, failures=(Failure(error.address, stage, error.code, error.message),))


def _override(raw: RawDocument, hints: Hints | None) -> RawDocument:
    """Let what the user said of the documents win over what the container says."""
    if hints is None:
        return raw
    own = {name: value for name in ("title", "published", "publisher") if (value := getattr(hints, name)) is not None}
    return msgspec.structs.replace(raw, hints=msgspec.structs.replace(raw.hints, **own, given=True)) if own else raw


_reader: Reader | None = None
"""The one reader of a worker process; None in the parent."""


def _start_worker(settings: Settings, level: int) -> None:
    global _reader
    set_up_logging(level)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _reader = Reader(settings)


def _end_with_parent() -> None:
    """End this worker where its parent has been killed: it would wait for documents for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_in_worker(item: RawDocument | Document) -> Report:
    if _reader is None:
        raise RuntimeError("the worker was not started by read_all")
    return _read_item(item, _reader)


def _read_item(item: RawDocument | Document, reader: Reader) -> Report:
    return reader.read_document(item) if isinstance(item, Document) else reader.read_raw(item)


def read_all(inputs: Iterable[str], settings: Settings, hints: Hints | None = None) -> Iterator[Report]:
    """Read files, folders and addresses, on as many processes as the settings say.

    Args:
        inputs: Paths, addresses, or ``-`` for standard input.
        settings: ``processes`` 0 is one a core. Few documents are read in this process.
        hints: What the user says of all of them; wins over what is found.

    Yields:
        One report a document, in the order of the inputs; a document that could not be read says why in ``failures``.
        One that ends its worker (for want of memory, say) is read again by itself, and is a failure if that ends too.
    """
    yield from _read_items(_acquire(inputs, settings, hints), settings)


def clean_all(inputs: Iterable[str], settings: Settings, hints: Hints | None = None) -> Iterator[Document | Report]:
    """Acquire and clean what ``read_all`` would read, in this process, without the language model.

    Yields:
        One outcome a document, in order: the document, or a report that says why there is none.
    """
    resources = open_clean(settings)
    for item in _acquire(inputs, settings, hints):
        if isinstance(item, Report):
            yield item
            continue
        try:
            yield _stamp_document(clean(item, resources))
        except DocumentError as error:
            yield _fail(error, "clean")


def read_documents(items: Iterable[Document | Report], settings: Settings) -> Generator[Report, None, None]:
    """Read documents that are cleaned, on as many processes as the settings say; nothing is fetched.

    Args:
        items: Documents, as ``clean_all`` gives them or a store keeps them. A report among them is passed on.
        settings: As for ``read_all``. Models are opened when the first document comes.

    Yields:
        One report an item, in order, as ``read_all``. Closing it ends the worker processes at once.
    """
    yield from _read_items(items, settings)


def _acquire(inputs: Iterable[str], settings: Settings, hints: Hints | None) -> Iterator[RawDocument | Report]:
    for item in acquire(tuple(inputs), settings):
        yield _fail(item, "acquire") if isinstance(item, DocumentError) else _override(item, hints)


def _read_items(items: Iterable[_Item], settings: Settings) -> Iterator[Report]:
    """Read what is to be read; on several processes where there is enough of it among the first items."""
    processes = settings.processes or os.cpu_count() or 1
    source = iter(items)
    first: list[_Item] = []
    unread = 0
    for item in islice(source, _LOOKED_AT) if processes > 1 else ():
        first.append(item)
        unread += not isinstance(item, Report)
        if unread == MIN_PARALLEL:
            yield from _read_parallel(chain(first, source), settings, processes)
            return
    reader: Reader | None = None
    for item in chain(first, source):
        if isinstance(item, Report):
            yield item
        else:
            reader = reader or Reader(settings)
            yield _read_item(item, reader)


class _Pool:
    """Worker processes that each hold a reader; ended at once where the run is given up."""

    def __init__(self, settings: Settings, processes: int) -> None:
        self._others = frozenset(multiprocessing.active_children())
        self._executor = ProcessPoolExecutor(
            processes,
            multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(settings, logging.getLogger().getEffectiveLevel()),
        )

    def submit(self, item: _Item) -> Future[Report] | None:
        """Hand a document out; None where there is nothing to read, or where a worker has died meanwhile."""
        if isinstance(item, Report):
            return None
        try:
            with _hold_interrupts():
                return self._executor.submit(_read_in_worker, item)
        except BrokenProcessPool:
            return None

    def close(self) -> None:
        """End the workers, in the middle of a document if need be."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - self._others:
            child.terminate()
            child.join()


@contextmanager
def _hold_interrupts() -> Iterator[None]:
    """Let what is started meanwhile never see Ctrl-C: a terminal sends it to the whole group, one process ends all."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _read_parallel(items: Iterable[_Item], settings: Settings, processes: int) -> Iterator[Report]:
    """Read on several processes, a few documents ahead of the one that is asked for, in order."""
    source = iter(items)
    pool = _Pool(settings, processes)
    waiting: deque[tuple[_Item, Future[Report] | None]] = deque()
    try:
        while True:
            waiting.extend((item, pool.submit(item)) for item in islice(source, processes * _AHEAD - len(waiting)))
            if not waiting:
                return
            item, future = waiting.popleft()
            if isinstance(item, Report):
                yield item
                continue
            try:
                if future is None:
                    raise BrokenProcessPool
                report = future.result()
            except BrokenProcessPool:
                pool.close()
                report = _read_alone(item, settings)
                pool = _Pool(settings, processes)
                waiting = deque((other, pool.submit(other)) for other, _ in waiting)
            yield report
    finally:
        pool.close()


def _read_alone(item: RawDocument | Document, settings: Settings) -> Report:
    """Read one document in a process of its own, after the pool broke while it was being read."""
    pool = _Pool(settings, 1)
    try:
        future = pool.submit(item)
        if future is None:
            raise BrokenProcessPool
        return future.result()
    except BrokenProcessPool:
        message = "reading it ended the process, perhaps for want of memory; read it alone, or split it"
        return Report(document=None, failures=(Failure(item.address or "the text given", "read", "crash", message),))
    finally:
        pool.close()
