"""Whatever is killed, nothing acknowledged is lost: `python -m tests.load.chaos --seconds 120 [--seed 1]`.

A course of its own on loopback, with PostgreSQL where there is one. Learners write through their kernels and a room votes and
taps, while `kill -9` meets, in a random order, hub, lesson server, warm process (zygote), a lesson's template, a kernel, a
backend of PostgreSQL, after which all of PostgreSQL recovers, and PostgreSQL's first process (postmaster), which is then started
again, as a system does. Who is cut off does what a page and a phone do: comes back, and says again what was not
acknowledged. At the end everybody must get through once more, and all that was acknowledged be there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
from tests.bench.crowd import LESSON, Learners, Site, VisitError, Visitor
from tests.hub.postgres import Cluster, cluster, programs
from tests.load.room import SCALE, Desk, settled
from tests.load.wire import Phone, Place, opened
from tests.serve.course import RunningCourse, arguments, own, running_course
from tornado.httpclient import HTTPError
from tornado.websocket import WebSocketClosedError

KINDS = ("hub", "lesson server", "zygote", "template", "kernel", "database", "postmaster")
PATIENCE = 90.0  # seconds in which everybody must be back at the end
PLAN = {"title": "Chaos", "items": [{"activity": "pulse", "minutes": 5}, {"activity": "flash-mob", "minutes": 15}]}
CUT = (OSError, EOFError, TimeoutError, VisitError, WebSocketClosedError, HTTPError, AssertionError)


@dataclass
class Report:
    """What was killed, and what came of it."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)  # by who said it: learners, voters
    lost: Counter[str] = field(default_factory=Counter)
    gap: dict[str, float] = field(default_factory=dict)  # the longest that one of them waited, in seconds
    away: int = 0  # people who did not get through at the end

    def __str__(self) -> str:
        """A table."""
        lines = [f"{kind:<16}{self.kills[kind]:>6} killed" for kind in KINDS]
        for who, count in self.acknowledged.items():
            told = f"{count:>6} acknowledged {self.lost[who]:>4} lost   longest gap {self.gap.get(who, 0):.1f} s"
            lines.append(f"{who:<16}{told}")
        return "\n".join([*lines, f"{'not back':<16}{self.away:>6}"])


def longest(times: Sequence[float]) -> float:
    """The longest time between two acknowledgements."""
    return max((late - early for early, late in pairwise(sorted(times))), default=0.0)


# -- who is killed -----------------------------------------------------------------------------------------------------


@dataclass
class Killer:
    """Kills processes of one course, each kind in turn, in an order of its own chance."""

    course: RunningCourse
    chance: random.Random
    report: Report
    database: Cluster | None

    async def work(self, until: float, pause: float) -> None:
        """Kill something every `pause` seconds on the average."""
        waiting: list[str] = []
        while time.monotonic() < until:
            if not waiting:  # kernels die oftener than all the rest
                waiting = [*KINDS, "kernel", "kernel"]
                self.chance.shuffle(waiting)
            await asyncio.sleep(pause * self.chance.uniform(0.5, 1.5))
            kind = waiting.pop()
            with suppress(psutil.NoSuchProcess, StopIteration):  # it is not back yet from the last time
                if victims := self.candidates(kind):
                    self.chance.choice(victims).kill()
                    self.report.kills[kind] += 1
                    if kind == "postmaster" and self.database:
                        await asyncio.to_thread(self.database.start)

    def candidates(self, kind: str) -> list[psutil.Process]:
        """The processes of a kind, just now."""
        match kind:
            case "hub":
                return [self.course.server("choreo.hub")]
            case "lesson server":
                return [self.course.server("choreo.serve")]
            case "zygote":
                return [self.course.zygote()]
            case "template":
                return self.course.templates()
            case "kernel":
                return self.course.kernels()
        if self.database is None:
            return []
        first = psutil.Process(self.database.postmaster)
        return [first] if kind == "postmaster" else backends(first)


def backends(postmaster: psutil.Process) -> list[psutil.Process]:
    """The processes that serve connections of a PostgreSQL."""
    return [one for one in postmaster.children() if any("127.0.0.1(" in part for part in arguments(one))]


# -- who writes --------------------------------------------------------------------------------------------------------


