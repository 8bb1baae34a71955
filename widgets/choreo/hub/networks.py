"""Networks that a setting names: of those who run the servers, and of proxies that are believed about their clients."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Container, Iterable

from choreo.hub.names import listed

OWN = ("127.0.0.0/8", "::1")  # this machine, for itself
DOOR = ("127.0.0.1", "::1")  # as it comes to the servers behind it


class NetworksError(ValueError):
    """A setting that names no network; the message says which, and what helps."""


class Networks(Container[str]):
    """Addresses and networks: an address is `in` them or not."""

    def __init__(self, setting: str, said: Iterable[str] = ()) -> None:
        """Those that are said ("10.1.0.0/16", "10.0.0.7") under the name of a setting; raise NetworksError."""
        self._networks = [_network(setting, one) for one in said]
        self.written = [str(one) for one in self._networks]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._networks)

    def __contains__(self, address: object) -> bool:
        """Whether an address in figures lies in one of them; what is none lies nowhere.

        >>> "10.1.2.3" in Networks("", ["10.1.0.0/16"]), "::ffff:10.1.2.3" in Networks("", ["10.1.0.0/16"])
        (True, True)
        >>> "10.2.2.3" in Networks("", ["10.1.0.0/16"]), "unix:" in Networks("", ["0.0.0.0/0"])
        (False, False)
        """
        try:
            found = ipaddress.ip_address(str(address))
        except ValueError:
            return False
        found = getattr(found, "ipv4_mapped", None) or found  # as a server that listens at :: sees the other kind
        return any(found in network for network in self._networks)


def _network(setting: str, text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise NetworksError(
            f"{setting}: {text!r} is no address and no network, such as 10.1.0.0/16; mend or unset it."
        ) from None


def proxies(behind_door: bool = False) -> Networks:
    """Whom to believe what they say of a client: the door of this machine, or who is named; raise NetworksError."""
    return Networks("CHOREO_PROXIES", DOOR if behind_door else listed(os.environ.get("CHOREO_PROXIES")))
