"""Several lesson servers for one hub: the same pages from each, and pages that move from one to another."""

import asyncio
import json
import re
import shutil
import signal
import time

import psutil
import pytest
from tests.serve.course import one_lesson, own
from tests.serve.page import Lesson, Page, end
from tests.serve.several import several
from tests.serve.visitor import Visitor, fetch, go

from choreo.serve.forking.nursery import POSSIBLE
from choreo.serve.sessions import ENDED

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="this system cannot fork: each page is its server's own")

MOST = 3  # places of each server
DRAIN = 30  # seconds


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Two servers with copies of one course, made at different times; each has few places."""
    folder = tmp_path_factory.mktemp("several")
    course = one_lesson(folder / "course")
    copy = shutil.copytree(course, folder / "copy", copy_function=shutil.copyfile)
    with several(folder, course, most=5) as found:
        environ = {"CHOREO_MOST": str(MOST), "CHOREO_DRAIN": str(DRAIN)}
        found.more(1, PYTHONHASHSEED="1", **environ)
        found.more(1, copy, PYTHONHASHSEED="2", **environ)
        yield found


@pytest.fixture(scope="module")
def small(site, tmp_path_factory):
    """Two servers with one place each; more may come."""
    with several(tmp_path_factory.mktemp("small"), site.course, most=4, port=own(8520)) as found:
        found.more(2, CHOREO_MOST="1")
        yield found


class Learner(Visitor):
    """Somebody with a pass of that course's hub; of that server's own, if one is named."""

    def __init__(self, site, server=None):
        super().__init__(site)
        while server and site.own(self.cookie) != server.name:
            super().__init__(site)
        self.site = site
        self.page()
        widgets = self.widgets()
        self.card = next(id for id, one in widgets.items() if one["state"].get("kind") == "written")
        self.fields = [field["id"] for field in widgets[self.card]["state"]["face"]["fields"]]
        self.lesson = Lesson(f"/lessons/{self.lesson}", self.link(), self.record["version"])

    def new_page(self, *servers):
        """A page that asks these servers, one after another; none: that asks the door."""
        return Page([one.address for one in servers or [self.site]], self.cookie, self.lesson)

    def answer(self, text):
        return {"type": "answer", "answer": {"fields": dict.fromkeys(self.fields, text), "met": []}, "key": text}


def shown(page, learner):
    """The learner's text, as the page has it."""
    return next(iter(page.states[learner.card]["state"]["answer"]["fields"].values()))


def addresses(html):
    """What a page loads."""
    return sorted({*re.findall(r'"(/(?:parts|static)/[^"]+)"', html)})


def test_pages_and_all_that_they_load_are_the_same_from_each_server(site):
    visitor = Visitor(site)
    one, two = (server.address for server in site.servers[:2])
    for lesson in (visitor.lesson, "gallery"):
        pages = [fetch(server, f"/lessons/{lesson}/", Cookie=visitor.cookie) for server in (one, two)]
        assert pages[0][0] == 200
        assert pages[0][2] == pages[1][2]
        found = addresses(pages[0][2].decode())
        assert len(found) > 5
        for path in found:
            assert fetch(one, path)[2] == fetch(two, path)[2], path


def test_a_part_that_a_server_does_not_have_is_asked_of_the_next(site):
    status, headers, _ = fetch(site.servers[0].address, "/parts/00000000000000000000.json")
    assert (status, headers["X-Choreo-Next"]) == (503, "1")


def test_a_full_server_passes_on_who_wants_a_kernel_at_once_and_queues_who_does_not(site):
    learner = Learner(site)
    first, second = site.servers[:2]

    async def work():
        pages = [await learner.new_page(first).open() for _ in range(MOST)]
        waits = learner.new_page(first)
        line = await waits.asked("waits")
        assert json.loads(await line.read_message())["place"] == 1
        assert await waits.asked("no-room", "room") is None  # somebody is before them, too
        found = learner.new_page(first, second)
        _, line_there, states = await found.elsewhere()
        assert states[learner.lesson.link]["opened"]
        assert len(second.kernels()) == 1
        await pages[0].leave()
        assert json.loads(await line.read_message()) == {"kernel": "new"}
        for page in pages[1:]:
            await page.leave()
        for one in (line, line_there):
            await end(one)

    go(work())


