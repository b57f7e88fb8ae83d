"""Makes records of rows: heads of documents, claims with their sentences, as of an instant."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from reportedly.errors import StoreError
from reportedly.records.claim import Claim
from reportedly.records.document import Document
from reportedly.records.stored import DocumentHead, StoredClaim, StoredStatement
from reportedly.store.base import Kind, StoredLink
from reportedly.store.batch import chunk
from reportedly.store.codec import (
    decode_claim,
    decode_document,
    decode_grounding,
    decode_link,
    decode_statement,
    decode_text,
    to_instant,
)
from reportedly.store.plan import Condition, holds
from reportedly.store.schema import claim_records, claims, documents, members, origins, statements, texts


class Loader:
    """Reads records by the numbers of their rows, within one transaction."""

    def __init__(self, connection: sa.Connection, moment: int | None) -> None:
        self.connection = connection
        self.moment = moment

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite; else it is PostgreSQL."""
        return self.connection.dialect.name == "sqlite"

    def is_recorded(self, table: Any) -> Condition:  # a table or an alias of one
        """Return the condition that a row was recorded by then."""
        return sa.true() if self.moment is None else table.c.recorded <= self.moment

    def tell_end(self, end: int | None) -> str | None:
        """Return when something came to its end, as far as that was known by then."""
        return None if end is None or (self.moment is not None and end > self.moment) else to_instant(end)

    def load_heads(self, rows: Iterable[Any]) -> list[DocumentHead]:
        """Make heads of rows of ``documents``, in their order."""
        rows = list(rows)
        copied: dict[int, str] = {}
        for numbers in chunk(row.n for row in rows):
            found = self.connection.execute(
                sa.select(origins.c.document, origins.c.origin).where(
                    origins.c.document.in_(numbers), holds(origins, self.moment)
                )
            )
            copied.update((row.document, row.origin) for row in found)
        return [self._make_head(row, decode_document(row.record), copied.get(row.n)) for row in rows]

    def _make_head(self, row: Any, document: Document, origin: str | None) -> DocumentHead:
        previous, superseded = row.previous, row.superseded
        if self.moment is not None and (previous or superseded):
            previous, superseded = self._find_neighbours(row)
        return DocumentHead(
            id=row.id,
            address=document.address,
            title=document.title,
            publisher=document.publisher,
            publisher_name=row.publisher,
            family=row.family,
            state=row.state,
            published=document.published,
            credit=document.credit,
            genre=document.genre,
            language=document.language,
            characters=row.characters,
            recorded=to_instant(row.recorded),
            origin=origin,
            previous=previous,
            superseded=superseded,
        )

    def _find_neighbours(self, row: Any) -> tuple[str | None, str | None]:
        """Return the versions before and after one that were recorded by then."""
        here = sa.and_(documents.c.chain == row.chain, self.is_recorded(documents))
        names = sa.select(documents.c.id).where(here)
        return (
            self.connection.scalar(
                names.where(documents.c.version < row.version).order_by(documents.c.version.desc()).limit(1)
            ),
            self.connection.scalar(
                names.where(documents.c.version > row.version).order_by(documents.c.version).limit(1)
            ),
        )

    def find_groups(self, kind: Kind, some: Iterable[str]) -> dict[str, str]:
        """Return which event each claim, or which story each document, belongs to."""
        found: dict[str, str] = {}
        for ids in chunk(some):
            rows = self.connection.execute(
                sa.select(members.c.member, members.c.group).where(
                    members.c.kind == kind.value, members.c.member.in_(ids), holds(members, self.moment)
                )
            )
            found.update((row.member, row.group) for row in rows)
        return found

    def load_texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return texts by the numbers of their documents.

        Raises:
            StoreError: one of them is not there: what rests on it cannot be shown.
        """
        found: dict[int, str] = {}
        for some in chunk(numbers):
            rows = self.connection.execute(sa.select(texts.c.document, texts.c.text).where(texts.c.document.in_(some)))
            found.update((row.document, decode_text(row.text)) for row in rows)
            if lost := [number for number in some if number not in found]:
                name = self.connection.scalar(sa.select(documents.c.id).where(documents.c.n == lost[0]))
                raise StoreError(
                    f"document {name}: its text is lost; `reportedly db check` lists what is damaged: put a copy back"
                )
        return found

    def load_heads_by_number(self, numbers: Iterable[int]) -> dict[int, DocumentHead]:
        """Return heads by the numbers of their documents."""
        rows = [
            row
            for some in chunk(numbers)
            for row in self.connection.execute(sa.select(documents).where(documents.c.n.in_(some)))
        ]
        return {row.n: head for row, head in zip(rows, self.load_heads(rows), strict=True)}

    def load_claims(self, numbers: Sequence[int]) -> list[StoredClaim]:
        """Return claims by the numbers of their rows, in their order."""
        rows = {
            row.n: row
            for some in chunk(numbers)
            for row in self.connection.execute(
                sa.select(claims, claim_records.c.claim, claim_records.c.grounding)
                .join(claim_records, claim_records.c.n == claims.c.n)
                .where(claims.c.n.in_(some))
            )
        }
        heads = self.load_heads_by_number(row.document for row in rows.values())
        words = self.load_texts(heads)
        events = self.find_groups(Kind.EVENT, (row.id for row in rows.values()))
        stories = self.find_groups(Kind.STORY, (head.id for head in heads.values()))
        loaded: list[StoredClaim] = []
        for number in numbers:
            row = rows[number]
            head = heads[row.document]
            claim: Claim = decode_claim(row.claim)
            loaded.append(
                StoredClaim(
                    claim=claim,
                    grounding=decode_grounding(row.grounding),
                    document=head,
                    sentence=claim.sentence.slice(words[row.document]),
                    recorded=to_instant(row.recorded),
                    retired=self.tell_end(row.retired),
                    event=events.get(row.id),
                    story=stories.get(head.id),
                    decided=tuple(row.decided.split()) if row.decided else (),
                )
            )
        return loaded

    def load_statements(self, condition: Condition) -> list[StoredStatement]:
        """Return statements that fulfil a condition, by document, in text order."""
        rows = self.connection.execute(
            sa.select(statements)
            .where(condition)
            .order_by(statements.c.document, statements.c.span_start, statements.c.n)
        ).all()
        heads = self.load_heads_by_number(row.document for row in rows)
        words = self.load_texts(heads)
        loaded: list[StoredStatement] = []
        for row in rows:
            statement = decode_statement(row.record)
            loaded.append(
                StoredStatement(
                    statement=statement,
                    document=heads[row.document],
                    words=statement.span.slice(words[row.document]),
                    recorded=to_instant(row.recorded),
                    retired=self.tell_end(row.retired),
                )
            )
        return loaded

    def make_link(self, row: Any) -> StoredLink:  # a row of ``links``
        """Make a link of a row."""
        return StoredLink(row.id, decode_link(row.record), to_instant(row.recorded), self.tell_end(row.retired))
