"""Spaced review: one question at a time, answered and explained without any script."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from choreo.grading.exercise import split_variant
from choreo.grading.verdict import AnswerError
from choreo.hub import paper
from choreo.hub.body import Form, read_form
from choreo.hub.database import Database, NobodyError, NotYoursError
from choreo.hub.guard import from_own_page
from choreo.hub.overview import Overview, overview
from choreo.hub.shelf import Shelf
from choreo.hub.sitting import Question, find, sitting
from choreo.hub.timing import until
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web
from choreo.progress.entry import Entry, EntryError, from_json, moment, stamp
from choreo.progress.portfolio import active_days
from choreo.progress.review import PASS, due_now, schedule
from choreo.progress.streak import in_a_row

PARTLY = 0.5  # a score from here on is told as partly right


class Review:
    """The review page."""

    def __init__(
        self, web: Web, database: Database, visitors: Visitors, shelf: Shelf, now: Callable[[], datetime]
    ) -> None:
        """Keep the collaborators."""
        self._web = web
        self._database = database
        self._visitors = visitors
        self._shelf = shelf
        self._now = now

    def routes(self) -> list[Route]:
        """The addresses."""
        return [Route("/review", self.show, methods=["GET"]), Route("/review", self.answer, methods=["POST"])]

    def show(self, request: Request) -> Response:
        """The next question, what an answer earned, or that nothing is due."""
        learner = self._visitors.known(request)
        entries, path = self._state(learner)
        answered = request.query_params.get("answered")
        if answered is not None:
            given = next((e for e in entries if e.id == answered and e.kind == "review"), None)
            return self._explained(path, entries, learner, given)
        return self._next(path, entries, learner)

    async def answer(self, request: Request) -> Response:
        """Grade and keep an answer, then show what it earned."""
        if not from_own_page(request):
            raise HTTPException(403)
        return await run_in_threadpool(self._answer, request, await read_form(request))

    def _answer(self, request: Request, form: Form) -> Response:
        learner = self._visitors.known(request)
        entries, path = self._state(learner)
        question = find(path, form.first("lesson"), form.first("item"), _number(form.first("variant")))
        if learner is None or question is None or form.first("version") != str(question.exercise.version):
            return RedirectResponse("/review#question", 303)
        try:
            given = paper.read(question.exercise, form)
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
            return RedirectResponse("/review#question", 303)
        try:
            self._database.add(learner, entry, self._now())
        except (NobodyError, NotYoursError):
            return RedirectResponse("/review#question", 303)
        return RedirectResponse(f"/review?answered={entry.id}", 303)

    def _state(self, learner: str | None) -> tuple[Sequence[Entry], Overview]:
        entries = self._database.entries(learner) if learner else []
        return entries, overview(self._shelf.course(), self._shelf.written(), self._shelf.bank, entries, self._now())

    def _next(self, path: Overview, entries: Sequence[Entry], learner: str | None) -> Response:
        questions = sitting(path, entries, learner or "", self._now())
        if questions:
            return self._asked(questions[0], len(questions), Form({}), "")
        coming = until(path.next_due, self._now()) if path.next_due else None
        return self._web.page("review_none", coming=coming, begun=path.begun, streak=self._streak(path, entries))

    def _again(
        self, path: Overview, entries: Sequence[Entry], learner: str, question: Question, form: Form, fault: str
    ) -> Response:
        """The same question with what was filled in, because it was no answer."""
        left = len(sitting(path, entries, learner, self._now()))
        return self._asked(question, max(left, 1), form, fault)

    def _asked(self, question: Question, left: int, given: Form, fault: str) -> Response:
        return self._web.page(
            "review",
            400 if fault else 200,
            question=question,
            exercise=question.exercise,
            face=question.exercise.face(),
            left=left,
            entry=uuid.uuid4().hex,
            given=given,
            fault=fault,
        )

    def _explained(
        self, path: Overview, entries: Sequence[Entry], learner: str | None, given: Entry | None
    ) -> Response:
        variant, answer = split_variant(given.answer) if given else (0, {})
        question = find(path, given.lesson, given.item, variant) if given else None
        try:
            if given is None or question is None or given.version != question.exercise.version:
                return RedirectResponse("/review#question", 303)
            verdict = question.exercise.grade(answer)
        except AnswerError:
            return RedirectResponse("/review#question", 303)
        score = verdict.score or 0
        own = [entry for entry in entries if entry.lesson == given.lesson]
        due = next(iter(schedule([given.item], own)), None)
        return self._web.page(
            "review_answer",
            question=question,
            exercise=question.exercise,
            face=question.exercise.face(),
            solution=question.exercise.solution(),
            told=paper.told(question.exercise, answer, verdict),
            feedback=verdict.feedback if question.exercise.kind == "estimate" else "",
            right=score >= PASS,
            partly=PARTLY <= score < PASS,
            back=until(due.at, self._now()) if due and due.at else None,
            left=len(sitting(path, entries, learner or "", self._now())),
            streak=self._streak(path, entries),
        )

    def _streak(self, path: Overview, entries: Sequence[Entry]) -> int:
        """Review days in a row; a day on which nothing was due is no gap."""
        came = active_days(entry for entry in entries if entry.kind == "review")

        def waited(day: date) -> bool:
            start = datetime.combine(day, time(), UTC)
            before = [entry for entry in entries if moment(entry) < start]
            return any(
                due_now(
                    schedule(paper.questions(stop.bank), [e for e in before if e.lesson == stop.lesson.name]), start
                )
                for stop in path.stops
                if stop.bank
            )

        return in_a_row(came, waited, self._now().date())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
