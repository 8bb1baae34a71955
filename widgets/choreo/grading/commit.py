"""Commit to one thing: what, with whom, by when. There is no score."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from choreo.grading.answer import parts, words
from choreo.grading.exercise import Answer, Exercise, Record, Text
from choreo.grading.verdict import AnswerError, Verdict


class Question(Record):
    """One line of a commitment."""

    label: Text
    help: Text | None = None


class Commit(Exercise):
    """Commit to one next thing; it can be changed later."""

    entry_kind: ClassVar[str] = "commitment"

    kind: Literal["commit"]
    what: Question = Question(label="What I will do", help="One thing, small enough to begin this week.")
    whom: Question = Question(label="With whom", help="A name is better than a department.")
    by: Question = Question(label="By when", help="A day you would put into your calendar.")

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"what": text, "whom": text, "by": "2026-12-01"}."""
        what, whom, by = parts(answer, '{"what": "...", "whom": "...", "by": "2026-12-01"}', "what", "whom", "by")
        for question, text in ((self.what, what), (self.whom, whom)):
            if not words(text, question.label, longest=1000):
                raise AnswerError(f'"{question.label}" is still empty. A few words are enough.')
        _day(by, self.by.label)
        return Verdict(None, "Kept. You can change it here at any time.")

    def accept(self, answer: Answer, today: date) -> None:
        """Refuse a day that is over everywhere: the learner's day may be one behind `today` (UTC)."""
        if _day(answer.get("by"), self.by.label) < today - timedelta(days=1):
            raise AnswerError(f'"{self.by.label}": this day is over; choose today or a later one.')

    def face(self) -> dict[str, Any]:
        """The three questions."""
        return {
            name: {"label": question.label, "help": question.help or ""}
            for name, question in (("what", self.what), ("whom", self.whom), ("by", self.by))
        }


def _day(value: object, label: str) -> date:
    try:
        if isinstance(value, str) and len(value) == len("2026-12-01"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise AnswerError(f'"{label}": choose a day.')
