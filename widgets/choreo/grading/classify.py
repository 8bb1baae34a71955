"""Put cases into buckets; every case explains itself."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import parts, refuse_unknown
from choreo.grading.exercise import Answer, Exercise, Name, Part, Text, refuse_doubles
from choreo.grading.verdict import AnswerError, Note, Verdict


class Bucket(Part):
    """One place where cases belong."""

    text: Text


class Case(Part):
    """One case, the bucket it belongs to, and why."""

    text: Text
    bucket: Name
    why: Text


class Classify(Exercise):
    """Put every case into its bucket."""

    kind: Literal["classify"]
    buckets: tuple[Bucket, ...] = Field(min_length=2, max_length=5)
    cases: tuple[Case, ...] = Field(min_length=2, max_length=12)

    @model_validator(mode="after")
    def _cases_have_buckets(self) -> Classify:
        refuse_doubles("buckets", self.buckets)
        refuse_doubles("cases", self.cases)
        known = [bucket.id for bucket in self.buckets]
        for case in self.cases:
            if case.bucket not in known:
                raise ValueError(
                    f'cases: "{case.id}" belongs to "{case.bucket}", which is no bucket ({", ".join(known)}); '
                    "add the bucket or change the case"
                )
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"placed": {case id: bucket id}}, all cases. Partial credit: the share of cases in their bucket."""
        placed = self._placed(answer)
        right = [placed[case.id] == case.bucket for case in self.cases]
        notes = tuple(Note(case.id, ok, case.why) for case, ok in zip(self.cases, right, strict=True))
        if all(right):
            return Verdict(1.0, "Every one is where it belongs.", notes)
        feedback = f"{sum(right)} of {len(right)} are where they belong. Read the notes and move the others."
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
            raise AnswerError(f"Place every case first: {left} {'is' if left == 1 else 'are'} left.")
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
