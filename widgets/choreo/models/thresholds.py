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

Ours: first voices, people who act whatever the others do; drawn at random, or the boldest (who need fewest others), or
the most hesitant; and that anybody can be the one who is replaced, where the paper replaces the one who needs a
single voice. One seed is one crowd: a larger spread stretches it, and one more first voice joins those there were.

Left out: friends who count more than strangers (the paper
treats them briefly), people who stop again, thresholds that move, and any reason for them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run, moments
from choreo.words import n_

CROWDS = ("one of each", "one replaced", "normal")
WHO = ("anyone", "boldest", "most hesitant")


@dataclass(frozen=True)
class Thresholds(Parameters):
    """How many others people need before they speak up too."""

    people: int = whole(100, 1, 5000, "how many people there are", "people")
    crowd: str = choice(
        "one of each",
        CROWDS,
        "who they are: thresholds 0, 1, 2, ...; the same with one person replaced; or normally spread",
    )
    mean: float = number(0.25, 0, 1, "the share of others that people need on average (crowd: normal)", "of the crowd")
    deviation: float = number(0.122, 0, 1, "how much people differ in what they need (crowd: normal)", "of the crowd")
    first_voices: int = whole(0, 0, 5000, "how many people speak whatever the others do", "people")
    who: str = choice("anyone", WHO, "who those are: drawn at random, those who need fewest others, or most")
    replaced: int = whole(
        1, 0, 4999, "who gives way to somebody who needs one voice more, by what they need (crowd: one replaced)"
    )


def cascade(thresholds: Sequence[float] | np.ndarray) -> np.ndarray:
    """How many people act at each round, from 0 until nothing changes any more (the last value comes once).

    `thresholds` counts the other people whom each person needs; any order, any length.
    """
    ordered = np.sort(np.asarray(thresholds, dtype=float)).tolist()
    acting = [0]
    while (after := bisect_right(ordered, acting[-1], lo=acting[-1])) > acting[-1]:
        acting.append(after)
    return np.array(acting)


