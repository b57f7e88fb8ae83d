"""The indexes of words: of documents, and of the sentences of claims. They are filled from what is stored."""

import sqlalchemy as sa
from alembic import op

from reportedly.store.batch import Batch
from reportedly.store.codec import decode_document, decode_text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INDEXES = {"search_documents": "title, body", "search_claims": "body"}
_PAGE = 200
"""Documents in memory at once while the indexes are filled."""


def upgrade() -> None:
    """Make the indexes, anew where there are some, and fill them."""
    bind = op.get_bind()
    for table, columns in _INDEXES.items():
        op.execute(f"DROP TABLE IF EXISTS {table}")
        if bind.dialect.name == "sqlite":
            # Of texts in hand already: the index keeps words only, and takes them as they were cut.
            op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, content='', tokenize='ascii')")
        else:
            op.execute(f"CREATE TABLE {table} (n BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
            op.execute(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)")
    _fill(bind)


def _fill(bind: sa.Connection) -> None:
    batch = Batch(bind, 0)
    last = 0
    while True:
        rows = bind.execute(
            sa.text(
                "SELECT documents.n, documents.record, texts.text FROM documents"
                " JOIN texts ON texts.document = documents.n WHERE documents.n > :last ORDER BY documents.n LIMIT :page"
            ),
            {"last": last, "page": _PAGE},
        ).all()
        for number, record, kept in rows:
            text = decode_text(kept)
            batch.put_words("search_documents", number, (decode_document(record).title or "", text))
            sentences = bind.execute(
                sa.text("SELECT n, sentence_start, sentence_end FROM claims WHERE document = :number ORDER BY n"),
                {"number": number},
            )
            for claim, start, end in sentences:
                batch.put_words("search_claims", claim, [text[start:end]])
        batch.flush()
        if len(rows) < _PAGE:
            return
        last = rows[-1].n


def downgrade() -> None:
    """Drop the indexes; nothing is lost that is not stored elsewhere."""
    for table in _INDEXES:
        op.execute(f"DROP TABLE {table}")
