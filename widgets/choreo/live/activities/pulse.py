"""Pulse: one question to the room, on a scale, with choices, or in a few words. Answers are sealed ballots."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from choreo.live.activity import FEWEST, Activity, Move, Settings, Step
from choreo.live.scene import Figure, Scene

LONGEST = 60  # characters of an answer in words
SOME_WORDS = ("time", "trust", "too many meetings", "clear goals", "listening", "money")


class PulseSettings(Settings):
    """What is asked, and how it can be answered."""

    question: Annotated[str, Field(min_length=1, max_length=200, description="What you ask")] = (
        "How well do we work together across teams?"
    )
    form: Annotated[Literal["scale", "choice", "words"], Field(description="How people answer")] = "scale"
    options: Annotated[tuple[str, ...], Field(max_length=8, description="Options, where people choose")] = ()
    low: Annotated[str, Field(max_length=30, description="Low end of the scale")] = "not at all"
    high: Annotated[str, Field(max_length=30, description="High end of the scale")] = "very well"
    points: Annotated[int, Field(ge=2, le=10, description="Points on the scale")] = 5

    @model_validator(mode="after")
    def _has_options(self) -> PulseSettings:
        if self.form == "choice" and len(self.options) < 2:
            raise ValueError("a choice needs at least two options")
        return self


class Pulse(Activity):
    """Everybody answers once, and may change the answer until the coach closes the question."""

    name = "pulse"
    title = "Pulse"
    lesson = ""
    minutes = 5
    steps = (Step("ask", "Ask", ballots=True), Step("show", "Show what came"))
    Settings = PulseSettings

    def began(self, at: float) -> None:
        """No answers yet."""
        self.answers: list[Any] = []

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """One answer, of the form that was asked for; none once they were counted, so that nobody can compare counts."""
        if not self._open():
            return "The question is closed."
        if not say.keys() <= {"answer", "virtual"}:
            return "Please give one answer, nothing else."
        answer = say.get("answer")
        if self.settings.form == "words":
            good = isinstance(answer, str) and 0 < len(answer.strip()) <= LONGEST
            return "" if good else f"Please answer in 1 to {LONGEST} characters."
        most = self.settings.points if self.settings.form == "scale" else len(self.settings.options)
        good = isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer < most
        return "" if good else "Please choose one of the answers."

    def _open(self) -> bool:
        return self.step.name == "ask" and not self.answers

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """Keep the answers; those in words wait until the coach releases them."""
        if not ballots:
            return
        self.answers = [ballot["answer"] for ballot in ballots]
        if self.settings.form == "words":
            self.answers = [" ".join(answer.split()) for answer in self.answers]
            self.texts = dict(enumerate(sorted(set(self.answers), key=str.casefold)))

    def phone(self, who: str) -> dict[str, Any]:
        """The question and the ways to answer it."""
        return {"step": "ask" if self._open() else "show"} | self.settings.model_dump(mode="json")

    def room(self) -> Scene:
        """The question and a count while it is open; the distribution or the released words afterwards."""
        question = self.settings.question
        if self._open():
            return Scene(question, facts=(("answers", str(self.ballots)),))
        if not self.answers:
            return Scene(question, lines=(f"Fewer than {FEWEST} answers came, so none is shown.",))
        if self.settings.form == "words":
            seen = {self.texts[number] for number in self.released}
            counts = Counter(answer for answer in self.answers if answer in seen)
            return Scene(question, facts=(("answers", str(len(self.answers))),), words=tuple(counts.most_common()))
        return Scene(question, facts=(("answers", str(len(self.answers))),), figures=(self._bars(),))

    def _bars(self) -> Figure:
        labels = self.settings.options or self._points()
        counts = [self.answers.count(index) for index in range(len(labels))]
        says = "; ".join(f"{label}: {count}" for label, count in zip(labels, counts, strict=True))
        axis = {"title": {"text": "people"}, "tickformat": "d"} | ({"dtick": 1} if max(counts) < 6 else {})
        bars = {"type": "bar", "x": list(labels), "y": counts, "text": counts, "name": "answers"}
        return Figure((bars,), {"xaxis": {"type": "category"}, "yaxis": axis}, says)

    def _points(self) -> tuple[str, ...]:
        names = [str(point) for point in range(1, self.settings.points + 1)]
        names[0], names[-1] = f"1 {self.settings.low}", f"{names[-1]} {self.settings.high}"
        return tuple(names)

    def debrief(self) -> Scene:
        """The result once more, with the question that opens the talk."""
        scene = self.room()
        ask = "What would have to happen for one person here to move by one step?"
        return Scene(scene.title, (*scene.lines, ask), scene.facts, scene.figures, scene.words)

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Answer once, after a while."""
        if view.get("step") != "ask":
            return None
        if view["form"] == "words":
            return Move(chance.uniform(2, 20), {"answer": chance.choice(SOME_WORDS)})
        most = view["points"] if view["form"] == "scale" else len(view["options"])
        return Move(chance.uniform(1, 12), {"answer": min(most - 1, int(chance.betavariate(3, 2) * most))})
