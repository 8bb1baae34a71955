"""Who has a kernel, who waits for one, and when one ends, when pages behave badly or come all at once."""

import asyncio
import json
import socket
import time

import psutil
import pytest
from tests.serve.test_forking import PROBE, Page, lessons, run, taken  # noqa: F401 - lessons is a fixture
from tornado.httpclient import HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import websocket_connect

from choreo.hub.limits import Rate
from choreo.hub.names import HERE
from choreo.serve.drain import Drain
from choreo.serve.forking.nursery import POSSIBLE, NurseryError
from choreo.serve.forking.wire import Message, pack
from choreo.serve.lesson_socket import LessonSocket
from choreo.serve.passes import Passes
from choreo.serve.queue import WAITING, FullError, Queue
from choreo.serve.sessions import EACH, PER_KERNEL, UNSENT, Sessions, room
from choreo.serve.stock import SIZE, StockKernels
from choreo.serve.stock import FullError as StockFullError

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="this system cannot fork: stock kernels do the work")

LOUD = (
    PROBE
    + """
class Loud(Probe):
    def answer(self, content):
        for _ in range(content["times"]):
            self.send({"long": "x" * 2**20})
        if content.get("sleep"):
            import time
            time.sleep(content["sleep"])
        if content.get("write"):
            open(content["write"], "w").close()
loud = Loud()
loud
"""
)


def said(template, name="Loud", **content):
    widget = next(id for id, one in template.recording.widgets.items() if one["state"].get("said") is not None)
    widgets = [id for id, one in template.recording.widgets.items() if "said" in one["state"]]
    data = {"method": "custom", "content": content}
    return pack(Message({"type": "comm_msg", "comm": widgets[-1] or widget, "id": "1", "data": data}))


async def settled(process, children):
    deadline = time.monotonic() + 20
    while len(process.children(recursive=True)) > children:
        assert time.monotonic() < deadline, process.children(recursive=True)
        await asyncio.sleep(0.02)


def test_a_page_name_used_again_leaves_no_kernel_behind(lessons):  # noqa: F811
    folder, write = lessons
    write("second", PROBE)

    async def work(nursery):
        sessions = Sessions(nursery, limit=10, away=0, idle=3600)
        for lesson in ("probe", "second"):
            await nursery.template(lesson)
        zygote = psutil.Process(nursery._process.pid)
        before = len(zygote.children(recursive=True))
        await sessions.begin(("learner", "page"), "probe", {})
        await sessions.begin(("learner", "page"), "second", {})
        await asyncio.gather(*(sessions.begin(("learner", "page"), "probe", {}) for _ in range(5)))
        assert sessions.open == 1
        sessions.sweep()
        await settled(zygote, before)

    run(folder, work)


def test_one_learner_has_so_many_kernels_and_the_longest_unused_ends_first(lessons):  # noqa: F811
    async def work(nursery):
        sessions = Sessions(nursery, limit=100, away=60, idle=3600)
        ended = []
        for number in range(EACH + 3):
            session = await sessions.begin(("learner", str(number)), "probe", {})
            sessions.join(session, taken, lambda code, number=number: ended.append(number))
            await sessions.begin(("somebody else", "page"), "probe", {}) if number == 0 else None
        assert ended == [0, 1, 2]
        assert sessions.open == EACH + 1
        assert sessions.found(("somebody else", "page"))
        sessions.close()

    run(lessons[0], work)


def test_who_is_about_to_have_a_kernel_takes_one_place_and_not_two(lessons):  # noqa: F811
    async def work(nursery):
        await nursery.template("probe")
        sessions = Sessions(nursery, limit=4, away=60, idle=3600)
        tickets = [object() for _ in range(4)]
        coming = []
        for ticket in tickets:
            assert sessions.place(ticket) == 0
            coming.append(asyncio.create_task(sessions.begin(("learner", str(id(ticket))), "probe", {}, ticket)))
            await asyncio.sleep(0)
        assert sessions.place(object()) == 1
        await asyncio.gather(*coming)
        sessions.close()

    run(lessons[0], work)


def test_what_a_page_said_before_it_left_is_heard_even_by_a_busy_kernel(lessons, tmp_path):  # noqa: F811
    folder, write = lessons
    write("loud", LOUD)

    async def work(nursery):
        sessions = Sessions(nursery, limit=10, away=0, idle=3600)
        template = await nursery.template("loud")
        session = await sessions.begin(("learner", "page"), "loud", {})
        sessions.join(session, taken, lambda code: None)
        kept = tmp_path / "kept"
        await sessions.hear(session, said(template, times=0, sleep=0.5))
        await sessions.hear(session, said(template, times=1))
        await sessions.hear(session, said(template, times=0, write=str(kept)))
        sessions.end(session)
        deadline = time.monotonic() + 10
        while not kept.exists():
            assert time.monotonic() < deadline, "the last word was lost"
            await asyncio.sleep(0.02)

    run(folder, work)


