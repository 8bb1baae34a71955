"""Forks of a lesson that has run, over the sockets that the lesson server uses."""

import asyncio
import gc
import json
import os
import signal
import subprocess
import sys
from typing import ClassVar

import nbformat
import psutil
import pytest

from choreo.serve.forking.nursery import POSSIBLE, Nursery, NurseryError
from choreo.serve.forking.wire import Message, pack, unpack
from choreo.serve.sessions import Sessions

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="this system cannot fork: stock kernels do the work")

# Every widget answers a custom message with what it sees of its process.
PROBE = """
import os, random, sys
import ipywidgets, numpy as np, traitlets
from ipywidgets import DOMWidget

class Probe(DOMWidget):
    said = traitlets.Unicode().tag(sync=True)
    def __init__(self):
        super().__init__()
        self.on_msg(lambda _, content, __: self.answer(content))
        self.kept = []
    def answer(self, content):
        if content.get("keep"):
            self.kept.append(content["keep"])
        if content.get("raise"):
            raise ValueError("broken on purpose")
        if content.get("die"):
            os._exit(3)
        links = [os.path.join("/proc/self/fd", fd) for fd in os.listdir("/proc/self/fd")]
        sockets = [link for link in links if os.path.islink(link) and "socket" in os.readlink(link)]
        self.send({
            "cookie": os.environ.get("HTTP_COOKIE", ""), "kept": self.kept, "sockets": len(sockets), "pid": os.getpid(),
            "random": random.random(), "numpy": float(np.random.random()), "own": float(np.random.default_rng().random()),
        })
probe = Probe()
probe
"""


@pytest.fixture
def lessons(tmp_path):
    folder = tmp_path / "lessons"
    folder.mkdir()

    def write(name, *sources):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        nbformat.write(notebook, folder / f"{name}.ipynb")

    write("probe", PROBE)
    return folder, write


class Page:
    """What a page does: talk to its kernel's first widget."""

    opened: ClassVar[list["Page"]] = []

    def __init__(self, template, connection):
        widgets = template.recording.widgets.items()
        self.widget = next(id for id, one in widgets if "said" in one["state"] or one["model_name"] == "ButtonModel")
        self.connection = connection

    async def start(self):
        self.reader, self.writer = await asyncio.open_connection(sock=self.connection)
        Page.opened.append(self)
        return self

    def say(self, **content):
        data = {"method": "custom", "content": content}
        frame = pack(Message({"type": "comm_msg", "comm": self.widget, "id": "1", "data": data}))
        self.writer.write(len(frame).to_bytes(4, "little") + frame)

    async def hear(self):
        length = int.from_bytes(await self.reader.readexactly(4), "little")
        return unpack(await self.reader.readexactly(length)).content

    async def ask(self, **content):
        self.say(**content)
        answer = None
        while (heard := await self.hear())["type"] != "idle":
            if heard["data"].get("method") == "custom":
                answer = heard["data"]["content"]
        return answer

    async def bears(self, *frames):
        """Send each as it is; whether the kernel still answers."""
        for frame in frames:
            self.writer.write(len(frame).to_bytes(4, "little") + frame)
        self.say()
        while (heard := await self.hear())["type"] == "idle":
            pass
        return bool(heard["data"]["content"]["pid"])

    async def gone(self):
        return await self.reader.read() == b""


def run(lessons, work):
    """Do async `work(nursery)` with a nursery of its own."""

    async def whole():
        nursery = Nursery(lessons, lessons.parent / "exercises")
        try:
            await asyncio.wait_for(work(nursery), 60)
        finally:
            for page in Page.opened:
                page.writer.close()
                await page.writer.wait_closed()
            Page.opened.clear()
            if others := asyncio.all_tasks() - {asyncio.current_task()}:  # listen until the kernels have ended
                await asyncio.wait(others, timeout=20)
            nursery.close()

    asyncio.run(whole())


async def taken(_frame):
    """A page that takes everything."""


async def page(nursery, lesson="probe", **environ):
    return await Page(await nursery.template(lesson), (await nursery.fork(lesson, environ))[0]).start()


def test_nothing_goes_from_one_learner_to_another(lessons):
    async def work(nursery):
        one = await page(nursery, HTTP_COOKIE="choreo_learner=one")
        first = await one.ask(keep="a secret")
        other = await page(nursery, HTTP_COOKIE="choreo_learner=other")
        second = await other.ask()
        assert (first["cookie"], second["cookie"]) == ("choreo_learner=one", "choreo_learner=other")
        assert (first["kept"], second["kept"]) == (["a secret"], [])
        third = await (await page(nursery)).ask()
        assert third["cookie"] == ""
        for stream in ("random", "numpy", "own"):
            assert len({answer[stream] for answer in (first, second, third)}) == 3, stream
        own_and_event_loop = 3  # and no other learner's, nor those of the processes that it came from
        assert [answer["sockets"] for answer in (first, second, third)] == [own_and_event_loop] * 3

    run(lessons[0], work)


