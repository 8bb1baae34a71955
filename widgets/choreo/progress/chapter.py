"""One lesson's part of what a learner takes home, from that lesson's entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from choreo.bank.loader import LessonBank
from choreo.grading.alliance import Alliance
from choreo.grading.canvas import Canvas
from choreo.grading.exercise import Exercise
from choreo.grading.goal import CROWDS, Goal
from choreo.grading.play import Play
from choreo.grading.predict import Alternatives, Number, Predict, is_declined
from choreo.grading.verdict import AnswerError
from choreo.grading.written import Written
from choreo.progress.completion import ASIDE, Progress, progress
from choreo.progress.days import active_days, day_of
from choreo.progress.entry import Entry, in_order, moment, place_in_time
from choreo.progress.legible import in_figures, in_words, plain
from choreo.progress.plan import Commitment, commitments


@dataclass(frozen=True)
class Prediction:
    """What was predicted, once and for good."""

    item: str
    title: str
    exercise: Exercise | None  # None where the exercise is gone, or has changed since
    answer: Mapping[str, Any]
    said: str  # the answer in words
    on: date
    came: str = (
        ""  # "before" or "after" what answers it was first played, or "unplayed"; "declined"; "late": made after
    )
    # declining, when all that answers it could be seen; empty where not known


@dataclass(frozen=True)
class Writing:
    """What was written in one's own words, newest version."""

    item: str
    title: str
    texts: tuple[tuple[str, str], ...]  # label (may be empty) and text
    on: date
    versions: int  # how often it was kept


@dataclass(frozen=True)
class Reached:
    """A setting that reached a goal."""

    item: str
    title: str
    goal: str
    explorable: str  # empty where the exercise is gone
    settings: Mapping[str, Any]
    values: Mapping[str, float]  # by measure
    held: int | None  # in how many of ten crowds; None in older versions, and where luck plays no part
    on: date


@dataclass(frozen=True)
class Pinned:
    """A setting of an explorable that somebody found worth keeping."""

    item: str
    title: str
    words: str
    result: str


@dataclass(frozen=True)
class Practice:
    """One exercise, as far as it was practised."""

    item: str
    title: str
    tries: int
    score: float | None  # of the newest answer, 0 to 1; None where nothing is right or wrong
    on: date


@dataclass(frozen=True)
class Chapter:
    """One lesson's part of the portfolio."""

    name: str
    title: str
    number: int | None  # on the path; None for a lesson that is not on it
    progress: Progress
    finished: date | None  # the day on which its last item was first done; None while one is not
    days: frozenset[date]  # on which something was done in it
    predictions: tuple[Prediction, ...]
    writings: tuple[Writing, ...]
    plans: tuple[Commitment, ...]
    reached: tuple[Reached, ...]
    pinned: tuple[Pinned, ...]
    practice: tuple[Practice, ...]
    reviews: int  # review questions answered


def chapter(
    name: str, number: int | None, title: str, bank: LessonBank | None, entries: Sequence[Entry], zone: tzinfo
) -> Chapter:
    """The chapter of a lesson whose `entries` these are, oldest first; `bank` is None where its exercises are gone."""
    items = bank.items if bank else ()
    known = {exercise.id: exercise for exercise in bank.exercises} if bank else {}
    groups: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        groups.setdefault(entry.kind, {}).setdefault(entry.item, []).append(entry)

    def titled(item: str) -> str:
        return known[item].title if item in known else in_words(item)

    return Chapter(
        name=name,
        title=title,
        number=number,
        progress=progress(items, entries),
        finished=_finished(items, entries, zone),
        days=active_days(entries, zone),
        predictions=tuple(
            _prediction(titled(item), known.get(item), made, _came(made, known.values(), entries), zone)
            for item, made in groups.get("prediction", {}).items()
        ),
        writings=tuple(
            Writing(item, titled(item), texts, day_of(moment(made[-1]), zone), len(made))
            for item, made in groups.get("reflection", {}).items()
            if (texts := _texts(known.get(item), made[-1].answer))
        ),
        plans=commitments(title, entries),
        reached=tuple(
            reached
            for item, made in groups.get("goal", {}).items()
            for reached in _reached(item, titled(item), known.get(item), made, zone)
        ),
        pinned=tuple(
            pin for item, made in groups.get("settings", {}).items() for pin in _pinned(item, titled(item), made[-1])
        ),
        practice=tuple(
            Practice(item, titled(item), len(made), made[-1].score, day_of(moment(made[-1]), zone))
            for item, made in groups.get("attempt", {}).items()
        ),
        reviews=sum(len(made) for made in groups.get("review", {}).values()),
    )


def _finished(items: Sequence[str], entries: Iterable[Entry], zone: tzinfo) -> date | None:
    """The day of the last first answer; what was done again later does not move it."""
    firsts: dict[str, date] = {}
    for entry in entries:
        if entry.item in items and entry.kind not in ASIDE:
            firsts.setdefault(entry.item, day_of(moment(entry), zone))
    return max(firsts.values()) if items and len(firsts) == len(items) else None


