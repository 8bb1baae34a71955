"""The hub as one application."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from choreo.bank.fault import BankError
from choreo.hub.api import Api, database_refusal, refusal
from choreo.hub.assets import Assets
from choreo.hub.cohort import Cohort
from choreo.hub.database import DatabaseError, DiskFullError, open_database
from choreo.hub.guard import Guard, protect
from choreo.hub.home import Home
from choreo.hub.identity import Identity, load_secret
from choreo.hub.live.service import Live
from choreo.hub.portfolio import PortfolioPages
from choreo.hub.review import Review
from choreo.hub.settings import Settings
from choreo.hub.shelf import Shelf
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web
from choreo.hub.work import Work

log = logging.getLogger("choreo.hub")


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def create_app(settings: Settings, now: Callable[[], datetime] = utc_now) -> Starlette:
    """The hub, with its database open; raise DatabaseError or SecretError if it cannot be opened."""
    database = open_database(settings.database_url)
    secret = load_secret(settings.data)
    identity = Identity(secret)
    assets = Assets()
    web = Web(assets)
    shelf = Shelf(settings.lessons, settings.exercises)
    visitors = Visitors(database, identity)
    lesson_server = settings.lesson_host, settings.lesson_port
    live = Live(settings, web, assets, database, secret)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(web.warm)
        await run_in_threadpool(shelf.warm)
        live.start()
        yield
        await live.stop()
        database.close()

    app = Starlette(
        routes=[
            *Home(web, database, identity, visitors, shelf, lesson_server, now).routes(),
            *Review(web, database, visitors, shelf, now).routes(),
            *PortfolioPages(web, assets, database, identity, visitors, shelf, now).routes(),
            *Work(web, database, identity, visitors, now).routes(),
            *Api(database, identity, now).routes(),
            *Cohort(database, identity, shelf).routes(),
            *live.routes(),
            *assets.routes(),
        ],
        middleware=[
            Middleware(Guard, hosts=settings.hosts, lesson_port=settings.lesson_port),
            Middleware(GZipMiddleware, minimum_size=700, compresslevel=6),
        ],
        exception_handlers={
            HTTPException: _refused(web),
            DatabaseError: _database_trouble(web),
            BankError: _course_trouble(web),
            Exception: _bug(web),
        },
        lifespan=lifespan,
    )
    app.state.live = live
    return app


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _refused(web: Web) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        if _is_api(request):
            response: Response = refusal(status, f"{request.method} {request.url.path}: there is no such request.")
            response.headers.update(headers)
            return response
        return web.page("missing" if status == 404 else "refused", status, headers)

    return handle


def _database_trouble(web: Web) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        reply = database_refusal(error if isinstance(error, DatabaseError) else DatabaseError(str(error)))
        if _is_api(request):
            return reply
        return web.page("trouble", reply.status_code, full=isinstance(error, DiskFullError), storage=True)

    return handle


def _course_trouble(web: Web) -> Callable[[Request, Exception], Response]:
    def handle(_request: Request, error: Exception) -> Response:
        log.error("%s", error)
        return web.page("trouble", 500, full=False, storage=False)

    return handle


def _bug(web: Web) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, _error: Exception) -> Response:
        if _is_api(request):
            response: Response = refusal(500, "The course server made a mistake. Nothing saved is lost; try again.")
        else:
            response = web.page("trouble", 500, full=False, storage=False)
        protect(MutableHeaders(raw=response.raw_headers))
        return response

    return handle