def test_widgets_have_the_same_ids_at_every_run_so_that_a_page_finds_them_again(lessons):
    seen = []

    async def work(nursery):
        seen.append(sorted((await nursery.template("probe")).recording.widgets))

    run(lessons[0], work)
    run(lessons[0], work)
    assert seen[0] == seen[1] != []


def test_an_exception_in_a_component_does_not_end_the_kernel(lessons):
    async def work(nursery):
        visitor = await page(nursery)
        assert await visitor.ask(**{"raise": True}) is None
        assert (await visitor.ask())["pid"]

    run(lessons[0], work)


def test_bytes_that_are_no_message_leave_the_kernel_unimpressed(lessons):
    async def work(nursery):
        visitor = await page(nursery)
        assert await visitor.bears(
            b"",
            b"junk",
            b"\xff" * 64,
            pack(Message({"type": "execute_request", "code": "1"})),
            b"\x00\x00\x00\x00\x02\x00\x00\x00[]",
        )

    run(lessons[0], work)


def test_a_template_that_died_is_replaced_for_the_next_visitor(lessons):
    async def work(nursery):
        first = await page(nursery)
        template = psutil.Process((await first.ask())["pid"]).parent()
        os.kill(template.pid, signal.SIGKILL)
        template.wait(10)
        assert (await (await page(nursery)).ask())["pid"]
        assert (await first.ask())["pid"]  # who was there before goes on

    run(lessons[0], work)


def test_a_warm_process_that_died_is_replaced_for_the_next_lesson(lessons):
    folder, write = lessons

    async def work(nursery):
        await page(nursery)
        nursery._process.kill()
        nursery._process.wait()
        write("second", PROBE)
        assert (await (await page(nursery, "second")).ask())["pid"]
        assert (await (await page(nursery)).ask())["pid"]

    run(folder, work)


def test_a_changed_lesson_is_run_anew(lessons):
    folder, write = lessons

    async def work(nursery):
        before = await nursery.template("probe")
        assert await nursery.template("probe") is before
        write("probe", "print('something else')")
        after = await nursery.template("probe")
        assert after.recording.outputs[0][0]["text"] == "something else\n"

    run(folder, work)


def test_a_lesson_runs_beside_its_notebook_and_anew_when_a_file_there_that_it_reads_changes(lessons):
    folder, write = lessons
    (folder / "helper_of_probe.py").write_text("NAME = 'one'\n")
    (folder / "data.csv").write_text("1")
    write("probe", "import os, helper_of_probe\nprint(helper_of_probe.NAME, open('data.csv').read(), os.getcwd())")

    async def work(nursery):
        def shown(template):
            return template.recording.outputs[0][0]["text"]

        before = await nursery.template("probe")
        assert shown(before) == f"one 1 {folder}\n"
        (folder / "data.csv").write_text("22")
        after = await nursery.template("probe")
        assert shown(after) == f"one 22 {folder}\n"
        (folder / "helper_of_probe.py").write_text("NAME = 'two'\n")
        assert shown(await nursery.template("probe")) == f"two 22 {folder}\n"
        assert len({before.version, after.version}) == 2

    run(folder, work)


def test_what_a_cell_shows_anew_after_opening_is_said_to_the_page(lessons):
    folder, write = lessons
    source = """
import ipywidgets as widgets
from IPython.display import HTML, display
handle = display(HTML("before"), display_id="one")
out = widgets.Output()
button = widgets.Button()
@out.capture()
def act(_):
    print("heard")
    handle.update(HTML("after"))
button.on_click(act)
widgets.VBox([button, out])
"""
    write("shown", source)

    async def work(nursery):
        kernel = await page(nursery, "shown")
        kernel.say(event="click")
        said = []
        while not said or said[-1]["type"] != "idle":
            said.append(await kernel.hear())
        forms = [one["form"] for one in said if one["type"] == "display"]
        assert forms == [{"html": "after", "display": "one"}]
        outputs = [one["data"]["state"]["outputs"] for one in said if "outputs" in one.get("data", {}).get("state", {})]
        assert "heard" in outputs[-1][0]["html"]

    run(folder, work)


def test_a_changed_lesson_that_does_not_run_leaves_the_one_before_with_a_note(lessons, caplog):
    folder, write = lessons

    async def work(nursery):
        write("probe", "print('well')")
        good = await nursery.template("probe")
        for source, fault in (("1 / 0", "division by zero"), (None, "is not a notebook")):
            write("probe", source) if source else (folder / "probe.ipynb").write_text("{")
            assert await nursery.template("probe") is good
            assert fault in good.note
            assert await nursery.template("probe") is good  # and is not tried again
        assert caplog.text.count("until this is mended") == 2
        write("probe", "print('mended')")
        mended = await nursery.template("probe")
        assert mended.recording.outputs[0][0]["text"] == "mended\n"
        assert mended.note == ""

    run(folder, work)


