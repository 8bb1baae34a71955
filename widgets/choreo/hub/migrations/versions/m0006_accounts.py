"""Which learner is whose who signs in at a JupyterHub, by a keyed hash of their name there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("user_hash", sa.String(64), primary_key=True),
        sa.Column(
            "learner_id", sa.String(32), sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, unique=True
        ),
    )


def downgrade() -> None:
    op.drop_table("account")
