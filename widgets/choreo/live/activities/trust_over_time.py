"""Trust over time: repeated pairs with a noisy channel."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.scene import Scene


class TrustOverTimeSettings(Settings):
    """How the room is split."""


class TrustOverTime(Activity):
    """Repeated pairs with a noisy channel."""

    name = "trust-over-time"
    title = "Trust over time"
    lesson = "07"
    minutes = 15
    steps = (Step("try", "Practise"), Step("play", "Play"))
    Settings = TrustOverTimeSettings

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Nothing yet."""
        return "Please wait for the next round."

    def phone(self, who: str) -> dict[str, Any]:
        """The step."""
        return {"step": self.step.name}

    def room(self) -> Scene:
        """The title."""
        return Scene("Trust over time")

    def debrief(self) -> Scene:
        """The title."""
        return Scene("Trust over time")

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Nothing yet."""
        return None
