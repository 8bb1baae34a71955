"""Mark the phrases of a text that show something: spot the assumption. Every phrase explains itself."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import names_in, parts
from choreo.grading.exercise import Answer, Exercise, Part, Text, refuse_doubles
from choreo.grading.passage import PHRASE, PLACE, refuse_misplaced
from choreo.grading.verdict import AnswerError, Note, Verdict
from choreo.words import _, n_


class Span(Part):
    """One phrase that can be marked, whether it should be, and why."""

    right: bool = False
    why: Text


class Mark(Exercise):
    """Mark phrases in a text."""

    kind: Literal["mark"]
    text: Text = Field(description="Markdown; what can be marked is written [[phrase|id]].")
    spans: tuple[Span, ...] = Field(min_length=2, max_length=20)
    what: Text = Field(default="phrase", description="What is looked for, in the singular; plain text.")

    @model_validator(mode="after")
    def _spans_make_sense(self) -> Mark:
        refuse_doubles("spans", self.spans)
        if PLACE.search(self.text):
            raise ValueError("text: write what can be marked as [[phrase|id]], not as {{id}}")
        names = [span.id for span in self.spans]
        refuse_misplaced("spans", self._prose(), names, "mark a phrase as [[phrase|{0}]], or remove the span")
        if "[[" in PHRASE.sub("", self.text):
            raise ValueError("text: a [[ is not closed; write [[phrase|id]]")
        right = sum(span.right for span in self.spans)
        if right in (0, len(self.spans)):
            raise ValueError(f"spans: {'none' if right == 0 else 'every one'} is right; there is nothing to tell apart")
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"marked": [span ids]}.

        Partial credit: what is marked rightly, out of all that is right or marked; so marking everything earns little.
        """
        example = '{"marked": ["this"]}'
        (value,) = parts(answer, example, "marked")
        marked = set(names_in(value, [span.id for span in self.spans], example))
        if not marked:
            raise AnswerError(_("Mark something first."))
        right = {span.id for span in self.spans if span.right}
        found, wrong = len(marked & right), len(marked - right)
        notes = tuple(Note(span.id, span.right, span.why) for span in self.spans)
        if marked == right:
            told = n_("That is the one, and nothing else.", "Those are all {found}, and nothing else.", found)
            return Verdict(1.0, told.format(found=found), notes)
        if not found:
            told = n_("We read this one otherwise.", "We read these otherwise.", wrong)
        elif wrong:
            told = n_(
                "You found {found} of {all}, and marked one that we would leave.",
                "You found {found} of {all}, and marked {wrong} that we would leave.",
                wrong,
            )
        else:
            told = _("You found {found} of {all}.")
        feedback = f"{told.format(found=found, all=len(right), wrong=wrong)} {_('Read why, then look again.')}"
        return Verdict(found / len(marked | right), feedback, notes)

    def face(self) -> dict[str, Any]:
        """The text with the places of its phrases, and the phrases."""
        phrases = {name: " ".join(phrase.split()) for phrase, name in PHRASE.findall(self.text)}
        return {
            "prose": self._prose(),
            "spans": [{"id": name, "text": phrase} for name, phrase in phrases.items()],
            "what": self.what,
        }

    def _prose(self) -> str:
        return PHRASE.sub(lambda found: "{{" + found[2] + "}}", self.text)

    def solution(self) -> Answer:
        """All phrases that are right."""
        return {"marked": [span.id for span in self.spans if span.right]}
