"""Axelrod's model of how culture spreads: neighbours who have something in common grow more alike.

R. Axelrod, "The dissemination of culture: a model with local convergence and global polarization", Journal of Conflict
Resolution 41 (1997) 203-226. Every site holds one trait on each of several features. One event: draw a site, then one
of its neighbours; with a probability equal to the share of features on which they agree, the site takes over the
neighbour's trait on one feature, drawn from those on which they differ. Events follow one another until every two
neighbours either agree on everything or on nothing: then nothing can change any more.

Ours: events happen one by one as in the paper, which counts them; we count rounds of as many events as there are sites.
One seed is one floor: each site draws a number for each of 30 topics, whatever `features` and `traits` are, and takes the
way that lies there; and who meets whom is drawn in the same order.

Left out: everybody has the same say and the same neighbours for ever, no feature matters more than another, nothing new
is ever invented, and nobody is pushed away by difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, cycle, islice, repeat

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run
from choreo.words import _, n_

NEIGHBOURHOODS = ("4", "8", "12")
EDGES = ("closed", "wrapped")
STEPS = ((0, 1), (1, 0), (1, 1), (1, -1), (0, 2), (2, 0))  # half of each neighbourhood: 2, 4 or 6 of them
TOPICS = 30  # drawn for every site
FRAME_BUDGET = 2_000_000  # bytes
SETTLING = 225  # sites; up to so many always came to rest soon (at most about 5 million events)
MOST_EVENTS = 5_000_000  # of a larger territory: a second or two


@dataclass(frozen=True)
class Culture(Parameters):
    """A territory of sites, what they can have in common, and who meets whom."""

    features: int = whole(5, 1, TOPICS, "how many topics there are on which people can agree", "topics")
    traits: int = whole(10, 1, 250, "how many different ways there are to see each topic", "ways")
    rows: int = whole(10, 1, 100, "how many rows of sites the territory has", "sites")
    columns: int = whole(10, 1, 100, "how many sites stand in one row", "sites")
    neighbours: str = choice("4", NEIGHBOURHOODS, "how many neighbours a site away from the edge can meet")
    edges: str = choice("closed", EDGES, "whether the territory ends at its edges or wraps around")
    rounds: float = number(1e6, 0, 1e6, "when to stop at the latest; in one each site acts once on average", "rounds")

    def __post_init__(self) -> None:
        """Raise ParameterError for faults of single values, then for a large territory that might never come to rest."""
        super().__post_init__()
        sites = self.rows * self.columns
        if sites > SETTLING and self.rounds * sites > MOST_EVENTS:
            raise ParameterError(
                f"Culture.rounds = {self.rounds:g}: must lie from 0 to {MOST_EVENTS // sites} for {sites} sites; "
                f"up to {SETTLING} sites need no limit"
            )


def ties(params: Culture) -> tuple[np.ndarray, np.ndarray]:
    """Who can meet whom: two index arrays of equal length, each pair of neighbours once; empty for a single site."""
    return _ties(params.rows, params.columns, params.neighbours, params.edges)


@lru_cache(maxsize=8)  # a run asks three times
def _ties(rows: int, columns: int, neighbours: str, edges: str) -> tuple[np.ndarray, np.ndarray]:
    row, column = np.divmod(np.arange(rows * columns), columns)
    pairs = []
    for down, right in STEPS[: int(neighbours) // 2]:
        below, beside = row + down, column + right
        if edges == "closed":
            inside = (below < rows) & (beside >= 0) & (beside < columns)
        else:
            below, beside, inside = below % rows, beside % columns, np.ones(len(row), dtype=bool)
        here, there = np.flatnonzero(inside), (below * columns + beside)[inside]
        pairs.append(np.stack([np.minimum(here, there), np.maximum(here, there)], axis=1))
    unique = np.unique(np.concatenate(pairs), axis=0)
    unique = unique[unique[:, 0] != unique[:, 1]]
    one, other = np.ascontiguousarray(unique.T, dtype=np.intp)
    one.flags.writeable = other.flags.writeable = False
    return one, other


def first_traits(params: Culture, rng: np.random.Generator) -> np.ndarray:
    """The traits with which every site begins, drawn evenly, uint8, shape (sites, features)."""
    lots = rng.random((params.rows * params.columns, TOPICS))[:, : params.features]
    return (lots * params.traits).astype(np.uint8)


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
        neighbour = around[begin[site] + (rng.random(shape) * degree[site]).astype(np.intp)]
        feature = (rng.random(shape) * params.features).astype(np.int64)
        for ones, others, features in zip(site, neighbour, feature, strict=True):  # few are needed where few meet
            yield ones.tolist(), others.tolist(), features.tolist()


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

    luck = np.random.default_rng(rng.integers(2**63))  # its own stream: how much is needed depends on what happens
    candidates = chain.from_iterable((luck.random(1024) * features).astype(int).tolist() for _block in repeat(None))
    meetings = _meetings(params, tie, rng)
    around = cycle(pairs)

    def still_unsettled() -> tuple[int, int] | None:
        return next(filter(can_change, islice(around, len(pairs))), None)

    unsettled = still_unsettled()
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
            unsettled = still_unsettled()
        yield changes, last


def settled(traits: np.ndarray, tie: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Whether nothing can change any more: neighbours agree on everything or on nothing; shapes as in `regions`."""
    common = shared(traits, tie)
    return np.asarray(np.all((common == 0) | (common == traits.shape[-1]), axis=-1))


