"""Say beforehand what will happen; a prediction is locked once it is made. Who predicts first looks more closely."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import names_in, number_between, parts
from choreo.grading.exercise import Answer, Exercise, Part, Record, Text, refuse_doubles
from choreo.grading.verdict import AnswerError, Verdict


class Axis(Record):
    """What one axis shows."""

    label: Text
    unit: str = ""
    low: str = Field(default="", description="Words for the low end.")
    high: str = Field(default="", description="Words for the high end.")


class Places(Axis):
    """The horizontal axis, and where on it a value is asked for."""

    values: tuple[float, ...] = Field(min_length=3, max_length=9)


class Curve(Record):
    """Draw a curve: a height from 0 to 100 at each of the given places."""

    form: Literal["curve"]
    x: Places
    y: Axis

    @model_validator(mode="after")
    def _values_rise(self) -> Curve:
        if list(self.x.values) != sorted(set(self.x.values)):
            raise ValueError("ask: the values of x must rise; sort them")
        return self

    def check(self, answer: Answer) -> None:
        """Answer: {"curve": [a number from 0 to 100 for each place]}."""
        (curve,) = parts(answer, '{"curve": [0, 50, 100]}', "curve")
        if not isinstance(curve, list) or len(curve) != len(self.x.values):
            raise AnswerError(f"Give all {len(self.x.values)} points of the curve first.")
        for value in curve:
            number_between(value, 0, 100, self.y.label)


class Number(Record):
    """Give a number."""

    form: Literal["number"]
    label: Text
    low: float
    high: float
    step: float = Field(default=1, gt=0)
    unit: str = ""

    @model_validator(mode="after")
    def _has_room(self) -> Number:
        if self.low >= self.high:
            raise ValueError("ask: low must be less than high; change one")
        return self

    def check(self, answer: Answer) -> None:
        """Answer: {"number": a number from low to high}."""
        (value,) = parts(answer, '{"number": 12}', "number")
        number_between(value, self.low, self.high, self.label)


class Possibility(Part):
    """One thing that may happen."""

    text: Text


class Alternatives(Record):
    """Choose what will happen."""

    form: Literal["choice"]
    options: tuple[Possibility, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _options_differ(self) -> Alternatives:
        refuse_doubles("ask: options", self.options)
        return self

    def check(self, answer: Answer) -> None:
        """Answer: {"chosen": option id}."""
        example = '{"chosen": "sudden"}'
        (chosen,) = parts(answer, example, "chosen")
        names_in([chosen], [option.id for option in self.options], example)


class Predict(Exercise):
    """Commit to a prediction."""

    entry_kind: ClassVar[str] = "prediction"
    locked: ClassVar[bool] = True

    kind: Literal["predict"]
    ask: Annotated[Curve | Number | Alternatives, Field(discriminator="form")]
    after: Text | None = Field(default=None, description="Shown once the prediction is locked.")

    def grade(self, answer: Answer) -> Verdict:
        """No score: what is right comes out when it is played."""
        self.ask.check(answer)
        return Verdict(None, self.after or "Locked in. Now find out.")

    def face(self) -> dict[str, Any]:
        """The question; there is no right answer in it."""
        return self.ask.model_dump(mode="json")
