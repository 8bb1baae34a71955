"""Choose one or several options; every option explains itself."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import names_in, parts
from choreo.grading.exercise import Answer, Exercise, Part, Text, refuse_doubles
from choreo.grading.verdict import AnswerError, Note, Verdict


class Option(Part):
    """One thing to choose."""

    text: Text
    right: bool = False
    why: Text


class Choice(Exercise):
    """Choose one option, or all that apply."""

    kind: Literal["choice"]
    several: bool = Field(default=False, description="All that apply, instead of one.")
    options: tuple[Option, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _options_make_sense(self) -> Choice:
        refuse_doubles("options", self.options)
        right = sum(option.right for option in self.options)
        if right == 0:
            raise ValueError("options: none is right; mark one with right: true")
        if right > 1 and not self.several:
            raise ValueError("options: more than one is right; set several: true, or leave one right")
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"chosen": [option ids]}. Partial credit: the share of options rightly taken or left."""
        chosen = self._chosen(answer)
        notes = tuple(Note(o.id, o.right, o.why) for o in self.options)
        agree = sum((o.id in chosen) == o.right for o in self.options)
        score = agree / len(self.options) if self.several else float(agree == len(self.options))
        if score == 1:
            feedback = "That's it." if not self.several else "That's all of them, and nothing else."
        elif self.several:
            feedback = f"{agree} of {len(self.options)} options are as they should be. Read the notes, then try again."
        else:
            feedback = "Not this one. Read why, then try again."
        return Verdict(score, feedback, notes)

    def _chosen(self, answer: Answer) -> list[str]:
        example = '{"chosen": ["a"]}'
        (value,) = parts(answer, example, "chosen")
        chosen = names_in(value, [option.id for option in self.options], example)
        if not chosen:
            raise AnswerError("Choose an option first.")
        if len(chosen) > 1 and not self.several:
            raise AnswerError("Choose one option only.")
        return chosen

    def face(self) -> dict[str, Any]:
        """Options without what is right."""
        return {"several": self.several, "options": [{"id": o.id, "text": o.text} for o in self.options]}

    def solution(self) -> Answer:
        """All right options."""
        return {"chosen": [option.id for option in self.options if option.right]}
