"""What an exercise's own `checks` prove: a right, a wrong and an invalid answer, each with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from choreo.grading.exercise import Check, Exercise
from choreo.grading.faults import Place, nearest
from choreo.grading.goal import CROWDS, Goal
from choreo.grading.play import Setting
from choreo.grading.verdict import AnswerError, UnknownPartError, Verdict

Play = Callable[[Goal, Mapping[str, Setting]], Sequence[bool]]
"""Plays a goal's model with settings: whether the goal was reached, for each of ten seeds; raises ValueError."""


def proof_faults(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """What the exercise's `checks` do not prove, each with its place."""
    for at, proof in enumerate(exercise.checks):
        fault = _failure(exercise, proof)
        if fault:
            yield ("checks", at, *fault[0]), f"checks {at + 1}: {fault[1]}"
    if exercise.entry_kind == "played":
        return  # a play asks for nothing, so there is nothing to prove
    scores = [proof.score for proof in exercise.checks if not proof.invalid]
    graded = exercise.graded
    wanted = {
        "a right answer (score: 1)": not graded or 1 in scores,
        "a wrong answer (a score below 1)": not graded or any(score is not None and score < 1 for score in scores),
        "a valid answer": graded or bool(scores),
        "an invalid answer (invalid: true)": any(proof.invalid for proof in exercise.checks),
    }
    for what, there in wanted.items():
        if not there:
            yield ("checks",), f"checks: {what} is missing; add one."
    proven = {proof.variant for proof in exercise.checks if not proof.invalid and (proof.score == 1 or not graded)}
    for number in range(1, len(exercise.variants) + 1):
        if number not in proven:
            what = "right" if graded else "valid"
            yield (
                ("variants", number - 1),
                f"checks: no {what} answer to variant {number}; add one (variant: {number}).",
            )


def _failure(exercise: Exercise, proof: Check) -> tuple[Place, str] | None:
    """What one check does not prove, with its place within the check."""
    try:
        verdict = exercise.variant(proof.variant).grade(proof.answer)
    except UnknownPartError as error:
        fault = f'"{error.name}" is not part of this exercise; {nearest(error.name, error.known)}'
        return None if proof.invalid else (("answer", *_place_of(error.name, proof.answer)), fault)
    except AnswerError as error:
        fault = f"the answer was refused ({error}); correct it, or write invalid: true."
        return None if proof.invalid else ((), fault)
    fault = _wrong_score(exercise, proof, verdict)
    return ((), fault) if fault else None


def _wrong_score(exercise: Exercise, proof: Check, verdict: Verdict) -> str:
    if proof.invalid:
        return "the answer was graded, not refused; correct it, or leave invalid out."
    if not exercise.graded:
        return "" if proof.score in (None, verdict.score) else "this exercise has no such score; leave it out."
    if proof.score is None:
        return f"has no score; write score: {verdict.score:.4g} if that is right."
    if verdict.score is None or abs(verdict.score - proof.score) > 0.001:
        return f"earns {verdict.score:.4g}, not {proof.score:.4g}; correct the answer, the score, or the exercise."
    return ""


def _place_of(name: str, answer: Any) -> Place:
    """Where a name stands in an answer, as a value or as a field."""
    parts = answer.items() if isinstance(answer, Mapping) else enumerate(answer) if isinstance(answer, list) else ()
    for key, part in parts:
        if name in (key, part):
            return (key,)
        if deeper := _place_of(name, part):
            return (key, *deeper)
    return ()


def goal_faults(goal: Goal, play: Play) -> Iterator[tuple[Place, str]]:
    """Whether the winning setting reaches the goal, and the one that learners start from does not."""
    for name, settings in (("winning", {**goal.begin, **goal.winning}), ("losing", goal.begin)):
        try:
            held = play(goal, settings)
        except (ValueError, TypeError) as error:
            yield (name,), f"{name}: the explorable cannot be played so ({error}); correct a setting."
            continue
        won, least = sum(map(bool, held)), goal.of_ten * len(held) / CROWDS
        told = f"it holds in {won} of {len(held)}"
        if name == "winning" and won < least:
            yield (name,), f"winning: {told}; change the setting so that nearly all do, or ask for less."
        if name == "losing" and won >= least:
            yield (name,), f"losing: {told}; begin further away, or ask for more."
