"""Put cases into buckets; every case explains itself."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import parts, refuse_unknown
from choreo.grading.exercise import Answer, Exercise, Name, Part, Text, refuse_doubles
from choreo.grading.faults import FaultsError, Place, nearest
from choreo.grading.verdict import AnswerError, Note, Verdict
from choreo.words import _, n_


class Bucket(Part):
    """One place where cases belong."""

    text: Text = Field(description="What is read; Markdown.")


class Case(Part):
    """One case, the bucket it belongs to, and why."""

    text: Text = Field(description="What is read; Markdown.")
    bucket: Name = Field(description="The id of the bucket in which it belongs.")
    why: Text = Field(description="Why it belongs there; read after an answer.")


class Classify(Exercise):
    """Put every case into its bucket."""

    mixed: ClassVar[tuple[str, ...]] = ("cases",)

    kind: Literal["classify"]
    buckets: tuple[Bucket, ...] = Field(min_length=2, max_length=5, description="Where cases can go.")
    cases: tuple[Case, ...] = Field(min_length=2, max_length=12, description="What is sorted.")

    @model_validator(mode="after")
    def _cases_have_buckets(self) -> Classify:
        refuse_doubles("buckets", self.buckets)
        refuse_doubles("cases", self.cases)
        known = [bucket.id for bucket in self.buckets]
        found: list[tuple[Place, str]] = [
            (("cases", at, "bucket"), f'"{case.bucket}" is no bucket; {nearest(case.bucket, known)}')
            for at, case in enumerate(self.cases)
            if case.bucket not in known
        ]
        if found:
            raise FaultsError(found)
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"placed": {case id: bucket id}}, all cases. Partial credit: the share of cases in their bucket."""
        placed = self._placed(answer)
        right = [placed[case.id] == case.bucket for case in self.cases]
        notes = tuple(Note(case.id, ok, case.why) for case, ok in zip(self.cases, right, strict=True))
        if all(right):
            return Verdict(1.0, _("Every one is where it belongs."), notes)
        away = len(right) - sum(right)
        if not any(right):
            feedback = _("We would put them all elsewhere. Read why, and see whether you agree.")
        else:
            feedback = n_(
                "All but one are where we would put them. Read why, and move that one.",
                "{there} of {all} are where we would put them. Read why, and move the others.",
                away,
            ).format(there=sum(right), all=len(right))
        return Verdict(sum(right) / len(right), feedback, notes)

    def _placed(self, answer: Answer) -> dict[str, str]:
        example = '{"placed": {"case": "bucket"}}'
        (placed,) = parts(answer, example, "placed")
        if not isinstance(placed, dict) or not all(isinstance(text, str) for pair in placed.items() for text in pair):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {example}.")
        cases = [case.id for case in self.cases]
        refuse_unknown(placed, cases)
        refuse_unknown(placed.values(), [bucket.id for bucket in self.buckets])
        left = len(cases) - len(placed)
        if left:
            raise AnswerError(n_("One is still to place.", "{left} are still to place.", left).format(left=left))
        return placed

    def face(self) -> dict[str, Any]:
        """Buckets and cases, without what belongs where."""
        return {
            "buckets": [{"id": bucket.id, "text": bucket.text} for bucket in self.buckets],
            "cases": [{"id": case.id, "text": case.text} for case in self.cases],
        }

    def solution(self) -> Answer:
        """Every case in its bucket."""
        return {"placed": {case.id: case.bucket for case in self.cases}}
