"""Fill the gaps of a text, by choosing or by typing; every gap explains itself."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import parts, refuse_unknown, words
from choreo.grading.exercise import Answer, Exercise, Part, Record, Text, refuse_doubles
from choreo.grading.passage import normal_places, refuse_misplaced
from choreo.grading.verdict import AnswerError, Note, Verdict
from choreo.typed import AmbiguousError, bare, number
from choreo.words import _, n_

LONGEST = 200  # characters in a gap


class Near(Record):
    """What is said to somebody who fills a gap like this: no credit, but a kind hint."""

    given: tuple[Text, ...] = Field(min_length=1)
    say: Text


class Gap(Part):
    """One gap: options to choose from, or what counts as right when it is typed."""

    options: tuple[Text, ...] = Field(default=(), max_length=8, description="To choose from; plain text.")
    right: Text | None = Field(default=None, description="The option that is right.")
    accept: tuple[Text, ...] = Field(default=(), max_length=20, description="What counts as right when it is typed.")
    label: Text | None = Field(default=None, description="What the gap is called aloud; plain text.")
    why: Text
    near: tuple[Near, ...] = ()

    def fault(self) -> str | None:
        """What makes no sense about this gap, with a remedy."""
        if bool(self.options) == bool(self.accept):
            return "needs either options (to choose from) or accept (what may be typed)"
        if self.accept:
            longest = max(len(text) for text in self.accept)
            if longest > LONGEST:
                return f"accepts a text that does not fit ({longest} characters, {LONGEST} fit); shorten it"
            return "is typed, so nothing in options is right; write it under accept" if self.right else None
        if len(set(self.options)) < max(2, len(self.options)):
            return "needs two options or more, all different"
        if self.right not in self.options:
            return f'"{self.right}" is not an option ({", ".join(self.options)}); change right, or add the option'
        for text in (text for near in self.near for text in near.given):
            if text not in self.options or text == self.right:
                return f'near: "{text}" is not a wrong option; correct it'
        return None

    def holds(self, filled: str) -> bool:
        """Whether the gap is filled rightly."""
        if self.options:
            return filled == self.right
        return bare(filled) in {bare(text) for text in self.accept}

    def ask_back(self, filled: str) -> None:
        """Raise AnswerError where a number is wanted and what was typed may be either of two."""
        if not self.holds(filled) and any(text[:1].isdecimal() for text in map(bare, self.accept)):
            try:
                number(filled)
            except AmbiguousError as error:
                raise AnswerError(str(error)) from error

    def comment(self, filled: str) -> str:
        """What is said about a gap filled like this, as Markdown."""
        if self.holds(filled):
            return self.why
        for near in self.near:
            if bare(filled) in {bare(text) for text in near.given}:
                return near.say
        if any(misspelt(bare(filled), bare(text)) for text in self.accept):
            return _("Very close: look at the spelling.")
        return self.why


class Cloze(Exercise):
    """Fill the gaps of a text."""

    kind: Literal["cloze"]
    text: Text = Field(description="Markdown, with each gap once as {{id}}.")
    gaps: tuple[Gap, ...] = Field(min_length=1, max_length=10)

    @model_validator(mode="after")
    def _gaps_make_sense(self) -> Cloze:
        refuse_doubles("gaps", self.gaps)
        for gap in self.gaps:
            fault = gap.fault()
            if fault:
                raise ValueError(f'gaps: "{gap.id}" {fault}')
        names = [gap.id for gap in self.gaps]
        refuse_misplaced("gaps", self.text, names, "write {{{{{0}}}}} into it, or remove the gap")
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"filled": {gap id: text}}, all gaps. Partial credit: the share of gaps filled rightly."""
        filled = self._filled(answer)
        right = [gap.holds(filled[gap.id]) for gap in self.gaps]
        notes = tuple(Note(gap.id, ok, gap.comment(filled[gap.id])) for gap, ok in zip(self.gaps, right, strict=True))
        if all(right):
            return Verdict(1.0, _("Now it reads as it should.") if len(right) > 1 else _("That fits."), notes)
        if len(right) == 1:
            return Verdict(0.0, _("Something else belongs here; the note says where to look."), notes)
        if not any(right):
            feedback = _("Other words belong here; each note says where to look.")
        else:
            feedback = n_(
                "All but one fit. Its note says where to look.",
                "{there} of {all} fit. The notes say where to look for the others.",
                len(right) - sum(right),
            ).format(there=sum(right), all=len(right))
        return Verdict(sum(right) / len(right), feedback, notes)

    def _filled(self, answer: Answer) -> dict[str, str]:
        example = '{"filled": {"gap": "word"}}'
        (filled,) = parts(answer, example, "filled")
        if not isinstance(filled, dict) or not all(isinstance(text, str) for pair in filled.items() for text in pair):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {example}.")
        refuse_unknown(filled, [gap.id for gap in self.gaps])
        texts = {gap.id: words(filled.get(gap.id, ""), "This gap", LONGEST) for gap in self.gaps}
        empty = sum(not text for text in texts.values())
        if empty:
            raise AnswerError(n_("One gap is still empty.", "{empty} gaps are still empty.", empty).format(empty=empty))
        for gap in self.gaps:
            if gap.options:
                refuse_unknown([texts[gap.id]], gap.options)
            else:
                gap.ask_back(texts[gap.id])
        return texts

    def face(self) -> dict[str, Any]:
        """The text with its gaps, and what can be chosen in them."""
        return {
            "prose": normal_places(self.text),
            "gaps": [
                {"id": gap.id, "label": gap.label or f"gap {at}", "options": list(gap.options) or None}
                for at, gap in enumerate(self.gaps, start=1)
            ],
        }

    def shuffled(self, face: Mapping[str, Any], dice: random.Random) -> dict[str, Any]:
        """What can be chosen in each gap, in another order."""
        if self.ordered:
            return dict(face)
        gaps = [
            {**gap, "options": dice.sample(gap["options"], len(gap["options"])) if gap["options"] else None}
            for gap in face["gaps"]
        ]
        return {**face, "gaps": gaps}

    def solution(self) -> Answer:
        """Every gap filled rightly; where several texts are, the first of them."""
        return {"filled": {gap.id: gap.right or gap.accept[0] for gap in self.gaps}}


def misspelt(text: str, word: str) -> bool:
    """Whether `text` is a slip away from `word`: one letter wrong, missing, too many or swapped; two in a long word.

    Short words and words with digits have no near misses: they are other words and other numbers.

    >>> misspelt("coplings", "coupling"), misspelt("41", "40")
    (True, False)
    """
    if len(word) < 4 or any(char.isdigit() for char in word) or len(text) > LONGEST:
        return False
    slips = 1 if len(word) < 8 else 2
    return text != word and abs(len(text) - len(word)) <= slips and distance(text, word) <= slips


def distance(one: str, other: str) -> int:
    """How many slips lie between two texts (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, start=1):
        earlier, before = before, row
        row = [i]
        for j, wanted in enumerate(other, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (char != wanted)))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == wanted:
                row[-1] = min(row[-1], earlier[j - 2] + 1)
    return row[-1]
