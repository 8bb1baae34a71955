"""When a lesson's review questions come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

import anywidget
from traitlets import Int, Unicode

from choreo.bank.loader import LessonBank
from choreo.progress.entry import Entry, stamp
from choreo.progress.review import schedule
from choreo.views.source import script, style


class Later(anywidget.AnyWidget):
    """Says how many questions come back, and when the first one does; leads to what was found in the lesson."""

    _esm = script(Path(__file__).with_suffix(".js"))
    _css = style(Path(__file__).with_suffix(".css"))
    lesson = Unicode(help="the lesson's name").tag(sync=True)
    questions = Int(help="how many questions the lesson hands to review").tag(sync=True)
    met = Int(0, help="how many of them ask about what was met already").tag(sync=True)
    waiting = Int(help="how many of them still come back, those not met yet too").tag(sync=True)
    first = Unicode("", help="when the next one is due, ISO 8601; empty while none is on the way").tag(sync=True)

    def __init__(self, bank: LessonBank, zone: Callable[[], tzinfo]) -> None:
        """Show the plan for the lesson's review questions; `zone` is asked, once somebody is here, what a day is to them."""
        super().__init__(lesson=bank.lesson, questions=len(bank.questions), waiting=len(bank.questions))
        self._bank, self._zone = bank, zone
        self._entries: list[Entry] = []

    def __repr__(self) -> str:
        """Short, and the same at every run."""
        return f"Later: {', '.join(self._bank.questions)}"

    def restore(self, entries: Sequence[Entry]) -> None:
        """Show the plan as it follows from what the learner did."""
        self._entries = list(entries)
        self._plan()

    def follow(self, entry: Entry) -> None:
        """Take in something that the learner has just done."""
        self._entries.append(entry)
        self._plan()

    def _plan(self) -> None:
        plan = schedule(self._bank, self._bank.questions, self._entries, self._zone())
        times: list[datetime] = [due.at for due in plan if due.at is not None]
        self.met = len(plan)
        self.waiting = len(self._bank.questions) - len(plan) + len(times)
        self.first = stamp(min(times)) if times else ""
