"""Axelrod's model of how culture spreads: neighbours who have something in common grow more alike.

R. Axelrod, "The dissemination of culture: a model with local convergence and global polarization", Journal of Conflict
Resolution 41 (1997) 203-226. Every site holds one trait on each of several features. One event: draw a site, then one
of its neighbours; with a probability equal to the share of features on which they agree, the site takes over the
neighbour's trait on one feature, drawn from those on which they differ. Events follow one another until every two
neighbours either agree on everything or on nothing: then nothing can change any more.

Ours: events happen one by one as in the paper, which counts them; we count rounds of as many events as there are sites.

Left out: everybody has the same say and the same neighbours for ever, no feature matters more than another, nothing new
is ever invented, and nobody is pushed away by difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
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
    return np.asarray(sum(trait[..., tie[0]] == trait[..., tie[1]] for trait in np.moveaxis(traits, -1, 0)))


def components(joined: np.ndarray, tie: tuple[np.ndarray, np.ndarray], sites: int) -> np.ndarray:
    """Label every site with the lowest site it is connected to over the joined ties: (..., ties) gives (..., sites)."""
    rows = joined.reshape(math.prod(joined.shape[:-1]), joined.shape[-1])
    base, link = np.arange(len(rows))[:, None] * sites, np.flatnonzero(rows)
    one, other = (base + tie[0]).ravel()[link], (base + tie[1]).ravel()[link]
    label = np.arange(len(rows) * sites)
    while len(one):
        root, partner = label[one], label[other]
        np.minimum.at(label, np.maximum(root, partner), np.minimum(root, partner))
        while not np.array_equal(jumped := label[label], label):
            label = jumped
        apart = label[one] != label[other]
        one, other = one[apart], other[apart]
    return (label.reshape(len(rows), sites) - base).reshape(*joined.shape[:-1], sites)


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


def _meetings(
    params: Culture, tie: tuple[np.ndarray, np.ndarray], rng: np.random.Generator
) -> Iterator[tuple[list[int], list[int], list[int]]]:
    """Round after round, for ever, what is drawn for its events: the sites, a neighbour of each, and any feature."""
    sites = params.rows * params.columns
    one, other = np.concatenate(tie), np.concatenate(tie[::-1])
    around, degree = other[np.argsort(one, kind="stable")], np.bincount(one, minlength=sites)
    begin = np.cumsum(degree) - degree
    shape = max(1, 8192 // sites), sites
    while True:
        site = rng.integers(sites, size=shape)
        neighbour = around[begin[site] + (rng.random(shape) * degree[site]).astype(int)]
        feature = rng.integers(params.features, size=shape)
        yield from zip(site.tolist(), neighbour.tolist(), feature.tolist(), strict=True)


def _play(params: Culture, rng: np.random.Generator, rows: list[bytearray]) -> Iterator[tuple[int, int]]:
    """Let events change `rows`, the traits of each site, to the end; pause at the start and after every round.

    A pause tells how many changes there were and which event made the last. Most events change nothing, so what counts
    is to see that fast: each culture is also one integer with a bit for every trait held, and what two have in common
    is their `&`; a feature `drawn` at random is less than its number of bits with just the chance that they interact.
    It cannot be over while the tie last found `unsettled` still is.
    """
    tie, features, ways, sites = ties(params), params.features, params.traits, len(rows)
    pairs = list(zip(tie[0].tolist(), tie[1].tolist(), strict=True))
    every_way = [((1 << ways) - 1) << ways * feature for feature in range(features)]
    culture = [sum(1 << ways * feature + trait for feature, trait in enumerate(row)) for row in rows]

    def can_change(pair: tuple[int, int]) -> bool:
        return 0 < (culture[pair[0]] & culture[pair[1]]).bit_count() < features

    meetings = _meetings(params, tie, rng)
    candidates = chain.from_iterable(rng.integers(features, size=1024).tolist() for _ in repeat(None))
    unsettled = next(filter(can_change, pairs), None)
    changes, last, past, limit = 0, 0, 0, int(params.rounds * sites)
    yield changes, last
    while unsettled and past < limit:
        for event, one, other, drawn in zip(range(1, limit - past + 1), *next(meetings), strict=False):
            mine, theirs = culture[one], culture[other]
            if mine == theirs:
                continue
            common = (mine & theirs).bit_count()
            if drawn >= common:
                continue
            changes, last = changes + 1, past + event
            if common == features - 1:  # most often; they now share a row, so rows are replaced, not changed
                culture[one], rows[one] = theirs, rows[other]
                continue
            row, model = rows[one].copy(), rows[other]
            feature = next(candidates)
            while row[feature] == model[feature]:
                feature = next(candidates)
            row[feature] = model[feature]
            culture[one], rows[one] = mine ^ (mine ^ theirs) & every_way[feature], row
        past += sites
        if not can_change(unsettled):
            unsettled = next(filter(can_change, pairs), None)
        yield changes, last


def settled(traits: np.ndarray, tie: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Whether nothing can change any more: neighbours agree on everything or on nothing; shapes as in `regions`."""
    common = shared(traits, tie)
    return np.asarray(np.all((common == 0) | (common == traits.shape[-1]), axis=-1))


def run_many(params: Culture, rng: np.random.Generator, runs: int) -> np.ndarray:
    """The traits in which each of `runs` territories ends, uint8, shape (runs, sites, features)."""
    ends = rng.integers(params.traits, size=(runs, params.rows * params.columns, params.features), dtype=np.uint8)
    for end in ends:
        rows = list(map(bytearray, end))
        for _ in _play(params, rng, rows):
            pass
        end[:] = rows
    return ends


def run(params: Culture, rng: np.random.Generator, frames: int = 200) -> Run:
    """Run until nothing can change any more or `rounds` are over; keep at most `frames` even frames, and the end.

    Frames: `traits`, uint8, shape (time, sites, features). Series, one value per frame: `time` (rounds), `regions`,
    `zones`, `largest` (share of sites in the biggest region). Summary: the last value of each, `cultures` (different
    ones that are left), `changes`, and `settled` (1 if nothing can change any more).
    """
    start = rng.integers(params.traits, size=(params.rows * params.columns, params.features), dtype=np.uint8)
    room = max(1, min(frames, FRAME_BUDGET // start.size - 1))
    rows = list(map(bytearray, start))
    kept: list[bytes] = []
    interval = 1
    for index, progress in enumerate(_play(params, rng, rows)):
        changes, last = progress
        if index == len(kept) * interval:
            kept.append(b"".join(rows))
            if len(kept) > room:
                kept, interval = kept[::2], 2 * interval
    end = last / len(rows)
    kept = [*kept[: math.ceil(end / interval)], b"".join(rows)]
    stage = np.frombuffer(b"".join(kept), dtype=np.uint8).reshape(len(kept), *start.shape)
    time = np.append(np.arange(len(kept) - 1) * interval, end)
    return _describe(params, stage, time, changes)


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
