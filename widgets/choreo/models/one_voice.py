"""One voice among many: Kuramoto's crowd, and somebody who claps at a steady beat and hears nobody.

After Y. Kuramoto, "Self-entrainment of a population of coupled non-linear oscillators", Lecture Notes in Physics 39
(1975) 420-422. Oscillators of which only some feel a beat from outside: C. A. Moreira and M. A. M. de Aguiar, "Global
synchronization of partially forced Kuramoto oscillators on networks", arXiv:1802.07691 (2018). Each person i has a
phase and a tempo w_i and hears some others; who hears you has you as one voice more in the mean:

    d theta_i / dt = w_i + K * mean over all voices heard, yours included, of sin(theta_j - theta_i)

People stand in rows of eight without wrap-around and hear nobody, those next to them (up to four), those up to two
places away (up to twelve), or everyone. The frame of reference turns with the mean of their tempos; your beat is
`difference` faster.

The same crowd for the same seed: tempos are drawn first, then starting phases, then one order of all people, of whom the
first `hearers` hear you. One hearer more leaves all others as they were.

Ours: the grid, the dozen, one voice that counts as any other, and the measure (who is within a quarter of a beat of
yours through the last third). Left out: a drum is louder than a voice; people choose whom to follow; a beat that wavers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from choreo.models.kuramoto import FULL_TURN, Kuramoto, first_phases, order, tempos
from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run
from choreo.words import n_

HEARS = ("nobody", "neighbours", "a dozen", "everyone")
REACH = {"nobody": 0, "neighbours": 1, "a dozen": 2}  # places, along rows and columns
COLUMNS = 8
STABLE = 1  # coupling * step: a gap closes at twice the coupling at most, and Heun's method bears 2 of that in a step
QUARTER = np.pi / 2  # of a beat: who is so close claps with you


@dataclass(frozen=True)
class OneVoice(Parameters):
    """Who hears you, and whom they hear besides."""

    people: int = whole(40, 1, 400, "how many people take part")
    hearers: int = whole(14, 0, 400, "how many of them hear you", "people")
    hears: str = choice("neighbours", HEARS, "whom each of them hears besides")
    difference: float = number(0.2, -5, 5, "how much faster your beat is than the mean of theirs", "rad/s")
    coupling: float = number(4.0, 0, 8, "how strongly people adjust to those they hear", "rad/s")
    diversity: float = number(0.2, 0, 5, "how much people's own tempos differ", "rad/s")
    seconds: float = number(60.0, 1, 300, "how long the run lasts", "s")
    step: float = number(0.1, 0.01, 0.2, "the time step of the integration", "s")

    def __post_init__(self) -> None:
        """Raise ParameterError for faults of single values, then for a step in which people would overshoot one another."""
        super().__post_init__()
        if self.coupling * self.step > STABLE:
            raise ParameterError(
                f"OneVoice.step = {self.step!r}: must lie from 0.01 to {STABLE / self.coupling:g} "
                f"with a coupling of {self.coupling:g}"
            )


def hearing(params: OneVoice) -> np.ndarray:
    """Who hears whom, as a matrix of ones and noughts (hearer, heard)."""
    row, column = np.divmod(np.arange(params.people), COLUMNS)
    far = abs(row[:, None] - row) + abs(column[:, None] - column)
    return ((far > 0) & (far <= REACH.get(params.hears, params.people))).astype(float)


def drawn(params: OneVoice, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tempos (rad/s), first phases (rad), and a one for each who hears you."""
    crowd = Kuramoto(people=params.people, diversity=params.diversity)
    own, start = tempos(crowd, rng), first_phases(crowd, rng)
    hears_you = np.zeros(params.people)
    hears_you[rng.permutation(params.people)[: params.hearers]] = 1
    return own, start, hears_you


