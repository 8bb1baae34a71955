"""Statements on a scale, gathered into dimensions: a picture of oneself, and no mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import parts, refuse_unknown
from choreo.grading.exercise import Address, Answer, Exercise, Name, Part, Record, Text
from choreo.grading.faults import FaultsError, Place
from choreo.grading.verdict import AnswerError, Verdict
from choreo.words import n_

EXAMPLE = '{"marks": {"slow-down": 4}}'
SAME = 0.25  # of a point: less is no difference worth words


class Marks(Record):
    """The scale on which every statement is marked."""

    points: int = Field(default=5, ge=3, le=7)
    low: Text
    high: Text


class Dimension(Part):
    """One direction of the radar, and what it means."""

    text: Text
    about: Text


class Statement(Part):
    """Something that is more or less true of oneself."""

    text: Text
    dimension: Name
    reverse: bool = Field(default=False, description="A high mark counts low.")


class Profile(Exercise):
    """Mark statements, see the radar; the first time and the newest are laid over each other."""

    entry_kind: ClassVar[str] = "profile"

    kind: Literal["profile"]
    scale: Marks
    dimensions: tuple[Dimension, ...] = Field(min_length=3, max_length=8)
    statements: tuple[Statement, ...] = Field(min_length=3, max_length=40)
    first: Address | None = Field(default=None, description="The profile (lesson/exercise) taken before this one.")

    @model_validator(mode="after")
    def _statements_have_dimensions(self) -> Profile:
        known = [dimension.id for dimension in self.dimensions]
        found: list[tuple[Place, str]] = []
        for field, records in (("dimensions", self.dimensions), ("statements", self.statements)):
            ids = [record.id for record in records]
            found += [
                ((field, at, "id"), f'"{name}" is there twice; rename one.')
                for at, name in enumerate(ids)
                if name in ids[:at]
            ]
        for at, statement in enumerate(self.statements):
            if statement.dimension not in known:
                fault = f'"{statement.dimension}" is no dimension ({", ".join(known)}); add or change it.'
                found.append((("statements", at, "dimension"), fault))
        used = {statement.dimension for statement in self.statements}
        found += [
            (("dimensions", at), f'no statement belongs to "{name}"; add one, or remove it.')
            for at, name in enumerate(known)
            if name not in used
        ]
        if found:
            raise FaultsError(found)
        return self

    @property
    def earlier(self) -> tuple[str, ...]:
        """The profile that was taken first."""
        return (self.first,) if self.first else ()

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"marks": {statement id: 1 to the scale's points}}, all statements. No score."""
        values = self.values(answer)
        highest, lowest = max(values.values()), min(values.values())
        if highest - lowest < SAME:
            return Verdict(None, "Your picture is even: no side of it stands out. It is a picture, not a mark.")
        return Verdict(
            None,
            f"Your picture reaches furthest in **{self._named(values, highest)}** and least far in "
            f"**{self._named(values, lowest)}**. It is a picture, not a mark.",
        )

    def face(self) -> dict[str, Any]:
        """Statements and scale; which dimension each belongs to is not said beforehand."""
        return {
            "scale": self.scale.model_dump(),
            "statements": [{"id": s.id, "text": s.text} for s in self.statements],
        }

    def unfold(
        self, answer: Answer, kept: Sequence[Answer] = (), others: Sequence[Answer] | None = None
    ) -> dict[str, Any]:
        """The radar: each dimension now and, if it was taken before, the first time."""
        now = self.values(answer)
        first = next((values for past in kept if (values := self._read(past))), None) if len(kept) > 1 else None
        return {
            "points": self.scale.points,
            "again": first is not None,
            "dimensions": [
                {
                    "text": dimension.text,
                    "about": {"text": dimension.about},
                    "now": round(now[dimension.id], 2),
                    "first": round(first[dimension.id], 2) if first and dimension.id in first else None,
                }
                for dimension in self.dimensions
            ],
        }

    def values(self, answer: Answer) -> dict[str, float]:
        """The mean of each dimension, by id, from 1 to the scale's points; reversed statements are turned round."""
        marks = self._marks(answer)
        return {
            dimension.id: _mean(
                [
                    self.scale.points + 1 - marks[s.id] if s.reverse else marks[s.id]
                    for s in self.statements
                    if s.dimension == dimension.id
                ]
            )
            for dimension in self.dimensions
        }

    def _marks(self, answer: Answer) -> dict[str, int]:
        (marks,) = parts(answer, EXAMPLE, "marks")
        if not isinstance(marks, dict) or not all(isinstance(name, str) for name in marks):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {EXAMPLE}.")
        refuse_unknown(marks, [statement.id for statement in self.statements])
        left = len(self.statements) - len(marks)
        if left:
            raise AnswerError(n_("One is still to mark.", "{left} are still to mark.", left).format(left=left))
        for value in marks.values():
            if type(value) is not int or not 1 <= value <= self.scale.points:
                raise AnswerError(f"A mark is a whole number from 1 to {self.scale.points}; mark this once more.")
        return marks

    def _read(self, answer: Answer) -> dict[str, float] | None:
        """The values of a kept answer; None if it is one of an earlier version."""
        try:
            return self.values(answer)
        except AnswerError:
            return None

    def _named(self, values: dict[str, float], value: float) -> str:
        names = [d.text for d in self.dimensions if abs(values[d.id] - value) < 1e-9]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)
