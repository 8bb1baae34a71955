"""Learners and their entries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "learner",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("seen_at", sa.String(24), nullable=False),
        sa.Column("resume_hash", sa.String(64), unique=True),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("learner_id", sa.String(32), sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False),
        sa.Column("lesson", sa.String(80), nullable=False),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
    )
    op.create_index("entry_of_lesson", "entry", ["learner_id", "lesson"])
