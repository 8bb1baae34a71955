"""What operators see of a hub: that it turns, whether it can take people, what it counts, its log, and how it ends."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import signal
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from alembic import command
from tests.hub.live.visiting import PATIENCE, Server, coach, get, joined, line, phone
from tests.hub.visiting import Hub
from typer.testing import CliRunner

from choreo.authoring.main import app
from choreo.hub import schema, tables
from choreo.hub.__main__ import LONGEST_DRAIN, seconds
from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.engine import connect_database, open_database
from choreo.hub.log import JsonLines
from choreo.hub.networks import NetworksError
from choreo.hub.operators import Operators

ENDS_WITHIN = 8.0  # seconds that a supervisor waits


def asked(hub: Hub, path: str, peer: str = "127.0.0.1", **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(hub.app, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return asyncio.run(ask())


def value(text: str, name: str) -> float:
    """What a measure stands at, by its name with its labels."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, f"{name} is not in\n{text}"
    return float(found[1])


def test_only_operators_find_something(hub: Hub) -> None:
    assert asked(hub, "/live", "203.0.113.9").json() == {"ok": True}
    for path in ("/ready", "/metrics"):
        assert asked(hub, path).status_code == 200
        assert asked(hub, path, "::ffff:127.0.0.1").status_code == 200
        assert asked(hub, path, "10.1.2.3").status_code == 404
        for said in (
            {"X_Forwarded_For": "127.0.0.1"},
            {"X_Real_IP": "127.0.0.1"},
            {"Forwarded": "for=::1"},
            {"Via": "1.1 x"},
        ):
            assert asked(hub, path, **said).status_code == 404  # through a proxy at this machine: somebody else asks
    hub.settings = replace(hub.settings, operators=Operators(["10.1.0.0/16", "fd00::7"]))
    hub.restart()
    for peer, status in (("10.1.2.3", 200), ("fd00::7", 200), ("10.2.0.1", 404), ("", 404)):
        assert asked(hub, "/metrics", peer).status_code == status
    with pytest.raises(NetworksError, match=r"CHOREO_OPERATORS: 'mine' is no address.*mend or unset it"):
        Operators(["mine"])


def test_answers_are_counted_by_part_and_status_and_name_nobody(hub: Hub) -> None:
    for path in ("/", "/nobody-knows-this", "/health"):
        asked(hub, path, "203.0.113.9")
    asked(hub, "/api/entries", "203.0.113.9", Authorization="Bearer forged")
    reply = asked(hub, "/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert value(reply.text, 'choreo_answers_total{part="page",status="200"}') == 1
    assert value(reply.text, 'choreo_answers_total{part="page",status="404"}') == 1
    assert value(reply.text, 'choreo_answers_total{part="api",status="401"}') == 1
    assert value(reply.text, 'choreo_answer_seconds_count{part="page"}') == 2
    assert value(reply.text, "process_resident_memory_bytes") > 1e6
    assert "203.0.113" not in reply.text
    assert "nobody-knows" not in reply.text


def test_a_hub_that_ends_or_has_no_database_says_why(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(hub, "/ready").json() == {"ready": True}

    def broken(_: Database) -> None:
        raise DatabaseError("choreo.db: is damaged.")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "reading", broken)
        reply = asked(hub, "/ready")
    assert (reply.status_code, reply.json()) == (503, {"ready": False, "why": "choreo.db: is damaged."})
    monkeypatch.setattr(Database, "reading", lambda _: time.sleep(0.3))
    monkeypatch.setattr("choreo.hub.readiness.PATIENCE", 0.05)
    assert "did not answer" in asked(hub, "/ready").json()["why"]
    hub.app.state.readiness.draining = True
    assert asked(hub, "/ready").json() == {"ready": False, "why": "this server is ending"}
    assert asked(hub, "/live").json() == {"ok": True}


def test_a_record_is_one_line_of_json() -> None:
    try:
        raise ValueError("two\nlines ☃")
    except ValueError as error:
        record = logging.LogRecord(
            "choreo.hub", logging.ERROR, "", 0, "%s\nfailed", ("this",), (type(error), error, None)
        )
    line = JsonLines().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["level"], said["logger"], said["message"]) == ("ERROR", "choreo.hub", "this\nfailed")
    assert said["time"].endswith("+00:00")
    assert said["trace"] == "ValueError: two\nlines ☃"


