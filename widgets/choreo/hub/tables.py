"""The database's tables, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

learner = Table(
    "learner",
    metadata,
    Column("id", String(32), primary_key=True),  # 128 random bits; says nothing about the person
    Column("created_at", String(24), nullable=False),
    Column("seen_at", String(24), nullable=False),
    Column("resume_hash", String(64), unique=True),
)

entry = Table(
    "entry",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("learner_id", String(32), ForeignKey("learner.id", ondelete="CASCADE"), nullable=False),
    Column("lesson", String(80), nullable=False),
    Column("item", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("answer", Text, nullable=False),  # JSON
    Column("score", Float),
    Column("at", String(24), nullable=False),
    Column("received_at", String(24), nullable=False),
    Index("entry_of_lesson", "learner_id", "lesson"),
    Index("entry_of_item", "lesson", "item"),
)
