"""What a stranger can say to the door: nothing that a server reads as another request, or as somebody else's."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any

import pytest
from tests.door.standing import OK, Standing
from tests.door.test_passing import with_door

HOST = b"Host: a\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n"
CHUNKS = b"0\r\n\r\n"

# What no two readers must be able to take for two different things (RFC 9112, sections 2.2, 5.2, 6.3 and 11.2).
CROOKED = {
    "chunked": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS + HIDDEN,
    "chunked, oddly": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked\r\n\r\n" + CHUNKS + HIDDEN,
    "chunked and a length": b"POST / HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    + CHUNKS
    + HIDDEN,
    "chunked, with a space": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding : chunked\r\n\r\n" + CHUNKS + HIDDEN,
    "chunked behind a folded line": b"POST / HTTP/1.1\r\n"
    + HOST
    + b"X: y\r\n Transfer-Encoding: chunked\r\n\r\n"
    + CHUNKS
    + HIDDEN,
    "two lengths": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\nContent-Length: 61\r\n\r\n" + HIDDEN,
    "one length twice": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "a list of lengths": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 0, 0\r\n\r\n" + HIDDEN,
    "a length with a sign": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "a length that is none": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 0x0\r\n\r\n" + HIDDEN,
    "a length beyond all": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999\r\n\r\n" + HIDDEN,
    "a bare line feed": b"GET / HTTP/1.1\r\n" + HOST + b"X: y\nTransfer-Encoding: chunked\r\n\r\n" + HIDDEN,
    "a bare carriage return": b"GET / HTTP/1.1\r\n" + HOST + b"X: y\rTransfer-Encoding: chunked\r\n\r\n" + HIDDEN,
    "only line feeds": b"GET / HTTP/1.1\nHost: a\n\n" + HIDDEN,
    "a zero": b"GET / HTTP/1.1\r\n" + HOST + b"X: y\0\r\n\r\n" + HIDDEN,
    "a zero in a name": b"GET / HTTP/1.1\r\n" + HOST + b"Content\0-Length: 5\r\n\r\n" + HIDDEN,
    "no name": b"GET / HTTP/1.1\r\n" + HOST + b": y\r\n\r\n" + HIDDEN,
    "no colon": b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length 5\r\n\r\n" + HIDDEN,
    "an empty line first": b"\r\nGET / HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
    "two hosts": b"GET / HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n" + HIDDEN,
    "no host": b"GET / HTTP/1.1\r\n\r\n" + HIDDEN,
    "a host that is none": b"GET / HTTP/1.1\r\nHost: a/b@c\r\n\r\n" + HIDDEN,
    "another server's address": b"GET http://evil.example/ HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
    "a space in the path": b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
    "two spaces": b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
    "a tab": b"GET\t/ HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
    "the oldest version": b"GET /\r\n\r\n" + HIDDEN,
    "another version": b"GET / HTTP/1.2\r\n" + HOST + b"\r\n" + HIDDEN,
    "the newer version": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HIDDEN,
    "a method in small letters": b"get / HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
    "a head without an end": b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 20_000,
}


@pytest.mark.parametrize("raw", CROOKED.values(), ids=CROOKED.keys())
@with_door()
async def test_what_is_not_plainly_one_request_reaches_no_server(door: Standing, raw: bytes) -> None:
    answer = await door.say(raw)
    assert int(answer.split(b" ")[1]) in (400, 411, 431, 505)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"Content-Security-Policy: default-src 'none'" in answer
    assert door.heard == []


@with_door()
async def test_a_body_is_no_request(door: Standing) -> None:
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN)
    assert (await door.say(head + HIDDEN)).endswith(b"ok")
    assert [(one.path, one.body) for one in door.heard] == [("/", HIDDEN)]


UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\n"


@pytest.mark.parametrize("answer", [OK, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"])
@with_door()
async def test_a_websocket_that_was_not_given_is_no_tunnel(door: Standing, answer: bytes) -> None:
    """Else what follows would go to the server as it is, with whatever address it forges."""

    async def refuses(_heard: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)

    door.plays["hub1"] = refuses
    await door.say(
        b"GET /live/phone HTTP/1.1\r\n"
        + HOST
        + UPGRADE
        + b"\r\n"
        + HIDDEN.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    )
    assert [(one.path, one.fields("x-forwarded-for")) for one in door.heard] == [
        ("/live/phone", ["127.0.0.1"]),
        ("/hidden", ["127.0.0.1"]),
    ]


@pytest.mark.parametrize(
    ("method", "fields"),
    [(b"POST", UPGRADE), (b"GET", b"Connection: Upgrade\r\nUpgrade: h2c\r\n"), (b"GET", b"Upgrade: websocket\r\n")],
)
@with_door()
async def test_nothing_else_becomes_a_tunnel(door: Standing, method: bytes, fields: bytes) -> None:
    async def gives(_heard: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + OK)

    door.plays["/live/phone"] = gives
    answer = await door.say(
        method
        + b" /live/phone HTTP/1.1\r\n"
        + HOST
        + fields
        + b"\r\n"
        + HIDDEN.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    )
    assert door.heard[0].fields("upgrade") == []
    assert all(one.fields("x-forwarded-for") == ["127.0.0.1"] for one in door.heard)
    assert answer.endswith(b"ok")


FORGED = (
    "X-Forwarded-For: 10.9.8.7",
    "X-FORWARDED-FOR: 10.9.8.6",
    "X-Real-IP: 10.9.8.5",
    "Forwarded: for=10.9.8.4;proto=https",
    "X-Forwarded-Proto: https",
    "X-Scheme: https",
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-Prefix: /evil",
)


@with_door()
async def test_nobody_is_believed_about_where_they_come_from(door: Standing) -> None:
    await door.get("/", *FORGED)
    head = door.heard[0].head
    assert "10.9.8" not in head
    assert "https" not in head
    assert "evil" not in head
    said = [door.heard[0].fields(f"x-forwarded-{name}") for name in ("for", "proto", "host")]
    assert said == [["127.0.0.1"], ["http"], ["a"]]
    assert door.heard[0].fields("via") == ["1.1 unnamed"]  # so that nobody passes for a coach at the machine itself


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        (("X-Forwarded-For: 203.0.113.9",), "203.0.113.9"),
        (("X-Forwarded-For: 10.9.8.7, 203.0.113.9, 127.0.0.9",), "203.0.113.9"),
        (("X-Forwarded-For: 10.9.8.7", "X-Forwarded-For: 203.0.113.9"), "203.0.113.9"),
        (("X-Forwarded-For: 10.9.8.7, nonsense",), "127.0.0.1"),
        ((), "127.0.0.1"),
    ],
)
@with_door(proxies=("127.0.0.1", "127.0.0.9"))
async def test_a_named_proxy_is_believed_about_who_came_to_it_and_no_further(
    door: Standing, fields: tuple[str, ...], address: str
) -> None:
    await door.get("/", *fields, "X-Forwarded-Proto: https", "X-Forwarded-Host: course.example")
    said = [door.heard[0].fields(name) for name in ("x-forwarded-for", "x-forwarded-proto", "host")]
    assert said == [[address], ["https"], ["course.example"]]
    assert door.heard[0].fields("via") == []


@pytest.mark.parametrize(
    "said",
    [
        b"evil",
        b"//evil.example",
        b"/\\evil.example",
        b"https://evil.example/x",
        b"/a, evil",
        b"/a, //evil",
        b"/a/../b",
        b"/.",
        b"/.well-known",
        b"/a//b",
        b"/a b",
        b"/a;Path=/",
        b'/"><script>',
        b"/caf\xc3\xa9",
        b"/%2e%2e",
        b"/a?b#c",
        b"," * 9000,
        b"/a" * 101,
        b"/" + b"a" * 9000,
    ],
)
@with_door(proxies=("127.0.0.1",))
async def test_a_path_in_front_that_can_be_none_is_nobody_s_also_if_a_named_proxy_says_it(
    door: Standing, said: bytes
) -> None:
    head = b"GET /review HTTP/1.1\r\n" + HOST + b"Connection: close\r\nX-Forwarded-Prefix: " + said + b"\r\n\r\n"
    assert (await door.say(head)).endswith(b"ok")
    assert (door.heard[0].path, door.heard[0].fields("x-forwarded-prefix")) == ("/review", [])


@pytest.mark.parametrize("name", ["Content-Length", "Host", "Cookie", "Authorization"])
@with_door()
async def test_a_client_takes_nothing_from_a_request_by_calling_it_its_connection_s(door: Standing, name: str) -> None:
    fields = f"Cookie: c=1\r\nAuthorization: b\r\nContent-Length: 2\r\nConnection: close, {name}\r\n"
    await door.say(b"POST / HTTP/1.1\r\n" + HOST + fields.encode() + b"\r\nhi")
    assert door.heard[0].body == b"hi"
    assert [door.heard[0].fields(one) for one in ("host", "cookie", "authorization")] == [["a"], ["c=1"], ["b"]]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nslow",
    ],
)
@with_door()
async def test_whoever_does_not_come_to_the_end_is_not_waited_for(door: Standing, said: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("choreo.door.visit.HEAD", 0.1)
        patch.setattr("choreo.door.visit.PIECE", 0.1)
        patch.setattr("choreo.door.line.LINGER", 0.01)
        answer = await door.say(said)
    assert answer.startswith(b"HTTP/1.1 408 ") if said else answer == b""
    assert door.heard == []


@with_door()
async def test_heads_that_trickle_in_take_no_longer_than_others(door: Standing) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("choreo.door.visit.HEAD", 0.2)
        reader, writer = await door.connect()
        writer.write(b"GET / HTTP/1.1\r\n")

        async def trickle() -> None:
            with contextlib.suppress(ConnectionError):
                while True:
                    writer.write(b"X: y\r\n")
                    await asyncio.sleep(0.02)

        drops = asyncio.create_task(trickle())
        assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
        drops.cancel()
        writer.close()


PIECES = 400
PIECE = b"x" * 2**16


@pytest.mark.parametrize("tunnel", [False, True])
@with_door()
async def test_who_does_not_read_is_sent_no_more_than_fits_and_let_go(door: Standing, tunnel: bool) -> None:
    sent, left = 0, asyncio.Event()

    async def pours(_heard: Any, writer: asyncio.StreamWriter) -> bool:
        nonlocal sent
        writer.transport.set_write_buffer_limits(2**16)
        start = (
            b"101 Switching Protocols\r\nUpgrade: websocket"
            if tunnel
            else b"200 OK\r\nContent-Length: %d" % (PIECES * 2**16)
        )
        writer.write(b"HTTP/1.1 " + start + b"\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            for _ in range(PIECES):
                writer.write(PIECE)
                await writer.drain()
                sent += len(PIECE)
        left.set()
        return True

    door.plays["hub1"] = pours
    with pytest.MonkeyPatch.context() as patch, socket.socket() as client:
        patch.setattr("choreo.door.line.STALLED", 0.3)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(client, ("127.0.0.1", door.port))
        await loop.sock_sendall(client, b"GET / HTTP/1.1\r\n" + HOST + (UPGRADE if tunnel else b"") + b"\r\n")
        while not sent:
            await asyncio.sleep(0.01)
        most = before = 0
        while not (sent == before > 0 and most):  # until nothing more goes in
            before, most = sent, most or sent == before
            await asyncio.sleep(0.1)
        assert sent < PIECES * 2**16 / 2
        await left.wait()
        with contextlib.suppress(ConnectionError):
            while await loop.sock_recv(client, 2**20):
                pass


@with_door()
async def test_who_hangs_up_is_not_answered_for_ever(door: Standing) -> None:
    left = asyncio.Event()

    async def streams(heard: Any, writer: asyncio.StreamWriter) -> bool:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        await heard.reader.read()
        left.set()
        return True

    door.plays["hub1"] = streams
    reader, writer = await door.connect()
    writer.write(b"GET /live/phone/stream HTTP/1.1\r\n" + HOST + b"\r\n")
    await reader.readuntil(b"\r\n\r\n")
    writer.close()
    await left.wait()


@with_door()
async def test_a_long_upload_that_is_refused_at_once_hears_why(door: Standing) -> None:
    async def refuses(_heard: Any, writer: asyncio.StreamWriter) -> bool:
        writer.write(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nno!")
        return True

    door.plays["/unread"] = refuses
    reader, writer = await door.connect()
    writer.write(b"POST /unread HTTP/1.1\r\n" + HOST + b"Content-Length: 900000\r\n\r\n" + b"x" * 300_000)
    assert (await reader.read()).endswith(b"no!")
    writer.close()
