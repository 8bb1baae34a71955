"""The head of a request: read strictly, so that no backend can read another request out of the same bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

METHOD = re.compile(rb"[A-Z]{1,20}")
TARGET = re.compile(rb"/[!-\"$-~\x80-\xff]*")  # a path of this server, without spaces, controls or a fragment
NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
VALUE = re.compile(rb"[\t -~\x80-\xff]*")
LENGTH = re.compile(rb"[0-9]{1,12}")
HOST = re.compile(rb"[A-Za-z0-9._-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
ONE_HOP = frozenset(  # what is said between two neighbours, and what decides where a request ends
    (b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"upgrade", b"content-length")
)


class HeadError(Exception):
    """A request that is refused; the message says what is wrong with it."""

    def __init__(self, status: int, why: str) -> None:
        """Answer with this status."""
        super().__init__(why)
        self.status = status


@dataclass(frozen=True)
class Head:
    """What a request says before its body."""

    method: bytes
    target: bytes  # path and query
    version: bytes  # HTTP/1.0 or HTTP/1.1
    fields: tuple[tuple[bytes, bytes], ...]  # names in small letters; without what counts between two neighbours only
    host: bytes
    length: int  # bytes of the body
    keeps: bool  # whether the client wants to ask for more on this connection
    upgrades: bool  # whether it asks for a websocket

    @property
    def path(self) -> str:
        """The target's path, as it stands there."""
        return self.target.partition(b"?")[0].decode("latin-1")

    def field(self, name: bytes) -> str:
        """What the client says under a name, joined where it says it several times; "" for nothing."""
        joint = b"; " if name == b"cookie" else b", "
        return joint.join(value for said, value in self.fields if said == name).decode("latin-1")


def read_head(raw: bytes) -> Head:
    """The head in these bytes, which end with its empty line; raise HeadError for all that is not plainly one."""
    start, *lines = raw[:-4].split(b"\r\n")
    words = start.split(b" ")
    if len(words) != 3 or not METHOD.fullmatch(words[0]):
        raise HeadError(400, "This is no request of HTTP/1.1.")
    method, target, version = words
    if version not in (b"HTTP/1.1", b"HTTP/1.0"):
        raise HeadError(505, "This server speaks HTTP/1.1.")
    if not TARGET.fullmatch(target):
        raise HeadError(400, "A request names a path of this server, such as /.")
    fields = [_field(line) for line in lines]
    said = [name for name, _ in fields]
    if b"transfer-encoding" in said:
        raise HeadError(411, "A body comes here with its length (Content-Length), not in chunks.")
    if said.count(b"host") != 1 or not HOST.fullmatch(host := dict(fields)[b"host"]):
        raise HeadError(400, "A request names one host.")
    asked = _asked(fields)
    upgrades = method == b"GET" and b"upgrade" in asked and dict(fields).get(b"upgrade", b"").lower() == b"websocket"
    return Head(
        method,
        target,
        version,
        tuple((name, value) for name, value in fields if name not in ONE_HOP and name not in asked),
        host,
        _length(fields),
        version == b"HTTP/1.1" and b"close" not in asked,
        upgrades and version == b"HTTP/1.1",
    )


def _field(line: bytes) -> tuple[bytes, bytes]:
    name, colon, value = line.partition(b":")
    if not colon or not NAME.fullmatch(name) or not VALUE.fullmatch(value):
        raise HeadError(400, "A line of this request's head is none.")  # also one that goes on from the line before
    return name.lower(), value.strip(b" \t")


def _length(fields: list[tuple[bytes, bytes]]) -> int:
    """The body's length; raise HeadError where it is said twice, even if it is the same."""
    lengths = [value for name, value in fields if name == b"content-length"]
    if len(lengths) > 1 or (lengths and not LENGTH.fullmatch(lengths[0])):
        raise HeadError(400, "The length of this request's body is not plain.")
    return int(lengths[0]) if lengths else 0


def _asked(fields: list[tuple[bytes, bytes]]) -> frozenset[bytes]:
    """The words of the Connection header: what it names goes no further than this server."""
    said = b",".join(value for name, value in fields if name == b"connection")
    words = frozenset(word.strip().lower() for word in said.split(b","))
    return words - {b"host", b"cookie", b"authorization"}  # naming these would only take them from the backend
