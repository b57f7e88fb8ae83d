"""The interface of a store: what is written in one transaction, what is read, and as of when.

Two implementations share one schema (``sql``): SQLite in a file, PostgreSQL for many writers. One contract test runs
over both.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

import msgspec

from reportedly.records.claim import Claim
from reportedly.records.decision import Decision, Removal
from reportedly.records.document import Document
from reportedly.records.event import Event, Story
from reportedly.records.grounding import Grounding
from reportedly.records.link import Link, Relation
from reportedly.records.query import ClaimQuery, Counts, Hit
from reportedly.records.report import Failure, Report
from reportedly.records.stored import DocumentHead, PlacedClaim, Sketch, StoredClaim, StoredStatement

Corrections = Mapping[str, tuple[tuple[Claim, Grounding] | None, tuple[str, ...]]]
"""What decisions make of claims, by id: the claim as decided, None for a rejected one, and the ids of the decisions."""


class AddOutcome(StrEnum):
    """What became of a report that was handed to the store: exactly one of these."""

    ADDED = "added"
    KNOWN = "known"
    VERSION = "version"
    REMOVED = "removed"


class Publisher(msgspec.Struct, frozen=True):
    """Who carried a document, as the table of publishers knows it; see ``DocumentHead``."""

    name: str | None = None
    family: str | None = None
    state: str | None = None


class Kind(StrEnum):
    """What an id names."""

    DOCUMENT = "document"
    CLAIM = "claim"
    STATEMENT = "statement"
    EVENT = "event"
    STORY = "story"
    LINK = "link"
    DECISION = "decision"


class StoredLink(msgspec.Struct, frozen=True):
    """A link with its id and when it was drawn and taken back."""

    id: str
    link: Link
    recorded: str
    retired: str | None = None


class StoredFailure(msgspec.Struct, frozen=True):
    """A document that could not be read: why, when it was last tried, how often, and whether it was read since."""

    failure: Failure
    recorded: str
    tries: int
    resolved: str | None = None


class Writer(Protocol):
    """One transaction. All of it is kept, or, where an error leaves the ``with`` block, nothing.

    Every record written is stamped with ``recorded``. Replacing something retires what stood there: reads as of an
    earlier time still see it.
    """

    recorded: str

    def add_report(self, report: Report, publisher: Publisher, stored_as: str | None = None) -> AddOutcome:
        """Keep a report that was read: document, claims, statements, groundings and links within it.

        Where the same document (by id) is there, nothing is written and the outcome is ``known``. Where another
        document of the same address is there, the two are versions of one: ``previous`` and ``superseded`` are set and
        a ``version`` link is drawn. Versions stand in order of publication, also where an older one arrives late; where
        that does not tell, the later arrival is the later version. Standard input is no address. A removed document is
        refused: ``removed``. A failure that stood for the address is marked as resolved.

        Args:
            report: What reading gave; its claims stand most salient first.
            publisher: Who carried it; without a name, the document's own publisher or the host of its address is taken.
            stored_as: What its versions are kept under, where that is not its address.

        Raises:
            ValueError: the report has no document.
        """
        ...

    def replace_report(self, report: Report) -> None:
        """Retire the claims, statements, groundings and inner links of a stored document and keep those of ``report``.

        Records that come out the same but for their versions are kept as they are, under their first clock. A link that
        a person drew in place of one, or took back, is left so.
        """
        ...

    def add_failure(self, failure: Failure) -> None:
        """Keep a failure by address; a second one counts the tries up."""
        ...

    def resolve_failures(self, addresses: Iterable[str]) -> None:
        """Mark failures as resolved: the address was read since. Addresses without one are passed over."""
        ...

    def put_links(self, drawn: Iterable[Link]) -> None:
        """Draw links; one of the same ends and relation that says something else is retired first.

        What reading drew and somebody took back comes back as part of the reading.
        """
        ...

    def retire_links(self, ids: Iterable[str]) -> None:
        """Take links back; an id that is not there is passed over."""
        ...

    def put_origins(self, copied: Mapping[str, str | None]) -> None:
        """Write which document each document is a copy of; None for an original."""
        ...

    def put_events(self, events: Iterable[Event], retired: Iterable[str] = ()) -> None:
        """Keep events, retiring those of ``retired`` and those of the same ids that say something else.

        Claims of the events point to them from now on. The id of a retired event whose claims moved leads on to the
        event that now holds the first of them.
        """
        ...

    def put_stories(self, stories: Iterable[Story], retired: Iterable[str] = ()) -> None:
        """Keep stories, in the same way."""
        ...

    def put_sketches(self, kind: str, remembered: Iterable[Sketch]) -> None:
        """Keep what linking remembers, replacing what it remembered of the same subjects under ``kind``."""
        ...

    def drop_sketches(self, subjects: Iterable[str] | None, kinds: Iterable[str]) -> None:
        """Forget what linking remembered of subjects (None: of all) under ``kinds``, so that it looks at them again."""
        ...

    def put_state(self, key: str, value: bytes) -> None:
        """Keep a small value of the program's own (how far linking has come)."""
        ...

    def get_state(self, key: str) -> bytes | None:
        """Return such a value as it stands in this transaction; nobody changes it before the transaction ends."""
        ...

    def add_decision(self, decision: Decision) -> bool:
        """Append a decision, once, without what it says of documents that were removed; False where nothing is left."""
        ...

    def put_corrections(self, corrections: Corrections) -> None:
        """Write what decisions make of claims: the corrected claim with its grounding, or None where it is rejected.

        The claim as it was read is kept for good and comes back where the entry is later the claim itself with no
        decisions. Reads give the corrected claim, and no rejected one.
        """
        ...

    def forget(self, removal: Removal) -> None:
        """Remove a document for good with all that came from it; only ``removal`` stays.

        That is its claims, statements, links, sketches, search entries, decisions on its claims, failures of its
        address, and whatever the database still holds of its text elsewhere (free pages, the write-ahead log). Events
        and stories that held it lose it at once; linking derives them again.

        Raises:
            NotFoundError: no document has this id.
        """
        ...

    def add_removal(self, removal: Removal) -> None:
        """Keep on record that a document was removed from another ledger, so that it is refused here, too.

        The document must not be here (``forget`` it, then); a removal that is on record already stays as it is.
        """
        ...


