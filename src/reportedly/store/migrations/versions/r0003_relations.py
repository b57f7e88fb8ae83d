"""An index of links by relation: retractions are few, and are looked for among all links."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_links_relation_n", "links", ["relation", "n"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("ix_links_relation_n", table_name="links")
