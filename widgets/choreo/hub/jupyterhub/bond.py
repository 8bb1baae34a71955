"""What ties a browser's pass to its session at the JupyterHub: who signs out there is signed out here, in all pages."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from choreo.hub.identity import unsealed
from choreo.hub.public import ANYWHERE, Public
from choreo.stores.cookies import cookie

COOKIE = "choreo_signed"
SESSION = "jupyterhub-session-id"  # the JupyterHub's; it goes when somebody signs out, and is another one after that
AGE = timedelta(hours=12)  # after this the JupyterHub is asked again, so that who is shut out there does not stay


class Bond:
    """Makes bonds and knows them again."""

    def __init__(self, secret: bytes, public: Public = ANYWHERE) -> None:
        """Sign with the hub's `secret`; browsers keep the cookie for where the course is for everybody."""
        self._public = public
        self._seal = URLSafeTimedSerializer(
            secret, salt="choreo.jupyterhub-bond", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def tie(self, request: Request, response: Response, learner: str) -> None:
        """Have the browser keep the bond for as long as it keeps the JupyterHub's."""
        sealed = str(self._seal.dumps(_digest(learner, request.headers.get("cookie", ""))))
        home, secure = self._public.home, request.url.scheme == "https"
        response.set_cookie(COOKIE, sealed, path=home, httponly=True, samesite="lax", secure=secure)

    def untie(self, request: Request, response: Response) -> None:
        """Take the bond away."""
        home, secure = self._public.home, request.url.scheme == "https"
        response.delete_cookie(COOKIE, path=home, httponly=True, samesite="lax", secure=secure)

    def holds(self, learner: str, cookies: str, age: timedelta | None = None) -> bool:
        """Whether the browser with this Cookie header is signed in as the learner, asked at most `age` ago."""
        try:
            return bool(
                unsealed(self._seal, cookie(cookies, COOKIE), age or timedelta.max) == _digest(learner, cookies)
            )
        except BadSignature:
            return False


def _digest(learner: str, cookies: str) -> str:
    return hashlib.sha256(f"{learner} {cookie(cookies, SESSION)}".encode()).hexdigest()
