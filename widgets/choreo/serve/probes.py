"""What operators' programs ask the lesson server: does it turn, can it take people, what does it count."""

from __future__ import annotations

from collections.abc import Callable

from tornado.web import HTTPError

from choreo.hub.health import live, ready
from choreo.hub.measures import TEXT
from choreo.serve.guard import GuardedHandler
from choreo.serve.measures import LessonMeasures


class Live(GuardedHandler):
    """Says that the process turns."""

    def get(self) -> None:
        """Reply {"ok": true}."""
        self.finish(live())


class ForOperators(GuardedHandler):
    """Only operators find something here."""

    def prepare(self) -> None:
        """Let them through; for everybody else there is nothing."""
        super().prepare()
        if not self.settings["choreo_operators"].include(self.request.remote_ip or "", self.request.headers):
            raise HTTPError(404)


class Ready(ForOperators):
    """Says whether new people can be sent here."""

    def initialize(self, why_not: Callable[[], str]) -> None:
        """`why_not` says why nobody new should come; empty if they may."""
        self._why_not = why_not

    def get(self) -> None:
        """Reply {"ready": true}, or 503 and why not."""
        why = self._why_not()
        self.set_status(503 if why else 200)
        self.finish(ready(why))


class Metrics(ForOperators):
    """What has been counted, for Prometheus."""

    def initialize(self, measures: LessonMeasures) -> None:
        """Take what counts."""
        self._measures = measures

    def get(self) -> None:
        """Send it as text."""
        self.set_header("Content-Type", TEXT)
        self.finish(self._measures.text())
