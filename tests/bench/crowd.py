"""How many learners fit: `python -m tests.bench.crowd [--quick]`. Nothing here fails; what misses its aim gets a "!".

A course of its own on loopback, and visitors without a browser, who say what a page says: they fetch the page with
their cookie, open the websocket, send what the page sends when it opens, and wait for the answer (serve/forking/wire.py).
Visitors and course share the machine, so a learner's own computer does for nothing here what this one has to do too.

Memory is PSS, summed over `choreo start` and all that came from it: both servers, the warm process, the template of each
lesson and the learners' kernels. Pages that several processes share count once.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import platform
import random
import re
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from pathlib import Path
from statistics import median

import psutil
from tests.serve.course import RunningCourse, running_course
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from choreo.serve.forking.wire import Message, pack, unpack
from choreo.serve.voila import SWEEP

LESSON = "09-choreography"
PATIENCE = 30.0  # seconds for anything that a visitor waits for
AWAY = 3.0  # seconds until the kernel of a page that left without a word ends
MIB = 2**20
AIMS = {20: 20, 100: 16}  # MiB per learner with so many open
TOGETHER = 8  # visitors who open at the same moment


@dataclass(frozen=True)
class Sizes:
    """How much of everything."""

    opens: int = 100
    few: int = 20
    many: int = 100
    class_size: int = 100
    class_seconds: float = 10
    at_once: int = 200
    most: int = 400
    rate: float = 50  # messages per second
    rate_seconds: float = 20
    visits: int = 500


QUICK = Sizes(opens=16, few=5, many=20, class_size=15, class_seconds=3, at_once=30, most=40, rate_seconds=3, visits=40)


class VisitError(Exception):
    """A visitor did not get what a learner should get; the message says what."""


@dataclass(frozen=True)
class Site:
    """The lesson server as the visitors know it."""

    address: str
    page: str  # the lesson's path
    version: str  # of the lesson's files
    parts: tuple[str, ...]  # what the page names to be loaded with it
    link: str  # the widget that opens the lesson
    card: str  # the widget of the first exercise of the wanted kind
    fields: tuple[str, ...]  # what it asks to be written, if anything

    @classmethod
    async def of(cls, course: RunningCourse, cookie: str, kind: str = "predict") -> Site:
        """Read the lesson's page once; the first to ask waits until the lesson has run."""
        address, page = course.address, f"/lessons/{LESSON}/"
        with closing(Browser(address, cookie)) as browser:
            html = (await browser.get(page)).text
            described = json.loads(re.search(r'id="choreo-page">(.*?)</script>', html, re.S)[1])
            widgets = json.loads((await browser.get(described["widgets"])).text)["state"]
        parts = re.findall(r'<(?:link|script)\b[^>]*?(?:href|src)="(/[^"]+)"', html)
        link = next(name for name, widget in widgets.items() if "trouble" in widget["state"])
        card = next(name for name, widget in widgets.items() if widget["state"].get("kind") == kind)
        fields = tuple(field["id"] for field in widgets[card]["state"]["face"].get("fields", ()))
        return cls(address, page, described["version"], tuple(dict.fromkeys(parts)), link, card, fields)


