"""The tables: one schema on SQLite and PostgreSQL.

Records are kept whole, as MessagePack, beside the columns that they are found by. Instants are microseconds since 1970
in UTC, days are ordinals of the calendar. What is derived or corrected is kept as intervals: ``recorded`` says from
when a row holds, ``retired`` until when; NULL is still.
"""

import sqlalchemy as sa

from reportedly.store.codec import clean_name

HEAD = "0004"
"""Revision of the migration that this code reads and writes."""

metadata = sa.MetaData(
    naming_convention={"ix": "ix_%(column_0_N_label)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)

ID = sa.String(20)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A whole number of 64 bits that SQLite can take as its row number."""


class Name(sa.types.TypeDecorator[str]):
    """Words to find a row by, without what PostgreSQL keeps in no text: zeros and halves of characters."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Take them out, of what is kept as of what is looked for."""
        return None if value is None else clean_name(value)


def _holds() -> tuple[sa.Column[int], sa.Column[int]]:
    """Return the two columns of the time that a row holds."""
    return sa.Column("recorded", sa.BigInteger, nullable=False), sa.Column("retired", sa.BigInteger)


documents = sa.Table(
    "documents",
    metadata,
    sa.Column("n", SERIAL, primary_key=True, autoincrement=False),
    sa.Column("id", ID, nullable=False, unique=True),
    sa.Column("address", Name),
    sa.Column("chain", Name),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("publisher", Name),
    sa.Column("family", Name),
    sa.Column("state", Name),
    sa.Column("characters", sa.Integer, nullable=False),
    sa.Column("stored_as", Name),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("recorded", sa.BigInteger, nullable=False),
    sa.Column("previous", ID),
    sa.Column("superseded", ID),
    sa.Index("ix_documents_chain_version", "chain", "version"),
    sa.Index("ix_documents_address", "address"),
    sa.Index("ix_documents_at_id", "at", "id"),
    sa.Index("ix_documents_publisher_at", "publisher", "at"),
    sa.Index("ix_documents_recorded", "recorded"),
)
"""One row a document: ``chain`` is the address that its versions share, ``at`` its place in the order of publication,
``record`` the document without its text."""

texts = sa.Table(
    "texts",
    metadata,
    sa.Column("document", SERIAL, primary_key=True, autoincrement=False),
    sa.Column("text", sa.LargeBinary, nullable=False),
    sa.Column("digest", ID, nullable=False),
)
"""The texts in UTF-8, apart from the documents so that lists of these stay small. As bytes: PostgreSQL keeps no text
that holds a zero. ``digest`` shows whether a text is still what it was."""

origins = sa.Table(
    "origins",
    metadata,
    sa.Column("document", SERIAL, nullable=False),
    sa.Column("origin", ID, nullable=False),
    *_holds(),
    sa.PrimaryKeyConstraint("document", "recorded"),
    sa.Index("ix_origins_origin", "origin"),
)
"""Which document a document is a copy of; no row for an original."""

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("n", SERIAL, primary_key=True, autoincrement=False),
    sa.Column("id", ID, nullable=False),
    sa.Column("document", SERIAL, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("hedged", sa.Boolean, nullable=False),
    sa.Column("start_day", sa.Integer),
    sa.Column("end_day", sa.Integer),
    sa.Column("sentence_start", sa.Integer, nullable=False),
    sa.Column("sentence_end", sa.Integer, nullable=False),
    *_holds(),
    sa.Column("as_read", sa.Boolean, nullable=False),
    sa.Column("replaced", sa.BigInteger),
    sa.Column("decided", sa.Text),
    sa.Index("ix_claims_id", "id", "n"),
    sa.Index("ix_claims_document", "document"),
    sa.Index("ix_claims_at_n", "at", "n"),
    sa.Index("ix_claims_start_day_at_n", "start_day", "at", "n"),
    sa.Index("ix_claims_recorded_n", "recorded", "n"),
)
"""One row a state of a claim, small, for finding: as it was read (``as_read``) or as decisions corrected it
(``decided``). A rejected claim has no row that holds. ``replaced`` says when a later reading took its place."""

claim_records = sa.Table(
    "claim_records",
    metadata,
    sa.Column("n", SERIAL, primary_key=True, autoincrement=False),
    sa.Column("claim", sa.LargeBinary, nullable=False),
    sa.Column("grounding", sa.LargeBinary, nullable=False),
)
"""The claims themselves and their groundings, by the number of the row in ``claims``."""

postings = sa.Table(
    "postings",
    metadata,
    sa.Column("term", sa.BigInteger, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("claim", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("term", "at", "claim"),
    sqlite_with_rowid=False,
)
"""Which claims have a term (an actor's code, a place, an outlet: see ``terms``), in order of publication."""

statements = sa.Table(
    "statements",
    metadata,
    sa.Column("n", SERIAL, primary_key=True, autoincrement=False),
    sa.Column("id", ID, nullable=False),
    sa.Column("document", SERIAL, nullable=False),
    sa.Column("span_start", sa.Integer, nullable=False),
    sa.Column("span_end", sa.Integer, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    *_holds(),
    sa.Index("ix_statements_id", "id"),
    sa.Index("ix_statements_document", "document"),
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("n", SERIAL, primary_key=True, autoincrement=False),
    sa.Column("id", ID, nullable=False),
    sa.Column("left", ID, nullable=False),
    sa.Column("right", ID, nullable=False),
    sa.Column("relation", sa.Text, nullable=False),
    sa.Column("within", SERIAL),
    sa.Column("record", sa.LargeBinary, nullable=False),
    *_holds(),
    sa.Column("replaced", sa.BigInteger),
    sa.Index("ix_links_id", "id"),
    sa.Index("ix_links_left", "left"),
    sa.Index("ix_links_right", "right"),
    sa.Index("ix_links_within", "within"),
    sa.Index("ix_links_relation_n", "relation", "n"),
)
"""``within`` is the document of a link that was drawn when it was read, and ``replaced`` says when a later reading took
its place: decisions may have another one of its id hold meanwhile, or none."""

groups = sa.Table(
    "groups",
    metadata,
    sa.Column("n", SERIAL, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("id", ID, nullable=False),
    sa.Column("last", sa.Text, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    *_holds(),
    sa.Index("ix_groups_id", "id"),
    sa.Index("ix_groups_kind_last_id", "kind", "last", "id"),
)
"""Events, which hold claims, and stories, which hold documents."""

members = sa.Table(
    "members",
    metadata,
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("member", ID, nullable=False),
    sa.Column("group", ID, nullable=False),
    *_holds(),
    sa.PrimaryKeyConstraint("member", "kind", "recorded"),
    sa.Index("ix_members_group", "group"),
    sqlite_with_rowid=False,
)
"""Which event a claim, and which story a document, belongs to."""

heirs = sa.Table(
    "heirs",
    metadata,
    sa.Column("id", ID, nullable=False),
    sa.Column("heir", ID, nullable=False),
    sa.Column("recorded", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("id", "recorded"),
    sa.Index("ix_heirs_heir", "heir"),
)
"""Where the id of an event or a story that a merge swallowed leads."""

sketches = sa.Table(
    "sketches",
    metadata,
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", ID, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.PrimaryKeyConstraint("subject", "kind"),
)

sketch_keys = sa.Table(
    "sketch_keys",
    metadata,
    sa.Column("key", sa.BigInteger, nullable=False),
    sa.Column("day", sa.Integer, nullable=False),
    sa.Column("subject", ID, nullable=False),
    sa.PrimaryKeyConstraint("key", "day", "subject"),
    sqlite_with_rowid=False,
)
"""Blocking keys, with their kind in the number; day 0 is no day."""

state = sa.Table(
    "state",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)

failures = sa.Table(
    "failures",
    metadata,
    sa.Column("address", Name, primary_key=True),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("recorded", sa.BigInteger, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("resolved", sa.BigInteger),
    sa.Index("ix_failures_recorded", "recorded"),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("recorded", sa.BigInteger, nullable=False),
)

decision_targets = sa.Table(
    "decision_targets",
    metadata,
    sa.Column("target", ID, nullable=False),
    sa.Column("decision", ID, nullable=False),
    sa.PrimaryKeyConstraint("target", "decision"),
    sa.Index("ix_decision_targets_decision", "decision"),
)
"""What a decision is about: its targets, the claims and documents of its anchors, the ends of its link."""

removals = sa.Table(
    "removals",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
)
