"""What addresses have used up of their limits, for all hubs together, by keyed hashes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    # Writing then waits for no disk, and neither archives nor standbys get to see it.
    unlogged = ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []
    op.create_table(
        "bucket",
        sa.Column("address_hash", sa.String(64), primary_key=True),
        sa.Column("full_at", sa.Double, nullable=False),
        prefixes=unlogged,
    )
    op.create_table(
        "opener",
        sa.Column("session", sa.String(16), sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("address_hash", sa.String(64), nullable=False),
        prefixes=unlogged,
    )


def downgrade() -> None:
    op.drop_table("opener")
    op.drop_table("bucket")
