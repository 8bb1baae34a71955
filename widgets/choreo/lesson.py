"""What a lesson's notebook imports.

    from choreo.lesson import Lesson
    lesson = Lesson("09-choreography")
    lesson

Each method returns a component to show: `lesson.predict("tuning-in-curve")`, `lesson.exercise("first-cue")`. A cell never
knows who the learner is; what belongs to them comes in by one call, after the page has opened.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from choreo.bank.course import load_course
from choreo.bank.fault import BankError
from choreo.bank.loader import LessonBank, addresses, exercises_about, load_exercise, load_lesson
from choreo.explorables.finder import UnknownExplorableError, explorable
from choreo.explorables.outcome import unanswerable
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.play import Play
from choreo.grading.predict import Predict
from choreo.progress.entry import Entry, moment, new_entry
from choreo.progress.store import Store, StoreError
from choreo.progress.thread import Thread
from choreo.stores.chosen import chosen_store
from choreo.stores.zone import zone_here
from choreo.views.card import ExerciseCard
from choreo.views.comparison import Comparison
from choreo.views.later import Later
from choreo.views.link import Link
from choreo.views.plans import Plans
from choreo.views.player import Player

if TYPE_CHECKING:
    from IPython.display import Image

    from choreo.views.chart import Chart

log = logging.getLogger(__name__)

MOMENT = timedelta(milliseconds=1)  # as exact as entries are dated


class Component(Protocol):
    """What a lesson gives to a cell to show."""

    def restore(self, entries: Sequence[Entry]) -> None:
        """Show what the learner did; called once, after the page has opened."""


Shown = TypeVar("Shown", bound=Component)


@runtime_checkable
class Follower(Protocol):
    """A component that shows what the learner does elsewhere in the lesson."""

    def follow(self, entry: Entry) -> None:
        """Take in something that the learner has just done."""


@runtime_checkable
class Successor(Protocol):
    """A component that builds on what was kept in other lessons."""

    @property
    def earlier(self) -> tuple[str, ...]:
        """The exercises ("lesson/exercise") it builds on."""

    def precede(self, entries: Sequence[Entry]) -> None:
        """Take in their entries, among others perhaps; called before `restore`."""


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


def find_thread(folder: Path, collaboration: str) -> Thread | None:
    """The thread of that collaboration ("lesson/exercise") through the exercises in `folder`; None if nothing names it."""
    try:
        load_exercise(folder / f"{collaboration}.yaml")
    except BankError:
        return None
    courses = (place for place in (Path.cwd(), folder.parent / "lessons") if (place / "course.yaml").is_file())
    try:
        titles = {lesson.name: lesson.title for place in courses for lesson in load_course(place).lessons}
    except BankError:
        titles = {}
    return Thread(collaboration, exercises_about(folder, collaboration), titles)


class Lesson:
    """One lesson: its exercises, its components, and the way to where the learner's work is kept."""

    def __init__(self, name: str, *, folder: Path | None = None, store: Callable[[], Store] | None = None) -> None:
        """Read the lesson's exercises; raise BankError that names every fault. `store` is called at opening."""
        self._folder = folder or exercises_folder()
        self._bank: LessonBank = load_lesson(self._folder, name)
        self._name = name
        self._find_store = store or (lambda: chosen_store(os.environ))
        self._store: Store | None = None
        self._entries: list[Entry] = []
        self._unsent: dict[tuple[str, str], Entry] = {}
        self._components: list[Component] = []
        self._threads: dict[str | None, Thread | None] = {}
        self._link = Link(self.open)

    def open(self) -> None:
        """Bring back what the learner did. Trouble is shown on the page, with a way to try again."""
        if self._store is not None:
            return
        try:
            store = self._find_store()
            entries = store.entries(self._name, *_earlier(self._components))
        except StoreError as error:
            self._link.trouble = ""  # the same trouble twice is news all the same
            self._link.trouble = f"What you did here earlier could not be brought back. {error}"
            return
        self._store = store
        self._entries = [entry for entry in entries if entry.lesson == self._name]
        for component in self._components:
            _restore(component, self._entries, entries)
        self._link.trouble = ""
        self._link.whose = store.whose
        self._link.opened = True

    # What its components use: progress.work.Work

    @property
    def name(self) -> str:
        """As the folder of its exercises: "09-choreography"."""
        return self._name

    @property
    def exercises(self) -> Sequence[Exercise]:
        """All its exercises."""
        return self._bank.exercises

    @property
    def whose(self) -> str:
        """The learner's mark; empty until the work is open."""
        return self._store.whose if self._store else ""

    def keep(self, exercise: Exercise, answer: Answer, score: float | None = None, kind: str = "") -> Entry:
        """Store an answer for good and return its entry; raise StoreError if that did not work."""
        kind = kind or exercise.entry_kind
        if self._store is None:
            self.open()
        if self._store is None:
            raise StoreError(self._link.trouble)
        entry = self._unsent.get((kind, exercise.id))
        if entry is None or entry.answer != answer:  # the same answer again is the same entry, stored once
            at = _after(self._entries, exercise.id)
            entry = new_entry(self._name, exercise.id, kind, exercise.version, answer, score, at)
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

    def others(self, exercise: Exercise) -> Sequence[Answer] | None:
        """What other people answered; None if they are too few, or cannot be asked just now."""
        try:
            return self._store.cohort(self._name, exercise.id) if self._store else None
        except StoreError:
            return None

    def _tell(self, entry: Entry) -> None:
        for component in self._components:
            if isinstance(component, Follower):
                component.follow(entry)

    def exercise(self, name: str) -> ExerciseCard:
        """The exercise of that name."""
        exercise = self._bank.get(name)
        return self._show(ExerciseCard(exercise, self, self._thread(exercise.collaboration)))

    predict = reflect = commit = profile = canvas = exercise

    extra = exercise  # one that nobody has to do

    def explore(self, name: str) -> Player:
        """The play or goal of that name, on its stage."""
        play = self._bank.get(name)
        if not isinstance(play, Play):
            raise BankError([f"lesson {self._name}: {name} is of kind {play.kind}; explore needs a play or a goal."])
        try:
            found = explorable(play.explorable)
        except UnknownExplorableError as error:
            raise BankError([f"lesson {self._name}: {name}: {error}."]) from error
        return self._show(Player(play, found, self))

    def compare(self, name: str) -> Comparison:
        """What was predicted under that name beside what happens in the explorable that its file names, or its data."""
        prediction = self._bank.get(name)
        if not isinstance(prediction, Predict):
            raise BankError([f"lesson {self._name}: {name} is of kind {prediction.kind}; compare needs a prediction."])
        if faults := unanswerable(prediction):
            raise BankError([f"lesson {self._name}: {name}: {fault}." for fault in faults])
        return self._show(Comparison(prediction))

    def later(self) -> Later:
        """When the lesson's review questions come back."""
        return self._show(Later(self._bank, lambda: zone_here(os.environ)))

    def plans(self) -> Plans:
        """The learner's plans of all lessons."""
        return self._show(Plans(addresses(self._folder, "commit")))

    def chart(self, figure: Any, *, alt: str, title: str = "", height: int = 360) -> Chart | Image:
        """An author's figure in the course's colours and type; `alt` says what it shows.

        It is Plotly's, or data and layout. One of matplotlib's becomes a picture of its own look and size.
        """
        from choreo.views.chart import Chart  # for lessons that call this
        from choreo.views.figure import FigureError, numbers_of, own
        from choreo.views.still import is_still, still

        if not alt.strip():
            raise BankError([f"lesson {self._name}: chart: alt is empty; say in a sentence what the figure shows."])
        if is_still(figure):
            return still(figure, alt)
        try:
            drawn, written = own(figure)
        except FigureError as error:
            raise BankError([f"lesson {self._name}: chart: {error}"]) from error
        return Chart(drawn, alt, title=title or written, numbers=numbers_of(drawn), height=height)

    def _thread(self, collaboration: str | None) -> Thread | None:
        """What the course asks about this collaboration; None where none is meant, or none is named (yet)."""
        if collaboration not in self._threads:
            self._threads[collaboration] = find_thread(self._folder, collaboration) if collaboration else None
        return self._threads[collaboration]

    def _show(self, component: Shown) -> Shown:
        self._components.append(component)
        if self._store is not None:
            earlier = _earlier([component])
            _restore(component, self._entries, self._store.entries(self._name, *earlier) if earlier else ())
        return component

    def __repr__(self) -> str:
        """Short, and the same at every run."""
        return f"Lesson {self._name}: {len(self._bank.items)} items, {len(self._bank.questions)} review questions"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        data, metadata = self._link._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": repr(self)}, metadata


def _earlier(components: Iterable[Component]) -> tuple[str, ...]:
    """The exercises of other lessons that the components build on, each once."""
    found = (component.earlier for component in components if isinstance(component, Successor))
    return tuple(dict.fromkeys(address for earlier in found for address in earlier))


def _restore(component: Component, entries: Sequence[Entry], earlier: Sequence[Entry]) -> None:
    """Show what the learner did, here and earlier; a component that makes nothing of it takes no other one with it."""
    try:
        if isinstance(component, Successor) and component.earlier:
            component.precede(earlier)
        component.restore(entries)
    except Exception:
        log.exception("%r could not be brought back", component)


def _after(entries: Sequence[Entry], item: str) -> datetime:
    """Now, and later than what was done already: answers of one moment have no order, and a clock may go back.

    What lies more than a day ahead is not followed, unless it is the same item's.
    """
    now = datetime.now(UTC)
    ahead = (at for entry in entries if (at := moment(entry)) < now + timedelta(days=1) or entry.item == item)
    return max(now, max(ahead, default=now - MOMENT) + MOMENT)
