"""What a learner set in another exercise of the lesson, and plays with here: a play's `given`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from choreo.bank.fault import BankError
from choreo.explorables.explorable import Explorable
from choreo.grading.exercise import Exercise, split_variant
from choreo.grading.faults import nearest
from choreo.grading.play import Play
from choreo.grading.verdict import AnswerError
from choreo.progress.entry import Entry


class Given:
    """The settings that come from the learner's answers elsewhere; the newest of each counts."""

    def __init__(self, play: Play, explorable: Explorable, exercises: Sequence[Exercise]) -> None:
        """Nothing is there yet; raise BankError for an exercise or a control that there is not."""
        known = {one.id: one for one in exercises}
        controls = {one.name: one for one in explorable.controls}
        faults = [
            f'{play.id}: given: "{name}" is no {what}; {nearest(name, list(there))}'
            for names, what, there in (
                (play.given.values(), "exercise of this lesson", known),
                (play.given, "control", controls),
            )
            for name in names
            if name not in there
        ]
        if faults:
            raise BankError(faults)
        self._sources = {name: known[item] for name, item in play.given.items()}
        self._controls = [controls[name] for name in play.given]
        self._start = explorable.start
        self.settings: dict[str, Any] = {}  # by control

    @property
    def missing(self) -> Exercise | None:
        """The first exercise that has still to be answered."""
        return next((source for name, source in self._sources.items() if name not in self.settings), None)

    def note(self, entry: Entry) -> bool:
        """Take in an entry; whether it sets something, and is news."""
        before = dict(self.settings)
        for control in self._controls:
            source = self._sources[control.name]
            if entry.item != source.id or entry.kind != source.entry_kind:
                continue
            answer = split_variant(entry.answer)[1]
            try:
                source.grade(answer)
            except AnswerError:  # kept of another version of the exercise
                continue
            self.settings[control.name] = control.sound(answer, self._start[control.name])
        return self.settings != before
