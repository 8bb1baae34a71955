"""How many connections a server takes, from whom, and how long it waits for what they have to say."""

from __future__ import annotations

import asyncio
import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest
import uvicorn
from tests.hub.test_running import wait_until_up

from choreo.hub.limits import Rate
from choreo.hub.listener import AT_ONCE, Listener
from choreo.hub.log import LONGEST, LONGEST_TRACE, Bounded
from choreo.hub.patience import PatientHttp

HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
BODY = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nx"


async def app(scope, receive, send):
    """Hears all, unless it is in a hurry, then says ok."""
    message = {"type": "http.request"}
    while scope["path"] != "/hurry" and (message := await receive()).get("more_body"):
        pass
    if message["type"] == "http.request":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


class Serving:
    """A server with our listener and our patience, in a thread."""

    def __init__(self, most: int = 100, proxies: tuple[str, ...] = ()) -> None:
        self.refused = 0
        self.listener = Listener(socket.create_server(("127.0.0.1", 0)), most, proxies, self.count)
        self.port = self.listener.getsockname()[1]
        config = uvicorn.Config(app, http=PatientHttp, loop="asyncio", log_config=None, lifespan="off", ws="none")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=lambda: asyncio.run(self.server.serve([self.listener])))
        self.thread.start()
        self.lines: list[socket.socket] = []

    def count(self) -> None:
        self.refused += 1

    def call(self, said: bytes = b"", source: str = "127.0.0.1") -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=10, source_address=(source, 0))
        self.lines.append(line)
        line.sendall(said)
        return line

    def answers(self, source: str = "127.0.0.1") -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10, source_address=(source, 0))
        try:
            connection.request("GET", "/")
            return connection.getresponse().read() == b"ok"
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        for line in self.lines:
            line.close()
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def serving(stack: ExitStack, **options: object) -> Serving:
    server = Serving(**options)
    stack.callback(server.stop)
    return server


def ended(line: socket.socket) -> bool:
    """Whether the other side has hung up; waits for it."""
    try:
        return line.recv(1000) == b""
    except ConnectionResetError:
        return True


def answer(line: socket.socket) -> bytes:
    """The whole answer of `app`."""
    heard = b""
    while not heard.endswith(b"ok"):
        heard += line.recv(1000)
    return heard


def trickle(line: socket.socket) -> None:
    for _ in range(100):
        line.sendall(b"x")
        time.sleep(0.02)


def test_a_head_that_does_not_come_to_its_end_is_not_waited_for(stack, monkeypatch):
    monkeypatch.setattr("choreo.hub.patience.HEAD", 0.2)
    server = serving(stack)
    silent, half = server.call(), server.call(HALF)
    assert ended(silent)
    assert ended(half)
    assert server.answers()


def test_it_does_not_help_to_say_a_little_now_and_then(stack, monkeypatch):
    monkeypatch.setattr("choreo.hub.patience.HEAD", 0.3)
    monkeypatch.setattr("choreo.hub.patience.BODY", 0.3)
    server = serving(stack)
    for line in (server.call(HALF), server.call(BODY)):
        with pytest.raises(OSError, match=r"pipe|reset"):
            trickle(line)


def test_what_comes_after_an_answer_has_to_come_in_time_too(stack, monkeypatch):
    monkeypatch.setattr("choreo.hub.patience.HEAD", 0.2)
    server = serving(stack)
    line = server.call(HALF + b"\r\n")
    assert answer(line).startswith(b"HTTP/1.1 200")
    line.sendall(HALF)
    assert ended(line)


