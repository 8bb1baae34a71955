"""Requests go to the server that their path names, and answers come back as they were."""

from __future__ import annotations

import asyncio
import functools
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.door.standing import OK, PATIENCE, Standing, standing

from choreo.hub.front_door import LISTEN
from choreo.hub.networks import Networks
from choreo.hub.public import read_public


def with_door(**around: Any) -> Callable[..., Callable[..., None]]:
    """Run an async test with a door that stands among such servers."""

    def decorated(test: Callable[..., Any]) -> Callable[..., None]:
        @functools.wraps(test)
        def run(*args: Any, **values: Any) -> None:
            async def whole() -> None:
                async with standing(**around) as made:
                    await asyncio.wait_for(test(made, *args, **values), PATIENCE)

            asyncio.run(whole())

        others = list(inspect.signature(test).parameters.values())[1:]  # pytest would ask for the door as for a fixture
        run.__signature__ = inspect.Signature(others)  # type: ignore[attr-defined]
        return run

    return decorated


def says(*parts: bytes, ends: bool = False) -> Any:
    """A server's answer in such pieces."""

    async def play(_heard: Any, writer: asyncio.StreamWriter) -> bool:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        return ends

    return play


@with_door()
async def test_the_path_decides_who_answers(door: Standing) -> None:
    paths = {
        "/": "hub1",
        "/review": "hub1",
        "/lessons/02-silos": "hub1",
        "/lessons/02-silos/?new": "lessons1",
        "/lessons/02-silos/kernel?page=p": "lessons1",
        "/lessons/02-silos/map.png": "lessons1",
        "/parts/abc.json": "lessons1",
        "/static/0123456789abcdef/client/lesson.js": "lessons1",
        "/static/hub.0123456789ab.css": "hub1",
        "/static/live/0123456789ab/phone/phone.js": "hub1",
        "/live/phone": "hub1",
        "/preview/02-silos": "lessons1",
        "/api/entries": "hub1",
        "/api/kernels/a-b": "lessons1",
    }
    for path in paths:
        assert (await door.get(path)).endswith(b"ok")
    assert [(one.path, one.by) for one in door.heard] == list(paths.items())


@with_door(public=read_public("https://course.example/choreo"))
async def test_a_path_in_front_is_taken_off_and_https_is_known_by_the_name(door: Standing) -> None:
    await door.say(b"GET /choreo/lessons/a/?new HTTP/1.1\r\nHost: course.example\r\nConnection: close\r\n\r\n")
    await door.get("/choreo")
    await door.get("/review")
    assert [(one.by, one.path, one.fields("x-forwarded-proto")[0]) for one in door.heard] == [
        ("lessons1", "/lessons/a/?new", "https"),
        ("hub1", "/", "http"),
        ("hub1", "/review", "http"),
    ]


