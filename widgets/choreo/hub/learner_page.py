"""What pages about one learner share: their collaborators, and forms that only our own pages may post."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from choreo.hub.body import MAX_FORM, Form, read_form
from choreo.hub.catalogue import Catalogue
from choreo.hub.database import Database
from choreo.hub.guard import from_own_form
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web


class LearnerPage:
    """A page that shows what somebody did in the course."""

    def __init__(
        self, web: Web, database: Database, visitors: Visitors, catalogue: Catalogue, now: Callable[[], datetime]
    ) -> None:
        """Keep the collaborators."""
        self._web = web
        self._database = database
        self._visitors = visitors
        self._catalogue = catalogue
        self._now = now


def posted(
    handle: Callable[[Request, Form], Response], limit: int = MAX_FORM
) -> Callable[[Request], Awaitable[Response]]:
    """A handler of forms of at most `limit` bytes from our own pages, beside the loop that serves everybody."""

    async def endpoint(request: Request) -> Response:
        if not from_own_form(request):
            raise HTTPException(403)
        return await run_in_threadpool(handle, request, await read_form(request, limit))

    return endpoint
