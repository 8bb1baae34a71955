"""Reach a state in an explorable, so that it holds. Its card is drawn by the player."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from choreo.grading.answer import parts
from choreo.grading.exercise import Answer, Text, Word
from choreo.grading.play import Bounds, Play, Setting, is_settings
from choreo.grading.verdict import AnswerError, Verdict

CROWDS = 10  # that a setting is tried with


class Reach(Bounds):
    """A measure of the run, and from or up to where it counts."""

    measure: Word = Field(description="The measure that counts.")

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("reach: say at_least or at_most")
        return self


class Goal(Play):
    """Reach a goal with few means; the file carries a setting that holds, one to begin with, and tempting near misses."""

    entry_kind: ClassVar[str] = "goal"
    counts: ClassVar[bool] = True

    kind: Literal["goal"]  # type: ignore[assignment]  # a goal is a play with something to reach
    goal: Text = Field(description="What is to be reached, in one line.")
    reach: tuple[Reach, ...] = Field(
        min_length=1, max_length=3, description="What must hold: a measure with at_least or at_most."
    )
    of_ten: int = Field(default=9, ge=1, le=CROWDS, description="In how many of ten crowds it must hold.")
    first_crowd: int = Field(
        default=0,
        ge=0,
        le=900_000,
        description="Learners get ten of the 200 crowds from this one on: winning holds in all tens.",
    )
    most: dict[str, float] = Field(default={}, description="Means: no setting may exceed this.")
    least: dict[str, float] = Field(
        default={}, description="What must not be given up: no setting may fall below this."
    )
    winning: dict[str, Setting] = Field(min_length=1, description="Settings that hold in 95 of 100 crowds.")
    losing: dict[str, Setting] = Field(min_length=1, description="Settings that do not; the learner starts here.")
    near: tuple[dict[str, Setting], ...] = Field(
        default=(), max_length=6, description="Tempting settings that hold in less than 80 of 100 crowds."
    )

    @field_validator(
        "reach", mode="before", json_schema_input_type=Reach | Annotated[tuple[Reach, ...], Field(max_length=3)]
    )
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return [value] if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _settings_make_sense(self) -> Self:
        for name, settings in (
            ("winning", self.winning),
            ("losing", self.losing),
            *(("near", one) for one in self.near),
        ):
            for key, value in settings.items():
                if key in self.fixed and value != self.fixed[key]:
                    raise ValueError(f"{name}: {key} is fixed at {self.fixed[key]}; leave it out here")
                if name == "winning" and exceeds(value, self.most.get(key)):
                    raise ValueError(f"{name}: {key} exceeds the most allowed ({self.most[key]:g}); lower it")
                if name == "winning" and falls_below(value, self.least.get(key)):
                    raise ValueError(f"{name}: {key} is less than the least allowed ({self.least[key]:g}); raise it")
        if self.winning == self.losing:
            raise ValueError("losing: the same as winning; change one")
        return self

    @property
    def begin(self) -> dict[str, Setting]:
        """Where learners start: at the setting that loses."""
        return {**self.start, **self.losing, **self.fixed}

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"settings": {name: value}, "values": {measure: 0.93}, "held": 9, "of": 10}; one that falls short is refused.

        `values` are the measures' means. Answers of older versions, {"settings", "reached": true, "order": 0.93}, stand.
        """
        if isinstance(answer, dict) and set(answer) == {"settings", "reached", "order"}:
            return self._older(answer)
        example = '{"settings": {"coupling": 4}, "values": {"order": 0.93}, "held": 9, "of": 10}'
        settings, values, held, of = parts(answer, example, "settings", "values", "held", "of")
        wrong = AnswerError(f"This is not an answer to this exercise; one looks like {example}.")
        if not is_settings(settings) or type(held) is not int or of not in (1, CROWDS) or not 0 <= held <= of:
            raise wrong
        if not isinstance(values, dict) or not all(_is_number(values.get(one.measure)) for one in self.reach):
            raise wrong
        self.refuse_means(settings)
        if held < (1 if of == 1 else self.of_ten):
            raise AnswerError(f"Not there yet: it holds in {held} of {of}.")
        return Verdict(1.0, "You did it." if of == 1 else f"You did it: it holds in {held} of ten.")

    def _older(self, answer: Answer) -> Verdict:
        order = answer["order"]
        if answer["reached"] is not True or not is_settings(answer["settings"]) or not _is_number(order):
            raise AnswerError("Not there yet.")
        return Verdict(1.0, f"You did it: {order:.0%}.")

    def refuse_means(self, settings: Mapping[str, Any]) -> None:
        """Raise AnswerError for settings that take more than the goal allows, give up what must stay, or move what is fixed."""
        for key, value in settings.items():
            if exceeds(value, self.most.get(key)):
                raise AnswerError(f"This takes more than the goal allows ({key}: at most {self.most[key]:g}).")
            if falls_below(value, self.least.get(key)):
                raise AnswerError(f"This gives up what the goal keeps ({key}: at least {self.least[key]:g}).")
            if key in self.fixed and value != self.fixed[key]:
                raise AnswerError(f"For this goal, {key} stays at {self.fixed[key]}.")

    def face(self) -> dict[str, Any]:
        """The goal and its means, without the settings that reach it."""
        return {
            **super().face(),
            "goal": self.goal,
            "reach": [one.model_dump() for one in self.reach],
            "of_ten": self.of_ten,
            "fixed": dict(self.fixed),
            "most": dict(self.most),
            "least": dict(self.least),
        }


def exceeds(value: Setting, limit: float | None) -> bool:
    """Whether a setting is a number above its limit, or a list with more in it; NaN is above every limit."""
    if limit is None or isinstance(value, str):
        return False
    return not (len(value) if isinstance(value, list) else value) <= limit


def falls_below(value: Setting, limit: float | None) -> bool:
    """Whether a setting is a number below its limit, or a list with fewer in it; NaN is below every limit."""
    if limit is None or isinstance(value, str):
        return False
    return not (len(value) if isinstance(value, list) else value) >= limit


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12
