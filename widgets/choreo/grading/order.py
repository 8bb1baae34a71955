"""Put steps into their order; every step explains its place."""

from __future__ import annotations

import random
import re
from itertools import combinations
from typing import Any, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import names_in, parts
from choreo.grading.exercise import Answer, Exercise, Part, Text, refuse_doubles
from choreo.grading.verdict import AnswerError, Note, Verdict


class Step(Part):
    """One step, and why it stands where it does."""

    text: Text
    why: Text


class Order(Exercise):
    """Put steps into their order."""

    kind: Literal["order"]
    first: Text = Field(default="First", description="The word at the top of the list.")
    last: Text = Field(default="Last", description="The word at its end.")
    steps: tuple[Step, ...] = Field(min_length=3, max_length=8, description="In the right order; shown shuffled.")

    @model_validator(mode="after")
    def _ids_tell_nothing(self) -> Order:
        refuse_doubles("steps", self.steps)
        telling = [step.id for step in self.steps if re.fullmatch(r"[a-z]|.*\d.*", step.id)]
        if telling:
            raise ValueError(
                f"steps: the id {telling[0]} tells the place, and the browser sees it; name the step by its subject"
            )
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"order": [step ids]}, all steps. Partial credit: the share of pairs in the right order."""
        example = '{"order": ["this", "that"]}'
        (value,) = parts(answer, example, "order")
        right = [step.id for step in self.steps]
        given = names_in(value, right, example)
        if len(given) < len(right):
            raise AnswerError("Put all steps into the order.")
        pairs = list(combinations(given, 2))
        kept = sum(right.index(before) < right.index(after) for before, after in pairs)
        notes = tuple(Note(step.id, given[at] == step.id, step.why) for at, step in enumerate(self.steps))
        if kept == len(pairs):
            return Verdict(1.0, "That is the order.", notes)
        places = sum(bool(note.right) for note in notes)
        feedback = (
            f"{kept} of {len(pairs)} pairs stand in the right order, {places} of {len(right)} steps in their place. "
            "Read the notes, move what is out of place, and check again."
        )
        return Verdict(kept / len(pairs), feedback, notes)

    def face(self) -> dict[str, Any]:
        """Steps, shuffled the same way every time, and never in the right order."""
        shuffled = list(self.steps)
        dice = random.Random(self.id)
        while shuffled == list(self.steps):
            dice.shuffle(shuffled)
        return {
            "first": self.first,
            "last": self.last,
            "steps": [{"id": step.id, "text": step.text} for step in shuffled],
        }

    def solution(self) -> Answer:
        """All steps in order."""
        return {"order": [step.id for step in self.steps]}
