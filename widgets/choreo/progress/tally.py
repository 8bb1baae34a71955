"""What many people answered to an exercise, in counts from which nobody can be told.

Only whole groups of five count, in the order in which people first answered, and only their first answers: so looking again
shows what five more people did, and never what one of them did. Other counts under five are said as that and no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from choreo.grading.choice import Choice
from choreo.grading.classify import Classify
from choreo.grading.cloze import Cloze
from choreo.grading.estimate import Estimate
from choreo.grading.exercise import Answer, Exercise, hints_read, split_variant
from choreo.grading.mark import Mark
from choreo.grading.match import Match
from choreo.grading.order import Order
from choreo.grading.predict import Alternatives, Predict, is_declined
from choreo.grading.scenario import Scenario
from choreo.grading.verdict import AnswerError
from choreo.progress.completion import ASIDE
from choreo.progress.entry import Entry

GROUP = 5  # people

Work = Sequence[Entry]  # what one person did in a lesson, oldest first
Own = TypeVar("Own")


@dataclass(frozen=True)
class Share:
    """How many chose something, or did it."""

    what: str  # as the exercise says it, or its id
    count: int
    right: bool = False
    head: str = ""  # what it belongs to: a gap, a case, a step


@dataclass(frozen=True)
class Tally:
    """What is told of one exercise."""

    people: int  # in whole groups; 0 where they are fewer than one
    shares: tuple[Share, ...] = ()
    right_at_once: int | None = None  # None where nothing is right or wrong
    right_later: int | None = None
    again: int = 0  # answered more than once
    hinted: int | None = None  # read a hint before an answer; None where there is none to read


def tally(exercise: Exercise, everybody: Sequence[Work]) -> Tally:
    """What people answered to the exercise as it is now."""
    done = [own for work in everybody if (own := _own(exercise, work))]
    group = whole(sorted(done, key=lambda own: (own[0].at, own[0].id)))
    if not group:
        return Tally(0)
    firsts = [_bare(own[0].answer) for own in group]
    graded = exercise.graded
    at_once = sum(own[0].score == 1 for own in group)
    later = sum(own[0].score != 1 and any(one.score == 1 for one in own[1:]) for own in group)
    return Tally(
        len(group),
        tuple(shares(exercise, firsts)),
        at_once if graded else None,
        later if graded else None,
        sum(len(own) > 1 for own in group) if not exercise.locked else 0,
        sum(any(hints_read(one.answer) for one in own) for own in group) if graded and exercise.hints else None,
    )


def _own(exercise: Exercise, work: Work) -> list[Entry]:
    kind = "review" if exercise.review else exercise.entry_kind
    return [one for one in work if one.item == exercise.id and one.kind == kind and one.version == exercise.version]


def _bare(answer: Answer) -> Answer:
    number, bare = split_variant(answer)
    return bare if number == 0 else {}


def whole(people: Sequence[Own]) -> Sequence[Own]:
    """As many of them as make whole groups, the first ones."""
    return people[: len(people) - len(people) % GROUP]


def under(count: int) -> str:
    """A count that may be one person's doing: exact from five on.

    >>> under(7), under(3), under(0)
    ('7', 'fewer than 5', 'fewer than 5')
    """
    return str(count) if count >= GROUP else f"fewer than {GROUP}"


def shares(exercise: Exercise, answers: Sequence[Answer]) -> Iterator[Share]:
    """How often each thing was chosen, of the kinds in which one chooses; what people typed stays theirs."""
    if isinstance(exercise, Predict):
        yield from _predicted(exercise, answers)
        return
    valid = [answer for answer in answers if _is_valid(exercise, answer)]
    teller = TELLERS.get(type(exercise))
    if teller:
        yield from teller(exercise, valid)


def _is_valid(exercise: Exercise, answer: Answer) -> bool:
    try:
        exercise.grade(answer)
    except AnswerError:
        return False
    return True


def _chosen(exercise: Choice, answers: Sequence[Answer]) -> Iterator[Share]:
    count = Counter(name for answer in answers for name in answer["chosen"])
    for option in exercise.options:
        yield Share(option.text, count[option.id], option.right)


def _predicted(exercise: Predict, answers: Sequence[Answer]) -> Iterator[Share]:
    made = [answer for answer in answers if not is_declined(answer)]
    if isinstance(exercise.ask, Alternatives):
        count = Counter(answer.get("chosen") for answer in made if isinstance(answer.get("chosen"), str))
        for option in exercise.ask.options:
            yield Share(option.text, count[option.id])
    yield Share("went on without predicting", len(answers) - len(made))


def _placed(exercise: Classify, answers: Sequence[Answer]) -> Iterator[Share]:
    for case in exercise.cases:
        count = Counter(answer["placed"][case.id] for answer in answers)
        for bucket in exercise.buckets:
            yield Share(bucket.text, count[bucket.id], bucket.id == case.bucket, case.text)


def _matched(exercise: Match, answers: Sequence[Answer]) -> Iterator[Share]:
    texts = {pair.right.id: pair.right.text for pair in exercise.pairs} | {one.id: one.text for one in exercise.extra}
    for pair in exercise.pairs:
        count = Counter(answer["matched"][pair.left.id] for answer in answers)
        for name, text in texts.items():
            if count[name] or name == pair.right.id:
                yield Share(text, count[name], name == pair.right.id, pair.left.text)


def _ordered(exercise: Order, answers: Sequence[Answer]) -> Iterator[Share]:
    for at, step in enumerate(exercise.steps):
        yield Share(f"in its place: {step.text}", sum(answer["order"][at] == step.id for answer in answers), True)


def _filled(exercise: Cloze, answers: Sequence[Answer]) -> Iterator[Share]:
    for gap in exercise.gaps:
        head = gap.label or gap.id
        count = Counter(answer["filled"][gap.id].strip() for answer in answers)
        if gap.options:
            for text in gap.options:
                yield Share(text, count[text], text == gap.right, head)
        else:
            held = sum(number for text, number in count.items() if gap.holds(text))
            yield Share("typed what is accepted", held, True, head)
            yield Share("typed something else", sum(count.values()) - held, False, head)


def _marked(exercise: Mark, answers: Sequence[Answer]) -> Iterator[Share]:
    phrases = {span["id"]: span["text"] for span in exercise.face()["spans"]}
    count = Counter(name for answer in answers for name in answer["marked"])
    for span in exercise.spans:
        yield Share(phrases[span.id], count[span.id], span.right)


def _estimated(exercise: Estimate, answers: Sequence[Answer]) -> Iterator[Share]:
    below = sum(answer["high"] < exercise.truth for answer in answers)
    above = sum(answer["low"] > exercise.truth for answer in answers)
    yield Share("a range with the true number in it", len(answers) - below - above, True)
    yield Share("a range below it", below)
    yield Share("a range above it", above)


def _went(exercise: Scenario, answers: Sequence[Answer]) -> Iterator[Share]:
    for step in exercise.steps:
        moves = {move.id: move for move in step.choices}
        count = Counter(name for answer in answers for name in answer["path"])
        for name, move in moves.items():
            yield Share(move.text, count[name], False, " ".join(step.text.split()))


TELLERS: dict[type[Exercise], Callable[..., Iterator[Share]]] = {
    Choice: _chosen, Classify: _placed, Match: _matched, Order: _ordered, Cloze: _filled, Mark: _marked, Estimate: _estimated,
    Scenario: _went,
}  # fmt: skip


@dataclass(frozen=True)
class Stops:
    """How far people came in a lesson."""

    people: int  # in whole groups; 0 where they are fewer than one
    finished: int = 0
    after: tuple[tuple[str, int], ...] = ()  # the last exercise in the lesson's order that they did, and how many


def stops(items: Sequence[str], needed: Sequence[str], everybody: Sequence[Work]) -> Stops:
    """Where people are who have begun the lesson; `items` are its exercises in the order of its notebook."""
    begun = sorted((work for work in everybody if work), key=lambda work: (work[0].at, work[0].id))
    group = whole(begun)
    finished, after = 0, Counter[str]()
    for work in group:
        done = {one.item for one in work if one.kind not in ASIDE} & set(items)
        if needed and set(needed) <= done:
            finished += 1
        else:
            after[next((item for item in reversed(items) if item in done), "")] += 1
    places = [(item, after[item]) for item in ["", *items] if after[item]]
    return Stops(len(group), finished, tuple(places))