@dataclass
class Visitor:
    """One open page."""

    site: Site
    connection: WebSocketClientConnection
    answered: float = 0.0  # seconds from asking for the page to the first answer of a control
    count: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # one question at a time

    @classmethod
    async def open(cls, site: Site, cookie: str, whole: bool = False) -> Visitor:
        """Open the lesson as a page does; with all that the page names, if `whole`. Raise VisitError."""
        start = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                with closing(Browser(site.address, cookie)) as browser:
                    for path in (site.page, *(site.parts if whole else ())):
                        await browser.get(path)
                name = f"{random.getrandbits(128):032x}"
                asked = f"page={name}&version={site.version}"
                url = f"{site.address.replace('http', 'ws', 1)}{site.page}kernel?{asked}"
                request = HTTPRequest(url, headers={"Cookie": cookie, "Origin": site.address})
                visitor = cls(site, await websocket_connect(request, compression_options={}))
                try:
                    await visitor._begin()
                except BaseException:
                    visitor.connection.close()
                    raise
                visitor.answered = time.perf_counter() - start
                return visitor
        except TimeoutError as error:
            raise VisitError(f"no answer within {PATIENCE:.0f} seconds") from error
        except (OSError, EOFError) as error:
            raise VisitError(f"no connection ({error})") from error

    async def _begin(self) -> None:
        said = await self._hear()
        if said != '{"kernel": "new"}':
            raise VisitError(f"the server said {said}")
        heard = await self.ask(self.site.link, {"type": "open"})
        if not any(part["data"].get("state", {}).get("opened") for part in heard):
            raise VisitError(f"the lesson did not open: {heard}")
        await self.touch()

    async def touch(self) -> None:
        """Ask the first exercise for something, and hear its new state; raise VisitError."""
        heard = await self.ask(self.site.card, {"type": "hint", "count": 1})
        if not any("state" in part["data"].get("state", {}) for part in heard):
            raise VisitError(f"the exercise did not answer: {heard}")

    async def ask(self, widget: str, content: dict) -> list[dict]:
        """Send a custom message; all that is said until its end."""
        async with self.turn:
            self.count += 1
            data = {"method": "custom", "content": content}
            frame = {"type": "comm_msg", "comm": widget, "data": data, "metadata": {}, "id": str(self.count)}
            await self.connection.write_message(pack(Message(frame)), binary=True)
            heard = []
            while True:
                said = await self._hear()
                if isinstance(said, str):
                    raise VisitError(f"the server said {said}")
                part = unpack(said).content
                if part["type"] == "idle" and part["parent"] == str(self.count):
                    return heard
                if part["type"] != "idle":
                    heard.append(part)

    async def leave(self, word: bool = True) -> None:
        """Close the page; without a `word` to the server, as a browser that crashed."""
        if word:
            await self.connection.write_message("bye")
        self.connection.close()

    async def _hear(self) -> str | bytes:
        said = await self.connection.read_message()
        if said is None:
            raise VisitError(f"the server closed the connection ({self.connection.close_code})")
        return said


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    headers: dict[str, str]  # names in lower case
    content: bytes  # compressed, if the headers say so

    @property
    def text(self) -> str:
        """The content as it was before it was compressed."""
        zipped = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.content) if zipped else self.content).decode()


class Browser:
    """Fetches addresses of one server over one connection that stays open, with a learner's cookie."""

    def __init__(self, address: str, cookie: str = "") -> None:
        """Connect at the first request."""
        self._host, self._cookie = address.removeprefix("http://"), cookie
        self._reader: asyncio.StreamReader | None = None

    async def get(self, path: str, status: int = 200) -> Reply:
        """What is at that path, redirects not followed; raise VisitError for another status than expected."""
        if self._reader is None:
            self._reader, self._writer = await asyncio.open_connection(*self._host.split(":"))
        cookie = f"Cookie: {self._cookie}\r\n" if self._cookie else ""
        self._writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n{cookie}Accept-Encoding: gzip\r\n\r\n".encode()
        )
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
        pairs = [one.split(": ", 1) for one in reversed(lines)]  # of several cookies the first counts: the learner's
        headers = {name.lower(): value for name, value in pairs}
        if "content-length" not in headers:
            raise VisitError(f"{path} answered {first}, and does not say how much")
        reply = Reply(headers, await self._reader.readexactly(int(headers["content-length"])))
        if int(first.split()[1]) != status:
            raise VisitError(f"{path} answered {first}")
        return reply

    def close(self) -> None:
        """Close the connection."""
        if self._reader is not None:
            self._writer.close()


@dataclass
class Learners:
    """Passes from the hub, each for somebody new; and how long the hub took to send a browser on to its lesson."""

    hub: str
    passes: list[str] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)

    async def enrol(self, count: int) -> None:
        """Ask the hub for that many more."""
        for _ in range(count):
            start = time.perf_counter()
            with closing(Browser(self.hub)) as browser:
                reply = await browser.get(f"/lessons/{LESSON}", status=303)
            self.taken.append(time.perf_counter() - start)
            self.passes.append(reply.headers["set-cookie"].split(";")[0])


@dataclass(frozen=True)
class Footprint:
    """What a course holds. Sockets and open files are the lesson server's own; files are those in its scratch folder."""

    processes: int
    sockets: int
    open_files: int
    files: int
    all_pss: float  # MiB
    server_uss: float  # MiB

    @classmethod
    def of(cls, course: RunningCourse) -> Footprint:
        """Count now."""
        server = course.server("choreo.serve")
        scratch = Path(server.environ()["TMPDIR"])
        everybody = [psutil.Process(course.process.pid), *course.processes()]
        return cls(
            len(everybody),
            len(server.net_connections("all")),
            server.num_fds(),
            sum(path.is_file() for path in scratch.rglob("*")),
            sum(process.memory_full_info().pss for process in everybody) / MIB,
            server.memory_full_info().uss / MIB,
        )

    def __str__(self) -> str:
        """All numbers in one line."""
        words = ("processes", "sockets", "open files", "temporary files", "MiB in all", "MiB of the lesson server")
        values = (getattr(self, one.name) for one in fields(self))
        return ", ".join(f"{value:.0f} {word}" for value, word in zip(values, words, strict=True))


