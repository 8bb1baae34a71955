"""Commit to one thing as an if-then plan: when this happens, I will do that; with whom, by when. There is no score.

People who say when and where they will act act more often than those who only say what (Gollwitzer & Sheeran 2006).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from choreo.grading.answer import parts, words
from choreo.grading.exercise import Answer, Exercise, Record, Text
from choreo.grading.verdict import AnswerError, Verdict
from choreo.typed import isolated
from choreo.words import _

LONGEST = 1000  # characters in a line
SMALL = (
    *("a", "an", "as", "at", "after", "before", "every", "in", "it", "my", "next", "on", "our"),
    *("she", "he", "the", "there", "they", "this", "we", "while", "you"),
)
"""Words that stand small within a sentence, though somebody began a line with them."""


class Question(Record):
    """One line of a commitment."""

    label: Text
    help: Text | None = None


class Commit(Exercise):
    """Commit to one next thing; it can be changed later."""

    entry_kind: ClassVar[str] = "commitment"

    kind: Literal["commit"]
    when: Question = Question(label=_("When"), help=_("A moment that is sure to come, and that you will notice."))
    will: Question = Question(label=_("I will"), help=_("One thing, small enough to begin this week."))
    whom: Question = Question(label=_("With whom"), help=_("A name is better than a department."))
    by: Question = Question(label=_("By when"), help=_("A day you would put into your calendar."))

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"when": text, "will": text, "whom": text, "by": "2026-12-01"}.

        What was kept before there were plans has "what" in place of the first two, and is read all the same.
        """
        if isinstance(answer, Mapping) and "what" in answer:
            what, whom, by = parts(answer, '{"what": "...", "whom": "...", "by": "2026-12-01"}', "what", "whom", "by")
            lines = [(self.will, what), (self.whom, whom)]
        else:
            example = '{"when": "...", "will": "...", "whom": "...", "by": "2026-12-01"}'
            when, will, whom, by = parts(answer, example, "when", "will", "whom", "by")
            lines = [(self.when, when), (self.will, will), (self.whom, whom)]
        for question, text in lines:
            if not words(text, question.label, longest=LONGEST):
                raise AnswerError(_("“{field}” is still empty. A few words are enough.").format(field=question.label))
        _day(by, self.by.label)
        return Verdict(None, _("Kept. You can change it here at any time."))

    def accept(self, answer: Answer, today: date) -> None:
        """Refuse a day that is over everywhere: the learner's day may be one behind `today` (UTC)."""
        if _day(answer.get("by"), self.by.label) < today - timedelta(days=1):
            raise AnswerError(
                _("“{field}”: this day is over; choose today or a later one.").format(field=self.by.label)
            )

    def face(self) -> dict[str, Any]:
        """The four questions."""
        return {
            name: {"label": question.label, "help": question.help or ""}
            for name, question in (("when", self.when), ("will", self.will), ("whom", self.whom), ("by", self.by))
        }


def planned(answer: Answer) -> tuple[str, str]:
    """The two halves of a kept plan as they stand within a sentence; empty texts where it is none.

    >>> planned({"when": "When The depots call,", "will": "I will ask what *finished* means."})
    ('the depots call', 'ask what *finished* means')
    """
    when, will = (answer.get(name) for name in ("when", "will"))
    if not isinstance(when, str) or not isinstance(will, str) or not when.strip() or not will.strip():
        return "", ""
    return _inner(when, r"(when|whenever|if)\b"), _inner(will, r"i\s*(will|'ll|’ll)\b")


def sentence(answer: Answer) -> str:
    """What somebody will do, in one sentence; older commitments are a sentence already."""
    when, will = planned(answer)
    if when:
        return _("When {when}, I will {will}.").format(when=isolated(when), will=isolated(will))
    what = answer.get("what")
    return what.strip() if isinstance(what, str) else ""


def _inner(text: str, opening: str) -> str:
    """A line without its opening words, which the sentence has already, and without the mark at its end."""
    bare = re.sub(rf"^[\s.…]*{opening}[\s,:…]*", "", text.strip(), flags=re.IGNORECASE) or text.strip()
    bare = bare.rstrip(" ,;.…\n\t") or bare
    first, space, rest = bare.partition(" ")
    return f"{first.lower()}{space}{rest}" if first.lower() in SMALL else bare


def _day(value: object, label: str) -> date:
    try:
        if isinstance(value, str) and len(value) == len("2026-12-01"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise AnswerError(_("“{field}”: choose a day.").format(field=label))
