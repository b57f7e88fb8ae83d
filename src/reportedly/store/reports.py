"""Writes what reading gives: documents in chains of versions, their claims and statements, failures."""

from collections.abc import Iterable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
import sqlalchemy as sa

from reportedly.errors import NotFoundError
from reportedly.records.claim import Claim, Statement
from reportedly.records.document import Document, is_lasting
from reportedly.records.grounding import Grounding
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.report import Failure, Report, pair_claims
from reportedly.store.base import AddOutcome, Publisher
from reportedly.store.batch import Batch, ClaimState, chunk
from reportedly.store.codec import (
    clean_name,
    decode_claim,
    decode_document,
    decode_grounding,
    decode_link,
    decode_statement,
    decode_text,
    encode,
    encode_text,
    is_later,
    make_digest,
    place_document,
)
from reportedly.store.schema import claim_records, claims, documents, failures, links, removals, statements, texts

R = TypeVar("R", Claim, Grounding, Statement)

# Written out once: putting a statement together takes longer than running it, and these run for every report.
_FIND_REMOVAL = sa.select(removals.c.id).where(removals.c.id == sa.bindparam("name"))
_FIND_DOCUMENT = sa.select(documents.c.n).where(documents.c.id == sa.bindparam("name"))
_FIND_VERSIONS = (
    sa.select(documents.c.id, documents.c.version, documents.c.record)
    .where(documents.c.chain == sa.bindparam("name"))
    .order_by(documents.c.version.desc())
)
_RESOLVE = (
    sa.update(failures)
    .where(failures.c.address == sa.bindparam("name"), failures.c.resolved.is_(None))
    .values(resolved=sa.bindparam("clock"))
)
_ADD_DOCUMENT = sa.insert(documents)


