"""The certificate: a page that says what was done. The name on it is typed for this one page, and kept nowhere."""

from __future__ import annotations

from datetime import UTC

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.hub.body import Form
from choreo.hub.learner_page import LearnerPage, posted
from choreo.progress.certificate import certificate
from choreo.progress.portfolio import portfolio
from choreo.typed import line

LONGEST = 80  # letters of a name


class CertificatePage(LearnerPage):
    """What somebody did, to print."""

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/certificate", self.show, methods=["GET"]),
            Route("/certificate", posted(self.named), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """With a line for a name, to be written in by hand."""
        return self._page(request, "")

    def named(self, request: Request, form: Form) -> Response:
        """With the name that was typed, which is in this answer and nowhere else."""
        return self._page(request, line(form.first("name"), LONGEST))

    def _page(self, request: Request, name: str) -> Response:
        learner = self._visitors.known(request)
        now = self._visitors.clock(request, self._now())
        entries = self._database.entries(learner) if learner else []
        record = certificate(portfolio(self._catalogue.course(), self._catalogue.bank, entries, now.tzinfo or UTC))
        if record is None:
            return self._web.page("certificate_empty")
        return self._web.page("certificate", record=record, bearer=name, today=now.date())
