"""What addresses have used up of their limits, for all hubs together, by a keyed hash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "bucket",
        sa.Column("address_hash", sa.String(64), primary_key=True),
        sa.Column("full_at", sa.Double, nullable=False),
        # A take then waits for no disk, and neither archives nor standbys get to see it.
        prefixes=["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else [],
    )


def downgrade() -> None:
    op.drop_table("bucket")
