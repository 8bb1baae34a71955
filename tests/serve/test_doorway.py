"""The lesson server's door: what it takes from strangers, how long it waits, and whom it believes."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from tests.serve.course import one_lesson, own, running_course
from tests.serve.visitor import fetch
from tornado.ioloop import IOLoop
from tornado.web import Application

from choreo.hub.names import HERE
from choreo.hub.networks import Networks
from choreo.hub.public import ANYWHERE
from choreo.serve.doorway import BODY, listen
from choreo.serve.guard import GuardedHandler, NotFound


class Told(GuardedHandler):
    """Says where a request comes from."""

    def get(self) -> None:
        self.finish({"from": self.request.remote_ip, "by": self.request.protocol, "front": ANYWHERE.front})

    def post(self) -> None:
        self.finish({"bytes": len(self.request.body)})


class Serving:
    """A door of its own, in a thread."""

    def __init__(self, proxies: tuple[str, ...] = ()) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._proxies, self._up = proxies, threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._up.wait(10)

    def _run(self) -> None:
        async def serve() -> None:
            self._over, self._loop = asyncio.Event(), asyncio.get_running_loop()
            settings = {"choreo_names": HERE, "default_handler_class": NotFound}
            server = listen(Application([("/", Told)], **settings), "127.0.0.1", self.port, 100, self._proxies)
            IOLoop.current().add_callback(self._up.set)
            await self._over.wait()
            server.stop()
            await server.close_all_connections()

        asyncio.run(serve())

    def said(self, *lines: str, body: bytes = b"") -> bytes:
        """What comes back for these lines, until the other side hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall("\r\n".join(lines).encode() + body)
            heard = b""
            with suppress(ConnectionResetError):  # what it did not read is thrown away
                while piece := line.recv(10_000):
                    heard += piece
        return heard

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)


@pytest.fixture
def door() -> Iterator[Serving]:
    door = Serving()
    yield door
    door.stop()


HOST = "Host: 127.0.0.1"


def test_a_body_that_is_announced_as_too_long_is_not_waited_for(door):
    for length in (BODY + 1, 10**8, 10**30):
        assert door.said("POST / HTTP/1.1", HOST, f"Content-Length: {length}", "", "x").startswith(b"HTTP/1.1 400")
    chunk = f"{2 * BODY:x}\r\n".encode() + b"x" * 2 * BODY
    assert b"200" not in door.said("POST / HTTP/1.1", HOST, "Transfer-Encoding: chunked", "", "", body=chunk)


def test_heads_and_bodies_that_do_not_come_to_their_end_are_not_waited_for(monkeypatch):
    monkeypatch.setattr("choreo.serve.doorway.HEAD", 0.2)
    monkeypatch.setattr("choreo.serve.doorway.BODY_TIME", 0.2)
    door = Serving()
    try:
        assert door.said() == b""
        assert door.said("GET / HTTP/1.1", HOST) == b""
        assert b"200" not in door.said("POST / HTTP/1.1", HOST, "Content-Length: 10", "", "x")
    finally:
        door.stop()


def test_a_head_that_is_too_long_ends_the_connection(door):
    assert b"200" not in door.said("GET / HTTP/1.1", HOST, "X: " + "x" * 30_000, "", "")


SAID = (
    "X-Forwarded-For: 10.9.8.7",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Prefix: /teams",
    "X-Forwarded-Prefix: /choreo",
)
FORWARDED = (*SAID, "Connection: close", "", "")


def test_nobody_is_believed_about_where_they_come_from(door):
    assert b'{"from": "127.0.0.1", "by": "http", "front": ""}' in door.said("GET / HTTP/1.1", HOST, *FORWARDED)


@pytest.mark.parametrize(
    ("proxy", "told"),
    [
        ("127.0.0.1", b"10.9.8.7"),
        ("127.0.0.0/30", b"10.9.8.7"),
        ("127.0.0.2", b"127.0.0.1"),
        ("10.0.0.0/8", b"127.0.0.1"),
    ],
)
def test_only_a_proxy_that_was_named_is_believed(proxy, told):
    door = Serving(proxies=Networks("CHOREO_PROXIES", [proxy]))
    try:
        assert b'{"from": "' + told in door.said("GET / HTTP/1.1", HOST, *FORWARDED)
    finally:
        door.stop()