class View(Protocol):
    """The record as of one time; None is now. Reads are consistent among each other within one ``with`` block."""

    as_of: str | None

    def get_document(self, document_id: str) -> Document:
        """Return a document with its text.

        Raises:
            NotFoundError: no document has this id.
        """
        ...

    def get_head(self, document_id: str) -> DocumentHead:
        """Return a document without its text; raises as ``get_document``."""
        ...

    def get_report(self, document_id: str) -> Report:
        """Return a document with its claims, statements, groundings and inner links as they were read.

        No decision changes it: rejected claims are there, corrected ones as before. Raises as ``get_document``.
        """
        ...

    def get_claim(self, claim_id: str) -> StoredClaim:
        """Return a claim; raises as ``get_document``."""
        ...

    def get_event(self, event_id: str) -> Event:
        """Return an event, also by an id that a merge swallowed; raises as ``get_document``."""
        ...

    def get_story(self, story_id: str) -> Story:
        """Return a story, also by an id that a merge swallowed; raises as ``get_document``."""
        ...

    def resolve(self, prefix: str) -> tuple[Kind, str]:
        """Return what an id, or at least four first characters of one, names.

        Raises:
            NotFoundError: nothing, or several things: the message lists up to five of them.
        """
        ...

    def find_heads(
        self,
        *,
        ids: Sequence[str] | None = None,
        address: str | None = None,
        publisher: str | None = None,
        story: str | None = None,
        since: str | None = None,
        until: str | None = None,
        recorded_since: str | None = None,
        limit: int | None = None,
    ) -> list[DocumentHead]:
        """Return documents that fit, by publication time, then id; the undated last."""
        ...

    def find_texts(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the texts of documents by id; ids that are not there are left out."""
        ...

    def find_claims(self, query: ClaimQuery) -> list[StoredClaim]:
        """Return the claims that fit, in the order asked for."""
        ...

    def place_claims(self, ids: Sequence[str] = (), events: Sequence[str] = ()) -> list[PlacedClaim]:
        """Return where claims belong: those of the ids and those of the events, as far as they hold, however many.

        Much quicker than ``find_claims``. A claim that is asked for twice is given once.
        """
        ...

    def count_members(self, events: Sequence[str]) -> dict[str, int]:
        """Return how many claims events hold, by id; also those that a later reading no longer gives."""
        ...

    def iterate_claims(self, query: ClaimQuery) -> Iterator[StoredClaim]:
        """Give the claims that fit one after another, in flat memory."""
        ...

    def count_claims(self, query: ClaimQuery) -> int:
        """Count the claims that fit; ``limit`` and ``after`` do not count."""
        ...

    def find_statements(self, document_ids: Sequence[str]) -> list[StoredStatement]:
        """Return the statements of documents, in text order."""
        ...

    def find_links(
        self, ids: Sequence[str] | None = None, relations: Sequence[Relation] = (), limit: int | None = None
    ) -> list[StoredLink]:
        """Return links that touch one of the ids (of claims or documents); None for all."""
        ...

    def get_statement(self, statement_id: str) -> StoredStatement:
        """Return a statement, also one that is read no more; raises as ``get_document``."""
        ...

    def get_link(self, link_id: str) -> StoredLink:
        """Return a link by its own id, also one that was taken back; raises as ``get_document``."""
        ...

    def find_events(
        self,
        query: ClaimQuery | None = None,
        *,
        ids: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> list[Event]:
        """Return events that hold a claim which fits, the latest told first."""
        ...

    def find_stories(
        self, *, ids: Sequence[str] | None = None, documents: Sequence[str] | None = None, limit: int | None = None
    ) -> list[Story]:
        """Return stories, those with the latest documents first."""
        ...

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Find documents by words, best first.

        The syntax is one on every backend: words that must all stand there, ``"a phrase"``, ``word*``, ``OR``,
        ``-word`` and parentheses; anything else is taken as words. Case and accents do not matter.

        Raises:
            QueryError: there is no word to search for, or a quotation mark or parenthesis is left open.
        """
        ...

    def find_candidates(
        self, kind: str, keys: Sequence[str], since: str | None = None, until: str | None = None
    ) -> dict[str, list[str]]:
        """Return for each key the subjects of ``kind`` that have it, within the days (and those without a day)."""
        ...

    def find_sketches(self, kind: str, subjects: Sequence[str]) -> dict[str, Sketch]:
        """Return what linking remembers of subjects; those it does not remember are left out."""
        ...

    def find_unsketched(self, kind: str, limit: int | None = None) -> list[str]:
        """Return the ids of documents that linking has no sketch of under ``kind``, by publication time, then id."""
        ...

    def get_state(self, key: str) -> bytes | None:
        """Return a value of the program's own."""
        ...

    def find_failures(self, *, resolved: bool = False) -> list[StoredFailure]:
        """Return documents that could not be read, the latest first."""
        ...

    def find_decisions(self, targets: Sequence[str] | None = None) -> list[Decision]:
        """Return decisions, oldest first; those on the given ids, or all."""
        ...

    def find_removals(self) -> list[Removal]:
        """Return what was removed, oldest first."""
        ...

    def count(self) -> Counts:
        """Count everything that holds."""
        ...

    def find_publishers(self) -> list[tuple[str, int]]:
        """Return outlets with the number of their documents, most first."""
        ...


class Store(Protocol):
    """A store that is open. ``with`` closes it; one object a process, not shared between threads."""

    url: str

    def writing(self, recorded: str | None = None) -> AbstractContextManager[Writer]:
        """Open one transaction. Others that want to write wait for it meanwhile: read first, then write.

        Args:
            recorded: The clock of everything in it, ISO 8601; None is now.

        Raises:
            StoreError: it is read-only, locked for too long, full or gone; what was written in it is not kept.
        """
        ...

    def reading(self, as_of: str | None = None) -> AbstractContextManager[View]:
        """Read, as of now or of an earlier instant (by the recorded clock)."""
        ...

    def check(self) -> list[str]:
        """Verify integrity: the file's own, and that everything points at something; one line a fault, none is well."""
        ...

    def close(self) -> None:
        """Close it; closing twice is no error."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