async def quiet(course: RunningCourse, kernels: int) -> float:
    """Wait until no more than so many kernels run; the seconds that took, or PATIENCE if they stay."""
    start = time.perf_counter()
    while sum(len(one.children()) for one in course.templates()) > kernels and time.perf_counter() - start < PATIENCE:
        await asyncio.sleep(0.1)
    return time.perf_counter() - start


async def side_by_side(work: Callable[[str], Awaitable[Visitor]], passes: Sequence[str]) -> list[Visitor]:
    """Do `work` for every pass, TOGETHER at a time; the visitors who came in. Says who did not."""
    waiting, done, faults = list(reversed(passes)), [], []

    async def one_after_another() -> None:
        while waiting:
            try:
                done.append(await work(waiting.pop()))
            except VisitError as error:
                faults.append(error)

    await asyncio.gather(*(one_after_another() for _ in range(TOGETHER)))
    report(faults)
    return done


def report(faults: Sequence[BaseException]) -> None:
    """Print what went wrong, each kind once."""
    kinds: dict[str, int] = {}
    for fault in faults:
        words = f"{type(fault).__name__}: {fault}"
        kinds[words] = kinds.get(words, 0) + 1
    for words, count in kinds.items():
        print(f"    {count} times {words[:300]}", flush=True)


async def everybody_leaves(visitors: Sequence[Visitor]) -> None:
    """Close all pages."""
    await asyncio.gather(*(visitor.leave() for visitor in visitors))


