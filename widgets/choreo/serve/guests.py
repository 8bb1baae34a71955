"""No cookie but the course's own: Jupyter's servers would give every visitor a name, and a token against forged posts."""

from __future__ import annotations

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import HTTPError, RequestHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

from choreo.stores import mark
from choreo.stores.chosen import learner_pass
from choreo.stores.cookies import cookie

MARK_DAYS = 400  # browsers keep no cookie longer


class Guests(IdentityProvider):
    """Lets everybody in and gives nobody a name: who a learner is, the hub alone knows."""

    def get_user(self, handler: RequestHandler) -> User:
        """The same for everybody."""
        return User("learner")


class LeaveHandler(VoilaShutdownKernelHandler):
    """Ends the kernel of a page that is left."""

    def check_xsrf_cookie(self) -> None:
        """Refuse what comes from another site's page, as the browser says; a kernel's id is a secret besides."""
        if self.request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin" or not self.check_origin():
            raise HTTPError(403)


def keep_mark(handler: RequestHandler, home: str) -> None:
    """Have the browser know by whose mark the page keeps things; the hub has said so (hub/identity.py), unless it was older."""
    header = handler.request.headers.get("Cookie", "")
    token = learner_pass(header)
    if token and cookie(header, mark.COOKIE) != mark.mark(token):
        secure = handler.request.protocol == "https"
        days = MARK_DAYS
        handler.set_cookie(mark.COOKIE, mark.mark(token), path=home, expires_days=days, samesite="lax", secure=secure)