@pytest.mark.parametrize("away", [True, False])
def test_a_page_that_does_not_read_does_not_fill_the_server(lessons, away):  # noqa: F811
    folder, write = lessons
    write("loud", LOUD)

    async def work(nursery):
        sessions = Sessions(nursery, limit=10, away=60, idle=3600)
        template = await nursery.template("loud")
        session = await sessions.begin(("learner", "page"), "loud", {})
        got, stuck = [], asyncio.Event()

        async def slowly(frame):
            got.append(len(frame))
            await stuck.wait()

        if not away:
            sessions.join(session, slowly, lambda code: None)
        await sessions.hear(session, said(template, times=100))
        await asyncio.sleep(2)
        assert sum(got) + sum(map(len, session.unsent)) <= UNSENT + 2**21
        everything = []

        async def again(frame):
            everything.append(len(frame))

        stuck.set()
        sessions.join(session, again, lambda code: None)
        while sum(everything) + sum(got) < 100 * 2**20:
            await asyncio.sleep(0.02)
        sessions.close()

    run(folder, work)


def test_a_place_in_the_queue_is_kept_for_as_long_as_the_page_is_there():
    class Full:
        def __init__(self):
            self.queue = Queue()

        def found(self, key):
            return None

        def place(self, line, address, ticket):
            self.queue.enter(line, address, ticket)
            return 1 + [one for one, _ in self.queue].index(line)

    async def work():
        full = Full()
        address = (
            r"/lessons/(.+)/kernel",
            LessonSocket,
            {"sessions": full, "passes": Passes(None), "drain": Drain(None, 0)},
        )
        server = HTTPServer(Application([address], websocket_ping_interval=0.2, choreo_names=HERE))
        sockets = bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        url = f"ws://127.0.0.1:{sockets[0].getsockname()[1]}/lessons/x/kernel?page=p"
        page = await websocket_connect(HTTPRequest(url))
        seen = [json.loads(await page.read_message() or "null") for _ in range(3)]  # two seconds: many pings
        assert seen == [{"place": 1}] * 3
        page.close()
        while len(full.queue):
            await asyncio.sleep(0.02)
        server.stop()

    asyncio.run(asyncio.wait_for(work(), 20))


def test_a_lesson_that_never_ends_is_an_error_and_leaves_no_process(lessons):  # noqa: F811
    folder, write = lessons
    write("endless", "while True: pass")

    async def work(nursery):
        nursery._patience = 2
        with pytest.raises(NurseryError, match="endless"):
            await nursery.template("endless")
        await settled(psutil.Process(nursery._process.pid), 0)

    run(folder, work)


def test_a_lesson_that_is_not_there_costs_nothing(lessons):  # noqa: F811
    async def work(nursery):
        for number in range(5):
            with pytest.raises(NurseryError, match="There is no lesson") as caught:
                await nursery.template(f"no-{number}")
            assert str(lessons[0]) not in str(caught.value)
        assert len(nursery._making) == 0

    run(lessons[0], work)


def test_a_template_that_dies_while_many_open_costs_nobody_the_lesson(lessons):  # noqa: F811
    async def work(nursery):
        await nursery.template("probe")
        zygote = psutil.Process(nursery._process.pid)
        for _ in range(3):
            zygote.children()[0].kill()
            opened = await asyncio.gather(*(nursery.fork("probe", {}) for _ in range(12)))
            for connection, *_ in opened:
                connection.close()

    run(lessons[0], work)


def test_a_file_that_changes_while_many_open_costs_nobody_the_lesson(lessons):  # noqa: F811
    folder, write = lessons

    async def work(nursery):
        await nursery.template("probe")
        began = time.monotonic()
        for number in range(3):
            opening = [asyncio.create_task(nursery.fork("probe", {})) for _ in range(8)]
            await asyncio.sleep(0)
            write("probe", PROBE, f"{number}")
            opening += [asyncio.create_task(nursery.fork("probe", {})) for _ in range(8)]
            for connection, *_ in await asyncio.gather(*opening):
                connection.close()
        assert time.monotonic() - began < 20

    run(folder, work)


def test_a_kernel_that_takes_all_memory_gets_an_error_and_goes_on(lessons):  # noqa: F811
    folder, write = lessons
    write(
        "greedy",
        PROBE.replace(
            'if content.get("die"):',
            'if content.get("greed"):\n            bytearray(2**33)\n        if content.get("die"):',
        ),
    )

    async def work(nursery):
        template = await nursery.template("greedy")
        visitor = await Page(template, (await nursery.fork("greedy", {}))[0]).start()
        assert await visitor.ask(greed=True) is None
        assert (await visitor.ask())["pid"]

    run(folder, work)