class ReportWriter(Batch):
    """The part of ``base.Writer`` that keeps reports and failures."""

    def add_report(self, report: Report, publisher: Publisher, stored_as: str | None = None) -> AddOutcome:
        """See ``base.Writer``."""
        document = report.document
        if document is None:
            raise ValueError("a report without a document cannot be kept; keep its failures")
        if self.connection.scalar(_FIND_REMOVAL, {"name": document.id}):
            return AddOutcome.REMOVED
        if document.address is not None:
            self.connection.execute(_RESOLVE, {"name": document.address, "clock": self.clock})
        if self.connection.scalar(_FIND_DOCUMENT, {"name": document.id}):
            return AddOutcome.KNOWN
        if document.address is not None:
            # A file's name may hold bytes that are no characters; a document's id is made of the same escapes.
            document = msgspec.structs.replace(document, address=clean_name(document.address))
        name = clean_name(publisher.name or document.publisher or _find_host(document.address) or "") or None
        number = self.take_number(documents)
        at = place_document(document.id, document.published)
        chain = _find_chain(stored_as or document.address)
        version, previous, superseded = self._find_place(chain, document)
        self.connection.execute(
            _ADD_DOCUMENT,
            {
                "n": number,
                "id": document.id,
                "address": document.address,
                "chain": chain,
                "version": version,
                "at": at,
                "publisher": name,
                "family": publisher.family or name,
                "state": publisher.state,
                "characters": len(document.text),
                "stored_as": stored_as,
                "record": encode(msgspec.structs.replace(document, text="")),
                "recorded": self.clock,
                "previous": previous,
                "superseded": superseded,
            },
        )
        kept = encode_text(document.text)
        self.put(texts, document=number, text=kept, digest=make_digest(kept))
        self.put_words("search_documents", number, (document.title or "", document.text))
        self._join_chain(document.id, previous, superseded)
        for claim, grounding in pair_claims(report).values():
            self.put_claim(ClaimState(claim, grounding), number, at, name, claim.sentence.slice(document.text))
        self._put_statements(number, report.statements)
        self._put_links_within(number, report.links)
        self.flush_some()
        return AddOutcome.ADDED if previous is None and superseded is None else AddOutcome.VERSION

    def _find_place(self, chain: str | None, document: Document) -> tuple[int, str | None, str | None]:
        """Find a document's place among the versions of its address: before all that were published later.

        Where a publication time is not known, or is the same, what came later is the later version.
        """
        if chain is None:
            return 1, None, None
        rows = self.connection.execute(_FIND_VERSIONS, {"name": chain})
        before = after = None
        version = 0
        for row in rows:
            other = decode_document(row.record).published
            if version == 0:
                before, version = row.id, row.version + 1
            if document.published is None:
                break
            if is_later(other, document.published):
                before, after, version = None, row.id, row.version
            elif after is not None and before is None:
                before = row.id
            if other is not None and not is_later(other, document.published):
                break
        rows.close()
        if after is not None:
            self.connection.execute(
                sa.update(documents)
                .where(documents.c.chain == chain, documents.c.version >= version)
                .values(version=documents.c.version + 1)
            )
        return version or 1, before, after

    def _join_chain(self, document_id: str, previous: str | None, superseded: str | None) -> None:
        """Point the neighbours in the chain at a document, and draw the links between them."""
        if previous is not None:
            self._set_neighbour(previous, superseded=document_id)
            self.draw_version(previous, document_id)
        if superseded is not None:
            self._set_neighbour(superseded, previous=document_id)
            self.draw_version(document_id, superseded)
        if previous is not None and superseded is not None:
            self._retire_link(make_link_id(_make_version(previous, superseded)))

    def draw_version(self, left: str, right: str) -> None:
        """Draw the link from a version to the next one."""
        self.put_link(_make_version(left, right))

    def _set_neighbour(self, document_id: str, **values: str | None) -> None:
        self.connection.execute(sa.update(documents).where(documents.c.id == document_id).values(**values))

    def _retire_link(self, link_id: str) -> None:
        self.flush()
        self.connection.execute(
            sa.update(links).where(links.c.id == link_id, links.c.retired.is_(None)).values(retired=self.clock)
        )

    def put_link(self, link: Link, within: int | None = None, retired: int | None = None) -> None:
        """Let a new link wait to be written."""
        self.put(
            links,
            n=self.take_number(links),
            id=make_link_id(link),
            left=link.left,
            right=link.right,
            relation=link.relation.value,
            within=within,
            record=encode(link),
            recorded=self.clock,
            retired=retired,
            replaced=None,
        )

    def _put_statements(self, document: int, records: Iterable[Statement]) -> None:
        for statement in records:
            self.put(
                statements,
                n=self.take_number(statements),
                id=statement.id,
                document=document,
                span_start=statement.span.start,
                span_end=statement.span.end,
                record=encode(statement),
                recorded=self.clock,
                retired=None,
            )

    def _put_links_within(self, document: int, records: Iterable[Link]) -> None:
        for link in records:
            self.put_link(link, document)

    def replace_report(self, report: Report) -> None:
        """See ``base.Writer``."""
        if report.document is None:
            raise ValueError("a report without a document replaces nothing")
        self.flush()
        row = self.connection.execute(
            sa.select(documents.c.n, documents.c.at, documents.c.publisher).where(documents.c.id == report.document.id)
        ).first()
        if row is None:
            raise NotFoundError(f"{report.document.id}: no such document is stored; add it first")
        kept = self.connection.scalar(sa.select(texts.c.text).where(texts.c.document == row.n)) or b""
        text = decode_text(kept)
        states = pair_claims(report)
        kept = self._retire_claims(row.n, states)
        for claim_id, (claim, grounding) in states.items():
            if claim_id not in kept:
                state = ClaimState(claim, grounding)
                self.put_claim(state, row.n, row.at, row.publisher, claim.sentence.slice(text))
        self._replace_statements(row.n, report.statements)
        self._replace_links_within(row.n, report.links)
        self.flush()

    def _retire_claims(self, document: int, states: Mapping[str, tuple[Claim, Grounding]]) -> set[str]:
        """Retire the claims of a document that a new reading changes or no longer gives; return those that stay."""
        rows = self.connection.execute(
            sa.select(claims.c.id, claims.c.as_read, claim_records.c.claim, claim_records.c.grounding)
            .join(claim_records, claim_records.c.n == claims.c.n)
            .where(claims.c.document == document, claims.c.replaced.is_(None))
        ).all()
        kept = {
            row.id
            for row in rows
            if row.as_read
            and row.id in states
            and _strip(decode_claim(row.claim)) == _strip(states[row.id][0])
            and _strip(decode_grounding(row.grounding)) == _strip(states[row.id][1])
        }
        for ids in chunk(row.id for row in rows if row.id not in kept):
            here = sa.and_(claims.c.document == document, claims.c.id.in_(ids))
            self.connection.execute(
                sa.update(claims).where(here, claims.c.retired.is_(None)).values(retired=self.clock)
            )
            self.connection.execute(
                sa.update(claims).where(here, claims.c.replaced.is_(None)).values(replaced=self.clock)
            )
        return kept

    def _replace_statements(self, document: int, records: Iterable[Statement]) -> None:
        rows = self.connection.execute(
            sa.select(statements.c.n, statements.c.record).where(
                statements.c.document == document, statements.c.retired.is_(None)
            )
        ).all()
        new = {encode(_strip(statement)): statement for statement in records}
        gone = [row.n for row in rows if new.pop(encode(_strip(decode_statement(row.record))), None) is None]
        for numbers in chunk(gone):
            self.connection.execute(sa.update(statements).where(statements.c.n.in_(numbers)).values(retired=self.clock))
        self._put_statements(document, new.values())

    def _replace_links_within(self, document: int, records: Iterable[Link]) -> None:
        """Replace the links of a reading; one that a person took back, or drew in its place, is left so."""
        rows = self.connection.execute(
            sa.select(links.c.n, links.c.id, links.c.record).where(
                links.c.within == document, links.c.replaced.is_(None)
            )
        ).all()
        new = {make_link_id(link): link for link in records}
        kept = {row.id for row in rows if new.get(row.id) == decode_link(row.record)}
        for numbers in chunk(row.n for row in rows if row.id not in kept):
            here = links.c.n.in_(numbers)
            self.connection.execute(sa.update(links).where(here).values(replaced=self.clock))
            self.connection.execute(sa.update(links).where(here, links.c.retired.is_(None)).values(retired=self.clock))
        for names in chunk(new.keys() - kept):
            holding = sa.select(links.c.id).where(links.c.id.in_(names), links.c.retired.is_(None))
            held = set(self.connection.scalars(holding))
            for name in sorted(names):
                self.put_link(new[name], document, self.clock if name in held else None)

    def add_failure(self, failure: Failure) -> None:
        """See ``base.Writer``."""
        row = self.connection.execute(
            sa.select(failures.c.tries, failures.c.resolved).where(failures.c.address == failure.address)
        ).first()
        failure = msgspec.structs.replace(failure, address=clean_name(failure.address))
        values = {"record": encode(failure), "recorded": self.clock, "resolved": None}
        if row is None:
            self.connection.execute(sa.insert(failures).values(address=failure.address, tries=1, **values))
            return
        tries = 1 if row.resolved is not None else row.tries + 1
        self.connection.execute(
            sa.update(failures).where(failures.c.address == failure.address).values(tries=tries, **values)
        )

    def resolve_failures(self, addresses: Iterable[str]) -> None:
        """See ``base.Writer``."""
        for some in chunk(addresses):
            self.connection.execute(
                sa.update(failures)
                .where(failures.c.address.in_(some), failures.c.resolved.is_(None))
                .values(resolved=self.clock)
            )


def _find_host(address: str | None) -> str | None:
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None


def _find_chain(address: str | None) -> str | None:
    return address if is_lasting(address) else None


def _make_version(left: str, right: str) -> Link:
    return Link(left, right, Relation.VERSION, 1.0, "rule:address", "another text of the same address")


def _strip(record: R) -> R:
    """Take off a record which versions of the stages made it."""
    return msgspec.structs.replace(record, versions={})
