"""Match pairs: find for each left side the right side that belongs to it; every pair explains itself."""

from __future__ import annotations

import random
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import parts, refuse_unknown
from choreo.grading.exercise import Answer, Exercise, Part, Record, Text, refuse_doubles
from choreo.grading.verdict import AnswerError, Note, Verdict
from choreo.words import _, n_


class Side(Part):
    """One side of a pair."""

    text: Text = Field(description="What is read; Markdown.")


class Pair(Record):
    """Two sides that belong together, and why."""

    left: Side = Field(description="What stays where it is.")
    right: Side = Field(description="What belongs to it.")
    why: Text = Field(description="Why it belongs there; read after an answer.")


class Extra(Side):
    """A right side that belongs to nothing, and why."""

    why: Text = Field(description="Why it belongs there; read after an answer.")


class Match(Exercise):
    """Find the right side of every left side."""

    mixed: ClassVar[tuple[str, ...]] = ("from", "to")

    kind: Literal["match"]
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=8, description="What belongs together.")
    extra: tuple[Extra, ...] = Field(default=(), max_length=4, description="Right sides that belong to nothing.")

    @model_validator(mode="after")
    def _ids_tell_nothing(self) -> Match:
        for pair in self.pairs:
            if pair.left.id == pair.right.id:
                raise ValueError(
                    f"pairs: both sides are called {pair.left.id}, and the browser sees it; rename one of them"
                )
        refuse_doubles(
            "pairs", [*(pair.left for pair in self.pairs), *(pair.right for pair in self.pairs), *self.extra]
        )
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"matched": {left id: right id}}, all left sides. Partial credit: the share of pairs found."""
        matched = self._matched(answer)
        found = [matched[pair.left.id] == pair.right.id for pair in self.pairs]
        notes = [Note(pair.left.id, ok, pair.why) for pair, ok in zip(self.pairs, found, strict=True)]
        used = set(matched.values())
        notes += [Note(extra.id, extra.id not in used, extra.why) for extra in self.extra]
        if all(found):
            return Verdict(1.0, _("Every pair belongs together."), tuple(notes))
        if not any(found):
            feedback = _("We would pair all of them otherwise. Read why, and match them again.")
        else:  # where two sides are left over, one pair alone can be wrong
            feedback = n_(
                "All but one belong together. Read why, and look for its other half.",
                "{there} of {all} belong together. Read why, and match the others again.",
                len(found) - sum(found),
            ).format(there=sum(found), all=len(found))
        return Verdict(sum(found) / len(found), feedback, tuple(notes))

    def _matched(self, answer: Answer) -> dict[str, str]:
        example = '{"matched": {"left": "right"}}'
        (matched,) = parts(answer, example, "matched")
        if not isinstance(matched, dict) or not all(isinstance(text, str) for pair in matched.items() for text in pair):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {example}.")
        refuse_unknown(matched, [pair.left.id for pair in self.pairs])
        refuse_unknown(matched.values(), [*(pair.right.id for pair in self.pairs), *(extra.id for extra in self.extra)])
        if len(set(matched.values())) < len(matched):
            raise AnswerError(_("Something on the right is used twice; each belongs to one at most."))
        left = len(self.pairs) - len(matched)
        if left:
            raise AnswerError(n_("One is still to match.", "{left} are still to match.", left).format(left=left))
        return matched

    def face(self) -> dict[str, Any]:
        """Left sides as written, and right sides shuffled the same way every time."""
        others: list[Side] = [*(pair.right for pair in self.pairs), *self.extra]
        random.Random(f"{self.id}/{len(others)}").shuffle(others)
        return {
            "from": [{"id": pair.left.id, "text": pair.left.text} for pair in self.pairs],
            "to": [{"id": side.id, "text": side.text} for side in others],
        }

    def solution(self) -> Answer:
        """Every pair."""
        return {"matched": {pair.left.id: pair.right.id for pair in self.pairs}}
