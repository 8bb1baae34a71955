"""What can be read off a setting at length, in words: found when somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """A few sentences under a heading."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What was found, and what the model behind it cannot know. Plain words: names in it are shown as they were typed."""

    parts: tuple[Part, ...]
    limits: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """As the player shows it."""
        return {
            "parts": [{"heading": part.heading, "sentences": list(part.sentences)} for part in self.parts],
            "limits": list(self.limits),
        }
