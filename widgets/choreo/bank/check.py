"""The bank proves itself: every fault of every file, and every exercise graded by its own `checks`.

`python -m choreo.bank.check exercises` prints what it finds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from choreo.bank.fault import BankError
from choreo.bank.loader import load_exercise
from choreo.grading.exercise import Check, Exercise
from choreo.grading.verdict import AnswerError

_NO_ALT = re.compile(r"!\[\s*\]\(")


def check(folder: Path) -> list[str]:
    """All faults of all lessons in `folder`, each with place, fault and remedy; empty when all is well."""
    if not folder.is_dir():
        return [f"{folder}: there is no such folder; name the one that has the lessons' exercises."]
    faults: list[str] = []
    homes: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*")):
        if path.suffix != ".yaml":
            faults.append(f"{path}: not an exercise; name it {path.stem}.yaml, or move it away.")
            continue
        try:
            exercise = load_exercise(path)
        except BankError as error:
            faults += error.faults
            continue
        if exercise.id in homes:
            faults.append(f"{path}: the id {exercise.id} is also in {homes[exercise.id]}; rename one of them.")
        homes.setdefault(exercise.id, path)
        faults += [f"{path}: {fault}" for fault in check_exercise(exercise)]
    return faults


def check_exercise(exercise: Exercise) -> list[str]:
    """What an exercise's `checks` do not prove, and texts that not everyone can read."""
    return [*_proofs(exercise), *_pictures(exercise)]


def _proofs(exercise: Exercise) -> Iterator[str]:
    graded = exercise.solution() is not None
    for number, proof in enumerate(exercise.checks, start=1):
        fault = _failure(exercise, proof)
        if fault:
            yield f"checks {number}: {fault}"
    scores = [proof.score for proof in exercise.checks if not proof.invalid]
    wanted = {
        "a right answer (score: 1)": not graded or 1 in scores,
        "a wrong answer (a score below 1)": not graded or any(score is not None and score < 1 for score in scores),
        "a valid answer": graded or bool(scores),
        "an invalid answer (invalid: true)": any(proof.invalid for proof in exercise.checks),
    }
    for what, there in wanted.items():
        if not there:
            yield f"checks: {what} is missing; add one."


def _failure(exercise: Exercise, proof: Check) -> str | None:
    try:
        verdict = exercise.grade(proof.answer)
    except AnswerError as error:
        return None if proof.invalid else f"the answer was refused ({error}); correct it, or write invalid: true."
    if proof.invalid:
        return "the answer was graded, not refused; correct it, or leave invalid out."
    if exercise.solution() is None:
        return None if proof.score in (None, verdict.score) else "this exercise has no such score; leave it out."
    if proof.score is None:
        return f"has no score; write score: {verdict.score:.4g} if that is right."
    if verdict.score is None or abs(verdict.score - proof.score) > 0.001:
        return f"earns {verdict.score:.4g}, not {proof.score:.4g}; correct the answer, the score, or the exercise."
    return None


def _pictures(exercise: Exercise) -> Iterator[str]:
    if _NO_ALT.search(exercise.model_dump_json()):
        yield "a picture has no text for those who cannot see it; write ![what it shows](...)."


if __name__ == "__main__":
    found = check(Path(sys.argv[1] if len(sys.argv) > 1 else "exercises"))
    print("\n".join(found) or "All exercises are well.")
    raise SystemExit(bool(found))
