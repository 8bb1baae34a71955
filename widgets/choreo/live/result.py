"""What stays on somebody's phone while the room looks at what came of it: their own result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """A few sentences to this person, and, where they had a place on a map, the map."""

    lines: tuple[str, ...] = ()
    map: tuple[str, ...] = ()  # rows of signs: "@" this person, "=" like them, "." others, " " nobody
    says: str = ""  # what the map shows, for who cannot see it

    def json(self) -> dict[str, Any]:
        """The result as JSON can hold it; without what is empty."""
        return {name: value for name, value in vars(self).items() if value}
