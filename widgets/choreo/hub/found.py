"""What somebody has found in one lesson: a page to look at and to print when it is done, or on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.hub.catalogue import Catalogue
from choreo.hub.database import Database
from choreo.hub.foreseen import foreseen
from choreo.hub.learner_page import LearnerPage
from choreo.hub.results import Results
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web
from choreo.progress.chapter import chapter
from choreo.progress.found import found


class FoundPage(LearnerPage):
    """One page for each lesson of the path."""

    def __init__(
        self,
        web: Web,
        database: Database,
        visitors: Visitors,
        catalogue: Catalogue,
        results: Results,
        now: Callable[[], datetime],
    ) -> None:
        """Keep the collaborators."""
        super().__init__(web, database, visitors, catalogue, now)
        self._results = results

    def routes(self) -> list[Route]:
        """The address."""
        return [Route("/found/{name}", self.show, methods=["GET"])]

    def show(self, request: Request) -> Response:
        """What was found so far; for who has done nothing yet, what will stand here."""
        name = request.path_params["name"]
        path = {lesson.name: (number, lesson) for number, lesson in self._catalogue.course().numbered}
        if name not in path or not self._catalogue.has_notebook(name):
            raise HTTPException(404)
        number, lesson = path[name]
        bank = self._catalogue.bank(name)
        learner = self._visitors.known(request)
        entries = self._database.entries(learner, name) if learner else []
        zone = self._visitors.clock(request, self._now()).tzinfo or UTC
        told = chapter(name, number, lesson.title, bank, entries, zone)
        shown = foreseen(self._results, bank, told)
        return self._web.page("found", lesson=lesson, found=found(lesson, bank, told), shown=shown)
