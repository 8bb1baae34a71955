"""What a learner predicted that a stage answers: what is still missing, marks on sliders, and a level in the chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from choreo.bank.fault import BankError
from choreo.explorables.control import Settings
from choreo.explorables.explorable import Explorable, Figure
from choreo.explorables.measure import Measure
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.faults import nearest
from choreo.grading.goal import Goal
from choreo.grading.play import Play
from choreo.grading.predict import Curve, Number, Predict, is_declined
from choreo.models.run import Run
from choreo.progress.entry import Entry
from choreo.roles import Role, in_role
from choreo.words import _


class Foreseen:
    """The predictions of a lesson as one of its plays needs them; the first made of each counts."""

    def __init__(self, play: Play, explorable: Explorable, exercises: Sequence[Exercise]) -> None:
        """Nothing is predicted yet; raise BankError if the play comes after something that is no prediction of the lesson."""
        self._play, self._explorable = play, explorable
        self._predictions = {one.id: one for one in exercises if isinstance(one, Predict)}
        if unknown := [name for name in play.after if name not in self._predictions]:
            remedy = nearest(unknown[0], list(self._predictions))
            raise BankError([f'{play.id}: after: "{unknown[0]}" is no prediction of this lesson; {remedy}'])
        self._answers: dict[str, Answer] = {}

    def note(self, entry: Entry) -> bool:
        """Take in an entry; whether it is a prediction that this stage has to do with, and news."""
        prediction = self._predictions.get(entry.item)
        if entry.kind != "prediction" or prediction is None:
            return False
        before = self._answers.get(entry.item)
        if before is not None and (not is_declined(before) or is_declined(entry.answer)):
            return False
        self._answers[entry.item] = entry.answer
        return entry.item in self.answered

    @property
    def missing(self) -> Predict | None:
        """The first prediction that comes before this play and was neither made nor declined."""
        return next((self._predictions[name] for name in self._play.after if name not in self._answers), None)

    @property
    def answered(self) -> frozenset[str]:
        """The predictions that this stage has to do with and that were made or declined."""
        own = self._play.explorable
        return frozenset(n for n in self._answers if n in self._play.after or self._predictions[n].explorable == own)

    def _made(self) -> list[tuple[Predict, Answer]]:
        made = [(self._predictions[name], answer) for name, answer in self._answers.items()]
        return [(one, answer) for one, answer in made if one.explorable == self._play.explorable]

    def marks(self) -> dict[str, Any]:
        """By control: the number that was predicted for it."""
        marks = {}
        for prediction, answer in self._made():
            number = answer.get("number")
            if isinstance(prediction.ask, Number) and prediction.vary and isinstance(number, (int, float)):
                label = _("you predicted {number:g}").format(number=number)
                marks[prediction.vary] = {"value": number, "label": label}
        return marks

    def level(self, measure: str, settings: Settings) -> float | None:
        """What a drawn curve says about these settings, as it was drawn; None where none does."""
        for prediction, answer in self._made():
            ask, vary, drawn = prediction.ask, prediction.vary, answer.get("curve")
            if not isinstance(ask, Curve) or vary is None or prediction.measure != measure:
                continue
            played = {**self._explorable.start, **prediction.play, vary: settings[vary]}
            inside = ask.x.values[0] <= settings[vary] <= ask.x.values[-1]
            if inside and played == dict(settings) and isinstance(drawn, list) and len(drawn) == len(ask.x.values):
                return float(np.interp(settings[vary], ask.x.values, drawn))
        return None

    def laid_over(self, given: Figure, settings: Settings, found: Run) -> dict[str, Any]:
        """The chart with the goal and the prediction as lines across, where its y axis shows their measure."""
        chart: dict[str, Any] = {name: part for name, part in given.items() if name not in ("measure", "scale")}
        shown = next((one for one in self._explorable.measures if one.name == given.get("measure")), None)
        if shown is None or not chart.get("figure"):
            return chart
        scale, times = given.get("scale", 1), found.clock.times
        ends = [float(times[0]), float(times[-1])]
        lines, told = self._lines(shown, scale, settings)
        traces = [_across(name, value, ends) | in_role(role) for name, value, role in lines]
        chart["figure"] = {**chart["figure"], "data": [*chart["figure"]["data"], *traces]}
        chart["alt"] = " ".join([chart.get("alt", ""), *told]).strip()
        return chart

    def _lines(
        self, measure: Measure, scale: float, settings: Settings
    ) -> tuple[list[tuple[str, float, Role]], list[str]]:
        lines: list[tuple[str, float, Role]] = []
        told = []
        for one in self._play.reach if isinstance(self._play, Goal) else ():
            bound = one.at_least if one.at_least is not None else one.at_most
            if one.measure == measure.name and bound is not None:
                lines.append((_("goal {value}").format(value=measure.words(bound)), scale * bound, "goal"))
                told.append(_("The goal is {value}.").format(value=measure.words(bound)))
        if (level := self.level(measure.name, settings)) is not None:
            words = measure.words(level / scale)
            lines.append((_("you predicted {value}").format(value=words), level, "you"))
            told.append(_("You predicted {value} for this.").format(value=words))
        return lines, told


def _across(name: str, value: float, ends: Sequence[float]) -> dict[str, Any]:
    look = {"width": 2, "dash": "dash"}
    places = {"x": list(ends), "y": [round(value, 2)] * 2, "hoverinfo": "skip"}
    return {"type": "scatter", "mode": "lines", "name": name, "line": look} | places
