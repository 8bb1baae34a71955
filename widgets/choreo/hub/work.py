"""A learner's work as a whole: carried to another device, or forgotten."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.hub.body import Form
from choreo.hub.database import Database
from choreo.hub.database_errors import NobodyError
from choreo.hub.identity import Identity, is_code, new_code
from choreo.hub.learner_page import posted
from choreo.hub.limits import WRONG_RESUME_CODES
from choreo.hub.quota import QuotaError
from choreo.hub.rates import Rates
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web

UNKNOWN = "No work goes by this code. Compare it letter by letter; a newer code ends an older one."
NO_CODE = "A resume code has sixteen letters and digits, such as ABCD-EFGH-2345-JKLM. Type all of them."
SHOWN = "choreo-code"  # the cookie that takes a new code to the page that shows it, once
SHOWN_FOR = 60  # seconds
BACK = {"Cache-Control": "private, no-cache"}  # the answer to a form, which the browser's Back shows again
WAIT = "Too many codes did not fit. Wait a minute, then try again."


class Work:
    """The pages for resuming and forgetting."""

    entrance = "resume"  # the template of the page on which a code is entered

    def __init__(
        self,
        web: Web,
        database: Database,
        identity: Identity,
        visitors: Visitors,
        wipe: Callable[[], None],
        rates: Rates,
    ) -> None:
        """Keep the collaborators; `wipe` has what was deleted wiped out of the database's files as well."""
        self._web = web
        self._database = database
        self._identity = identity
        self._visitors = visitors
        self._wipe = wipe
        self._wrong_codes = rates.buckets("wrong resume codes", WRONG_RESUME_CODES)

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/resume", self.resume_page, methods=["GET"]),
            Route("/resume", posted(self._resume), methods=["POST"]),
            Route("/resume/code", posted(self._make_code), methods=["POST"]),
            Route("/resume/code", self.code_page, methods=["GET"]),
            Route("/resume/choice", posted(self._choose), methods=["POST"]),
            *self.forgetting(),
        ]

    def forgetting(self) -> list[Route]:
        """Those of forgetting."""
        return [
            Route("/forget", self.forget_page, methods=["GET"]),
            Route("/forget", posted(self._forget), methods=["POST"]),
            Route("/forgotten", self.forgotten_page, methods=["GET"]),
        ]

    def resume_page(self, request: Request) -> Response:
        """Where a code is made or entered."""
        return self._web.page(self.entrance, known=self._visitors.known(request) is not None, code="", fault="")

    def forget_page(self, request: Request) -> Response:
        """What would be deleted, and the button that does it."""
        learner = self._visitors.known(request)
        entries, lessons = self._database.counts(learner) if learner else (0, 0)
        return self._web.page("forget", known=learner is not None, count=entries, lessons=lessons)

    def code_page(self, request: Request) -> Response:
        """A code that was just made, once: coming back here leads to where one is made."""
        code = request.cookies.get(SHOWN, "")
        if not is_code(code):
            return self._web.see("/resume")
        response = self._web.page("resume_code", code=code)
        response.delete_cookie(SHOWN, path=self._web.public.at("/resume/code"), httponly=True, samesite="strict")
        return response

    def forgotten_page(self, _request: Request) -> Response:
        """That nothing is known any more. It also clears what the browser itself has kept for the learner, and that alone."""
        return self._web.page("forgotten")

    def _resume(self, request: Request, form: Form) -> Response:
        device = self._visitors.known(request)
        target = self._behind(request, form.first("code")[:80], known=device is not None)
        if isinstance(target, Response):
            return target
        if device not in (None, target) and (own := self._database.counts(device)[0]):
            note = self._identity.choice(device, target)
            theirs = self._database.counts(target)[0]
            return self._web.page("resume_choice", headers=BACK, note=note, own=own, theirs=theirs)
        return self._become(request, target)

    def _behind(self, request: Request, code: str, known: bool) -> str | Response:
        """The learner behind a code, or the page that says what is wrong with it."""
        target = self._database.resume(self._identity.code_hash(code)) if is_code(code) else None
        if target is not None:
            return target
        address = request.client.host if request.client else ""
        if is_code(code) and not self._wrong_codes.take(address):
            wait = {"Retry-After": "60", **BACK}
            return self._web.page(self.entrance, 429, wait, known=known, code=code, fault=WAIT)
        fault = UNKNOWN if is_code(code) else NO_CODE
        return self._web.page(self.entrance, 400, BACK, known=known, code=code, fault=fault)

    def _choose(self, request: Request, form: Form) -> Response:
        device = self._visitors.known(request)
        target = self._identity.chosen(device, form.first("note"))
        choice = form.first("choice")
        if device is None or target is None or choice not in ("bring", "leave"):
            return self._web.see("/resume")
        if choice == "bring":
            try:
                self._database.merge(device, target)
                self._wipe()
            except NobodyError:
                return self._web.see("/resume")
            except QuotaError as error:
                return self._web.page(self.entrance, 413, BACK, known=True, code="", fault=str(error))
        elif not self._database.has_learner(target):
            return self._web.see("/resume")
        return self._become(request, target)

    def _make_code(self, request: Request, _form: Form) -> Response:
        learner = self._visitors.known(request)
        if learner is None:
            return self._web.see("/resume")
        code = new_code()
        self._database.set_resume_hash(learner, self._identity.code_hash(code))
        response = self._web.see("/resume/code")
        secure = request.url.scheme == "https"
        place = self._web.public.at("/resume/code")
        response.set_cookie(SHOWN, code, SHOWN_FOR, path=place, httponly=True, samesite="strict", secure=secure)
        return response

    def _forget(self, request: Request, _form: Form) -> Response:
        learner = self._visitors.known(request)
        if learner is not None:
            self._database.forget_learner(learner)
            self._wipe()
        response = self._web.see("/forgotten")
        self._identity.forget(request, response)
        return response

    def _become(self, request: Request, learner: str) -> Response:
        response = self._web.see("/?welcome=back")
        self._identity.remember(request, response, learner)
        return response
