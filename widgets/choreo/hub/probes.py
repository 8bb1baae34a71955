"""What operators' programs ask the hub: does it turn, can it take people, what does it count."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from choreo.hub.health import live, ready
from choreo.hub.measures import TEXT, Measures
from choreo.hub.operators import Operators
from choreo.hub.readiness import Readiness


class Probes:
    """Their addresses. Only operators find something at the last two."""

    def __init__(self, readiness: Readiness, measures: Measures, operators: Operators) -> None:
        """Keep the collaborators."""
        self._readiness, self._measures, self._operators = readiness, measures, operators

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/live", self.live, methods=["GET"]),
            Route("/ready", self.ready, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
        ]

    async def live(self, _request: Request) -> Response:
        """That the process turns."""
        return JSONResponse(live())

    async def ready(self, request: Request) -> Response:
        """Whether new people can be sent here; 503 and why, if not."""
        self._admit(request)
        why = await self._readiness.why_not()
        return JSONResponse(ready(why), 503 if why else 200)

    async def metrics(self, request: Request) -> Response:
        """What has been counted, for Prometheus."""
        self._admit(request)
        return Response(self._measures.text(), media_type=TEXT)

    def _admit(self, request: Request) -> None:
        if not self._operators.include(request.client.host if request.client else "", request.headers):
            raise HTTPException(404)
