"""The thread of the course: one's own collaboration, and what was said about it in one lesson after another.

Entries may be older than the exercises, or come from another installation; whatever they hold, nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from choreo.grading.collaboration import Named, named
from choreo.grading.commit import sentence
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.written import Written
from choreo.progress.entry import Entry, in_order

TOLD = 3  # the newest things said that are shown
LONGEST = 240  # characters of each text of theirs


@dataclass(frozen=True)
class Said:
    """What somebody wrote or planned in one exercise, newest version, shortened."""

    lesson: str  # the lesson's title
    at: str  # an entry's
    texts: tuple[tuple[str, str], ...]  # label and text; a plan has no label


@dataclass(frozen=True)
class Thread:
    """The exercises of a course that ask about one collaboration, which is named in another."""

    address: str  # "lesson/exercise": where it is named
    exercises: Mapping[str, Exercise]  # those that ask about it, by "lesson/exercise"
    titles: Mapping[str, str]  # of lessons, by name

    @property
    def addresses(self) -> tuple[str, ...]:
        """All exercises whose entries belong to it."""
        return (self.address, *self.exercises)

    def named(self, entries: Iterable[Entry]) -> Named | None:
        """The collaboration as it is named now; None while there is none."""
        made = [entry for entry in entries if entry.address == self.address and entry.kind == "collaboration"]
        return named(in_order(made)[-1].answer) if made else None

    def said(self, entries: Iterable[Entry], here: str) -> tuple[Said, ...]:
        """What was said about it in other lessons than `here`, the newest first."""
        newest: dict[str, Entry] = {}
        for entry in in_order(entries):
            exercise = self.exercises.get(entry.address)
            if exercise and entry.kind == exercise.entry_kind and entry.lesson != here:
                newest[entry.address] = entry
        told = [
            Said(self.titles.get(entry.lesson, entry.lesson), entry.at, texts)
            for entry in reversed(in_order(newest.values()))
            if (texts := _texts(self.exercises[entry.address], entry.answer))
        ]
        return tuple(told[:TOLD])


def _texts(exercise: Exercise, answer: Answer) -> tuple[tuple[str, str], ...]:
    if isinstance(exercise, Written):
        fields = answer.get("fields")
        given = fields if isinstance(fields, Mapping) else {}
        texts = [(field.label, given.get(field.id)) for field in exercise.fields]
    else:
        texts = [("", sentence(answer))]
    return tuple((label, _short(text)) for label, text in texts if isinstance(text, str) and text.strip())


def _short(text: str) -> str:
    """A text that can be sent anywhere, cut where it is long."""
    sound = text.strip().encode("utf-8", "replace").decode()
    return sound if len(sound) <= LONGEST else sound[:LONGEST].rstrip() + "…"
