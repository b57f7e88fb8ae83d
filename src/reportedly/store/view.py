"""The record as of one time: what is asked for by id, and by filters. See ``base.View``."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from reportedly.errors import NotFoundError
from reportedly.records.document import Document
from reportedly.records.event import Event, Story
from reportedly.records.link import Relation
from reportedly.records.query import ClaimOrder, ClaimQuery
from reportedly.records.report import Report
from reportedly.records.stored import DocumentHead, PlacedClaim, StoredClaim, StoredStatement
from reportedly.store.base import Kind, StoredLink
from reportedly.store.batch import chunk
from reportedly.store.codec import (
    UNDATED,
    decode_claim,
    decode_document,
    decode_event,
    decode_grounding,
    decode_link,
    decode_statement,
    decode_story,
    decode_text,
    place_day,
    to_micros,
)
from reportedly.store.memory import MemoryView
from reportedly.store.plan import Finder, holds, is_latest, is_reading, make_plan
from reportedly.store.schema import (
    claim_records,
    claims,
    decisions,
    documents,
    groups,
    heirs,
    links,
    members,
    statements,
    texts,
)

_PAGE = 500
"""Claims in memory at once while all are given one after another."""
_SHORTEST = 4
_TOLD = 5
_LONGEST_LEAD = 100


class SqlView(MemoryView):
    """See ``base.View``; made by ``SqlStore.reading``."""

    def get_document(self, document_id: str) -> Document:
        """See ``base.View``."""
        return self._load_document(self._get_document_row(document_id))

    def _load_document(self, row: Any) -> Document:  # a row of ``documents``
        text = self.connection.scalar(sa.select(texts.c.text).where(texts.c.document == row.n))
        return msgspec.structs.replace(decode_document(row.record), text=decode_text(text or b""))

    def get_head(self, document_id: str) -> DocumentHead:
        """See ``base.View``."""
        return self.load_heads([self._get_document_row(document_id)])[0]

    def _get_document_row(self, document_id: str) -> Any:  # a row
        row = self.connection.execute(
            sa.select(documents).where(documents.c.id == document_id, self.is_recorded(documents))
        ).first()
        if row is None:
            raise NotFoundError(self._word_missing("document", document_id))
        return row

    def _word_missing(self, kind: str, name: str) -> str:
        when = "" if self.as_of is None else f" as of {self.as_of}"
        ways = {
            "document": "`reportedly search WORDS` finds documents",
            "claim": "`reportedly claims` lists claims",
            "event": "`reportedly events` lists events; linking again may have given it another id",
            "link": "`reportedly show ID` lists the links of a claim or a document",
            "statement": "`reportedly show ID` lists the statements of a document",
            "story": "`reportedly stories` lists stories; linking again may have given it another id",
        }
        return f"{name}: there is no {kind} of this id{when}; {ways[kind]}"

    def get_report(self, document_id: str) -> Report:
        """See ``base.View``."""
        document = self._get_document_row(document_id)
        number = document.n
        rows = self.connection.execute(
            sa.select(claim_records)
            .join(claims, claims.c.n == claim_records.c.n)
            .where(claims.c.document == number, is_reading(claims, self.moment))
            .order_by(claims.c.n)
        ).all()
        read = [decode_claim(row.claim) for row in rows]
        salient = sorted(range(len(rows)), key=lambda i: read[i].salience)
        told = sa.select(statements.c.record).where(statements.c.document == number, holds(statements, self.moment))
        drawn = sa.select(links.c.record).where(links.c.within == number, is_latest(links, self.moment))
        return Report(
            document=self._load_document(document),
            claims=tuple(read[i] for i in salient),
            groundings=tuple(decode_grounding(rows[i].grounding) for i in salient),
            statements=tuple(map(decode_statement, self.connection.scalars(told.order_by(statements.c.n)))),
            links=tuple(map(decode_link, self.connection.scalars(drawn.order_by(links.c.n)))),
        )

    def get_claim(self, claim_id: str) -> StoredClaim:
        """See ``base.View``."""
        number = self._find_state(claim_id)
        if number is None:
            raise NotFoundError(self._word_missing("claim", claim_id))
        return self.load_claims([number])[0]

    def _find_state(self, claim_id: str) -> int | None:
        """Return the number of the state of a claim that holds, else of the last that held."""
        return self.connection.scalar(
            sa.select(claims.c.n)
            .where(claims.c.id == claim_id, self.is_recorded(claims))
            .order_by(holds(claims, self.moment).desc(), claims.c.n.desc())
            .limit(1)
        )

    def get_statement(self, statement_id: str) -> StoredStatement:
        """See ``base.View``."""
        found = self.load_statements(sa.and_(statements.c.id == statement_id, self.is_recorded(statements)))
        if not found:
            raise NotFoundError(self._word_missing("statement", statement_id))
        return next((item for item in reversed(found) if item.retired is None), found[-1])

    def get_link(self, link_id: str) -> StoredLink:
        """See ``base.View``."""
        row = self.connection.execute(
            sa.select(links)
            .where(links.c.id == link_id, self.is_recorded(links))
            .order_by(holds(links, self.moment).desc(), links.c.n.desc())
            .limit(1)
        ).first()
        if row is None:
            raise NotFoundError(self._word_missing("link", link_id))
        return self.make_link(row)

    def get_event(self, event_id: str) -> Event:
        """See ``base.View``."""
        return decode_event(self._get_group(Kind.EVENT, event_id))

    def get_story(self, story_id: str) -> Story:
        """See ``base.View``."""
        return decode_story(self._get_group(Kind.STORY, story_id))

    def _get_group(self, kind: Kind, name: str) -> bytes:
        """Return the record of a group, or of the one that its id leads to."""
        group: str | None = name
        for _ in range(_LONGEST_LEAD):
            record: bytes | None = self.connection.scalar(
                sa.select(groups.c.record).where(
                    groups.c.kind == kind.value, groups.c.id == group, holds(groups, self.moment)
                )
            )
            if record is not None:
                return record
            group = self.connection.scalar(
                sa.select(heirs.c.heir)
                .where(heirs.c.id == group, self.is_recorded(heirs))
                .order_by(heirs.c.recorded.desc())
                .limit(1)
            )
            if group is None:
                break
        raise NotFoundError(self._word_missing(kind.value, name))

    def resolve(self, prefix: str) -> tuple[Kind, str]:
        """See ``base.View``."""
        wanted = prefix.strip().lower()
        if not wanted.isascii():
            raise NotFoundError(f"{prefix}: this is no id; ids are hexadecimal characters (0-9, a-f)")
        if len(wanted) < _SHORTEST:
            raise NotFoundError(f"{prefix}: too short for an id; write at least its first {_SHORTEST} characters")
        found: dict[str, Kind] = {}
        for kind, table in (
            (Kind.DOCUMENT, documents),
            (Kind.CLAIM, claims),
            (Kind.STATEMENT, statements),
            (Kind.LINK, links),
            (Kind.DECISION, decisions),
        ):
            found.update((name, kind) for name in self._find_ids(table, wanted))
        for name in self._find_ids(groups, wanted):
            found[name] = self._find_group_kind(name)
        if wanted in found:
            return found[wanted], wanted
        if len(found) == 1:
            return next((kind, name) for name, kind in found.items())
        if not found:
            raise NotFoundError(
                f"{prefix}: nothing has this id, or one that starts so; `reportedly search` finds reports"
            )
        told = ", ".join(f"{name} ({kind.value})" for name, kind in sorted(found.items())[:_TOLD])
        raise NotFoundError(f"{prefix}: several things have an id that starts so: {told}; write more of it")

    def _find_ids(self, table: sa.Table, prefix: str) -> list[str]:
        # Ids are hexadecimal, and letters follow one another in every collation that a server may have; signs do not.
        beyond = prefix + "g"
        query = sa.select(table.c.id).where(table.c.id >= prefix, table.c.id < beyond, self.is_recorded(table))
        return list(self.connection.scalars(query.distinct().order_by(table.c.id).limit(_TOLD + 1)))

    def _find_group_kind(self, name: str) -> Kind:
        return Kind(self.connection.execute(sa.select(groups.c.kind).where(groups.c.id == name).limit(1)).scalar_one())

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
        """See ``base.View``."""
        query = sa.select(documents).where(self.is_recorded(documents))
        if address is not None:
            query = query.where(sa.or_(documents.c.address == address, documents.c.chain == address))
        if publisher is not None:
            query = query.where(documents.c.publisher == publisher)
        if story is not None:
            inside = sa.select(members.c.member).where(
                members.c.kind == Kind.STORY.value, members.c.group == story, holds(members, self.moment)
            )
            query = query.where(documents.c.id.in_(inside))
        if since is not None:
            query = query.where(documents.c.at >= place_day(since))
        if until is not None:
            query = query.where(documents.c.at < place_day(until, 1))
        if since is not None or until is not None:
            query = query.where(documents.c.at < UNDATED)
        if recorded_since is not None:
            query = query.where(documents.c.recorded >= to_micros(recorded_since))
        if ids is None:
            query = query.order_by(documents.c.at, documents.c.id).limit(limit)
            return self.load_heads(self.connection.execute(query))
        rows = [row for some in chunk(ids) for row in self.connection.execute(query.where(documents.c.id.in_(some)))]
        return self.load_heads(sorted(rows, key=lambda row: (row.at, row.id))[:limit])

    def find_texts(self, ids: Sequence[str]) -> dict[str, str]:
        """See ``base.View``."""
        found: dict[str, str] = {}
        for some in chunk(ids):
            rows = self.connection.execute(
                sa.select(documents.c.id, texts.c.text)
                .join(texts, texts.c.document == documents.c.n)
                .where(documents.c.id.in_(some), self.is_recorded(documents))
            )
            found.update((row.id, decode_text(row.text)) for row in rows)
        return found

    def find_claims(self, query: ClaimQuery) -> list[StoredClaim]:
        """See ``base.View``."""
        return list(self.iterate_claims(query)) if query.limit is None else self.load_claims(self._find_page(query))

    def place_claims(self, ids: Sequence[str] = (), events: Sequence[str] = ()) -> list[PlacedClaim]:
        """See ``base.View``."""
        inside = sa.and_(
            members.c.member == claims.c.id, members.c.kind == Kind.EVENT.value, holds(members, self.moment)
        )
        columns = sa.select(claims.c.id, documents.c.id.label("document"), members.c.group)
        told = columns.join(documents, documents.c.n == claims.c.document).where(holds(claims, self.moment))
        asked = [told.outerjoin(members, inside).where(claims.c.id.in_(some)) for some in chunk(ids)]
        asked += [told.join(members, inside).where(members.c.group.in_(some)) for some in chunk(events)]
        found = {row.id: row for query in asked for row in self.connection.execute(query)}
        return [PlacedClaim(row.id, row.document, row.group) for row in found.values()]

    def count_members(self, events: Sequence[str]) -> dict[str, int]:
        """See ``base.View``."""
        held = sa.select(members.c.group, sa.func.count()).where(
            members.c.kind == Kind.EVENT.value, holds(members, self.moment)
        )
        counted = (held.where(members.c.group.in_(some)).group_by(members.c.group) for some in chunk(events))
        return {row[0]: row[1] for query in counted for row in self.connection.execute(query)}

    def _make_finder(self, query: ClaimQuery) -> Finder:
        return Finder(self.connection, make_plan(query, self.moment, sqlite=self.is_sqlite), query.order)

    def _find_page(self, query: ClaimQuery) -> list[int]:
        limit = query.limit or 0
        return self._make_finder(query).find(limit, self._find_after(query.after)) if limit > 0 else []

    def _find_after(self, claim_id: str | None) -> Any:  # a row
        if claim_id is None:
            return None
        number = self._find_state(claim_id)
        if number is None:
            raise NotFoundError(self._word_missing("claim", claim_id))
        return self.connection.execute(sa.select(claims).where(claims.c.n == number)).one()

    def iterate_claims(self, query: ClaimQuery) -> Iterator[StoredClaim]:
        """See ``base.View``."""
        finder = self._make_finder(query)
        after = self._find_after(query.after)
        left = query.limit
        while left is None or left > 0:
            size = _PAGE if left is None else min(_PAGE, left)
            numbers = finder.find(size, after)
            yield from self.load_claims(numbers)
            if len(numbers) < size:
                return
            left = None if left is None else left - len(numbers)
            after = self.connection.execute(sa.select(claims).where(claims.c.n == numbers[-1])).one()

    def count_claims(self, query: ClaimQuery) -> int:
        """See ``base.View``."""
        return self._make_finder(query).count()

    def find_statements(self, document_ids: Sequence[str]) -> list[StoredStatement]:
        """See ``base.View``."""
        return [
            statement
            for some in chunk(document_ids)
            for statement in self.load_statements(
                sa.and_(
                    statements.c.document.in_(sa.select(documents.c.n).where(documents.c.id.in_(some))),
                    holds(statements, self.moment),
                )
            )
        ]

    def find_links(
        self, ids: Sequence[str] | None = None, relations: Sequence[Relation] = (), limit: int | None = None
    ) -> list[StoredLink]:
        """See ``base.View``."""
        columns = (links.c.n, links.c.id, links.c.record, links.c.recorded, links.c.retired)
        query = sa.select(*columns).where(holds(links, self.moment))
        if limit is not None:
            query = query.order_by(links.c.n).limit(limit)
        # Where ids lead, the relation is written so that no index of it does: most links are of one.
        relation = links.c.relation if ids is None else links.c.relation.concat("")
        if relations:
            query = query.where(relation.in_([item.value for item in relations]))
        if ids is None:
            rows = {row.n: row for row in self.connection.execute(query)}
        else:
            rows = {
                row.n: row
                for some in chunk(ids)
                for end in (links.c.left, links.c.right)
                for row in self.connection.execute(query.where(end.in_(some)))
            }
        return [self.make_link(row) for _, row in sorted(rows.items())[:limit]]

    def find_events(
        self, query: ClaimQuery | None = None, *, ids: Sequence[str] | None = None, limit: int | None = None
    ) -> list[Event]:
        """See ``base.View``."""
        return [decode_event(record) for record in self._find_groups(Kind.EVENT, self._narrow(query), ids, limit)]

    def _narrow(self, query: ClaimQuery | None) -> Any:  # a condition
        """Return the condition that an event holds a claim which fits; None for a query without filters."""
        plain = ClaimQuery()
        if query is None or msgspec.structs.replace(query, order=ClaimOrder.PUBLISHED, limit=None, after=None) == plain:
            return None
        return self._make_finder(query).inside_events(self.moment)

    def _find_groups(self, kind: Kind, condition: Any, ids: Sequence[str] | None, limit: int | None) -> list[bytes]:
        # Where ids lead, the kind is written so that no index of it does: that would walk through all of the kind.
        of_kind = groups.c.kind if ids is None else groups.c.kind.concat("")
        query = sa.select(groups.c.record, groups.c.last, groups.c.id).where(
            of_kind == kind.value, holds(groups, self.moment)
        )
        if condition is not None:
            query = query.where(condition)
        query = query.order_by(groups.c.last.desc(), groups.c.id.desc())
        if ids is None:
            return [row.record for row in self.connection.execute(query.limit(limit))]
        rows = [row for some in chunk(ids) for row in self.connection.execute(query.where(groups.c.id.in_(some)))]
        rows.sort(key=lambda row: (row.last, row.id), reverse=True)
        return [row.record for row in rows[:limit]]

    def find_stories(
        self, *, ids: Sequence[str] | None = None, documents: Sequence[str] | None = None, limit: int | None = None
    ) -> list[Story]:
        """See ``base.View``."""
        if documents is not None:
            held = set(self.find_groups(Kind.STORY, documents).values())
            ids = sorted(held if ids is None else held & set(ids))
        return [decode_story(record) for record in self._find_groups(Kind.STORY, None, ids, limit)]
