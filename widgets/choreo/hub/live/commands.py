"""What a coach can have done in a session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeGuard

from choreo.hub.live.limits import MOST_BOTS, MOST_PEOPLE
from choreo.hub.live.room import Room
from choreo.live.plan import Plan, PlanError, read_plan

ENDED = "This session is over."
OVER = frozenset({"show", "hide", "remove"})  # that can be done after the end


class CommandError(Exception):
    """A command cannot be done; the message says why."""


Command = Callable[[Room, Mapping[str, Any]], Awaitable[None]]


async def begin(room: Room, asked: Mapping[str, Any]) -> None:
    """Begin an item of the plan: {"item": 0}."""
    item = asked.get("item")
    if not _whole(item) or not 0 <= item < len(room.session.plan.items):
        raise CommandError("The running order has no such item.")
    await _note(room, "begin", data={"item": item}, closes=True)


async def step(room: Room, asked: Mapping[str, Any]) -> None:
    """Move to another step of the running activity: {"to": "show"}."""
    activity = room.session.activity
    names = [one.name for one in activity.steps] if activity is not None else []
    to = asked.get("to")
    if activity is None or to not in names:
        raise CommandError("The running activity has no such step.")
    if to == activity.step.name and not room.session.finished:
        return
    await _note(room, "step", data={"to": to}, closes=True)


async def finish(room: Room, _asked: Mapping[str, Any]) -> None:
    """Go to the debrief."""
    if room.session.activity is None:
        raise CommandError("No activity is running.")
    if not room.session.finished:
        await _note(room, "finish", closes=True)


async def end(room: Room, _asked: Mapping[str, Any]) -> None:
    """End the session."""
    if not room.session.ended:
        await _note(room, "end", closes=True)


async def pause(room: Room, _asked: Mapping[str, Any]) -> None:
    """Let nobody answer for a while."""
    if not room.session.paused:
        await _note(room, "pause")


async def resume(room: Room, _asked: Mapping[str, Any]) -> None:
    """Go on."""
    if room.session.paused:
        await _note(room, "resume")


async def show(room: Room, _asked: Mapping[str, Any]) -> None:
    """Let the room see results."""
    await _note(room, "show")


async def hide(room: Room, _asked: Mapping[str, Any]) -> None:
    """Hide results from the room."""
    await _note(room, "hide")


async def release(room: Room, asked: Mapping[str, Any]) -> None:
    """Let the room see an open answer: {"text": 3}."""
    await _note(room, "release", data={"text": _text(room, asked)})


async def withhold(room: Room, asked: Mapping[str, Any]) -> None:
    """Take an open answer back: {"text": 3}."""
    await _note(room, "withhold", data={"text": _text(room, asked)})


async def remove(room: Room, asked: Mapping[str, Any]) -> None:
    """Remove a participant for good: {"who": "p17"}."""
    who = asked.get("who")
    person = room.session.people.get(who) if isinstance(who, str) else None
    if person is None:
        raise CommandError("There is no such participant.")
    if not person.removed:
        await _note(room, "remove", str(who))


async def bots(room: Room, asked: Mapping[str, Any]) -> None:
    """Have so many virtual participants: {"count": 20}."""
    count = asked.get("count")
    if not _whole(count) or not 0 <= count <= MOST_BOTS:
        raise CommandError(f"Choose a number of virtual participants from 0 to {MOST_BOTS}.")
    if room.here() + count > MOST_PEOPLE + MOST_BOTS:
        raise CommandError("So many do not fit into this session.")
    known = {who: person for who, person in room.session.people.items() if person.virtual and not person.removed}
    here = [who for who, person in known.items() if person.here]
    away = [who for who, person in known.items() if not person.here]
    missing = count - len(here)
    events: list[tuple[str, str, Mapping[str, Any]]] = [("leave", who, {}) for who in here[count:]]
    events += [("back", who, {}) for who in away[: max(0, missing)]]
    events += [("join", room.new_name("b"), {"virtual": True}) for _ in range(missing - len(away))]
    if events:
        await _settled(room, *events)


async def plan(room: Room, asked: Mapping[str, Any]) -> None:
    """Change the running order: {"plan": {...}}. What has begun stays as it is."""
    fresh = plan_in(asked.get("plan"))
    begun = room.session.plan.items[: room.session.at + 1]
    if fresh.items[: len(begun)] != begun:
        raise CommandError("Activities that have begun stay where they are; change those after them.")
    await _note(room, "plan", data={"plan": fresh.model_dump(mode="json")})


COMMANDS: dict[str, Command] = {
    "begin": begin,
    "step": step,
    "pause": pause,
    "resume": resume,
    "show": show,
    "hide": hide,
    "release": release,
    "withhold": withhold,
    "remove": remove,
    "bots": bots,
    "plan": plan,
    "finish": finish,
    "end": end,
}


async def do(room: Room, name: str, asked: Mapping[str, Any]) -> None:
    """Do a command, one after the other; raise CommandError."""
    command = COMMANDS.get(name)
    if command is None:
        raise CommandError("There is no such command.")
    async with room.lock:
        if room.closing:
            raise CommandError(room.closing)
        if room.session.ended and name not in OVER and name != "end":
            raise CommandError(ENDED)
        room.urgent = True
        await command(room, asked)


def plan_in(value: Any) -> Plan:
    """The plan in what a coach sent; raise CommandError with all its faults."""
    try:
        return read_plan(value)
    except PlanError as error:
        raise CommandError(str(error)) from None


async def _note(
    room: Room, kind: str, who: str = "", data: Mapping[str, Any] | None = None, closes: bool = False
) -> None:
    await _settled(room, (kind, who, data or {}), closes=closes)


async def _settled(room: Room, *events: tuple[str, str, Mapping[str, Any]], closes: bool = False) -> None:
    if why := await room.noted(*events, closes=closes):
        raise CommandError(why)


def _text(room: Room, asked: Mapping[str, Any]) -> int:
    activity, text = room.session.activity, asked.get("text")
    if activity is None or not _whole(text) or text not in activity.texts:
        raise CommandError("There is no such answer.")
    return text


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
