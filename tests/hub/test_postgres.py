"""The hub on PostgreSQL: learners' entries and live sessions, as on SQLite."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from tests.authoring.test_looking_after import done, refused
from tests.hub.live.visiting import Coach, Server, coach, get, joined, phone, phones, serving
from tests.hub.visiting import LESSON, START, Hub

from choreo.hub import engine, tables
from choreo.hub.copying import CopyError, moved, sqlite_url
from choreo.hub.database_errors import DatabaseError, DiskFullError, NobodyError, NotYoursError
from choreo.hub.engine import connect_database, open_database
from choreo.hub.identity import Identity, load_secret
from choreo.hub.live.writer import Group
from choreo.hub.readiness import BEGINNING, OLDER, Readiness
from choreo.stores.hub import HubStore


def test_two_hubs_may_open_a_new_database_at_once_and_it_matches_the_tables(url: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        opened = list(pool.map(lambda _: open_database(url), range(3)))
    with opened[0].reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    learner = opened[0].add_learner(START)
    assert opened[2].has_learner(learner)
    for database in opened:
        database.close()


def test_a_hub_that_migrates_nothing_is_ready_once_somebody_has(url: str) -> None:
    with closing(connect_database(url)) as database:
        readiness = Readiness(database, begun=False)
        assert asyncio.run(readiness.why_not()) == OLDER
        assert "is at revision none; this version writes" in refused("migrate", "--check", CHOREO_DATABASE=url)
        assert "from revision none to" in done("migrate", CHOREO_DATABASE=url)
        asyncio.run(readiness.until_migrated())
        assert asyncio.run(readiness.why_not()) == BEGINNING
        readiness.begun = True
        assert asyncio.run(readiness.why_not()) == ""
        assert "which this version writes" in done("migrate", "--check", CHOREO_DATABASE=url)


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


def test_a_forgotten_learner_leaves_no_dead_rows(url: str, hub: Hub) -> None:
    database = open_database(url)
    one, other = database.add_learner(START), database.add_learner(START)
    database.add(one, hub.entry(answer={"text": "My boss never listens."}), START)
    database.add(other, hub.entry("two"), START)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE EXTENSION pageinspect")
    rows = "SELECT count(*) FROM heap_page_items(get_raw_page('entry', 0)) WHERE t_data IS NOT NULL"
    database.forget_learner(one)
    with database.reading() as connection:
        assert connection.exec_driver_sql(rows).scalar() == 2
    assert database.scrub()
    with database.reading() as connection:
        assert connection.exec_driver_sql(rows).scalar() == 1
    database.close()


def test_many_threads_may_write_at_once(url: str, hub: Hub) -> None:
    database = open_database(url)
    learner = database.add_learner(START)
    entries = [hub.entry(f"item-{number}") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda entry: database.add(learner, entry, START), entries))
    assert {entry.id for entry in database.entries(learner)} == {entry.id for entry in entries}
    database.close()


def test_a_hub_that_was_halted_in_a_transaction_keeps_no_other_waiting(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "HALTED", 1)
    halted, other = open_database(url), open_database(url)
    row = {
        "id": "s",
        "code": "ABCDEF",
        "host_hash": "",
        "screen_hash": "",
        "process": "1",
        "title": "",
        "created_at": "",
    }
    with other.writing() as connection:
        connection.execute(tables.session.insert().values(row))

    def write() -> None:
        with halted.writing() as connection:
            Group(connection).look_for("s", 0)
            with other.writing() as taking:  # waits for the first, until PostgreSQL ends that
                taking.execute(tables.session.update().values(epoch=1))

    with pytest.raises(DatabaseError, match="try again"):
        write()
    with halted.reading() as connection:
        assert connection.execute(sa.select(tables.session.c.epoch)).scalar() == 1
    for database in (halted, other):
        database.close()


def test_a_full_disk_and_a_server_that_is_gone_are_told_apart(url: str) -> None:
    database = open_database(url)
    with pytest.raises(DiskFullError), database.writing() as connection:
        connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$")
    database.close()
    with pytest.raises(DatabaseError, match="try again"):
        open_database("postgresql+psycopg://choreo@127.0.0.1:1/postgres?connect_timeout=2")


def test_a_kernels_entries_reach_it(url: str, hub: Hub, tmp_path: Path) -> None:
    database = open_database(url)
    token = Identity(load_secret(tmp_path / "hub")).token(database.add_learner(datetime.now(UTC)))
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


def test_work_moves_to_postgresql_and_back_and_goes_into_a_backup(url: str, hub: Hub, tmp_path: Path) -> None:
    data, back, file = tmp_path / "hub", tmp_path / "back", tmp_path / "one.backup"
    database = open_database(sqlite_url(data / "choreo.db"))
    learner = database.add_learner(START)
    token = Identity(load_secret(data)).token(learner)
    entries = [hub.entry(f"item-{n}", answer={"text": f"{n} ☃ \ud83d \x00"}) for n in range(450)]
    database.add_all(learner, entries, START)
    database.close()

    async def vote(server: Server, count: int, first: object = None, there: int = 4) -> Coach:
        async with coach(server, first) as desk:
            if first is None:
                await desk.do("begin", item=0)
            for answer in range(count):
                async with phone(server, await joined(server, desk.code)) as person:
                    assert "ack" in await person.said({"answer": answer % 5})
            await desk.desk(lambda desk: desk["ballots"] == there)
            return desk

    with serving(data) as server:
        desk = asyncio.run(vote(server, 4))
        assert f"Choreo runs on it already, at {server.url}" in refused("move", url, "--data", data)
        with pytest.raises(CopyError, match="is in use"):  # as where hubs have names, and locks of their own
            moved(sqlite_url(data / "choreo.db"), url)
    assert "450 entries" in done("move", url, "--data", data)
    assert "is not empty" in refused("move", url, "--data", data)
    with serving(data, CHOREO_DATABASE=url) as server:
        assert HubStore(server.url, token).entries(LESSON) == entries
        asyncio.run(vote(server, 2, {"host": desk.host}, there=6))
        with pytest.raises(CopyError, match=r"is in use \(connections besides this one"):
            moved(url, sqlite_url(back / "choreo.db"))
        done("backup", file, "--data", data, CHOREO_DATABASE=url)
    assert "450 entries" in done("restore", file, "--data", tmp_path / "restored")
    assert "is not empty" in refused("restore", file, "--data", tmp_path / "other", CHOREO_DATABASE=url)
    done("move", sqlite_url(back / "choreo.db"), "--data", data, CHOREO_DATABASE=url)
    (back / "secret").write_bytes((data / "secret").read_bytes())
    for folder in (back, tmp_path / "restored"):
        with serving(folder) as server:
            assert HubStore(server.url, token).entries(LESSON) == entries
            asyncio.run(vote(server, 0, {"host": desk.host}, there=6))


def rows(url: str, table: str) -> int:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        count = connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()
    engine.dispose()
    return int(count)
