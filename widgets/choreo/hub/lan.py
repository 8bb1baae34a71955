"""The addresses under which other machines in the room reach this one."""

from __future__ import annotations

import contextlib
import ipaddress
import socket

EVERYWHERE = "0.0.0.0"
# Where a packet to each of these would leave from is asked, in this order: out to the world, then the private networks.
# Connecting a datagram socket sends nothing.
TOWARDS = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254", "169.254.255.254")


def lan_addresses() -> list[str]:
    """IPv4 addresses of this machine for others, the likeliest first; empty if it is in no network."""
    found = [_leaving_towards(target) for target in TOWARDS]
    with contextlib.suppress(OSError):  # a host name that nobody knows is common, and no fault
        found += [str(where[0]) for *_, where in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [address for address in dict.fromkeys(found) if _for_others(address)]


def _leaving_towards(target: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((target, 9))
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def _for_others(address: str) -> bool:
    try:
        known = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    return not (known.is_loopback or known.is_unspecified or known.is_multicast)
