"""Play with an explorable: settings to begin with, a guide of small tasks, and somebody who comments. Nothing is graded."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from choreo.grading.answer import parts
from choreo.grading.exercise import Answer, Exercise, Name, Record, Text, Word
from choreo.grading.verdict import AnswerError, Verdict

Setting = bool | int | float | str | list[Any]


class Bounds(Record):
    """From and to where a number counts."""

    at_least: float | None = Field(default=None, description="The least that holds.")
    at_most: float | None = Field(default=None, description="The most that holds.")

    def hold(self, value: float) -> bool:
        """Whether a value lies within; NaN lies nowhere."""
        low = self.at_least is None or value >= self.at_least
        high = self.at_most is None or value <= self.at_most
        return low and high and value == value


class Condition(Bounds):
    """Something that a learner did, a control within bounds, or a measure of the run within bounds."""

    deed: Literal["played", "touched", "new-crowd", "tapped"] | None = Field(
        default=None, description="Played to the end, touched somebody, asked for others, tapped along."
    )
    control: Word | None = Field(default=None, description="The control that is looked at.")
    measure: Word | None = Field(default=None, description="The measure that is looked at.")
    exactly: Setting | None = Field(default=None, alias="is", description="The word of a choice.")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        named = [name for name in ("deed", "control", "measure") if getattr(self, name) is not None]
        if len(named) != 1:
            raise ValueError("when: name one of deed, control and measure")
        bounded = self.at_least is not None or self.at_most is not None or self.exactly is not None
        if (self.deed is None) != bounded:
            remedy = "leave at_least, at_most and is out" if self.deed else "say at_least, at_most or is"
            raise ValueError(f"when: {named[0]}: {remedy}")
        return self


class Task(Record):
    """One small task of the guide; it ticks itself."""

    do: Text = Field(description="What to do; one sentence.")
    when: Condition = Field(description="When it is done, so that the learner can see it.")


class Saying(Record):
    """What the person on the stage says while something is so."""

    when: Condition = Field(description="When it is said.")
    say: Text = Field(description="What is said then.")


class Person(Record):
    """Somebody with a name who stands on the stage and comments."""

    name: Text
    first: Text = Field(description="What they say before anything was done.")


class Play(Exercise):
    """Try something in an explorable. There is nothing to reach, and nobody has to."""

    entry_kind: ClassVar[str] = "played"
    counts: ClassVar[bool] = False

    kind: Literal["play"]
    explorable: Name = Field(description="Which simulation is played.")
    start: dict[str, Setting] = Field(
        default={}, description="Settings to begin with; the rest as the explorable says."
    )
    fixed: dict[str, Setting] = Field(default={}, description="Settings that stay.")
    controls: tuple[Word, ...] | None = Field(default=None, description="Controls that are shown; all if left out.")
    after: tuple[Name, ...] = Field(default=(), description="Predictions that come first: closed until they are made.")
    given: dict[Word, Name] = Field(
        default={},
        description="Controls that the learner set in another exercise of the lesson: closed until that is answered.",
    )
    small: bool = Field(default=False, description="A taste: the stage and its controls, and nothing else.")
    tap: bool = Field(default=False, description="The learner taps a beat, and is one voice in it.")
    person: Person | None = Field(default=None, description="Somebody who comments beside the stage.")
    says: tuple[Saying, ...] = Field(default=(), max_length=12, description="The last whose `when` holds is said.")
    guide: tuple[Task, ...] = Field(
        default=(), max_length=6, description="Three to five small tasks, one after another."
    )

    @model_validator(mode="after")
    def _says_need_somebody(self) -> Self:
        if self.says and self.person is None:
            raise ValueError("says: nobody is there to say it; add a person")
        return self

    @property
    def begin(self) -> dict[str, Setting]:
        """Where learners start."""
        return {**self.start, **self.fixed}

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"settings": {name: value}}, kept when somebody first sees it played. There is no score."""
        example = '{"settings": {"coupling": 2}}'
        (settings,) = parts(answer, example, "settings")
        if not is_settings(settings):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {example}.")
        return Verdict(None, "Played.")

    def face(self) -> dict[str, Any]:
        """What may be seen before the predictions that come first."""
        return {"explorable": self.explorable, "after": list(self.after), "small": self.small}


def is_settings(settings: object) -> bool:
    """Whether something is a set of settings, as far as can be told without the explorable; of bounded size."""
    return isinstance(settings, dict) and len(settings) < 50 and all(_is_setting(*one) for one in settings.items())


def _is_setting(key: object, value: object) -> bool:
    if not isinstance(key, str):
        return False
    if isinstance(value, (int, float)):
        return abs(value) < 1e12
    if isinstance(value, list):
        return len(value) <= 500 and len(str(value)) < 8000
    return isinstance(value, str) and len(value) < 100
