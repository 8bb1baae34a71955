"""Axelrod's model of how culture spreads: neighbours who have something in common grow more alike.

R. Axelrod, "The dissemination of culture: a model with local convergence and global polarization", Journal of Conflict
Resolution 41 (1997) 203-226. Every site holds one trait on each of several features. One event: draw a site, then one
of its neighbours; with a probability equal to the share of features on which they agree, the site takes over the
neighbour's trait on one feature, drawn from those on which they differ. Events follow one another until every two
neighbours either agree on everything or on nothing: then nothing can change any more.

Ours: events that cannot change anything are skipped, and time runs by waiting times (each site acts once per round on
average) where the paper counts events. Which changes happen, in which order and with which chances is as published;
only the exact count of idle events is replaced by its law in continuous time.

Left out: everybody has the same say and the same neighbours for ever, no feature matters more than another, nothing new
is ever invented, and nobody is pushed away by difference.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np

from choreo.models.parameter import Parameters, choice, number, whole
from choreo.models.run import Run

NEIGHBOURHOODS = ("4", "8", "12")
EDGES = ("closed", "wrapped")
STEPS = ((0, 1), (1, 0), (1, 1), (1, -1), (0, 2), (2, 0))  # half of each neighbourhood: 2, 4 or 6 of them
FRAME_BUDGET = 2_000_000  # bytes


@dataclass(frozen=True)
class Culture(Parameters):
    """A territory of sites, what they can have in common, and who meets whom."""

    features: int = whole(5, 1, 30, "how many topics there are on which people can agree", "topics")
    traits: int = whole(10, 1, 250, "how many different ways there are to see each topic", "ways")
    rows: int = whole(10, 1, 100, "how many rows of sites the territory has", "sites")
    columns: int = whole(10, 1, 100, "how many sites stand in one row", "sites")
    neighbours: str = choice("4", NEIGHBOURHOODS, "how many neighbours a site away from the edge can meet")
    edges: str = choice("closed", EDGES, "whether the territory ends at its edges or wraps around")
    rounds: float = number(1e6, 0, 1e6, "when to stop at the latest; in one each site acts once on average", "rounds")


def ties(params: Culture) -> tuple[np.ndarray, np.ndarray]:
    """Who can meet whom: two index arrays of equal length, each pair of neighbours once; empty for a single site."""
    row, column = np.divmod(np.arange(params.rows * params.columns), params.columns)
    pairs = []
    for down, right in STEPS[: int(params.neighbours) // 2]:
        below, beside = row + down, column + right
        if params.edges == "closed":
            inside = (below < params.rows) & (beside >= 0) & (beside < params.columns)
        else:
            below, beside, inside = below % params.rows, beside % params.columns, np.ones(len(row), dtype=bool)
        here, there = np.flatnonzero(inside), (below * params.columns + beside)[inside]
        pairs.append(np.stack([np.minimum(here, there), np.maximum(here, there)], axis=1))
    unique = np.unique(np.concatenate(pairs), axis=0)
    unique = unique[unique[:, 0] != unique[:, 1]]
    return unique[:, 0], unique[:, 1]


def shared(traits: np.ndarray, tie: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """On how many features two neighbours agree: `traits` of shape (..., sites, features) gives (..., ties)."""
    return np.asarray(np.count_nonzero(traits[..., tie[0], :] == traits[..., tie[1], :], axis=-1))


def components(joined: np.ndarray, tie: tuple[np.ndarray, np.ndarray], sites: int) -> np.ndarray:
    """Label every site with the lowest site it is connected to over the joined ties: (..., ties) gives (..., sites)."""
    rows = joined.reshape(math.prod(joined.shape[:-1]), joined.shape[-1])
    row, link = np.nonzero(rows)
    one, other = row * sites + tie[0][link], row * sites + tie[1][link]
    label = np.arange(len(rows) * sites)
    while len(one):
        root, partner = label[one], label[other]
        np.minimum.at(label, np.maximum(root, partner), np.minimum(root, partner))
        while not np.array_equal(jumped := label[label], label):
            label = jumped
        apart = label[one] != label[other]
        one, other = one[apart], other[apart]
    return (label.reshape(len(rows), sites) - np.arange(len(rows))[:, None] * sites).reshape(*joined.shape[:-1], sites)


def _count(label: np.ndarray) -> np.ndarray:
    return np.asarray(np.count_nonzero(label == np.arange(label.shape[-1]), axis=-1))


def regions(traits: np.ndarray, tie: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The number of connected areas with one and the same culture; `traits` has shape (..., sites, features)."""
    return _count(components(shared(traits, tie) == traits.shape[-1], tie, traits.shape[-2]))


