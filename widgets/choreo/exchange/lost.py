"""What of an exercise cannot be said elsewhere: nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Iterator

from choreo.grading.choice import Choice
from choreo.grading.cloze import Cloze
from choreo.grading.estimate import Estimate
from choreo.grading.exercise import Exercise
from choreo.grading.match import Match
from choreo.grading.order import Order
from choreo.grading.written import Written

KINDS = (Choice, Match, Cloze, Order, Estimate, Written)
GIFT, MOODLE = "GIFT", "Moodle XML"


def lost(exercise: Exercise, form: str) -> Iterator[str]:
    """What is left out or said otherwise, a line each."""
    if not isinstance(exercise, KINDS):
        yield f"left out: neither GIFT nor Moodle XML has questions of the kind {exercise.kind}"
        return
    if isinstance(exercise, Cloze) and form == GIFT and len(exercise.gaps) > 1:
        yield f"left out: GIFT has one gap a text, and this has {len(exercise.gaps)}; write Moodle XML"
        return
    if exercise.hints and form == GIFT:
        yield "its hints are left out"
    if exercise.variants:
        yield f"its variants ({len(exercise.variants)}) are left out"
    if exercise.review:
        yield "that it is a review question is left out"
    if exercise.collaboration:
        yield "the learner's own collaboration above it is left out"
    yield from _of_kind(exercise, form)


def _of_kind(exercise: Exercise, form: str) -> Iterator[str]:
    if isinstance(exercise, Match):
        yield "why each pair belongs together is told for all at once, afterwards"
    if isinstance(exercise, Order):
        yield f"its two ends ({exercise.first}, {exercise.last}) are left out"
        yield "it needs the question type Ordering (in Moodle from 4.4 on)"
        if form == GIFT:
            yield "why each step stands where it does, and its sources, are left out"
        else:
            yield "why each step stands where it does is told for all at once, afterwards"
    if isinstance(exercise, Cloze):
        if form == GIFT:
            yield "its question and its text are one"
        if any(gap.label for gap in exercise.gaps):
            yield "what its gaps are called aloud is left out"
    if isinstance(exercise, Estimate):
        yield f"it asks for one number instead of a range that is {exercise.level} % sure; its scale is left out"
    if isinstance(exercise, Written):
        if exercise.hints and form == MOODLE:
            yield "its hints are in the file, and Moodle shows none with an essay"
        if len(exercise.fields) > 1:
            yield f"its {len(exercise.fields)} fields are one"
        if exercise.criteria or exercise.example:
            where = "left out" if form == GIFT else "told to who grades it, not to who wrote"
            yield f"what to check oneself for, and the example, are {where}"
