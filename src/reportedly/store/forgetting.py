"""Removes a document for good, with all that came from it, and what the database still holds of its text."""

import logging
from collections.abc import Iterator, Sequence

import msgspec
import sqlalchemy as sa

from reportedly.errors import NotFoundError
from reportedly.records.claim import Claim
from reportedly.records.decision import Removal, leave_out
from reportedly.records.grounding import Grounding
from reportedly.store.base import Kind
from reportedly.store.batch import WORDS, chunk
from reportedly.store.codec import (
    decode_claim,
    decode_decision,
    decode_document,
    decode_event,
    decode_grounding,
    decode_story,
    decode_text,
    encode,
    to_micros,
)
from reportedly.store.deciding import DecidingWriter
from reportedly.store.pruning import collect_said, prune_event, prune_story
from reportedly.store.schema import (
    claim_records,
    claims,
    decision_targets,
    decisions,
    documents,
    failures,
    groups,
    heirs,
    links,
    members,
    origins,
    postings,
    removals,
    sketches,
    state,
    statements,
    texts,
)
from reportedly.store.terms import find_terms
from reportedly.store.words import split_words

_log = logging.getLogger(__name__)

_WORDY = (
    *("texts", "documents", "claim_records", "statements", "groups", "links", "sketches", "decisions", "failures"),
    *WORDS,
)
"""Tables that hold words of texts."""
_SCRUB = "scrub"
"""Key of the state that stands from a removal on until what is left of it was overwritten."""
_TITLE = 120
"""Characters of a title at most."""