def test_a_cell_that_raises_shows_its_error_and_the_others_run(lessons):
    folder, write = lessons
    write("broken", "1 / 0", "print('still here')")

    async def work(nursery):
        outputs = (await nursery.template("broken")).recording.outputs
        assert outputs[0][0]["ename"] == "ZeroDivisionError"
        assert outputs[1][0]["text"] == "still here\n"

    run(folder, work)


def test_a_notebook_that_is_none_is_an_error_that_names_it(lessons):
    folder, _ = lessons
    (folder / "torn.ipynb").write_text('{"cells": [')

    async def work(nursery):
        with pytest.raises(NurseryError, match="torn"):
            await nursery.template("torn")
        assert (await (await page(nursery)).ask())["pid"]  # the others are not harmed

    run(folder, work)


@pytest.mark.parametrize("over", [True, False])
def test_a_lesson_that_cannot_be_run_because_the_server_has_ended_is_nobody_s_news(over):
    broken = "raise PermissionError(13, 'Permission denied', 'scratch')"
    code = f"""
import socket
from pathlib import Path
from choreo.serve.forking import zygote
def record(*_): {broken}
zygote.record = record
ours, theirs = socket.socketpair()
if {over}: ours.close()
zygote._be_template(theirs, Path("lesson.ipynb"), 60)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert (done.stderr == "") == over
    assert ("could not be run" in done.stderr) != over


def test_kernels_of_pages_that_left_end_and_nothing_stays(lessons):
    async def work(nursery):
        sessions = Sessions(nursery, limit=10, away=0, idle=3600)
        await nursery.template("probe")
        me, zygote = psutil.Process(), psutil.Process(nursery._process.pid)
        gc.collect()  # what earlier tests left open would close meanwhile
        before = (len(zygote.children(recursive=True)), me.num_fds())
        for number in range(25):
            session = await sessions.begin(("learner", str(number)), "probe", {})
            sessions.join(session, taken, lambda code: None)
            sessions.part(session)
            sessions.sweep()
        assert sessions.open == 0
        while (len(zygote.children(recursive=True)), me.num_fds()) != before:  # ends by the run's own time limit
            await asyncio.sleep(0.01)

    run(lessons[0], work)


def test_a_page_that_comes_back_finds_its_kernel_and_what_was_said_meanwhile(lessons):
    async def work(nursery):
        sessions = Sessions(nursery, limit=10, away=60, idle=3600)
        template = await nursery.template("probe")
        widget = Page(template, None).widget
        session = await sessions.begin(("learner", "page"), "probe", {})
        data = {"method": "custom", "content": {"keep": "before"}}
        await sessions.hear(session, pack(Message({"type": "comm_msg", "comm": widget, "id": "1", "data": data})))
        while not any(unpack(frame).content["type"] == "idle" for frame in session.unsent):
            await asyncio.sleep(0)
        heard = []

        async def hear(frame):
            heard.append(unpack(frame).content)

        again = sessions.found(("learner", "page"))
        sessions.join(again, hear, lambda code: None)
        while not heard:
            await asyncio.sleep(0)
        assert heard[0]["data"]["content"]["kept"] == ["before"]
        assert sessions.found(("somebody else", "page")) is None
        sessions.close()

    run(lessons[0], work)


def test_a_full_course_keeps_places_in_the_order_of_coming(lessons):
    async def work(nursery):
        sessions = Sessions(nursery, limit=1, away=60, idle=3600)
        first, second, third = object(), object(), object()
        assert sessions.place(first) == 0
        session = await sessions.begin(("a", "1"), "probe", {})
        sessions.queue.leave(first)
        assert (sessions.place(second), sessions.place(third)) == (1, 2)
        sessions.queue.leave(second)
        assert sessions.place(third) == 1
        sessions.end(session)
        assert sessions.place(third) == 0

    run(lessons[0], work)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_fork_shares_most_of_its_memory(lessons):
    async def work(nursery):
        visitors = [await page(nursery) for _ in range(5)]
        pids = [(await visitor.ask())["pid"] for visitor in visitors]
        for pid in pids:
            memory = psutil.Process(pid).memory_full_info()
            assert memory.uss < memory.rss / 3, memory

    run(lessons[0], work)


def test_the_recording_is_what_a_page_can_read():
    message = Message({"a": "ü", "n": 1.5}, [b"", b"\x00\x01"])
    again = unpack(pack(message))
    assert json.loads(json.dumps(again.content)) == message.content
    assert [bytes(buffer) for buffer in again.buffers] == [b"", b"\x00\x01"]
