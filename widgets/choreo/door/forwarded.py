"""Who a client is, and by which address it came, with which path in front: as the connection says, or a proxy that was named."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from ipaddress import ip_address

from choreo.door.head import HOST, Head, HeadError
from choreo.hub.public import PREFIX, Public, path_said

SAID = frozenset(
    b"x-forwarded-for x-forwarded-proto x-forwarded-host x-forwarded-port x-forwarded-prefix x-forwarded-server "
    b"x-real-ip x-scheme forwarded".split()
)


@dataclass(frozen=True)
class Came:
    """What the backends are told of where a request came from."""

    address: str  # of the client, in figures
    scheme: str  # http or https, as the browser used it
    host: bytes  # as the browser named it
    front: str  # the path in front of the course, as the browser used it
    through: bool  # whether somebody says that there is a proxy, who was not named as one


def came(head: Head, peer: str, proxies: Container[str], public: Public) -> Came:
    """Where a request on a connection from `peer` came from; what it says of itself counts from `proxies` only.

    Raise HeadError where such a proxy has the course at another path than the course was started for. One of the two is wrong,
    and only whoever runs both can tell which: by the one, links would not lead back; by the other, QR codes not here.
    """
    peer = peer.removeprefix("::ffff:")
    host = head.host
    if peer not in proxies:
        told = any(name in SAID or name == b"via" for name, _ in head.fields)
        return Came(peer, public.scheme_at(host.decode()), host, public.path, told)
    chain = [one.strip() for one in head.field(b"x-forwarded-for").split(",")]
    address = peer
    for one in reversed(chain):
        if not _is_address(one):
            break
        address = one
        if one not in proxies:
            break
    named = head.field(b"x-forwarded-host").split(",")[0].strip().encode("latin-1")
    host = named if HOST.fullmatch(named) else host
    said = head.field(b"x-forwarded-proto").strip()
    scheme = said if said in ("http", "https") else public.scheme_at(host.decode())
    front = path_said(head.field(PREFIX.lower().encode()))
    if front and public.path and front != public.path:
        place = f"{scheme}://{host.decode()}"
        raise HeadError(
            503,
            f"A proxy has the course at {front}/, and the course was started for {public.path}/: start it with "
            f"--public {place}{front}, or without a path to have it wherever proxies say: --public {place}",
        )
    return Came(address, scheme, host, public.path or front, False)


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def request(head: Head, target: bytes, came: Came) -> bytes:
    """The head as a backend gets it, with what the door says of the client in place of what was said before."""
    said = [b": ".join(field) for field in head.fields if field[0] not in SAID and field[0] != b"host"]
    if head.upgrades:
        said += [b"Upgrade: websocket", b"Connection: Upgrade"]
    if head.length or head.method in (b"POST", b"PUT", b"PATCH"):
        said.append(b"Content-Length: %d" % head.length)
    if came.front:
        said.append(f"{PREFIX}: {came.front}".encode())
    if came.through:
        said.append(b"Via: 1.1 unnamed")
    return b"\r\n".join(
        (
            b" ".join((head.method, target, head.version)),
            b"Host: " + came.host,
            b"X-Forwarded-For: " + came.address.encode(),
            b"X-Forwarded-Proto: " + came.scheme.encode(),
            b"X-Forwarded-Host: " + came.host,
            *said,
            b"\r\n",
        )
    )
