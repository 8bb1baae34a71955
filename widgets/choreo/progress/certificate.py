"""What a certificate may say: what was done on the path, counted from entries, and not a thing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from choreo.grading.goal import CROWDS
from choreo.progress.chapter import Chapter
from choreo.progress.portfolio import Portfolio


@dataclass(frozen=True)
class Finished:
    """A lesson of which everything is done."""

    number: int
    title: str
    on: date


@dataclass(frozen=True)
class Certificate:
    """The facts. Work in lessons that are not on the path is no part of it."""

    title: str  # the course's
    lessons: int  # on the path
    finished: tuple[Finished, ...]  # in the order of the path
    begun: date
    last: date
    days: int  # on which something was done
    predictions: int
    before: int  # of these, made before what answers them was played
    goals: int
    crowds: int  # that those goals were tried with in which luck plays a part
    held: int  # of these, in which the setting held
    exercises: int
    answers: int  # to these, retries among them
    texts: int
    plans: int
    kept: int  # of these, told in review as done
    reviews: int
    portraits: tuple[date, ...]  # when the first self-profile was taken, and the newest if there is a second

    @property
    def complete(self) -> bool:
        """Whether the whole path was walked."""
        return len(self.finished) == self.lessons


def certificate(work: Portfolio) -> Certificate | None:
    """What was done on the path; None where that is nothing."""
    chapters = work.on_path
    days = frozenset().union(*(chapter.days for chapter in chapters))
    if not days:
        return None
    predictions = [one for chapter in chapters for one in chapter.predictions if one.came != "declined"]
    practice = [one for chapter in chapters for one in chapter.practice]
    plans = [plan for chapter in chapters for plan in chapter.plans]
    goals = [best for chapter in chapters for best in _goals(chapter)]
    held = [best for best in goals if best is not None]
    taken = max((portrait.times for portrait in work.portraits), key=len, default=())
    return Certificate(
        title=work.title,
        lessons=work.lessons,
        finished=tuple(
            Finished(chapter.number, chapter.title, chapter.finished)
            for chapter in chapters
            if chapter.number is not None and chapter.finished is not None
        ),
        begun=min(days),
        last=max(days),
        days=len(days),
        predictions=len(predictions),
        before=sum(one.came == "before" for one in predictions),
        goals=len(goals),
        crowds=CROWDS * len(held),
        held=sum(held),
        exercises=len(practice),
        answers=sum(one.tries for one in practice),
        texts=sum(len(chapter.writings) for chapter in chapters),
        plans=len(plans),
        kept=sum(plan.done for plan in plans),
        reviews=sum(chapter.reviews for chapter in chapters),
        portraits=tuple(on for on, _values in taken),
    )


def _goals(chapter: Chapter) -> list[int | None]:
    """For each goal that was reached, in how many of ten crowds its best setting held; None where luck plays no part."""
    best: dict[str, int | None] = {}
    for one in chapter.reached:
        known = best.get(one.item)
        best[one.item] = one.held if known is None else max(known, one.held or 0)
    return list(best.values())
