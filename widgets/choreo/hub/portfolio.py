"""The portfolio: a page, a file to take home, a calendar file, and bringing a file in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from choreo.bank.loader import LessonBank
from choreo.hub import takeaway
from choreo.hub.assets import Assets
from choreo.hub.body import TooLargeError, read_upload
from choreo.hub.database import Database, NobodyError
from choreo.hub.guard import from_own_page
from choreo.hub.identity import Identity
from choreo.hub.radar import radar
from choreo.hub.results import Outcome, Results
from choreo.hub.shelf import Shelf
from choreo.hub.sketch import Sketch, sketch
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web
from choreo.progress.calendar import calendar
from choreo.progress.entry import Entry
from choreo.progress.portfolio import Portfolio, in_words, portfolio

MAX_FILE = 6 * 1024 * 1024
TOO_LARGE = f"This file is larger than {MAX_FILE // 1024 // 1024} MB. A portfolio file has a few hundred kilobytes."


@dataclass(frozen=True)
class Shown:
    """What happened where something was predicted, drawn."""

    outcome: Outcome
    sketch: Sketch | None


@dataclass(frozen=True)
class Arrival:
    """What of one lesson would come in."""

    lesson: str
    kinds: tuple[tuple[str, int], ...]  # kind and how many


class PortfolioPages:
    """All that concerns the portfolio."""

    def __init__(
        self,
        web: Web,
        assets: Assets,
        database: Database,
        identity: Identity,
        visitors: Visitors,
        shelf: Shelf,
        now: Callable[[], datetime],
    ) -> None:
        """Keep the collaborators."""
        self._web = web
        self._assets = assets
        self._database = database
        self._identity = identity
        self._visitors = visitors
        self._shelf = shelf
        self._results = Results()
        self._now = now

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/portfolio", self.show, methods=["GET"]),
            Route("/portfolio/file", self.file, methods=["GET"]),
            Route("/portfolio/commitments.ics", self.calendar, methods=["GET"]),
            Route("/portfolio/import", self.import_page, methods=["GET"]),
            Route("/portfolio/import", self.preview, methods=["POST"]),
            Route("/portfolio/import/bring", self.bring, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """The portfolio; for somebody who has done nothing yet, what it will be."""
        entries = self._entries(self._visitors.known(request))
        if not entries:
            return self._web.page("portfolio_empty")
        brought = request.query_params.get("brought", "")
        return self._web.page("portfolio", **self._contents(entries), brought=brought if brought.isdigit() else "")

    def file(self, request: Request) -> Response:
        """The portfolio as one file that needs nothing else, with its data in it."""
        entries = self._entries(self._visitors.known(request))
        if not entries:
            return RedirectResponse("/portfolio", 303)
        now = self._now()
        page = self._web.text(
            "portfolio_file",
            **self._contents(entries),
            style=Markup(self._assets.text("hub.css") + self._assets.text("portfolio.css")),
            data=Markup(takeaway.data(entries, now)),
        )
        return _download(page, f"choreo-portfolio-{now:%Y-%m-%d}.html", "text/html; charset=utf-8")

    def calendar(self, request: Request) -> Response:
        """The commitments for a calendar."""
        text = calendar(self._portfolio(self._entries(self._visitors.known(request))).commitments)
        if not text:
            raise HTTPException(404)
        return _download(text.encode(), "choreo-commitments.ics", "text/calendar; charset=utf-8")

    def import_page(self, _request: Request) -> Response:
        """Where a file is chosen."""
        return self._web.page("portfolio_import", fault="")

    async def preview(self, request: Request) -> Response:
        """What of a file would come in; nothing is kept yet."""
        fields = await self._upload(request)
        if isinstance(fields, Response):
            return fields
        return await run_in_threadpool(self._preview, request, fields.get("file", b""))

    async def bring(self, request: Request) -> Response:
        """Bring in what was previewed."""
        fields = await self._upload(request)
        if isinstance(fields, Response):
            return fields
        return await run_in_threadpool(self._bring, request, fields.get("data", b""))

    async def _upload(self, request: Request) -> dict[str, bytes] | Response:
        if not from_own_page(request):
            raise HTTPException(403)
        try:
            return await read_upload(request, MAX_FILE)
        except TooLargeError:
            return self._web.page("portfolio_import", 413, fault=TOO_LARGE)

    def _preview(self, request: Request, content: bytes) -> Response:
        try:
            found = self._sorted(content, self._visitors.known(request))
        except takeaway.FileError as error:
            return self._web.page("portfolio_import", 400, fault=str(error))
        data = takeaway.data(found.new, self._now())
        return self._web.page("portfolio_preview", found=found, arrivals=self._arrivals(found.new), data=data)

    def _bring(self, request: Request, content: bytes) -> Response:
        learner = self._visitors.known(request)
        try:
            new = self._sorted(content, learner).new
        except takeaway.FileError as error:
            return self._web.page("portfolio_import", 400, fault=str(error))
        if not new:
            return RedirectResponse("/portfolio", 303)
        learner = learner or self._database.add_learner(self._now())
        try:
            self._database.add_all(learner, new, self._now())
        except NobodyError:
            return RedirectResponse("/portfolio/import", 303)
        response = RedirectResponse(f"/portfolio?brought={len(new)}", 303)
        self._identity.remember(request, response, learner)
        return response

    def _sorted(self, content: bytes, learner: str | None) -> takeaway.Sorted:
        found = takeaway.records(content)
        return takeaway.sort(found, self._bank, self._database.owners, learner, self._now())

    def _arrivals(self, entries: Sequence[Entry]) -> list[Arrival]:
        titles = {lesson.name: lesson.title for lesson in self._shelf.course().lessons}
        counts: dict[str, Counter[str]] = {}
        for entry in entries:
            counts.setdefault(entry.lesson, Counter())[entry.kind] += 1
        return [
            Arrival(titles.get(lesson) or in_words(lesson), tuple(sorted(kinds.items())))
            for lesson, kinds in sorted(counts.items())
        ]

    def _contents(self, entries: Sequence[Entry]) -> dict[str, Any]:
        work = self._portfolio(entries)
        return {
            "work": work,
            "shown": self._shown(work),
            "portraits": [(portrait, radar(portrait)) for portrait in work.portraits],
            "words": self._results.words,
            "today": self._now().date(),
        }

    def _shown(self, work: Portfolio) -> dict[tuple[str, str], Shown]:
        shown = {}
        for chapter in work.chapters:
            bank = self._bank(chapter.name)
            for prediction in chapter.predictions:
                outcome = self._results.of(bank, prediction.exercise, prediction.answer)
                if outcome is not None:
                    shown[chapter.name, prediction.item] = Shown(outcome, sketch(outcome.figure))
        return shown

    def _portfolio(self, entries: Sequence[Entry]) -> Portfolio:
        return portfolio(self._shelf.course(), self._bank, entries)

    def _bank(self, lesson: str) -> LessonBank | None:
        return self._shelf.bank(lesson) if lesson in self._shelf.written() else None

    def _entries(self, learner: str | None) -> Sequence[Entry]:
        return self._database.entries(learner) if learner else []


def _download(content: bytes, name: str, kind: str) -> Response:
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": kind})
