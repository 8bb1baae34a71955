"""The screens of a debrief, thought out in a thread: each is there as soon as it is known."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import logging
import pickle
from dataclasses import dataclass, field

from choreo.hub.live.room import Room
from choreo.live.activity import Activity
from choreo.live.guide import WHY
from choreo.live.scene import Scene
from choreo.live.session import told

log = logging.getLogger("choreo.hub")


@dataclass
class Screens:
    """What is known by now of the debrief that `of` tells from others."""

    of: object = None
    scenes: list[Scene] = field(default_factory=list)
    own: int = 0  # how many of them are the debrief's own; the others are what-ifs


class Looking:
    """What a room looks at together."""

    def __init__(self, room: Room) -> None:
        """Of this room."""
        self._room = room
        self._screens = Screens()
        self._thinking: asyncio.Task[None] | None = None

    def screens(self) -> Screens:
        """The screens of the debrief that is on, as far as they are known; begins to think about them."""
        room, activity = self._room, self._room.session.activity
        if activity is None or not room.session.finished:
            return Screens()
        wanted = self._which(activity)
        if self._screens.of != wanted:
            self.stop()
            self._screens = Screens(wanted)
            self._thinking = asyncio.create_task(self._think(self._screens, _copy(activity)))
        return self._screens

    def scene(self) -> Scene | None:
        """What the room sees; until a debrief's first screen is known, what it saw before."""
        session = self._room.session
        if session.activity is None or not session.finished or session.ended:
            return session.scene()
        screens = self.screens()
        if not screens.scenes:
            return told(session.activity, session.activity.room())
        guide = session.talk.guide
        if guide is not None:
            return screens.scenes[max(0, screens.own - 1) if guide.screen == WHY else 0]
        return screens.scenes[min(session.look, len(screens.scenes) - 1)]

    def farewell(self) -> Scene | None:
        """The last picture, with which phones go home; nothing is thought out anew that is known."""
        session = self._room.session
        scenes = self._screens.scenes
        if session.left is None or not scenes or self._screens.of != self._which(session.left) or not session.finished:
            return session.farewell()
        return scenes[min(session.look, len(scenes) - 1)]

    def _which(self, activity: Activity) -> object:
        """What tells a debrief from all others."""
        return self._room.session.begun, self._room.finished_by, activity.rehearsal, activity.wrote.words()

    def stop(self) -> None:
        """Think no more."""
        if self._thinking is not None:
            self._thinking.cancel()

    async def _think(self, found: Screens, activity: Activity) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            for part in (lambda: (activity.debrief(),), activity.further, activity.what_ifs):
                try:
                    scenes = await asyncio.to_thread(part)
                except Exception:
                    log.exception("the debrief of session %s could not be made", self._room.id)
                    scenes = () if found.scenes else (activity.room(),)
                found.scenes += [told(activity, scene) for scene in scenes]
                found.own += 0 if part == activity.what_ifs else len(scenes)
                self._room.updates.due.set()


def _copy(activity: Activity) -> Activity:
    """A copy that nothing happens to while a thread looks at it."""
    try:
        copied: Activity = pickle.loads(pickle.dumps(activity))
    except (pickle.PicklingError, AttributeError, TypeError):
        copied = copy.deepcopy(activity)
    return copied