def test_a_kernel_is_found_again_wherever_it_is(site):
    learner = Learner(site)
    first, second = site.servers[:2]

    async def work():
        page = await learner.new_page(second).open()
        page.doors = [first.address, second.address]
        page.line.stream.close()
        page.ready.clear()
        await page.ready.wait()
        assert len(page.kernels) == 1
        assert not first.kernels()
        await page.leave()

    go(work())


def test_pages_of_a_server_that_leaves_move_one_after_another_and_then_it_ends(site):
    (leaving,) = site.more(1, CHOREO_DRAIN=str(DRAIN))
    learner, other = Learner(site, leaving), Learner(site, leaving)

    async def work():
        pages = [await one.new_page().open() for one in (learner, other)]
        assert len(leaving.kernels()) == 2
        await pages[0].ask(learner.card, learner.answer("kept before"))
        began = time.monotonic()
        leaving.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(leaving.process.wait, 20) == 0
        assert time.monotonic() - began < DRAIN / 2  # as soon as it is empty
        assert [(page.moves, page.closed) for page in pages] == [(1, [])] * 2
        assert shown(pages[0], learner) == "kept before"
        await pages[0].ask(learner.card, learner.answer("kept afterwards"))
        assert shown(pages[0], learner) == "kept afterwards"
        for page in pages:
            await page.leave()

    go(work())


def test_a_server_that_leaves_takes_nobody_new_and_ends_at_once_when_it_is_told_twice(site):
    (leaving,) = site.more(1, CHOREO_DRAIN="60")
    learner = Learner(site)

    async def work():
        page = await learner.new_page(leaving).open()
        leaving.process.send_signal(signal.SIGTERM)
        while (line := await page.asked("new")) is not None:
            await end(line)
        for path in (f"{learner.lesson.path}/", f"{learner.lesson.path}/kernel?page=new"):
            status, headers, _ = fetch(leaving.address, path, Cookie=learner.cookie)
            assert (status, headers["X-Choreo-Next"]) == (503, "1")
        await page.ask(learner.card, {"type": "hint", "count": 1})  # where no other server is, it stays
        leaving.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(leaving.process.wait, 10) == 0
        while not page.closed:
            await asyncio.sleep(0.01)
        assert page.closed == [ENDED]
        await page.leave()

    go(work())


def test_a_page_of_a_server_that_is_killed_is_at_work_on_another_one_with_what_was_kept(site):
    (killed,) = site.more(1)
    learner = Learner(site, killed)

    async def work():
        page = await learner.new_page().open()
        assert len(killed.kernels()) == 1
        await page.ask(learner.card, learner.answer("kept"))
        killed.process.kill()
        page.ready.clear()
        async with asyncio.timeout(10):
            await page.ready.wait()
        assert len(page.kernels) == 2
        assert shown(page, learner) == "kept"
        await page.leave()

    go(work())


async def until(found, seconds=10.0):
    """Return once that is so, in time; say how long it took."""
    began = time.monotonic()
    while not found():
        assert time.monotonic() - began < seconds
        await asyncio.sleep(0.01)
    return time.monotonic() - began


async def in_a_row(site, *servers):
    """Pages that wait, one after another, each first on the server that is named; and wait on another, too."""
    pages = []
    for server in servers:
        pages.append(Learner(site, server).new_page().come())
        await until(lambda: pages[-1].place == len(pages))
        await until(lambda: len(pages[-1]._waiting.lines) >= 1)
    return pages


def test_the_queue_is_one_for_all_servers_and_who_came_first_has_the_next_place_anywhere(small):
    first, second = small.servers[:2]

    async def work():
        holding = [await Learner(small, server).new_page().open() for server in (first, second)]
        waiting = await in_a_row(small, first, first, second, first)
        took = []
        for number, freed in enumerate((holding[1], holding[0], waiting[0])):
            await freed.leave()
            took.append(await until(waiting[number].ready.is_set))
            assert [page.ready.is_set() for page in waiting] == [one <= number for one in range(4)]
            await until(lambda number=number: [page.place for page in waiting[number + 1 :]] == [*range(1, 4 - number)])
        print("seconds until the longest waiting had its kernel:", took)
        assert len(first.kernels()) == len(second.kernels()) == 1
        for page in waiting[1:]:
            await page.leave()

    go(work())


