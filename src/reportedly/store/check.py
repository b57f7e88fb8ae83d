"""Verifies a store: the file's own integrity, that everything points at something, that columns fit their records."""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from reportedly.records.link import OF_DOCUMENTS, Relation, make_link_id
from reportedly.store.base import Kind
from reportedly.store.batch import chunk
from reportedly.store.codec import (
    decode_claim,
    decode_decision,
    decode_document,
    decode_event,
    decode_failure,
    decode_grounding,
    decode_link,
    decode_removal,
    decode_sketch,
    decode_statement,
    decode_story,
    find_days,
    make_digest,
)
from reportedly.store.schema import (
    claim_records,
    claims,
    decisions,
    documents,
    failures,
    groups,
    links,
    members,
    origins,
    postings,
    removals,
    sketch_keys,
    sketches,
    statements,
    texts,
)
from reportedly.store.terms import find_terms
from reportedly.store.view import SqlView

_MOST = 10
"""Faults of one kind that are told one by one; of more, their number."""
_PAGE = 2000


def check_store(view: SqlView) -> list[str]:
    """Verify integrity; takes time with everything that is stored.

    Returns:
        One line a fault; of one kind at most some, then how many more. Empty where all is well.
    """
    faults: list[str] = []
    for find in (_find_broken_pages, _find_orphans, _find_unfit_documents, _find_unfit_claims, _find_unfit_records):
        more = 0
        try:
            # After an error PostgreSQL answers nothing more in the same transaction; SQLite does.
            with nullcontext() if view.is_sqlite else view.connection.begin_nested():
                for at, fault in enumerate(find(view)):
                    faults += [fault] if at < _MOST else []
                    more += at >= _MOST
        except DBAPIError as error:
            faults.append(f"what cannot be read keeps the rest of this from being checked: {error.orig}")
        faults += [f"… and {more} more of this kind"] if more else []
    return faults


def _find_broken_pages(view: SqlView) -> Iterator[str]:
    if view.is_sqlite:
        rows = view.connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})")
        yield from (f"the file is damaged: {row[0]}" for row in rows if row[0] != "ok")


def _is_missing(column: Any, target: Any) -> sa.ColumnElement[bool]:  # columns
    other = target.table.alias()  # One may point at a row of its own table.
    return ~sa.select(sa.literal(1)).where(other.c[target.name] == column).exists()


def _find_orphans(view: SqlView) -> Iterator[str]:
    pointers: tuple[tuple[str, Any, Any], ...] = (
        ("a document without its text", documents.c.n, texts.c.document),
        ("a text without its document", texts.c.document, documents.c.n),
        ("a claim without its document", claims.c.document, documents.c.n),
        ("a claim without its record", claims.c.n, claim_records.c.n),
        ("the record of a claim that is not there", claim_records.c.n, claims.c.n),
        ("a statement without its document", statements.c.document, documents.c.n),
        ("an origin of a document that is not there", origins.c.document, documents.c.n),
        ("a copy of a document that is not there", origins.c.origin, documents.c.id),
        ("a member of an event or story that is not there", members.c.group, groups.c.id),
        ("a key of a sketch that is not there", sketch_keys.c.subject, sketches.c.subject),
        ("a previous version that is not there", documents.c.previous, documents.c.id),
        ("a later version that is not there", documents.c.superseded, documents.c.id),
    )
    for told, column, target in pointers:
        query = sa.select(column).where(column.is_not(None), _is_missing(column, target)).distinct()
        yield from (f"{told}: {name}" for name in view.connection.scalars(query))
    yield from _find_loose_members(view)
    yield from _find_loose_links(view)
    for table, target in (("search_documents", documents), ("search_claims", claims)):
        yield from _find_unindexed(view, table, target)


def _find_loose_members(view: SqlView) -> Iterator[str]:
    for kind, target in ((Kind.EVENT, claims.c.id), (Kind.STORY, documents.c.id)):
        query = sa.select(members.c.member).where(members.c.kind == kind.value, _is_missing(members.c.member, target))
        yield from (f"a member of {kind.value} that is not there: {name}" for name in view.connection.scalars(query))


def _find_loose_links(view: SqlView) -> Iterator[str]:
    of_documents = [relation.value for relation in OF_DOCUMENTS]
    of_claims = [relation.value for relation in Relation if relation not in OF_DOCUMENTS]
    for relations, target in ((of_documents, documents.c.id), (of_claims, claims.c.id)):
        for end in (links.c.left, links.c.right):
            query = sa.select(links.c.id).where(links.c.relation.in_(relations), _is_missing(end, target))
            yield from (f"a link with an end that is not there: {name}" for name in view.connection.scalars(query))


def _find_unindexed(view: SqlView, table: str, target: sa.Table) -> Iterator[str]:
    """Find rows that the search index lacks, and entries of it that are of no row."""
    known = (
        sa.table(f"{table}_docsize", sa.column("id")).c.id if view.is_sqlite else sa.table(table, sa.column("n")).c.n
    )
    for told, column, other in (
        (f"not in the search index {table}", target.c.n, known),
        (f"an entry of the search index {table} that is of nothing", known, target.c.n),
    ):
        query = sa.select(column).where(_is_missing(column, other))
        yield from (f"{told}: number {number}" for number in view.connection.scalars(query))


