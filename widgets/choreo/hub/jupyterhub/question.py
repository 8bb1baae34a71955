"""Who somebody is, asked of the JupyterHub itself with the code that their browser brought from there (RFC 6749, 4.1.3).

Two requests of the standard library: jupyterhub's own library for services brings a dozen distributions, and keeps tokens.
Here the person's token lives as long as the second question; what stays is their name, which the caller makes opaque.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from choreo.hub.jupyterhub.service import Service

if TYPE_CHECKING:
    from urllib.request import Request

PATIENCE = 5.0  # seconds for each of the two questions
LONGEST = 256 * 1024  # bytes of an answer: somebody may be in many groups
LONGEST_NAME = 255  # letters, as in the JupyterHub's database


class AwayError(Exception):
    """The JupyterHub does not answer, or not as one; the message is for whoever runs the course, and holds no secret."""


class RefusedError(Exception):
    """The JupyterHub does not take the code: it is old, used, or invented."""


@dataclass(frozen=True)
class Question:
    """Asks for the name behind a code."""

    service: Service

    def name(self, code: str, verifier: str) -> str:
        """The user's name; it blocks for up to ten seconds. Raise AwayError or RefusedError."""
        from urllib.request import Request  # here, so that a course without a JupyterHub does not carry it

        service = self.service
        form = {
            "grant_type": "authorization_code",
            "client_id": service.client,
            "client_secret": service.token,
            "code": code,
            "redirect_uri": service.callback,
            "code_verifier": verifier,
        }
        given = self._asked(Request(f"{service.api}/oauth2/token", urlencode(form).encode(), method="POST"))
        token = given.get("access_token")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise AwayError(f"{service.api}/oauth2/token: gave no token")
        user = self._asked(Request(f"{service.api}/user", headers={"Authorization": f"token {token}"}))
        name = user.get("name")
        if user.get("kind", "user") != "user" or not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            raise AwayError(f"{service.api}/user: named no user")
        return name

    def _asked(self, request: Request) -> dict[str, Any]:
        from http.client import HTTPException
        from urllib.error import HTTPError
        from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

        class Straight(HTTPRedirectHandler):
            """What carries a password goes where it was sent, and nowhere else."""

            def redirect_request(self, *_: object) -> None:
                """Follow nothing."""

        try:
            with build_opener(ProxyHandler({}), Straight()).open(request, timeout=PATIENCE) as reply:
                said = json.loads(reply.read(LONGEST))
        except HTTPError as error:
            with error:
                if error.code in (400, 401, 403):
                    raise RefusedError from None
                raise AwayError(f"{request.full_url}: answers {error.code}") from None
        except (OSError, HTTPException, ValueError, RecursionError) as error:
            raise AwayError(f"{request.full_url}: {getattr(error, 'reason', None) or type(error).__name__}") from None
        if not isinstance(said, dict):
            raise AwayError(f"{request.full_url}: answers something else")
        return said
