"""Write in one's own words, check them oneself, and then see a worked example. There is no score."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import names_in, parts, refuse_unknown, words
from choreo.grading.exercise import Answer, Exercise, Name, Part, Text, refuse_doubles
from choreo.grading.verdict import AnswerError, Verdict
from choreo.words import _, n_


class WrittenField(Part):
    """One box to write in."""

    label: Text = Field(description="What the field is called.")
    help: Text | None = Field(default=None, description="A line below it.")
    rows: int = Field(default=4, ge=1, le=20, description="Lines that it has at first.")
    optional: bool = Field(default=False, description="Whether it may stay empty.")


class Criterion(Part):
    """Something to check one's own text for."""

    text: Text = Field(description="What to look for in what one wrote.")


class Written(Exercise):
    """Write, check yourself, compare with a worked example."""

    entry_kind: ClassVar[str] = "reflection"

    kind: Literal["written"]
    fields: tuple[WrittenField, ...] = Field(min_length=1, max_length=8, description="Where people write.")
    criteria: tuple[Criterion, ...] = Field(
        default=(), max_length=8, description="What people compare their own words with afterwards."
    )
    example: dict[Name, Text] = Field(default={}, description="A worked example, by field; shown only after writing.")
    about: Text | None = Field(default=None, description="Whose example it is; shown above it.")

    @model_validator(mode="after")
    def _example_fits(self) -> Written:
        refuse_doubles("fields", self.fields)
        refuse_doubles("criteria", self.criteria)
        ids = [field.id for field in self.fields]
        for name in self.example:
            if name not in ids:
                raise ValueError(f'example: "{name}" is no field ({", ".join(ids)}); add it, or change the example')
        for field in self.fields if self.example else ():
            if field.id not in self.example and not field.optional:
                raise ValueError(f'example: nothing for the field "{field.id}"; add it')
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"fields": {field id: text}, "met": [criterion ids]}; every field that is not optional is filled."""
        example = '{"fields": {"frame": "..."}, "met": []}'
        texts, met = parts(answer, example, "fields", "met")
        if not isinstance(texts, dict) or not all(isinstance(name, str) for name in texts):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {example}.")
        refuse_unknown(texts, [field.id for field in self.fields])
        ticked = names_in(met, [criterion.id for criterion in self.criteria], example)
        for field in self.fields:
            if not words(texts.get(field.id, ""), field.label) and not field.optional:
                raise AnswerError(
                    _("“{field}” is still empty. A few words are enough to begin with.").format(field=field.label)
                )
        feedback = _("Kept. You can come back and change it at any time.")
        left = len(self.criteria) - len(ticked)
        if left:
            feedback = n_(
                "Kept. One thing on the list is not ticked yet: a place to go on from.",
                "Kept. {left} things on the list are not ticked yet: places to go on from.",
                left,
            ).format(left=left)
        reveal: dict[str, Any] = {"example": dict(self.example)} if self.example else {}
        if self.example and self.about:
            reveal["about"] = self.about
        return Verdict(None, feedback, reveal=reveal)

    def face(self) -> dict[str, Any]:
        """Fields and criteria; the example comes later."""
        return {
            "fields": [
                {"id": f.id, "label": f.label, "help": f.help or "", "rows": f.rows, "optional": f.optional}
                for f in self.fields
            ],
            "criteria": [{"id": c.id, "text": c.text} for c in self.criteria],
        }
