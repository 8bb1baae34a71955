"""A plan from beginning to end, with a room full of phones that nobody holds: what was lost, and how long things took."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from choreo.authoring.phones import JoinError, Phone, Said, Spoken, get
from choreo.live.activities import activities
from choreo.live.activity import FEWEST
from choreo.live.plan import Plan, PlanError, read_plan
from choreo.live.ready_made import ready_made
from choreo.serve.places import private_ports
from choreo.serve.running import Child, Stop

AT_ONCE = 100  # phones that join at the same time
QUIET = 5.0  # seconds without anything happening after which a step counts as done
LONGEST = 32 * 2**20  # bytes of what the hub tells the coach


class RehearsalError(Exception):
    """No rehearsal took place; the message says why."""


@dataclass
class Result:
    """How one activity went."""

    title: str
    seconds: float
    said: list[Said] = field(default_factory=list)
    pooled: Callable[[list[Mapping[str, Any]]], Sequence[Mapping[str, Any]]] = (
        list  # what of sealed ballots the log holds
    )
    lost: int = 0  # acknowledged, and not in the log
    doubled: int = 0  # more often in the log than it was said

    def row(self) -> list[str]:
        """The activity as a line of the table."""
        times = [one.seconds for one in self.said if one.seconds is not None and not one.refused]
        refused = sum(bool(one.refused) for one in self.said)
        silent = sum(one.seconds is None for one in self.said)
        spread = [_ms(times, share) for share in (0.5, 0.95, 1.0)]
        counts = [len(self.said), len(times), refused, silent, self.lost, self.doubled]
        return [self.title, f"{self.seconds:.0f} s", *map(str, counts), *spread]


HEAD = ("activity", "took", "said", "kept", "refused", "no answer", "lost", "doubled", "median", "95 %", "slowest")


@dataclass
class Report:
    """How a rehearsal went."""

    people: int
    joins: Sequence[float]
    results: Sequence[Result]
    returns: int

    @property
    def well(self) -> bool:
        """Whether nothing was lost or doubled, and everything was answered."""
        unanswered = sum(one.seconds is None for result in self.results for one in result.said)
        return not any(result.lost or result.doubled for result in self.results) and not unanswered

    def text(self) -> str:
        """The report as a table."""
        table = [HEAD, *(result.row() for result in self.results)]
        widths = [max(len(row[column]) for row in table) for column in range(len(HEAD))]
        lines = [
            "  ".join(
                [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
            )
            for row in table
        ]
        lines.insert(1, "-" * len(lines[0]))
        median, most = _ms(self.joins, 0.5), _ms(self.joins, 0.95)
        joins = f"{len(self.joins)} of {self.people} phones joined: median {median}, 95 % within {most}"
        back = f", {self.returns} lines were lost and came back" if self.returns else ""
        why = Counter(one.refused for result in self.results for one in result.said if one.refused)
        reasons = [f"refused {count} times: {reason}" for reason, count in why.most_common(5)]
        return "\n".join(
            [f"{joins}{back}.", "", *lines, "", *reasons, "Nothing was lost." if self.well else "Not all is well."]
        )


def read(name: str) -> Plan:
    """The ready-made plan of that name, or the plan in a YAML file; raise PlanError."""
    known = ready_made()
    if name in known:
        return known[name]
    path = Path(name)
    try:
        return read_plan(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PlanError(
            f"{name}: is no ready-made plan ({', '.join(known)}) and no file ({error.strerror})."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, TypeError) as error:
        raise PlanError(f"{name}: is not YAML ({error}); mend it.") from error


def rehearse_here(
    name: str, people: int, speed: float, hub: str, lessons: Path, exercises: Path, say: Callable[[str], None]
) -> Report:
    """Rehearse the named plan at `hub`, or at a hub of its own; raise RehearsalError or StartError."""
    try:
        plan = read(name)
        with contextlib.nullcontext(hub.rstrip("/")) if hub else own_hub(lessons, exercises) as address:
            say(f"Rehearsing “{plan.title}” with {people} phones at {address}.")
            return asyncio.run(rehearse(address, plan, people, speed))
    except (PlanError, JoinError, OSError, TimeoutError, WebSocketException) as error:
        raise RehearsalError(str(error) or type(error).__name__) from error


@contextlib.contextmanager
def own_hub(lessons: Path, exercises: Path) -> Iterator[str]:
    """A hub of its own on this machine, with a data folder that goes afterwards; its address. Raise StartError."""
    _allow_many_files()
    with tempfile.TemporaryDirectory(prefix="choreo-rehearsal-", ignore_cleanup_errors=True) as data:
        (port,) = private_ports(1)
        address = f"http://127.0.0.1:{port}"
        flags = ["--port", str(port), "--data", data]
        flags += ["--lessons", str(lessons), "--exercises", str(exercises)]
        environ = {
            name: value for name, value in os.environ.items() if name not in ("CHOREO_DATABASE", "CHOREO_ADDRESS")
        }
        hub = Child("hub", [sys.executable, "-m", "choreo.hub", *flags], f"{address}/health", environ)
        try:
            with Stop() as nobody:
                hub.wait_until_it_answers(nobody)
            yield address
        finally:
            hub.stop()
            hub.wait()


def _allow_many_files() -> None:
    """A socket is a file, and a thousand of them are more than most systems allow at first."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536) if most > 0 else 65536, most))


