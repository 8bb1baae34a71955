"""A room of phones while a class opens its lessons, on one course: `python -m tests.load.beside`. It stops by itself."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.bench.crowd import Learners, Site, Visitor
from tests.hub.live.visiting import Server
from tests.load.room import Report, paced, play, spread
from tests.load.wire import Hubs
from tests.serve.course import RunningCourse, running_course

WARM = 5  # lessons that are open before the room comes: the first one has to run


async def beside(course: RunningCourse, report: Report, lessons: int, seconds: float, taps: int) -> None:
    """Play the room while `lessons` are opened within `seconds`; each stays open, and is asked for something at the end."""
    server = Server(course.data, port=course.port)
    server.process = course.server("choreo.hub")
    learners = Learners(f"http://127.0.0.1:{course.port}")
    await learners.enrol(lessons)
    site = await Site.of(course, learners.passes[0])
    open_ = [await Visitor.open(site, one, whole=True) for one in learners.passes[:WARM]]

    async def come() -> None:
        async with asyncio.TaskGroup() as group:
            async for number in paced(seconds, lessons - WARM):
                group.create_task(sit(learners.passes[WARM + number]))

    async def sit(cookie: str) -> None:
        open_.append(await Visitor.open(site, cookie, whole=True))

    async with asyncio.TaskGroup() as group:
        group.create_task(come())
        group.create_task(play(Hubs.alone(server), report, 10.0, 2.0, taps))
    for visitor in open_:
        await visitor.touch()
    report.say(f"lessons beside: {len(open_)}, first answer of a control", spread(one.answered for one in open_[WARM:]))
    for visitor in open_:
        await visitor.leave()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--lessons", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0, help="within which they are opened (%(default)s)")
    parser.add_argument("--taps", type=int, default=60, help="seconds of tapping (%(default)s)")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="choreo-beside-") as folder,
        running_course(Path(folder) / "data") as course,
    ):
        asyncio.run(beside(course, Report(options.people), options.lessons, options.seconds, options.taps))


if __name__ == "__main__":
    main()
