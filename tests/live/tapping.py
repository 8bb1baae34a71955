"""Known rhythms for the tests of the flash mob: people whose phases are known at every moment, and their taps."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from tests.live.rooms import START, Room

from choreo.live.activities.flash_mob.activity import FlashMob
from choreo.models.kuramoto import Kuramoto, integrate, order, tempos

TEMPO = 100


class Crowd:
    """People whose phases follow Kuramoto's model, everybody hearing everybody, about 100 beats a minute."""

    def __init__(self, people: int, coupling: float, seconds: float = 40.0, seed: int = 1) -> None:
        rng = np.random.default_rng(seed)
        params = Kuramoto(people=people, coupling=coupling, network="everyone", seconds=seconds)
        none = np.empty(0, dtype=np.intp)
        start = rng.uniform(0, 2 * np.pi, people)
        self.time, paths = integrate(params, tempos(params, rng), start, none, none, frames=10_000)
        self.phases = paths + 2 * np.pi * TEMPO / 60 * self.time[:, None]

    def taps(self) -> list[np.ndarray]:
        """When each of them taps, in seconds: at every full turn."""
        found = []
        for path in self.phases.T:
            turns = path / (2 * np.pi)
            found.append(np.interp(np.arange(np.ceil(turns[0]), turns[-1]), turns, self.time))
        return found

    def order_at(self, seconds: Sequence[float]) -> np.ndarray:
        """How far they are together, from the phases themselves."""
        moments = [int(np.argmin(np.abs(self.time - moment))) for moment in seconds]
        return order(self.phases[moments])


def feed(room: Room, taps: Sequence[np.ndarray], chance: random.Random, until: float) -> None:
    """Send taps (hub seconds after START, as the phones stamp them) in batches over a slow and uneven network."""
    arriving = []
    for number, some in enumerate(taps, 1):
        for sent in np.arange(chance.random(), until, 1.0):
            batch = [round(1000 * (START + tap)) for tap in some if sent - 1 < tap <= sent]
            if batch:
                arriving.append((sent + chance.uniform(0.02, 0.2), f"p{number}", batch))
    for at, who, batch in sorted(arriving):
        tick(room, at)
        room.now = START + at
        room.event("say", who, taps=batch)
    tick(room, until)


def tick(room: Room, until: float) -> None:
    """Let time pass until so many seconds after START."""
    while not room.session.paused and (wake := room.activity.wake) is not None and wake <= START + until:
        room.now = wake
        room.event("tick")
    room.now = START + until


def mob(room: Room) -> FlashMob:
    """The flash mob in this room."""
    assert isinstance(room.activity, FlashMob)
    return room.activity