def test_a_time_to_end_in_is_bounded() -> None:
    assert [seconds(text) for text in (None, "", "0", "2.5")] == [0, 0, 0, 2.5]
    for text in ("soon", "-1", "nan", "1e9"):
        with pytest.raises(ValueError, match=f"CHOREO_DRAIN: '{text}'.* to {LONGEST_DRAIN:.0f}; mend or unset it"):
            seconds(text)


def older(url: str) -> None:
    """A database as the version before this one left it."""
    with closing(connect_database(url)) as database, database.writing() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")


def choreo(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(map(str, words)))
    return result.exit_code, result.output


def test_a_hub_waits_for_the_migration_serves_and_ends_without_losing_an_answer(tmp_path: Path) -> None:
    data = tmp_path / "data"
    url = f"sqlite:///{data / 'choreo.db'}"
    older(url)
    server = Server(data, environ={"CHOREO_MIGRATE": "0", "CHOREO_LOG": "json", "CHOREO_DRAIN": "0.5"})
    server.start()
    try:
        asyncio.run(waits(server, data))
        asyncio.run(serves_and_ends(server))
    finally:
        if server.process is not None:
            server.kill()
    with closing(open_database(url)) as database, database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(tables.ballot)).scalar() == 2
    lines = [json.loads(text) for text in server.complaints.read_text().splitlines()]
    assert {one["level"] for one in lines} <= {"WARNING", "ERROR"}
    assert lines[0]["message"].startswith("Nobody comes in yet: the database has not the form")
    assert "127.0.0.1" not in server.complaints.read_text()


async def waits(server: Server, data: Path) -> None:
    early = await get(server, "/ready")
    assert (early.status_code, early.json()["ready"]) == (503, False)
    assert "`choreo migrate` brings it there" in early.json()["why"]
    home = await get(server, "/")
    assert (home.status_code, home.headers["retry-after"]) == (503, "5")
    assert (await get(server, "/api/entries")).json()["error"]
    assert (await get(server, "/metrics")).status_code == 200
    code, told = choreo("migrate", "--check", "--data", data)
    assert (code, "is at revision 0003; this version writes" in told) == (1, True)
    code, told = choreo("migrate", "--data", data)
    assert (code, "from revision 0003 to" in told) == (0, True)
    assert choreo("migrate", "--check", "--data", data)[0] == 0
    end = time.monotonic() + PATIENCE
    while (await get(server, "/ready")).status_code != 200:
        assert time.monotonic() < end
        await asyncio.sleep(0.1)


async def serves_and_ends(server: Server) -> None:
    async with coach(server) as desk, phone(server, await joined(server, desk.code)) as person:
        await desk.do("begin", item=0)
        await person.view(lambda view: view["state"] == "activity")
        async with phone(server, await joined(server, desk.code)) as other:
            assert "ack" in await other.said({"answer": 1})
            async with line(server, "/live/phone", {"secret": "nobody's"}) as stranger:
                assert await stranger.closed() == 4401
        counted = (await get(server, "/metrics")).text
        assert value(counted, 'choreo_refused_total{why="line"}') == 1
        assert value(counted, "choreo_live_rooms") == 1
        assert value(counted, 'choreo_live_lines{kind="phone"}') == 1
        assert value(counted, 'choreo_live_lines{kind="coach"}') == 1
        assert value(counted, 'choreo_writes_total{outcome="kept"}') >= 4
        assert value(counted, "choreo_commit_seconds_count") >= 1
        assert server.process is not None
        server.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        while (ready := await get(server, "/ready")).status_code == 200:
            assert time.monotonic() < began + PATIENCE
        assert ready.json() == {"ready": False, "why": "this server is ending"}
        assert "ack" in await person.said({"answer": 2})  # it still serves who is there
        assert await person.closed() == 1012  # come back
    code = await asyncio.to_thread(server.process.wait, ENDS_WITHIN)
    assert code in (0, -signal.SIGTERM)
    assert time.monotonic() - began < ENDS_WITHIN
    server.process.communicate()
    server.process = None