def share(values: Sequence[float], part: float) -> float:
    """The value below which that part of the values lies; not a number without values."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))] if values else float("nan")


def line(what: str, value: float, unit: str, most: float | None = None, least: float | None = None) -> None:
    """Print one number, with a mark if it misses its aim (NaN misses every aim)."""
    missed = (most is not None and not value <= most) or (least is not None and not value >= least)
    aim = f"at most {most:g}" if most is not None else f"at least {least:g}" if least is not None else ""
    print(f"{what:66} {value:9.1f}{'!' if missed else ' '} {unit:10} {aim}", flush=True)


async def hub(learners: Learners) -> None:
    """How fast the hub sends a browser on."""
    line("the hub's way into the lesson, somebody new: p50", 1000 * median(learners.taken), "ms")
    taken = []
    for cookie in learners.passes[:50]:
        start = time.perf_counter()
        with closing(Browser(learners.hub, cookie)) as browser:
            await browser.get(f"/lessons/{LESSON}", status=303)
        taken.append(time.perf_counter() - start)
    line("                                  somebody known: p50", 1000 * median(taken), "ms")


async def rates(course: RunningCourse, site: Site, passes: Sequence[str]) -> None:
    """How many lessons open per second, one after another and side by side."""
    start = time.perf_counter()
    for cookie in passes:
        await (await Visitor.open(site, cookie)).leave()
    line("lessons opened per second, one after another", len(passes) / (time.perf_counter() - start), "", least=12)

    async def visit(cookie: str) -> Visitor:
        visitor = await Visitor.open(site, cookie)
        await visitor.leave()
        return visitor

    start = time.perf_counter()
    done = await side_by_side(visit, passes)
    line(f"                           {TOGETHER} at a time", len(done) / (time.perf_counter() - start), "", least=12)
    await quiet(course, 0)


async def memory(course: RunningCourse, site: Site, passes: Sequence[str], few: int) -> None:
    """What one more learner takes."""
    visitors = []
    for count in (few, len(passes)):
        visitors += await side_by_side(lambda cookie: Visitor.open(site, cookie), passes[len(visitors) : count])
        held = Footprint.of(course).all_pss
        line(
            f"PSS per learner, everything included, {len(visitors)} open",
            held / len(visitors),
            "MiB",
            most=AIMS.get(len(visitors)),
        )
    line("learners per GiB", 1024 * len(visitors) / held, "", least=64 if len(visitors) >= 100 else None)
    await everybody_leaves(visitors)
    await quiet(course, 0)


async def a_class(course: RunningCourse, site: Site, passes: Sequence[str], seconds: float) -> None:
    """A class that comes within `seconds`, each with an empty browser; 0: all in the same moment."""

    async def come(number: int, cookie: str) -> Visitor:
        await asyncio.sleep(seconds * number / len(passes))
        return await Visitor.open(site, cookie, whole=True)

    came = await asyncio.gather(*(come(*each) for each in enumerate(passes)), return_exceptions=True)
    visitors = [one for one in came if isinstance(one, Visitor)]
    faults = [one for one in came if not isinstance(one, Visitor)]
    when = f"within {seconds:g} s" if seconds else "at once"
    taken = [visitor.answered for visitor in visitors]
    line(f"{len(passes)} open {when}: to the first answer of a control, p50", share(taken, 0.5), "s")
    line("        p95", share(taken, 0.95), "s", most=3 if seconds else None)
    line("        longest", max(taken, default=float("nan")), "s")
    line("        failed", len(faults), "", most=0)
    report(faults)
    await everybody_leaves(visitors)
    await quiet(course, 0)


async def a_department(course: RunningCourse, site: Site, passes: Sequence[str], sizes: Sizes) -> None:
    """All open at once, and answering; then all gone."""
    before = await rested(course)
    visitors = await side_by_side(lambda cookie: Visitor.open(site, cookie), passes)
    open_ = Footprint.of(course)
    taken, faults = [], []
    random.shuffle(visitors)
    turns = int(sizes.rate * sizes.rate_seconds)
    start = time.perf_counter()

    async def ask(turn: int) -> None:
        due = start + turn / sizes.rate
        await asyncio.sleep(due - time.perf_counter())
        try:
            async with asyncio.timeout(PATIENCE):
                await visitors[turn % len(visitors)].touch()
            taken.append(time.perf_counter() - due)
        except (VisitError, TimeoutError) as error:
            faults.append(error)

    await asyncio.gather(*(ask(turn) for turn in range(turns)))
    line(f"{len(visitors)} open: answers to {sizes.rate:g} messages per second, p50", 1000 * share(taken, 0.5), "ms")
    line("        p95", 1000 * share(taken, 0.95), "ms", most=50)
    line("        failed", len(passes) - len(visitors) + len(faults), "", most=0)
    line("        PSS per learner", open_.all_pss / max(1, len(visitors)), "MiB", most=16)
    report(faults)
    await everybody_leaves(visitors)
    await ended(course, "all closed", before)


async def coming_and_going(course: RunningCourse, site: Site, passes: Sequence[str]) -> None:
    """One page after another; every tenth leaves without a word."""
    before = await rested(course)
    start = time.perf_counter()
    faults = []
    for number, cookie in enumerate(passes):
        try:
            await (await Visitor.open(site, cookie)).leave(word=number % 10 > 0)
        except VisitError as error:
            faults.append(error)
    line(f"{len(passes)} opened and closed in turn, per second", len(passes) / (time.perf_counter() - start), "")
    line("        failed", len(faults), "", most=0)
    report(faults)
    await ended(course, f"{len(passes)} came and went", before)


async def rested(course: RunningCourse) -> Footprint:
    """What the course holds once the server has given back what it no longer needs."""
    await asyncio.sleep(SWEEP + 1)
    return Footprint.of(course)


async def ended(course: RunningCourse, when: str, before: Footprint) -> None:
    """Wait until all kernels have ended, then say what has not gone back to what it was."""
    took = await quiet(course, 0)
    after = await rested(course)
    line(f"{when}: the last kernel ended after", took, "s", most=60)
    for name in ("processes", "sockets", "open_files", "files"):
        more = getattr(after, name) - getattr(before, name)
        line(f"        more {name.replace('_', ' ')} than before", more, "", most=0)
    line("        more memory in all (PSS)", after.all_pss - before.all_pss, "MiB", most=10)
    line("        more memory of the lesson server (USS)", after.server_uss - before.server_uss, "MiB", most=5)
    print(f"        before: {before}\n        after:  {after}", flush=True)


async def measure(course: RunningCourse, sizes: Sizes) -> None:
    """Everything, in turn."""
    learners = Learners(course.address)
    await learners.enrol(max(sizes.most, sizes.at_once, sizes.class_size, sizes.opens, sizes.many, 20))
    passes = learners.passes
    site = await Site.of(course, passes[0])
    await hub(learners)
    for cookie in passes[:20]:  # what is imported and rendered once is here
        await (await Visitor.open(site, cookie, whole=True)).leave()
    await quiet(course, 0)
    print(f"a page and {len(site.parts)} parts; at rest: {Footprint.of(course)}", flush=True)
    await rates(course, site, passes[: sizes.opens])
    await memory(course, site, passes[: sizes.many], sizes.few)
    await a_class(course, site, passes[: sizes.class_size], sizes.class_seconds)
    await a_class(course, site, passes[: sizes.at_once], 0)
    await a_department(course, site, passes[: sizes.most], sizes)
    await coming_and_going(course, site, [passes[turn % len(passes)] for turn in range(sizes.visits)])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="smaller numbers, under a minute")
    sizes = QUICK if parser.parse_args().quick else Sizes()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}\n")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_course(
            Path(folder) / "data", port=8770, CHOREO_MOST=str(2 * sizes.most), CHOREO_AWAY=str(AWAY)
        ) as course,
    ):
        asyncio.run(measure(course, sizes))
    print(f"\nload after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
