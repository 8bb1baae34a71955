"""Pulse: one question to the room, on a scale, with choices, or in a few words. Answers are sealed ballots."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from choreo import typed
from choreo.live.activity import Activity, Move, Promised, Settings, Step
from choreo.live.open_answers import OpenAnswers
from choreo.live.scene import Figure, Scene
from choreo.live.shift import Round, figure, told
from choreo.words import _

LONGEST = 60  # characters of an answer in words
ONCE_MORE = "The same question as before. What do you say now?"
AGAIN = "The same question once more. What came before stays: both are shown together."
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
    promise: Annotated[
        bool,
        Field(
            description="Answers in words are promises. For the sponsor's page, and for the plan to remember if you want."
        ),
    ] = False

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
    fills_up = False
    minutes = 5
    steps = (Step("ask", "Ask", ballots=True), Step("show", "Show what came", shows=True))
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
            good = 0 < len(typed.letters(typed.line(answer))) <= LONGEST
            return "" if good else f"Please answer in 1 to {LONGEST} characters."
        most = self.settings.points if self.settings.form == "scale" else len(self.settings.options)
        good = isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer < most
        return "" if good else "Please choose one of the answers."

    def _open(self) -> bool:
        return self.step.name == "ask" and not self.answers

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """Keep the answers; those in words wait until the coach releases them."""
        self.answers = [ballot["answer"] for ballot in ballots]
        if self.settings.form == "words":
            self.answers = [typed.line(answer) for answer in self.answers]
            self.wrote = OpenAnswers(self.answers)

    def phone(self, who: str) -> dict[str, Any]:
        """The question and the ways to answer it."""
        step = "ask" if self._open() else "show"
        again = ONCE_MORE if self._before() else ""
        return {"step": step, "too_few": self.too_few, "again": again} | self.settings.model_dump(mode="json")

    def room(self) -> Scene:
        """The question and a count while it is open; the distribution or the released words afterwards."""
        question = self.settings.question
        if self._open():
            lines, facts = self.so_far()
            return Scene(question, (*((AGAIN,) if self._before() else ()), *lines), facts)
        before = self._before()
        if self.shifts.held:
            facts = (("answers before", str(before[0].answers)), ("answers now", str(self.shifts.held)))
            return Scene(question, (self.unshown(),), facts, (self._bars(before[-1].counts(len(self._labels()))),))
        if not self.answers:
            return Scene(question, (self.unshown(),))
        if self.settings.form == "words":
            return Scene(question, facts=(("answers", str(len(self.answers))),), words=self.wrote.words())
        if before:
            return self._beside(before[0])
        return Scene(question, facts=(("answers", str(len(self.answers))),), figures=(self._bars(self._counts()),))

    # -- before and after ----------------------------------------------------------------------------------------------

    def to_show(self, ballots: Sequence[Mapping[str, Any]]) -> tuple[Round, ...]:
        """How often each answer was given; words cannot be compared."""
        return () if self.settings.form == "words" else (self._round([ballot["answer"] for ballot in ballots]),)

    def _round(self, answers: Sequence[int]) -> Round:
        return Round.of(self.asked(self.settings.question, self.settings.form, self._labels()), answers)

    def _before(self) -> list[Round]:
        return [] if self.settings.form == "words" else self.shifts.earlier(self._round(()).asked)

    def _beside(self, before: Round) -> Scene:
        """The first round and this one in one picture."""
        facts = (("answers before", str(before.answers)), ("answers now", str(len(self.answers))))
        now = self._round(self.answers)
        lines = (told(before, now, self.settings.points),) if self.settings.form == "scale" else ()
        return Scene(self.settings.question, lines, facts, (figure(before, now, self._labels()),))

    def _counts(self) -> list[int]:
        return [self.answers.count(index) for index in range(len(self._labels()))]

    def _labels(self) -> tuple[str, ...]:
        options: tuple[str, ...] = self.settings.options
        return options if self.settings.form == "choice" else self._points()

    def _bars(self, counts: Sequence[int]) -> Figure:
        labels = self._labels()
        says = "; ".join(f"{label}: {count}" for label, count in zip(labels, counts, strict=True))
        axis = {"title": {"text": "people"}, "tickformat": "d"} | ({"dtick": 1} if max(counts) < 6 else {})
        bars = {"type": "bar", "x": list(labels), "y": list(counts), "text": list(counts), "name": "answers"}
        return Figure((bars,), {"xaxis": {"type": "category"}, "yaxis": axis}, says)

    def _points(self) -> tuple[str, ...]:
        names = [str(point) for point in range(1, self.settings.points + 1)]
        names[0], names[-1] = f"1 {self.settings.low}", f"{names[-1]} {self.settings.high}"
        return tuple(names)

    def finding(self) -> str:
        """The mean on a scale, the most frequent choice, or how many answered in words of their own."""
        settings, count = self.settings, len(self.answers)
        if not count:
            return ""
        if settings.form == "words":
            return _("{count} people answered in their own words.").format(count=count)
        if settings.form == "scale":
            mean = 1 + sum(self.answers) / count
            return _("On average people said {mean}, on a scale from 1 ({low}) to {points} ({high}).").format(
                mean=f"{mean:.1f}", low=settings.low, points=settings.points, high=settings.high
            )
        ((most, often),) = Counter(self.answers).most_common(1)
        return _("Most often chosen: {option}, by {often} of {count}.").format(
            option=settings.options[most], often=often, count=count
        )

    def promised(self) -> Promised | None:
        """The answers in words, where they are promises."""
        if not self.settings.promise or self.settings.form != "words":
            return None
        return Promised(self.settings.question, len(self.answers), self.wrote.words())

    def debrief(self) -> Scene:
        """The result once more, with the question that opens the talk."""
        scene = self.room()
        if not self.answers and not self.shifts.held:
            return replace(scene, ask="What would make it easier to answer?")
        if self._before() and not self.shifts.held:
            return replace(scene, ask="What happened between the two answers, and what did not?")
        if self.settings.promise:
            return replace(scene, ask="Whom will each of us tell today what we have promised?")
        asks = {
            "scale": "What would have to happen for one person here to move by one step?",
            "choice": "What would somebody say who chose differently from you?",
            "words": "Which of these words did you not expect?",
        }
        return replace(scene, ask=asks[self.settings.form])

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Answer once, after a while."""
        if view.get("step") != "ask":
            return None
        if view["form"] == "words":
            return Move(chance.uniform(2, 20), {"answer": chance.choice(SOME_WORDS)})
        most = view["points"] if view["form"] == "scale" else len(view["options"])
        return Move(chance.uniform(1, 12), {"answer": min(most - 1, int(chance.betavariate(3, 2) * most))})
