"""Which pages ask for a sign-in: all but those of phones and projectors, and what carries its own proof."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from choreo.hub.database_errors import DatabaseError
from choreo.hub.jupyterhub.sign_in import SignIn

# Phones and the projector; kernels, which bring a learner's pass; what pages are made of; what says that the hub is up.
OPEN = re.compile(
    r"/(?:join|live|api|static|house|health|oauth_callback|signin)(?:/.*)?|/(?:imprint|forgotten|ready|metrics|favicon\.ico)",
    re.DOTALL,
)


class SignInGate:
    """Leads who is not signed in to the JupyterHub, and from there back to what they asked for."""

    def __init__(self, app: ASGIApp, sign_in: SignIn, trouble: Callable[[Request, Exception], Response]) -> None:
        """`trouble` says that the database cannot be asked."""
        self._app, self._sign_in, self._trouble = app, sign_in, trouble

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or lead it away."""
        if scope["type"] != "http" or OPEN.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            through = await run_in_threadpool(self._sign_in.signed, request)
        except DatabaseError as error:
            await self._trouble(request, error)(scope, receive, send)
            return
        if through:
            await self._app(scope, receive, send)
        else:
            answer = self._sign_in.begin(request) if request.method in ("GET", "HEAD") else self._sign_in.over()
            await answer(scope, receive, send)
