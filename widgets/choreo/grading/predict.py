"""Say beforehand what will happen; a prediction is locked once it is made. Who predicts first looks more closely."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from choreo.grading.answer import names_in, number_between, parts
from choreo.grading.exercise import Answer, Exercise, Name, Part, Record, Text, Word, refuse_doubles
from choreo.grading.goal import Reach
from choreo.grading.play import Setting
from choreo.grading.verdict import AnswerError, Verdict


class Axis(Record):
    """What one axis shows."""

    label: Text
    unit: str = ""
    low: str = Field(default="", description="Words for the low end.")
    high: str = Field(default="", description="Words for the high end.")


class Height(Axis):
    """The vertical axis."""

    most: float = Field(default=100, gt=0, description="Where it ends.")


class Stretch(Record):
    """A part of the horizontal axis that has a name: "before the fine"."""

    label: Text
    first: float
    last: float
    marked: bool = Field(default=False, description="Drawn as a band, on the sheet and in the chart.")


class Places(Axis):
    """The horizontal axis, and where on it a value is asked for."""

    values: tuple[float, ...] = Field(min_length=3, max_length=9)
    stretches: tuple[Stretch, ...] = Field(default=(), description="One after the other, from left to right.")


class Curve(Record):
    """Draw a curve: a height from 0 to `y.most` at each of the given places."""

    form: Literal["curve"]
    x: Places
    y: Height

    @model_validator(mode="after")
    def _values_rise(self) -> Curve:
        if list(self.x.values) != sorted(set(self.x.values)):
            raise ValueError("ask: the values of x must rise; sort them")
        return self

    def check(self, answer: Answer) -> None:
        """Answer: {"curve": [a number from 0 to `y.most` for each place]}."""
        (curve,) = parts(answer, '{"curve": [0, 50, 100]}', "curve")
        if not isinstance(curve, list) or len(curve) != len(self.x.values):
            raise AnswerError(f"Give all {len(self.x.values)} points of the curve first.")
        for value in curve:
            number_between(value, 0, self.y.most, self.y.label)


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
    """One thing that may happen, and the span of the measure that it stands for."""

    text: Text
    low: float | None = None
    high: float | None = None


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


class Line(Record):
    """What was measured at each of the places."""

    name: Text
    values: tuple[float, ...]


class Data(Record):
    """Measurements that answer a drawn curve, where no model does."""

    places: tuple[float, ...] = Field(min_length=3, description="Where on the horizontal axis it was measured.")
    lines: tuple[Line, ...] = Field(min_length=1, description="First what is asked for, then what is drawn beside it.")
    note: Text = Field(description="Who measured what, and where it was published.")

    @model_validator(mode="after")
    def _lines_are_whole(self) -> Data:
        if list(self.places) != sorted(set(self.places)):
            raise ValueError("data: the places must rise; sort them")
        for line in self.lines:
            if len(line.values) != len(self.places):
                raise ValueError(f"data: {line.name} has {len(line.values)} values for {len(self.places)} places")
        return self


class Predict(Exercise):
    """Commit to a prediction."""

    entry_kind: ClassVar[str] = "prediction"
    locked: ClassVar[bool] = True
    mixed: ClassVar[tuple[str, ...]] = ("options",)

    kind: Literal["predict"]
    ask: Annotated[Curve | Number | Alternatives, Field(discriminator="form")] = Field(
        description="How they answer: draw a curve, name a number, or choose."
    )
    after: Text | None = Field(default=None, description="Shown once the prediction is locked.")
    explorable: Name | None = Field(default=None, description="The explorable that answers it.")
    data: Data | None = Field(default=None, description="The measurements that answer it, in place of an explorable.")
    play: dict[str, Setting] = Field(default={}, description="Settings in which it is played.")
    measure: Word | None = Field(default=None, description="The measure that is asked for.")
    vary: Word | None = Field(
        default=None, description="The control along a curve, or the one whose number is asked for."
    )
    reach: tuple[Reach, ...] = Field(default=(), description="What must hold, where the fewest are asked for.")
    crowds: int = Field(default=10, ge=1, le=100, description="Over how many the measure is averaged.")

    @field_validator("reach", mode="before", json_schema_input_type=Reach | tuple[Reach, ...])
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return [value] if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _data_answer_what_is_asked(self) -> Predict:
        if self.data is None:
            return self
        if self.explorable or not isinstance(self.ask, Curve):
            raise ValueError("data: they answer a curve, and no explorable does so besides; take one of them out")
        if missing := set(self.ask.x.values) - set(self.data.places):
            raise ValueError(f"data: nothing was measured at {', '.join(f'{one:g}' for one in sorted(missing))}")
        for stretch in self.ask.x.stretches:
            if not any(stretch.first <= place <= stretch.last for place in self.data.places):
                raise ValueError(f"data: nothing was measured {stretch.label}; change the stretch")
        return self

    def grade(self, answer: Answer) -> Verdict:
        """No score: what is right comes out when it is played. {"declined": true} goes on without predicting."""
        if is_declined(answer):
            return Verdict(None, "You went on without predicting.")
        self.ask.check(answer)
        return Verdict(None, self.after or "Locked in. Now find out.")

    def face(self) -> dict[str, Any]:
        """The question; there is no right answer in it."""
        hidden = {"options": {"__all__": {"low", "high"}}} if isinstance(self.ask, Alternatives) else None
        return self.ask.model_dump(mode="json", exclude=hidden)


def is_declined(answer: Answer) -> bool:
    """Whether somebody went on without predicting.

    A prediction can still be made later: then that one counts, and the portfolio says that it came afterwards.
    """
    return isinstance(answer, dict) and answer.get("declined") is True and len(answer) == 1
