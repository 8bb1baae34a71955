"""Letting a room's phones in while the hub runs: by a coach at the machine itself, and by nobody else."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import HTTPConnection
from tests.hub.live.visiting import Server, coach, line, serving
from tests.hub.test_running import wait_until_up

from choreo.hub.lan import lan_addresses
from choreo.hub.live.door import Door, is_alone
from choreo.hub.live.links import Links
from choreo.hub.names import own_names
from choreo.hub.public import ANYWHERE

ROOM = lan_addresses()
in_a_network = pytest.mark.skipif(not ROOM, reason="this machine is in no network")
HERE = {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}


def asking(client: str = "127.0.0.1", **headers: str) -> HTTPConnection:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in {**HERE, **headers}.items()]
    return HTTPConnection({"type": "http", "headers": raw, "client": (client, 1), "scheme": "http", "path": "/"})


async def nowhere(_host: str, _port: int) -> None:
    raise OSError("not here")


@pytest.mark.parametrize(
    ("connection", "may"),
    [
        (asking(), True),
        (asking(host="localhost:8000", origin="http://localhost:8000"), True),
        (asking(x_forwarded_for="127.0.0.1"), True),  # as our own door says of who sits here
        (asking(client="192.168.1.9"), False),
        (asking(host="course.example"), False),
        (asking(origin="https://course.example"), False),
        (asking(origin=""), False),
        (asking(x_forwarded_for="10.0.0.9"), False),
        (asking(via="1.1 proxy"), False),
    ],
)
def test_only_a_coach_at_the_machine_itself_may_open_it(tmp_path: Path, connection: HTTPConnection, may: bool) -> None:
    assert Door(8000, own_names("127.0.0.1"), tmp_path / "phones", nowhere).opens_for(connection) is may


def test_a_server_that_others_reach_already_has_no_door() -> None:
    start = {"CHOREO_START": "1"}
    assert is_alone("127.0.0.1", start)
    assert not is_alone("127.0.0.1", {})
    assert not is_alone("0.0.0.0", start)
    for name in ("CHOREO_ADDRESS", "CHOREO_HOSTS", "CHOREO_PROXIES"):
        assert not is_alone("127.0.0.1", start | {name: "x"})


def test_links_lead_phones_to_the_room_and_leave_who_is_there_where_they_are() -> None:
    links = Links(ANYWHERE)
    assert links.join(asking()) == "http://127.0.0.1:8000/join"
    links.lead_to("http://192.168.1.7:8000")
    assert links.join(asking()) == "http://192.168.1.7:8000/join"
    assert links.join(asking(host="192.168.1.8:8000")) == "http://192.168.1.8:8000/join"


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "data", CHOREO_START="one") as started:
        yield started


def reached(port: int) -> bool:
    try:
        socket.create_connection((ROOM[0], port), timeout=2).close()
    except OSError:
        return False
    return True


@in_a_network
def test_phones_come_in_while_everything_goes_on_and_again_after_the_hub_was_killed(alone: Server) -> None:
    async def told() -> None:
        origin: Any = f"http://127.0.0.1:{alone.port}"
        join = f"http://{ROOM[0]}:{alone.port}/join"
        async with coach(alone, origin=origin) as opened:
            assert opened.door is True
            assert not reached(alone.port)
            async with line(alone, "/live/screen/socket", {"screen": opened.screen}) as screen:
                assert "127.0.0.1" in (await screen.until(lambda said: "screen" in said))["screen"]["join"]
                assert (await opened.do("let_in"))["join"] == join
                assert await screen.until(lambda said: said.get("screen", {}).get("join") == join)
            assert reached(alone.port)
            await opened.do("let_in")  # once more is no fault
        alone.kill()
        alone.start()
        assert reached(alone.port)
        async with coach(alone, {"host": opened.host}, origin=origin) as again:
            assert again.join == join

    asyncio.run(told())
    alone.stop()
    alone.environ = {"CHOREO_START": "another"}
    alone.start()
    assert not reached(alone.port)


@in_a_network
def test_a_coach_whose_page_is_elsewhere_is_refused(alone: Server) -> None:
    async def told() -> None:
        async with coach(alone) as opened:  # no browser at this machine: it names no page
            assert opened.door is False
            await opened.line.send({"n": 9, "do": "let_in"})
            answer = await opened.line.until(lambda said: said.get("refused") == 9)
            assert "Only a coach at the machine" in answer["why"]
        assert not reached(alone.port)

    asyncio.run(told())
    wait_until_up(alone.port)
