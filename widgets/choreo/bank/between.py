"""What exercises say of one another: whether what they build on, follow or stay closed for is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from choreo.grading.canvas import Canvas, address
from choreo.grading.collaboration import Collaboration
from choreo.grading.exercise import Exercise
from choreo.grading.faults import Place
from choreo.grading.goal import Goal
from choreo.grading.play import Play
from choreo.grading.predict import Predict
from choreo.grading.profile import Profile
from choreo.grading.written import Written


def between_faults(name: str, known: Mapping[str, Exercise]) -> Iterator[tuple[Place, str]]:
    """What does not fit between that exercise (lesson/exercise) and the others, each with its place."""
    exercise = known[name]
    yield from _first_faults(exercise, known)
    yield from _source_faults(exercise, known)
    yield from _follow_faults(name, known)
    yield from _thread_faults(exercise, known)
    yield from _gate_faults(name.partition("/")[0], exercise, known)


def _first_faults(exercise: Exercise, known: Mapping[str, Exercise]) -> Iterator[tuple[Place, str]]:
    """Whether the profile that this one is laid over is there, and asks the same."""
    if not isinstance(exercise, Profile) or exercise.first is None:
        return
    first = known.get(exercise.first)
    if not isinstance(first, Profile):
        yield ("first",), f"first: {exercise.first} is no profile; name one as lesson/exercise."
    elif (first.dimensions, first.statements, first.scale.points) != (
        exercise.dimensions,
        exercise.statements,
        exercise.scale.points,
    ):
        yield ("first",), f"first: {exercise.first} has other dimensions, statements or points; make them the same."


def _source_faults(exercise: Exercise, known: Mapping[str, Exercise]) -> Iterator[tuple[Place, str]]:
    """Whether what a canvas offers is kept by an exercise that there is, in a part that it has."""
    for at, one in enumerate(exercise.fields if isinstance(exercise, Canvas) else ()):
        for number, source in enumerate(one.sources):
            place = ("fields", at, "from", number)
            earlier = known.get(address(source))
            if earlier is None:
                yield place, f"from: there is no exercise {address(source)}; name one as lesson/exercise."
            elif (part := source.split("/")[2:]) and part[0] not in _texts_of(earlier):
                has = ", ".join(_texts_of(earlier)) or "none"
                yield place, f"from: {address(source)} has no text {part[0]} ({has}); name one of them."


def _texts_of(exercise: Exercise) -> Sequence[str]:
    """The names of what is written in an exercise."""
    if isinstance(exercise, Written | Canvas):
        return [field.id for field in exercise.fields]
    return [name for check in exercise.checks[:1] for name in check.answer if isinstance(check.answer[name], str)]


def _gate_faults(lesson: str, exercise: Exercise, known: Mapping[str, Exercise]) -> Iterator[tuple[Place, str]]:
    """Whether a play or a goal comes after predictions of its lesson, and after each that could be read off it."""
    if not isinstance(exercise, Play):
        return
    mates = [one for name, one in known.items() if name.startswith(f"{lesson}/")]
    predictions = {one.id: one for one in mates if isinstance(one, Predict) and not one.review}
    for name in exercise.after:
        if name not in predictions:
            yield ("after",), f"after: {name} is no prediction of this lesson; name one, or leave it out."
    for name in exercise.given.values():
        source = known.get(f"{lesson}/{name}")
        if source is None:
            yield ("given",), f"given: {name} is no exercise of this lesson; name one, or leave it out."
        elif source.review or isinstance(source, Play | Predict):
            what = "asked in review" if source.review else f"of kind {source.kind}"
            yield (
                ("given",),
                f"given: {name} is {what}, and this stays closed; name what every learner can answer here.",
            )
    for name, one in predictions.items():
        if one.explorable == exercise.explorable and name not in exercise.after and _answers(exercise, one):
            yield ("after",), f"after: {name} can be read off this before it is predicted; name it here."


def _answers(play: Play, prediction: Predict) -> bool:
    """Whether the settings that a prediction asks about can be had in a play; in a goal all can, once it is reached.

    One point of a curve is no answer: what varies along it must be free to move.
    """
    if isinstance(play, Goal):
        return True

    def moves(name: str) -> bool:
        return name not in play.fixed and (play.controls is None or name in play.controls)

    if prediction.vary and not moves(prediction.vary):
        return False
    return all(moves(name) or play.begin.get(name, value) == value for name, value in prediction.play.items())


def _follow_faults(name: str, known: Mapping[str, Exercise]) -> Iterator[tuple[Place, str]]:
    """Whether the exercise after which a review question comes is there to be done."""
    lesson, exercise = name.partition("/")[0], known[name]
    if exercise.follows is None:
        return
    before = known.get(f"{lesson}/{exercise.follows}")
    if not exercise.review:
        yield ("follows",), "follows: is for review questions; add review: true, or remove it."
    elif before is None or before.review:
        there = ", ".join(one.id for place, one in known.items() if place.startswith(f"{lesson}/") and not one.review)
        yield ("follows",), f"follows: {exercise.follows} is no exercise of this lesson ({there}); correct it."


def _thread_faults(exercise: Exercise, known: Mapping[str, Exercise]) -> Iterator[tuple[Place, str]]:
    """Whether the collaboration that an exercise asks about is named somewhere, and can be shown with it."""
    if exercise.collaboration is None:
        return
    if isinstance(exercise, Play | Collaboration) or exercise.review:
        yield ("collaboration",), "collaboration: is for what people write and plan in a lesson; remove it."
    elif not isinstance(known.get(exercise.collaboration), Collaboration):
        there = ", ".join(name for name, one in known.items() if isinstance(one, Collaboration)) or "there is none yet"
        yield ("collaboration",), f"collaboration: {exercise.collaboration} is none ({there}); correct it."
