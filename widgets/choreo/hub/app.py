"""The hub as one application."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
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
from starlette.types import ASGIApp, Receive, Scope, Send

from choreo.bank.fault import BankError
from choreo.hub.api import Api, database_refusal, refusal
from choreo.hub.assets import Assets
from choreo.hub.beside import Beside
from choreo.hub.catalogue import Catalogue
from choreo.hub.certificate import CertificatePage
from choreo.hub.cohort import Cohort
from choreo.hub.collaboration import CollaborationPage
from choreo.hub.database_errors import DatabaseError, DiskFullError
from choreo.hub.engine import connect_database, open_database
from choreo.hub.found import FoundPage
from choreo.hub.guard import Guard, protect
from choreo.hub.home import Home
from choreo.hub.house import HousePages, Wardrobe
from choreo.hub.housekeeping import Housekeeping
from choreo.hub.identity import Identity, load_secret
from choreo.hub.jupyterhub.accounts import Accounts
from choreo.hub.jupyterhub.bond import Bond
from choreo.hub.jupyterhub.gate import SignInGate
from choreo.hub.jupyterhub.question import Question
from choreo.hub.jupyterhub.sign_in import SignIn
from choreo.hub.jupyterhub.work import SignedWork
from choreo.hub.live.service import Live
from choreo.hub.lock import TakenError
from choreo.hub.measures import HubMeasures
from choreo.hub.models import Models
from choreo.hub.portfolio import PortfolioPages
from choreo.hub.probes import Probes
from choreo.hub.rates import Rates
from choreo.hub.readiness import OLDER, Gate, Readiness
from choreo.hub.results import Results
from choreo.hub.review import Review
from choreo.hub.settings import Settings
from choreo.hub.stopwatch import Stopwatch
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web
from choreo.hub.work import Work
from choreo.stores.private import close_to_others

REASONS = {408: "it did not come to its end in time; send it again", 413: "it is too long"}

log = logging.getLogger("choreo.hub")


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def create_app(settings: Settings, now: Callable[[], datetime] = utc_now) -> Starlette:
    """The hub, with its database open; raise DatabaseError, SecretError, or TakenError if another goes by its name."""
    database = (open_database if settings.migrate else connect_database)(settings.database_url)
    secret = load_secret(settings.data)
    close_to_others(settings.data)
    identity = Identity(secret, settings.public)
    assets = Assets()
    catalogue = Catalogue(settings.lessons, settings.exercises)
    wardrobe = Wardrobe(catalogue, assets.address("mark.svg"))
    service = settings.jupyterhub
    web = Web(assets, wardrobe, settings.public, service.sign_out if service else "")
    visitors = Visitors(database, identity)
    results = Results()
    rates = Rates(database, secret, lambda: now().timestamp())
    housekeeping = Housekeeping(database, rates, now)
    measures, readiness = HubMeasures(), Readiness(database, settings.migrate)
    live = Live(settings, web, assets, database, secret, rates, measures)
    work, sign_in = Work(web, database, identity, visitors, live.wipe, rates), None
    if service:
        accounts, bond = Accounts(database, secret), Bond(secret, settings.public)
        work = SignedWork(accounts, bond, web, database, identity, visitors, live.wipe, rates)
        sign_in = SignIn(web, database, identity, visitors, accounts, bond, Question(service), secret, live.wipe, now)
    if readiness.begun:
        live.claim()

    async def begin() -> None:
        if not readiness.begun:
            await readiness.until_migrated()
            try:
                await run_in_threadpool(live.claim)
            except TakenError as error:
                log.critical("%s", error)
                signal.raise_signal(signal.SIGTERM)
                return
        live.start()
        housekeeping.start()
        readiness.begun = True

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(web.warm)
        await run_in_threadpool(catalogue.warm)
        beginning = asyncio.create_task(begin())
        if readiness.begun:
            await beginning
        yield
        beginning.cancel()
        await asyncio.gather(beginning, return_exceptions=True)
        await housekeeping.stop()
        await live.stop()
        database.close()

    app = Starlette(
        routes=[
            *Home(web, database, identity, visitors, catalogue, settings.lesson_servers, rates, now).routes(),
            *Review(web, database, visitors, catalogue, now).routes(),
            *PortfolioPages(web, assets, database, identity, visitors, catalogue, results, now).routes(),
            *CollaborationPage(web, database, visitors, catalogue, now).routes(),
            *FoundPage(web, database, visitors, catalogue, results, now).routes(),
            *CertificatePage(web, database, visitors, catalogue, now).routes(),
            *work.routes(),
            *(sign_in.routes() if sign_in else ()),
            *Models(web).routes(),
            *HousePages(web).routes(),
            *Beside(settings.lessons).routes(),
            *Api(database, identity, now).routes(),
            *Cohort(database, identity, catalogue).routes(),
            *live.routes(),
            *Probes(readiness, measures, settings.operators).routes(),
            *assets.routes(),
        ],
        middleware=[
            Middleware(Stopwatch, measures=measures),
            Middleware(Guard, names=settings.names, public=settings.public),
            Middleware(Gate, readiness=readiness, closed=_closed(web)),
            Middleware(GZipMiddleware, minimum_size=700, compresslevel=6),
            *([Middleware(SignInGate, sign_in=sign_in, trouble=_database_trouble(web))] if sign_in else ()),
        ],
        exception_handlers={
            HTTPException: _refused(web),
            DatabaseError: _database_trouble(web),
            BankError: _course_trouble(web),
            Exception: _bug(web),
        },
        lifespan=lifespan,
    )
    app.state.live, app.state.measures, app.state.readiness = live, measures, readiness
    return app


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _refused(web: Web) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        if _is_api(request):
            why = REASONS.get(status, "there is no such request")
            response: Response = refusal(status, f"{request.method} {request.url.path}: {why}.")
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


def _closed(web: Web) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response = _database_trouble(web)(Request(scope), DatabaseError(OLDER))
        response.headers["Retry-After"] = "5"
        await response(scope, receive, send)

    return answer


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
