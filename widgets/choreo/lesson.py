"""What a lesson's notebook imports.

    from choreo.lesson import Lesson
    lesson = Lesson("09-choreography")
    lesson

Each method returns a component to show: `lesson.predict("tuning-in-curve")`, `lesson.exercise("first-cue")`. A cell never
knows who the learner is; what belongs to them comes in by one call, after the page has opened.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from choreo.bank.fault import BankError
from choreo.bank.loader import LessonBank, load_lesson
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.goal import Goal
from choreo.progress.entry import Entry, new_entry, stamp
from choreo.progress.store import Store, StoreError
from choreo.stores.chosen import chosen_store
from choreo.views.card import ExerciseCard
from choreo.views.later import Later
from choreo.views.link import Link


class Component(Protocol):
    """What a lesson gives to a cell to show."""

    def restore(self, entries: Sequence[Entry]) -> None:
        """Show what the learner did; called once, after the page has opened."""


@runtime_checkable
class Follower(Protocol):
    """A component that shows what the learner does elsewhere in the lesson."""

    def follow(self, entry: Entry) -> None:
        """Take in something that the learner has just done."""


def exercises_folder() -> Path:
    """Where the exercises lie: CHOREO_EXERCISES, or `exercises` beside or above the working folder."""
    chosen = os.environ.get("CHOREO_EXERCISES")
    if chosen:
        return Path(chosen)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "exercises").is_dir():
            return folder / "exercises"
    raise FileNotFoundError(
        f"{here}: no folder `exercises` here or above; start from the course's folder, or set CHOREO_EXERCISES."
    )


class Lesson:
    """One lesson: its exercises, its components, and the way to where the learner's work is kept."""

    def __init__(self, name: str, *, folder: Path | None = None, store: Callable[[], Store] | None = None) -> None:
        """Read the lesson's exercises; raise BankError that names every fault. `store` is called at opening."""
        self._bank: LessonBank = load_lesson(folder or exercises_folder(), name)
        self._name = name
        self._find_store = store or (lambda: chosen_store(os.environ))
        self._store: Store | None = None
        self._entries: list[Entry] = []
        self._unsent: dict[tuple[str, str], Entry] = {}
        self._components: list[Component] = []
        self._link = Link(self.open)

    def open(self) -> None:
        """Bring back what the learner did. Trouble is shown on the page, with a way to try again."""
        if self._store is not None:
            return
        try:
            store = self._find_store()
            self._entries = store.entries(self._name)
            for card in self._components:
                _precede(card, store)
        except StoreError as error:
            self._link.trouble = ""  # the same trouble twice is news all the same
            self._link.trouble = f"What you did here earlier could not be brought back. {error}"
            return
        self._store = store
        for component in self._components:
            component.restore(self._entries)
        self._link.trouble = ""
        self._link.whose = store.whose
        self._link.opened = True

    def keep(self, exercise: Exercise, answer: Answer, score: float | None) -> Entry:
        """Store an answer for good and return its entry; raise StoreError if that did not work."""
        return self._keep(exercise, exercise.entry_kind, answer, score)

    def keep_settings(self, goal: Exercise, answer: Answer) -> Entry:
        """Store the list of an explorable's settings that are worth keeping; raise StoreError if that did not work."""
        return self._keep(goal, "settings", answer, None)

    def _keep(self, exercise: Exercise, kind: str, answer: Answer, score: float | None) -> Entry:
        if self._store is None:
            self.open()
        if self._store is None:
            raise StoreError(self._link.trouble)
        entry = self._unsent.get((kind, exercise.id))
        if entry is None or entry.answer != answer:  # the same answer again is the same entry, stored once
            now, taken = datetime.now(UTC), {entry.at for entry in self._entries}
            while stamp(now) in taken:  # two answers in one millisecond would have no order
                now += timedelta(milliseconds=1)
            entry = new_entry(self._name, exercise.id, kind, exercise.version, answer, score, now)
        self._unsent[kind, exercise.id] = entry
        self._store.add(entry)
        del self._unsent[kind, exercise.id]
        self._entries.append(entry)
        self._tell(entry)
        return entry

    def newest(self) -> Sequence[Entry]:
        """All that is kept, also from another window; raise StoreError if it cannot be asked for."""
        if self._store is not None:
            known = {entry.id for entry in self._entries}
            self._entries = self._store.entries(self._name)
            for entry in self._entries:
                if entry.id not in known:
                    self._tell(entry)
        return self._entries

    def _tell(self, entry: Entry) -> None:
        for component in self._components:
            if isinstance(component, Follower):
                component.follow(entry)

    def exercise(self, name: str) -> ExerciseCard:
        """The exercise of that name."""
        exercise = self._bank.get(name)
        card = ExerciseCard(exercise, self.keep, self._name, self._others, self._whose, self.newest)
        return self._show(card)

    predict = reflect = commit = profile = exercise

    def explore(self, name: str) -> Any:
        """The explorable that the goal of that name belongs to."""
        goal = self._goal(name)
        module = _explorable(goal)
        component = getattr(module, goal.explorable.title().replace("_", ""))
        return self._show(component(goal=goal, keep=self.keep, keep_settings=self.keep_settings))

    def compare(self, name: str) -> Any:
        """What was predicted under that name beside what happens in the model."""
        prediction = self._bank.get(name)
        goals = [exercise for exercise in self._bank.exercises if isinstance(exercise, Goal)]
        if not goals:
            raise BankError([f"lesson {self._name}: there is no goal, so nothing to compare {name} with; add one."])
        return self._show(_explorable(goals[0]).comparison(prediction))

    def later(self) -> Later:
        """When the lesson's review questions come back."""
        return self._show(Later(self._bank.questions))

    def _goal(self, name: str) -> Goal:
        exercise = self._bank.get(name)
        if not isinstance(exercise, Goal):
            raise BankError([f"lesson {self._name}: {name} is of kind {exercise.kind}; explore needs a goal."])
        return exercise

    def _whose(self) -> str:
        """The learner's mark; empty until the work is open."""
        return self._store.whose if self._store else ""

    def _others(self, exercise: Exercise) -> Sequence[Answer] | None:
        """What other people answered; None if they are too few, or cannot be asked just now."""
        try:
            return self._store.cohort(self._name, exercise.id) if self._store else None
        except StoreError:
            return None

    def _show(self, component: Any) -> Any:
        self._components.append(component)
        if self._store is not None:
            _precede(component, self._store)
            component.restore(self._entries)
        return component

    def __repr__(self) -> str:
        """Short, and the same at every run."""
        return f"Lesson {self._name}: {len(self._bank.items)} items, {len(self._bank.questions)} review questions"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        data, metadata = self._link._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": repr(self)}, metadata


def _precede(component: object, store: Store) -> None:
    """Give a card what was answered in an earlier lesson, if it is laid over that; raise StoreError."""
    if isinstance(component, ExerciseCard) and component.earlier:
        component.precede(store.entries(component.earlier.partition("/")[0]))


def _explorable(goal: Goal) -> Any:
    """The module of choreo.explorables that a goal belongs to; only what a lesson uses is imported."""
    return import_module(f"choreo.explorables.{goal.explorable}")
