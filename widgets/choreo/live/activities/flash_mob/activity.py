"""Flash mob: everybody taps; the room falls into step, or not."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activities.flash_mob import debrief, room, what_if
from choreo.live.activities.flash_mob.game import UPDATE, Tapping
from choreo.live.activities.flash_mob.model import played_steps
from choreo.live.activity import Move
from choreo.live.result import Result
from choreo.live.scene import Scene
from choreo.words import _

BOT_PULL, BOT_JITTER = 0.7, 12  # share of a gap, ms


class FlashMob(Tapping):
    """The tapping as phones, room and coach see it."""

    name = "flash-mob"
    title = "Flash mob"
    lesson = "09"
    minutes = 15
    keeps = "What is kept: the time of each tap."
    tapped = True

    def began(self, at: float) -> None:
        """As in the game."""
        super().began(at)
        self._debriefed: tuple[int, tuple[Scene, ...]] | None = None  # as of how many seconds

    def phone(self, who: str) -> dict[str, Any]:
        """What is to be heard; and for bots, which have neither clock nor memory, the time and their own last tap."""
        row = self.row[who]
        last = self.taps.item(row, -1)
        return {
            "step": self.doing,
            "task": room.TASKS[self.doing],
            "voices": self.hears(row),
            "now": round(self.told * 1000),
            "last": None if math.isnan(last) else round(last * 1000),
            "own": round(self.lots[row][2] * 60000 / self.settings.tempo),
        }

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Tap on for two seconds, leaning towards the beats that are heard."""
        now, own = view.get("now"), view.get("own")
        if now is None or own is None:
            return None
        last = view.get("last")
        tap = last if last is not None and now - 4000 < last else now - chance.random() * own
        taps: list[int] = []
        while len(taps) < 8:
            gaps = [(strength, (tap - at) % every, every) for at, every, strength in view["voices"] if strength > 0]
            weight = sum(strength for strength, _, _ in gaps) or 1
            late = sum(s * (gap if gap < every / 2 else gap - every) for s, gap, every in gaps) / weight
            loud = min(1, weight) if gaps else 0
            period = own + (sum(s * every for s, _, every in gaps) / weight - own) * BOT_PULL * loud if gaps else own
            tap += max(250, period - BOT_PULL * loud * late + chance.gauss(0, BOT_JITTER))
            if tap > now + 1000 * UPDATE:
                break
            taps.append(round(tap))
        return Move(UPDATE * 0.75, {"taps": taps}) if taps else None

    def room(self) -> Scene:
        """Phases on a circle that turns with the room's beat, and the order over the last two minutes."""
        return room.scene(self)

    def debrief(self) -> Scene:
        """How far the room got with each way of listening."""
        return debrief.scene(self)

    def further(self) -> tuple[Scene, ...]:
        """The room second by second; and beside as many of Kuramoto's oscillators who listen alike."""
        if self._debriefed is None or self._debriefed[0] != len(self.samples):
            self._debriefed = (len(self.samples), debrief.further(self))
        return self._debriefed[1]

    def finding(self) -> str:
        """How far people were together with each way of listening."""
        told = ", ".join(f"{room.NAMES[doing]} {end:.0%}" for doing, (_begun, end, _long) in played_steps(self).items())
        return _("How far people tapped together, by whom they heard: {told}.").format(told=told) if told else ""

    def result_of(self, who: str) -> Result:
        """Their own tempo when everybody was alone, and whether they heard somebody far away."""
        return debrief.result_of(self, who)

    def what_ifs(self) -> tuple[Scene, ...]:
        """As many oscillators, with people's tempos, and more or fewer who hear far."""
        return what_if.scenes(self)
