"""The home page, and the way from it into a lesson."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from choreo.hub.database import Database, DatabaseError
from choreo.hub.identity import Identity
from choreo.hub.overview import overview
from choreo.hub.shelf import Shelf
from choreo.hub.timing import until
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web

CONSOLE = "live"  # the notebook from which coaches run sessions
FIRST = "new"  # the query of a lesson's address with a first cookie: without it there, the browser takes none
PATIENCE = 0.5  # seconds for the lesson server to take a connection

log = logging.getLogger("choreo.hub")


class Home:
    """Home page and lesson doors."""

    def __init__(
        self,
        web: Web,
        database: Database,
        identity: Identity,
        visitors: Visitors,
        shelf: Shelf,
        lesson_server: tuple[str, int],
        now: Callable[[], datetime],
    ) -> None:
        """Keep the collaborators."""
        self._web = web
        self._database = database
        self._identity = identity
        self._visitors = visitors
        self._shelf = shelf
        self._lesson_server = lesson_server
        self._now = now

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/", self.home, methods=["GET"]),
            Route("/lessons/{name}", self.lesson, methods=["GET"]),
            Route("/health", self.health, methods=["GET"]),
            Route("/health/lessons", self.lesson_health, methods=["GET"]),
        ]

    def home(self, request: Request) -> Response:
        """The path, and where this learner stands. A first visit stores nothing."""
        learner = self._visitors.known(request)
        entries = self._database.entries(learner) if learner else []
        now = self._now()
        path = overview(self._shelf.course(), self._shelf.written(), self._shelf.bank, entries, now)
        response = self._web.page(
            "home",
            course=self._shelf.course(),
            path=path,
            known=learner is not None,
            welcome=learner is not None and request.query_params.get("welcome") == "back",
            coming=until(path.next_due, now) if path.next_due else None,
            live=self._shelf.has_notebook(CONSOLE),
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
        lesson = next((one for one in self._shelf.course().lessons if one.name == name), None)
        there = self._shelf.has_notebook(name)
        if lesson is None and not there:
            raise HTTPException(404)
        if not there:
            return self._web.page("unwritten", 404, lesson=lesson)
        if not await self._lessons_answer():
            title = lesson.title if lesson else "A lesson beside the path"
            return self._web.page("starting", 503, {"Retry-After": "2"}, lesson=name, title=title)
        learner, known = await run_in_threadpool(self._learner, request)
        address = lesson_url(request, name, self._lesson_server[1])
        response = RedirectResponse(address if known else f"{address}?{FIRST}", 303)
        self._identity.remember(request, response, learner)
        return response

    async def health(self, _request: Request) -> Response:
        """That the hub is up."""
        return JSONResponse({"ok": True})

    async def lesson_health(self, _request: Request) -> Response:
        """Whether the lesson server takes connections."""
        return JSONResponse({"ok": await self._lessons_answer()})

    def _learner(self, request: Request) -> tuple[str, bool]:
        """Who asks, and whether that was known before."""
        known = self._visitors.known(request)
        return known or self._database.add_learner(self._now()), known is not None

    def _see(self, learner: str) -> None:
        """Note the visit; a disk that is full must not close the home page."""
        try:
            self._database.see_learner(learner, self._now())
        except DatabaseError as error:
            log.error("%s", error)

    async def _lessons_answer(self) -> bool:
        try:
            _, writer = await asyncio.wait_for(asyncio.open_connection(*self._lesson_server), PATIENCE)
        except (OSError, TimeoutError):
            return False
        writer.close()
        return True


def lesson_url(request: Request, name: str, port: int) -> str:
    """Where the lesson server has the lesson: the host name that the learner used, the lesson server's port."""
    host = request.url.hostname or "127.0.0.1"
    return f"{request.url.scheme}://{f'[{host}]' if ':' in host else host}:{port}/lessons/{name}"