def test_frames_with_odd_contents_leave_the_kernel_unimpressed(lessons):  # noqa: F811
    async def work(nursery):
        visitor = await Page(await nursery.template("probe"), (await nursery.fork("probe", {}))[0]).start()
        deep = b"[" * 100_000
        assert await visitor.bears(
            pack(Message({"type": "comm_msg", "comm": []})),
            pack(Message({"type": "comm_msg", "comm": visitor.widget, "data": []})),
            pack(Message({"type": "comm_msg", "comm": visitor.widget, "data": {"method": "update", "state": 3}})),
            pack(Message({"type": "comm_close", "comm": {}})),
            (0).to_bytes(4, "little") + len(deep).to_bytes(4, "little") + deep,
        )

    run(lessons[0], work)


class Counted:
    """A nursery whose kernels are sockets that nobody serves."""

    async def fork(self, lesson, environ):
        ours, self.theirs = socket.socketpair()
        KEPT.append(self.theirs)
        return ours, "version", 0


KEPT: list[socket.socket] = []


@pytest.fixture
def counted():
    return Counted()


async def over(sessions):
    """End all, as the kernels would."""
    sessions.close()
    while KEPT:
        KEPT.pop().close()
    await asyncio.gather(*sessions._tasks)


def test_one_address_leaves_places_and_the_queue_to_others(counted):
    async def work():
        sessions = Sessions(counted, limit=8, away=60, idle=3600)
        for number in range(6):
            assert sessions.place(number, "crowd") == 0
            await sessions.begin((f"learner-{number}", "page"), "probe", {}, number, "crowd")
        assert sessions.place("crowd-7", "crowd") == 1
        assert sessions.place("crowd-8", "crowd") == 2
        assert sessions.place("other", "elsewhere") == 0
        for number in range(WAITING // 2 - 2):
            sessions.place(f"more-{number}", "crowd")
        with pytest.raises(FullError):
            sessions.place("too many", "crowd")
        assert sessions.place("another", "elsewhere") == 0
        await over(sessions)

    asyncio.run(work())


def test_who_wants_a_place_at_once_comes_before_nobody_who_waits(counted):
    async def work():
        sessions = Sessions(counted, limit=4, away=60, idle=3600)
        for number in range(3):
            assert sessions.has_room("crowd")
            await sessions.begin((f"learner-{number}", "page"), "probe", {}, number, "crowd")
        assert not sessions.has_room("crowd")
        assert sessions.has_room("elsewhere")
        assert sessions.place("waits", "crowd") == 1  # for its own address's share: nobody else has to wait for that
        assert sessions.has_room("elsewhere")
        assert sessions.place("comes", "elsewhere") == 0
        assert not sessions.has_room("elsewhere")
        await over(sessions)

    asyncio.run(work())


def test_a_kernel_that_holds_much_takes_several_places_and_others_of_its_learner_end(counted, monkeypatch):
    sizes = iter([0] * EACH)
    monkeypatch.setattr("choreo.serve.sessions.held", lambda pid: next(sizes, 3 * PER_KERNEL))

    async def work():
        sessions = Sessions(counted, limit=20, away=60, idle=3600)
        ended = []
        for number in range(EACH):
            session = await sessions.begin(("learner", str(number)), "probe", {})
            sessions.join(session, taken, lambda code, number=number: ended.append(number))
        assert (sessions.open, ended) == (EACH, [])
        sessions.sweep()
        assert sessions.open <= EACH
        assert ended == list(range(len(ended)))
        assert ended
        await over(sessions)

    asyncio.run(work())


def test_a_page_that_says_very_much_is_heard_more_slowly(counted, monkeypatch):
    monkeypatch.setattr("choreo.serve.sessions.SAID", Rate(100, 1000))

    async def work():
        sessions = Sessions(counted, limit=20, away=60, idle=3600)
        session = await sessions.begin(("learner", "page"), "probe", {})
        began = time.monotonic()
        for _ in range(4):
            await sessions.hear(session, b"x" * 100)
        assert 0.25 < time.monotonic() - began < 5
        await over(sessions)

    asyncio.run(work())


def test_kernels_of_voila_s_are_bounded_in_the_same_way():
    class Manager:
        running: dict = {}  # noqa: RUF012

        def list_kernel_ids(self):
            return list(self.running)

        async def start_kernel(self, **options):
            name = f"kernel-{time.monotonic_ns()}"
            self.running[name] = options
            return name

        async def shutdown_kernel(self, name, now):
            del self.running[name]

    async def work():
        manager = Manager()
        kernels = StockKernels(manager, room=(EACH + 2) * SIZE // PER_KERNEL + 1)
        first = await kernels.manager_for("one", {}).start_kernel(env={}, path="")
        for _ in range(EACH):
            await kernels.manager_for("one", {}).start_kernel(env={}, path="")
        assert len(manager.running) == EACH
        assert first not in manager.running
        for number in range(2):
            await kernels.manager_for(f"other-{number}", {}).start_kernel(env={}, path="")
        with pytest.raises(StockFullError):
            await kernels.manager_for("one more", {}).start_kernel(env={}, path="")

    asyncio.run(work())


def test_servers_that_share_a_machine_share_its_memory():
    assert 1 <= room(4) <= room() / 3
