"""Choose, and say how many would choose the same. Nothing is right: one compares, with others and with a study.

After L. Ross, D. Greene and P. House, "The false consensus effect", Journal of Experimental Social Psychology 13 (1977)
279-301: whoever would do a thing thinks it commoner than whoever would not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import names_in, number_between, parts
from choreo.grading.exercise import Answer, Exercise, Name, Part, Record, Text, refuse_doubles
from choreo.grading.verdict import Verdict
from choreo.words import _

FEWEST = 5  # people of one choice whose guesses may be told together
COARSE = 5  # of a hundred, to which guesses are rounded
EXAMPLE = '{"chosen": "yes", "guess": 60}'


class Way(Part):
    """One of the two things that one may do."""

    text: Text
    who: Text = Field(description="Who chose it, in a few words, as in: Would wear it.")


class Group(Record):
    """What a study found of those who chose one way."""

    chosen: Name
    people: int = Field(gt=0)
    guess: float = Field(ge=0, le=100, description="How many of a hundred they thought would choose as they did.")


class Study(Record):
    """What a published study found."""

    who: Text = Field(description="Whom it asked, and when; one line.")
    groups: tuple[Group, Group]
    why: Text


class Alike(Exercise):
    """Choose, and guess how many of a hundred choose the same."""

    social: ClassVar[bool] = True
    locked: ClassVar[bool] = True
    mixed: ClassVar[tuple[str, ...]] = ("options",)

    kind: Literal["alike"]
    options: tuple[Way, Way]
    ask: Text = Field(description="The second question; plain text.")
    study: Study

    @model_validator(mode="after")
    def _ways_are_two(self) -> Alike:
        refuse_doubles("options", self.options)
        if {group.chosen for group in self.study.groups} != {way.id for way in self.options}:
            raise ValueError("study: groups: give one for each of the two options")
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"chosen": option id, "guess": how many of a hundred choose the same}. No score."""
        _chosen, guess = self._given(answer)
        if guess > 50:
            said = _("You expect most people to choose as you do. So may those who choose the other way.")
        elif guess < 50:
            said = _("You expect to be in the smaller half. See what others expected.")
        else:
            said = _("You expect two equal halves. See what others expected.")
        return Verdict(None, said)

    def face(self) -> dict[str, Any]:
        """The two ways, and the second question."""
        return {"options": [{"id": way.id, "text": way.text} for way in self.options], "ask": self.ask}

    def counted(self, answers: Sequence[Answer]) -> list[dict[str, Any]]:
        """How many chose each way, and their mean guess, roughly; no guess of fewer than five."""
        found: dict[str, list[float]] = {way.id: [] for way in self.options}
        for answer in answers:
            chosen, guess = self._given(answer)
            found[chosen].append(guess)
        return [
            {
                "chosen": way,
                "people": len(guesses),
                "guess": COARSE * round(sum(guesses) / len(guesses) / COARSE) if len(guesses) >= FEWEST else None,
            }
            for way, guesses in found.items()
        ]

    def unfold(
        self, answer: Answer, kept: Sequence[Answer] = (), others: Sequence[Answer] | None = None
    ) -> dict[str, Any]:
        """After an answer: what others chose and thought, from five people on, and what the study found."""
        chosen, guess = self._given(answer)
        study = [group.model_dump() for group in self.study.groups]
        here = self._here(others)
        return {
            "who": {way.id: way.who for way in self.options},
            "study": {"who": self.study.who, "groups": study, "prose": self.study.why},
            "here": {"groups": here, "text": self._beside(here, chosen, guess)} if here else None,
        }

    def _given(self, answer: object) -> tuple[str, float]:
        chosen, guess = parts(answer, EXAMPLE, "chosen", "guess")
        (way,) = names_in([chosen], [one.id for one in self.options], EXAMPLE)
        return way, number_between(guess, 0, 100, self.ask)

    def _here(self, others: Sequence[Answer] | None) -> list[dict[str, Any]] | None:
        """What the hub counted, if it is that, and of five people or more."""
        counted = {str(one.get("chosen")): one for one in others or ()}
        groups = [counted.get(way.id, {}) for way in self.options]
        if any(type(one.get("people")) is not int for one in groups):
            return None
        if sum(one["people"] for one in groups) < FEWEST:
            return None
        return [{name: one.get(name) for name in ("chosen", "people", "guess")} for one in groups]

    def _beside(self, here: Sequence[Answer], chosen: str, guess: float) -> str:
        people = sum(one["people"] for one in here)
        same = next(one["people"] for one in here if one["chosen"] == chosen)
        line = _(
            "In this course {same} of {people} people chose as you did: {share:.0f} of a hundred. You expected {guess:g}."
        )
        return line.format(same=same, people=people, guess=guess, share=100 * same / people)