def _prediction(title: str, exercise: Exercise | None, made: Sequence[Entry], came: str, zone: tzinfo) -> Prediction:
    entry = _first(made)
    same = exercise if exercise is not None and exercise.version == entry.version else None
    said = "" if came == "declined" else _said(same, entry.answer)
    return Prediction(entry.item, title, same, entry.answer, said, day_of(moment(entry), zone), came)


def _first(made: Sequence[Entry]) -> Entry:
    """The prediction that counts: the first; to have gone on without counts only while there is no other."""
    return next((entry for entry in made if not is_declined(entry.answer)), made[0])


def _came(entries_of_it: Sequence[Entry], exercises: Iterable[Exercise], entries: Sequence[Entry]) -> str:
    """Whether a prediction came before the first run of what answers it; see Prediction."""
    made = _first(entries_of_it)
    if is_declined(entries_of_it[0].answer):
        return "declined" if made is entries_of_it[0] else "late"
    answering = {one.id for one in exercises if isinstance(one, Play) and made.item in one.after}
    if not answering:
        return ""
    seen = in_order(e for e in entries if e.item in answering and e.kind in ("played", "goal"))
    if not seen:
        return "unplayed"
    if place_in_time(seen[0]) < place_in_time(made):
        return "after"
    return "before" if seen[0].kind == "played" else ""  # before there were gates, it may have been played unseen


def _said(exercise: Exercise | None, answer: Mapping[str, Any]) -> str:
    """A prediction in words; a curve as its heights."""
    ask = exercise.ask if isinstance(exercise, Predict) else None
    chosen, curve = answer.get("chosen"), answer.get("curve")
    if isinstance(chosen, str):
        options = ask.options if isinstance(ask, Alternatives) else ()
        return next((option.text for option in options if option.id == chosen), in_words(chosen))
    if isinstance(curve, list):
        return ", ".join(in_figures(height) for height in curve[:20])
    unit = ask.unit if isinstance(ask, Number) else ""
    return f"{in_figures(answer.get('number'))} {unit}".strip()


def _texts(exercise: Exercise | None, answer: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Labels and texts, in the order of the exercise; what it does not know (any more) comes after."""
    if isinstance(exercise, Alliance):
        try:
            return exercise.texts(answer)
        except AnswerError:  # kept of another version
            return ()
    fields = answer.get("fields")
    if not isinstance(fields, Mapping):
        return ()
    labels = {field.id: field.label for field in exercise.fields} if isinstance(exercise, Written | Canvas) else {}
    names = [name for name in (*labels, *(name for name in fields if name not in labels)) if name in fields]
    return tuple((labels.get(n, in_words(n)), text) for n in names if (text := plain(fields[n]).strip()))


def _reached(item: str, title: str, exercise: Exercise | None, entries: Sequence[Entry], zone: tzinfo) -> list[Reached]:
    """Different settings, each with the best that it came to and the day it did, in the order they were found."""
    goal = exercise if isinstance(exercise, Goal) else None
    best: dict[str, Reached] = {}
    for entry in entries:
        settings = entry.answer.get("settings")
        if isinstance(settings, Mapping):
            words = (goal.goal, goal.explorable) if goal else ("", "")
            held = entry.answer.get("held") if entry.answer.get("of") == CROWDS else None
            known = held if type(held) is int and 0 <= held <= CROWDS else None
            values, on = _values(entry.answer, goal), day_of(moment(entry), zone)
            one = Reached(item, title, *words, settings, values, known, on)
            name = json.dumps(dict(settings), sort_keys=True)
            if name not in best or _rank(one) > _rank(best[name]):
                best[name] = one
    return list(best.values())


def _values(answer: Mapping[str, Any], goal: Goal | None) -> dict[str, float]:
    """What the measures came to, those that the goal asks for first; older answers have one, the order."""
    values = answer.get("values", {"order": answer.get("order")})
    known = values.items() if isinstance(values, Mapping) else ()
    asked = {one.measure for one in goal.reach} if goal else set()
    sound = [(str(name), value) for name, value in known if isinstance(value, (int, float)) and abs(value) < 1e12]
    return dict(sorted(sound, key=lambda pair: pair[0] not in asked))


def _rank(one: Reached) -> tuple[float, ...]:
    return one.held or 0, *one.values.values()


def _pinned(item: str, title: str, entry: Entry) -> list[Pinned]:
    """The settings on the newest list, newest first; what is no setting is left out."""
    pins = entry.answer.get("pinned")
    return [
        Pinned(item, title, plain(pin.get("words")), plain(pin.get("result")))
        for pin in (pins if isinstance(pins, list) else [])
        if isinstance(pin, Mapping)
    ]
