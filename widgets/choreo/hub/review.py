"""Spaced review: one question at a time, answered and explained without any script."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from choreo.grading.verdict import AnswerError
from choreo.hub.body import Form, read_form
from choreo.hub.database import Database, NobodyError, NotYoursError
from choreo.hub.guard import from_own_page
from choreo.hub.overview import Overview, overview
from choreo.hub.shelf import Shelf
from choreo.hub.sitting import Question, find, sitting
from choreo.hub.timing import until
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web
from choreo.progress.entry import Entry, EntryError, from_json, stamp
from choreo.progress.review import PASS, schedule


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
        entries, path = self._state(self._visitors.known(request))
        answered = request.query_params.get("answered")
        if answered is not None:
            given = next((e for e in entries if e.id == answered and e.kind == "review"), None)
            return self._explained(path, entries, given)
        return self._next(path, entries)

    async def answer(self, request: Request) -> Response:
        """Grade and keep an answer, then show what it earned."""
        if not from_own_page(request):
            raise HTTPException(403)
        return await run_in_threadpool(self._answer, request, await read_form(request))

    def _answer(self, request: Request, form: Form) -> Response:
        learner = self._visitors.known(request)
        entries, path = self._state(learner)
        question = find(path, form.first("lesson"), form.first("item"))
        if learner is None or question is None or form.first("version") != str(question.exercise.version):
            return RedirectResponse("/review", 303)
        given = {"chosen": form.all("chosen")}
        try:
            verdict = question.exercise.grade(given)
            entry = from_json(
                {
                    "id": form.first("entry"),
                    "lesson": question.lesson.name,
                    "item": question.exercise.id,
                    "kind": "review",
                    "version": question.exercise.version,
                    "answer": given,
                    "score": verdict.score,
                    "at": stamp(self._now()),
                }
            )
        except AnswerError as error:
            return self._next(path, entries, str(error), question)
        except EntryError:
            return RedirectResponse("/review", 303)
        try:
            self._database.add(learner, entry, self._now())
        except (NobodyError, NotYoursError):
            return RedirectResponse("/review", 303)
        return RedirectResponse(f"/review?answered={entry.id}", 303)

    def _state(self, learner: str | None) -> tuple[Sequence[Entry], Overview]:
        entries = self._database.entries(learner) if learner else []
        return entries, overview(self._shelf.course(), self._shelf.written(), self._shelf.bank, entries, self._now())

    def _next(
        self, path: Overview, entries: Sequence[Entry], fault: str = "", same: Question | None = None
    ) -> Response:
        questions = sitting(path, entries, self._now())
        if not questions and same is None:
            coming = until(path.next_due, self._now()) if path.next_due else None
            return self._web.page("review_none", coming=coming, begun=path.begun)
        question = same or questions[0]
        return self._web.page(
            "review",
            400 if fault else 200,
            question=question,
            left=max(len(questions), 1),
            entry=uuid.uuid4().hex,
            fault=fault,
        )

    def _explained(self, path: Overview, entries: Sequence[Entry], given: Entry | None) -> Response:
        question = find(path, given.lesson, given.item) if given else None
        try:
            if given is None or question is None or given.version != question.exercise.version:
                return RedirectResponse("/review", 303)
            verdict = question.exercise.grade(given.answer)
        except AnswerError:
            return RedirectResponse("/review", 303)
        right = (verdict.score or 0) >= PASS
        own = [entry for entry in entries if entry.lesson == given.lesson]
        due = next(iter(schedule([given.item], own)), None)
        return self._web.page(
            "review_answer",
            question=question,
            chosen=given.answer["chosen"],
            notes={note.part: note for note in verdict.notes},
            right=right,
            back=until(due.at, self._now()) if due and due.at else None,
            left=len(sitting(path, entries, self._now())),
        )
