"""As many of Kuramoto's oscillators as there were people, with people's own tempos and the same ears."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import groupby

import numpy as np

from choreo.live.activities.flash_mob.game import Tapping
from choreo.live.activities.flash_mob.oscillators import listening, ring_ties, settled
from choreo.models.kuramoto import Kuramoto, tempos

PLAYED, TAIL = 5, 20  # seconds before a step counts in the debrief, and of its end that say how it went
DEBRIEFED = ("alone", "conductor", "everyone", "neighbours", "far")
LESSON_COUPLING, MOST_COUPLING = 2.0, 20.0  # rad/s
SHORT_RUN, LONG_RUN = 10, 60  # seconds
NOBODY = (np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp))


def played_steps(game: Tapping) -> dict[str, tuple[float, float, int]]:
    """Per step that was played long enough: the order at its beginning, at its end, and its seconds, last time."""
    played = {}
    for doing, some in groupby(game.samples, key=lambda sample: sample[0]):
        values = [reached for _, reached, _ in some if reached is not None]
        if doing in DEBRIEFED and len(values) >= PLAYED:
            played[doing] = (values[0], float(np.mean(values[-TAIL:])), len(values))
    return {doing: played[doing] for doing in DEBRIEFED if doing in played}


def oscillators(game: Tapping, played: Mapping[str, tuple[float, float, int]]) -> tuple[np.ndarray, float]:
    """Tempos (rad/s, about the conductor's) as people had them alone, and how strongly the model listens."""
    conductor = 2 * math.pi * game.settings.tempo / 60
    if len(game.own):
        own = 2 * math.pi * game.own - conductor
    else:
        counts = [count for _, _, count in game.samples if count > 1] or [2]
        own = tempos(Kuramoto(people=int(np.median(counts))), np.random.default_rng(game.seed))
    coupling = LESSON_COUPLING
    if "everyone" in played:
        coupling = min(MOST_COUPLING, listening(own - own.mean(), min(played["everyone"][1], 0.995)))
    return own, coupling


def modelled(game: Tapping, doing: str, own: np.ndarray, coupling: float, seconds: int, begun: float) -> float:
    """How far the oscillators get in a step of so many seconds that begins as scattered as the room did; 0 to 1."""
    people, rng = len(own), np.random.default_rng(game.seed)
    about = own if doing == "conductor" else own - own.mean()
    network = doing if doing in ("conductor", "everyone") else "far listeners"
    ties = NOBODY
    if doing in ("neighbours", "far"):
        ties = ties_of(game, people, game.settings.far if doing == "far" else 0)
    return settled(network, about, coupling, ties, rng, min(max(seconds, SHORT_RUN), LONG_RUN), begun)


def ties_of(game: Tapping, people: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Who hears whom in a ring of so many, `share` percent of whom also hear one far away."""
    lots = [game.lots[row % len(game.lots)] for row in range(people)]
    far = [whom if lot * 100 < share else None for lot, whom, _ in lots]
    return ring_ties(people, game.settings.neighbours, far)
