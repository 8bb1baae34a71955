"""Put oneself or a case on a line or a plane. Nothing is right: one compares, with an expert and with others."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import number_between, parts
from choreo.grading.exercise import Answer, Exercise, Record, Text
from choreo.grading.faults import FaultsError
from choreo.grading.verdict import AnswerError, Verdict

FEWEST = 5  # people whose answers may be shown together
NEAR = 12  # points of 100 that count as the same place


class Scale(Record):
    """One direction, from 0 at its low end to 100 at its high end."""

    label: Text
    low: Text
    high: Text


class Expert(Record):
    """Where somebody with experience puts it, and why."""

    who: Text = "An experienced coach"
    x: float = Field(ge=0, le=100)
    y: float | None = Field(default=None, ge=0, le=100)
    why: Text


class Place(Exercise):
    """Put it on a line or a plane, then compare."""

    social: ClassVar[bool] = True

    kind: Literal["place"]
    across: Scale
    up: Scale | None = Field(default=None, description="Without it there is a line, not a plane.")
    what: Text = Field(default="You", description="What is put there: the words at the learner's point.")
    expert: Expert

    @model_validator(mode="after")
    def _expert_has_a_place(self) -> Place:
        if self.up and self.expert.y is None:
            raise FaultsError([(("expert",), "y is missing; a plane needs both x and y.")])
        if not self.up and self.expert.y is not None:
            raise FaultsError([(("expert", "y"), "a line has no y; remove it, or add `up`.")])
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"x": 40, "y": 70}, from 0 to 100; on a line {"x": 40}. No score."""
        mine = self._point(answer)
        theirs = [self.expert.x, *([self.expert.y] if self.expert.y is not None else [])]
        words = [self._beside(scale, own - other) for scale, own, other in zip(self._scales, mine, theirs, strict=True)]
        if not any(words):
            return Verdict(None, f"{self.expert.who} puts it close to where you did. Is it for the same reason?")
        apart = " and ".join(word for word in words if word)
        who = re.sub(r"^(A|An|The)(?= )", lambda found: found[0].lower(), self.expert.who)
        return Verdict(None, f"You put it {apart} than {who} does. Neither is wrong: read why.")

    def face(self) -> dict[str, Any]:
        """The axes and the words for one's point."""
        return {
            "what": self.what,
            "across": self.across.model_dump(),
            "up": self.up.model_dump() if self.up else None,
        }

    def unfold(
        self, answer: Answer, kept: Sequence[Answer] = (), others: Sequence[Answer] | None = None
    ) -> dict[str, Any]:
        """After an answer: the expert's point and reasons, and where others put it, from five people on."""
        self._point(answer)
        expert = {"who": self.expert.who, "x": self.expert.x, "y": self.expert.y, "prose": self.expert.why}
        return {"expert": expert, "cohort": self._cohort(others)}

    @property
    def _scales(self) -> list[Scale]:
        return [self.across, *([self.up] if self.up else [])]

    def _point(self, answer: object) -> list[float]:
        names = ("x", "y") if self.up else ("x",)
        example = '{"x": 40, "y": 70}' if self.up else '{"x": 40}'
        values = parts(answer, example, *names)
        return [number_between(v, 0, 100, scale.label) for v, scale in zip(values, self._scales, strict=True)]

    def _cohort(self, others: Sequence[Answer] | None) -> dict[str, Any] | None:
        """The points of others and their middle; None if fewer than five are usable."""
        points = []
        for other in others or ():
            try:
                points.append(self._point(other))
            except AnswerError:  # kept of an earlier version
                continue
        if len(points) < FEWEST:
            return None
        middle = [_median([point[axis] for point in points]) for axis in range(len(self._scales))]
        return {
            "points": points,
            "middle": middle,
            "text": f"{len(points)} people so far. {self._spread(points, middle)}",
        }

    def _spread(self, points: Sequence[Sequence[float]], middle: Sequence[float]) -> str:
        near = sum(math.dist(point, middle) <= 2 * NEAR for point in points)
        share = near / len(points)
        if share >= 0.75:
            return "Most put it in much the same place."
        return "They are of more than one mind." if share >= 0.4 else "They put it far apart from each other."

    def _beside(self, scale: Scale, difference: float) -> str:
        if abs(difference) < NEAR:
            return ""
        end = scale.high if difference > 0 else scale.low
        return f"{'much ' if abs(difference) > 3 * NEAR else ''}nearer to “{end}”"


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
