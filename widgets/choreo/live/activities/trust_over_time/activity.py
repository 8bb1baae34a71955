"""Trust over time: two people, many rounds, and now and then something goes wrong on the way."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activities.trust_over_time import debrief, room, what_if
from choreo.live.activities.trust_over_time.game import HOLD, SHARE, Dealings
from choreo.live.activity import Move
from choreo.live.result import Result
from choreo.live.scene import Scene
from choreo.words import _


class TrustOverTime(Dealings):
    """The dealings as phones, room and coach see them."""

    name = "trust-over-time"
    title = "Trust over time"
    lesson = "07"
    minutes = 15
    keeps = "What is kept: each of your choices, and when."

    def clear(self) -> None:
        """As in the game."""
        super().clear()
        self._debriefed: tuple[int, tuple[Scene, ...]] | None = None  # as of which round

    def phone(self, who: str) -> dict[str, Any]:
        """One's partner, choice, points, and what arrived so far."""
        view: dict[str, Any] = {"step": self.step.name, "rounds": self.settings.rounds, "noise": self.settings.noise}
        player = self.players.get(who)
        if self.step.name == "explain" or player is None:
            return view | {"partner": ""}
        view |= {
            "round": self.round,
            "over": not self.running,
            "points": player.points,
            "past": "".join(map(str, player.past)),
            "meant": player.meant,
            "silent": player.silent,
        }
        pair = self.pair_of.get(who)
        if pair is None or not self.running:
            return view | {"partner": ""}
        other = pair.seats[1 - pair.seats.index(who)]
        return view | {
            "ends": None if self.wake is None else round(1000 * self.wake),
            "seconds": self.settings.seconds,
            "chose": player.choice,
            "partner": "rule" if not other else "bot" if self.people[other].virtual else "person",
            "left": bool(pair.gone),
            "fresh": player.outcome < 0,
        }

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Mostly answer in kind, and forgive now and then."""
        if not view["partner"] or view["chose"]:
            return None
        hurt = not view["fresh"] and view["past"][-1:] in ("1", "3")
        share = chance.random() < (0.35 if hurt else 0.93)
        after = chance.uniform(1, min(6, 0.6 * view["seconds"]))
        return Move(after, {"round": view["round"], "choice": SHARE if share else HOLD})

    def room(self) -> Scene:
        """The rules; then how many meant to share, and in how many pairs it arrived from both."""
        return room.scene(self)

    def debrief(self) -> Scene:
        """How many pairs shared, round by round."""
        return debrief.scene(self)

    def further(self) -> tuple[Scene, ...]:
        """How the room replies; what that would earn among its like; trust per round beside the model's strategies."""
        if self._debriefed is None or self._debriefed[0] != len(self.rounds):
            self._debriefed = len(self.rounds), debrief.further(self)
        return self._debriefed[1]

    def finding(self) -> str:
        """How often people meant to share, and what they did after they had been held back from."""
        chosen = sum(one.chosen for one in self.rounds)
        if not chosen:
            return ""
        hurt, shared = self.replies[1].tolist()
        meant = f"{sum(one.meant for one in self.rounds) / chosen:.0%}"
        if not hurt:
            return _("People meant to share in {meant} of their choices.").format(meant=meant)
        return _(
            "People meant to share in {meant} of their choices; where their partner had held back before, in {again}."
        ).format(meant=meant, again=f"{shared / hurt:.0%}")

    def result_of(self, who: str) -> Result:
        """What they earned, and how often "share" arrived from them and at them."""
        return debrief.result_of(self, who)

    def what_ifs(self) -> tuple[Scene, ...]:
        """The room's replies over a clear channel, and without forgiveness."""
        return what_if.scenes(self)