def run_many(params: Culture, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` territories, by measure, shape (runs,).

    And `traits`, in which each ends, uint8, shape (runs, sites, features).
    """
    traits = np.empty((runs, params.rows * params.columns, params.features), dtype=np.uint8)
    progress = np.zeros((runs, 2), dtype=np.int64)
    for index in range(runs):
        rows = list(map(bytearray, first_traits(params, rng)))
        for done in _play(params, rng, rows):
            progress[index] = done
        traits[index] = np.array(rows)
    return _measures(params, traits, progress[:, 1] / traits.shape[1], progress[:, 0]) | {"traits": traits}


def run(params: Culture, rng: np.random.Generator, frames: int = 200) -> Run:
    """Run until nothing can change any more or `rounds` are over; keep at most `frames` even frames, and the end.

    Clock: `round`. Frames: `traits`, uint8, shape (time, sites, features). Series: `regions`, `zones`, `largest` (share
    of sites in the biggest region). Still: `ties`, uint16, shape (ties, 2). Summary: the last value of each series,
    `time` (rounds), `cultures` (different ones that are left), `changes`, and `settled` (1 if nothing can change any
    more).
    """
    start = first_traits(params, rng)
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
    clock = Clock("round", "rounds", np.append(np.arange(len(kept) - 1) * interval, end))
    return _describe(params, stage, clock, changes)


def _measures(params: Culture, traits: np.ndarray, time: np.ndarray, changes: np.ndarray) -> dict[str, np.ndarray]:
    """What each territory came to, by measure, shape (runs,); `traits` are those in which it ended."""
    tie = ties(params)
    return {
        "regions": regions(traits, tie).astype(float),
        "zones": zones(traits, tie).astype(float),
        "largest": largest_region(traits, tie),
        "time": time,
        "cultures": np.array([cultures(one) for one in traits], dtype=float),
        "changes": changes.astype(float),
        "settled": settled(traits, tie).astype(float),
    }


def _describe(params: Culture, traits: np.ndarray, clock: Clock, changes: int) -> Run:
    tie, sites = ties(params), traits.shape[-2]
    common = shared(traits, tie)
    region = components(common == params.features, tie, sites)
    series = {
        "regions": _count(region),
        "zones": _count(components(common > 0, tie, sites)),
        "largest": _largest(region),
    }
    ended = _measures(params, traits[-1:], clock.times[-1:], np.array([changes]))
    summary = {name: float(values[0]) for name, values in ended.items()}
    return Run(
        summary=summary,
        trace=_trace(params, clock.times, series, summary),
        clock=clock,
        series=series,
        frames={"traits": traits},
        still={"ties": np.stack(tie, axis=1).astype(np.uint16)},
    )


def _trace(
    params: Culture, time: np.ndarray, series: dict[str, np.ndarray], summary: dict[str, float]
) -> tuple[str, ...]:
    areas, largest = series["regions"], series["largest"]
    sites = params.rows * params.columns
    if sites == 1:
        return (_("A single team has nobody to be like or unlike."),)
    begin = n_(
        "{sites} teams begin in {regions} culture.",
        "{sites} teams begin in {regions} cultures.",
        areas[0],
    )
    sentences = [begin.format(sites=sites, regions=areas[0])]
    for index in sorted({round(part * (len(time) - 1)) for part in (0.25, 0.5, 0.75)} - {0, len(time) - 1}):
        after = n_(
            "After {rounds:.0f} rounds: {regions} culture.",
            "After {rounds:.0f} rounds: {regions} cultures, the biggest with {largest:.0%} of the teams.",
            areas[index],
        )
        sentences.append(after.format(rounds=time[index], regions=areas[index], largest=largest[index]))
    if not summary["settled"]:
        ending = n_(
            "After {rounds:g} rounds it is not over: {regions} culture, and still changing.",
            "After {rounds:g} rounds it is not over: {regions} cultures, and still changing.",
            areas[-1],
        )
    elif areas[-1] == 1:
        ending = _("From round {round:.0f} on everybody shares one culture.")
    else:
        ending = _(
            "From round {round:.0f} on nothing changes: {regions} cultures are left, "
            "and where they meet, neighbours agree on nothing."
        )
    return (*sentences, ending.format(rounds=params.rounds, round=time[-1], regions=areas[-1]))
