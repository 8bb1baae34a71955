"""Whether answers can be guessed without reading: by their place in the file, or by their length.

Somebody who takes the longest option, or always the third, should do no better than chance. A lesson's single-choice
questions are counted together, variants among them, and so are those of the whole course, in which small leanings add up.
A habit is a fault if chance alone would bring as many hits in less than one of fifty courses (2 %), counted exactly: each
question has its own chance, by how many options it has. Fewer than five questions tell nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from choreo.grading.choice import Choice
from choreo.grading.exercise import Exercise
from choreo.grading.faults import Place

FEWEST = 5  # questions that are counted together
RARE = 0.02


@dataclass(frozen=True)
class Guess:
    """What a habit earns with one question: whether it hits, and how likely that is by chance."""

    hit: float  # less than 1 where it hits only one of several equally long options
    chance: float


def cue_faults(exercises: Mapping[str, Exercise]) -> Iterator[str]:
    """What gives answers away, by lesson and over all; `exercises` by name (lesson/exercise)."""
    lessons: dict[str, list[Choice]] = defaultdict(list)
    for name, exercise in exercises.items():
        if isinstance(exercise, Choice) and not exercise.several:
            asked = (exercise.variant(number) for number in range(len(exercise.variants) + 1))
            lessons[name.partition("/")[0]] += [one for one in asked if not one.several]
    groups = [(f"{lesson}:", questions) for lesson, questions in lessons.items()]
    if len(lessons) > 1:
        groups.append(("all lessons together:", [one for questions in lessons.values() for one in questions]))
    for where, questions in groups:
        for habit, guesses in habits(questions):
            hits, chances = sum(guess.hit for guess in guesses), [guess.chance for guess in guesses]
            if len(guesses) >= FEWEST and hits > sum(chances) and at_least(hits, chances) < RARE:
                yield (
                    f"{where} {habit} finds {hits:.3g} of {len(guesses)} right options, where chance finds "
                    f"{sum(chances):.2g}; lengthen or shorten options, or move them."
                )


def length_fault(exercise: Exercise) -> tuple[Place, str] | None:
    """Whether the right options of one exercise with several are just its longest, or just its shortest."""
    if not isinstance(exercise, Choice) or not exercise.several:
        return None
    right = [len(option.text) for option in exercise.options if option.right]
    wrong = [len(option.text) for option in exercise.options if not option.right]
    if len(right) < 2 or len(wrong) < 2:
        return None
    for what, told in (("longest", min(right) > max(wrong)), ("shortest", max(right) < min(wrong))):
        if told:
            return ("options",), f"options: the right ones are the {what} ones; lengthen or shorten some."
    return None


def habits(questions: Sequence[Choice]) -> Iterator[tuple[str, list[Guess]]]:
    """What somebody who does not read might do, and what it earns with each question."""
    yield "taking the longest", [_longest(one, 1) for one in questions]
    yield "taking one of the two longest", [_longest(one, 2) for one in questions if len(one.options) > 3]
    yield "taking the shortest", [_longest(one, 1, -1) for one in questions]
    written = [one for one in questions if not one.ordered]  # where the order means something, nobody chose it
    for place in range(max((len(one.options) for one in written), default=0)):
        there = [one for one in written if len(one.options) > place]
        guesses = [Guess(float(one.options[place].right), 1 / len(one.options)) for one in there]
        yield f"taking option {place + 1}", guesses


def _longest(question: Choice, most: int, sign: int = 1) -> Guess:
    """Whether the right option is among the `most` longest; equally long ones share the places that are left."""
    lengths = [sign * len(option.text) for option in question.options]
    right = next(length for length, option in zip(lengths, question.options, strict=True) if option.right)
    longer, same = sum(length > right for length in lengths), lengths.count(right)
    return Guess(min(1.0, max(0.0, (most - longer) / same)), most / len(lengths))


def at_least(hits: float, chances: Sequence[float]) -> float:
    """How likely chance brings so many hits or more, where each has its own chance (Poisson binomial).

    >>> at_least(4, [0.25] * 5)
    0.015625
    """
    law = [1.0]  # how likely each number of hits is, after each chance
    for chance in chances:
        law = [
            (1 - chance) * (law[at] if at < len(law) else 0) + chance * (law[at - 1] if at else 0)
            for at in range(len(law) + 1)
        ]
    return sum(share for at, share in enumerate(law) if at >= hits)
