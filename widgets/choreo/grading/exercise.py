"""What every exercise file says, whatever its kind."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails

from choreo.grading.verdict import Verdict

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}$")]  # of a control or a measure, as in Python
Address = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}/[a-z0-9][a-z0-9-]{0,79}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]  # Markdown
Answer = Mapping[str, Any]  # JSON; each kind says which

STAYS = (
    "id",
    "version",
    "kind",
    "review",
    "follows",
    "collaboration",
    "checks",
    "variants",
)  # what a variant cannot replace


class Record(BaseModel):
    """Base of all that is read from a file: frozen, and strict about what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Part(Record):
    """A part of an exercise that answers name."""

    id: Name = Field(description="What it is called in answers and checks; nobody sees it.")


def refuse_doubles(what: str, records: Iterable[Part]) -> None:
    """Raise ValueError if two of an exercise's records have the same id."""
    ids = [record.id for record in records]
    doubles = sorted({name for name in ids if ids.count(name) > 1})
    if doubles:
        raise ValueError(f"{what}: {', '.join(doubles)} is there twice; rename one")


class Check(Record):
    """An answer and what it must earn: the exercise's proof."""

    answer: dict[str, Any] = Field(description="What somebody might answer.")
    variant: int = Field(default=0, ge=0, description="0 is the exercise as written, 1 the first of its variants.")
    score: float | None = Field(default=None, ge=0, le=1, description="What it must earn, from 0 to 1.")
    invalid: bool = Field(default=False, description="The answer must be refused, not graded.")


