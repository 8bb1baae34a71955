"""A session to take home: its log, its answers, its report, its replay; a ticket of one minute opens all of them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import choreo.live
from choreo.hub.assets import KEY, PLOTLY, THEME
from choreo.hub.guard import policy
from choreo.hub.live.store import Store
from choreo.hub.live.tickets import Tickets
from choreo.hub.web import Web
from choreo.live.event import Event
from choreo.live.export import SPREADSHEETS, Marks, answers_csv, session_json, taps_csv
from choreo.live.one_file import Dress
from choreo.live.report import report
from choreo.live.session import Session
from choreo.live.sponsor import sponsor_page
from choreo.live.story import frames
from choreo.views.source import script

ROOM = Path(choreo.live.__file__).parent / "room"
LATE = "This link is older than a minute. Please take a new one from the coach’s console."


class Exports:
    """The exports. None of them says more about a sealed answer than the room was shown."""

    def __init__(self, web: Web, store: Store, tickets: Tickets) -> None:
        """Keep the collaborators."""
        self._web, self._store, self._tickets = web, store, tickets

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/live/export/{ticket}/session.json", self.json, methods=["GET"]),
            Route("/live/export/{ticket}/answers.csv", self.csv, methods=["GET"]),
            Route("/live/export/{ticket}/taps.csv", self.taps, methods=["GET"]),
            Route("/live/export/{ticket}/report.html", self.report, methods=["GET"]),
            Route("/live/export/{ticket}/sponsor.html", self.sponsor, methods=["GET"]),
            Route("/live/export/{ticket}/replay", self.replay, methods=["GET"]),
        ]

    async def json(self, request: Request) -> Response:
        """The whole log."""
        log = await self._log(request)
        return _file(await run_in_threadpool(session_json, log), "application/json", _name(log, "json"))

    async def csv(self, request: Request) -> Response:
        """What was said, as a table; `?for=` names the marks of the reader's spreadsheet."""
        return await self._table(request, answers_csv, "csv")

    async def taps(self, request: Request) -> Response:
        """Every tap, as a table."""
        return await self._table(request, taps_csv, "taps.csv")

    async def _table(self, request: Request, made: Callable[[Sequence[Event], Marks], str], ending: str) -> Response:
        marks = SPREADSHEETS.get(request.query_params.get("for", "comma"))
        if marks is None:
            raise HTTPException(404, f"Tables are made for {', '.join(SPREADSHEETS)}.")
        log = await self._log(request)
        return _file(await run_in_threadpool(made, log, marks), "text/csv; charset=utf-8", _name(log, ending))

    async def report(self, request: Request) -> Response:
        """One file with every picture."""
        log = await self._log(request)
        return _file(await run_in_threadpool(_report, log), "text/html; charset=utf-8", _name(log, "html"))

    async def sponsor(self, request: Request) -> Response:
        """One sheet of A4, as a file."""
        log = await self._log(request)
        page = await run_in_threadpool(sponsor_page, log, _dress("sponsor.css"))
        return _file(page, "text/html; charset=utf-8", _name(log, "sponsor.html"))

    async def replay(self, request: Request) -> Response:
        """What the room saw, with a slider."""
        log = await self._log(request)
        shown = await run_in_threadpool(_frames, log)
        title = Session.replay(log).plan.title
        headers = {"Content-Security-Policy": policy(img_src="'self' data:")}  # heatmaps are pictures made by the page
        return self._web.page("replay", headers=headers, title=title, frames=Markup(shown))

    async def _log(self, request: Request) -> Sequence[Event]:
        session = self._tickets.session(request.path_params["ticket"])
        log = await run_in_threadpool(self._store.log, session) if session else []
        if not log:
            raise HTTPException(404, LATE)
        return log


def _frames(log: Sequence[Event]) -> str:
    shown = [{"at": frame.at, "label": frame.label, "scene": frame.scene.json()} for frame in frames(log)]
    return json.dumps(shown, ensure_ascii=False).replace("<", "\\u003c")


def _report(log: Sequence[Event]) -> str:
    return report(log, _dress("report.css"))


@cache
def _dress(own: str) -> Dress:
    sheets = tuple(path.read_text(encoding="utf-8") for path in (THEME, KEY, ROOM / "room.css", ROOM / own))
    return Dress(sheets, gzip.decompress(PLOTLY.read_bytes()).decode(), script(ROOM / "report.js"))


def _name(log: Sequence[Event], ending: str) -> str:
    title = re.sub(r"[^a-z0-9]+", "-", Session.replay(log).plan.title.lower()).strip("-")[:40]
    return f"{title or 'session'}.{ending}"


def _file(text: str, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8", "replace"), media_type=media_type, headers=headers)