@with_door()
async def test_one_connection_carries_many_questions_to_both_kinds_of_servers(door: Standing) -> None:
    reader, writer = await door.connect()
    for path in ("/", "/lessons/a/", "/review", "/lessons/b/"):
        writer.write(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        assert await reader.readexactly(len(OK)) == OK
    writer.write(
        b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
        b"GET /3 HTTP/1.1\r\nHost: a\r\n\r\n"
    )
    assert await reader.readexactly(3 * len(OK)) == 3 * OK
    assert door.taken == 3  # one of each kind, kept, and one for what is not only asked
    assert [one.body for one in door.heard[-3:]] == [b"", b"hi", b""]
    writer.close()


@with_door()
async def test_a_kept_line_that_its_server_has_left_is_no_loss(door: Standing) -> None:
    door.plays["hub1"] = says(OK, ends=True)
    reader, writer = await door.connect()
    for _ in range(3):
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert await reader.readexactly(len(OK)) == OK
    writer.close()


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("parts", "ends", "kept"),
    [
        ((CHUNKED, b"5\r\nhel", b"lo\r\n", b"A;x=y\r\n0123456789\r\n", b"0\r", b"\n\r\n"), False, True),
        ((CHUNKED, b"1\r\nx\r\n0\r\nLast: one\r\n\r\n"), False, True),
        ((b"HTTP/1.1 100 Continue\r\n\r\n", OK), False, True),
        ((b"HTTP/1.1 204 No Content\r\n\r\n",), False, True),
        ((b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n",), False, True),
        ((b"HTTP/1.1 200 OK\r\n\r\nuntil the end",), True, False),
    ],
)
@with_door()
async def test_an_answer_ends_where_it_ends(door: Standing, parts: tuple[bytes, ...], ends: bool, kept: bool) -> None:
    door.plays["/x"] = says(*parts, ends=ends)
    reader, writer = await door.connect()
    writer.write(
        b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n" + kept * b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    )
    said = b"".join(parts) + kept * OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert (await reader.read()) == (said if kept else said.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    writer.close()


@with_door()
async def test_a_body_of_any_size_goes_through_in_both_directions(door: Standing) -> None:
    body = bytes(range(256)) * 4 * 2**12

    async def returns(heard: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(heard.body) + heard.body)

    door.plays["hub1"] = returns
    head = f"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    assert (await door.say(head.encode() + body)).partition(b"\r\n\r\n")[2] == body


@with_door()
async def test_what_is_said_after_a_101_goes_both_ways_until_one_hangs_up(door: Standing) -> None:
    async def echoes(heard: Any, writer: asyncio.StreamWriter) -> bool:
        writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nfirst")
        while data := await heard.reader.read(2**16):
            writer.write(data)
            await writer.drain()
        return True

    door.plays["lessons1"] = echoes
    reader, writer = await door.connect()
    upgrade = b"Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n"
    writer.write(b"GET /lessons/a/kernel HTTP/1.1\r\nHost: a\r\n" + upgrade + b"\r\n")
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
    assert await reader.readexactly(5) == b"first"
    assert door.heard[0].fields("upgrade") == ["websocket"]
    sent = b"GET /not/a/request HTTP/1.1\r\n" * 40_000
    writer.write(sent)
    assert await reader.readexactly(len(sent)) == sent
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()


@with_door(away=("hub1", "lessons1"))
async def test_a_server_that_is_away_is_told_in_words_and_for_how_long(door: Standing) -> None:
    page = await door.get("/", "Accept: text/html,*/*")
    assert page.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nRetry-After: 2\r\n" in page
    assert b'<meta http-equiv="refresh" content="2">' in page
    assert b"What you kept is safe" in page
    assert b"<html" not in await door.get("/lessons/a/health")
    assert b'"ok": true' in await door.get("/door/health")


# So many that each server is somebody's, wherever it listens.
LEARNERS = [f"Cookie: choreo_learner=learner{number}.{{}}.s" for number in range(32)]


@with_door(lessons=3)
async def test_a_learner_has_a_lesson_server_of_their_own_whatever_else_their_pass_says(door: Standing) -> None:
    for time in ("AAAA", "BBBB"):
        for cookie in LEARNERS:
            await door.get("/lessons/a/", cookie.format(time))
    chosen = [one.by for one in door.heard]
    assert chosen[: len(LEARNERS)] == chosen[len(LEARNERS) :]
    assert set(chosen) == {"lessons1", "lessons2", "lessons3"}


NEXT = b"HTTP/1.1 503 Service Unavailable\r\nX-Choreo-Next: 1\r\nContent-Length: 4\r\n\r\nfull"


@pytest.mark.parametrize("gone", [False, True])
def test_where_one_lesson_server_is_away_or_says_so_the_next_one_is_asked_and_others_stay(gone: bool) -> None:
    async def whole(away: tuple[str, ...], plays: dict[str, Any]) -> list[str]:
        async with standing(lessons=3, away=away) as door:
            door.plays |= plays
            for cookie in LEARNERS:
                assert (await door.get("/lessons/a/", cookie)).endswith(b"ok")
            return [one.by for one in door.heard if one.by not in plays]

    before = asyncio.run(whole((), {}))
    after = asyncio.run(whole(("lessons2",), {}) if gone else whole((), {"lessons2": says(NEXT)}))
    assert "lessons2" in before
    assert "lessons2" not in after
    assert all(a == b for a, b in zip(before, after, strict=True) if b != "lessons2" and a != "lessons2")


@with_door(lessons=2)
async def test_where_every_lesson_server_asks_for_the_next_one_it_is_said(door: Standing) -> None:
    door.plays |= {"lessons1": says(NEXT), "lessons2": says(NEXT)}
    assert (await door.get("/lessons/a/")).startswith(b"HTTP/1.1 503 ")
    assert {one.by for one in door.heard} == {"lessons1", "lessons2"}


@with_door(hubs=3)
async def test_a_live_session_is_asked_for_where_it_is_held(door: Standing) -> None:
    elsewhere = b"HTTP/1.1 421 Misdirected Request\r\nX-Choreo-Process: hub2\r\nContent-Length: 2\r\n\r\n{}"
    door.plays |= {"hub1": says(elsewhere), "hub3": says(elsewhere)}
    join = b'POST /live/join HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 9\r\n\r\n{"code":1'
    assert (await door.say(join)).endswith(b"ok")
    assert (door.heard[-1].by, door.heard[-1].body) == ("hub2", b'{"code":1')
    for number in (1, 2, 3):
        await door.get("/live/lessons", f"Cookie: x=y; choreo_process=hub{number}")
        assert door.heard[-1].by == "hub2"
    assert len(door.heard) <= 2 + 5


@with_door(hubs=2)
async def test_hubs_that_send_to_each_other_are_not_followed_in_circles(door: Standing) -> None:
    elsewhere = b"HTTP/1.1 421 Misdirected Request\r\nX-Choreo-Process: %s\r\nContent-Length: 2\r\n\r\n{}"
    door.plays |= {"hub1": says(elsewhere % b"hub2"), "hub2": says(elsewhere % b"hub1")}
    assert (await door.get("/live/lessons")).startswith(b"HTTP/1.1 421 ")
    assert len(door.heard) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="takes many addresses of loopback")
def test_only_the_hub_has_it_listen_elsewhere_and_a_door_in_its_place_goes_on_there(tmp_path: Path) -> None:
    def asks(word: str) -> bytes:
        return f"POST {LISTEN} HTTP/1.1\r\nHost: a\r\n{word}Content-Length: 9\r\n\r\n127.0.0.2".encode()

    async def reached(door: Standing) -> bool:
        reader, writer = await asyncio.open_connection("127.0.0.2", door.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        return answer.endswith(b"ok")

    async def whole() -> None:
        async with standing(also=tmp_path / "also") as door:
            for word, status in (("", 403), ("X-Choreo-Word: no\r\n", 403), (KNOWN, 200), (KNOWN, 200)):
                assert (await door.say(asks(word))).startswith(f"HTTP/1.1 {status} ".encode()), word
            assert await reached(door)
        async with standing(also=tmp_path / "also") as door:
            assert await reached(door)

    asyncio.run(whole())


KNOWN = "X-Choreo-Word: word\r\n"


@pytest.mark.parametrize(
    ("said", "refused"),
    [("/choreo", False), ("/choreo/", False), ("", False), ("/", False), ("/elsewhere", True), ("/choreo/x", True)],
)
@with_door(public=read_public("https://course.example.org/choreo"), proxies=Networks("", ["127.0.0.0/8"]))
async def test_a_proxy_that_has_the_course_at_another_path_is_told_how_to_start_it(
    door: Standing, said: str, refused: bool
) -> None:
    fields = "X-Forwarded-Proto: https", "X-Forwarded-Host: course.example.org", f"X-Forwarded-Prefix: {said}"
    answer = await door.get("/choreo/review", *fields)
    assert (b" 503 " in answer.split(b"\r\n")[0]) is refused
    assert (f"--public https://course.example.org{said}, or ".encode() in answer) is refused
    assert [one.fields("x-forwarded-prefix") for one in door.heard] == ([] if refused else [["/choreo"]])


@pytest.mark.parametrize(
    ("said", "front"),
    [
        (("/choreo",), "/choreo"),
        (("/choreo/",), "/choreo"),
        (("/teams/choreo",), "/teams/choreo"),
        (("/teams,/choreo",), "/teams/choreo"),  # Spring's gateways
        (("/teams/", "/choreo"), "/teams/choreo"),  # Traefik, two of which each take off a step
        (("/, /choreo",), "/choreo"),
    ],
)
@pytest.mark.parametrize("stripped", [True, False])
@with_door(public=read_public("https://course.example.org"), proxies=Networks("", ["127.0.0.0/8"]))
async def test_a_proxy_that_was_named_says_what_is_in_front_and_takes_it_off_or_not(
    door: Standing, said: tuple[str, ...], front: str, stripped: bool
) -> None:
    before = "" if stripped else front
    for path in ("/lessons/a/?new", "/review"):
        await door.get(f"{before}{path}", *(f"X-Forwarded-Prefix: {one}" for one in said))
    assert [(one.by, one.path) for one in door.heard] == [("lessons1", "/lessons/a/?new"), ("hub1", "/review")]
    assert [one.fields("x-forwarded-prefix") for one in door.heard] == [[front]] * 2
    assert b'"ok": true' in await door.get(f"{before}/door/health", *(f"X-Forwarded-Prefix: {one}" for one in said))


@with_door(proxies=Networks("", ["127.0.0.0/8"]))
async def test_each_question_on_a_line_has_its_own_path_in_front(door: Standing) -> None:
    reader, writer = await door.connect()
    for front in ("/a", "/b", ""):
        writer.write(f"GET {front}/review HTTP/1.1\r\nHost: a\r\nX-Forwarded-Prefix: {front}\r\n\r\n".encode())
        assert await reader.readexactly(len(OK)) == OK
    writer.close()
    said = [(one.path, one.fields("x-forwarded-prefix")) for one in door.heard]
    assert said == [("/review", ["/a"]), ("/review", ["/b"]), ("/review", [])]


@with_door(public=read_public("https://course.example.org"))
async def test_a_path_that_a_stranger_says_is_nobody_s(door: Standing) -> None:
    assert b" 200 " in (await door.get("/review", "X-Forwarded-Prefix: /elsewhere")).split(b"\r\n")[0]
    assert door.heard[0].fields("x-forwarded-prefix") == []
