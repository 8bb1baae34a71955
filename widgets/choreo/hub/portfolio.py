"""The portfolio: a page, a file to take home, a calendar file, and bringing a file in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from anyio import CapacityLimiter, to_thread
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.hub import portfolio_file
from choreo.hub.assets import Assets
from choreo.hub.body import TooLargeError, boundary_of, read_body, read_parts
from choreo.hub.catalogue import Catalogue
from choreo.hub.database import Database
from choreo.hub.database_errors import NobodyError
from choreo.hub.foreseen import Shown, foreseen
from choreo.hub.guard import from_own_form
from choreo.hub.identity import Identity
from choreo.hub.learner_page import LearnerPage
from choreo.hub.limits import MOST_UPLOADS, UPLOADS_EACH, Held
from choreo.hub.quota import QuotaError
from choreo.hub.radar import radar
from choreo.hub.results import Results
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web, download
from choreo.progress.calendar import calendar, plan_events
from choreo.progress.certificate import certificate
from choreo.progress.entry import Entry
from choreo.progress.legible import in_words
from choreo.progress.portfolio import Portfolio, portfolio

MAX_FILE = 6 * 1024 * 1024
BUSY = "Other files are being read just now. Wait a moment, then try again."
TOO_LARGE = f"This file is larger than {MAX_FILE // 1024 // 1024} MB. A portfolio file has a few hundred kilobytes."


@dataclass(frozen=True)
class Arrival:
    """What of one lesson would come in."""

    lesson: str
    kinds: tuple[tuple[str, int], ...]  # kind and how many


class PortfolioPages(LearnerPage):
    """All that concerns the portfolio."""

    def __init__(
        self,
        web: Web,
        assets: Assets,
        database: Database,
        identity: Identity,
        visitors: Visitors,
        catalogue: Catalogue,
        results: Results,
        now: Callable[[], datetime],
    ) -> None:
        """Keep the collaborators."""
        super().__init__(web, database, visitors, catalogue, now)
        self._assets = assets
        self._identity = identity
        self._results = results
        self._uploads = Held(UPLOADS_EACH, MOST_UPLOADS)
        self._reading = CapacityLimiter(1)  # one file after another, so that pages go on meanwhile

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
        return self._web.page(
            "portfolio", **self._contents(request, entries), brought=brought if brought.isdigit() else ""
        )

    def file(self, request: Request) -> Response:
        """The portfolio as one file that needs nothing else, with its data in it."""
        entries = self._entries(self._visitors.known(request))
        if not entries:
            return self._web.see("/portfolio")
        now = self._visitors.clock(request, self._now())
        page = self._web.text(
            "portfolio_file",
            **self._contents(request, entries),
            style=Markup(
                "".join(self._assets.text(f"{sheet}.css") for sheet in ("hub", "portfolio", "certificate"))
                + self._web.wardrobe.dress().rules
            ),
            data=Markup(portfolio_file.data(entries, now)),
        )
        return download(page, f"choreo-portfolio-{now:%Y-%m-%d}.html", "text/html; charset=utf-8")

    def calendar(self, request: Request) -> Response:
        """The plans that are open, for a calendar."""
        entries = self._entries(self._visitors.known(request))
        today = self._visitors.clock(request, self._now()).date()
        text = calendar(
            plan_events(portfolio(self._catalogue.course(), self._catalogue.bank, entries).commitments, today)
        )
        if not text:
            raise HTTPException(404)
        return download(text.encode(), "choreo-commitments.ics", "text/calendar; charset=utf-8")

    def import_page(self, _request: Request) -> Response:
        """Where a file is chosen."""
        return self._web.page("portfolio_import", fault="")

    async def preview(self, request: Request) -> Response:
        """What of a file would come in; nothing is kept yet."""
        return await self._read(request, "file", self._preview)

    async def bring(self, request: Request) -> Response:
        """Bring in what was previewed."""
        return await self._read(request, "data", self._bring)

    async def _read(self, request: Request, field: str, answer: Callable[[Request, bytes], Response]) -> Response:
        """Read an upload and answer it, beside the loop that serves everybody."""
        if not from_own_form(request):
            raise HTTPException(403)
        boundary = boundary_of(request)
        address = request.client.host if request.client else ""
        if not self._uploads.enter(address):
            return self._web.page("portfolio_import", 503, {"Retry-After": "5"}, fault=BUSY)
        try:
            body = await read_body(request, MAX_FILE)
            return await to_thread.run_sync(
                lambda: answer(request, read_parts(body, boundary).get(field, b"")), limiter=self._reading
            )
        except TooLargeError:
            return self._web.page("portfolio_import", 413, fault=TOO_LARGE)
        finally:
            self._uploads.leave(address)

    def _preview(self, request: Request, content: bytes) -> Response:
        try:
            found = self._sorted(content, self._visitors.known(request))
        except portfolio_file.FileError as error:
            return self._web.page("portfolio_import", 400, fault=str(error))
        data = portfolio_file.data(found.new, self._now())
        return self._web.page("portfolio_preview", found=found, arrivals=self._arrivals(found.new), data=data)

    def _bring(self, request: Request, content: bytes) -> Response:
        learner = self._visitors.known(request)
        try:
            new = self._sorted(content, learner).new
        except portfolio_file.FileError as error:
            return self._web.page("portfolio_import", 400, fault=str(error))
        if not new:
            return self._web.see("/portfolio")
        learner = learner or self._database.add_learner(self._now())
        try:
            self._database.add_all(learner, new, self._now())
        except NobodyError:
            return self._web.see("/portfolio/import")
        except QuotaError as error:
            return self._web.page("portfolio_import", 413, fault=str(error))
        response = self._web.see(f"/portfolio?brought={len(new)}")
        self._identity.remember(request, response, learner)
        return response

    def _sorted(self, content: bytes, learner: str | None) -> portfolio_file.Sorted:
        found = portfolio_file.records(content)
        return portfolio_file.sort(found, self._catalogue.bank, self._database.owners, learner, self._now())

    def _arrivals(self, entries: Sequence[Entry]) -> list[Arrival]:
        titles = {lesson.name: lesson.title for lesson in self._catalogue.course().lessons}
        counts: dict[str, Counter[str]] = {}
        for entry in entries:
            counts.setdefault(entry.lesson, Counter())[entry.kind] += 1
        return [
            Arrival(titles.get(lesson) or in_words(lesson), tuple(sorted(kinds.items())))
            for lesson, kinds in sorted(counts.items())
        ]

    def _contents(self, request: Request, entries: Sequence[Entry]) -> dict[str, Any]:
        now = self._visitors.clock(request, self._now())
        work = portfolio(self._catalogue.course(), self._catalogue.bank, entries, now.tzinfo or UTC)
        return {
            "work": work,
            "record": certificate(work),
            "ahead": any(plan.open(now.date()) for plan in work.commitments),
            "shown": self._shown(work),
            "portraits": [(portrait, radar(portrait)) for portrait in work.portraits],
            "words": self._results.words,
            "reached": self._results.reached,
            "today": now.date(),
            "zone": str(now.tzinfo or UTC),
        }

    def _shown(self, work: Portfolio) -> dict[tuple[str, str], Shown]:
        return {
            (chapter.name, item): shown
            for chapter in work.chapters
            for item, shown in foreseen(self._results, self._catalogue.bank(chapter.name), chapter).items()
        }

    def _entries(self, learner: str | None) -> Sequence[Entry]:
        return self._database.entries(learner) if learner else []
