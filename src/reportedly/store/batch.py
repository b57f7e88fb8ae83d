"""What all writing shares: the transaction, its clock, rows that wait to be written many at a time."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from reportedly.records.claim import Claim
from reportedly.records.grounding import Grounding
from reportedly.store.codec import encode, find_days, to_instant
from reportedly.store.schema import claim_records, claims, postings
from reportedly.store.terms import find_terms
from reportedly.store.words import split_words, to_tsvector

T = TypeVar("T")
Row = dict[str, Any]

WORDS = {"search_documents": ("title", "body"), "search_claims": ("body",)}
"""The indexes of words, with their columns on SQLite."""
CHUNK = 500
"""Values in one list of a query: databases take no list of any length."""
_WAITING = 20_000
"""Rows that wait before they are written, so that memory stays flat in a long transaction."""


def chunk(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Give values in lists of at most ``size``, each value once, in order."""
    ordered = list(dict.fromkeys(values))
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


class ClaimState:
    """One state of a claim on its way into the tables."""

    __slots__ = ("as_read", "claim", "decided", "grounding", "retired")

    def __init__(
        self,
        claim: Claim,
        grounding: Grounding,
        *,
        as_read: bool = True,
        decided: Sequence[str] = (),
        retired: int | None = None,
    ) -> None:
        self.claim = claim
        self.grounding = grounding
        self.as_read = as_read
        self.decided = decided
        self.retired = retired


class Batch:
    """Rows of one transaction. Numbers are given out here: only one transaction writes at a time."""

    def __init__(self, connection: sa.Connection, clock: int) -> None:
        self.connection = connection
        self.clock = clock
        self.recorded = to_instant(clock)
        self._rows: dict[sa.Table, list[Row]] = {}
        self._postings: list[tuple[int, int, int]] = []
        self._words: dict[str, list[tuple[int, Sequence[str]]]] = {table: [] for table in WORDS}
        self._waiting = 0
        self._next: dict[str, int] = {}

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite; else it is PostgreSQL."""
        return self.connection.dialect.name == "sqlite"

    def take_number(self, table: sa.Table) -> int:
        """Return the next number of a row of a table."""
        number = self._next.get(table.name)
        if number is None:
            number = (self.connection.scalar(sa.select(sa.func.max(table.c.n))) or 0) + 1
        self._next[table.name] = number + 1
        return number

    def put(self, table: sa.Table, **row: object) -> None:
        """Let a row wait to be written."""
        self._rows.setdefault(table, []).append(row)
        self._waiting += 1

    def put_words(self, table: str, number: int, parts: Sequence[str]) -> None:
        """Let the words of a text wait to be written to an index."""
        self._words[table].append((number, [" ".join(split_words(part)) for part in parts]))

    def put_claim(self, claim_state: ClaimState, document: int, at: int, publisher: str | None, sentence: str) -> None:
        """Let one state of a claim wait to be written, with all it is found by."""
        claim, grounding = claim_state.claim, claim_state.grounding
        number = self.take_number(claims)
        start_day, end_day = find_days(grounding.time)
        self.put(
            claims,
            n=number,
            id=claim.id,
            document=document,
            at=at,
            type=claim.type.value.value,
            status=claim.status.value.value,
            hedged=bool(claim.hedges),
            start_day=start_day,
            end_day=end_day,
            sentence_start=claim.sentence.start,
            sentence_end=claim.sentence.end,
            recorded=self.clock,
            retired=claim_state.retired,
            as_read=claim_state.as_read,
            replaced=None,
            decided=" ".join(claim_state.decided) or None,
        )
        self.put(claim_records, n=number, claim=encode(claim), grounding=encode(grounding))
        terms = find_terms(claim, grounding, publisher)
        self._postings.extend((term, at, number) for term in terms)
        self._waiting += len(terms)
        self.put_words("search_claims", number, [sentence])

    def flush_some(self) -> None:
        """Write what waits, where it is much."""
        if self._waiting > _WAITING:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        for table, rows in self._rows.items():
            if rows and self.is_sqlite:
                self.connection.execute(sa.insert(table), rows)
            elif rows:
                self._write_columns(table, list(rows[0]), zip(*(row.values() for row in rows), strict=True))
        self._rows.clear()
        if self._postings:
            self._flush_postings()
        for table_name, words in self._words.items():
            if words:
                self._flush_words(table_name, words)
                words.clear()
        self._waiting = 0

    def _write_columns(self, table: sa.Table, names: Sequence[str], columns: Iterable[Sequence[object]]) -> None:
        """Write rows to PostgreSQL a column at a time: one statement for all, which takes each list as a whole."""
        dialect = self.connection.dialect
        quoted = ", ".join(dialect.identifier_preparer.quote(name) for name in names)
        marks = ", ".join(f"%s::{table.c[name].type.compile(dialect)}[]" for name in names)
        self.connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({quoted}) SELECT * FROM unnest({marks})",  # noqa: S608
            tuple(map(list, columns)),
        )

    def _flush_postings(self) -> None:
        """Write terms in order, so that neighbours in the index are written together."""
        rows = sorted(self._postings)
        self._postings.clear()
        if self.is_sqlite:
            self.connection.exec_driver_sql(f"INSERT INTO {postings.name} (term, at, claim) VALUES (?, ?, ?)", rows)  # noqa: S608
        else:
            self._write_columns(postings, ("term", "at", "claim"), zip(*rows, strict=True))

    def _flush_words(self, table: str, words: Sequence[tuple[int, Sequence[str]]]) -> None:
        if self.is_sqlite:
            marks = ", ?" * len(WORDS[table])
            # Names of tables and columns are those of our schema; what comes from reports is bound.
            self.connection.exec_driver_sql(
                f"INSERT INTO {table} (rowid, {', '.join(WORDS[table])}) VALUES (?{marks})",  # noqa: S608
                [(number, *parts) for number, parts in words],
            )
            return
        self.connection.exec_driver_sql(
            f"INSERT INTO {table} (n, words) SELECT n, words::tsvector "  # noqa: S608
            "FROM unnest(%s::bigint[], %s::text[]) AS rows (n, words)",
            ([number for number, _ in words], [to_tsvector([part.split() for part in parts]) for _, parts in words]),
        )
