"""A second coach of a live session, who comes in by a token of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("session", sa.Column("second_hash", sa.String(64)))


def downgrade() -> None:
    op.drop_column("session", "second_hash")
