"""Find the answers of all to one exercise."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index("entry_of_item", "entry", ["lesson", "item"])


def downgrade() -> None:
    op.drop_index("entry_of_item", "entry")
