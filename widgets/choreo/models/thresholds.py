"""Granovetter's thresholds: people who act once enough others have.

M. Granovetter, "Threshold models of collective behavior", American Journal of Sociology 83 (1978) 1420-1443.
Everybody has a threshold: the number of others who must be acting before this person acts too. Each round, all whose
threshold is reached act, and nobody goes back:

    acting(t + 1) = number of people whose threshold <= acting(t),    acting(0) = 0

In the limit of very many people with normal thresholds (as shares of the crowd) it reads r(t + 1) = F(r(t)), and the
crowd stops at the lowest r with F(r) = r. At a critical spread that point vanishes, because the curve of F only
touches the diagonal there: F(r) = r and F'(r) = 1. This gives the critical spread without simulating (`tipping`). A
hundred people drawn at random scatter widely around that curve, so both are here: `equilibrium` for the curve,
`run_many` for the scatter.

Ours: first voices, people who act whatever the others do. Left out: friends who count more than strangers (the paper
treats them briefly), people who stop again, thresholds that move, and any reason for them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Run

CROWDS = ("one of each", "one replaced", "normal")


@dataclass(frozen=True)
class Thresholds(Parameters):
    """How many others people need before they speak up too."""

    people: int = whole(100, 1, 5000, "how many people there are", "people")
    crowd: str = choice(
        "one of each", CROWDS, "who they are: thresholds 0, 1, 2, ...; the same with the 1 made a 2; or normally spread"
    )
    mean: float = number(0.25, 0, 1, "the share of others that people need on average (crowd: normal)", "of the crowd")
    deviation: float = number(0.122, 0, 1, "how much people differ in what they need (crowd: normal)", "of the crowd")
    first_voices: int = whole(0, 0, 5000, "how many people, drawn at random, speak whatever the others do", "people")


def cascade(thresholds: Sequence[float] | np.ndarray) -> np.ndarray:
    """How many people act at each round, from 0 until nothing changes any more (the last value comes once).

    `thresholds` counts the other people whom each person needs; any order, any length.
    """
    ordered = np.sort(np.asarray(thresholds, dtype=float)).tolist()
    acting = [0]
    while (after := bisect_right(ordered, acting[-1], lo=acting[-1])) > acting[-1]:
        acting.append(after)
    return np.array(acting)


def thresholds(params: Thresholds, rng: np.random.Generator) -> np.ndarray:
    """Each person's threshold in people (normal ones need not be whole or positive); first voices need 0 others."""
    n = params.people
    if params.crowd == "normal":
        needed = n * rng.normal(params.mean, params.deviation, n)
    else:
        needed = np.arange(n, dtype=float)
        if params.crowd == "one replaced":
            needed[1:2] = 2
    needed[rng.permutation(n)[: params.first_voices]] = 0
    return needed


def _share(level: float, mean: float, deviation: float) -> float:
    """F: the share of people whose threshold is at most `level`."""
    return 0.5 * math.erfc((mean - level) / (deviation * math.sqrt(2)))


def _bisect(low: float, high: float, mean: float, deviation: float) -> float:
    """The crossing of F with the diagonal in [low, high], where F is above it at `low`."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _share(middle, mean, deviation) > middle else (low, middle)
    return high


def equilibrium(mean: float, deviation: float) -> float:
    """The share of a very large crowd with normal thresholds that acts in the end, starting from nobody; in [0, 1].

    `mean` and `deviation` are shares of the crowd; a negative deviation raises ParameterError.
    """
    if not (math.isfinite(mean) and 0 <= deviation < math.inf):
        raise ParameterError(f"mean = {mean!r}, deviation = {deviation!r}: must be numbers, deviation at least 0")
    if deviation == 0:
        return 1.0 if mean <= 0 else 0.0
    steepest = deviation * math.sqrt(2 * math.pi)
    if steepest >= 1:
        return _bisect(0.0, 1.0, mean, deviation)
    reach = deviation * math.sqrt(-2 * math.log(steepest))  # F' = 1 at mean - reach and mean + reach
    dip, bump = mean - reach, mean + reach
    if dip > 0 and _share(min(dip, 1.0), mean, deviation) <= dip:
        return _bisect(0.0, min(dip, 1.0), mean, deviation)
    return _bisect(min(max(bump, 0.0), 1.0), 1.0, mean, deviation)


def tipping(mean: float) -> tuple[float, float]:
    """The critical spread of a very large crowd, and the share that acts there, just before nearly everybody does.

    From F(r) = r and F'(r) = 1 with z = (r - mean) / deviation: cdf(z) - z pdf(z) = mean, whose left side only rises.
    Raises ParameterError unless 0 < mean < 0.5: elsewhere the end point moves smoothly.
    """
    if not 0 < mean < 0.5:
        raise ParameterError(f"mean = {mean!r}: must lie between 0 and 0.5 for a jump to exist")
    normal = NormalDist()
    low, high = -40.0, 0.0
    for _ in range(100):
        z = (low + high) / 2
        low, high = (z, high) if normal.cdf(z) - z * normal.pdf(z) < mean else (low, z)
    return normal.pdf(high), normal.cdf(high)


def run_many(params: Thresholds, rng: np.random.Generator, runs: int) -> np.ndarray:
    """How many people act in the end in each of `runs` crowds drawn anew, shape (runs,)."""
    return np.array([cascade(thresholds(params, rng))[-1] for _ in range(runs)], dtype=np.int64)


def run(params: Thresholds, rng: np.random.Generator) -> Run:
    """Let one crowd go until nobody joins any more.

    Frames: `acting`, uint8 (0 or 1), shape (rounds + 1, people), people in the order of `thresholds`; where that
    would pass 2 MB, evenly spaced rounds. Series, one value per frame: `round`, `acting` (people). Summary: `acting`
    (people at the end), `share`, `rounds`, `expected` (the share of a very large crowd with the same spread; nan
    unless `crowd` is normal).
    """
    needed = thresholds(params, rng)
    count = cascade(needed)
    kept = np.unique(np.linspace(0, len(count) - 1, min(len(count), 1_900_000 // len(needed))).round().astype(int))
    acting = np.zeros((len(kept), len(needed)), dtype=np.uint8)
    acting[1:] = needed <= count[kept[1:] - 1, None]
    normal = params.crowd == "normal"
    summary = {
        "acting": float(count[-1]),
        "share": float(count[-1] / params.people),
        "rounds": float(len(count) - 1),
        "expected": equilibrium(params.mean, params.deviation) if normal else math.nan,
    }
    series = {"round": kept, "acting": count[kept]}
    return Run(summary=summary, trace=_trace(params, count, needed), series=series, frames={"acting": acting})


def _trace(params: Thresholds, count: np.ndarray, needed: np.ndarray) -> tuple[str, ...]:
    sentences = [f"{params.people} people; {np.count_nonzero(needed <= 0)} of them need nobody before them."]
    if len(count) > 3:
        middle = len(count) // 2
        sentences.append(f"After {middle} rounds {count[middle]} people act.")
    sentences.append(f"From round {len(count) - 1} on {count[-1]} of {params.people} act, and nobody joins any more.")
    waiting = needed[needed > count[-1]]
    if len(waiting):
        sentences.append(f"The next person would need {math.ceil(waiting.min())} others and sees {count[-1]}.")
    return tuple(sentences)
