"""What learners notice of a lesson server that is killed, and of one that leaves: `python -m tests.bench.several [--pages 100]`.

One hub and three lesson servers on loopback. So many pages without a browser, all with their kernels on the first server, have
kept an answer each; then that server is killed. When all are back, they go on asking something every two seconds or so, and the
server that has most of them is told to leave. Nothing here fails; what misses its aim gets a "!".
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.crowd import LESSON, TOGETHER, Learners, Site, line, share
from tests.serve.course import ROOT
from tests.serve.page import Lesson, Page
from tests.serve.several import LessonServer, Several, several

PATIENCE = 60.0  # seconds in which everybody must be back
DRAIN = 60.0  # seconds in which a server leaves
PAUSE = 2.0  # seconds between two things that somebody does, on the average


@dataclass
class Learner:
    """Somebody with one page."""

    page: Page
    site: Site
    took: list[float] = field(default_factory=list)  # seconds until something was answered

    async def keep(self, text: str) -> None:
        """Answer a question; return when that is kept."""
        answer = {"fields": dict.fromkeys(self.site.fields, text), "met": []}
        state = await self.page.ask(self.site.card, {"type": "answer", "answer": answer, "key": text})
        while state.get("state", {}).get("saved") != "yes":
            await asyncio.sleep(0.2)
            state = await self.page.ask(self.site.card, {"type": "save"})

    def has(self, text: str) -> bool:
        """Whether the page's kernel has that answer."""
        answer = self.page.states.get(self.site.card, {}).get("state", {}).get("answer") or {}
        return text in answer.get("fields", {}).values()

    async def play(self, until: asyncio.Event) -> None:
        """Ask for something now and then."""
        while not until.is_set():
            await asyncio.sleep(PAUSE * random.uniform(0.5, 1.5))
            asked = time.perf_counter()
            await self.page.ask(self.site.card, {"type": "hint", "count": 1})
            self.took.append(time.perf_counter() - asked)


async def come(found: Several, count: int) -> list[Learner]:
    """Learners who have their lesson open at the first server, and an answer kept."""
    passes = Learners(found.address)
    while len(passes.passes) < count:  # those whose own server is the first
        await passes.enrol(1)
        if found.own(passes.passes[-1]) != found.servers[0].name:
            passes.passes.pop()
    site = await Site.of(found, passes.passes[0], kind="written")
    lesson = Lesson(site.page.rstrip("/"), site.link, site.version)
    learners = [Learner(Page([found.address], cookie, lesson), site) for cookie in passes.passes]
    turns = asyncio.Semaphore(TOGETHER)

    async def open_one(learner: Learner) -> None:
        async with turns:
            await learner.page.open()
            await learner.keep("kept before")

    await asyncio.gather(*(open_one(learner) for learner in learners))
    return learners


async def killed(found: Several, learners: Sequence[Learner]) -> None:
    """Kill the server that has them all."""
    before = [len(learner.page.kernels) for learner in learners]
    began = time.monotonic()
    found.servers[0].process.kill()

    def back(learner: Learner, count: int) -> bool:
        return len(learner.page.kernels) > count

    while not all(map(back, learners, before)) and time.monotonic() - began < PATIENCE:
        await asyncio.sleep(0.05)
    taken = [one.page.kernels[-1] - began for one, count in zip(learners, before, strict=True) if back(one, count)]
    line(f"{len(learners)} pages of a killed server: back with their work, p50", share(taken, 0.5), "s")
    line("        p95", share(taken, 0.95), "s")
    line("        longest", max(taken, default=float("nan")), "s", most=10)
    line("        not back", len(learners) - len(taken), "", most=0)
    line("        without what they had kept", sum(not one.has("kept before") for one in learners), "", most=0)


def fullest(servers: Sequence[LessonServer]) -> LessonServer:
    """The server with most kernels."""
    return max(servers, key=lambda one: len(one.kernels()))


async def left(found: Several, learners: Sequence[Learner]) -> None:
    """Tell the server that has most of them to leave, while they are at work."""
    leaving, over = fullest(found.servers[1:]), asyncio.Event()
    count = len(leaving.kernels())
    closed = [len(learner.page.closed) for learner in learners]
    playing = [asyncio.create_task(learner.play(over)) for learner in learners]
    await asyncio.sleep(5)
    quiet = [took for learner in learners for took in learner.took]
    for learner in learners:
        learner.took.clear()
    began = time.monotonic()
    leaving.process.send_signal(signal.SIGTERM)
    await asyncio.to_thread(leaving.process.wait)
    ended = time.monotonic() - began
    over.set()
    await asyncio.gather(*playing)
    took = [one for learner in learners for one in learner.took]
    line(f"{count} pages of a server that leaves: it ended after", ended, "s", most=DRAIN)
    line("        moved unnoticed", sum(learner.page.moves for learner in learners), "", least=count)
    lines = sum(len(one.page.closed) - before for one, before in zip(learners, closed, strict=True))
    line("        moved when its time was over", lines, "", most=0)
    line("        an answer before, p95", 1000 * share(quiet, 0.95), "ms")
    line("        an answer meanwhile, p95", 1000 * share(took, 0.95), "ms")
    line("        the longest", 1000 * max(took), "ms")
    line("        without what they had kept", sum(not one.has("kept before") for one in learners), "", most=0)


async def measure(found: Several, pages: int) -> None:
    """Both, one after the other."""
    found.more(3, CHOREO_MOST=str(2 * pages), CHOREO_DRAIN=str(DRAIN))
    learners = await come(found, pages)
    await killed(found, learners)
    where = Counter(len(server.kernels()) for server in found.servers[1:])
    print(f"        now on the others: {' and '.join(map(str, where.elements()))}", flush=True)
    await left(found, learners)
    await asyncio.gather(*(learner.page.leave() for learner in learners))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pages", type=int, default=100)
    pages = parser.parse_args().pages
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}, {LESSON}\n"
    )
    with tempfile.TemporaryDirectory() as folder, several(Path(folder), ROOT, most=3) as found:
        asyncio.run(measure(found, pages))
    print(f"\nload after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
