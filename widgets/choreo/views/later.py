"""When a lesson's review questions come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import anywidget
from traitlets import Int, Unicode

from choreo.progress.entry import Entry, stamp
from choreo.progress.review import schedule
from choreo.views.source import script, style


class Later(anywidget.AnyWidget):
    """Says how many questions come back, and when the first one does."""

    _esm = script(Path(__file__).with_suffix(".js"))
    _css = style(Path(__file__).with_suffix(".css"))
    questions = Int(help="how many questions the lesson hands to review").tag(sync=True)
    waiting = Int(help="how many of them still come back").tag(sync=True)
    first = Unicode("", help="when the next one is due, ISO 8601; empty before the lesson was begun").tag(sync=True)

    def __init__(self, questions: Sequence[str]) -> None:
        """Show the plan for the named questions."""
        super().__init__(questions=len(questions), waiting=len(questions))
        self._names = tuple(questions)
        self._entries: list[Entry] = []

    def __repr__(self) -> str:
        """Short, and the same at every run."""
        return f"Later: {', '.join(self._names)}"

    def restore(self, entries: Sequence[Entry]) -> None:
        """Show the plan as it follows from what the learner did."""
        self._entries = list(entries)
        self._plan()

    def follow(self, entry: Entry) -> None:
        """Take in something that the learner has just done."""
        self._entries.append(entry)
        self._plan()

    def _plan(self) -> None:
        plan = schedule(self._names, self._entries)
        times: list[datetime] = [due.at for due in plan if due.at is not None]
        self.waiting = len(times) if plan else len(self._names)
        self.first = stamp(min(times)) if times else ""