@dataclass
class Learner:
    """Writes texts into an exercise, each until it is kept."""

    cookie: str
    fields: Sequence[str]
    count: int = 0
    kept: dict[str, float] = field(default_factory=dict)  # text -> when it was acknowledged
    page: Visitor | None = None

    async def write(self, site: Site, until: float, pause: float, chance: random.Random) -> None:
        """One text after the other, whatever happens."""
        while time.monotonic() < until:
            await self.one(site)
            await asyncio.sleep(pause * chance.uniform(0.5, 1.5))

    async def one(self, site: Site) -> None:
        """Write one text, and come back with it until it is kept."""
        self.count += 1
        text = f"text {self.count}"
        answer = {"fields": dict.fromkeys(self.fields, text), "met": []}
        said: dict[str, Any] = {"type": "answer", "answer": answer, "key": text}
        while text not in self.kept:
            try:
                async with asyncio.timeout(30):
                    self.page = self.page or await Visitor.open(site, self.cookie)
                    state = shown(await self.page.ask(site.card, said))
            except CUT:
                self.leave()
                said = {"type": "answer", "answer": answer, "key": text}
                await asyncio.sleep(0.3)
                continue
            if state.get("saved") == "yes" and not state.get("error"):
                self.kept[text] = time.monotonic()
            else:  # the hub is away: the page keeps it, and asks again
                said = {"type": "save"}
                await asyncio.sleep(0.3)

    def leave(self) -> None:
        """Close the page."""
        if self.page is not None:
            self.page.connection.close()
        self.page = None


