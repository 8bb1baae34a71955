"""What comes from a client, within bounds, and what goes to one."""

from __future__ import annotations

import json
import math
from typing import Any

MOST = 2**31  # numbers of messages, as every database can keep them
LATEST = 1e15  # ms that a clock may show: some thirty thousand years after 1970


class MessageError(ValueError):
    """A message that is none of ours; its text tells the sender."""


def read_message(text: str | bytes | None, longest: int) -> dict[str, Any]:
    """The JSON object in a message of at most `longest` bytes; raise MessageError."""
    if text is None or len(text) > longest or (isinstance(text, str) and len(text.encode()) > longest):
        raise MessageError(f"A message has at most {longest} bytes.")
    try:
        message = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        raise MessageError("This is not a message in JSON.") from None
    if not isinstance(message, dict):
        raise MessageError("A message is a JSON object.")
    return message


def number(message: dict[str, Any]) -> int:
    """The number under which the sender keeps the message; raise MessageError if it has none."""
    n = message.get("n")
    if not isinstance(n, int) or isinstance(n, bool) or not 0 <= n < MOST:
        raise MessageError('A message needs its number: {"n": 1, ...}.')
    return n


def clock_answer(message: dict[str, Any], came: float, now: float) -> str | None:
    """The answer to {"clock": when it was asked}: that, when it came and when the answer goes, in ms; None to all else."""
    asked = message.get("clock")
    if not isinstance(asked, (int, float)) or isinstance(asked, bool) or not abs(asked) <= LATEST:
        return None
    return written({"clock": asked, "in": _ms(came), "out": _ms(now)})


def written(message: Any) -> str:
    """A message as it is sent."""
    return json.dumps(message, separators=(",", ":"))


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("this number is too large")
    return value


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
