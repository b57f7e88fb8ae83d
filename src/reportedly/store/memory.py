"""Reads what is not found by filters over claims: searches, what linking remembers, failures, decisions, counts."""

from collections.abc import Sequence

import sqlalchemy as sa

from reportedly.records.decision import Decision, Removal
from reportedly.records.query import Counts, Hit
from reportedly.records.stored import Sketch
from reportedly.store.base import Kind, StoredFailure
from reportedly.store.batch import chunk
from reportedly.store.codec import (
    decode_decision,
    decode_failure,
    decode_removal,
    decode_sketch,
    to_day,
    to_instant,
)
from reportedly.store.loading import Loader
from reportedly.store.plan import holds
from reportedly.store.schema import (
    claims,
    decision_targets,
    decisions,
    documents,
    failures,
    groups,
    links,
    removals,
    sketch_keys,
    sketches,
    state,
    statements,
)
from reportedly.store.search import rank_documents
from reportedly.store.terms import make_term
from reportedly.store.words import mark_excerpt, parse_query


class MemoryView(Loader):
    """The part of ``base.View`` beside records by id and by filter."""

    def __init__(self, connection: sa.Connection, moment: int | None, as_of: str | None) -> None:
        super().__init__(connection, moment)
        self.as_of = as_of

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """See ``base.View``."""
        node = parse_query(query)
        rows = self.connection.execute(rank_documents(node, limit, self.moment, sqlite=self.is_sqlite)).all()
        heads = self.load_heads_by_number(row.n for row in rows)
        words = self.load_texts(heads)
        hits = []
        for row in rows:
            head, (excerpt, found) = heads[row.n], mark_excerpt(words[row.n], node)
            score = float(row.score)
            hits.append(Hit(head.id, head.title, head.publisher_name, head.day, excerpt, score, found))
        return hits

    def find_candidates(
        self, kind: str, keys: Sequence[str], since: str | None = None, until: str | None = None
    ) -> dict[str, list[str]]:
        """See ``base.View``."""
        found: dict[str, list[str]] = {key: [] for key in keys}
        names = {make_term(f"{kind}|{key}"): key for key in keys}
        day = sketch_keys.c.day
        for numbers in chunk(names):
            query = sa.select(sketch_keys.c.key, day, sketch_keys.c.subject).where(sketch_keys.c.key.in_(numbers))
            dated = query
            if since is not None:
                dated = dated.where(day >= to_day(since))
            if until is not None:
                dated = dated.where(day <= to_day(until))
            # In two queries, so that each is a range of the index: one with "or" walks through all days of a key.
            rows = list(self.connection.execute(query.where(day == 0))) if dated is not query else []
            rows += self.connection.execute(dated if dated is query else dated.where(day > 0))
            for row in sorted(rows, key=lambda row: (row.day, row.subject)):
                found[names[row.key]].append(row.subject)
        return found

    def find_sketches(self, kind: str, subjects: Sequence[str]) -> dict[str, Sketch]:
        """See ``base.View``."""
        found: dict[str, Sketch] = {}
        for some in chunk(subjects):
            rows = self.connection.execute(
                sa.select(sketches).where(sketches.c.kind == kind, sketches.c.subject.in_(some))
            )
            found.update((row.subject, decode_sketch(row.record)) for row in rows)
        return found

    def find_unsketched(self, kind: str, limit: int | None = None) -> list[str]:
        """See ``base.View``."""
        known = sa.select(sa.literal(1)).where(sketches.c.kind == kind, sketches.c.subject == documents.c.id)
        query = sa.select(documents.c.id).where(self.is_recorded(documents), ~known.exists())
        return list(self.connection.scalars(query.order_by(documents.c.at, documents.c.id).limit(limit)))

    def get_state(self, key: str) -> bytes | None:
        """See ``base.View``."""
        return self.connection.scalar(sa.select(state.c.value).where(state.c.key == f"own:{key}"))

    def find_failures(self, *, resolved: bool = False) -> list[StoredFailure]:
        """See ``base.View``."""
        query = sa.select(failures).where(self.is_recorded(failures))
        if not resolved:
            query = query.where(self._is_unresolved())
        return [
            StoredFailure(
                failure=decode_failure(row.record),
                recorded=to_instant(row.recorded),
                tries=row.tries,
                resolved=self.tell_end(row.resolved),
            )
            # Sorted here: servers sort words each by the rules of its own language.
            for row in sorted(self.connection.execute(query), key=lambda row: (-row.recorded, row.address))
        ]

    def _is_unresolved(self) -> sa.ColumnElement[bool]:
        if self.moment is None:
            return failures.c.resolved.is_(None)
        return sa.or_(failures.c.resolved.is_(None), failures.c.resolved > self.moment)

    def find_decisions(self, targets: Sequence[str] | None = None) -> list[Decision]:
        """See ``base.View``."""
        query = sa.select(decisions).where(self.is_recorded(decisions))
        if targets is None:
            rows = {row.id: row for row in self.connection.execute(query)}
        else:
            about = sa.select(decision_targets.c.decision)
            rows = {
                row.id: row
                for some in chunk(targets)
                for row in self.connection.execute(
                    query.where(decisions.c.id.in_(about.where(decision_targets.c.target.in_(some))))
                )
            }
        return [decode_decision(row.record) for row in sorted(rows.values(), key=lambda row: (row.at, row.id))]

    def find_removals(self) -> list[Removal]:
        """See ``base.View``."""
        query = sa.select(removals.c.record).order_by(removals.c.at, removals.c.id)
        return [decode_removal(record) for record in self.connection.scalars(query)]

    def count(self) -> Counts:
        """See ``base.View``."""
        held = holds(groups, self.moment)
        return Counts(
            documents=self._count(documents, self.is_recorded(documents)),
            claims=self._count(claims, holds(claims, self.moment)),
            statements=self._count(statements, holds(statements, self.moment)),
            links=self._count(links, holds(links, self.moment)),
            events=self._count(groups, sa.and_(groups.c.kind == Kind.EVENT.value, held)),
            stories=self._count(groups, sa.and_(groups.c.kind == Kind.STORY.value, held)),
            failures=self._count(failures, sa.and_(self.is_recorded(failures), self._is_unresolved())),
            decisions=self._count(decisions, self.is_recorded(decisions)),
            removals=self._count(removals, sa.true()),
        )

    def _count(self, table: sa.Table, condition: sa.ColumnElement[bool]) -> int:
        return self.connection.scalar(sa.select(sa.func.count()).select_from(table).where(condition)) or 0

    def find_publishers(self) -> list[tuple[str, int]]:
        """See ``base.View``."""
        number = sa.func.count()
        query = (
            sa.select(documents.c.publisher, number)
            .where(documents.c.publisher.is_not(None), self.is_recorded(documents))
            .group_by(documents.c.publisher)
        )
        return sorted(((row[0], row[1]) for row in self.connection.execute(query)), key=lambda row: (-row[1], row[0]))
