"""What a session's log is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that happened in a session. A log is a list of events with numbers 1, 2, 3, ... and rising times."""

    number: int
    at: float  # seconds since 1970, by the hub's clock; never before the event that came before
    kind: str  # see Session.take and Activity.take
    who: str = ""  # the participant's name in the log ("p17"); empty for coach and hub
    data: Mapping[str, Any] = field(default_factory=dict)  # JSON
