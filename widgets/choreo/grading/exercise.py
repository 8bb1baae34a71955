"""What every exercise file says, whatever its kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from choreo.grading.verdict import Verdict

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]  # Markdown
Answer = Mapping[str, Any]  # JSON; each kind says which


class Record(BaseModel):
    """Base of all that is read from a file: frozen, and strict about what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Part(Record):
    """A part of an exercise that answers name."""

    id: Name


def refuse_doubles(what: str, records: Iterable[Part]) -> None:
    """Raise ValueError if two of an exercise's records have the same id."""
    ids = [record.id for record in records]
    doubles = sorted({name for name in ids if ids.count(name) > 1})
    if doubles:
        raise ValueError(f"{what}: {', '.join(doubles)} is there twice; rename one")


class Check(Record):
    """An answer and what it must earn: the exercise's proof."""

    answer: dict[str, Any]
    score: float | None = Field(default=None, ge=0, le=1)
    invalid: bool = Field(default=False, description="The answer must be refused, not graded.")


class Exercise(Record, ABC):
    """One exercise of the bank."""

    entry_kind: ClassVar[str] = "attempt"  # as what an answer is kept
    locked: ClassVar[bool] = False  # whether the first answer stays, and a second is refused

    id: Name = Field(description="Stable; the same as the file's name.")
    version: int = Field(ge=1, description="One more whenever an answer changes.")
    kind: str
    title: Text
    prompt: Text
    hints: tuple[Text, ...] = ()
    sources: tuple[Text, ...] = ()
    review: bool = Field(default=False, description="Kept for spaced review; not shown in the lesson.")
    checks: tuple[Check, ...] = ()

    @abstractmethod
    def grade(self, answer: Answer) -> Verdict:
        """The verdict on an answer; raise AnswerError for one that is none."""

    def accept(self, answer: Answer, today: date) -> None:
        """Raise AnswerError for an answer that cannot be given on this day; most can be given on any."""

    @abstractmethod
    def face(self) -> dict[str, Any]:
        """What the browser may see before an answer, as JSON: never what is right.

        Values under the keys `text` and `help` are one line of Markdown each; all others are plain.
        """

    def solution(self) -> Answer | None:
        """The answer that "Show me" shows; None where there is none."""
        return None