def test_the_path_that_a_proxy_says_is_that_of_one_request():
    door = Serving(proxies=Networks("CHOREO_PROXIES", ["127.0.0.1"]))
    plain = "GET / HTTP/1.1", HOST
    try:
        said = door.said(
            *plain, *SAID, "", *plain, "", *plain, "X-Forwarded-Prefix: //evil", "Connection: close", "", ""
        )
    finally:
        door.stop()
    assert re.findall(rb'"front": "([^"]*)"', said) == [b"/teams/choreo", b"", b""]


def test_all_servers_say_what_browsers_may_do_and_not_what_they_are(tmp_path):
    with running_course(tmp_path / "data", one_lesson(tmp_path / "course"), own(8720), host="0.0.0.0") as course:
        ports = course.port, course.private("choreo.hub"), course.private("choreo.serve")
        for server in (f"http://127.0.0.1:{port}" for port in ports):
            for path in (
                "/",
                "/health",
                "/nothing",
                "/static/0/x.js",
                "/lessons/no-such",
                "/lessons/a/",
                "/lessons/a/b",
            ):
                for method in ("GET", "POST", "PUT"):
                    status, headers, _ = fetch(server, path, method)
                    where = f"{method} {server}{path}: {status}"
                    assert "default-src 'none'" in headers["Content-Security-Policy"], where
                    assert headers["Referrer-Policy"] == "same-origin", where
                    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", where
                    assert headers["X-Content-Type-Options"] == "nosniff", where
                    assert headers["Server"] is None, where
            for stranger in ("evil.example", f"evil.example:{course.port}", "127.0.0.1.evil.example"):
                status, headers, _ = fetch(server, "/health", Host=stranger)
                assert status in (400, 403), (server, stranger)
                assert "default-src 'none'" in headers["Content-Security-Policy"]
            for name in (socket.gethostname(), "192.168.7.7", "[fe80::1]:8000", "localhost"):
                assert fetch(server, "/health", Host=name)[0] == 200, (server, name)


@pytest.mark.parametrize(("proxies", "secure"), [("", False), ("127.0.0.0/30", True)])
def test_all_servers_believe_only_a_proxy_that_was_named(tmp_path, proxies, secure):
    with running_course(
        tmp_path / "data", one_lesson(tmp_path / "course"), own(8720), CHOREO_PROXIES=proxies
    ) as course:
        said = {"X_Forwarded_Proto": "https", "X_Forwarded_Prefix": "/choreo"}
        front = "/choreo" if secure else ""
        _, headers, _ = fetch(course.address, "/lessons/09-choreography", **said)
        assert ("; Secure" in headers["Set-Cookie"]) is secure
        assert f"; Path={front}/;" in headers["Set-Cookie"]
        assert headers["Location"] == f"{front}/lessons/09-choreography/?new"
        _, elsewhere, _ = fetch(course.address, "/lessons/09-choreography/", **said)  # the lesson server's own
        assert elsewhere["Location"] == f"{front}/lessons/09-choreography"
        given = headers["Set-Cookie"].partition(";")[0]
        _, headers, page = fetch(course.address, f"{front}/lessons/09-choreography/", Cookie=given, **said)
        assert f"{course.port}{front}/parts/ " in headers["Content-Security-Policy"]
        page = page.decode()
        assert f'data-at="{front}"' in page
        found = re.findall(r"""(?:href|src)="(/[^"]*)\"""", page)
        assert [one for one in found if not one.startswith(f"{front}/")] == []
        for part in (one for one in found if "/parts/" in one or "/static/" in one):
            assert fetch(course.address, part, **said)[0] == 200, part
        state = json.loads(re.search(r'id="choreo-page">(.*?)</script>', page)[1])["widgets"]
        assert state.startswith(f"{front}/parts/")
        modules = re.findall(r'"_esm": "(/[^"]+)"', fetch(course.address, state, **said)[2].decode())
        assert {one.startswith(f"{front}/parts/") for one in modules} == {True}
