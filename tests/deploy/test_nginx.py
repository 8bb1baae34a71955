"""deploy/nginx.conf does what the door does: who is asked, what is passed on, and what a stranger can say to it."""

from __future__ import annotations

import asyncio
import functools
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.abuse.test_door import CROOKED, FORGED, HIDDEN
from tests.deploy.nginx import HOST, Certificate, certificate, front, nginx, program
from tests.door.standing import OK, PATIENCE, Standing, played
from tests.door.test_passing import LEARNERS, NEXT, says


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    program("nginx")
    return certificate(tmp_path_factory.mktemp("signed"))


@dataclass
class Behind(Standing):
    """nginx, and who stands behind it."""

    plain: int = 0
    trusts: ssl.SSLContext | None = None

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port, ssl=self.trusts, server_hostname=HOST)

    async def say(self, raw: bytes) -> bytes:
        """As of Standing; the host is the course's, and the line may be broken off."""
        reader, writer = await self.connect()
        writer.write(re.sub(rb"(?<=Host: )a(?=\r?\n)", HOST.encode(), raw))
        answer = b""
        with suppress(ConnectionResetError):
            while piece := await asyncio.wait_for(reader.read(2**16), PATIENCE):
                answer += piece
        writer.close()
        return answer

    async def post(self, path: str, *fields: str, body: bytes = b"{}") -> bytes:
        said = (f"POST {path} HTTP/1.1", "Host: a", "Connection: close", *fields, f"Content-Length: {len(body)}")
        return await self.say("\r\n".join((*said, "", "")).encode() + body)


@asynccontextmanager
async def behind(
    signed: Certificate, folder: Path, path: str, hubs: int = 1, lessons: int = 1, away: tuple[str, ...] = ()
) -> AsyncIterator[Behind]:
    place = front(path)
    made = Behind(place.secure, plain=place.plain, trusts=ssl.create_default_context(cafile=str(signed.chain)))
    async with played(made, hubs, lessons, away) as servers:
        ports = [[one.port for one in servers if one.name.startswith(kind)] for kind in ("hub", "lessons")]
        with nginx(place, *ports, signed, folder / "nginx"):
            yield made


def with_nginx(path: str = "", **around: Any) -> Callable[..., Callable[..., None]]:
    """Run an async test with nginx that stands among such servers."""

    def decorated(test: Callable[[Behind], Awaitable[None]]) -> Callable[..., None]:
        def run(signed: Certificate, tmp_path: Path) -> None:
            async def whole() -> None:
                async with behind(signed, tmp_path, path, **around) as made:
                    await asyncio.wait_for(test(made), PATIENCE)

            asyncio.run(whole())

        functools.update_wrapper(run, test)
        del run.__wrapped__  # type: ignore[attr-defined]  # pytest asks for this one's fixtures
        return run

    return decorated


def status(answer: bytes) -> int:
    return int(answer.split(b" ")[1])


@with_nginx()
async def test_the_path_decides_who_answers(course: Behind) -> None:
    paths = {
        "/": "hub1",
        "/lessons/02-silos": "hub1",
        "/lessons/02-silos?at=/": "hub1",
        "/lessons/02-silos/?new": "lessons1",
        "/lessons/a%2Fb%20c/kernel?page=p%2F": "lessons1",
        "/parts/abc.json": "lessons1",
        "/static/0123456789abcdef/client/lesson.js": "lessons1",
        "/static/hub.0123456789ab.css": "hub1",
        "/live/phone": "hub1",
        "/health/lessons": "hub1",
        "/preview/02-silos": "lessons1",
        "/api/entries": "hub1",
        "/api/kernels/a-b": "lessons1",
        "//odd": "hub1",
    }
    for path in paths:
        assert (await course.get(path)).endswith(b"ok"), path
    assert [(one.path, one.by) for one in course.heard] == list(paths.items())


