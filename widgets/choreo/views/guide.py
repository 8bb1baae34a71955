"""The small tasks that stand beside a stage, one at a time, and what has been done of them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from choreo.explorables.control import Settings
from choreo.explorables.judge import holds
from choreo.grading.play import Task

DEEDS = ("played", "touched", "new-crowd", "tapped")


class Guide:
    """Ticks a task when it is done: only the one that is shown, and only by what is done while it is."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        """Nothing is done yet."""
        self._tasks = tuple(tasks)
        self._done: set[int] = set()
        self._skipped: set[int] = set()

    @property
    def at(self) -> int | None:
        """The task that is shown; None behind the last."""
        left = (at for at in range(len(self._tasks)) if at not in self._done | self._skipped)
        return next(left, None)

    def act(self, settings: Settings, found: Mapping[str, float], deeds: Collection[str]) -> None:
        """Take note that something was done: `deeds`, or a control that was moved, and what came of it."""
        if self.at is not None and holds(self._tasks[self.at].when, settings, found, deeds):
            self._done.add(self.at)

    def skip(self, at: object) -> None:
        """Pass the task over, if it is the one that is shown."""
        if self.at is not None and type(at) is int and at == self.at:
            self._skipped.add(at)

    def resume(self, done: object, skipped: object) -> None:
        """Go on where a browser left off; what is no task is left out."""
        for kept, given in ((self._done, done), (self._skipped, skipped)):
            if isinstance(given, list):
                kept |= {at for at in given if type(at) is int and 0 <= at < len(self._tasks)}

    def shown(self) -> list[dict[str, Any]]:
        """The tasks as the browser draws them."""
        return [
            {"do": task.do, "done": at in self._done, "skipped": at in self._skipped}
            for at, task in enumerate(self._tasks)
        ]

    def draft(self) -> dict[str, list[int]]:
        """What a browser keeps; see `resume`."""
        return {"done": sorted(self._done), "skipped": sorted(self._skipped)}
