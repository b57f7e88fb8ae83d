"""Deletes events and stories that came and went at one clock: none held, and no member leads to their words."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Delete them; where anything was removed for good, their words are to be overwritten."""
    op.execute("DELETE FROM groups WHERE retired <= recorded")
    bind, mark = op.get_bind(), {"key": "own:scrub", "value": b"due"}
    if bind.scalar(sa.text("SELECT count(*) FROM removals")):
        bind.execute(sa.text("DELETE FROM state WHERE key = :key"), mark)
        bind.execute(sa.text("INSERT INTO state (key, value) VALUES (:key, :value)"), mark)


def downgrade() -> None:
    """Leave what is there: nothing that held was deleted."""