class _Coach:
    """The coach's line: commands and their answers."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.opened: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for text in self._line:
            message = json.loads(text)
            if "opened" in message:
                self.opened.set_result(message["opened"])
            for key in ("done", "refused"):
                asked = self._asked.pop(message.get(key), None)
                if asked is not None:
                    asked.set_result(message)
                elif key in message and not self.opened.done():
                    self.opened.set_exception(PlanError(str(message.get("why"))))

    async def stop(self) -> None:
        """Listen no more."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def do(self, do: str, **more: Any) -> dict[str, Any]:
        """Have something done; raise PlanError with the hub's reason if it refuses."""
        n = next(self._numbers)
        self._asked[n] = asyncio.get_running_loop().create_future()
        await self._line.send(json.dumps({"n": n, "do": do, **more}))
        answer = await asyncio.wait_for(self._asked[n], 60)
        if "refused" in answer:
            raise PlanError(f"{do}: {answer.get('why')}")
        return answer


async def rehearse(hub: str, plan: Plan, people: int, speed: float, quiet: float = QUIET) -> Report:
    """Run the plan at `hub` with so many phones, `speed` times as fast as people; the session is deleted afterwards."""
    async with connect(f"ws{hub.removeprefix('http')}/live/host", max_size=LONGEST, ping_interval=None) as line:
        coach = _Coach(line)
        try:
            await line.send(json.dumps({"new": plan.model_dump(mode="json")}))
            opened = await asyncio.wait_for(coach.opened, 30)
            return await _run(hub, coach, opened["code"], plan, people, speed, quiet)
        finally:
            await coach.stop()


async def _run(hub: str, coach: _Coach, code: str, plan: Plan, people: int, speed: float, quiet: float) -> Report:
    spoken = Spoken()
    phones = [Phone(hub, number, speed, spoken) for number in range(people)]
    gate = asyncio.Semaphore(AT_ONCE)

    async def join(phone: Phone) -> None:
        async with gate:
            await phone.join(code)

    await asyncio.gather(*map(join, phones))
    lives = [asyncio.create_task(phone.live()) for phone in phones]
    try:
        results = [await _play(coach, plan, index, phones, spoken, speed, quiet) for index in range(len(plan.items))]
        await coach.do("end")
        ticket = (await coach.do("ticket"))["ticket"]
        _, exported = await get(hub, f"/live/export/{ticket}/session.json")
        returns = spoken.returns
        compare(results, exported["events"])
    finally:
        for life in lives:
            life.cancel()
        await asyncio.gather(*lives, return_exceptions=True)
        with contextlib.suppress(Exception):
            await coach.do("delete")
    return Report(people, spoken.joins, results, returns)


async def _play(
    coach: _Coach, plan: Plan, index: int, phones: Sequence[Phone], spoken: Spoken, speed: float, quiet: float
) -> Result:
    item = plan.items[index]
    kind = activities()[item.activity]
    began, before = time.monotonic(), len(spoken.said)
    await coach.do("begin", item=index)
    deadline = began + max(2 * quiet, item.minutes * 60 / speed)
    for number, step in enumerate(kind.steps):
        if number:
            await coach.do("step", to=step.name)
        spoken.last = time.monotonic()
        while time.monotonic() < deadline or any(phone.busy for phone in phones):
            await asyncio.sleep(0.05)
            idle = time.monotonic() - spoken.last
            if idle > quiet or time.monotonic() > deadline + 4 * quiet:
                break
        deadline += quiet  # for the steps that follow, if this one took all the time
    await coach.do("finish")
    await asyncio.sleep(0)
    pooled = kind(kind.Settings.model_validate(item.settings), 0, {}, 0.0).pooled
    return Result(kind.title, time.monotonic() - began, spoken.said[before:], pooled)


def compare(results: Sequence[Result], events: Sequence[Mapping[str, Any]]) -> None:
    """Count what was acknowledged and is not in the log, and what is in it too often."""
    found = _found(events)
    for result in results:
        for turn in {one.turn for one in result.said}:
            mine = [one for one in result.said if one.turn == turn]
            kept, sealed = found.get(turn, (Counter(), False))
            taken = [one for one in mine if one.seconds is not None and not one.refused]
            if sealed:  # a phone's newest ballot is in the place of all before it
                taken = list({one.who: one for one in taken}.values())
                if len(taken) < FEWEST:
                    continue
            if sealed:
                wanted = Counter(_key("", say, True) for say in result.pooled([one.say for one in taken]))
                sent = Counter(
                    _key("", say, True) for say in result.pooled([one.say for one in mine if not one.refused])
                )
            else:
                wanted = Counter(_key(one.who, one.say, False) for one in taken)
                sent = Counter(_key(one.who, one.say, False) for one in mine if not one.refused)
            result.lost += sum((wanted - kept).values())
            result.doubled += sum((kept - sent).values())


def _key(who: str, say: Mapping[str, Any], sealed: bool) -> str:
    return ("" if sealed else who) + json.dumps(say, sort_keys=True)


def _found(events: Sequence[Mapping[str, Any]]) -> dict[int, tuple[Counter[str], bool]]:
    """What the log holds of each turn (by the number of the event that began it), and whether as ballots."""
    found: dict[int, tuple[Counter[str], bool]] = {}
    turn = 0
    for event in events:
        if event["kind"] in ("begin", "step"):
            turn = event["number"]
        elif event["kind"] == "say":
            found.setdefault(turn, (Counter(), False))[0][_key(event["who"], event["data"], False)] += 1
        elif event["kind"] == "tally":
            ballots = [ballot for ballot in event["data"]["ballots"] if ballot.get("virtual") is not True]
            found[turn] = (Counter(_key("", ballot, True) for ballot in ballots), True)
    return found


def _ms(times: Sequence[float], share: float) -> str:
    if not times:
        return "-"
    ranked = sorted(times)
    return f"{1000 * ranked[min(len(ranked) - 1, int(share * len(ranked)))]:.0f} ms"
