"""The head of a backend's answer: where the answer ends, and what of it goes on to the client."""

from __future__ import annotations

from dataclasses import dataclass

ONE_HOP = frozenset((b"connection", b"keep-alive", b"proxy-connection"))


class AnswerError(Exception):
    """A backend's answer that cannot be read."""


@dataclass(frozen=True)
class Answer:
    """What a backend says before its body."""

    status: int
    raw: bytes  # all of it, as it came
    start: bytes  # the first line
    fields: tuple[tuple[bytes, bytes], ...]  # names as they were written
    length: int | None  # bytes of the body; None where it comes in chunks, or ends with the connection
    chunked: bool
    keeps: bool  # whether the backend's connection can be asked for more afterwards

    def field(self, name: bytes) -> str:
        """What it says under a name in small letters; "" for nothing."""
        return next((value for said, value in self.fields if said.lower() == name), b"").decode("latin-1")

    def written(self, close: bool) -> bytes:
        """The head for the client, which is told if its connection ends with this answer."""
        said = [b": ".join(field) for field in self.fields if field[0].lower() not in ONE_HOP]
        return b"\r\n".join((self.start, *said, *([b"Connection: close"] if close else []), b"\r\n"))


def read_answer(raw: bytes, method: bytes) -> Answer:
    """The head in these bytes, to a request by that method; raise AnswerError."""
    start, *lines = raw[:-4].split(b"\r\n")
    try:
        version, status = start.split(b" ")[:2]
        fields = [(name, value.strip()) for name, _, value in (line.partition(b":") for line in lines)]
        known = {name.lower(): value.lower() for name, value in fields}
        bare = method == b"HEAD" or int(status) in (204, 304) or int(status) < 200
        chunked = not bare and known.get(b"transfer-encoding") == b"chunked"
        said = known.get(b"content-length")
        length = 0 if bare else int(said) if said is not None and not chunked else None
        keeps = version == b"HTTP/1.1" and known.get(b"connection") != b"close" and (chunked or length is not None)
        return Answer(int(status), raw, start, tuple(fields), length, chunked, keeps)
    except ValueError as error:
        raise AnswerError(f"no answer of HTTP: {raw[:80]!r}") from error
