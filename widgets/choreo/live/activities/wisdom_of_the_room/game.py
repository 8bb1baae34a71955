"""Wisdom of the room, the game: everybody estimates alone, and again after seeing others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from choreo.live.activities.wisdom_of_the_room.estimates import Estimates, Scale, spelled, tidy
from choreo.live.activities.wisdom_of_the_room.question import WisdomOfTheRoomSettings
from choreo.live.activity import Activity, Step
from choreo.live.shift import Round
from choreo.words import _

OTHERS = 4  # whose estimates one sees, as in the lesson's decentralised network


class Estimating(Activity):
    """Two estimates each. Whose they are is known to the log, and told to nobody."""

    fills_up = False  # what others estimated is what people estimated
    steps = (
        Step("alone", "Estimate alone"),
        Step("again", "Estimate again", shows=True),
        Step("guesses", "Show the estimates", shows=True),
        Step("truth", "Show the truth", shows=True),
    )
    Settings = WisdomOfTheRoomSettings

    def began(self, at: float) -> None:
        """No estimates yet."""
        self.alone: dict[str, float] = {}
        self.again: dict[str, float] = {}
        self.seen: dict[str, list[float]] = {}  # what others estimated, as shown to this person before they went again
        self.ring: list[str] = []  # who was shown others, in random order: everybody is seen by equally many
        self.closed = False  # whether the estimates were shown: then they stand
        self.told = False  # whether the truth is out

    def stepped(self, at: float) -> None:
        """Show everybody who has estimated the others' estimates; what was shown once stays."""
        self.told = self.told or self.step.name == "truth"
        if self.step.name in ("guesses", "truth") and not self.closed:
            self._close()
        if self.step.name == "again" and not self.closed:
            fresh = [who for who in self.alone if who not in self.seen]
            self.ring += [fresh[index] for index in self.rng.permutation(len(fresh))]
            for who in fresh:
                self.seen[who] = self._others(who)

    def _close(self) -> None:
        """From now on the estimates stand, and the room sees them, unless they are too near to what it was shown before."""
        self.closed = True
        if self.rehearsal:
            return
        both = [(self.alone[who], again) for who, again in self.again.items()]
        told = {"alone": self.alone.values(), "again": self.again.values(), "both": both}
        question = (self.settings.question, self.settings.truth)
        rounds = [Round.of(self.asked(part, *question), estimates) for part, estimates in told.items()]
        self.shifts.take(rounds, len(self.alone))

    @property
    def shown(self) -> bool:
        """Whether there is something to see."""
        return bool(self.alone) and not self.shifts.held

    def unshown(self) -> str:
        """Why there is nothing to see."""
        return super().unshown() if self.shifts.held else _("Nobody has estimated.")

    def _others(self, who: str) -> list[float]:
        if len(self.ring) < 2:
            return []
        if self.settings.sees == "middle":
            scale = self.scale()
            return [tidy(scale.plain(float(np.median(scale.of(self.alone.values())))), 6)]
        place = self.ring.index(who)
        if self.settings.sees == "one":
            return [self.alone[self.ring[0 if place else 1]]]
        near = [self.ring[(place + step) % len(self.ring)] for step in range(1, min(OTHERS, len(self.ring) - 1) + 1)]
        return sorted(self.alone[other] for other in near)

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """{"alone": number} until one has seen others, {"again": number} from then on; within the bounds."""
        if self.closed:
            return "The answer is out already." if self.told else "The estimates are on the screen already."
        if len(say) != 1 or not say.keys() <= {"alone", "again"}:
            return "Please give one number."
        if "alone" in say and who in self.seen:
            return "You have seen what others estimated: please estimate again."
        if "again" in say and who not in self.seen:
            return "Please estimate alone first."
        (value,) = say.values()
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not self.settings.least <= value <= self.settings.most:
            return f"Please give a number from {spelled(self.settings.least)} to {spelled(self.settings.most)}."
        return ""

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Keep the estimate; who comes to the second step without a first one sees others as soon as there is one."""
        if "again" in say:
            self.again[who] = float(say["again"])
            return
        self.alone[who] = float(say["alone"])
        if self.step.name == "again":
            self.ring.append(who)
            self.seen[who] = self._others(who)

    def estimates(self) -> Estimates:
        """Those of everybody who gave two, or, if fewer than two people did, all that were made alone."""
        twice = [who for who in self.ring if who in self.again]
        if len(twice) < 2:
            return self.all_alone()
        alone, again = (tuple(given[who] for who in twice) for given in (self.alone, self.again))
        return replace(self.all_alone(), alone=alone, again=again, seen=tuple(tuple(self.seen[who]) for who in twice))

    def all_alone(self) -> Estimates:
        """Everybody's first estimates."""
        return Estimates(self.scale(), self.settings.truth, tuple(self.alone.values()))

    def scale(self) -> Scale:
        """On which errors count."""
        return Scale(self.settings.unit, self.settings.factors)