def zones(traits: np.ndarray, tie: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The number of connected areas within which neighbours agree on at least one feature: they can still exchange."""
    return _count(components(shared(traits, tie) > 0, tie, traits.shape[-2]))


def largest_region(traits: np.ndarray, tie: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The share of sites in the biggest region, in (0, 1]; `traits` has shape (..., sites, features)."""
    return _largest(components(shared(traits, tie) == traits.shape[-1], tie, traits.shape[-2]))


def _largest(label: np.ndarray) -> np.ndarray:
    rows = label.reshape(-1, label.shape[-1])
    base = np.arange(len(rows))[:, None] * rows.shape[1]
    sizes = np.bincount((rows + base).ravel(), minlength=rows.size).reshape(rows.shape)
    return np.asarray(sizes.max(axis=-1).reshape(label.shape[:-1]) / rows.shape[1])


def cultures(traits: np.ndarray) -> int:
    """How many different cultures exist at all; `traits` has shape (sites, features)."""
    return len(np.unique(traits, axis=0))


def _stream(draw: Callable[[int], np.ndarray]) -> Iterator[float]:
    sizes = chain((256, 1024, 4096), repeat(16384))
    return chain.from_iterable(draw(size).tolist() for size in sizes)


def _play(
    params: Culture, rng: np.random.Generator, traits: list[list[int]], keep: Callable[[float], float], due: float
) -> tuple[int, float]:
    """Let events change `traits`, by [feature][site], to the end; the number of changes and the time of the last.

    Before the first change later than `due` (rounds), `keep` is called with its time and says what is due next. A tie
    is drawn from those where something can change; the change is accepted with its chance relative to the likeliest
    one. Each tie keeps the features on which it differs as the bits of one number.
    """
    tie, features = ties(params), params.features
    first, second = tie[0].tolist(), tie[1].tolist()
    degree = np.bincount(np.concatenate(tie), minlength=1)
    chance = 1 / degree[tie[0]] + 1 / degree[tie[1]]  # that this tie is drawn in one round, from either end
    likeliest = max(1e-9, float(chance.max(initial=0.0)) * (features - 1) / features)  # all but one feature shared
    accepted = (chance / features / likeliest).tolist()
    by_first = (1 / degree[tie[0]] / chance).tolist()
    around: list[list[tuple[int, int]]] = [[] for _ in traits[0]]
    for link, (one, other) in enumerate(zip(first, second, strict=True)):
        around[one].append((other, link))
        around[other].append((one, link))
    current = np.array(traits)
    apart = ((1 << np.arange(features)) @ (current[:, tie[0]] != current[:, tie[1]])).tolist()
    strangers = (1 << features) - 1
    active = [link for link, bits in enumerate(apart) if 0 < bits < strangers]
    count = len(active)
    place = [-1] * len(apart)
    for index, link in enumerate(active):
        place[link] = index
    features_of: dict[int, tuple[int, ...]] = {}
    changes, last, now, limit, due = 0, 0.0, 0.0, params.rounds * likeliest, due * likeliest
    for wait, draw in zip(_stream(rng.standard_exponential), _stream(rng.random), strict=True):
        if not count:
            break
        now += wait / count
        if now > limit:
            break
        draw *= count
        index = int(draw)
        link = active[index]
        bits = apart[link]
        draw = (draw - index) / (accepted[link] * (features - bits.bit_count()))
        if draw >= 1:
            continue
        if now > due:
            due = keep(now / likeliest) * likeliest
        changes, last = changes + 1, now
        lean = by_first[link]
        if draw < lean:
            one, other, draw = first[link], second[link], draw / lean
        else:
            one, other, draw = second[link], first[link], (draw - lean) / (1 - lean)
        differing = features_of.get(bits)
        if differing is None:
            differing = features_of[bits] = tuple(f for f in range(features) if bits >> f & 1)
        feature = differing[int(draw * len(differing)) % len(differing)]  # rounding can lift draw to 1
        trait = traits[feature]
        old, new = trait[one], trait[other]
        trait[one] = new
        bit = 1 << feature
        for neighbour, link in around[one]:
            seen = trait[neighbour]
            if seen == new or seen == old:  # noqa: SIM109 - faster than a tuple, millions of times
                bits = apart[link] = apart[link] ^ bit
                index = place[link]
                if bits == 0 or bits == strangers:
                    if index >= 0:
                        moved = active[index] = active[-1]
                        place[moved], place[link] = index, -1
                        active.pop()
                elif index < 0:
                    place[link] = len(active)
                    active.append(link)
        count = len(active)
    return changes, last / likeliest


def settled(traits: np.ndarray, tie: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Whether nothing can change any more: neighbours agree on everything or on nothing; shapes as in `regions`."""
    common = shared(traits, tie)
    return np.asarray(np.all((common == 0) | (common == traits.shape[-1]), axis=-1))


def run_many(params: Culture, rng: np.random.Generator, runs: int) -> np.ndarray:
    """The traits in which each of `runs` territories ends, uint8, shape (runs, sites, features)."""
    ends = rng.integers(params.traits, size=(runs, params.rows * params.columns, params.features), dtype=np.uint8)
    for index in range(runs):
        traits = ends[index].T.tolist()
        _play(params, rng, traits, keep=lambda now: math.inf, due=math.inf)
        ends[index] = np.array(traits, dtype=np.uint8).T
    return ends


def run(params: Culture, rng: np.random.Generator, frames: int = 200) -> Run:
    """Run until nothing can change any more or `rounds` are over; keep at most `frames` even frames, and the end.

    Frames: `traits`, uint8, shape (time, sites, features). Series, one value per frame: `time` (rounds), `regions`,
    `zones`, `largest` (share of sites in the biggest region). Summary: the last value of each, `cultures` (different
    ones that are left), `changes`, and `settled` (1 if nothing can change any more).
    """
    start = rng.integers(params.traits, size=(params.rows * params.columns, params.features), dtype=np.uint8)
    room = max(1, min(frames, FRAME_BUDGET // start.size - 1))
    traits = start.T.tolist()
    kept: list[bytes] = []
    interval = 1.0

    def keep(now: float) -> float:
        nonlocal kept, interval
        while now > len(kept) * interval:
            kept.append(b"".join(map(bytes, traits)))
            if len(kept) > room:
                kept, interval = kept[::2], 2 * interval
        return len(kept) * interval

    changes, last = _play(params, rng, traits, keep, due=0.0)
    kept.append(b"".join(map(bytes, traits)))
    stage = np.frombuffer(b"".join(kept), dtype=np.uint8).reshape(len(kept), params.features, -1)
    time = np.append(np.arange(len(kept) - 1) * interval, last)
    return _describe(params, stage.transpose(0, 2, 1).copy(), time, changes)


def _describe(params: Culture, traits: np.ndarray, time: np.ndarray, changes: int) -> Run:
    tie, sites = ties(params), traits.shape[-2]
    common = shared(traits, tie)
    region = components(common == params.features, tie, sites)
    series = {
        "time": time,
        "regions": _count(region),
        "zones": _count(components(common > 0, tie, sites)),
        "largest": _largest(region),
    }
    summary = {name: float(values[-1]) for name, values in series.items()}
    summary |= {"cultures": float(cultures(traits[-1])), "changes": float(changes)}
    summary["settled"] = float(np.all((common[-1] == 0) | (common[-1] == params.features)))
    return Run(summary=summary, trace=_trace(params, series, summary), series=series, frames={"traits": traits})


def _trace(params: Culture, series: dict[str, np.ndarray], summary: dict[str, float]) -> tuple[str, ...]:
    time, areas, largest = series["time"], series["regions"], series["largest"]
    sites = params.rows * params.columns
    sentences = [f"{sites} sites begin in {areas[0]} regions of one culture each."]
    for part in (0.25, 0.5, 0.75):
        index = round(part * (len(time) - 1))
        biggest = f"the biggest with {largest[index]:.0%} of the sites"
        sentences.append(f"After {time[index]:.0f} rounds: {areas[index]} regions, {biggest}.")
    if not summary["settled"]:
        sentences.append(f"After {params.rounds:g} rounds it is not over: {areas[-1]} regions, and still changing.")
    elif areas[-1] == 1:
        sentences.append(f"From round {time[-1]:.0f} on everybody shares one culture.")
    else:
        ending = f"From round {time[-1]:.0f} on nothing changes: {areas[-1]} regions are left"
        sentences.append(f"{ending}, and where they meet, neighbours agree on nothing.")
    return tuple(sentences)
