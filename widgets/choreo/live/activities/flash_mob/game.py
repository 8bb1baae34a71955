"""Flash mob, the game: everybody taps a beat and hears a conductor, nobody, everyone or a few.

Phones stamp their taps in the hub's time. In the first step people tap along with a known pulse, which tells how late
each phone and its person are; that delay is taken off all their taps. What a phone lets its owner hear goes out every
two seconds as voices: the time of one beat (ms), the time between beats (ms), and how strong it is (0 to 1). The phone
goes on from there by itself.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from choreo.live.activities.flash_mob.oscillators import heard_by
from choreo.live.activities.flash_mob.rhythm import common_period, median, medians, periods, phases, together
from choreo.live.activity import Activity, Settings, Step
from choreo.live.event import Event

KEPT = 24  # taps of a person
MOST_AT_ONCE = 64  # taps in one message
SHORTEST = 0.12  # seconds between two taps that count: some eight in a second
OLD, EARLY = 10.0, 1.0  # seconds by which a tap may be before and after the time at which it comes in
LATE = 2.0  # seconds that the room looks back, as taps travel in batches
UPDATE = 2  # seconds between two messages about what a phone hears
ON_RING = 10.0  # seconds after the last tap for which one keeps one's place among neighbours
CATCH_UP = 10  # seconds; a longer silence of the hub is left out
FEWEST_TAPS, STEADY = 5, 0.08  # taps, and seconds of scatter, that tell a delay
PULSED = ("calibrate", "conductor")
BOT_SPREAD = 0.06  # of tempos, as a share


class FlashMobSettings(Settings):
    """The conductor's tempo, and who hears whom."""

    tempo: Annotated[int, Field(ge=40, le=120, description="beats a minute of the pulse and the conductor")] = 100
    neighbours: Annotated[int, Field(ge=1, le=8, description="how many neighbours each person hears")] = 4
    far: Annotated[int, Field(ge=0, le=100, description="percent of people who also hear one person far away")] = 25


