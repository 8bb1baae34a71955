"""Silo search: each explores a hidden landscape and sees only their network's neighbours."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.scene import Scene


class SiloSearchSettings(Settings):
    """How the room is split."""


class SiloSearch(Activity):
    """Each explores a hidden landscape and sees only the network's neighbours."""

    name = "silo-search"
    title = "Silo search"
    lesson = "02"
    minutes = 15
    steps = (Step("look", "Look around"), Step("play", "Search"))
    Settings = SiloSearchSettings

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Nothing yet."""
        return "Please wait for the next round."

    def phone(self, who: str) -> dict[str, Any]:
        """The step."""
        return {"step": self.step.name}

    def room(self) -> Scene:
        """The title."""
        return Scene("Silo search")

    def debrief(self) -> Scene:
        """The title."""
        return Scene("Silo search")

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Nothing yet."""
        return None