def test_the_queue_goes_on_while_no_hub_answers(small):
    first, second = small.servers[:2]
    hub = small.children[0]

    async def work():
        holding = [await Learner(small, server).new_page().open() for server in (first, second)]
        page = Learner(small, first).new_page()
        hub.send_signal(signal.SIGSTOP)
        try:
            own_line = await page.asked(page.name)
            page.ticket = json.loads(await own_line.read_message())["ticket"]
            other_line = await page.asked("elsewhere", "queue")
            assert json.loads(await other_line.read_message()) | {"ticket": ""} == {"place": 1, "ticket": ""}
            await holding[1].leave()
            assert json.loads(await other_line.read_message()) == {"kernel": "new"}
        finally:
            hub.send_signal(signal.SIGCONT)
        for line in (own_line, other_line):
            await end(line)
        await holding[0].leave()

    go(work())


def test_a_ticket_that_is_invented_or_somebody_elses_leads_before_nobody_and_on_to_no_other_server(small):
    async def work():
        holding = [await Learner(small, server).new_page().open() for server in small.servers[:2]]
        (waits,) = await in_a_row(small, small.servers[0])
        other = Learner(small).new_page(*small.servers[:2])
        for ticket in (
            "",
            "x",
            f"{waits.ticket}x",
            waits.ticket,
            "..",
            "%F0%9F%92%A5",
            "%00",
            "W10.W10.W10",
            2000 * ".",
        ):
            other.ticket = ticket
            assert await other.asked("another", "queue") is None
            line = await other.asked("another")
            assert json.loads(await line.read_message())["place"] == 2
            await end(line)
        for page in (waits, *holding):
            await page.leave()

    go(work())


def test_who_waits_on_a_server_that_leaves_keeps_the_place(small):
    (leaving,) = small.more(1, CHOREO_MOST="1", CHOREO_DRAIN="1")

    async def work():
        holding = [await Learner(small, server).new_page().open() for server in small.servers]
        waiting = await in_a_row(small, leaving, small.servers[0])
        leaving.process.send_signal(signal.SIGTERM)
        await until(lambda: holding[2].place == 3)
        told = [len(page.told) for page in waiting]
        await until(lambda: all(len(page.told) > before + 1 for page, before in zip(waiting, told, strict=True)))
        assert [page.place for page in waiting] == [1, 2]
        await holding[1].leave()
        await until(waiting[0].ready.is_set)
        assert not waiting[1].ready.is_set()
        for page in (holding[0], holding[2], *waiting):
            await page.leave()

    go(work())


def test_who_waits_on_a_server_that_is_killed_keeps_the_place_and_a_new_server_is_found(small):
    killed = small.servers[1]

    async def work():
        holding = [await Learner(small, server).new_page().open() for server in small.servers[:2]]
        waiting = await in_a_row(small, killed, small.servers[0], killed)
        killed.end()
        await until(lambda: holding[1].place == 4)  # it had a place there, and comes last
        told = [len(page.told) for page in waiting]
        await until(lambda: all(len(page.told) > before + 1 for page, before in zip(waiting, told, strict=True)))
        assert [page.place for page in waiting] == [1, 2, 3]
        await holding[0].leave()
        await until(waiting[0].ready.is_set)
        assert not waiting[1].ready.is_set()
        await asyncio.to_thread(small.more, 1, CHOREO_MOST="1")
        rest = (holding[1], *waiting[1:])
        await until(lambda: any(page.ready.is_set() for page in rest))  # whoever asks it first: it has no queue yet
        await until(lambda: sorted(page.place for page in rest) == [0, 1, 2])
        for page in (waiting[0], *rest):
            await page.leave()

    go(work())


def test_no_lesson_is_told_where_the_secret_lies_nor_may_read_it(site):
    (zygote,) = psutil.Process(site.servers[0].process.pid).children()
    environ = zygote.environ()
    assert "CHOREO_SECRET_FILE" not in environ
    assert environ["CHOREO_CLOSED"] == str(site.secret)


def test_an_interrupt_ends_a_server_at_once_also_one_that_could_leave(site):
    site.servers[0].process.send_signal(signal.SIGINT)
    assert site.servers[0].process.wait(5) == 0
