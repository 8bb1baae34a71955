"""The database's tables, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import Column, Double, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

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

account = Table(
    "account",
    metadata,
    Column("user_hash", String(64), primary_key=True),  # of a JupyterHub user's name, keyed; the name is kept nowhere
    Column("learner_id", String(32), ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, unique=True),
)

OPEN = text("ended_at IS NULL")

session = Table(
    "session",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("code", String(6), nullable=False),  # what people type to join; unique among the sessions that are open
    Column("host_hash", String(64), nullable=False),
    Column("screen_hash", String(64), nullable=False),
    Column("second_hash", String(64)),  # of the second coach's token, as long as there is one
    Column("process", String(40), nullable=False),  # the hub that holds it
    Column(
        "epoch", Integer, nullable=False, server_default="0"
    ),  # how often it was taken up: only the newest may write
    Column("title", String(80), nullable=False),
    Column("created_at", String(24), nullable=False),
    Column("ended_at", String(24)),
    Column("ballot_run", Integer),  # the number of the event that opened the ballots,
    Column("ballot_key", String(64)),  # and the key of their hashes; both are destroyed when the ballots are counted
    Index("session_by_code", "code", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
)

hub = Table(  # the hubs that share this database, each as long as it lives
    "hub",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("token", String(16), nullable=False),  # of this one start of it
    Column("place", String(200), nullable=False),  # its machine and data folder
    Column("until", Double, nullable=False),  # seconds since 1970 by the database's clock: then its sessions are free
)

# What addresses have used up of their limits, over all hubs. On PostgreSQL both tables are in no log of changes.
bucket = Table(  # has rows on PostgreSQL alone
    "bucket",
    metadata,
    Column("address_hash", String(64), primary_key=True),  # keyed, another one for each limit; no address is kept
    Column("full_at", Double, nullable=False),  # seconds since 1970 by the database's clock: then the row is deleted
)

opener = Table(  # of each open session
    "opener",
    metadata,
    Column("session", String(16), ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("address_hash", String(64), nullable=False),  # on SQLite under a key that is gone with the hub's process
)

participant = Table(
    "participant",
    metadata,
    Column("session", String(16), ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("who", String(16), primary_key=True),
    Column("secret_hash", String(64), nullable=False),
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    metadata,
    Column("session", String(16), ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Double, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("who", String(16), nullable=False),
    Column("data", Text, nullable=False),  # JSON
    Column("message", Integer),  # the phone's number of what it said, so that it counts once
    sqlite_with_rowid=False,
)

ballot = Table(  # no time, no participant, and no row id: the rows lie in the order of their hashes
    "ballot",
    metadata,
    Column("session", String(16), ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), primary_key=True),
    Column("answer", Text, nullable=False),  # JSON
    sqlite_with_rowid=False,
)
