"""Only requests that call this server by a name of its own are answered; and what every answer carries."""

from __future__ import annotations

import logging
from typing import Any

from tornado.web import HTTPError, RequestHandler

log = logging.getLogger(__name__)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Guarded:
    """For handlers of ours and of Jupyter's: refuses other host names (DNS rebinding), and says what browsers may do."""

    settings: dict[str, Any]
    request: Any

    def set_default_headers(self) -> None:
        """The headers of every answer; a page with scripts says its own policy."""
        super().set_default_headers()  # type: ignore[misc]
        for name, value in HEADERS.items():
            self.set_header(name, value)  # type: ignore[attr-defined]
        self.set_header("Content-Security-Policy", NOTHING)  # type: ignore[attr-defined]
        self.clear_header("Server")  # type: ignore[attr-defined]

    def log_exception(self, *error: Any) -> None:
        """Note what went wrong here, and not who asked. What a visitor got wrong is told to them, and to nobody else."""
        _, value, _ = error
        place = f"{self.request.method} {self.request.path}"
        if not isinstance(value, HTTPError):
            log.error("%s failed.", place, exc_info=error)
        elif value.status_code >= 500:
            log.error("%s: %d, %s", place, value.status_code, value.get_message())

    def check_host(self) -> bool:
        """Whether the request names this server; Jupyter's handlers ask this."""
        return bool(self.settings["choreo_names"].takes(self.request.host))


class GuardedHandler(Guarded, RequestHandler):
    """A handler of ours."""

    def prepare(self) -> None:
        """Let the request through, or answer 403."""
        if not self.check_host():
            raise HTTPError(403, "%s is not a name of this server", self.request.host)


class NotFound(GuardedHandler):
    """What is at every other address: nothing."""

    def prepare(self) -> None:
        """Refuse another name first."""
        super().prepare()
        raise HTTPError(404)
