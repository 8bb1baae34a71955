"""Choose one or several options; every option explains itself."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import names_in, parts
from choreo.grading.exercise import Answer, Exercise, Part, Text, refuse_doubles
from choreo.grading.verdict import AnswerError, Note, Verdict
from choreo.words import _, n_


class Option(Part):
    """One thing to choose."""

    text: Text = Field(description="What can be chosen; Markdown.")
    right: bool = Field(default=False, description="Whether it is right.")
    why: Text = Field(description="Why it is right or not; read after an answer, and stands by itself.")


class Choice(Exercise):
    """Choose one option, or all that apply."""

    mixed: ClassVar[tuple[str, ...]] = ("options",)

    kind: Literal["choice"]
    several: bool = Field(default=False, description="All that apply, instead of one.")
    options: tuple[Option, ...] = Field(
        min_length=2, max_length=8, description="Shown in another order to each learner."
    )

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
        return Verdict(score, self._feedback(chosen, score), notes)

    def _feedback(self, chosen: list[str], score: float) -> str:
        if not self.several:
            return (
                _("That is the one.")
                if score == 1
                else _("We would choose another. Read why, then try again if you like.")
            )
        if score == 1:
            return _("Those are all of them, and no other.")
        right = {option.id for option in self.options if option.right}
        found, beside = len(right & set(chosen)), len(set(chosen) - right)
        if found == len(right):
            told = n_("You found them all, and took one that does not belong.",
                      "You found them all, and took {beside} that do not belong.", beside)  # fmt: skip
        elif not beside:
            told = n_("What you took is right, and one more belongs to it.",
                      "What you took is right, and {missing} more belong to it.", len(right) - found)  # fmt: skip
        elif not found:
            told = _("The ones that belong are among those you left. Read why.")
        else:
            told = n_("You found {found} of {right}, and took one that does not belong.",
                      "You found {found} of {right}, and took {beside} that do not belong.", beside)  # fmt: skip
        return told.format(found=found, right=len(right), beside=beside, missing=len(right) - found)

    def _chosen(self, answer: Answer) -> list[str]:
        example = '{"chosen": ["a"]}'
        (value,) = parts(answer, example, "chosen")
        chosen = names_in(value, [option.id for option in self.options], example)
        if not chosen:
            raise AnswerError(_("Choose an option first."))
        if len(chosen) > 1 and not self.several:
            raise AnswerError(_("Choose one option only."))
        return chosen

    def face(self) -> dict[str, Any]:
        """Options without what is right."""
        return {"several": self.several, "options": [{"id": o.id, "text": o.text} for o in self.options]}

    def solution(self) -> Answer:
        """All right options."""
        return {"chosen": [option.id for option in self.options if option.right]}
