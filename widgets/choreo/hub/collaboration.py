"""The learner's own collaboration as a page of its own: named or changed from any lesson, however far they are in it."""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.grading.collaboration import Collaboration
from choreo.grading.exercise import Answer
from choreo.grading.verdict import AnswerError
from choreo.hub.body import Form
from choreo.hub.database_errors import NobodyError
from choreo.hub.learner_page import LearnerPage, posted
from choreo.hub.quota import QuotaError
from choreo.progress.entry import Entry, new_entry

MAX_LINES = 64 * 1024  # bytes of the form: three lines of 1,000 letters, each of which may be sent as twelve
ADDRESS = re.compile(r"[a-z0-9][a-z0-9-]{0,79}/[a-z0-9][a-z0-9-]{0,79}")


class CollaborationPage(LearnerPage):
    """Shows the collaboration that somebody named, and keeps what they make of it."""

    def routes(self) -> list[Route]:
        """The address."""
        return [
            Route("/collaboration", self.show, methods=["GET"]),
            Route("/collaboration", posted(self.keep, MAX_LINES), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """The three lines as they are now; who has not begun yet begins with a lesson."""
        lesson, exercise = self._asked()
        learner = self._visitors.known(request)
        if learner is None:
            return self._web.see("/")
        newest = self._newest(learner, lesson, exercise)
        kept = "kept" in request.query_params
        return self._page(exercise, newest.answer if newest else {}, request.query_params.get("from", ""), kept=kept)

    def keep(self, request: Request, form: Form) -> Response:
        """Keep the lines and say so. A form may not lead on to the lesson by itself: that has another port."""
        lesson, exercise = self._asked()
        learner = self._visitors.known(request)
        if learner is None:
            return self._web.see("/")
        lines = [line["id"] for line in exercise.face()["lines"]]
        answer = {name: form.first(name).replace("\r\n", "\n").strip() for name in lines}
        back = form.first("from")
        try:
            exercise.grade(answer)
            now = self._now()
            entry = new_entry(lesson, exercise.id, exercise.entry_kind, exercise.version, answer, None, now)
            self._database.add(learner, entry, now)
        except (AnswerError, QuotaError) as error:
            return self._page(exercise, answer, back, str(error))
        except NobodyError:
            return self._web.see("/")
        return self._web.see("/collaboration?kept" + (f"&from={back}" if self._way(back) else ""))

    def _asked(self) -> tuple[str, Collaboration]:
        """The exercise of the course in which it is named, and its lesson; 404 where there is none."""
        for lesson in self._catalogue.course().lessons:
            bank = self._catalogue.bank(lesson.name)
            for exercise in bank.exercises if bank else ():
                if isinstance(exercise, Collaboration):
                    return lesson.name, exercise
        raise HTTPException(404)

    def _newest(self, learner: str, lesson: str, exercise: Collaboration) -> Entry | None:
        made = self._database.entries(learner, lesson)
        mine = [entry for entry in made if (entry.item, entry.kind) == (exercise.id, exercise.entry_kind)]
        return mine[-1] if mine else None

    def _page(
        self, exercise: Collaboration, answer: Answer, back: str, fault: str = "", kept: bool = False
    ) -> Response:
        known = {name: text for name, text in answer.items() if isinstance(text, str)}
        status = 400 if fault else 200
        way = self._way(back)
        return self._web.page(
            "collaboration",
            status,
            exercise=exercise,
            face=exercise.face(),
            answer=known,
            fault=fault,
            kept=kept,
            way=way,
            back=back if way else "",
        )

    def _way(self, back: str) -> str:
        """The address of a card in a lesson that there is ("lesson/exercise"); empty for anything else."""
        if not ADDRESS.fullmatch(back):
            return ""
        lesson, _slash, item = back.partition("/")
        return self._web.public.at(f"/lessons/{lesson}#at-{item}") if self._catalogue.has_notebook(lesson) else ""
