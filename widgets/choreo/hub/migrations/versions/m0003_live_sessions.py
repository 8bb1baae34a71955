"""Live sessions: their log, their participants, and sealed ballots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("code", sa.String(6), nullable=False),
        sa.Column("host_hash", sa.String(64), nullable=False),
        sa.Column("screen_hash", sa.String(64), nullable=False),
        sa.Column("process", sa.String(40), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("ended_at", sa.String(24)),
        sa.Column("ballot_run", sa.Integer),
        sa.Column("ballot_key", sa.String(64)),
    )
    still_open = sa.text("ended_at IS NULL")
    op.create_index(
        "session_by_code", "session", ["code"], unique=True, sqlite_where=still_open, postgresql_where=still_open
    )
    op.create_table(
        "participant",
        sa.Column("session", sa.String(16), sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("who", sa.String(16), primary_key=True),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event",
        sa.Column("session", sa.String(16), sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("who", sa.String(16), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("message", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot",
        sa.Column("session", sa.String(16), sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("answer", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("ballot", "event", "participant", "session"):
        op.drop_table(table)
