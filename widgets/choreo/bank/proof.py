"""What an exercise's own `checks` prove: a right, a wrong and an invalid answer, each with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from choreo.grading.exercise import Check, Exercise
from choreo.grading.faults import Place
from choreo.grading.goal import Goal, Setting
from choreo.grading.verdict import AnswerError

Play = Callable[[Goal, Mapping[str, Setting]], Sequence[float]]
"""Plays a goal's model with settings: what was reached (0 to 1) with each of some ten seeds; raises ValueError."""

WINS = 0.9  # the least share of seeds with which the winning setting must reach the goal


def proof_faults(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """What the exercise's `checks` do not prove, each with its place."""
    for at, proof in enumerate(exercise.checks):
        fault = _failure(exercise, proof)
        if fault:
            yield ("checks", at), f"checks {at + 1}: {fault}"
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


def _failure(exercise: Exercise, proof: Check) -> str | None:
    try:
        verdict = exercise.variant(proof.variant).grade(proof.answer)
    except AnswerError as error:
        return None if proof.invalid else f"the answer was refused ({error}); correct it, or write invalid: true."
    if proof.invalid:
        return "the answer was graded, not refused; correct it, or leave invalid out."
    if not exercise.graded:
        return None if proof.score in (None, verdict.score) else "this exercise has no such score; leave it out."
    if proof.score is None:
        return f"has no score; write score: {verdict.score:.4g} if that is right."
    if verdict.score is None or abs(verdict.score - proof.score) > 0.001:
        return f"earns {verdict.score:.4g}, not {proof.score:.4g}; correct the answer, the score, or the exercise."
    return None


def goal_faults(goal: Goal, play: Play) -> Iterator[tuple[Place, str]]:
    """Whether the winning setting reaches the goal and the one that learners start from does not."""
    begin = {**goal.losing, **goal.fixed}
    for name, settings in (("winning", {**begin, **goal.winning}), ("losing", begin)):
        try:
            ends = play(goal, settings)
        except ValueError as error:
            yield (name,), f"{name}: the explorable cannot be played so ({error}); correct a setting."
            continue
        won = sum(end >= goal.target for end in ends)
        told = f"of {len(ends)} runs {won} reach {goal.target:.0%} (they end at {min(ends):.0%} to {max(ends):.0%})"
        if name == "winning" and won < WINS * len(ends):
            yield (name,), f"winning: {told}; change the setting so that nearly all do, or lower the target."
        if name == "losing" and won:
            yield (name,), f"losing: {told}; begin further away, or raise the target."