@with_nginx("/choreo")
async def test_a_path_in_front_is_taken_off_and_nothing_else_is_there(course: Behind) -> None:
    found = {
        "/choreo/lessons/a/?new": "/lessons/a/?new",
        "/choreo/a%2Fb?to=%2Fchoreo": "/a%2Fb?to=%2Fchoreo",
        "/choreo": "/",
        "/choreo?x": "/?x",
    }
    for path in found:
        assert (await course.get(path)).endswith(b"ok"), path
    assert [one.path for one in course.heard] == list(found.values())
    assert [one.fields("x-forwarded-prefix") for one in course.heard] == [["/choreo"]] * len(found)
    for path in ("/", "/review", "/choreography", "/Choreo/"):
        assert status(await course.get(path)) == 404, path
    assert len(course.heard) == len(found)


@with_nginx("/choreo")
async def test_what_operators_ask_is_not_for_the_public(course: Behind) -> None:
    for hidden in ("metrics", "ready", "live", "health", "door/health", "door/listen"):
        ways = (hidden, f"{hidden}?x", f"/{hidden}", f"./{hidden}", f"x/../{hidden}", f"lessons/a/..%2F..%2F{hidden}")
        for way in (*ways, f"%{ord(hidden[0]):x}{hidden[1:]}"):
            assert status(await course.get(f"/choreo/{way}")) == 404, way
    assert course.heard == []


LENIENT = {
    "only line feeds",
    "an empty line first",
    "two spaces",
    "another version",
}  # nginx reads these, and says them anew


@with_nginx()
async def test_what_is_not_plainly_one_request_is_refused_or_said_plainly(course: Behind) -> None:
    for name, raw in CROOKED.items():
        course.heard.clear()
        answer = await course.say(raw.replace(HIDDEN, HIDDEN[:-2] + b"Connection: close\r\n\r\n"))
        assert [one.path for one in course.heard] == (["/", "/hidden"] if name in LENIENT else []), name
        assert answer.count(b"HTTP/1.1 200 ") == len(course.heard), name
        assert all(one.fields("x-forwarded-for") == ["127.0.0.1"] for one in course.heard), name


@with_nginx()
async def test_nobody_is_believed_about_where_they_come_from(course: Behind) -> None:
    await course.get("/", *FORGED, "X_Forwarded_For: 10.9.8.3")
    head = course.heard[0].head
    assert "10.9.8" not in head
    assert "evil" not in head
    said = [
        course.heard[0].fields(name) for name in ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "host")
    ]
    assert said == [["127.0.0.1"], ["https"], [HOST], [HOST]]


