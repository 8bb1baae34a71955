"""Many plazas at once: what really happens, for the two predictions of lesson 09. Computed once, when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from choreo.models.kuramoto import Kuramoto, order, tempos, ties

COUPLINGS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
CURVE_SEEDS = tuple(range(5))
FAR_SEEDS = tuple(range(10))
FAR_COUPLING = 4.0
FAR_COARSE, FAR_FINE = 20, 5  # far listeners between two trials: first, and around the answer
TOGETHER = 0.85  # late order from which a plaza counts as together
ENOUGH = 9  # plazas of ten
PEOPLE, DIVERSITY = 200, 0.5
STEP = 0.2  # s; Runge-Kutta of fourth order, as in the model, with steps twice as long


def late_orders(plazas: list[Kuramoto], seeds: tuple[int, ...]) -> np.ndarray:
    """The order over the last sixth of each plaza for each seed, shape (plazas, seeds); all run side by side.

    All plazas must have the same network, number of people and length. Tempos, ties and first phases are those that
    `kuramoto.run` draws from the same seed.
    """
    network, people, seconds = plazas[0].network, plazas[0].people, plazas[0].seconds
    runs = [(params, np.random.default_rng(seed)) for params in plazas for seed in seeds]
    own = np.array([tempos(params, rng) for params, rng in runs], dtype=np.float32)
    heard = [ties(params, rng) for params, rng in runs]
    now = np.array([rng.uniform(0, 2 * np.pi, people) for _, rng in runs], dtype=np.float32)
    gain = np.repeat(np.array([params.coupling for params in plazas], dtype=np.float32), len(seeds))[:, None]
    silent = now.size  # a place that is never heard
    voices = np.zeros(silent + 1, dtype=np.complex64)
    table, share = _listening(heard, people, silent) if network != "everyone" else (None, None)

    def change(phases: np.ndarray) -> np.ndarray:
        voices.real[:silent] = np.cos(phases).ravel()
        voices.imag[:silent] = np.sin(phases).ravel()
        spoken = voices[:silent].reshape(phases.shape)
        if table is None:
            field = spoken.mean(axis=1, keepdims=True)
        else:
            field = (np.add.reduce(voices.take(table)) * share).reshape(phases.shape)
        pull: np.ndarray = own + gain * (spoken.real * field.imag - spoken.imag * field.real)
        return pull

    steps = round(seconds / STEP)
    late = []
    half = np.float32(STEP / 2)
    whole = np.float32(STEP)
    for step in range(steps):
        first = change(now)
        second = change(now + half * first)
        third = change(now + half * second)
        fourth = change(now + whole * third)
        now = now + np.float32(STEP / 6) * (first + 2 * (second + third) + fourth)
        if step >= steps * 5 // 6:
            late.append(order(now))
    result: np.ndarray = np.mean(late, axis=0).reshape(len(plazas), len(seeds))
    return result


def _listening(heard: list[tuple[np.ndarray, np.ndarray]], people: int, silent: int) -> tuple[np.ndarray, np.ndarray]:
    hearer = np.concatenate([pair[0] + k * people for k, pair in enumerate(heard)])
    spoken = np.concatenate([pair[1] + k * people for k, pair in enumerate(heard)])
    degree = np.bincount(hearer, minlength=silent)
    by_hearer = np.argsort(hearer, kind="stable")
    slot = np.arange(len(hearer)) - np.repeat(np.cumsum(degree) - degree, degree)
    table = np.full((degree.max(initial=1), silent), silent)
    table[slot, hearer[by_hearer]] = spoken[by_hearer]
    return table, (1 / np.maximum(degree, 1)).astype(np.float32)


@cache
def tuning_in_curve() -> tuple[float, ...]:
    """How together 200 people who all hear each other end (0 to 1), at each of COUPLINGS: the mean of five plazas."""
    plazas = [
        Kuramoto(coupling=coupling, diversity=DIVERSITY, people=PEOPLE, network="everyone") for coupling in COUPLINGS
    ]
    return tuple(float(value) for value in late_orders(plazas, CURVE_SEEDS).mean(axis=1))


@cache
def crowds_together(plaza: Kuramoto, target: float = TOGETHER) -> int:
    """How many of ten crowds reach the late order `target` on this plaza."""
    return int(np.sum(late_orders([plaza], FAR_SEEDS) >= target))


def plazas_together(far: int) -> int:
    """How many of ten plazas come together with `far` far listeners at coupling 4."""
    return crowds_together(
        Kuramoto(coupling=FAR_COUPLING, diversity=DIVERSITY, people=PEOPLE, network="far listeners", far=far)
    )


@dataclass(frozen=True)
class Trials:
    """Numbers of far listeners that were tried, and how many plazas of ten came together with each."""

    together: dict[int, int]

    @property
    def needed(self) -> int | None:
        """The fewest far listeners from which on every trial brought nine of ten together; None if none did."""
        found = None
        for far in sorted(self.together, reverse=True):
            if self.together[far] < ENOUGH:
                return found
            found = far
        return found


def far_trials() -> Iterator[Trials]:
    """Trial after trial: coarse steps from 0 until two in a row succeed, then finer ones below the first of them."""
    together: dict[int, int] = {}
    for far in range(0, PEOPLE + 1, FAR_COARSE):
        together[far] = plazas_together(far)
        yield Trials(dict(together))
        if min(together[far], together.get(far - FAR_COARSE, 0)) >= ENOUGH:
            break
    needed = Trials(together).needed
    for far in range((needed or 0) - FAR_FINE, (needed or 0) - FAR_COARSE, -FAR_FINE):
        if far > 0:
            together[far] = plazas_together(far)
            yield Trials(dict(together))
