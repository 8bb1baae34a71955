"""People and programs that are up to no good, against the real servers."""

import asyncio
import contextlib
import json
import socket

import psutil
import pytest
from tests.serve.course import PATIENCE, one_lesson, own, running_course
from tests.serve.visitor import LESSON, Visitor, fetch, go, opened
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from choreo.serve.forking.nursery import POSSIBLE
from choreo.serve.forking.wire import Message, pack
from choreo.serve.sessions import EACH

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="these are about forked kernels")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("abuse")
    small = one_lesson(folder / "course")
    with running_course(folder / "data", small, own(8910), log=folder / "log", CHOREO_AWAY="1") as course:
        yield course


@pytest.fixture
def visitor(course):
    visitor = Visitor(course)
    visitor.page()
    return visitor


async def still_answers(visitor):
    page = await visitor.socket("afterwards")
    assert json.loads(await page.read_message())["kernel"] in ("new", "same")
    assert (await opened(page, visitor.link()))["opened"] is True
    await page.write_message("bye")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Host": "evil.example:8911", "Origin": "http://evil.example:8911"},
    ],
)
def test_a_page_of_another_site_gets_no_kernel(visitor, headers):
    async def work():
        with pytest.raises(HTTPClientError, match="403"):
            await visitor.socket(**headers)

    go(work())


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8911", "127.0.0.1.evil.example", "", "a b", "[::1"])
def test_another_host_name_is_refused_everywhere(visitor, host):
    page = visitor.page()
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    for path in (f"/lessons/{LESSON}/", visitor.record["widgets"], style, "/health", "/nothing"):
        assert fetch(visitor.course.address, path, Cookie=visitor.cookie)[0] in (200, 404), path
        status, _, body = fetch(visitor.course.address, path, Host=host, Cookie=visitor.cookie)
        assert status in (400, 403, 404), (path, status)
        assert b"Forty names" not in body


def test_a_lesson_s_page_names_no_host_and_is_the_same_under_each(visitor):
    page, address = visitor.page(), f"/lessons/{LESSON}/"
    found = fetch(visitor.course.address, address, Host="127.0.0.7:8001", Cookie=visitor.cookie)
    assert found[2].decode() == page
    assert "connect-src blob: http://127.0.0.7:8001/lessons/ " in found[1]["Content-Security-Policy"]
    assert "127.0.0." not in page
    found = fetch(visitor.course.address, address, Host="[::1]:8001", Cookie=visitor.cookie)
    assert "connect-src blob: 'self';" in found[1]["Content-Security-Policy"]


def test_who_has_no_pass_gets_no_kernel_and_is_told_why(course, visitor):
    before = len(course.kernels())

    async def work():
        page = await visitor.socket(cookie="")
        assert "home page" in json.loads(await page.read_message())["trouble"]
        assert await page.read_message() is None
        assert page.close_code == 4001

    go(work())
    assert len(course.kernels()) == before


def test_a_page_without_a_name_gets_no_kernel(visitor):
    async def work():
        page = await visitor.socket("")
        assert "trouble" in json.loads(await page.read_message())

    go(work())


def test_an_invented_or_changed_pass_gets_no_kernel_and_is_told_why(course, visitor):
    before = len(course.kernels())
    learner, _, signature = visitor.cookie.partition("=")[2].split(".")
    passes = [f"invented{number}.made.this" for number in range(40)]
    passes += ["x", f"{learner}.AAAAAA.{signature}", visitor.cookie[:-1].partition("=")[2], f"x{learner}"]

    async def work():
        pages = [await visitor.socket(f"page-{name[:12]}", cookie=f"choreo_learner={name}") for name in passes]
        for page in pages:
            assert "Open the lesson again from the home page" in json.loads(await page.read_message())["trouble"]
            assert await page.read_message() is None
            assert page.close_code == 4001

    go(work())
    assert len(course.kernels()) <= before
    status, headers, _ = fetch(course.address, f"/lessons/{LESSON}/", Cookie=f"choreo_learner={passes[0]}")
    assert (status, headers["Location"]) == (303, f"/lessons/{LESSON}")


def test_somebody_else_s_page_name_does_not_lead_to_their_kernel(course, visitor):
    other = Visitor(course)

    async def work():
        mine = await visitor.socket("name")
        assert json.loads(await mine.read_message()) == {"kernel": "new"}
        theirs = await other.socket("name")
        assert json.loads(await theirs.read_message()) == {"kernel": "new"}
        whose = [(await opened(page, visitor.link()))["whose"] for page in (mine, theirs)]
        assert whose[0] != whose[1]

    go(work())


def test_a_renewed_pass_finds_the_same_kernel(course, visitor):
    async def work():
        page = await visitor.socket("renewed")
        await page.read_message()
        headers = fetch(course.address, "/", Cookie=visitor.cookie)[1]
        renewed = headers["Set-Cookie"].split(";")[0]
        page.close()
        again = await visitor.socket("renewed", cookie=renewed)
        assert json.loads(await again.read_message()) == {"kernel": "same"}

    go(work())


@pytest.mark.parametrize(
    "path",
    [
        "/lessons/../../etc/passwd",
        "/lessons/..%2f..%2fetc%2fpasswd",
        "/lessons/course.yaml",
        f"/lessons/{LESSON}/{LESSON}.ipynb",
        f"/lessons/{LESSON}/course.yaml",
        "/parts/../course.yaml",
        "/static/0000000000000000/client/lesson.js",
        "/static/0000000000000000/../../../pyproject.toml",
        "/api/kernels",
        "/api/contents",
        "/voila/",
        "//evil.example/",
        "/\\evil.example",
    ],
)
def test_there_is_nothing_at_other_addresses(visitor, path):
    status, headers, body = fetch(visitor.course.address, path, Cookie=visitor.cookie)
    assert status in (400, 403, 404), status
    assert "Location" not in headers
    assert b"Traceback" not in body
    assert b"root:" not in body


def test_a_lesson_that_is_not_there_has_no_kernel_and_tells_no_path(visitor):
    async def work():
        page = await visitor.socket(lesson="no-such")
        assert json.loads(await page.read_message()) == {"trouble": "There is no lesson no-such."}

    go(work())


def test_frames_that_are_junk_or_too_long_harm_nobody(visitor):
    async def work():
        page = await visitor.socket("junk")
        await page.read_message()
        for junk in (b"", b"junk", b"\xff" * 1000):
            await page.write_message(junk, binary=True)
        for text in ("", "hello", "{}", "bye!"):
            await page.write_message(text)
        assert (await opened(page, visitor.link()))["opened"] is True
        with contextlib.suppress(WebSocketClosedError):  # the server may close before all of it is written
            await page.write_message(b"x" * 2**21, binary=True)
        while await page.read_message() is not None:
            pass
        assert page.close_code in (1009, None)  # none: the reset for what was left unread overtook the word of it
        await still_answers(visitor)

    go(work())


def test_pages_that_say_nonsense_fill_no_log(course, visitor):
    deep = b"[" * 12_000
    frames = [
        (0).to_bytes(4, "little") + len(deep).to_bytes(4, "little") + deep,
        pack(Message({"type": "x" * 12_000, "comm": "y" * 12_000})),
        pack(Message({"type": "comm_msg", "comm": visitor.link(), "data": {"method": "x" * 12_000}})),
        pack(Message({"type": "comm_msg", "comm": visitor.link(), "data": {"method": "update", "state": [1] * 5_000}})),
    ]
    before = course.log.stat().st_size

    async def work():
        page = await visitor.socket("nonsense")
        await page.read_message()
        for frame in frames * 30:
            await page.write_message(frame, binary=True)
        while "opened" not in await opened(page, visitor.link()):
            pass  # answers to earlier frames come first

    go(work())
    assert course.log.stat().st_size - before < 300_000, course.log.read_text()[:5000]


def test_the_log_says_nothing_of_who_asked_for_what(course, visitor):
    before = course.log.stat().st_size
    for path, headers in (
        ("/voila/files/secret", {}),
        (f"/lessons/{LESSON}/", {"Host": "evil.example"}),
        ("/health", {}),
    ):
        fetch(visitor.course.address, path, Cookie=visitor.cookie, **headers)
    assert fetch(course.address, "/lessons/none/?who=me", Cookie=visitor.cookie)[0] == 404
    assert course.log.read_bytes()[before:] == b""


def test_one_learner_cannot_take_all_places(course, visitor):
    async def work():
        pages = [await visitor.socket(f"page-{number}") for number in range(3 * EACH)]
        for page in pages:
            assert json.loads(await page.read_message()) == {"kernel": "new"}
        while len(course.kernels()) > EACH:  # those of earlier tests' pages are ending
            await asyncio.sleep(0.1)
        assert sum(page.close_code is None for page in pages) >= EACH

    go(work())


def masked(payload):
    """A binary websocket frame as a browser sends it, with a mask that changes nothing."""
    return b"\x82" + bytes([128 + 126]) + len(payload).to_bytes(2, "big") + bytes(4) + payload


def test_a_page_that_never_reads_does_not_fill_the_server(course, visitor):
    server = course.server("choreo.serve")
    longest = max(visitor.widgets().items(), key=lambda one: len(json.dumps(one[1])))[0]
    ask = masked(pack(Message({"type": "comm_msg", "comm": longest, "id": "1", "data": {"method": "request_state"}})))
    before = server.memory_info().rss
    with socket.socket() as page:
        page.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        page.settimeout(PATIENCE)
        page.connect(("127.0.0.1", course.port))
        lines = (
            f"GET /lessons/{LESSON}/kernel?page=slow HTTP/1.1",
            f"Host: 127.0.0.1:{course.port}",
            f"Cookie: {visitor.cookie}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version: 13",
        )
        page.sendall("\r\n".join((*lines, "", "")).encode())
        said = b""
        while b'"kernel"' not in said:
            said += page.recv(4096)
        page.settimeout(2)
        with pytest.raises(TimeoutError):  # the server stops listening to whoever does not listen
            page.sendall(ask * 200_000)
        assert server.memory_info().rss - before < 50 * 2**20
    go(still_answers(visitor))


def test_who_is_forgotten_keeps_nothing_more(course):
    visitor = Visitor(course)

    async def work():
        page = await visitor.socket("forgotten")
        await page.read_message()
        await opened(page, visitor.link())
        form = {"Cookie": visitor.cookie, "Origin": course.address, "Content_Type": "application/x-www-form-urlencoded"}
        status = fetch(course.address, "/forget", "POST", **form)[0]
        assert status in (200, 303), status
        token = visitor.cookie.partition("=")[2]
        reply = fetch(course.address, f"/api/entries?lesson={LESSON}", Authorization=f"Bearer {token}")
        assert reply[0] == 401
        page.close()
        again = await visitor.socket("forgotten-again")
        await again.read_message()
        assert "Open the lesson again from the home page" in (await opened(again, visitor.link()))["trouble"]

    go(work())


def test_kernels_of_all_these_end(course):
    _, left = psutil.wait_procs(course.kernels(), timeout=30)
    assert left == []
