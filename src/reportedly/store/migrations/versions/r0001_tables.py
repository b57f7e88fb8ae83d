"""The tables of documents, claims and all that comes of them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(20)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TABLES = (
    "claim_records",
    "claims",
    "decision_targets",
    "decisions",
    "documents",
    "failures",
    "groups",
    "heirs",
    "links",
    "members",
    "origins",
    "postings",
    "removals",
    "sketch_keys",
    "sketches",
    "state",
    "statements",
    "texts",
)


def upgrade() -> None:
    """Make all tables."""
    _make_tables_of_reading()
    _make_tables_of_linking()
    _make_tables_of_decisions()


def _make_tables_of_reading() -> None:
    op.create_table(
        "claim_records",
        sa.Column("n", SERIAL, autoincrement=False, nullable=False),
        sa.Column("claim", sa.LargeBinary, nullable=False),
        sa.Column("grounding", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_table(
        "claims",
        sa.Column("n", SERIAL, autoincrement=False, nullable=False),
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
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("retired", sa.BigInteger),
        sa.Column("as_read", sa.Boolean, nullable=False),
        sa.Column("replaced", sa.BigInteger),
        sa.Column("decided", sa.Text),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("ix_claims_at_n", "claims", ["at", "n"])
    op.create_index("ix_claims_document", "claims", ["document"])
    op.create_index("ix_claims_id", "claims", ["id", "n"])
    op.create_index("ix_claims_recorded_n", "claims", ["recorded", "n"])
    op.create_index("ix_claims_start_day_at_n", "claims", ["start_day", "at", "n"])
    op.create_table(
        "documents",
        sa.Column("n", SERIAL, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("chain", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("family", sa.Text),
        sa.Column("state", sa.Text),
        sa.Column("characters", sa.Integer, nullable=False),
        sa.Column("stored_as", sa.Text),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("previous", ID),
        sa.Column("superseded", ID),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id", name=op.f("uq_documents_id")),
    )
    op.create_index("ix_documents_address", "documents", ["address"])
    op.create_index("ix_documents_at_id", "documents", ["at", "id"])
    op.create_index("ix_documents_chain_version", "documents", ["chain", "version"])
    op.create_index("ix_documents_publisher_at", "documents", ["publisher", "at"])
    op.create_index("ix_documents_recorded", "documents", ["recorded"])
    op.create_table(
        "failures",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("resolved", sa.BigInteger),
        sa.PrimaryKeyConstraint("address"),
    )
    op.create_index("ix_failures_recorded", "failures", ["recorded"])
    op.create_table(
        "postings",
        sa.Column("term", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("claim", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("term", "at", "claim"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statements",
        sa.Column("n", SERIAL, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("document", SERIAL, nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("retired", sa.BigInteger),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("ix_statements_document", "statements", ["document"])
    op.create_index("ix_statements_id", "statements", ["id"])
    op.create_table(
        "texts",
        sa.Column("document", SERIAL, autoincrement=False, nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("digest", ID, nullable=False),
        sa.PrimaryKeyConstraint("document"),
    )


def _make_tables_of_linking() -> None:
    op.create_table(
        "groups",
        sa.Column("n", SERIAL, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("last", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("retired", sa.BigInteger),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("ix_groups_id", "groups", ["id"])
    op.create_index("ix_groups_kind_last_id", "groups", ["kind", "last", "id"])
    op.create_table(
        "heirs",
        sa.Column("id", ID, nullable=False),
        sa.Column("heir", ID, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", "recorded"),
    )
    op.create_index("ix_heirs_heir", "heirs", ["heir"])
    op.create_table(
        "links",
        sa.Column("n", SERIAL, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("left", ID, nullable=False),
        sa.Column("right", ID, nullable=False),
        sa.Column("relation", sa.Text, nullable=False),
        sa.Column("within", SERIAL),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("retired", sa.BigInteger),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("ix_links_id", "links", ["id"])
    op.create_index("ix_links_left", "links", ["left"])
    op.create_index("ix_links_right", "links", ["right"])
    op.create_index("ix_links_within", "links", ["within"])
    op.create_table(
        "members",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("member", ID, nullable=False),
        sa.Column("group", ID, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("retired", sa.BigInteger),
        sa.PrimaryKeyConstraint("member", "kind", "recorded"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_members_group", "members", ["group"])
    op.create_table(
        "origins",
        sa.Column("document", SERIAL, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("retired", sa.BigInteger),
        sa.PrimaryKeyConstraint("document", "recorded"),
    )
    op.create_index("ix_origins_origin", "origins", ["origin"])
    op.create_table(
        "sketch_keys",
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("subject", ID, nullable=False),
        sa.PrimaryKeyConstraint("key", "day", "subject"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sketches",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", ID, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("subject", "kind"),
    )
    op.create_table(
        "state",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def _make_tables_of_decisions() -> None:
    op.create_table(
        "decision_targets",
        sa.Column("target", ID, nullable=False),
        sa.Column("decision", ID, nullable=False),
        sa.PrimaryKeyConstraint("target", "decision"),
    )
    op.create_index("ix_decision_targets_decision", "decision_targets", ["decision"])
    op.create_table(
        "decisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "removals",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    """Drop all tables."""
    for table in TABLES:
        op.drop_table(table)
