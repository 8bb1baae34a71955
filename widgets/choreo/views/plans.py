"""All plans that the learner has made in the course, in one place, and the way to what they take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import anywidget
from traitlets import List

from choreo.grading.canvas import lesson_in_words
from choreo.progress.entry import Entry, in_order
from choreo.progress.plan import by_day, commitments
from choreo.views.source import script, style


class Plans(anywidget.AnyWidget):
    """The plans of all lessons; on a lesson's page of the course with links to portfolio and certificate."""

    _esm = script(Path(__file__).with_suffix(".js"))
    _css = style(Path(__file__).with_suffix(".css"))
    plans = List(help="{lesson, sentence, whom, by, done}, those that are open first").tag(sync=True)

    def __init__(self, addresses: Sequence[str]) -> None:
        """Show what was kept under these exercises ("lesson/exercise")."""
        super().__init__()
        self._addresses = frozenset(addresses)
        self._elsewhere: list[Entry] = []
        self._entries: list[Entry] = []

    def __repr__(self) -> str:
        """Short, and the same at every run."""
        return "Plans of all lessons"

    @property
    def earlier(self) -> tuple[str, ...]:
        """The exercises of all lessons that ask for a plan."""
        return tuple(sorted(self._addresses))

    def precede(self, entries: Iterable[Entry]) -> None:
        """Take in what was kept in other lessons; called before `restore`."""
        self._elsewhere = [entry for entry in entries if entry.address in self._addresses]

    def restore(self, entries: Sequence[Entry]) -> None:
        """Take in what was kept in this lesson."""
        self._entries = [entry for entry in entries if entry.address in self._addresses]
        self._show()

    def follow(self, entry: Entry) -> None:
        """Take in a plan that the learner has just made."""
        if entry.address in self._addresses:
            self._entries.append(entry)
            self._show()

    def _show(self) -> None:
        every = {entry.id: entry for entry in (*self._elsewhere, *self._entries)}
        lessons = groupby(sorted(in_order(every.values()), key=lambda entry: entry.lesson), lambda entry: entry.lesson)
        found = by_day([plan for name, made in lessons for plan in commitments(lesson_in_words(name), list(made))])
        self.plans = [
            {
                "lesson": plan.lesson,
                "sentence": plan.what,
                "whom": plan.whom,
                "by": plan.by.isoformat() if plan.by else "",
                "done": plan.done,
            }
            for plan in sorted(found, key=lambda plan: plan.done)
        ]
