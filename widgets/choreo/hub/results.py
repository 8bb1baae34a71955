"""What really happens where a learner predicted: asked of the lesson's explorable, and remembered."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from importlib import import_module
from threading import Lock
from typing import Any, Protocol

from choreo.bank.loader import LessonBank
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.goal import Goal
from choreo.grading.verdict import AnswerError

REMEMBERED = 500  # results


class Outcome(Protocol):
    """One prediction beside what happened."""

    figure: Mapping[str, Any]
    sentence: str
    alt: str
    note: str
    numbers: Mapping[str, Any]


class Results:
    """Runs models only when somebody looks, and each question once; safe to share between threads."""

    def __init__(self) -> None:
        """Begin with none; no model is imported yet."""
        self._known: OrderedDict[tuple[str, str, str], Outcome | None] = OrderedDict()
        self._lock = Lock()

    def of(self, bank: LessonBank | None, prediction: Exercise | None, answer: Answer) -> Outcome | None:
        """What happened where this was predicted; None where no explorable of the lesson can say."""
        if bank is None or prediction is None:
            return None
        key = (bank.lesson, f"{prediction.id}/{prediction.version}", json.dumps(dict(answer), sort_keys=True))
        with self._lock:
            if key not in self._known:
                self._known[key] = _find_out(bank, prediction, answer)
                if len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
            return self._known[key]

    def words(self, explorable: str, settings: Mapping[str, Any]) -> str:
        """Settings in the words of their explorable; empty where it has none for them."""
        tell = getattr(_explorable(explorable), "settings_in_words", None) if explorable else None
        try:
            return str(tell(settings)) if tell else ""
        except (KeyError, TypeError, ValueError):  # kept by an earlier version of the explorable
            return ""


def _find_out(bank: LessonBank, prediction: Exercise, answer: Answer) -> Outcome | None:
    try:
        prediction.grade(answer)
    except AnswerError:
        return None
    for name in {exercise.explorable for exercise in bank.exercises if isinstance(exercise, Goal)}:
        compare = getattr(_explorable(name), "OUTCOMES", {}).get(prediction.id)
        if compare is not None:
            told: list[Outcome] = list(compare(answer))  # each says more than the one before
            return told[-1] if told else None
    return None


def _explorable(name: str) -> Any:
    try:
        return import_module(f"choreo.explorables.{name.replace('-', '_')}")
    except ModuleNotFoundError:
        return None
