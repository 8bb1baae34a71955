"""Shows what has changed, at most five times a second, to those for whom it has."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import logging
import pickle
import time
from collections.abc import Callable

from choreo.hub.live.bots import Bots
from choreo.hub.live.room import Room
from choreo.hub.live.shows import PhoneViews, desk, screen, with_links
from choreo.live.activity import Activity
from choreo.live.scene import Scene

PACE = 0.2  # seconds between two pictures
DESK_PACE = 1.0  # seconds between two pictures for the coach, where the list of people is long
LONG_LIST = 100
LOOK_ROUND = 1.0
AT_ONCE = 40  # phones served before others may have a turn

log = logging.getLogger("choreo.hub")


class Painter:
    """Keeps all clients of a room up to date."""

    def __init__(self, room: Room, address: Callable[[str], str]) -> None:
        """For this room; `address` says where a browser finds a file."""
        self._room, self._address = room, address
        self._bots = Bots(room, self._bot_view)
        self._tasks: list[asyncio.Task[None]] = []
        self._debrief: tuple[object, Scene | None] = (None, None)
        self._debriefing: object = None
        self._desk_at = 0.0
        self._thinking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._room.set_timer()
        self._room.changed.set()
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._look_round())]

    async def stop(self) -> None:
        """End."""
        self._bots.stop()
        for task in [*self._tasks, *([self._thinking] if self._thinking else [])]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._room.changed.wait()
            self._room.changed.clear()
            next_at = time.monotonic() + PACE
            try:
                await self._paint()
            except Exception:
                log.exception("session %s could not be shown", self._room.id)
            await asyncio.sleep(max(0.0, next_at - time.monotonic()))

    async def _look_round(self) -> None:
        while True:
            await asyncio.sleep(LOOK_ROUND)
            self._room.look_round()
            now = time.monotonic()
            for outlet in self._room.outlets():
                if outlet.stuck(now):
                    outlet.drop(4408)

    async def _paint(self) -> None:
        room = self._room
        activity = room.session.activity
        stale, room.stale = room.stale, set()
        touched = activity.touched() if activity is not None else set()
        everybody, room.everybody = room.everybody, False
        self._show_screens()
        self._show_desks()
        await self._show_phones(set(room.session.people) if everybody else touched | stale)

    async def _show_phones(self, wanted: set[str]) -> None:
        room = self._room
        people = room.session.people
        views = self._views()
        shown = 0
        for who in wanted:
            person = people.get(who)
            if person is not None and person.virtual and person.here and room.session.activity is not None:
                self._bots.see(who, views.phone(who))
                shown += 1
            for outlet in room.phones.get(who, ()):
                outlet.show(views.view(who, outlet.secret))
                shown += 1
            if shown >= AT_ONCE:
                shown = 0
                turn = room.turn, room.session.activity
                await asyncio.sleep(0)
                if turn != (room.turn, room.session.activity):
                    room.everybody = True  # something began meanwhile: paint anew
                    room.changed.set()
                    return
                views = self._views()

    def _views(self) -> PhoneViews:
        activity = self._room.session.activity
        module = self._address(f"activities/{activity.name.replace('-', '_')}.js") if activity else ""
        return PhoneViews(self._room, module)

    def _bot_view(self, who: str) -> str:
        return self._views().phone(who)

    def _show_screens(self) -> None:
        room = self._room
        if not room.screens:
            return
        try:
            text = screen(room, self._scene())
        except Exception:
            log.exception("the scene of session %s could not be made", room.id)
            return
        for outlet in room.screens:
            outlet.show(with_links(text, outlet.links))

    def _show_desks(self) -> None:
        room = self._room
        if not room.hosts:
            return
        wait = self._desk_at + DESK_PACE - time.monotonic()
        if len(room.session.people) > LONG_LIST and not room.urgent and wait > 0:
            asyncio.get_running_loop().call_later(wait, room.changed.set)
            return
        room.urgent, self._desk_at = False, time.monotonic()
        text = desk(room)
        for outlet in room.hosts:
            outlet.show(text)

    def _scene(self) -> Scene | None:
        session = self._room.session
        activity = session.activity
        if activity is None or not session.finished or session.ended:
            return session.scene()
        wanted = (session.begun, self._room.finished_by, frozenset(activity.released))
        known, scene = self._debrief
        if known != wanted and self._debriefing != wanted:
            self._debriefing = wanted
            still = _copy(activity)
            self._thinking = asyncio.create_task(self._think(wanted, still))
        return scene if known is not None and known == wanted else self._before()

    def _before(self) -> Scene | None:
        """What to show until the debrief is there: what the room saw before."""
        activity = self._room.session.activity
        return activity.room() if activity is not None else None

    async def _think(self, wanted: object, activity: Activity) -> None:
        scene: Scene | None = None
        with contextlib.suppress(asyncio.CancelledError):
            try:
                scene = await asyncio.to_thread(activity.debrief)
            except Exception:
                log.exception("the debrief of session %s could not be made", self._room.id)
                scene = self._before()
            if self._debriefing == wanted:
                self._debrief = (wanted, scene)
                self._room.changed.set()


def _copy(activity: Activity) -> Activity:
    """A copy that nothing happens to while a thread looks at it."""
    try:
        copied: Activity = pickle.loads(pickle.dumps(activity))
    except (pickle.PicklingError, AttributeError, TypeError):
        copied = copy.deepcopy(activity)
    return copied