@pytest.mark.parametrize("path", [b"/", b"/hurry"])
def test_a_body_that_is_none_is_refused_and_leaves_no_trace_in_the_log(stack, caplog, path):
    server = serving(stack)
    for body in (b"zzz\r\n", b"1\r\nx\r\nzzz\r\n"):
        line = server.call(b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
        assert line.recv(1000).startswith(b"HTTP/1.1 400")
    line = server.call(b"POST /hurry HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert answer(line)
    line.sendall(b"zzz\r\n")
    assert ended(line)
    assert server.answers()
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


def test_a_head_that_is_too_long_ends_the_connection(stack):
    server = serving(stack)
    line = server.call(b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000)
    assert line.recv(1000).startswith(b"HTTP/1.1 400")


def test_one_address_leaves_half_of_the_places_to_others(stack):
    server = serving(stack, most=40)
    lines = [server.call(HALF + b"\r\n", "127.0.0.2") for _ in range(20)]
    assert all(answer(line).startswith(b"HTTP/1.1 200") for line in lines)
    assert server.refused == 0
    assert not server.answers("127.0.0.2")
    assert server.refused == 1
    assert server.answers("127.0.0.3")
    lines[0].close()
    while not server.answers("127.0.0.2"):  # ends by the run's own time limit
        time.sleep(0.01)


def test_a_known_proxy_stands_for_many(stack):
    server = serving(stack, most=40, proxies=("127.0.0.2",))
    lines = [server.call(HALF + b"\r\n", "127.0.0.2") for _ in range(30)]
    assert all(answer(line).startswith(b"HTTP/1.1 200") for line in lines)
    assert server.answers("127.0.0.2")


def test_whoever_waits_the_longest_without_an_answer_makes_way(stack):
    server = serving(stack, most=40)
    served = server.call(HALF + b"\r\n", "127.0.0.9")
    assert answer(served).startswith(b"HTTP/1.1 200")
    waiting = [server.call(HALF, f"127.0.0.{2 + number % 4}") for number in range(2 * AT_ONCE)]
    assert server.answers("127.0.0.7")
    assert ended(waiting[0])
    assert server.refused >= 2 * AT_ONCE + 2 - 40
    served.sendall(HALF + b"\r\n")
    assert answer(served).startswith(b"HTTP/1.1 200")  # it has been served before, and stays


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts files otherwise")
def test_a_hub_with_few_files_stays_there_for_others_and_writes_little(hub, tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    s = hub.settings
    hub_command = (
        f"{sys.executable} -m choreo.hub --port {port} --data {s.data} --lessons {s.lessons} --exercises {s.exercises}"
    )
    log = tmp_path / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(["sh", "-c", f"ulimit -n 256; exec {hub_command}"], stderr=file)
    try:
        wait_until_up(port)
        with ExitStack() as lines:
            for number in range(600):
                source = (f"127.0.0.{2 + number % 20}", 0)
                line = socket.create_connection(("127.0.0.1", port), timeout=10, source_address=source)
                lines.enter_context(line).sendall(HALF)
            began = time.monotonic()
            wait_until_up(port, patience=1)
            assert time.monotonic() - began < 1
    finally:
        process.kill()
        process.wait()
    assert log.stat().st_size < 4000, log.read_text()


def test_the_log_is_short_however_much_there_is_to_say(caplog):
    logger = logging.getLogger("test.bounded")
    logger.addFilter(Bounded(Rate(3, 1000)))

    def deeper(depth: int) -> int:
        return deeper(depth + 1)

    logger.warning("%s", "x" * 10_000)
    try:
        deeper(0)
    except RecursionError:
        logger.exception("deep")
    for _ in range(100):
        logger.warning("again and again")
    time.sleep(0.01)
    logger.warning("once more")
    assert len(caplog.messages[0]) < LONGEST + 50
    assert len(caplog.records[1].exc_text) <= LONGEST_TRACE
    assert len(caplog.messages) < 20
    assert "more lines were left out" in caplog.text


def test_what_is_small_is_sent_at_once() -> None:
    """Else the end of an answer waits until its beginning was confirmed, which browsers put off by 40 ms."""

    class Told(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            line = transport.get_extra_info("socket")
            at_once.set_result(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            transport.close()

    async def whole() -> None:
        nonlocal at_once
        loop = asyncio.get_running_loop()
        at_once = loop.create_future()
        listener = Listener(socket.create_server(("127.0.0.1", 0)), 10)
        server = await loop.create_server(Told, sock=listener)
        socket.create_connection(listener.getsockname()).close()
        assert await asyncio.wait_for(at_once, 10)
        server.close()

    at_once: asyncio.Future[int]
    asyncio.run(whole())
