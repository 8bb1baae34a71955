"""Who may look into a running server: whoever is at its machine, or in the networks of those who run it."""

from __future__ import annotations

from collections.abc import Container, Iterable

from choreo.hub.networks import OWN, Networks

THROUGH = ("x-forwarded-for", "x-real-ip", "forwarded", "via")  # what a proxy says: then somebody else asks


class Operators:
    """Those who may read /ready and /metrics. To everybody else there is nothing at these addresses."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        """Whoever is at this machine, and these networks or addresses ("10.1.0.0/16", "10.0.0.7"); raise NetworksError."""
        self._networks = Networks("CHOREO_OPERATORS", [*OWN, *networks])

    def include(self, peer: str, headers: Container[str]) -> bool:
        """Whether the other end of a connection is one of them, and asks for itself; `headers` are named in any case.

        >>> Operators(["10.1.0.0/16"]).include("10.1.2.3", {}), Operators().include("10.1.2.3", {})
        (True, False)
        >>> Operators().include("127.0.0.1", {"x-forwarded-for": "127.0.0.1"})
        False
        """
        return not any(name in headers for name in THROUGH) and peer in self._networks
