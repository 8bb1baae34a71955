"""Put steps into their order; every step explains its place."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import names_in, parts
from choreo.grading.exercise import Answer, Exercise, Part, Text, refuse_doubles
from choreo.grading.verdict import AnswerError, Note, Verdict
from choreo.words import _, n_


class Step(Part):
    """One step, and why it stands where it does."""

    text: Text = Field(description="The step; Markdown.")
    why: Text = Field(description="Why it stands where it does; read after an answer.")


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
            raise AnswerError(_("Put all steps into the order."))
        pairs = list(combinations(given, 2))
        kept = sum(right.index(before) < right.index(after) for before, after in pairs)
        notes = tuple(Note(step.id, given[at] == step.id, step.why) for at, step in enumerate(self.steps))
        if kept == len(pairs):
            return Verdict(1.0, _("That is the order."), notes)
        out = len(right) - in_line([right.index(name) for name in given])
        feedback = n_(
            "Nearly: move one card, and all of them are in order. Read why each stands where it does.",
            "{there} cards are in the right order already; {out} have to move. Read why each stands where it does.",
            out,
        )
        if kept == 0:
            feedback = _("You have them just the other way round. Read why each stands where it does.")
        return Verdict(kept / len(pairs), feedback.format(there=len(right) - out, out=out), notes)

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


def in_line(places: Sequence[int]) -> int:
    """How many can stay when as few as possible are moved: the longest rising run, with gaps allowed.

    >>> in_line([1, 2, 3, 0]), in_line([3, 2, 1, 0])
    (3, 1)
    """
    best: list[int] = []  # the longest run that ends at each
    for at, place in enumerate(places):
        best.append(1 + max((best[k] for k in range(at) if places[k] < place), default=0))
    return max(best, default=0)
