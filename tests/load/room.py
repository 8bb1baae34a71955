"""A room of phones against a hub of its own: `python -m tests.load.room --people 1000`. It stops by itself.

With `--nginx` against two hubs on one PostgreSQL, through nginx with TLS.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
from tests.hub.live.visiting import serving
from tests.load.behind_nginx import behind_nginx
from tests.load.wire import Hubs, Phone, Place, Wire, asked, opened

PLAN = {
    "title": "A room under load",
    "items": [
        {"activity": "pulse", "minutes": 5},
        {"activity": "flash-mob", "minutes": 15},
        {"activity": "pulse", "minutes": 5},
    ],
}
SCALE = 5
LONGEST_WAIT = 60.0  # seconds for what must come in the end


@dataclass
class Report:
    """What was lost, and how long things took."""

    people: int
    lost: int = 0  # acknowledged, and not in the log
    doubled: int = 0  # in the log more often than said
    unanswered: int = 0
    refused: int = 0
    figures: dict[str, str] = field(default_factory=dict)

    def say(self, what: str, figure: str) -> None:
        self.figures[what] = figure
        print(f"{what:<44} {figure}", flush=True)


class Desk:
    """The coach's line and the projector's."""

    def __init__(self) -> None:
        self.opened: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.counts: list[tuple[float, int]] = []  # when the room saw how many answers
        self.wire: Wire | None = None
        self._n = 0
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}

    def hear(self, text: str) -> None:
        message = json.loads(text)
        if "opened" in message:
            self.opened.set_result(message["opened"] | {"process": message.get("process", "")})
        elif (n := message.get("done", message.get("refused"))) in self._waiting:
            self._waiting.pop(n).set_result(message)

    def see(self, text: str) -> None:
        scene = json.loads(text).get("screen", {}).get("scene")
        facts = dict(map(tuple, scene["facts"])) if scene else {}
        if str(facts.get("answers", "")).isdigit():
            self.counts.append((time.monotonic(), int(facts["answers"])))

    async def do(self, what: str, **more: Any) -> dict[str, Any]:
        assert self.wire is not None
        self._n += 1
        done = self._waiting[self._n] = asyncio.get_running_loop().create_future()
        self.wire.send({"n": self._n, "do": what, **more})
        answer = await asyncio.wait_for(done, LONGEST_WAIT)
        assert "done" in answer, answer
        return answer


@asynccontextmanager
async def opened_session(place: Place) -> AsyncIterator[tuple[Desk, dict[str, Any]]]:
    desk = Desk()
    desk.wire = await opened(place, "/live/host", {"new": PLAN}, desk.hear)
    session = await desk.opened
    there = replace(place, process=session["process"])
    screen = await opened(there, "/live/screen/socket", {"screen": session["screen"]}, desk.see)
    try:
        yield desk, session
    finally:
        for wire in (screen, desk.wire):
            if wire.transport is not None:
                wire.transport.abort()


def spread(seconds: Iterable[float]) -> str:
    found = sorted(seconds)
    if not found:
        return "none"
    p95 = found[min(len(found) - 1, int(0.95 * len(found)))]
    return f"median {1000 * statistics.median(found):.0f} ms, p95 {1000 * p95:.0f} ms, most {1000 * found[-1]:.0f} ms"


async def settled(phones: Sequence[Phone]) -> None:
    """Wait until everything is acknowledged."""
    end = time.monotonic() + LONGEST_WAIT
    while any(phone.out for phone in phones) and time.monotonic() < end:
        await asyncio.sleep(0.05)


async def paced(seconds: float, count: int) -> AsyncIterator[int]:
    """The numbers up to `count`, evenly within so many seconds."""
    began = time.monotonic()
    for number in range(count):
        await asyncio.sleep(max(0.0, began + seconds * number / count - time.monotonic()))
        yield number


@dataclass
class Meter:
    """The hub's process time and memory."""

    process: psutil.Process
    began: float = field(default_factory=time.monotonic)
    cpu: float = 0.0

    def __post_init__(self) -> None:
        self.cpu = self._cpu()

    def _cpu(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def share(self) -> str:
        """The share of one core since this was asked last."""
        cpu, now = self._cpu(), time.monotonic()
        share = (cpu - self.cpu) / (now - self.began)
        self.cpu, self.began = cpu, now
        return f"{share:.0%} of a core"

    def memory(self) -> float:
        return float(self.process.memory_info().rss) / 1024


async def play(hubs: Hubs, report: Report, join: float, spike: float, taps: int) -> None:
    """All of it."""
    people = report.people
    phones = [Phone(hubs.place) for _ in range(people)]
    async with opened_session(hubs.place) as (desk, session):
        meter = Meter(psutil.Process(hubs.processes[session["process"]]))
        before = meter.memory()
        await _join(phones, session["code"], report, join)
        report.say("join wave: hub", meter.share())
        report.say("memory per phone", f"{(meter.memory() - before) / people:.1f} KB")
        await _vote(phones, desk, report, spike)
        report.say("vote spike: hub", meter.share())
        await desk.do("begin", item=1)
        meter.share()
        await _tap(phones, report, taps)
        report.say("taps: hub", meter.share())
        await desk.do("begin", item=2)
        await _drop(phones, report)
        report.say("all dropped and back: hub", meter.share())
        report.say("memory per phone, at the end", f"{(meter.memory() - before) / people:.1f} KB")
        await desk.do("step", to="show")
        ticket = (await desk.do("ticket"))["ticket"]
        await _compare(phones[0].place, ticket, phones, report, taps)
        for phone in phones:
            phone.drop()


async def _join(phones: Sequence[Phone], code: str, report: Report, seconds: float) -> None:
    joins: list[float] = []
    lines: list[float] = []

    async def come(phone: Phone) -> None:
        joins.append(await phone.join(code))
        lines.append(await phone.connect())

    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        async for number in paced(seconds, len(phones)):
            group.create_task(come(phones[number]))
    report.say(f"join wave: {len(phones)} in {time.monotonic() - began:.1f} s", spread(joins))
    report.say("join and first view", spread(a + b for a, b in zip(joins, lines, strict=True)))


async def _vote(phones: Sequence[Phone], desk: Desk, report: Report, seconds: float) -> None:
    await desk.do("begin", item=0)
    while any(phone.view.get("state") != "activity" for phone in phones):
        await asyncio.sleep(0.02)
    desk.counts.clear()
    chance = random.Random(7)
    async for number in paced(seconds, len(phones)):
        phones[number].say({"answer": chance.randrange(SCALE)})
    await settled(phones)
    await asyncio.sleep(0.6)
    report.say(
        f"vote spike: {len(phones)} in {seconds:.0f} s", spread(phone.took[1] for phone in phones if 1 in phone.took)
    )
    ranked = sorted((phone.acked[1], phone.sent[1]) for phone in phones if 1 in phone.acked)
    seen = []
    for rank, (_, sent) in enumerate(ranked, 1):
        seen.append(next((at - sent for at, count in desk.counts if count >= rank), LONGEST_WAIT))
    report.say("from the vote until the room shows it", spread(seen))
    report.lost += len(phones) - max((count for _, count in desk.counts), default=0)
    report.doubled += max(0, max((count for _, count in desk.counts), default=0) - len(phones))


async def _tap(phones: Sequence[Phone], report: Report, seconds: int) -> None:
    async for number in paced(seconds, seconds * len(phones)):
        phone = phones[number % len(phones)]
        phone.say({"taps": [round(1000 * time.time()) + number // len(phones) % 2]})
    await settled(phones)
    took = [phone.took[n] for phone in phones for n in range(2, 2 + seconds) if n in phone.took]
    report.say(f"1 tap a second from each for {seconds} s", spread(took))


async def _drop(phones: Sequence[Phone], report: Report) -> None:
    """All lines break while everybody is answering; what was not acknowledged is said again."""
    while any(phone.view.get("run") != 3 for phone in phones):
        await asyncio.sleep(0.02)
    chance = random.Random(9)
    for number, phone in enumerate(phones):
        phone.say({"answer": chance.randrange(SCALE)})
        if number % 100 == 0:
            await asyncio.sleep(0.01)
    for phone in phones:
        phone.drop()
    await asyncio.sleep(0.2)
    for phone in phones:
        phone.say({"answer": chance.randrange(SCALE)})  # said without a line
    back = await asyncio.gather(*(phone.connect() for phone in phones))
    report.say("all dropped at once: back with a view", spread(back))
    await settled(phones)


async def _compare(place: Place, ticket: str, phones: Sequence[Phone], report: Report, taps: int) -> None:
    """What is in the log against what was acknowledged."""
    log = (await asked(place, "GET", f"/live/export/{ticket}/session.json"))[1]["events"]
    assert [event["number"] for event in log] == list(range(1, len(log) + 1))
    assert all(one["at"] <= two["at"] for one, two in pairwise(log))
    said: dict[str, int] = {}
    for event in log:
        if event["kind"] == "say":
            said[event["who"]] = said.get(event["who"], 0) + 1
    for phone in phones:
        acknowledged = sum(1 < n < 2 + taps and n not in phone.refused for n in phone.acked)
        report.lost += max(0, acknowledged - said.get(phone.who, 0))
        report.doubled += max(0, said.get(phone.who, 0) - taps)
    tallies = [event["data"]["ballots"] for event in log if event["kind"] == "tally"]
    for tally, n in zip(tallies, (1, 3 + taps), strict=True):  # of two answers to the second question the last counts
        found, meant = Counter(one["answer"] for one in tally), Counter(phone.said[n]["answer"] for phone in phones)
        report.lost += (meant - found).total()
        report.doubled += (found - meant).total()
    report.unanswered = sum(len(phone.out) for phone in phones)
    report.refused = sum(len(phone.refused) for phone in phones)
    report.say("events in the log", str(len(log)))
    report.say(
        "lost, doubled, unanswered, refused", f"{report.lost}, {report.doubled}, {report.unanswered}, {report.refused}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--join", type=float, default=10.0, help="seconds within which all join (%(default)s)")
    parser.add_argument("--spike", type=float, default=2.0, help="seconds within which all vote (%(default)s)")
    parser.add_argument("--taps", type=int, default=60, help="seconds of tapping (%(default)s)")
    parser.add_argument(
        "--nginx", action="store_true", help="two hubs on PostgreSQL behind nginx with TLS, under a path"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="choreo-load-") as folder, ExitStack() as stack:
        if options.nginx:
            hubs = stack.enter_context(behind_nginx(Path(folder)))
        else:
            hubs = Hubs.alone(stack.enter_context(serving(Path(folder))))
        asyncio.run(play(hubs, Report(options.people), options.join, options.spike, options.taps))


if __name__ == "__main__":
    main()
