"""The home page, and the way from it into a lesson."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from choreo.hub.catalogue import Catalogue
from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.health import health
from choreo.hub.identity import Identity
from choreo.hub.learner_page import LearnerPage
from choreo.hub.limits import NEW_LEARNERS
from choreo.hub.onward import onward
from choreo.hub.overview import overview
from choreo.hub.rates import Rates
from choreo.hub.servers import Server
from choreo.hub.timing import until
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web

CONSOLE = "live"  # the notebook from which coaches run sessions
FIRST = "new"  # the query of a lesson's address with a first cookie: without it there, the browser takes none
SHOWN = ("commitment",)  # the kinds of entries whose answers the page reads: plans to be called to mind
PATIENCE = 0.5  # seconds for the lesson server to take a connection

log = logging.getLogger("choreo.hub")


class Home(LearnerPage):
    """Home page and lesson doors."""

    def __init__(
        self,
        web: Web,
        database: Database,
        identity: Identity,
        visitors: Visitors,
        catalogue: Catalogue,
        lesson_servers: Sequence[Server],
        rates: Rates,
        now: Callable[[], datetime],
    ) -> None:
        """Keep the collaborators."""
        super().__init__(web, database, visitors, catalogue, now)
        self._identity = identity
        self._lesson_servers = lesson_servers
        self._newcomers = rates.buckets("new learners", NEW_LEARNERS)

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/", self.home, methods=["GET"]),
            Route("/lessons/{name}", self.lesson, methods=["GET"]),
            Route("/lessons/{name}/", self.astray, methods=["GET"]),
            Route("/health", self.health, methods=["GET"]),
            Route("/health/lessons", self.lesson_health, methods=["GET"]),
        ]

    def home(self, request: Request) -> Response:
        """The path, and where this learner stands. A first visit stores nothing."""
        learner = self._visitors.known(request)
        entries = self._database.entries(learner, answers=SHOWN) if learner else []
        now = self._visitors.clock(request, self._now())
        path = overview(self._catalogue.course(), self._catalogue.written(), self._catalogue.bank, entries, now)
        response = self._web.page(
            "home",
            course=self._catalogue.course(),
            path=path,
            known=learner is not None,
            welcome=learner is not None and request.query_params.get("welcome") == "back",
            coming=until(path.next_due, now) if path.next_due else None,
            live=self._catalogue.has_notebook(CONSOLE),
        )
        if learner is not None:
            self._see(learner)
            self._identity.remember(request, response, learner)
        return response

    async def lesson(self, request: Request) -> Response:
        """Into a lesson: this browser becomes a learner, and goes on to the lesson server.

        A notebook that is not on the path, as the authors' gallery, opens as well; the home page does not name it.
        """
        name = request.path_params["name"]
        lesson = next((one for one in self._catalogue.course().lessons if one.name == name), None)
        there = self._catalogue.has_notebook(
            name.partition("--")[0]
        )  # an author's preview shows lesson--exercise alone
        if lesson is None and not there:
            raise HTTPException(404)
        if not there:
            return self._web.page("unwritten", 404, lesson=lesson)
        if not await self._lessons_answer():
            title = lesson.title if lesson else "A lesson beside the path"
            return self._web.page("starting", 503, {"Retry-After": "2"}, lesson=name, title=title)
        found = await run_in_threadpool(self._visitors.known, request)
        address = request.client.host if request.client else ""
        if found is None and not await run_in_threadpool(self._newcomers.take, address):
            return self._web.page("crowded", 429, {"Retry-After": "60"}, lesson=name)
        learner = found if found else await run_in_threadpool(self._database.add_learner, self._now())
        asked = [*([FIRST] if found is None else []), *onward(request.query_params)]
        response = self._web.see(f"/lessons/{name}/" + (f"?{'&'.join(asked)}" if asked else ""))
        self._identity.remember(request, response, learner)
        return response

    async def astray(self, _request: Request) -> Response:
        """What a lesson server has: whatever stands before the hub leads to the wrong one, and must not go in circles."""
        raise HTTPException(404)

    async def health(self, _request: Request) -> Response:
        """That the hub is up."""
        return JSONResponse(health())

    async def lesson_health(self, _request: Request) -> Response:
        """Whether a lesson server takes connections."""
        return JSONResponse({"ok": await self._lessons_answer()})

    def _see(self, learner: str) -> None:
        """Note the visit; a disk that is full must not close the home page."""
        try:
            self._database.see_learner(learner, self._now())
        except DatabaseError as error:
            log.error("%s", error)

    async def _lessons_answer(self) -> bool:
        for server in self._lesson_servers:
            try:
                _, writer = await asyncio.wait_for(asyncio.open_connection(server.host, server.port), PATIENCE)
            except (OSError, TimeoutError):
                continue
            writer.close()
            return True
        return False