@with_nginx()
async def test_another_name_is_not_answered_and_http_leads_to_https(course: Behind) -> None:
    assert await course.say(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n") == b""
    with pytest.raises(ssl.SSLError):
        await asyncio.open_connection("127.0.0.1", course.port, ssl=course.trusts, server_hostname="evil.example")
    reader, writer = await asyncio.open_connection("127.0.0.1", course.plain)
    writer.write(f"GET /review?x HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
    assert f"\r\nLocation: https://{HOST}/review?x\r\n".encode() in await reader.read()
    writer.close()
    assert course.heard == []


@with_nginx()
async def test_a_body_comes_whole_up_to_its_bound(course: Behind) -> None:
    body = bytes(range(256)) * 4 * 6 * 2**10
    assert (await course.post("/portfolio/import", body=body)).endswith(b"ok")
    assert course.heard[0].body == body
    assert status(await course.post("/portfolio/import", body=body + b"x")) == 413
    assert len(course.heard) == 1


@with_nginx(lessons=2)
async def test_a_learner_keeps_their_lesson_server_and_who_is_sent_on_finds_the_next(course: Behind) -> None:
    for time in ("AAAA", "BBBB"):
        for cookie in LEARNERS:
            await course.get("/lessons/a/", cookie.format(time))
    chosen = [one.by for one in course.heard]
    assert chosen[: len(LEARNERS)] == chosen[len(LEARNERS) :]
    assert set(chosen) == {"lessons1", "lessons2"}
    course.plays["lessons2"] = says(NEXT)
    course.heard.clear()
    for cookie in LEARNERS:
        assert (await course.get("/lessons/a/", cookie)).endswith(b"ok")
        assert (await course.get("/lessons/a/kernel", cookie, "Upgrade: websocket")).endswith(b"ok")
    course.plays.clear()
    course.heard.clear()
    for cookie in LEARNERS:
        await course.get("/lessons/a/", cookie)
    assert [one.by for one in course.heard] == chosen[: len(LEARNERS)]  # it is asked again at once


@with_nginx(lessons=2, away=("lessons1", "hub1"))
async def test_who_is_away_is_passed_over_and_where_all_are_it_is_told_in_words(course: Behind) -> None:
    for cookie in LEARNERS:
        assert (await course.get("/lessons/a/", cookie)).endswith(b"ok")
    page = await course.get("/review")
    assert status(page) == 503
    assert b"\r\nRetry-After: 2\r\n" in page
    assert b'<meta http-equiv="refresh" content="2">' in page
    assert b"What you kept is safe" in page


@with_nginx()
async def test_what_changes_something_is_said_once(course: Behind) -> None:
    async def hangs_up(_heard: Any, _writer: asyncio.StreamWriter) -> bool:
        return True

    course.plays["hub1"] = hangs_up
    assert status(await course.post("/api/entries")) == 503
    assert len(course.heard) == 1


@with_nginx(hubs=2)
async def test_a_live_session_is_asked_for_where_it_is_held(course: Behind) -> None:
    elsewhere = b"HTTP/1.1 421 Misdirected Request\r\nX-Choreo-Process: 8011\r\nContent-Length: 2\r\n\r\n{}"
    course.plays["hub1"] = says(elsewhere)
    for cookie in LEARNERS:
        assert (await course.post("/live/join", cookie, body=b'{"code":1')).endswith(b"ok")
        assert (course.heard[-1].by, course.heard[-1].body) == ("hub2", b'{"code":1')
    assert {one.by for one in course.heard} == {"hub1", "hub2"}
    course.heard.clear()
    for cookie in LEARNERS:
        await course.get("/live/lessons", f"{cookie}; choreo_process=8011")
    assert {one.by for one in course.heard} == {"hub2"}


@with_nginx(hubs=2, away=("hub2",))
async def test_where_the_hub_of_a_live_session_is_away_another_is_asked(course: Behind) -> None:
    assert (await course.get("/live/lessons", "Cookie: choreo_process=8011")).endswith(b"ok")
    assert course.heard[0].by == "hub1"


@with_nginx()
async def test_a_stream_comes_as_it_is_said_and_a_websocket_is_a_tunnel_once_it_was_given(course: Behind) -> None:
    reader, writer = await course.connect()
    going = asyncio.Event()

    async def streams(_heard: Any, sink: asyncio.StreamWriter) -> bool:
        sink.write(b"HTTP/1.1 200 OK\r\nX-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n")
        await going.wait()
        sink.write(b"4\r\nlast\r\n0\r\n\r\n")
        return True

    async def echoes(heard: Any, sink: asyncio.StreamWriter) -> bool:
        sink.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello")
        while data := await heard.reader.read(2**16):
            sink.write(data)
            await sink.drain()
        return True

    course.plays |= {"/live/stream": streams, "/lessons/a/kernel": echoes}
    writer.write(f"GET /live/stream HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    await reader.readuntil(b"first")
    going.set()
    await reader.readuntil(b"last\r\n0\r\n\r\n")
    upgrade = "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
    writer.write(f"GET /live/phone HTTP/1.1\r\nHost: {HOST}\r\n{upgrade}\r\n".encode())
    assert (await reader.readuntil(OK[-6:])).startswith(
        b"HTTP/1.1 200 "
    )  # not given: what follows is read as a request
    writer.write(f"GET /lessons/a/kernel HTTP/1.1\r\nHost: {HOST}\r\n{upgrade}\r\n".encode())
    await reader.readuntil(b"hello")
    assert course.heard[-1].fields("upgrade") == ["websocket"]
    sent = b"GET /not/a/request HTTP/1.1\r\n" * 10_000
    writer.write(sent)
    assert await reader.readexactly(len(sent)) == sent
    writer.close()
    await course.get("/", "Upgrade: h2c")
    assert course.heard[-1].fields("upgrade") == []
