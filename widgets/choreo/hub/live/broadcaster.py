"""Shows what has changed, at most five times a second, to those for whom it has."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from choreo.hub.live.bots import Bots
from choreo.hub.live.looking import Looking
from choreo.hub.live.picture import Picture
from choreo.hub.live.room import Room
from choreo.hub.live.views import PhoneViews, desk, screen, with_links
from choreo.live.activities import phone_part

PACE = 0.2  # seconds between two pictures
DESK_PACE = 1.0  # seconds between two pictures for the coach, where the list of people is long
LONG_LIST = 100
LOOK_ROUND = 1.0
AT_ONCE = 40  # phones served before others may have a turn

log = logging.getLogger("choreo.hub")


class Broadcaster:
    """Keeps all clients of a room up to date."""

    def __init__(self, room: Room, address: Callable[[str], str]) -> None:
        """For this room; `address` says where a file is, without what stands in front of the course: phones know that."""
        self._room, self._address = room, address
        self._bots = Bots(room, self._bot_view)
        self._picture = Picture(room)
        self._tasks: list[asyncio.Task[None]] = []
        self._looking = Looking(room)
        self._desk_at = 0.0

    def start(self) -> None:
        """Begin."""
        self._room.timer.set()
        self._room.updates.due.set()
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._look_round())]

    async def stop(self) -> None:
        """End."""
        self._bots.stop()
        self._looking.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._room.updates.due.wait()
            self._room.updates.due.clear()
            next_at = time.monotonic() + PACE
            try:
                await self._show()
            except Exception:
                log.exception("session %s could not be shown", self._room.id)
            await asyncio.sleep(max(0.0, next_at - time.monotonic()))

    async def _look_round(self) -> None:
        while True:
            await asyncio.sleep(LOOK_ROUND)
            self._room.presence.look_round()
            now = time.monotonic()
            for connection in self._room.presence.connections():
                if connection.stuck(now):
                    connection.drop(4408)

    async def _show(self) -> None:
        room = self._room
        activity = room.session.activity
        self._look_at_picture()
        everybody, stale = room.updates.take()
        touched = activity.touched() if activity is not None else set()
        self._show_screens()
        self._show_desks()
        await self._show_phones(set(room.session.people) if everybody else touched | stale)

    def _look_at_picture(self) -> None:
        try:
            wait = self._picture.look(self._looking.scene, self._looking.farewell)
        except Exception:
            log.exception("the picture of session %s could not be made", self._room.id)
            return
        if wait:
            asyncio.get_running_loop().call_later(wait, self._room.updates.due.set)

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
            for connection in room.presence.phones.get(who, ()):
                connection.show(views.view(who, connection.secret))
                shown += 1
            if shown >= AT_ONCE:
                shown = 0
                turn = room.turn, room.session.activity
                await asyncio.sleep(0)
                if turn != (room.turn, room.session.activity):
                    room.updates.everybody = True  # something began meanwhile: show it anew
                    room.updates.due.set()
                    return
                views = self._views()

    def _views(self) -> PhoneViews:
        activity = self._room.session.activity
        module = self._address(phone_part(activity.name)) if activity else ""
        return PhoneViews(self._room, module, self._picture.text)

    def _bot_view(self, who: str) -> str:
        return self._views().phone(who)

    def _show_screens(self) -> None:
        room = self._room
        if not room.presence.screens:
            return
        try:
            text = screen(room, self._looking.scene())
        except Exception:
            log.exception("the scene of session %s could not be made", room.id)
            return
        for connection in room.presence.screens:
            connection.show(with_links(text, connection.links))

    def _show_desks(self) -> None:
        room = self._room
        if not room.presence.coaches:
            return
        wait = self._desk_at + DESK_PACE - time.monotonic()
        if len(room.session.people) > LONG_LIST and not room.updates.urgent and wait > 0:
            asyncio.get_running_loop().call_later(wait, room.updates.due.set)
            return
        room.updates.urgent, self._desk_at = False, time.monotonic()
        text = desk(room, self._looking.screens())
        for connection in room.presence.coaches:
            connection.show(text)