class Tapping(Activity):
    """Who taps when, how far all are together, and who hears whom."""

    steps = (
        Step("calibrate", "Tap along"),
        Step("conductor", "Follow a conductor"),
        Step("alone", "Everybody alone"),
        Step("everyone", "Hear everyone"),
        Step("neighbours", "Hear neighbours"),
        Step("far", "Let some hear far"),
    )
    Settings = FlashMobSettings

    def began(self, at: float) -> None:
        """Everybody has a place, and nobody has tapped."""
        self.row: dict[str, int] = {}
        self.taps = np.full((64, KEPT), np.nan)  # seconds, a row per person, as they came
        self.delay = np.full(64, np.nan)  # seconds
        self.lots: list[tuple[float, float, float]] = []  # by row: who hears far, whom, and a bot's tempo
        for who in self.people:
            self._place(who)
        self.own = np.empty(0)  # what people's tempos were alone, in beats a second
        self.alone: dict[int, float] = {}  # the same by row, for those who tapped then
        self.samples: list[tuple[str, float | None, int]] = []  # each second: step, order, how many tap
        self.sampled = at
        self.voices: dict[int, list[float]] = {}  # by row
        self.ring: list[int] = []
        self.all: list[float] = []  # the voice of the room
        self.now = self.since = self.told = at
        self.doing = self.previous = self.step.name
        self.frame = (at, 0.0, 60 / self.settings.tempo)  # the room's beat: a time, its turns by then, its period
        self.wake = at + 1

    def _place(self, who: str) -> None:
        row = self.row[who] = len(self.row)
        if row == len(self.taps):
            self.taps = np.concatenate([self.taps, np.full_like(self.taps, np.nan)])
            self.delay = np.concatenate([self.delay, np.full_like(self.delay, np.nan)])
        lot, whom, tempo = self.rng.random(), self.rng.random(), self.rng.standard_normal()
        self.lots.append((lot, whom, math.exp(BOT_SPREAD * tempo)))

    def take(self, event: Event) -> None:
        """As in every activity; and the newest event tells the time."""
        self.now = max(self.now, event.at)
        super().take(event)

    def joined(self, who: str, at: float) -> None:
        """They hear what is to be heard at once; until they tap along, the room's usual delay is taken for theirs."""
        self._place(who)

    def left(self, who: str, at: float) -> None:
        """Nobody hears them any more."""
        self.taps[self.row[who]] = np.nan

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Taps are a short list of numbers; which of them count, their times decide."""
        if self.paused:
            return "The session is paused."
        taps = say.get("taps")
        if not isinstance(taps, list) or not all(type(tap) in (int, float) for tap in taps):
            return "Only taps count here."
        return "" if 0 < len(taps) <= MOST_AT_ONCE else "That were too many taps at once."

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Keep the taps that are of about now and not faster than a hand."""
        first, last = (at - OLD) * 1000, (at + EARLY) * 1000
        new = sorted(tap / 1000 for tap in say["taps"] if first <= tap <= last)
        row = self.taps[self.row[who]]
        latest = row.item(-1)
        if new and new[0] <= latest:  # some came late, or twice
            new = sorted([*row[~np.isnan(row)].tolist(), *new])
            row[:] = np.nan
            latest = math.nan
        good: list[float] = []
        for tap in new:
            if not tap - latest < SHORTEST:  # the first tap comes after nan
                latest = tap
                good.append(tap)
        if good := good[-KEPT:]:
            row[: -len(good)] = row[len(good) :]
            row[-len(good) :] = good
        if self.wake is None:  # the coach came back from the debrief
            self.wake = at + 1

    def stepped(self, at: float) -> None:
        """What could be measured in the step before is kept."""
        self.previous, self.doing = self.doing, self.step.name
        count = len(self.row)
        if self.previous == "calibrate":
            found = self.measured_delays()
            self.delay[:count] = np.where(np.isnan(found), self.delay[:count], found)
        elif self.previous == "alone":
            taps = self.corrected()
            tapping = ~np.isnan(phases(taps, at - LATE))
            self.alone = {
                int(row): 1 / float(periods(taps)[row]) for row in np.flatnonzero(tapping & (periods(taps) > 0))
            }
            beats = periods(taps)[tapping & self.our_rows()]
            if len(beats) > 1:
                middle = np.median(beats)
                self.own = 1 / np.clip(beats, middle / 2, middle * 2)
        if self.doing in PULSED:
            self.frame = (at, 0.0, 60 / self.settings.tempo)
        self.since = at
        self._listen(at)
        self.wake = at + 1

    def measured_delays(self) -> np.ndarray:
        """By how much (s) each taps after the pulse of this step; nan where there is no telling."""
        start, _, period = self.frame
        taps = self.taps[: len(self.row)]
        late = (taps - start + period / 2) % period - period / 2
        late[~(taps >= self.since + period)] = np.nan
        middle = medians(late)
        steady = medians(np.abs(late - middle[:, None])) <= STEADY
        return np.where(steady & ((~np.isnan(late)).sum(axis=1) >= FEWEST_TAPS), middle, np.nan)

    def corrected(self) -> np.ndarray:
        """All taps without the delay of each phone and its person; seconds, a row per person."""
        taps, delay = self.taps[: len(self.row)], self.delay[: len(self.row)]
        usual = median(delay)
        if self.doing == "calibrate" or math.isnan(usual):
            return taps
        return taps - np.where(np.isnan(delay), usual, delay)[:, None]

    def ticked(self, at: float) -> None:
        """Once a second: how far the room is together, and now and then what phones let their owners hear."""
        taps, ours = self.corrected(), self.our_rows()
        if at - LATE - self.sampled > CATCH_UP:
            self.sampled = at - LATE - 1
        while self.sampled + 1 <= at - LATE:
            self.sampled += 1
            angles = phases(taps, self.sampled)
            doing = self.doing if self.sampled >= self.since else self.previous
            self.samples.append((doing, together(angles[ours]), int((~np.isnan(angles[ours])).sum())))
            if self.doing not in PULSED:
                since, turns, period = self.frame
                turns += (self.sampled - since) / period
                self.frame = (self.sampled, turns % 1, common_period(taps, angles) or period)
        if at - self.told > UPDATE - 0.5:
            self._listen(at)
            self.touch()
        self.wake = at + 1

    def our_rows(self) -> np.ndarray:
        """Which rows count in what the room sees of itself; shape (rows,)."""
        return np.array([self.ours(who) for who in self.row], dtype=bool)

    def _listen(self, at: float) -> None:
        """Note everybody's voice as it can be heard now."""
        self.told = at
        taps = self.corrected()
        angles, beat = phases(taps, at), periods(taps)
        here = np.flatnonzero((taps[:, -1] > at - ON_RING) & ~np.isnan(beat))
        self.ring = here.tolist()
        last, period = np.rint(taps[here, -1] * 1000), np.rint(beat[here] * 1000)
        strength = (~np.isnan(angles[here])).astype(float)
        self.voices = dict(zip(self.ring, np.column_stack([last, period, strength]).tolist(), strict=True))
        self.all = []
        if (common := common_period(taps, angles)) is not None:
            mean = np.mean(np.exp(1j * angles[~np.isnan(angles)]))
            beat_at = at - float(np.angle(mean)) / (2 * math.pi) * common
            self.all = [round(beat_at * 1000), round(common * 1000), round(float(np.abs(mean)), 2)]

    def hears(self, row: int) -> list[list[float]]:
        """The voices that this row hears just now."""
        if self.doing in PULSED:
            return [[round(self.frame[0] * 1000), round(self.frame[2] * 1000), 1]]
        if self.doing == "everyone":
            return [self.all] if self.all else []
        if self.doing == "alone" or not self.ring:
            return []
        lot, whom, _ = self.lots[row]
        far = whom if self.doing == "far" and lot * 100 < self.settings.far else None
        heard = heard_by(row, self.ring, bisect_left(self.ring, row), self.settings.neighbours, far)
        return [self.voices[other] for other in heard]

    # -- beside the model ----------------------------------------------------------------------------------------------
