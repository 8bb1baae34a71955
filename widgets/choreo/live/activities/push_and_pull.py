"""push-and-pull."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activity import Activity, Move, Step
from choreo.live.scene import Scene


class PushAndPull(Activity):
    """Being written."""

    name = "push-and-pull"
    title = "Push and pull"
    lesson = "06"
    minutes = 30
    steps = (Step("play", "Play"),)

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Nothing yet."""
        return "Nothing to say."

    def phone(self, who: str) -> dict[str, Any]:
        """Nothing yet."""
        return {"step": self.step.name}

    def room(self) -> Scene:
        """Nothing yet."""
        return Scene(self.title)

    def debrief(self) -> Scene:
        """Nothing yet."""
        return Scene(self.title)

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Nothing yet."""
        return None