def _read(view: SqlView, query: sa.Select[Any], key: Any) -> Iterator[Any]:  # a column
    """Give rows in pages, in flat memory."""
    last = -1
    while True:
        rows = view.connection.execute(query.where(key > last).order_by(key).limit(_PAGE)).all()
        yield from rows
        if len(rows) < _PAGE:
            return
        last = rows[-1].n


def _find_unfit_documents(view: SqlView) -> Iterator[str]:
    query = sa.select(documents, texts.c.text, texts.c.digest).join(texts, texts.c.document == documents.c.n)
    for row in _read(view, query, documents.c.n):
        if make_digest(row.text) != row.digest:
            yield f"document {row.id}: its text is not what was stored"
        document = _decode(decode_document, row.record)
        if document is None or document.id != row.id:
            yield f"document {row.id}: its record does not fit"


def _find_unfit_claims(view: SqlView) -> Iterator[str]:
    query = (
        sa.select(claims, claim_records.c.claim, claim_records.c.grounding, documents.c.publisher)
        .add_columns(documents.c.id.label("carrier"))
        .join(claim_records, claim_records.c.n == claims.c.n)
        .join(documents, documents.c.n == claims.c.document)
    )
    rows = _read(view, query, claims.c.n)
    expected = 0
    while page := list(islice(rows, _PAGE)):
        wanted: set[tuple[int, int, int]] = set()
        for row in page:
            yield from (f"claim {row.id}: {fault}" for fault in _find_faults(row, wanted))
        expected += len(wanted)
        for some in chunk(sorted(wanted)):
            key = sa.tuple_(postings.c.term, postings.c.at, postings.c.claim)
            known = {tuple(posting) for posting in view.connection.execute(sa.select(postings).where(key.in_(some)))}
            yield from (f"claim number {lost[2]} is not found by what it holds" for lost in some if lost not in known)
    count = view.connection.scalar(sa.select(sa.func.count()).select_from(postings)) or 0
    if count > expected:
        yield f"{count - expected} search terms are of no claim, or of what it does not hold"


def _find_faults(row: Any, wanted: set[tuple[int, int, int]]) -> Iterator[str]:  # a row
    claim, grounding = _decode(decode_claim, row.claim), _decode(decode_grounding, row.grounding)
    if claim is None or grounding is None:
        yield "its record cannot be read"
        return
    told = (claim.id, grounding.claim_id, claim.document_id, claim.type.value.value, claim.status.value.value)
    if told != (row.id, row.id, row.carrier, row.type, row.status):
        yield "its record does not fit"
    if find_days(grounding.time) != (row.start_day, row.end_day):
        yield "its days do not fit its record"
    wanted.update((term, row.at, row.n) for term in find_terms(claim, grounding, row.publisher))


def _find_unfit_records(view: SqlView) -> Iterator[str]:
    for row in _read(view, sa.select(links), links.c.n):
        link = _decode(decode_link, row.record)
        if link is None or make_link_id(link) != row.id or (link.left, link.right) != (row.left, row.right):
            yield f"link {row.id}: its record does not fit"
    for row in _read(view, sa.select(groups), groups.c.n):
        decode: Any = decode_event if row.kind == Kind.EVENT.value else decode_story
        record = _decode(decode, row.record)
        if record is None or record.id != row.id:
            yield f"{row.kind} {row.id}: its record does not fit"
    query = sa.select(statements, documents.c.id.label("carrier")).join(
        documents, documents.c.n == statements.c.document
    )
    for row in _read(view, query, statements.c.n):
        record = _decode(decode_statement, row.record)
        if record is None or (record.id, record.document_id) != (row.id, row.carrier):
            yield f"statement {row.id}: its record does not fit"
    yield from _find_unfit_rest(view)


def _find_unfit_rest(view: SqlView) -> Iterator[str]:
    """Find records that are not numbered which cannot be read, or which are of something else."""
    kinds: tuple[tuple[str, sa.Table, str, Any, str], ...] = (
        ("decision", decisions, "id", decode_decision, "id"),
        ("removal", removals, "id", decode_removal, "id"),
        ("failure", failures, "address", decode_failure, "address"),
        ("what linking remembers of", sketches, "subject", decode_sketch, "subject"),
    )
    for told, table, column, decode, name in kinds:
        query = sa.select(table.c[column].label("name"), table.c.record)
        for row in view.connection.execute(query, execution_options={"yield_per": _PAGE}):
            record = _decode(decode, row.record)
            if record is None or getattr(record, name) != row.name:
                yield f"{told} {row.name}: its record does not fit"
    twice = sa.select(links.c.id).where(links.c.retired.is_(None)).group_by(links.c.id).having(sa.func.count() > 1)
    yield from (f"link {name}: it holds more than once" for name in view.connection.scalars(twice))


def _decode(decode: Any, record: bytes) -> Any:  # a decoder and what it gives
    try:
        return decode(record)
    except (msgspec.DecodeError, ValueError):
        return None
