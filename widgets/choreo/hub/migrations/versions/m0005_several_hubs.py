"""Several hubs on one database: which of them live, and how often a live session was taken up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "hub",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("token", sa.String(16), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("until", sa.Double, nullable=False),
    )
    op.add_column("session", sa.Column("epoch", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("session", "epoch")
    op.drop_table("hub")
