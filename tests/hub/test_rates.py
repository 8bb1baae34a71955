"""Limits by address that hold over all hubs on one PostgreSQL, and what they leave there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import cycle

import pytest
import sqlalchemy as sa
from tests.hub.test_work import make_code
from tests.hub.visiting import LESSON, Browser, Hub, learners

from choreo.hub import app as app_module
from choreo.hub import home as home_module
from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.engine import connect_database, open_database
from choreo.hub.identity import new_code
from choreo.hub.limits import Buckets, Rate
from choreo.hub.live import phones as phones_module
from choreo.hub.rates import Rates

SECRET = b"s" * 32
RATE = Rate(5, 0.001)
ADDRESS = "203.0.113.77"


@pytest.fixture
def databases(url: str) -> Iterator[tuple[Database, Database]]:
    """Two hubs' ways to the same database."""
    with closing(open_database(url)) as one, closing(open_database(url)) as two:
        yield one, two


def buckets(database: Database, what: str = "guesses", rate: Rate = RATE) -> Buckets:
    return Rates(database, SECRET, lambda: 0.0).buckets(what, rate)


def rows(database: Database) -> list[tuple[str, float]]:
    with database.reading() as connection:
        return [(row.address_hash, row.full_at) for row in connection.execute(sa.select(tables.bucket))]


def later(database: Database, seconds: float) -> None:
    """As long as that nobody asks for anything."""
    with database.writing() as connection:
        connection.execute(tables.bucket.update().values(full_at=tables.bucket.c.full_at - seconds))


def test_two_hubs_together_give_an_address_as_much_as_one(databases: tuple[Database, Database]) -> None:
    one, two = map(buckets, databases)
    assert [hub.take(ADDRESS) for hub in (one, two, two, one, one)] == [True] * 5
    assert [hub.take(ADDRESS) for hub in (two, one)] == [False] * 2
    assert [hub.empty(ADDRESS) for hub in (one, two)] == [True] * 2
    assert two.take("203.0.113.78")
    assert buckets(databases[1], "something else").take(ADDRESS)
    later(databases[0], 1000)
    assert not two.empty(ADDRESS)
    assert two.take(ADDRESS)
    assert [hub.take(ADDRESS) for hub in (two, one)] == [False] * 2
    later(databases[0], 1_000_000)
    anew = buckets(databases[0])  # a hub that has just started
    assert [anew.take(ADDRESS) for _ in range(6)] == [True] * 5 + [False]


def test_not_one_more_is_given_to_many_who_ask_both_at_once(databases: tuple[Database, Database]) -> None:
    hubs = [buckets(database, rate=Rate(40, 0.001)) for database in databases]
    with ThreadPoolExecutor(12) as pool:
        given = list(pool.map(lambda hub: hub.take(ADDRESS), (hubs * 60)))
    assert given.count(True) == 40


def test_a_hub_that_was_refused_once_knows_that_it_has_to_ask(databases: tuple[Database, Database]) -> None:
    one, two = map(buckets, databases)
    assert all(one.take(ADDRESS) for _ in range(5))
    assert [hub.may_be_empty(ADDRESS) for hub in (one, two)] == [True, False]  # who joins by the second need not wait
    assert not two.take(ADDRESS)
    assert two.may_be_empty(ADDRESS)
    assert two.empty(ADDRESS)


def test_without_its_database_a_hub_counts_alone_and_locks_nobody_out(caplog: pytest.LogCaptureFixture) -> None:
    with closing(connect_database("postgresql+psycopg://choreo@127.0.0.1:1/none?connect_timeout=2")) as away:
        hub = buckets(away)
        assert not hub.empty(ADDRESS)
        assert [hub.take(ADDRESS) for _ in range(6)] == [True] * 5 + [False]
        assert hub.empty(ADDRESS)
        assert hub.take("203.0.113.78")
    assert "try again" in caplog.text


