"""Several hubs on one PostgreSQL, as on machines that share no disk: one dies, is halted, is stopped; nobody notices much."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from tests.hub.learned import taken, written
from tests.hub.live.visiting import Coach, Line, Server, coach, get, joined, line, phone, post

from choreo.hub import tables
from choreo.hub.engine import open_database
from choreo.hub.identity import COOKIE, Identity, new_code
from choreo.hub.live.lease import LEASE, lease_of
from choreo.hub.live.store import Store
from choreo.hub.lock import TakenError
from choreo.progress.store import StoreError
from choreo.stores.hub import HubStore

WITHIN = 20.0  # seconds from the death of a hub until its room is at another
ASKED = re.compile(r'name="(lesson|item|version|variant)" value="([^"]*)"')
NOW = re.compile(r":\d{4,5}\b|\"made\": \"[^\"]*\"")  # what may differ: a hub's port, and the moment of saving
TAKEN_OVER = re.compile(r"WARNING: hub \d is silent; hub \d has taken over a live session\.\n")


@pytest.fixture(scope="module")
def hubs(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """Three hubs with folders of their own; only the secret is the same."""
    place = tmp_path_factory.mktemp("hubs")
    secret = place / "shared-secret"
    secret.write_bytes(secrets.token_bytes(32))
    shared = {"CHOREO_DATABASE": postgresql, "CHOREO_SECRET_FILE": str(secret)}
    made = [Server(place / name, environ=shared | {"CHOREO_PROCESS": name}) for name in ("1", "2", "3")]
    try:
        for server in made:
            server.start()
        yield made
        for server in made:
            assert TAKEN_OVER.sub("", server.complaints.read_text()) == ""
    finally:
        for server in made:
            if server.process is not None:
                server.kill()


def test_a_hub_without_a_name_does_not_start_beside_the_one_that_has_the_name_it_would_get(
    hubs: list[Server], postgresql: str, tmp_path: Path
) -> None:
    with contextlib.closing(open_database(postgresql)) as database:
        unnamed = lease_of(database, "", tmp_path)
        assert unnamed is not None
        with pytest.raises(TakenError, match="CHOREO_PROCESS=1: a hub of this name works on this database already"):
            unnamed.claim(patience=0)


def test_a_room_whose_hub_is_killed_goes_on_at_another_with_every_acknowledged_answer(hubs: list[Server]) -> None:
    async def play() -> None:
        first, *others = hubs
        async with coach(first) as desk:
            passes = [await joined(first, desk.code) for _ in range(8)]
            async with contextlib.AsyncExitStack() as stack:
                lines = [await stack.enter_async_context(phone(first, one)) for one in passes]
                await desk.do("begin", item=2)
                for n in (1, 2):
                    told = await asyncio.gather(*(one.said({"taps": [n]}, n) for one in lines))
                    assert all("ack" in one for one in told)
                await desk.do("begin", item=0)
                told = await asyncio.gather(*(one.said({"answer": at % 5}, 3) for at, one in enumerate(lines)))
                assert all("ack" in one for one in told)
                first.kill()
        died = time.monotonic()
        async with contextlib.AsyncExitStack() as stack:
            again = [stack.enter_async_context(back(others, one)) for one in passes]
            lines = await asyncio.gather(*again)
            took = time.monotonic() - died
            print(f"\nkill -9: {len(lines)} phones at another hub after {took:.1f} s")
            assert took < WITHIN
            (holder,) = {one.process for one in lines}
            taker = next(server for server in others if server.environ["CHOREO_PROCESS"] == holder)
            await asyncio.gather(*(one.line.said({"answer": at % 5}, 3) for at, one in enumerate(lines)))  # once more
            async with coach(taker, {"host": desk.host}) as after:
                assert (await after.desk(lambda shown: shown["ballots"]))["ballots"] == len(passes)
                await after.do("step", to="show")
                log = await told_by(taker, after)
        assert Counter(event["data"]["taps"][0] for event in log if event["kind"] == "say") == {1: 8, 2: 8}
        (tally,) = [event["data"]["ballots"] for event in log if event["kind"] == "tally"]
        assert Counter(ballot["answer"] for ballot in tally) == Counter(at % 5 for at in range(8))
        first.start()
        reply = await post(first, "/live/join", {"code": desk.code})
        assert (reply.status_code, reply.headers["x-choreo-process"]) == (421, holder)

    asyncio.run(play())


def test_a_hub_that_was_only_halted_writes_nothing_into_a_session_that_it_lost(hubs: list[Server]) -> None:
    async def play() -> None:
        _, halted, taker = hubs
        assert halted.process is not None
        async with coach(halted) as desk:
            one, two = [await joined(halted, desk.code) for _ in range(2)]
            await desk.do("begin", item=2)
            async with phone(halted, one) as early, phone(halted, two) as mute:
                assert "ack" in await early.said({"taps": [1]}, 1)
                before = {lost: len(lost.heard) for lost in (early, mute, desk.line)}
                halted.process.send_signal(signal.SIGSTOP)
                stopped = time.monotonic()
                await early.send({"n": 2, "say": {"taps": [2]}})
                await mute.send({"n": 1, "say": {"taps": [99]}})
                await desk.line.send({"n": 99, "do": "finish"})
                async with back([taker], one) as moved:
                    print(f"\nSIGSTOP: taken over after {time.monotonic() - stopped:.1f} s")
                    assert LEASE / 2 < time.monotonic() - stopped < WITHIN
                    assert "ack" in await moved.line.said({"taps": [3]}, 3)
                    halted.process.send_signal(signal.SIGCONT)
                    for lost, heard in before.items():
                        assert await lost.closed() == 1012
                        assert not any({"ack", "done"} & set(message) for message in lost.heard[heard:])
                    assert await holder_by(halted, two) == "3"
                    assert "ack" in await moved.line.said(
                        {"taps": [2]}, 2
                    )  # it was never acknowledged, so it is sent again
                    async with coach(taker, {"host": desk.host}) as after:
                        log = await told_by(taker, after)
        assert [event["data"]["taps"] for event in log if event["kind"] == "say"] == [[1], [3], [2]]
        assert not any(event["kind"] == "finish" for event in log)
        assert [event["number"] for event in log] == list(range(1, len(log) + 1))

    asyncio.run(play())


def test_progress_review_and_portfolio_are_the_same_through_each_hub(hubs: list[Server], postgresql: str) -> None:
    lesson = written()[1]
    done = taken([lesson])
    database = open_database(postgresql)
    identity = Identity(Path(hubs[0].environ["CHOREO_SECRET_FILE"]).read_bytes())
    token = identity.token(database.add_learner(datetime.now(UTC)))
    database.close()

    async def look() -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=20, cookies={COOKIE: token}) as browser:
            stores = [HubStore(server.url, token) for server in hubs]
            for at, entry in enumerate(done):
                stores[at % 3].add(entry)
                stores[(at + 1) % 3].add(entry)  # said twice, kept once
            assert [store.entries(lesson) for store in stores] == [done] * 3
            for path in ("/", "/portfolio", "/portfolio/file"):
                pages = [(await browser.get(server.url + path)).text for server in hubs]
                assert len({NOW.sub("", page) for page in pages}) == 1, path
            asked = [ASKED.findall((await browser.get(f"{server.url}/review")).text) for server in hubs]
            assert asked[0]
            assert asked[0] == asked[1] == asked[2]
            last = hubs[2].url
            assert (await browser.post(f"{last}/forget", headers={"Origin": last})).status_code == 303
            for store in stores:
                with pytest.raises(StoreError):
                    store.entries(lesson)

    asyncio.run(look())


def test_a_hub_that_is_stopped_lets_go_of_its_rooms_at_once(hubs: list[Server]) -> None:
    async def play() -> None:
        first, _, stopped = hubs
        async with coach(stopped) as desk:
            pass_ = await joined(stopped, desk.code)
            began = time.monotonic()
            await asyncio.to_thread(stopped.stop)
            async with back([first], pass_) as moved:
                print(f"\nSIGTERM: at another hub after {time.monotonic() - began:.1f} s")
                assert moved.tries == 1
                assert (await get(first, "/health")).status_code == 200

    asyncio.run(play())


def test_what_an_address_does_is_counted_over_all_hubs_and_the_address_kept_nowhere(
    hubs: list[Server], postgresql: str
) -> None:
    def openers() -> dict[str, str]:
        with contextlib.closing(open_database(postgresql)) as database:
            return Store(database).openers()

    async def play() -> None:
        first, second, _ = hubs
        before = openers()
        async with coach(first) as one, coach(second) as two:
            added = {session: mark for session, mark in openers().items() if session not in before}
            assert len(added) == 2
            assert len(set(added.values())) == 1
            await one.do("end")
            await two.do("end")
        assert openers() == before
        async with httpx.AsyncClient(trust_env=False, timeout=20) as guesser:
            told = []
            for at in range(12):
                origin = hubs[at % 2].url
                reply = await guesser.post(f"{origin}/resume", data={"code": new_code()}, headers={"Origin": origin})
                told.append(reply.status_code)
        assert told == [400] * 10 + [429] * 2

    asyncio.run(play())
    with contextlib.closing(open_database(postgresql)) as database, database.reading() as connection:
        assert connection.execute(sa.select(tables.bucket)).all()
        for table in tables.metadata.sorted_tables:
            assert "127.0.0.1" not in str(connection.execute(sa.select(table)).all())


class Back:
    """A phone that has come back to another hub."""

    def __init__(self, line: Line, process: str, tries: int) -> None:
        self.line, self.process, self.tries = line, process, tries


@asynccontextmanager
async def back(servers: Sequence[Server], pass_: dict[str, Any]) -> AsyncIterator[Back]:
    """As a phone does behind a proxy that finds another hub: asked in turn, until one of them takes the session over."""
    end = time.monotonic() + 2 * WITHIN
    tries = 0
    while time.monotonic() < end:
        server = servers[tries % len(servers)]
        tries += 1
        async with line(server, "/live/phone", {"secret": pass_["secret"]}) as opened:
            told = await opened.next()
            if "welcome" in told:
                yield Back(opened, told["process"], tries)
                return
            assert await opened.closed() == 4421
        await asyncio.sleep(0.5)
    raise TimeoutError


async def holder_by(server: Server, pass_: dict[str, Any]) -> str:
    """Which hub holds a session, as a phone is told by another hub; that may be just about to close its room."""
    while True:
        async with line(server, "/live/phone", {"secret": pass_["secret"]}) as opened:
            if await opened.closed() == 4421:
                return str(opened.heard[0]["process"])


async def told_by(server: Server, desk: Coach) -> list[dict[str, Any]]:
    """The log of a session, as its coach can take it home."""
    ticket = (await desk.do("ticket"))["ticket"]
    reply = await get(server, f"/live/export/{ticket}/session.json")
    events: list[dict[str, Any]] = reply.json()["events"]
    return events