def shown(heard: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The exercise's state after what was said; raise VisitError if it said none."""
    for part in reversed(heard):
        if "state" in part["data"].get("state", {}):
            return dict(part["data"]["state"]["state"])
    raise VisitError(f"the exercise did not answer: {heard}")


class Voter(Phone):
    """A phone that comes back by itself."""

    async def stay(self) -> None:
        """Connect, as often as it is needed; the caller ends it."""
        while True:
            if self.wire is None or self.wire.transport is None:
                with suppress(*CUT):
                    await asyncio.wait_for(self.connect(), 5)
            await asyncio.sleep(0.2)

    async def talk(self, until: float, pause: float, chance: random.Random, say: Any) -> None:
        """Say something now and then; what is on its way waits for its acknowledgement."""
        while time.monotonic() < until:
            await asyncio.sleep(pause * chance.uniform(0.5, 1.5))
            if not self.out:
                self.say(say())


async def coached(port: int, host: str, what: str, **more: Any) -> dict[str, Any]:
    """Have the session do something, from a console that comes back until the hub is there."""
    end = time.monotonic() + PATIENCE
    while True:
        desk = Desk()
        try:
            desk.wire = await opened(Place(port), "/live/host", {"host": host}, desk.hear)
            await asyncio.wait_for(desk.opened, 5)
            return await asyncio.wait_for(desk.do(what, **more), 5)
        except CUT:
            if time.monotonic() > end:
                raise
            await asyncio.sleep(0.3)
        finally:
            if desk.wire is not None and desk.wire.transport is not None:
                desk.wire.transport.abort()


async def opened_room(port: int, people: int) -> tuple[str, list[Voter]]:
    """The coach's token of a new session, and who has joined it."""
    desk = Desk()
    desk.wire = await opened(Place(port), "/live/host", {"new": PLAN}, desk.hear)
    session = await desk.opened
    voters = [Voter(Place(port)) for _ in range(people)]
    for voter in voters:
        await voter.join(session["code"])
        await voter.connect()
    await desk.do("begin", item=0)
    desk.wire.transport.abort()
    return session["host"], voters


# -- all of it ---------------------------------------------------------------------------------------------------------


@dataclass
class Trial:
    """One course, its people, and how long they are disturbed."""

    course: RunningCourse
    report: Report
    chance: random.Random
    pause: float  # seconds between two texts or votes of one person

    async def run(self, killer: Killer, seconds: float, every: float, learners: int, voters: int) -> None:
        """Disturb for so long, let everybody get through once more, and look at what is there."""
        passes = Learners(self.course.address)
        await passes.enrol(learners)
        site = await Site.of(self.course, passes.passes[0], kind="written")
        writers = [Learner(cookie, site.fields) for cookie in passes.passes]
        host, room = await opened_room(self.course.port, voters)
        staying = [asyncio.create_task(voter.stay()) for voter in room]
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            group.create_task(killer.work(began + seconds, every))
            for writer in writers:
                group.create_task(writer.write(site, began + seconds, self.pause, self.chance))
            group.create_task(self._room(host, room, began, seconds))
        await self._all_back(site, writers, room)
        for task in staying:
            task.cancel()
        for voter in room:
            voter.drop()
        await self._compare_room(host, room)
        for writer in writers:
            writer.leave()
            self._compare(writer, await entries(self.course, writer.cookie))

    async def _room(self, host: str, room: Sequence[Voter], began: float, seconds: float) -> None:
        """Votes for the first half, taps for the second."""

        async def everybody(until: float, say: Any) -> None:
            await asyncio.gather(*(voter.talk(until, self.pause, self.chance, say) for voter in room))

        await everybody(began + seconds / 2, lambda: {"answer": self.chance.randrange(SCALE)})
        await settled(room)
        self.votes = [voter.n for voter in room]
        await coached(self.course.port, host, "step", to="show")
        await coached(self.course.port, host, "begin", item=1)
        end = time.monotonic() + PATIENCE
        while any(voter.view.get("run") != 2 for voter in room) and time.monotonic() < end:
            await asyncio.sleep(0.1)
        await everybody(began + seconds, lambda: {"taps": [round(1000 * time.time())]})

    async def _all_back(self, site: Site, writers: Sequence[Learner], room: Sequence[Voter]) -> None:
        """Everybody writes and taps once more, though nobody has mended anything."""
        asked = [voter.say({"taps": [round(1000 * time.time())]}) for voter in room]
        last = [asyncio.create_task(writer.one(site)) for writer in writers]
        _, missing = await asyncio.wait(last, timeout=PATIENCE)
        for task in missing:
            task.cancel()
        await settled(room)
        self.report.away = len(missing) + sum(n not in voter.acked for n, voter in zip(asked, room, strict=True))

    def _compare(self, writer: Learner, found: Counter[str]) -> None:
        self._count("learners", len(writer.kept), sum(text not in found for text in writer.kept), writer.kept.values())

    async def _compare_room(self, host: str, room: Sequence[Voter]) -> None:
        ticket = (await coached(self.course.port, host, "ticket"))["ticket"]
        log = json.loads(await fetched(self.course, f"/live/export/{ticket}/session.json"))["events"]
        (tally,) = [event["data"]["ballots"] for event in log if event["kind"] == "tally"]
        meant = Counter(voter.said[n]["answer"] for voter, n in zip(room, self.votes, strict=True) if n in voter.acked)
        missing = (meant - Counter(one["answer"] for one in tally)).total()
        taps = Counter(event["who"] for event in log if event["kind"] == "say")
        for voter, n in zip(room, self.votes, strict=True):
            good = voter.acked.keys() - voter.refused.keys()
            missing += max(0, sum(one > n for one in good) - taps[voter.who])
            self._count("voters", len(good), 0, voter.acked.values())
        self.report.lost["voters"] += missing

    def _count(self, who: str, acknowledged: int, lost: int, times: Any) -> None:
        self.report.acknowledged[who] += acknowledged
        self.report.lost[who] += lost
        self.report.gap[who] = max(self.report.gap.get(who, 0.0), longest(list(times)))


async def entries(course: RunningCourse, cookie: str) -> Counter[str]:
    """The texts that the hub has of a learner."""
    token = cookie.partition("=")[2]
    kept = json.loads(await fetched(course, f"/api/entries?lesson={LESSON}", f"Authorization: Bearer {token}\r\n"))
    return Counter(next(iter(one["answer"]["fields"].values())) for one in kept["entries"] if "fields" in one["answer"])


async def fetched(course: RunningCourse, path: str, more: str = "") -> bytes:
    """What the hub answers."""
    reader, writer = await asyncio.open_connection("127.0.0.1", course.port)
    with closing(writer):  # also where the server is killed meanwhile
        writer.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{course.port}\r\n{more}\r\n".encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    assert b" 200 " in head.splitlines()[0], head
    return body


@contextmanager
def database() -> Iterator[Cluster | None]:
    """A PostgreSQL; None where there is none, and then the course has its file."""
    found = programs()
    with cluster(found) if found else nullcontext() as running:
        yield running


def trial(seconds: float, seed: int, learners: int, voters: int, every: float, pause: float = 1.0) -> Report:
    """Everything, from the start of the course to the table."""
    report, chance = Report(), random.Random(seed)
    with (
        tempfile.TemporaryDirectory(prefix="choreo-chaos-") as folder,
        database() as found,
        running_course(Path(folder), port=own(8900), CHOREO_DATABASE=found.url if found else "") as course,
    ):
        killer = Killer(course, random.Random(seed), report, found)
        asyncio.run(Trial(course, report, chance, pause).run(killer, seconds, every, learners, voters))
    return report


def main() -> None:
    """Print the table; fail if something acknowledged was lost, or somebody did not come back."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--learners", type=int, default=50)
    parser.add_argument("--voters", type=int, default=30)
    parser.add_argument("--every", type=float, default=4.0, help="seconds between two kills (%(default)s)")
    options = parser.parse_args()
    report = trial(options.seconds, options.seed, options.learners, options.voters, options.every, pause=2.0)
    print(report)
    sys.exit(bool(report.lost.total() or report.away))


if __name__ == "__main__":
    main()
