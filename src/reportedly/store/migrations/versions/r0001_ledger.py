"""The tables of the first ledger."""

from alembic import op

from reportedly.store.schema import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SEARCHED = ("search_documents", "search_claims")


def upgrade() -> None:
    """Make everything."""
    bind = op.get_bind()
    metadata.create_all(bind)
    for table in _SEARCHED:
        if bind.dialect.name == "sqlite":
            columns = "title, body" if table == "search_documents" else "body"
            op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, content='', tokenize='ascii')")
        else:
            op.execute(f"CREATE TABLE {table} (n BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
            op.execute(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)")


def downgrade() -> None:
    """Drop everything."""
    for table in _SEARCHED:
        op.execute(f"DROP TABLE {table}")
    metadata.drop_all(op.get_bind())
