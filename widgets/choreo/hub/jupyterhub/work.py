"""The work of who is signed in, as a whole: forgotten, or joined by what they kept before. Codes to carry it need not be."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.hub.body import Form
from choreo.hub.database_errors import NobodyError
from choreo.hub.jupyterhub.accounts import Accounts
from choreo.hub.jupyterhub.bond import Bond
from choreo.hub.learner_page import posted
from choreo.hub.quota import QuotaError
from choreo.hub.work import BACK, UNKNOWN, Work


class SignedWork(Work):
    """The pages for bringing along and forgetting."""

    entrance = "resume_signed"

    def __init__(self, accounts: Accounts, bond: Bond, *work: Any) -> None:
        """`work` is what Work takes."""
        super().__init__(*work)
        self._accounts, self._bond = accounts, bond

    def routes(self) -> list[Route]:
        """The addresses; a code of before is taken in, and none is given out."""
        return [
            Route("/resume", self.resume_page, methods=["GET"]),
            Route("/resume", posted(self._resume), methods=["POST"]),
            *self.forgetting(),
        ]

    def _resume(self, request: Request, form: Form) -> Response:
        """Bring the work behind a code along, once: it is one with the learner's own afterwards, and the code ends."""
        learner, code = self._visitors.known(request), form.first("code")[:80]
        source = self._behind(request, code, known=learner is not None)
        if isinstance(source, Response):
            return source
        if learner is None or self._accounts.has(source):  # somebody's who signs in: their name is their code
            return self._web.page(self.entrance, 400, BACK, known=learner is not None, code=code, fault=UNKNOWN)
        try:
            self._database.merge(source, learner)
            self._wipe()
        except NobodyError:
            return self._web.see("/resume")
        except QuotaError as error:
            return self._web.page(self.entrance, 413, BACK, known=True, code="", fault=str(error))
        return self._web.see("/?welcome=back")

    def _forget(self, request: Request, form: Form) -> Response:
        response = super()._forget(request, form)
        self._bond.untie(request, response)
        return response