class ForgettingWriter(DecidingWriter):
    """The part of ``base.Writer`` that removes."""

    def __init__(self, connection: sa.Connection, clock: int) -> None:
        super().__init__(connection, clock)
        self.removed = False

    def forget(self, removal: Removal) -> None:
        """See ``base.Writer``."""
        self.flush()
        found = self.connection.execute(
            sa.select(documents, texts.c.text)
            .join(texts, texts.c.document == documents.c.n)
            .where(documents.c.id == removal.id)
        ).first()
        if found is None:
            raise NotFoundError(f"{removal.id}: no such document is stored; `reportedly search` finds documents")
        states = self.connection.execute(
            sa.select(claims.c.n, claims.c.id, claims.c.sentence_start, claims.c.sentence_end).where(
                claims.c.document == found.n
            )
        ).all()
        subjects = [removal.id, *dict.fromkeys(row.id for row in states)]
        text = decode_text(found.text)
        sentences = {row.n: text[row.sentence_start : row.sentence_end] for row in states}
        title = decode_document(found.record).title or ""
        self._drop_words("search_documents", {found.n: (title, text)})
        self._drop_words("search_claims", {number: (sentence,) for number, sentence in sentences.items()})
        self._prune_groups(removal.id, set(subjects[1:]), subjects)
        self._drop_derived(subjects, found.n)
        for numbers in chunk(sentences):
            self._drop_postings(numbers, found.at, found.publisher)
            for table in (claim_records, claims):
                self.connection.execute(sa.delete(table).where(table.c.n.in_(numbers)))
        self.connection.execute(sa.delete(statements).where(statements.c.document == found.n))
        self.connection.execute(sa.delete(failures).where(failures.c.address.in_([found.address, found.chain])))
        self._leave_chain(found.previous, found.superseded)
        self.connection.execute(sa.delete(texts).where(texts.c.document == found.n))
        self.connection.execute(sa.delete(documents).where(documents.c.n == found.n))
        self._put_removal(msgspec.structs.replace(removal, claims=len(subjects) - 1))
        # Kept with the removal: a process that is killed now leaves word of it to whoever opens the database next.
        self.put_state(_SCRUB, b"due")
        self.removed = True

    def add_removal(self, removal: Removal) -> None:
        """See ``base.Writer``."""
        if not self.connection.scalar(sa.select(removals.c.id).where(removals.c.id == removal.id)):
            self._put_removal(removal)

    def _put_removal(self, removal: Removal) -> None:
        self.connection.execute(
            sa.insert(removals).values(id=removal.id, at=to_micros(removal.at), record=encode(removal))
        )

    def _drop_words(self, table: str, rows: dict[int, tuple[str, ...]]) -> None:
        if not rows:
            return
        if not self.is_sqlite:
            self.connection.exec_driver_sql(f"DELETE FROM {table} WHERE n = ANY(%s)", (list(rows),))  # noqa: S608
            return
        marks = ", ?" * len(WORDS[table])
        # Names of tables and columns are those of our schema; what comes from reports is bound.
        self.connection.exec_driver_sql(
            f"INSERT INTO {table} ({table}, rowid, {', '.join(WORDS[table])}) VALUES ('delete', ?{marks})",  # noqa: S608
            [(number, *(" ".join(split_words(part)) for part in parts)) for number, parts in rows.items()],
        )

    def _drop_postings(self, numbers: Sequence[int], at: int, publisher: str | None) -> None:
        for row in self.connection.execute(sa.select(claim_records).where(claim_records.c.n.in_(numbers))).all():
            terms = find_terms(decode_claim(row.claim), decode_grounding(row.grounding), publisher)
            here = sa.and_(postings.c.term.in_(terms), postings.c.at == at, postings.c.claim == row.n)
            self.connection.execute(sa.delete(postings).where(here))

    def _prune_groups(self, document: str, claim_ids: set[str], subjects: Sequence[str]) -> None:
        """Take the document out of every state of the events and stories that ever held it."""
        touched: dict[str, Kind] = {}
        for some in chunk(subjects):
            rows = self.connection.execute(
                sa.select(members.c.group, members.c.kind).where(members.c.member.in_(some)).distinct()
            )
            touched.update((row.group, Kind(row.kind)) for row in rows)
            self.connection.execute(sa.delete(members).where(members.c.member.in_(some)))
        for group, kind in touched.items():
            for row in self.connection.execute(
                sa.select(groups.c.n, groups.c.record).where(groups.c.id == group)
            ).all():
                pruned = self._prune(kind, row.record, claim_ids, document)
                here = groups.c.n == row.n
                if pruned is None:
                    self.connection.execute(sa.delete(groups).where(here))
                else:
                    self.connection.execute(sa.update(groups).where(here).values(record=pruned))
            if not self.connection.scalar(sa.select(groups.c.n).where(groups.c.id == group).limit(1)):
                self.connection.execute(sa.delete(heirs).where(sa.or_(heirs.c.id == group, heirs.c.heir == group)))

    def _prune(self, kind: Kind, record: bytes, claim_ids: set[str], document: str) -> bytes | None:
        if kind is Kind.STORY:
            story = decode_story(record)
            other = next((one for one in story.documents if one != document), "")
            left = prune_story(story, document, self._find_title(other))
            return None if left is None else encode(left)
        event = decode_event(record)
        stays = next((claim for claim in event.claims if claim not in claim_ids), "")
        said = collect_said(self._find_states_of([claim for claim in event.claims if claim not in claim_ids]))
        pruned = prune_event(event, claim_ids, document, self._find_words(stays), said)
        return None if pruned is None else encode(pruned)

    def _find_states_of(self, claim_ids: Sequence[str]) -> Iterator[tuple[Claim, Grounding]]:
        query = sa.select(claim_records).join(claims, claims.c.n == claim_records.c.n)
        for some in chunk(claim_ids):
            for row in self.connection.execute(query.where(claims.c.id.in_(some))):
                yield decode_claim(row.claim), decode_grounding(row.grounding)

    def _find_title(self, document: str) -> str:
        record = self.connection.scalar(sa.select(documents.c.record).where(documents.c.id == document))
        return "" if record is None else decode_document(record).title or ""

    def _find_words(self, claim: str) -> str:
        """Return the words of a claim, for a title."""
        row = self.connection.execute(
            sa.select(claim_records.c.claim, texts.c.text)
            .join(claims, claims.c.n == claim_records.c.n)
            .join(texts, texts.c.document == claims.c.document)
            .where(claims.c.id == claim)
            .order_by(claims.c.n.desc())
        ).first()
        return "" if row is None else decode_claim(row.claim).evidence.slice(decode_text(row.text))[:_TITLE]

    def _drop_derived(self, subjects: Sequence[str], document: int) -> None:
        """Drop links, sketches, origins and decisions that speak of the document or its claims."""
        for some in chunk(subjects):
            self.connection.execute(sa.delete(links).where(sa.or_(links.c.left.in_(some), links.c.right.in_(some))))
            self.drop_sketches_where(sketches.c.subject.in_(some))
        self.connection.execute(sa.delete(links).where(links.c.within == document))
        self.connection.execute(
            sa.delete(origins).where(sa.or_(origins.c.document == document, origins.c.origin == subjects[0]))
        )
        self._drop_decisions(subjects)

    def _drop_decisions(self, subjects: Sequence[str]) -> None:
        """Drop decisions on the document, its claims and links; of those on others as well, only what names it."""
        gone = set(subjects)
        while subjects:
            found: dict[str, None] = {}
            for some in chunk(subjects):
                here = decision_targets.c.target.in_(some)
                found |= dict.fromkeys(
                    self.connection.scalars(sa.select(decision_targets.c.decision).where(here).distinct())
                )
                self.connection.execute(sa.delete(decision_targets).where(here))
            # What undid a decision goes with it: its reason may tell what the other was about.
            subjects = [name for name in found if not self._cut_decision(name, gone)]
            gone.update(subjects)

    def _cut_decision(self, name: str, gone: set[str]) -> bool:
        """Take what is gone out of a decision; say whether anything of it is left."""
        here = decisions.c.id == name
        record = self.connection.scalar(sa.select(decisions.c.record).where(here))
        left = None if record is None else leave_out(decode_decision(record), gone)
        if left is not None:
            self.connection.execute(sa.update(decisions).where(here).values(record=encode(left)))
            return True
        self.connection.execute(sa.delete(decisions).where(here))
        self.connection.execute(sa.delete(decision_targets).where(decision_targets.c.decision == name))
        return False

    def _leave_chain(self, previous: str | None, superseded: str | None) -> None:
        """Join the versions before and after a removed one."""
        if previous is not None:
            self._set_neighbour(previous, superseded=superseded)
        if superseded is not None:
            self._set_neighbour(superseded, previous=previous)
        if previous is not None and superseded is not None:
            self.draw_version(previous, superseded)


def is_scrub_due(connection: sa.Connection) -> bool:
    """Say whether something was removed and what the database still holds of it is to be overwritten."""
    return connection.scalar(sa.select(state.c.key).where(state.c.key == f"own:{_SCRUB}")) is not None


def scrub(connection: sa.Connection) -> None:
    """Overwrite what a database still holds of removed rows: free space, the search index, the write-ahead log.

    It stays due where others are reading a SQLite file: their log cannot be emptied. What a PostgreSQL server keeps of
    its own log and in its backups is for its administrator to let go.
    """
    if connection.dialect.name != "sqlite":
        for table in _WORDY:
            connection.exec_driver_sql(f"VACUUM (FULL) {table}")
    else:
        for table in WORDS:
            connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - our own table
        (busy, *_) = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if busy:
            _log.warning("others are reading the database: its log holds what was removed until all have closed it")
            return
    connection.execute(sa.delete(state).where(state.c.key == f"own:{_SCRUB}"))
