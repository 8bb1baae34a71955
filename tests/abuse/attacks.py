"""What strangers do: each attack is bounded, goes to loopback only, and tells what came of it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from tests.abuse.bystanders import line
from tests.serve.course import RunningCourse
from tests.serve.visitor import LESSON, Visitor
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from choreo.hub.identity import new_code
from choreo.progress.entry import new_entry, to_json
from choreo.serve.forking.wire import Message, pack

HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"


def ask(
    port: int, method: str, path: str, body: bytes | None = None, address: str = "127.0.0.1", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer to somebody at an address."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address, 0))
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        return reply.status, dict(reply.headers), reply.read()
    finally:
        connection.close()


def at_once(port: int, requests: list[bytes], address: str = "127.0.0.1") -> list[int]:
    """The statuses of requests that go out on one connection without waiting for any answer."""
    with socket.create_connection(("127.0.0.1", port), 30, (address, 0)) as line, line.makefile("rb") as answers:
        sender = threading.Thread(target=lambda: [line.sendall(one) for one in requests])
        sender.start()
        statuses = []
        for _ in requests:
            statuses.append(int(answers.readline().split()[1]))
            while (header := answers.readline().strip().lower()) != b"":
                if header.startswith(b"content-length:"):
                    length = int(header.partition(b":")[2])
            answers.read(length)
        sender.join()
        return statuses


def some(number: int) -> str:
    """One of thirty addresses."""
    return f"127.0.0.{10 + number % 30}"


def hostile_files(course: RunningCourse) -> str:
    """Portfolio files made to take long: 120 KB, and 5 MB of the worst kinds."""
    pieces = (b'<script id="choreo-portfolio">', b'id="choreo-portfolio"', b"[", b'{"a":')
    files = [pieces[0] * 4000, *(piece * (5_000_000 // len(piece)) for piece in pieces)]

    def post(file: bytes, number: int) -> int:
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        kind = "multipart/form-data; boundary=b"
        body = head + file + b"\r\n--b--\r\n"
        with suppress(OSError, HTTPException):  # it may hang up before all of it is read
            return ask(course.port, "POST", "/portfolio/import", body, some(number), Content_Type=kind)[0]
        return 0

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(post, files * 2, range(2 * len(files))))
    assert set(found) <= {0, 400, 413, 503}, found
    return f"{len(found)} files refused"


def unfinished_posts(course: RunningCourse) -> str:
    """Posts to the lesson server that announce 100 MB, send some and stay."""
    sent = 0
    with ExitStack() as stack:
        for number in range(20):
            post = stack.enter_context(socket.create_connection(("127.0.0.1", course.port), 10, (some(number), 0)))
            post.sendall(b"POST /voila/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000000\r\n\r\n")
            with suppress(OSError):
                for _ in range(64):
                    post.sendall(b"x" * 2**17)
                    sent += 2**17
    return f"hung up on after {sent / 20 / 2**20:.1f} MB each"


def half_heads(course: RunningCourse) -> str:
    """3,000 requests whose heads do not come to their end."""
    with ExitStack() as stack:
        for number in range(3000):
            half = stack.enter_context(socket.create_connection(("127.0.0.1", course.port), 10, (some(number), 0)))
            with suppress(OSError):
                half.sendall(HALF)
        for path in ("/health", f"/lessons/{LESSON}/health"):
            assert ask(course.port, "GET", path, address="127.0.0.99")[0] == 200
    return "all servers answer others"


def invented_learners(course: RunningCourse) -> str:
    """Forty cookies that nobody gave, each asking for a kernel."""
    before = len(course.kernels())
    for number in range(40):
        place = f"ws://127.0.0.1:{course.port}/lessons/{LESSON}/kernel?page=p"
        with line(place, Cookie=f"choreo_learner=invented{number}.made.this") as page:
            assert "trouble" in json.loads(page.recv(10))
    more = len(course.kernels()) - before
    assert more <= 0
    return f"{max(0, more)} kernels"


def heavy_page(course: RunningCourse) -> str:
    """A page that tells its kernel as much as it may."""
    visitor = Visitor(course)
    place = f"ws://127.0.0.1:{course.port}/lessons/{LESSON}/kernel?page=heavy"
    link = visitor.link()
    frames = [
        pack(Message({"type": "comm_msg", "comm": link, "data": {"method": "custom", "content": "x" * size}}))
        for size in (800_000, *[100_000] * 12)
    ]
    known = {kernel.pid for kernel in course.kernels()}
    with line(place, Cookie=visitor.cookie) as page:
        page.recv(10)
        with suppress(ConnectionClosed):
            page.send(frames[0])
            page.recv(5)
    with line(place, Cookie=visitor.cookie) as page:
        page.recv(10)
        mine = [kernel for kernel in course.kernels() if kernel.pid not in known]
        for frame in frames[1:]:
            page.send(frame)
        page.send(pack(Message({"type": "comm_msg", "comm": link, "data": {"method": "custom", "content": {}}})))
        heavy = max(kernel.memory_full_info().uss for kernel in mine) / 2**20
        page.send("bye")
    assert heavy < 64
    return f"closed at 128 KB; {heavy:.0f} MB after 12 of 100 KB"


def hoarding_learner(course: RunningCourse) -> str:
    """1,500 entries as long as may be, then twelve home pages at once."""
    visitor = Visitor(course)
    token = f"Bearer {visitor.cookie.partition('=')[2]}"
    entry = new_entry(LESSON, "item", "reflection", 1, {"text": "x" * 39_000}, None, datetime.now(UTC))
    body = json.dumps(to_json(entry)).encode()

    def keep(part: int) -> list[int]:
        ids = [f"{number:032x}".encode() for number in range(part, 1500, 6)]
        head = f"Host: 127.0.0.1:{course.port}\r\nAuthorization: {token}\r\nContent-Length: {len(body)}\r\n\r\n"
        post = f"POST /api/entries HTTP/1.1\r\n{head}".encode()
        return at_once(course.port, [post + body.replace(entry.id.encode(), name) for name in ids])

    with ThreadPoolExecutor(6) as pool:
        answers = [status for part in pool.map(keep, range(6)) for status in part]
        kept = answers.count(201)
        assert set(answers) == {201, 413}
        pages = pool.map(lambda _: ask(course.port, "GET", "/", Cookie=visitor.cookie)[0], range(12))
        assert set(pages) == {200}
    return f"{kept} entries are kept, the rest refused"


def wrong_codes(course: RunningCourse) -> str:
    """300 wrong resume codes from 30 addresses; then a right one from one of them."""
    headers = {"Content_Type": "application/x-www-form-urlencoded", "Origin": course.address}
    visitor = Visitor(course)
    _, made, _ = ask(course.port, "POST", "/resume/code", b"", Cookie=visitor.cookie, **headers)
    code = made["set-cookie"].split("=", 1)[1].split(";")[0]

    def resume(code: str, address: str) -> int:
        return ask(course.port, "POST", "/resume", urlencode({"code": code}).encode(), address, **headers)[0]

    answers = [resume(new_code(), some(number)) for number in range(330)]
    assert set(answers) == {400, 429}
    assert resume(code, some(0)) == 303
    return "the right code works"


def many_sessions(course: RunningCourse) -> str:
    """210 empty live sessions from 7 addresses, and then a coach."""

    def opened(address: str) -> bool:
        with socket.create_connection(("127.0.0.1", course.port), 10, (address, 0)) as made:
            place = f"ws://127.0.0.1:{course.port}/live/host"
            with connect(place, sock=made, compression=None, max_size=None) as host:
                host.send(json.dumps({"new": {"title": "x", "items": [{"activity": "pulse", "minutes": 5}]}}))
                return "opened" in json.loads(host.recv(10))

    with ThreadPoolExecutor(8) as pool:
        count = sum(pool.map(opened, (some(number % 7) for number in range(210))))
    assert opened("127.0.0.99")
    return f"{count} opened; a coach opens another"


def many_visits(course: RunningCourse) -> str:
    """800 visits to a lesson without a cookie."""
    visit = f"GET /lessons/{LESSON} HTTP/1.1\r\nHost: 127.0.0.1:{course.port}\r\n\r\n".encode()
    statuses = at_once(course.port, [visit] * 800, some(1))
    assert set(statuses) <= {303, 429}
    return "swept after seven days"


def nonsense(course: RunningCourse) -> str:
    """Frames that are none, long names and deep nesting, so that the log fills."""
    visitor = Visitor(course)
    link, deep = visitor.link(), b"[" * 100_000
    before = course.log.stat().st_size
    frames = [
        (0).to_bytes(4, "little") + len(deep).to_bytes(4, "little") + deep,
        pack(Message({"type": "x" * 100_000, "comm": "y" * 10_000})),
        pack(Message({"type": "comm_msg", "comm": link, "data": {"method": "update", "state": ["x" * 90_000]}})),
    ]
    place = f"ws://127.0.0.1:{course.port}/lessons/{LESSON}/kernel?page=nonsense"
    with line(place, Cookie=visitor.cookie) as page:
        page.recv(10)
        for frame in frames * 5:
            page.send(frame)
    grown = course.log.stat().st_size - before
    assert grown < 500_000
    return f"{grown / 1000:.0f} KB of log"


ATTACKS: list[tuple[Callable[[RunningCourse], str], str]] = [  # the attack, and what it did before
    (hostile_files, "one of 120 KB: hub still for 20 s"),
    (unfinished_posts, "98 MB held for each"),
    (half_heads, "both servers dead at 1,024 files, 18 MB of log"),
    (invented_learners, "40 kernels"),
    (heavy_page, "50 to 221 MB after 12 of 800 KB"),
    (hoarding_learner, "home pages of 25 s, 1.4 GB not given back"),
    (wrong_codes, "the right code is locked out"),
    (many_sessions, "no coach has a place for a day"),
    (many_visits, "a learner for each, for ever"),
    (nonsense, "4 MB of log by five frames"),
]
