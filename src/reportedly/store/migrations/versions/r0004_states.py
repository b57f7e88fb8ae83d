"""What a reading drew is told from what holds; events and stories that came and went at one clock are deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column, leave one link of an id that holds, and delete what never held."""
    op.add_column("links", sa.Column("replaced", sa.BigInteger))
    op.execute("UPDATE links SET replaced = retired WHERE within IS NOT NULL AND retired IS NOT NULL")
    op.execute(
        "UPDATE links SET retired = recorded WHERE within IS NOT NULL AND retired IS NULL AND EXISTS (SELECT 1 FROM"
        " links AS other WHERE other.id = links.id AND other.within IS NULL AND other.retired IS NULL)"
    )
    _delete_what_never_held()


def _delete_what_never_held() -> None:
    """Where anything was removed for good, the words are to be overwritten: no member led to them."""
    op.execute("DELETE FROM groups WHERE retired <= recorded")
    bind, mark = op.get_bind(), {"key": "own:scrub", "value": b"due"}
    if bind.scalar(sa.text("SELECT count(*) FROM removals")):
        bind.execute(sa.text("DELETE FROM state WHERE key = :key"), mark)
        bind.execute(sa.text("INSERT INTO state (key, value) VALUES (:key, :value)"), mark)


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("links", "replaced")
