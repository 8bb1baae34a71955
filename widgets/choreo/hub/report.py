"""What all people of a course answered, for its authors: read while the course runs, told in counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from choreo.bank.course import Course
from choreo.bank.loader import LessonBank
from choreo.bank.notebook import calls, needed
from choreo.grading.exercise import Exercise
from choreo.hub import tables
from choreo.hub.catalogue import Catalogue
from choreo.hub.copying import AT_ONCE
from choreo.hub.database import Database
from choreo.hub.settings import Settings
from choreo.progress.entry import Entry, entries_in
from choreo.progress.tally import Stops, Tally, stops, tally


@dataclass(frozen=True)
class Asked:
    """An exercise, and what people answered."""

    exercise: Exercise
    tally: Tally


@dataclass(frozen=True)
class LessonReport:
    """What is told of one lesson."""

    name: str
    title: str
    stops: Stops
    asked: tuple[Asked, ...]  # in the order of the notebook, what is asked in review last


def lesson_reports(database: Database, settings: Settings) -> Iterator[LessonReport]:
    """The report of each lesson that is written, in the order of the path; raise BankError, DatabaseError."""
    catalogue = Catalogue(settings.lessons, settings.exercises)
    course: Course = catalogue.course()
    for lesson in course.written(settings.lessons):
        bank = catalogue.bank(lesson.name)
        if bank is not None:
            notebook = settings.lessons / f"{lesson.name}.ipynb"
            shown = [name for name in calls(notebook) or () if name in {one.id for one in bank.exercises}]
            yield _report(lesson.title, replace(bank, needed=needed(notebook)), shown, works(database, lesson.name))


def _report(title: str, bank: LessonBank, shown: Sequence[str], everybody: Sequence[Sequence[Entry]]) -> LessonReport:
    order = {name: at for at, name in enumerate(shown)}
    exercises = sorted(bank.exercises, key=lambda one: (one.review, order.get(one.id, len(order)), one.id))
    asked = tuple(Asked(one, tally(one, everybody)) for one in exercises)
    return LessonReport(bank.lesson, title, stops(shown, bank.items, everybody), asked)


def works(database: Database, lesson: str) -> list[list[Entry]]:
    """What each person did in a lesson, oldest first; in no order of people, and without who they are."""
    c = tables.entry.c
    wanted = sa.select(c.learner_id, c.id, c.lesson, c.item, c.kind, c.version, c.answer, c.score, c.at)
    wanted = wanted.where(c.lesson == lesson).order_by(c.at, c.id)
    found: dict[str, list[Entry]] = {}
    with database.reading() as connection:
        rows = connection.execution_options(yield_per=AT_ONCE).execute(wanted).mappings()
        for row in rows:
            record = {name: value for name, value in row.items() if name != "learner_id"}
            found.setdefault(row["learner_id"], []).extend(_read(record))
    return list(found.values())


def _read(record: dict[str, object]) -> list[Entry]:
    """The entry in a row; none where it cannot be read, which whoever opens it is told by the hub."""
    try:
        answer = json.loads(str(record["answer"]))
    except (ValueError, RecursionError):
        return []
    return entries_in([{**record, "answer": answer}], lambda _: None)
