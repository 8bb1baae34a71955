"""How far it carries: `python -m tests.bench.scale [--servers 1 2 4] [--pages 100]`. Nothing here fails.

A course with one, two and four lesson servers behind the door, on this machine, and visitors without a browser (crowd.py), who
share its processors. What docs/operating.md reckons with: memory that a server takes before anybody comes, memory of one more
learner, and time of a processor that an opened lesson, and an answer of its kernel, cost in all processes of the course.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from tests.bench.crowd import Footprint, Learners, Site, Visitor, everybody_leaves, share, side_by_side
from tests.serve.course import RunningCourse

ANSWERS = 20  # of each open page, one after another
COLUMNS = (
    "lesson servers",
    "MiB at rest",
    "opened/s",
    "CPU ms each",
    "MiB a learner",
    "answers/s",
    "CPU ms each",
    "p95 ms",
)


def spent(course: RunningCourse) -> float:
    """Seconds of a processor that the course's processes took so far, those that have ended included."""
    times = [psutil.Process(course.process.pid).cpu_times(), *(one.cpu_times() for one in course.processes())]
    return sum(one.user + one.system + one.children_user + one.children_system for one in times)


async def measure(course: RunningCourse, pages: int) -> list[float]:
    """The columns after the first."""
    learners = Learners(course.address)
    await learners.enrol(pages + 20)
    site = await Site.of(course, learners.passes[0])
    warm = await side_by_side(lambda cookie: Visitor.open(site, cookie, whole=True), learners.passes[pages:])
    await everybody_leaves(warm)
    await asyncio.sleep(10)  # kernels end, and memory that was freed goes back
    rest = Footprint.of(course).all_pss
    before, start = spent(course), time.perf_counter()
    visitors = await side_by_side(lambda cookie: Visitor.open(site, cookie), learners.passes[:pages])
    opened, opening = time.perf_counter() - start, spent(course) - before
    more = Footprint.of(course).all_pss - rest
    before, start = spent(course), time.perf_counter()
    taken = [one for each in await asyncio.gather(*map(play, visitors)) for one in each]
    answered, answering = time.perf_counter() - start, spent(course) - before
    await everybody_leaves(visitors)
    count, answers = len(visitors), len(taken)
    return [
        rest,
        count / opened,
        1000 * opening / count,
        more / count,
        answers / answered,
        1000 * answering / answers,
        1000 * share(taken, 0.95),
    ]


async def play(visitor: Visitor) -> list[float]:
    """Seconds of each answer to a visitor who asks as soon as the one before has come."""
    taken = []
    for _ in range(ANSWERS):
        start = time.perf_counter()
        await visitor.touch()
        taken.append(time.perf_counter() - start)
    return taken


class Servers(RunningCourse):
    """A course with so many lesson servers."""

    def __init__(self, data: Path, count: int, pages: int) -> None:
        """Start it, with room for all pages at each of them."""
        self.flags = ("--lesson-servers", str(count))
        super().__init__(data, port=8790, CHOREO_MOST=str(2 * pages + 40))


def main(counts: Sequence[int], pages: int) -> None:
    """Measure with each number of lesson servers, and print a row for it."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}\n")
    print("".join(f"{name:>16}" for name in COLUMNS))
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            course = Servers(Path(folder) / "data", count, pages)
            try:
                found = asyncio.run(measure(course, pages))
            finally:
                course.stop()
        print("".join(f"{value:16.1f}" for value in (count, *found)), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--servers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--pages", type=int, default=100)
    chosen = parser.parse_args()
    main(chosen.servers, chosen.pages)
