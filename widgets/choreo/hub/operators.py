"""Who may look into a running server: whoever is at its machine, or in the networks of those who run it."""

from __future__ import annotations

import ipaddress
from collections.abc import Container, Iterable

THROUGH = ("x-forwarded-for", "x-real-ip", "forwarded", "via")  # what a proxy says: then somebody else asks
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class OperatorsError(ValueError):
    """CHOREO_OPERATORS names no network; the message says which, and what helps."""


class Operators:
    """Those who may read /ready and /metrics. To everybody else there is nothing at these addresses."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        """Whoever is at this machine, and these networks or addresses ("10.1.0.0/16", "10.0.0.7"); raise OperatorsError."""
        self._networks = [_network(one) for one in networks]

    def include(self, peer: str, headers: Container[str]) -> bool:
        """Whether the other end of a connection is one of them, and asks for itself; `headers` are named in any case.

        >>> Operators(["10.1.0.0/16"]).include("10.1.2.3", {}), Operators().include("10.1.2.3", {})
        (True, False)
        >>> Operators().include("127.0.0.1", {"x-forwarded-for": "127.0.0.1"})
        False
        """
        if any(name in headers for name in THROUGH):
            return False
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address  # as a server that listens at :: sees the other kind
        return address.is_loopback or any(address in network for network in self._networks)


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise OperatorsError(
            f"CHOREO_OPERATORS: {text!r} is no address and no network, such as 10.1.0.0/16; mend or unset it."
        ) from None