def test_what_lies_in_the_database_names_no_address_and_goes_once_it_says_nothing(
    databases: tuple[Database, Database],
) -> None:
    database = databases[0]
    strange = ["", "::1", "\udcff\x00'; DROP TABLE bucket", "9" * 5000]
    for address in (ADDRESS, *strange):
        assert buckets(database).take(address)
    assert buckets(database, "something else").take(ADDRESS)
    assert Rates(database, b"t" * 32, lambda: 0.0).buckets("guesses", RATE).take(ADDRESS)
    kept = [mark for mark, _ in rows(database)]
    assert len(set(kept)) == 7  # another one for each limit, and for each secret
    assert all(len(mark) == 64 and set(mark) <= set("0123456789abcdef") for mark in kept)
    with database.reading() as connection:
        logged = connection.exec_driver_sql("SELECT relpersistence FROM pg_class WHERE relname = 'bucket'").scalar()
    assert logged == "u"  # in no log of changes, so in no archive and on no standby
    rates = Rates(database, SECRET, lambda: 0.0)
    later(database, 999)
    rates.sweep()
    assert len(rows(database)) == 7
    later(database, 2)
    rates.sweep()
    assert rows(database) == []


def test_on_sqlite_nothing_is_written_that_leads_to_an_address(hub: Hub) -> None:
    hub.learner()
    for _ in range(3):
        assert hub.browser().post("/resume", {"code": new_code()}).status_code == 400
    with closing(hub.database()) as database:
        assert rows(database) == []
        marks = {Rates(database, SECRET, lambda: 0.0).mark("open sessions", ADDRESS) for _ in range(2)}
        assert len(marks) == 2  # of an open session's opener: it leads to no address once the process has ended


@pytest.fixture
def hubs(hub: Hub, url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Hub]]:
    """Two that share a database and a secret, and let few in."""
    opened: list[Database] = []

    def open_and_remember(url: str) -> Database:
        opened.append(open_database(url))
        return opened[-1]

    monkeypatch.setattr(app_module, "open_database", open_and_remember)
    monkeypatch.setattr(home_module, "NEW_LEARNERS", Rate(3, 0.001))
    monkeypatch.setattr(phones_module, "WRONG_CODES", Rate(4, 0.001))
    yield [Hub(replace(hub.settings, database=url, process=name), hub.clock) for name in ("1", "2")]
    for database in opened:
        database.close()


def test_guesses_at_resume_codes_count_over_all_hubs_and_a_right_one_always_works(hubs: list[Hub]) -> None:
    code = make_code(hubs[0].learner())
    guesses = [Browser(one.app).post("/resume", {"code": new_code()}) for one, _ in zip(cycle(hubs), range(12))]
    assert [reply.status_code for reply in guesses] == [400] * 10 + [429] * 2
    for one in hubs:
        assert "Welcome back" in one.browser().post("/resume", {"code": code}).text


def test_new_learners_count_over_all_hubs(hubs: list[Hub]) -> None:
    came = [one.browser().get(f"/lessons/{LESSON}").status_code for one, _ in zip(cycle(hubs), range(5))]
    assert came == [303] * 3 + [429] * 2
    assert learners(hubs[0]) == 3


def test_guesses_at_join_codes_count_over_all_hubs_and_then_no_code_is_tried(hubs: list[Hub]) -> None:
    right = {"id": "s" * 16, "code": "ABCDEF", "process": "3", "title": "", "created_at": ""}
    with closing(hubs[0].database()) as database, database.writing() as connection:
        connection.execute(tables.session.insert().values(right | {"host_hash": "", "screen_hash": "", "ended_at": ""}))

    def told(one: Hub, code: str) -> int:
        return asyncio.run(one.browser().client.post("/live/join", json={"code": code})).status_code

    assert [told(one, "ABCDEF") for one in hubs] == [410] * 2
    assert [told(one, "AAAAAA") for one, _ in zip(cycle(hubs), range(6))] == [404] * 4 + [429] * 2
    assert [told(one, "ABCDEF") for one in hubs] == [429] * 2
