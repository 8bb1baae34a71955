"""The learner behind a request, if there is one."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request

from choreo.hub.database import Database
from choreo.hub.identity import Identity
from choreo.stores import zone


class Visitors:
    """Knows learners by their cookie."""

    def __init__(self, database: Database, identity: Identity) -> None:
        """Keep the collaborators."""
        self._database = database
        self._identity = identity

    def clock(self, request: Request, now: datetime) -> datetime:
        """`now` in the time zone where the visitor is; in UTC where the browser has not said."""
        return now.astimezone(zone.zone_of(request.cookies.get(zone.COOKIE)))

    def known(self, request: Request) -> str | None:
        """The learner of the request's cookie; None for a stranger, a forged cookie, or a learner since forgotten."""
        learner = self._identity.visitor(request)
        return learner if learner and self._database.has_learner(learner) else None
