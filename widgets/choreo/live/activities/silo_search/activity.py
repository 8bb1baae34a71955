"""Silo search: a problem that nobody sees, short rounds, and networks that differ in who hears whom."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

from choreo.live.activities.silo_search import debrief, room, what_if
from choreo.live.activities.silo_search.game import Search, Seat
from choreo.live.activity import Move
from choreo.live.result import Result
from choreo.live.scene import Scene
from choreo.words import _

SHOWN = 4  # solutions of others on a phone


class SiloSearch(Search):
    """The search as phones, room and coach see it."""

    name = "silo-search"
    title = "Silo search"
    lesson = "02"
    minutes = 15
    keeps = "What is kept: each of your moves, and when."

    def clear(self) -> None:
        """As in the game."""
        super().clear()
        self._debriefed: tuple[int, tuple[Scene, ...]] | None = None  # as of which round

    def phone(self, who: str) -> dict[str, Any]:
        """One's own solution and points, and the best of what one hears."""
        seat = self.seats.get(who)
        view = {"step": self.step.name, "rounds": self.settings.rounds, "switches": self.settings.switches}
        if self.step.name == "explain" or seat is None:
            return view | {"seat": False}
        view |= {
            "seat": True,
            "round": self.round,
            "over": not self.running,
            "mine": self.write(seat.state),
            "points": self.points[seat.state],
            "started": self.points[seat.start],
            "last": seat.last,
        }
        if not self.running:
            return view | {"network": room.KINDS[self.nets[seat.net].kind]}
        ends = None if self.wake is None else round(1000 * self.wake)
        moved = self.round in seat.moves
        return view | {"ends": ends, "seconds": self.settings.seconds, "moved": moved} | self._near(who, seat)

    def _near(self, who: str, seat: Seat) -> dict[str, Any]:
        heard, ranked = self._heard[seat.net][seat.silo], self._ranked[seat.net][seat.silo]
        own = self._seen.get(who, -1)  # counted among those heard; -1: came in this round
        tied = Counter(self._seen[other] for other in self._tied.get(who, ()))
        top = {state for state in ranked[: SHOWN + 2] if heard[state] > (state == own)} | set(tied)
        near = [
            {
                "solution": self.write(state),
                "points": self.points[state],
                "people": heard[state] - (state == own) + tied[state],
                "bridge": tied[state] > 0,
            }
            for state in sorted(top - {seat.state}, key=lambda state: (-self.points[state], state))[:SHOWN]
        ]
        return {"near": near, "hears": heard.total() - (own >= 0) + tied.total(), "bridge": bool(tied)}

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Mostly take over what is better; else try a switch."""
        if not view.get("seat") or view["over"] or view["moved"]:
            return None
        after = chance.uniform(1, min(8, 0.6 * view["seconds"]))
        near = view["near"]
        if near and near[0]["points"] > view["points"] and chance.random() < 0.8:
            return Move(after, {"round": view["round"], "copy": near[0]["solution"]})
        return Move(after, {"round": view["round"], "flip": chance.randrange(view["switches"])})

    def room(self) -> Scene:
        """The rules; then the mean and the best of each network, round by round."""
        return room.scene(self)

    def debrief(self) -> Scene:
        """The mean of each network, round by round."""
        return debrief.scene(self)

    def further(self) -> tuple[Scene, ...]:
        """The best of each; and the model's curves beside the room's, on the same problem and with the same ties."""
        if self._debriefed is None or self._debriefed[0] != self.round:
            self._debriefed = self.round, debrief.further(self)
        return self._debriefed[1]

    def finding(self) -> str:
        """Which network came furthest on average."""
        ends = {}
        for net in self.nets:
            if (last := next((found for found in reversed(net.rounds) if found is not None), None)) is not None:
                ends[room.KINDS[net.kind]] = round(last[0])
        if self.round <= 1 or len(ends) < 2:
            return ""
        told = ", ".join(f"{name.lower()} {points}" for name, points in sorted(ends.items(), key=lambda end: -end[1]))
        return _("Points that people came to on average, by whom they heard: {told}.").format(told=told)

    def result_of(self, who: str) -> Result:
        """Which network they were in, whether they were a bridge, and how far they came."""
        return debrief.result_of(self, who)

    def what_ifs(self) -> tuple[Scene, ...]:
        """Each network of silos once more, with two more bridges."""
        return what_if.scenes(self)
