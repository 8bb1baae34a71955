"""The room's picture as phones show it: where the coach wants that, and at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from choreo.hub.live.messages import written
from choreo.hub.live.room import Room
from choreo.live.scene import Scene

PACE = 1.0  # seconds between two pictures on a phone
LARGEST = 48 * 1024  # characters; of a larger picture phones get what is said of its figures


class Picture:
    """What a room's phones show of what the room sees, as JSON; empty for nothing."""

    def __init__(self, room: Room) -> None:
        """Nothing yet."""
        self._room = room
        self._at = -PACE
        self.text = ""
        self._last = False  # whether this is the session's last one

    def look(self, scene: Callable[[], Scene | None], farewell: Callable[[], Scene | None]) -> float:
        """Look at the scene anew, and note that all phones show something old if it has changed.

        The seconds after which it is worth another look; 0: when something happens.
        """
        session, now = self._room.session, time.monotonic()
        wanted = session.shared and session.shown and (session.activity is not None or session.recalled)
        if wanted and not session.ended:
            if (wait := self._at + PACE - now) > 0:
                return wait
            self._at = now
            self._show(scene())
        elif not self._last:
            self._last = session.ended
            self._show(farewell() if session.ended else None)
        return 0.0

    def _show(self, scene: Scene | None) -> None:
        text = "" if scene is None else _bounded(scene)
        if text != self.text:
            self.text = text
            self._room.updates.everybody = True


def _bounded(scene: Scene) -> str:
    text = written(scene.json())
    if len(text) <= LARGEST:
        return text
    told = tuple(figure.says for figure in scene.figures)
    return written(replace(scene, lines=(*scene.lines, *told), figures=()).json())
