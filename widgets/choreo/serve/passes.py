"""Who a page's learner is: read from the cookie, and checked before anything is started for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from choreo.hub.identity import Identity
from choreo.hub.jupyterhub.bond import Bond
from choreo.serve.queue import Tickets
from choreo.stores.chosen import learner_pass


class Passes:
    """Knows real passes from invented ones, by the secret that the hub signs them with."""

    def __init__(self, secret: Callable[[], bytes] | None, signed: bool = False) -> None:
        """`secret` reads the hub's secret; None where there is no hub, and nobody needs a pass.

        With `signed`, a pass counts only in a browser that is signed in at the JupyterHub.
        """
        self._read, self._signed = secret, signed

    @cached_property
    def _secret(self) -> bytes:
        """Read when the first pass comes: then the hub has made it."""
        return self._read() if self._read else b""

    @cached_property
    def _identity(self) -> Identity:
        return Identity(self._secret)

    @cached_property
    def _bond(self) -> Bond:
        return Bond(self._secret)

    @cached_property
    def tickets(self) -> Tickets | None:
        """What signs a page's time of coming for other servers; None where there is no hub, and so no other server."""
        return Tickets(self._secret) if self._read else None

    def learner(self, cookies: str) -> str | None:
        """Whose pass is in a Cookie header, "" where nobody needs one; None for none, and for one that the hub never gave."""
        if self._read is None:
            return ""
        learner = self._identity.learner(learner_pass(cookies))
        return None if learner and self._signed and not self._bond.holds(learner, cookies) else learner