class Exercise(Record, ABC):
    """One exercise of the bank."""

    entry_kind: ClassVar[str] = "attempt"  # as what an answer is kept
    locked: ClassVar[bool] = False  # whether the first answer stays, and a second is refused
    stepwise: ClassVar[bool] = False  # whether an unfinished answer unfolds more of the exercise, see `unfold`
    counts: ClassVar[bool] = True  # whether a lesson is only finished when this is done
    mixed: ClassVar[tuple[str, ...]] = ()  # lists of the face that have an order of their own for each learner
    social: ClassVar[bool] = False  # whether an answer is shown beside those of others, see `unfold`

    id: Name = Field(description="Stable; the same as the file's name.")
    version: int = Field(ge=1, description="One more whenever an answer changes.")
    kind: str
    title: Text = Field(description="One line.")
    prompt: Text = Field(description="What is asked; Markdown.")
    hints: tuple[Text, ...] = Field(default=(), description="Read one by one before an answer; Markdown.")
    sources: tuple[Text, ...] = Field(default=(), description="Where what is said comes from; shown after an answer.")
    review: bool = Field(default=False, description="Kept for spaced review; not shown in the lesson.")
    follows: Name | None = Field(
        default=None,
        description="For review: the exercise of this lesson whose step this asks about; it comes back after that one.",
    )
    collaboration: Address | None = Field(
        default=None,
        description="The learner's own collaboration (lesson/exercise) that this asks about: it is shown with the question.",
    )
    ordered: bool = Field(
        default=False, description="The order in the file means something, so that everybody sees it; else it is mixed."
    )
    checks: tuple[Check, ...] = Field(default=(), description="The proof: a right, a wrong and an impossible answer.")
    variants: tuple[dict[str, Any], ...] = Field(
        default=(), max_length=8, description="Fields to replace, so that another try is not a memory test."
    )

    @model_validator(mode="after")
    def _variants_stand(self) -> Self:
        last = len(self.variants)
        for number, check in enumerate(self.checks, start=1):
            if check.variant > last:
                raise ValueError(f"checks: check {number} names variant {check.variant}, and the last is {last}")
        if not self.variants or not self._stands_alone():
            return self
        faults = [fault for at in range(last) for fault in self._faults_of_variant(at)]
        if faults:
            raise ValidationError.from_exception_data(type(self).__name__, faults)
        return self

    def _stands_alone(self) -> bool:
        """Whether the exercise as written is well; if not, its own faults are told first."""
        try:
            type(self).model_validate(self._fields())
        except ValidationError:
            return False
        return True

    def _faults_of_variant(self, at: int) -> list[InitErrorDetails]:
        replaced = self.variants[at]
        for name in STAYS:
            if name in replaced:
                raise ValueError(f"variants: a variant cannot have its own {name}; remove it from variant {at + 1}")
        if not replaced:
            raise ValueError(f"variants: variant {at + 1} replaces nothing; write a field into it, or remove it")
        try:
            self.variant(at + 1)
        except ValidationError as error:
            return [
                InitErrorDetails(
                    type=found["type"],
                    loc=("variants", at, *found["loc"]),
                    input=found["input"],
                    ctx=found.get("ctx", {}),
                )
                for found in error.errors(include_url=False)
            ]
        return []

    def _fields(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True, exclude={"checks", "variants"})

    def variant(self, number: int) -> Self:
        """The exercise with the fields of that variant; 0, and a number that there is not (any more), is itself."""
        if not 0 < number <= len(self.variants):
            return self
        return type(self).model_validate({**self._fields(), **self.variants[number - 1]})

    def variant_for(self, mark: str, tries: int) -> int:
        """Which variant comes after so many tries: first as written, then the others in a learner's order.

        `mark` differs from learner to learner. All come once before one comes again, and never one twice in a row.
        """
        others = list(range(1, len(self.variants) + 1))
        random.Random(f"{mark}/{self.id}").shuffle(others)
        return [0, *others][tries % (len(others) + 1)]

    @abstractmethod
    def grade(self, answer: Answer) -> Verdict:
        """The verdict on an answer; raise AnswerError for one that is none."""

    def accept(self, answer: Answer, today: date) -> None:
        """Raise AnswerError for an answer that cannot be given on this day; most can be given on any."""

    @abstractmethod
    def face(self) -> dict[str, Any]:
        """What the browser may see before an answer, as JSON: never what is right.

        Values under the keys `text` and `help` are one line of Markdown each, those under `prose` paragraphs; all others
        are plain.
        """

    def shuffled(self, face: Mapping[str, Any], dice: random.Random) -> dict[str, Any]:
        """The face with its options in another order; as it is where their order means something."""
        if self.ordered:
            return dict(face)
        return {name: _thrown(part, dice) if name in self.mixed else part for name, part in face.items()}

    @property
    def graded(self) -> bool:
        """Whether there are right and wrong answers, so that `checks` must prove both."""
        return self.solution() is not None

    def solution(self) -> Answer | None:
        """The answer that "Show me" shows; None where there is none."""
        return None

    def kept(self, answer: Answer) -> Answer:
        """What is kept of a graded answer: as it was given, and what the kind wants to know later."""
        return answer

    def look_back(self, answers: Sequence[tuple[str, Answer]]) -> str | None:
        """What the learner's answers so far tell, as Markdown; most kinds tell nothing.

        `answers` are the kept ones of the whole lesson, oldest first and this one last, each with its item's name.
        """
        return None

    @property
    def earlier(self) -> tuple[str, ...]:
        """The exercises ("lesson/exercise") whose kept answers this one builds on; mostly there are none."""
        return ()

    def recall(self, kept: Mapping[str, Answer]) -> dict[str, Any]:
        """What of `earlier` is shown with this exercise, as JSON like that of `unfold`; most kinds show nothing.

        `kept` are the newest answers by "lesson/exercise". They may be of an older version, or of another kind by now.
        """
        return {}

    def counted(self, answers: Sequence[Answer]) -> list[dict[str, Any]] | None:
        """Of a social kind that shows no single answer: what may be told of these together; None where points are shown."""
        return None

    def unfold(
        self, answer: Answer, kept: Sequence[Answer] = (), others: Sequence[Answer] | None = None
    ) -> dict[str, Any]:
        """What may be seen once this much was answered, finished or not, as JSON; raise AnswerError for nonsense.

        `kept` are all answers kept so far, oldest first; `others` those of other people, None where too few are known.
        Values under `text` and `help` are one line of Markdown each, those under `prose` paragraphs; others are plain.
        """
        return {}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        """Let editors complete the fields of a variant as they do those of the exercise."""
        schema = handler(core_schema)
        fields = handler.resolve_ref_schema(schema)["properties"]
        own = {name: field for name, field in fields.items() if name not in STAYS}
        fields["variants"] = {
            **fields["variants"],
            "items": {"type": "object", "properties": own, "additionalProperties": False, "minProperties": 1},
        }
        return schema


def _thrown(parts: Any, dice: random.Random) -> Any:
    return dice.sample(parts, len(parts)) if isinstance(parts, list) else parts


BESIDE = ("variant", "hints")  # what is kept beside an answer


def split_variant(answer: Answer) -> tuple[int, Answer]:
    """Which variant a kept answer answers, and the answer without what is kept beside it."""
    number = answer.get("variant")
    rest = {name: value for name, value in answer.items() if name not in BESIDE}
    return (number if type(number) is int and number >= 0 else 0), rest


def hints_read(answer: Answer) -> int:
    """How many hints had been read when a kept answer was given."""
    count = answer.get("hints")
    return count if type(count) is int and count > 0 else 0
