"""The hub on PostgreSQL: learners' entries and live sessions, as on SQLite."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from tests.hub.live.visiting import coach, get, joined, phone, phones, serving
from tests.hub.postgres import postgres, programs
from tests.hub.visiting import LESSON, START, Hub

from choreo.hub import tables
from choreo.hub.database import DatabaseError, DiskFullError, NobodyError, NotYoursError, open_database
from choreo.hub.identity import Identity, load_secret
from choreo.stores.hub import HubStore


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    found = programs()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no PostgreSQL; install Debian's package postgresql")
        pytest.skip("no PostgreSQL on this machine")
    with postgres(found) as address:
        yield address


@pytest.fixture
def url(server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own."""
    name = request.node.name[:60].lower()
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    yield server.rsplit("/", 1)[0] + f"/{name}"
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    engine.dispose()


def test_two_hubs_may_open_a_new_database_at_once_and_it_matches_the_tables(url: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        opened = list(pool.map(lambda _: open_database(url), range(3)))
    with opened[0].reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    learner = opened[0].add_learner(START)
    assert opened[2].has_learner(learner)
    for database in opened:
        database.close()


def test_entries_are_kept_once_merged_and_forgotten(url: str, hub: Hub) -> None:
    database = open_database(url)
    one, two = database.add_learner(START), database.add_learner(START)
    entry = hub.entry(answer={"text": "half \ud83d, none \x00, snow ☃"})
    database.add(one, entry, START)
    database.add(one, entry, START)
    with pytest.raises(NotYoursError):
        database.add(two, entry, START)
    with pytest.raises(NobodyError):
        database.add("0" * 32, hub.entry(), START)
    assert database.entries(one, LESSON) == [entry]
    database.set_resume_hash(two, "f" * 64)
    assert database.resume("f" * 64) == two
    database.merge(one, two)
    assert database.entries(two) == [entry]
    database.forget_learner(two)
    assert database.owners([entry.id]) == {}
    database.close()


def test_many_threads_may_write_at_once(url: str, hub: Hub) -> None:
    database = open_database(url)
    learner = database.add_learner(START)
    entries = [hub.entry(f"item-{number}") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda entry: database.add(learner, entry, START), entries))
    assert {entry.id for entry in database.entries(learner)} == {entry.id for entry in entries}
    database.close()


def test_a_full_disk_and_a_server_that_is_gone_are_told_apart(url: str, server: str) -> None:
    database = open_database(url)
    with pytest.raises(DiskFullError), database.writing() as connection:
        connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$")
    database.close()
    with pytest.raises(DatabaseError, match="try again"):
        open_database("postgresql+psycopg://choreo@127.0.0.1:1/postgres?connect_timeout=2")


def test_a_kernels_entries_reach_it(url: str, hub: Hub, tmp_path: Path) -> None:
    database = open_database(url)
    token = Identity(load_secret(tmp_path / "hub")).token(database.add_learner(START))
    database.close()
    entry = hub.entry(answer={"text": "kept ☃"})
    with serving(tmp_path / "hub", CHOREO_DATABASE=url) as server:
        store = HubStore(server.url, token)
        store.add(entry)
        store.add(entry)
        assert store.entries(LESSON) == [entry]


def test_a_live_session_survives_a_kill_counts_its_ballots_and_leaves_nothing(url: str, tmp_path: Path) -> None:
    async def play(data: Path) -> None:
        with serving(data, CHOREO_DATABASE=url) as server:
            async with coach(server) as desk:
                await desk.do("begin", item=0)
                passes = [await joined(server, desk.code) for _ in range(6)]
                for number, pass_ in enumerate(passes):
                    async with phone(server, pass_) as person:
                        assert "ack" in await person.said({"answer": 0}, 1)
                        assert "ack" in await person.said({"answer": number % 5}, 2)
            server.kill()
            server.start()
            async with coach(server, {"host": desk.host}) as after, phones(server, after.code, 1) as (late,):
                assert (await after.desk(lambda desk: desk["ballots"] is not None))["ballots"] == 6
                async with phone(server, passes[3]) as person:
                    assert (await person.view())["phone"]["ballot"] == {"answer": 3}
                assert "ack" in await late.said({"answer": 4})
                await after.do("step", to="show")
                await after.do("begin", item=2)
                for n in range(1, 4):
                    assert "ack" in await late.said({"taps": [n]}, n + 1)
                assert "ack" in await late.said({"taps": [3]}, 4)
                ticket = (await after.do("ticket"))["ticket"]
                log = (await get(server, f"/live/export/{ticket}/session.json")).json()["events"]
                assert [event["number"] for event in log] == list(range(1, len(log) + 1))
                assert [event["data"]["taps"] for event in log if event["kind"] == "say"] == [[1], [2], [3]]
                tally = next(event for event in log if event["kind"] == "tally")
                assert [ballot["answer"] for ballot in tally["data"]["ballots"]] == [0, 0, 1, 2, 3, 4, 4]
                assert rows(url, "ballot") == 0
                await after.do("delete")
            assert [rows(url, name) for name in ("session", "participant", "event", "ballot")] == [0, 0, 0, 0]

    asyncio.run(play(tmp_path))


def rows(url: str, table: str) -> int:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        count = connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()
    engine.dispose()
    return int(count)
