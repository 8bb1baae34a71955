"""Reach a state in an explorable. Its card is drawn by the explorable."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import number_between, parts
from choreo.grading.exercise import Answer, Exercise, Name, Text
from choreo.grading.verdict import AnswerError, Verdict

Setting = bool | int | float | str


class Goal(Exercise):
    """Reach a goal in an explorable; the file carries a setting that does, and one that does not."""

    entry_kind: ClassVar[str] = "goal"

    kind: Literal["goal"]
    explorable: Name
    goal: Text
    target: float = Field(gt=0, le=1, description="The order to reach.")
    fixed: dict[str, Setting] = Field(default={}, description="Settings that stay until the goal is reached.")
    most: dict[str, float] = Field(default={}, description="Means: no setting may exceed this.")
    winning: dict[str, Setting] = Field(min_length=1, description="Settings that reach the goal.")
    losing: dict[str, Setting] = Field(min_length=1, description="Settings that do not; the learner starts here.")

    @model_validator(mode="after")
    def _settings_make_sense(self) -> Goal:
        for name in ("winning", "losing"):
            settings = getattr(self, name)
            for key, value in settings.items():
                if key in self.fixed and value != self.fixed[key]:
                    raise ValueError(f"{name}: {key} is fixed at {self.fixed[key]}; leave it out here")
                if exceeds(value, self.most.get(key)):
                    raise ValueError(f"{name}: {key} exceeds the most allowed ({self.most[key]:g}); lower it")
        if self.winning == self.losing:
            raise ValueError("losing: the same as winning; change one")
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"settings": {name: value}, "reached": true, "order": 0.93}; one that falls short is refused."""
        example = '{"settings": {"coupling": 4}, "reached": true, "order": 0.93}'
        settings, reached, order = parts(answer, example, "settings", "reached", "order")
        if not isinstance(settings, dict) or not all(_is_setting(key, value) for key, value in settings.items()):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {example}.")
        for key, value in settings.items():
            if exceeds(value, self.most.get(key)):
                raise AnswerError(f"This takes more than the goal allows ({key}: at most {self.most[key]:g}).")
            if key in self.fixed and value != self.fixed[key]:
                raise AnswerError(f"For this goal, {key} stays at {self.fixed[key]}.")
        if reached is not True or number_between(order, 0, 1, "order") < self.target:
            raise AnswerError(f"Not there yet: the goal is {self.target:.0%}.")
        return Verdict(1.0, f"You did it: {order:.0%} together.")

    def face(self) -> dict[str, Any]:
        """The goal and its means, without the settings that reach it."""
        return {
            "explorable": self.explorable,
            "goal": self.goal,
            "target": self.target,
            "fixed": dict(self.fixed),
            "most": dict(self.most),
        }


def exceeds(value: Setting, limit: float | None) -> bool:
    """Whether a setting is a number above its limit; NaN is above every limit."""
    if limit is None or isinstance(value, str):
        return False
    return not value <= limit


def _is_setting(key: object, value: object) -> bool:
    if isinstance(value, (int, float)):
        return isinstance(key, str) and abs(value) < 1e12
    return isinstance(key, str) and isinstance(value, str) and len(value) < 100
