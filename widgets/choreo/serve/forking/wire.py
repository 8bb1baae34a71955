"""Messages between a page and its kernel: JSON with binary buffers, one frame each.

A frame is: number of buffers (uint32, little endian), the length of the JSON and of each buffer (uint32), the JSON, the
buffers. On a socket between processes, the frame's length (uint32) comes first; on a websocket the frame is the message.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 64 * 2**20  # bytes of a frame; a run's frames are under 2 MB


class WireError(ValueError):
    """Bytes that are no frame."""


@dataclass(frozen=True)
class Message:
    """What is said, and the binary parts that go with it."""

    content: Mapping[str, Any]
    buffers: Sequence[bytes | memoryview] = ()


def pack(message: Message) -> bytes:
    """The message as a frame."""
    text = json.dumps(message.content, separators=(",", ":"), allow_nan=False).encode()
    parts = [text, *(bytes(buffer) for buffer in message.buffers)]
    return b"".join([struct.pack(f"<{len(parts) + 1}I", len(message.buffers), *map(len, parts)), *parts])


def unpack(frame: bytes) -> Message:
    """The message in a frame; raise WireError for bytes that are none."""
    try:
        (count,) = struct.unpack_from("<I", frame)
        if count > 1000:
            raise WireError(f"{count} buffers in one frame")
        lengths = struct.unpack_from(f"<{count + 1}I", frame, 4)
    except struct.error as error:
        raise WireError("a frame that ends before its lengths") from error
    start = 4 * (count + 2)
    if start + sum(lengths) != len(frame):
        raise WireError("a frame whose parts do not add up to its length")
    view, parts = memoryview(frame), []
    for length in lengths:
        parts.append(view[start : start + length])
        start += length
    try:
        content = json.loads(bytes(parts[0]))
    except (ValueError, RecursionError) as error:
        raise WireError("a frame without JSON") from error
    if not isinstance(content, dict):
        raise WireError("a frame whose JSON is not an object")
    return Message(content, parts[1:])


def send_frame(connection: socket.socket, frame: bytes) -> None:
    """Write a frame to a socket, whole."""
    connection.sendall(struct.pack("<I", len(frame)) + frame)


def receive_frame(connection: socket.socket) -> bytes | None:
    """Read a frame from a socket; None when the other side is gone. Raise WireError for one that is too long."""
    head = _receive(connection, 4)
    if head is None:
        return None
    (length,) = struct.unpack("<I", head)
    if length > LONGEST:
        raise WireError(f"a frame of {length} bytes")
    return _receive(connection, length)


def _receive(connection: socket.socket, count: int) -> bytes | None:
    parts = []
    while count:
        part = connection.recv(min(count, 2**20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def request(control: socket.socket, content: dict[str, Any], handed: socket.socket) -> None:
    """Ask the process at the other end to fork a child that serves `handed`."""
    frame = pack(Message(content))
    socket.send_fds(control, [len(frame).to_bytes(4, "little") + frame], [handed.fileno()])
