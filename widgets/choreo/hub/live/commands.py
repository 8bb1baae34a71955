"""What a coach can have done in a session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeGuard

from choreo.hub.limits import MOST_BOTS, MOST_PEOPLE
from choreo.hub.live.room import Room
from choreo.live.activities import guide_to
from choreo.live.groups import SIZES
from choreo.live.guide import MINUTES
from choreo.live.open_answers import LONGEST_NAME
from choreo.live.plan import Plan, PlanError, read_plan
from choreo.live.session import LONGEST_COUNTDOWN, MOST_SCREENS
from choreo.typed import line

NO_SUCH = "There is no such command."
ENDED = "This session is over."
MOVED = "The session has moved on meanwhile. Look where it is before you go on."
MOVES = frozenset({"begin", "step", "finish"})  # that are refused where they were meant for an earlier turn
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


async def undo(room: Room, asked: Mapping[str, Any]) -> None:
    """Take the last move back: {"move": its event's number}. What was said since is dropped."""
    before = room.session.before
    if before is None or asked.get("move") != before.move:
        raise CommandError("This cannot be taken back any more: something of it has been shown.")
    await _settled(room, ("undo", "", {"move": before.move}), drops=True)


async def countdown(room: Room, asked: Mapping[str, Any]) -> None:
    """Give the room a time, which its projector shows: {"seconds": 360}; 0 takes it away."""
    seconds = asked.get("seconds")
    if not _whole(seconds) or not 0 <= seconds <= LONGEST_COUNTDOWN:
        raise CommandError(f"A timer runs for 1 to {LONGEST_COUNTDOWN // 60} minutes.")
    await _note(room, "countdown", data={"seconds": seconds})


async def groups(room: Room, asked: Mapping[str, Any]) -> None:
    """Have phones make pairs or threes, for a time: {"size": 2, "seconds": 360}; size 0 ends them."""
    size, seconds = asked.get("size"), asked.get("seconds", 0)
    if size not in (0, *SIZES) or not _whole(seconds) or not 0 <= seconds <= LONGEST_COUNTDOWN:
        raise CommandError(f"Groups are pairs or threes, for 1 to {LONGEST_COUNTDOWN // 60} minutes.")
    if room.session.activity is not None and not room.session.finished:
        raise CommandError("Something is being answered. Make pairs or threes when it is over.")
    await _settled(room, ("groups", "", {"size": size}), ("countdown", "", {"seconds": seconds}))


async def guide(room: Room, asked: Mapping[str, Any]) -> None:
    """Let the room lead itself through the debrief, from one of its screens on: {"screen": 0}; null ends it."""
    activity, screen = room.session.activity, asked.get("screen")
    if activity is None or not room.session.finished or not guide_to(activity.name):
        raise CommandError("There is nothing here that the room could lead itself through.")
    if screen is not None and not (_whole(screen) and 0 <= screen < len(MINUTES)):
        raise CommandError("The guide has no such screen.")
    await _note(room, "guide", data={"screen": screen})


async def look(room: Room, asked: Mapping[str, Any]) -> None:
    """Show another screen of the debrief: {"screen": 2}; the last one, where there are fewer."""
    screen = asked.get("screen")
    if not room.session.finished:
        raise CommandError("There is nothing to look at together yet.")
    if not _whole(screen) or not 0 <= screen < MOST_SCREENS:
        raise CommandError("The debrief has no such screen.")
    if screen != room.session.look:
        await _note(room, "look", data={"screen": screen})


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


async def recall(room: Room, asked: Mapping[str, Any]) -> None:
    """Show the room what it promised last time, or the way in again: {"on": true}."""
    session, on = room.session, asked.get("on")
    if not isinstance(on, bool) or session.activity is not None or session.plan.last_time is None:
        raise CommandError(
            "What was promised last time can be shown before the first activity, where the plan knows it."
        )
    await _note(room, "recall", data={"on": on})


async def share(room: Room, _asked: Mapping[str, Any]) -> None:
    """Let phones show what the room sees, too."""
    await _note(room, "share")


async def unshare(room: Room, _asked: Mapping[str, Any]) -> None:
    """Leave the room's picture to the projector."""
    await _note(room, "unshare")


async def release(room: Room, asked: Mapping[str, Any]) -> None:
    """Let the room see an open answer, with all that counts as the same: {"text": 3}."""
    await _settled(room, *(("release", "", {"text": number}) for number in _same(room, asked)))


async def withhold(room: Room, asked: Mapping[str, Any]) -> None:
    """Leave an open answer out, or take it back, with all that counts as the same: {"text": 3}."""
    await _settled(room, *(("withhold", "", {"text": number}) for number in _same(room, asked)))


async def group(room: Room, asked: Mapping[str, Any]) -> None:
    """Let open answers count as one, under a name or that of the most frequent: {"texts": [3, 5], "name": "Time"}."""
    numbers, name = asked.get("texts"), asked.get("name", "")
    if not isinstance(numbers, list) or not 0 < len(numbers) <= MOST_PEOPLE or not isinstance(name, str):
        raise CommandError("Say which answers belong together.")
    known = [_text(room, {"text": number}) for number in numbers]
    await _note(room, "group", data={"texts": known, "name": line(name, LONGEST_NAME)})


async def ungroup(room: Room, asked: Mapping[str, Any]) -> None:
    """Let the open answers of a group stand alone: {"text": 3}."""
    await _note(room, "ungroup", data={"text": _text(room, asked)})


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
    if room.presence.here() + count > MOST_PEOPLE + MOST_BOTS:
        raise CommandError("So many do not fit into this session.")
    known = {who: person for who, person in room.session.people.items() if person.virtual and not person.removed}
    here = [who for who, person in known.items() if person.here]
    away = [who for who, person in known.items() if not person.here]
    missing = count - len(here)
    events: list[tuple[str, str, Mapping[str, Any]]] = [("leave", who, {}) for who in here[count:]]
    events += [("back", who, {}) for who in away[: max(0, missing)]]
    events += [("join", room.participants.new_name("b"), {"virtual": True}) for _ in range(missing - len(away))]
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
    "recall": recall,
    "share": share,
    "unshare": unshare,
    "release": release,
    "withhold": withhold,
    "group": group,
    "ungroup": ungroup,
    "remove": remove,
    "bots": bots,
    "plan": plan,
    "finish": finish,
    "undo": undo,
    "countdown": countdown,
    "groups": groups,
    "guide": guide,
    "look": look,
    "end": end,
}


async def do(room: Room, name: str, asked: Mapping[str, Any]) -> None:
    """Do a command, one after the other; raise CommandError."""
    command = COMMANDS.get(name)
    if command is None:
        raise CommandError(NO_SUCH)
    async with room.lock:
        if room.closing:
            raise CommandError(room.closing)
        if room.session.ended and name not in OVER and name != "end":
            raise CommandError(ENDED)
        if name in MOVES and asked.get("turn") not in (None, room.turn):
            raise CommandError(MOVED)
        room.updates.urgent = True
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


async def _settled(
    room: Room, *events: tuple[str, str, Mapping[str, Any]], closes: bool = False, drops: bool = False
) -> None:
    if why := await room.noted(*events, closes=closes, drops=drops):
        raise CommandError(why)


def _text(room: Room, asked: Mapping[str, Any]) -> int:
    activity, text = room.session.activity, asked.get("text")
    if activity is None or not _whole(text) or text not in activity.wrote.texts:
        raise CommandError("There is no such answer.")
    return text


def _same(room: Room, asked: Mapping[str, Any]) -> list[int]:
    number = _text(room, asked)
    return room.session.activity.wrote.texts_of(number) if room.session.activity is not None else []


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
