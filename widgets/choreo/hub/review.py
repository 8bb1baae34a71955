"""Spaced review: one question at a time, answered and explained without any script."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.grading.exercise import Exercise, split_variant
from choreo.grading.verdict import AnswerError
from choreo.hub import exercise_form
from choreo.hub.body import Form
from choreo.hub.database_errors import NobodyError, NotYoursError
from choreo.hub.learner_page import LearnerPage, posted
from choreo.hub.overview import Overview, overview, review_days
from choreo.hub.quota import QuotaError
from choreo.hub.review_queue import Question, find, review_queue
from choreo.hub.timing import until
from choreo.hub.web import download
from choreo.progress.calendar import calendar, review_events
from choreo.progress.days import active_days, beginning
from choreo.progress.entry import Entry, EntryError, from_json, place_in_time, stamp
from choreo.progress.rehearsal import CAME, Rehearsal
from choreo.progress.review import PASS, schedule, waits
from choreo.progress.streak import in_a_row, within
from choreo.words import _

READ = ("review", "commitment")  # kinds of entries whose answers are looked at here
PARTLY = 0.5  # a score from here on is told as partly right


class Review(LearnerPage):
    """The review page."""

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/review", self.show, methods=["GET"]),
            Route("/review", posted(self.answer), methods=["POST"]),
            Route("/review/days.ics", self.days, methods=["GET"]),
        ]

    def show(self, request: Request) -> Response:
        """The next question, what an answer earned, or that nothing is due."""
        learner = self._visitors.known(request)
        entries, path = self._state(request, learner)
        answered = request.query_params.get("answered")
        if answered is not None:
            given = next((e for e in entries if e.id == answered and e.kind == "review"), None)
            if given and given.answer.get("came") in CAME:
                return self._rehearsed(path, entries, learner, given)
            return self._explained(path, entries, learner, given)
        return self._next(path, entries, learner)

    def days(self, request: Request) -> Response:
        """The days on which something comes back, for a calendar: a reminder that needs nobody's address."""
        learner = self._visitors.known(request)
        entries, path = self._state(request, learner)
        days = review_days(path, entries)
        if not days:
            raise HTTPException(404)
        whose = min(entries, key=place_in_time).id
        base = self._web.public.seen(request.url.scheme, request.headers.get("host", ""))
        events = review_events(days, whose, len(entries), path.now, f"{base}/review")
        return download(calendar(events).encode(), "choreo-review.ics", "text/calendar; charset=utf-8")

    def answer(self, request: Request, form: Form) -> Response:
        """Grade and keep an answer, then show what it earned."""
        learner = self._visitors.known(request)
        entries, path = self._state(request, learner)
        names = (form.first("lesson"), form.first("item"))
        plan = next((plan for plan in path.plans if (plan.lesson, plan.item) == names), None)
        if learner is not None and plan is not None:
            return self._remembered(path, learner, plan, form)
        question = find(path, form.first("lesson"), form.first("item"), _number(form.first("variant")))
        if learner is None or question is None or form.first("version") != str(question.exercise.version):
            return self._web.see("/review#question")
        try:
            given = exercise_form.read(question.exercise, form)
            verdict = question.exercise.grade(given)
            kept = dict(question.exercise.kept(given))
            entry = from_json(
                {
                    "id": form.first("entry"),
                    "lesson": question.lesson.name,
                    "item": question.exercise.id,
                    "kind": "review",
                    "version": question.exercise.version,
                    "answer": {**kept, "variant": question.variant} if question.variant else kept,
                    "score": verdict.score,
                    "at": stamp(self._now()),
                }
            )
        except AnswerError as error:
            return self._again(path, entries, learner, question, form, str(error))
        except EntryError:
            return self._web.see("/review#question")
        return self._kept(learner, entry)

    def _remembered(self, path: Overview, learner: str, plan: Rehearsal, form: Form) -> Response:
        """Keep whether the moment of a plan came; nothing is right or wrong about it."""
        came = form.first("came")
        if came not in CAME:
            return self._recalled(path, plan, len(path.plans), _("Choose one of the three first."))
        record = {"lesson": plan.lesson, "item": plan.item, "kind": "review", "version": plan.version, "score": None}
        try:
            entry = from_json({**record, "id": form.first("entry"), "answer": {"came": came}, "at": stamp(self._now())})
        except EntryError:
            return self._web.see("/review#question")
        return self._kept(learner, entry)

    def _kept(self, learner: str, entry: Entry) -> Response:
        try:
            self._database.add(learner, entry, self._now())
        except (NobodyError, NotYoursError, QuotaError):
            return self._web.see("/review#question")
        return self._web.see(f"/review?answered={entry.id}")

    def _state(self, request: Request, learner: str | None) -> tuple[Sequence[Entry], Overview]:
        entries = self._database.entries(learner, answers=READ) if learner else []
        now = self._visitors.clock(request, self._now())
        return entries, overview(
            self._catalogue.course(), self._catalogue.written(), self._catalogue.bank, entries, now
        )

    def _next(self, path: Overview, entries: Sequence[Entry], learner: str | None) -> Response:
        questions = review_queue(path, entries, learner or "", path.now)
        left = len(questions) + len(path.plans)
        if questions:
            return self._asked(questions[0], left, Form({}), "")
        if path.plans:
            return self._recalled(path, path.plans[0], left, "")
        coming = until(path.next_due, path.now) if path.next_due else None
        return self._web.page("review_none", coming=coming, begun=path.begun, streak=self._streak(path, entries))

    def _again(
        self, path: Overview, entries: Sequence[Entry], learner: str, question: Question, form: Form, fault: str
    ) -> Response:
        """The same question with what was filled in, because it was no answer."""
        left = self._left(path, entries, learner)
        return self._asked(question, max(left, 1), form, fault)

    def _asked(self, question: Question, left: int, given: Form, fault: str) -> Response:
        """A question, its options in an order of this time, which is the same if it is asked again for a fault."""
        entry = (fault and given.first("entry")) or uuid.uuid4().hex
        return self._web.page(
            "review",
            400 if fault else 200,
            question=question,
            exercise=question.exercise,
            face=_mixed(question.exercise, entry),
            left=left,
            entry=entry,
            given=given,
            fault=fault,
        )

    def _recalled(self, path: Overview, plan: Rehearsal, left: int, fault: str) -> Response:
        lesson = next(stop.lesson for stop in path.stops if stop.lesson.name == plan.lesson)
        status = 400 if fault else 200
        entry = uuid.uuid4().hex
        return self._web.page("rehearsal", status, lesson=lesson, plan=plan, left=left, entry=entry, fault=fault)

    def _rehearsed(self, path: Overview, entries: Sequence[Entry], learner: str | None, given: Entry) -> Response:
        lesson = next((stop.lesson for stop in path.stops if stop.lesson.name == given.lesson), None)
        left = self._left(path, entries, learner)
        return self._web.page("rehearsal_answer", lesson=lesson, came=given.answer["came"], left=left)

    def _left(self, path: Overview, entries: Sequence[Entry], learner: str | None) -> int:
        return len(review_queue(path, entries, learner or "", path.now)) + len(path.plans)

    def _explained(
        self, path: Overview, entries: Sequence[Entry], learner: str | None, given: Entry | None
    ) -> Response:
        variant, answer = split_variant(given.answer) if given else (0, {})
        question = find(path, given.lesson, given.item, variant) if given else None
        try:
            if given is None or question is None or given.version != question.exercise.version:
                return self._web.see("/review#question")
            verdict = question.exercise.grade(answer)
        except AnswerError:
            return self._web.see("/review#question")
        score = verdict.score or 0
        own = [entry for entry in entries if entry.lesson == given.lesson]
        bank = next((stop.bank for stop in path.stops if stop.lesson.name == given.lesson), None)
        due = next(iter(schedule(bank, [given.item], own, path.now.tzinfo or UTC)), None) if bank else None
        return self._web.page(
            "review_answer",
            question=question,
            exercise=question.exercise,
            face=_mixed(question.exercise, given.id),
            solution=question.exercise.solution(),
            told=exercise_form.told(question.exercise, _mixed(question.exercise, given.id), answer, verdict),
            feedback=verdict.feedback if question.exercise.kind == "estimate" else "",
            right=score >= PASS,
            partly=PARTLY <= score < PASS,
            back=until(due.at, path.now) if due and due.at else None,
            left=self._left(path, entries, learner),
            streak=self._streak(path, entries),
        )

    def _streak(self, path: Overview, entries: Sequence[Entry]) -> int:
        """Review days in a row; a day on which nothing was due is no gap."""
        zone = path.now.tzinfo or UTC
        came = active_days((entry for entry in entries if entry.kind == "review"), zone)
        lessons: dict[str, list[Entry]] = {}
        for entry in entries:
            lessons.setdefault(entry.lesson, []).append(entry)
        waited = within(
            span
            for stop in path.stops
            if stop.bank
            for span in waits(stop.bank, exercise_form.questions(stop.bank), lessons.get(stop.lesson.name, []), zone)
        )
        return in_a_row(came, lambda day: waited(beginning(day, zone)), path.now.date())


def _mixed(exercise: Exercise, entry: str) -> dict[str, Any]:
    """The exercise's face, its options in the order that this one answer (by its entry's id) has."""
    return exercise.shuffled(exercise.face(), random.Random(f"{entry}/{exercise.id}"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