def integrate(
    params: OneVoice, own: np.ndarray, start: np.ndarray, hears_you: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Times (s) and gaps to your beat (rad, shape (time, ..., people)) by Heun's method; crowds may stand side by side."""
    steps, step = round(params.seconds / params.step), params.step
    heard = np.append(np.broadcast_to(hearing(params), (*own.shape, params.people)), hears_you[..., None], axis=-1)
    weight = step / 2 * params.coupling * heard / np.maximum(heard.sum(axis=-1, keepdims=True), 1)
    weight = np.ascontiguousarray(np.swapaxes(weight, -1, -2))
    ahead = step * (own - params.difference)
    gaps = np.empty((steps + 1, *start.shape))
    gaps[0] = start
    voices = np.zeros((*start.shape[:-1], 2, params.people + 1))
    voices[..., 0, -1] = 1  # the last is yours, which has no gap to itself
    cosine, sine = voices[..., 0, :-1], voices[..., 1, :-1]
    around = np.empty((*start.shape[:-1], 2, params.people))
    to_cosine, to_sine = around[..., 0, :], around[..., 1, :]
    add_up = np.dot if start.ndim == 1 else np.matmul  # which asks twice as long what kind of numbers these are

    def half_pull(gap: np.ndarray) -> np.ndarray:
        """How far all are drawn by whom they hear in half a step."""
        np.cos(gap, out=cosine)
        np.sin(gap, out=sine)
        add_up(voices, weight, out=around)
        np.multiply(to_sine, cosine, out=to_sine)
        np.multiply(to_cosine, sine, out=to_cosine)
        pull: np.ndarray = to_sine - to_cosine
        return pull

    for gap, after in pairwise(gaps):
        first = half_pull(gap)
        moved = gap + ahead
        moved += first
        np.add(moved, half_pull(moved + first), out=after)
    return np.arange(steps + 1) * step, gaps


def with_you(gaps: np.ndarray) -> np.ndarray:
    """Who is within a quarter of a beat of yours."""
    near: np.ndarray = np.cos(gaps) >= np.cos(QUARTER) - 1e-12
    return near


def followers(gaps: np.ndarray) -> np.ndarray:
    """How many are with you through the last third; time is the first axis, people are the last."""
    count: np.ndarray = with_you(gaps[2 * (len(gaps) - 1) // 3 :]).all(axis=0).sum(axis=-1)
    return count


def enough_at_least(params: OneVoice) -> float:
    """A crowd that moves as one cannot follow you with fewer hearers (needs equally many voices heard by each).

    All gaps being one, the pulls of those who hear each other cancel out, and the crowd as a whole is pulled by
    K * hearers / (people * (voices + 1)), which must make up for the difference.
    """
    voices = float(hearing(params).sum(axis=1).mean())
    return params.people * (voices + 1) * abs(params.difference) / params.coupling if params.coupling else np.inf


def run(params: OneVoice, rng: np.random.Generator, frames: int = 300) -> Run:
    """One crowd. Clock: `time` (s), at most `frames` moments and the start.

    Frames: `phase`, uint8, shape (time, people), and `own`, uint8, yours; 256 steps to a turn. Series: `with_you`, how
    many are. Still: `tempo`, `start`, `hears_you`. Summary: `followers`, `order` (at the end).
    """
    own, start, hears_you = drawn(params, rng)
    time, gaps = integrate(params, own, start, hears_you)
    every = max(1, -(-(len(time) - 1) // frames))
    kept = np.append(np.arange(0, len(time) - 1, every), len(time) - 1)
    yours = params.difference * time[kept]
    near = with_you(gaps).sum(axis=-1)
    summary = {"followers": float(followers(gaps)), "order": float(order(gaps[-1]))}
    return Run(
        summary=summary,
        trace=_trace(params, time, near, summary),
        clock=Clock("time", "s", time[kept]),
        series={"with_you": near[kept].astype(float)},
        frames={"phase": _bytes(gaps[kept] + yours[:, None]), "own": _bytes(yours)},
        still={"tempo": own, "start": start, "hears_you": hears_you},
    )


def ends(params: OneVoice, seeds: Sequence[int]) -> dict[str, np.ndarray]:
    """The summary of `run` for each seed, by measure, shape (seeds,): the same crowds, worked out side by side."""
    return _ends(params, [np.random.default_rng(seed) for seed in seeds])


def run_many(params: OneVoice, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` crowds drawn one after another, by measure, shape (runs,)."""
    return _ends(params, [rng] * runs)


def _ends(params: OneVoice, rngs: Sequence[np.random.Generator]) -> dict[str, np.ndarray]:
    own, start, hears_you = (np.stack(part) for part in zip(*(drawn(params, rng) for rng in rngs), strict=True))
    _time, gaps = integrate(params, own, start, hears_you)
    return {"followers": followers(gaps).astype(float), "order": order(gaps[-1])}


def _bytes(phases: np.ndarray) -> np.ndarray:
    return np.floor(phases * (FULL_TURN / (2 * np.pi))).astype(np.int64).astype(np.uint8)  # whole turns drop out


def _trace(params: OneVoice, time: np.ndarray, near: np.ndarray, summary: dict[str, float]) -> tuple[str, ...]:
    begin = n_("{hearers} of {people} hears you.", "{hearers} of {people} hear you.", params.hearers)
    sentences = [begin.format(hearers=params.hearers, people=params.people)]
    for at in (len(time) * part // 4 for part in (1, 2, 3)):
        sentences.append(
            n_(
                "After {seconds:.0f} seconds {count} of {people} claps with you.",
                "After {seconds:.0f} seconds {count} of {people} clap with you.",
                int(near[at]),
            ).format(seconds=time[at], count=near[at], people=params.people)
        )
    last = n_(
        "Through the last third {count:.0f} of {people} stays with you.",
        "Through the last third {count:.0f} of {people} stay with you.",
        int(summary["followers"]),
    )
    return (*sentences, last.format(count=summary["followers"], people=params.people))
