"""What really happens where a learner predicted: asked of the explorable that its file names, and remembered."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from choreo.bank.loader import LessonBank
from choreo.explorables.compared import Compared
from choreo.explorables.control import sound
from choreo.explorables.finder import explorable
from choreo.explorables.outcome import outcomes, unanswerable
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.predict import Predict
from choreo.grading.verdict import AnswerError

REMEMBERED = 500  # results


class Results:
    """Runs models only when somebody looks, and each question once; safe to share between threads."""

    def __init__(self) -> None:
        """Begin with none; no model is imported yet."""
        self._known: OrderedDict[tuple[str, str, str], Compared | None] = OrderedDict()
        self._lock = Lock()

    def of(self, bank: LessonBank | None, prediction: Exercise | None, answer: Answer) -> Compared | None:
        """What happened where this was predicted; None where no explorable can say."""
        if bank is None or prediction is None:
            return None
        key = (bank.lesson, f"{prediction.id}/{prediction.version}", json.dumps(dict(answer), sort_keys=True))
        with self._lock:
            if key not in self._known:
                self._known[key] = _find_out(prediction, answer)
                if len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
            return self._known[key]

    def words(self, name: str, settings: Mapping[str, Any]) -> str:
        """Settings in the words of their explorable; empty where it has none for them."""
        try:
            found = explorable(name)
            return found.words(sound(found.controls, settings, found.start))
        except (
            KeyError,
            TypeError,
            ValueError,
        ):  # kept by an earlier version of the explorable, or of one that is gone
            return ""

    def reached(self, name: str, values: Mapping[str, float]) -> str:
        """What a setting came to, in the words of its explorable: "Together at the end: 93%"."""
        try:
            measures = {measure.name: measure for measure in explorable(name).measures}
        except ValueError:
            measures = {}
        told = [
            f"{measures[one].label}: {measures[one].words(value)}" for one, value in values.items() if one in measures
        ]
        return "; ".join(told[:1])


def _find_out(prediction: Exercise, answer: Answer) -> Compared | None:
    if not isinstance(prediction, Predict) or unanswerable(prediction):
        return None
    try:
        prediction.grade(answer)
    except AnswerError:
        return None
    told = list(outcomes(prediction, answer))  # each says more than the one before
    return told[-1] if told else None