def needs(params: Thresholds, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """How many others each person needs, and everybody in the order in which they would become a first voice.

    Normal needs are standard normals, stretched and shifted: they need not be whole or positive.
    """
    n = params.people
    normal, order = rng.standard_normal(n), rng.permutation(n).astype(np.intp)
    if params.crowd == "normal":
        needed = n * (params.mean + params.deviation * normal)
    else:
        needed = np.arange(n, dtype=float)
        if params.crowd == "one replaced":
            needed[params.replaced : params.replaced + 1] += 1
    if params.who != "anyone":
        order = np.argsort(needed if params.who == "boldest" else -needed, kind="stable")
    return needed, order


def thresholds(params: Thresholds, rng: np.random.Generator) -> np.ndarray:
    """Each person's threshold in people: what `needs` says, and 0 for first voices."""
    needed, order = needs(params, rng)
    needed[order[: params.first_voices]] = 0
    return needed


def _share(level: float, mean: float, deviation: float) -> float:
    """F: the share of people whose threshold is at most `level`."""
    return 0.5 * math.erfc((mean - level) / (deviation * math.sqrt(2)))


def _bisect(curve: Callable[[float], float], low: float, high: float) -> float:
    """The crossing of a curve with the diagonal in [low, high], where it is above it at `low`."""
    for _halving in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if curve(middle) > middle else (low, middle)
    return high


def equilibrium(mean: float, deviation: float, first: float = 0.0, who: str = "anyone") -> float:
    """The share of a very large crowd with normal thresholds that acts in the end, starting from nobody; in [0, 1].

    `mean` and `deviation` are shares of the crowd, and so is `first`, the first voices, who are one of WHO. With F the
    share whose threshold is reached, r(t + 1) is first + (1 - first) F(r(t)) if they are anyone, the larger of `first`
    and F(r(t)) if they are the boldest, and first + F(r(t)), but at most 1, if they are the most hesitant. Raises
    ParameterError for a negative deviation or a share of first voices out of [0, 1].
    """
    if not (math.isfinite(mean) and 0 <= deviation < math.inf):
        raise ParameterError(f"mean = {mean!r}, deviation = {deviation!r}: must be numbers, deviation at least 0")
    if not (0 <= first <= 1 and who in WHO):
        raise ParameterError(f"first = {first!r}, who = {who!r}: must lie from 0 to 1, and be one of {', '.join(WHO)}")
    if deviation == 0:
        return 1.0 if mean <= first else first
    others = 1 - first if who == "anyone" else 1.0  # how much of F counts
    base = first if who != "boldest" else 0.0

    def curve(level: float) -> float:
        return min(1.0, base + others * _share(level, mean, deviation))

    low = first if who == "boldest" else 0.0
    if curve(low) <= low:
        return low
    steepest = deviation * math.sqrt(2 * math.pi)
    if steepest >= others:
        return _bisect(curve, low, 1.0)
    reach = deviation * math.sqrt(-2 * math.log(steepest / others))  # the slope is 1 at mean - reach and mean + reach
    dip, bump = mean - reach, mean + reach
    if dip > low and curve(min(dip, 1.0)) <= dip:
        return _bisect(curve, low, min(dip, 1.0))
    return _bisect(curve, min(max(bump, low), 1.0), 1.0)


def tipping(mean: float) -> tuple[float, float]:
    """The critical spread of a very large crowd, and the share that acts there, just before nearly everybody does.

    From F(r) = r and F'(r) = 1 with z = (r - mean) / deviation: cdf(z) - z pdf(z) = mean, whose left side only rises.
    Raises ParameterError unless 0 < mean < 0.5: elsewhere the end point moves smoothly.
    """
    if not 0 < mean < 0.5:
        raise ParameterError(f"mean = {mean!r}: must lie between 0 and 0.5 for a jump to exist")
    normal = NormalDist()
    low, high = -40.0, 0.0
    for _halving in range(100):
        z = (low + high) / 2
        low, high = (z, high) if normal.cdf(z) - z * normal.pdf(z) < mean else (low, z)
    return normal.pdf(high), normal.cdf(high)


def run_many(params: Thresholds, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` crowds drawn anew, by measure, shape (runs,)."""
    found = [cascade(thresholds(params, rng)) for _crowd in range(runs)]
    acting = np.array([count[-1] for count in found], dtype=float)
    rounds = np.array([len(count) - 1 for count in found], dtype=float)
    expected = np.full(runs, _expected(params))
    return {"acting": acting, "share": acting / params.people, "rounds": rounds, "expected": expected}


def _expected(params: Thresholds) -> float:
    if params.crowd != "normal":
        return math.nan
    first = min(1.0, params.first_voices / params.people)
    return equilibrium(params.mean, params.deviation, first, params.who)


def run(params: Thresholds, rng: np.random.Generator) -> Run:
    """Let one crowd go until nobody joins any more.

    Clock: `round`; evenly spaced ones where all would pass 2 MB. Frames: `acting`, uint8 (0 or 1), shape (time,
    people), people in the order of `thresholds`. Series: `acting` (people). Still: `needs` (how many others each
    person needs; shape (people,)), `first` (1 for the first voices, uint8). Summary: `acting` (people at the end),
    `share`, `rounds`, `expected` (the share of a very large crowd with the same spread and first voices; nan unless
    `crowd` is normal).
    """
    needed, order = needs(params, rng)
    first = np.zeros(params.people, dtype=np.uint8)
    first[order[: params.first_voices]] = 1
    threshold = np.where(first, 0.0, needed)
    count = cascade(threshold)
    kept = moments(len(count), 1_900_000 // len(needed))
    acting = np.zeros((len(kept), len(needed)), dtype=np.uint8)
    acting[1:] = threshold <= count[kept[1:] - 1, None]
    summary = {
        "acting": float(count[-1]),
        "share": float(count[-1] / params.people),
        "rounds": float(len(count) - 1),
        "expected": _expected(params),
    }
    return Run(
        summary=summary,
        trace=_trace(params, count, threshold),
        clock=Clock("round", "rounds", kept),
        series={"acting": count[kept]},
        frames={"acting": acting},
        still={"needs": needed, "first": first},
    )


def _trace(params: Thresholds, count: np.ndarray, needed: np.ndarray) -> tuple[str, ...]:
    free, last = int(np.count_nonzero(needed <= 0)), len(count) - 1
    if params.people == 1:
        begin = n_("One person, who needs nobody before them.", "One person, who waits for others.", free)
    else:
        begin = n_(
            "{people} people; {free} of them needs nobody before them.",
            "{people} people; {free} of them need nobody before them.",
            free,
        )
    sentences = [begin.format(people=params.people, free=free)]
    if len(count) > 3:
        middle = len(count) // 2
        after = n_(
            "After {rounds} rounds {acting} person speaks.",
            "After {rounds} rounds {acting} people speak.",
            count[middle],
        )
        sentences.append(after.format(rounds=middle, acting=count[middle]))
    end = n_(
        "From round {round} on {acting} of {people} speaks, and nobody joins any more.",
        "From round {round} on {acting} of {people} speak, and nobody joins any more.",
        count[-1],
    )
    sentences.append(end.format(round=last, acting=count[-1], people=params.people))
    waiting = needed[needed > count[-1]]
    if len(waiting):
        more = math.ceil(waiting.min())
        following = n_(
            "The next person would need {needed} other and hears {acting}.",
            "The next person would need {needed} others and hears {acting}.",
            more,
        )
        sentences.append(following.format(needed=more, acting=count[-1]))
    return tuple(sentences)
