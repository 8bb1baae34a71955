"""Estimate a number by a range one is so sure of; scored for calibration.

A range is scored by the interval score of Gneiting and Raftery (2007, Journal of the American Statistical Association
102, 359-378, equation 43): its width, and for a truth outside it 2/alpha times the distance, alpha = 1 - level. Whoever
says honestly what they know does best by it. Lower is better; to earn 0 to 1, it is set on a line between what the
whole scale scores (0: whoever knows nothing can say that) and what a good range scores (1), and cut at the two ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import Any, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import number_between, parts
from choreo.grading.exercise import Answer, Exercise, Text, split_variant
from choreo.grading.verdict import AnswerError, Note, Verdict

RARE = 0.1  # a record less likely than this is worth a word
LATER = ("caught", "level")  # what is kept beside the answer


class Estimate(Exercise):
    """Estimate a number: from, to, and a best guess."""

    kind: Literal["estimate"]
    label: Text = Field(description="What is estimated; plain text.")
    unit: str = Field(default="", description="What is counted, behind the number.")
    low: float = Field(description="The lower end of the scale.")
    high: float = Field(description="Its upper end.")
    step: float = Field(default=1, gt=0)
    level: int = Field(default=80, ge=50, le=99, description="How sure the range should be, per cent.")
    truth: float = Field(description="The true number.")
    good: float | None = Field(
        default=None, ge=0, description="A range as wide as this earns all if it holds the truth."
    )
    why: Text = Field(description="What the number means, and why people tend to miss it.")
    sources: tuple[Text, ...] = Field(min_length=1, description="Where the true number comes from.")

    @model_validator(mode="after")
    def _scale_has_room(self) -> Estimate:
        if self.low >= self.high:
            raise ValueError("low: must be less than high; change one")
        if not self.low <= self.truth <= self.high:
            raise ValueError("truth: lies outside the scale (low to high); correct it, or widen the scale")
        if self._good >= self.high - self.low:
            raise ValueError("good: as wide as the whole scale; make it smaller, or widen the scale")
        return self

    @property
    def _good(self) -> float:
        return (self.high - self.low) / 10 if self.good is None else self.good

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"low": number, "guess": number, "high": number}; what is kept beside it is left aside."""
        low, guess, high = self._range(answer)
        width, scale = high - low, self.high - self.low
        score = (scale - interval_score(low, high, self.truth, self.level)) / (scale - self._good)
        caught = low <= self.truth <= high
        truth = self._said(self.truth)
        if caught:
            feedback = f"It is **{truth}**, inside your range."
        else:
            missed = max(low - self.truth, self.truth - high)
            feedback = f"It is **{truth}**, {missed:,.6g} {'below' if self.truth < low else 'above'} your range."
        feedback += f" {self._width(width, caught)} {self._guess(guess)}"
        notes = (Note("truth", caught, self.why),)
        return Verdict(min(max(score, 0.0), 1.0), feedback, notes, {"truth": self.truth, "sources": list(self.sources)})

    def _range(self, answer: Answer) -> tuple[float, float, float]:
        example = '{"low": 10, "guess": 20, "high": 40}'
        given = {name: value for name, value in answer.items() if name not in LATER} if isinstance(answer, dict) else {}
        low, guess, high = parts(given, example, "low", "guess", "high")
        low = number_between(low, self.low, self.high, "From")
        high = number_between(high, self.low, self.high, "To")
        if low > high:
            raise AnswerError("Your range ends before it begins; change one of its ends.")
        guess = number_between(guess, self.low, self.high, "Your best guess")
        if not low <= guess <= high:
            raise AnswerError("Your best guess lies outside your range; change one of them.")
        return low, guess, high

    def _said(self, number: float) -> str:
        return f"{number:,.6g} {self.unit}".strip()

    def _width(self, width: float, caught: bool) -> str:
        scale = self.high - self.low
        spans = f"{width:,.6g} of the scale's {scale:,.6g}"
        if width <= self._good:
            if caught:
                return "A narrow range, and you were right to trust yourself."
            return f"Your range was narrow, {spans}; a wider one would say better how hard this is."
        if not caught:
            return f"Your range spans {spans}. One in {round(100 / (100 - self.level))} may miss; this was one."
        return (
            f"Your range spans {spans}: safe, but it says little."
            if width > scale / 2
            else f"Your range spans {spans}."
        )

    def _guess(self, guess: float) -> str:
        off = abs(guess - self.truth)
        return "Your best guess was exact." if off == 0 else f"Your best guess was {off:,.6g} off."

    def face(self) -> dict[str, Any]:
        """The question and its scale."""
        return {
            "label": self.label,
            "unit": self.unit,
            "low": self.low,
            "high": self.high,
            "step": self.step,
            "level": self.level,
        }

    def solution(self) -> Answer:
        """A good range around the truth."""
        half = self._good / 2
        return {
            "low": max(self.low, self.truth - half),
            "guess": self.truth,
            "high": min(self.high, self.truth + half),
        }

    def kept(self, answer: Answer) -> Answer:
        """The answer, how sure it should be, and whether it held the truth: so that records can be added up later."""
        low, _guess, high = self._range(answer)
        return {**answer, "level": self.level, "caught": low <= self.truth <= high}

    def look_back(self, answers: Sequence[tuple[str, Answer]]) -> str | None:
        """How often ranges of this level caught the truth, counting the first answer to each question."""
        first: dict[tuple[str, int], bool] = {}
        for item, answer in answers:
            variant, rest = split_variant(answer)
            if rest.get("level") == self.level and isinstance(rest.get("caught"), bool):
                first.setdefault((item, variant), rest["caught"])
        return record(sum(first.values()), len(first), self.level) if len(first) > 1 else None


def interval_score(low: float, high: float, truth: float, level: int) -> float:
    """The interval score of a central range of `level` per cent; lower is better.

    >>> interval_score(10, 30, 20, 80), round(interval_score(22, 30, 20, 80), 6)
    (20.0, 28.0)
    """
    missed = max(low - truth, truth - high, 0)
    return high - low + 2 / (1 - level / 100) * missed


def record(caught: int, total: int, level: int) -> str:
    """How well calibrated somebody is whose ranges caught the truth so often.

    >>> record(3, 7, 80)
    'Your 80 % ranges caught the truth 3 times of 7. That is rarer than you said: try wider ranges.'
    """
    said = f"Your {level} % ranges caught the truth {caught} {'time' if caught == 1 else 'times'} of {total}."
    if at_most(caught, total, level / 100) < RARE:
        return f"{said} That is rarer than you said: try wider ranges."
    if at_most(total - caught, total, 1 - level / 100) < RARE:
        return f"{said} That is more often than you said: you can dare narrower ones."
    return f"{said} That goes together with being {level} % sure; over many estimates one sees more clearly."


def at_most(count: int, total: int, chance: float) -> float:
    """The probability of at most `count` successes in `total` tries."""
    return sum(comb(total, k) * chance**k * (1 - chance) ** (total - k) for k in range(count + 1))
