"""A learner's work as a whole: carried to another device, or forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from choreo.hub.body import Form, read_form
from choreo.hub.database import Database, NobodyError
from choreo.hub.guard import from_own_page
from choreo.hub.identity import COOKIE, Identity, is_code, new_code
from choreo.hub.throttle import WINDOW, Throttle
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web

UNKNOWN = "No work goes by this code. Compare it letter by letter; a newer code ends an older one."
NO_CODE = "A resume code has sixteen letters and digits, such as ABCD-EFGH-2345-JKLM. Type all of them."
WAIT = "Too many codes did not fit. Wait ten minutes, then try again."


class Work:
    """The pages for resuming and forgetting."""

    def __init__(
        self, web: Web, database: Database, identity: Identity, visitors: Visitors, now: Callable[[], datetime]
    ) -> None:
        """Keep the collaborators."""
        self._web = web
        self._database = database
        self._identity = identity
        self._visitors = visitors
        self._now = now
        self._throttle = Throttle()

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/resume", self.resume_page, methods=["GET"]),
            Route("/resume", _posted(self._resume), methods=["POST"]),
            Route("/resume/code", _posted(self._make_code), methods=["POST"]),
            Route("/resume/choice", _posted(self._choose), methods=["POST"]),
            Route("/forget", self.forget_page, methods=["GET"]),
            Route("/forget", _posted(self._forget), methods=["POST"]),
        ]

    def resume_page(self, request: Request) -> Response:
        """Where a code is made or entered."""
        return self._web.page("resume", known=self._visitors.known(request) is not None, code="", fault="")

    def forget_page(self, request: Request) -> Response:
        """What would be deleted, and the button that does it."""
        learner = self._visitors.known(request)
        entries = self._database.entries(learner) if learner else []
        lessons = len({entry.lesson for entry in entries})
        return self._web.page("forget", known=learner is not None, count=len(entries), lessons=lessons)

    def _resume(self, request: Request, form: Form) -> Response:
        device = self._visitors.known(request)
        code = form.first("code")[:80]
        address = request.client.host if request.client else ""
        if self._throttle.blocked(address, self._now()):
            wait = {"Retry-After": str(int(WINDOW.total_seconds()))}
            return self._web.page("resume", 429, wait, known=device is not None, code=code, fault=WAIT)
        target = self._database.resume(self._identity.code_hash(code)) if is_code(code) else None
        if target is None:
            if is_code(code):
                self._throttle.miss(address, self._now())
            fault = UNKNOWN if is_code(code) else NO_CODE
            return self._web.page("resume", 400, known=device is not None, code=code, fault=fault)
        if device not in (None, target) and (own := self._database.entries(device)):
            note = self._identity.choice(device, target)
            theirs = len(self._database.entries(target))
            return self._web.page("resume_choice", note=note, own=len(own), theirs=theirs)
        return self._become(request, target)

    def _choose(self, request: Request, form: Form) -> Response:
        device = self._visitors.known(request)
        target = self._identity.chosen(device, form.first("note"))
        choice = form.first("choice")
        if device is None or target is None or choice not in ("bring", "leave"):
            return RedirectResponse("/resume", 303)
        if choice == "bring":
            try:
                self._database.merge(device, target)
            except NobodyError:
                return RedirectResponse("/resume", 303)
        elif not self._database.has_learner(target):
            return RedirectResponse("/resume", 303)
        return self._become(request, target)

    def _make_code(self, request: Request, _form: Form) -> Response:
        learner = self._visitors.known(request)
        if learner is None:
            return RedirectResponse("/resume", 303)
        code = new_code()
        self._database.set_resume_hash(learner, self._identity.code_hash(code))
        return self._web.page("resume_code", code=code)

    def _forget(self, request: Request, _form: Form) -> Response:
        learner = self._visitors.known(request)
        if learner is not None:
            self._database.forget_learner(learner)
        response = self._web.page("forgotten", headers={"Clear-Site-Data": '"storage"'})
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")
        return response

    def _become(self, request: Request, learner: str) -> Response:
        response = RedirectResponse("/?welcome=back", 303)
        self._identity.remember(request, response, learner)
        return response


def _posted(handle: Callable[[Request, Form], Response]) -> Callable[[Request], object]:
    """A handler of posts from our own pages."""

    async def endpoint(request: Request) -> Response:
        if not from_own_page(request):
            raise HTTPException(403)
        return await run_in_threadpool(handle, request, await read_form(request))

    return endpoint
