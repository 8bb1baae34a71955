"""Searching together: who sees whose solutions, and how often, on a problem that is easy or hard.

D. Lazer and A. Friedman, "The network structure of exploration and exploitation", Administrative Science Quarterly 52
(2007) 667-694. Everyone has a solution to the same problem, a state of an NK landscape. In each round a person looks at
their contacts. If the best of these does better, the person takes over that solution; if not, the person changes one
element of their own at random, and keeps the change if it is an improvement. All move at once, on what they saw at the
end of the round before. The score of a solution is (worth / highest worth there is) ** 8, so that most solutions are
poor and few are good.

Two more of the paper's settings: `velocity`, the chance that a person looks at others in a round (who does not look
searches), and `error`, the chance of each element to be taken over wrongly, which is noticed only afterwards.

Ours: silos with bridges, and the matrix in which each person belongs to a function and to a project; and the rhythm:
people look at each other in every `every`-th round only and search alone in between, or never with 0. It puts into this
model what E. Bernstein, J. Shore and D. Lazer tried with people, "How intermittent breaks in interaction improve
collective intelligence", PNAS 115 (2018) 8734-8739. Also ours: the person who ties most others together may leave
(`leaves`), and organisations may race on the same problems (`race`).

Left out: people choose whom to believe, remember, specialise and grow tired. Experiments with people disagree about
whether the slower network wins in the end (Mason and Watts 2012 against Brackbill and Centola 2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from choreo.models.nk_landscape import check_interactions, landscape, worth
from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run
from choreo.models.small_world import Network, contacts, lattice, missed_most, rewire
from choreo.words import _, n_

NETWORKS = ("silos", "matrix", "full", "small world", "line", "random")


@dataclass(frozen=True)
class NetworkSearch(Parameters):
    """Who reports to whom, how hard the problem is, and how long there is."""

    network: str = choice("silos", NETWORKS, "who sees whose solutions")
    bridges: int = whole(5, 0, 1000, "how many ties there are between silos (network: silos)", "ties")
    interactions: int = whole(5, 0, 15, "K: how many other elements each element of the problem depends on")
    rounds: int = whole(200, 0, 500, "how much time there is", "rounds")
    every: int = whole(1, 0, 500, "people look at each other every so many rounds; 0 is never", "rounds")
    people: int = whole(100, 1, 400, "how many people search")
    silos: int = whole(10, 1, 100, "how many silos there are, or functions of the matrix")
    components: int = whole(20, 1, 20, "N: how many elements a solution has")
    neighbours: int = whole(4, 0, 50, "how many people each one sees (network: small world; an even number)")
    rewiring: float = number(0.1, 0, 1, "the share of ties that lead anywhere (network: small world)")
    density: float = number(0.05, 0, 1, "the share of all pairs who see each other (network: random)")
    velocity: float = number(1.0, 0, 1, "the chance that a person looks at others when they may")
    error: float = number(0.0, 0, 1, "the chance that an element is taken over wrongly")
    exponent: float = number(8.0, 1, 20, "how much rarer good scores are than good solutions")
    leaves: int = whole(0, 0, 500, "after this round the one who is missed most leaves; 0: nobody does", "rounds")

    def __post_init__(self) -> None:
        """Raise ParameterError for faults of single values, then for interactions or neighbours that do not fit."""
        super().__post_init__()
        check_interactions(type(self).__name__, self.components, self.interactions)
        if self.network == "small world" and (self.neighbours % 2 or self.neighbours >= self.people):
            most = (self.people - 1) // 2 * 2
            raise ParameterError(
                f"NetworkSearch.neighbours = {self.neighbours!r}: must be an even number below people, from 0 to {most}"
            )


def silo_of(params: NetworkSearch) -> np.ndarray:
    """The silo (or function of the matrix) of each person, shape (people,); sizes differ by at most one."""
    return np.arange(params.people) * min(params.silos, params.people) // params.people


def build(params: NetworkSearch, rng: np.random.Generator) -> Network:
    """Who sees whom under `params`."""
    people = params.people
    if params.network == "small world":
        return rewire(lattice(people, params.neighbours), params.rewiring, rng)
    one, other = np.triu_indices(people, 1)
    silo = silo_of(params)
    within = silo[one] == silo[other]
    if params.network == "line":
        seen = other - one == 1
    elif params.network == "random":
        seen = rng.random(len(one)) < params.density
    elif params.network == "matrix":
        project = np.arange(people) - np.searchsorted(silo, silo)
        seen = within | (project[one] == project[other])
    elif params.network == "silos":
        seen = within.copy()
        seen[rng.permutation(np.flatnonzero(~within))[: params.bridges]] = True
    else:
        seen = np.ones(len(one), dtype=bool)
    return Network(people, np.stack([one[seen], other[seen]], axis=1))


def scores(params: NetworkSearch, rng: np.random.Generator) -> np.ndarray:
    """The score of every solution on a landscape drawn at random, in [0, 1], shape (2 ** N,); the best scores 1."""
    values = worth(landscape(params.components, params.interactions, "random", rng))
    values /= values.max()
    values **= params.exponent
    return values


def search(
    params: NetworkSearch, score: np.ndarray, network: Network, rng: np.random.Generator, leaver: int | None = None
) -> np.ndarray:
    """Each person's solution after each round, whole numbers of shape (rounds + 1, people).

    Whoever leaves keeps the last one, and nobody sees it any more; by default the one who is missed most.
    """
    state, changes = _luck(params, rng)
    gone = np.array([missed_most(network) if leaver is None else leaver]) if params.leaves else None
    return _rounds(params, score, contacts(network), state, changes, rng, gone)


def race(
    params: NetworkSearch, networks: Sequence[Network], seeds: Sequence[int], leaver: int | None = None
) -> np.ndarray:
    """The mean score after each round on each network, for the problems of `seeds`; shape (rounds + 1, networks, seeds).

    What `run` comes to with each seed and network, worked out side by side; whoever leaves is the same person everywhere.
    ValueError for slips of copying, which have luck of their own.
    """
    if params.velocity < 1 or params.error:
        raise ValueError("a race has no slips: leave velocity at 1 and error at 0")
    people, size = params.people, 2**params.components
    plain = NetworkSearch(**{spec.name: getattr(params, spec.name) for spec in NetworkSearch.specs()})
    score, starts, changes = zip(*(_problem(plain, seed) for seed in seeds), strict=True)
    states = [start + at * size for at, start in enumerate(starts)]  # a change never touches the bits above
    crowds = len(networks) * len(seeds)
    ties = [
        network.ties + people * (at * len(seeds) + problem)
        for at, network in enumerate(networks)
        for problem in range(len(seeds))
    ]
    everybody = Network(people * crowds, np.concatenate(ties))
    gone = None
    if params.leaves:
        gone = (missed_most(networks[0]) if leaver is None else leaver) + people * np.arange(crowds)
    flat = np.concatenate(score)
    start, luck = np.tile(np.concatenate(states), len(networks)), np.tile(np.concatenate(changes, 1), len(networks))
    history = _rounds(params, flat, contacts(everybody), start, luck, np.random.default_rng(0), gone)
    found = flat[history].reshape(-1, len(networks), len(seeds), people)
    there = _there(params, None if gone is None else int(gone[0]))
    return np.asarray(np.mean(found, axis=3, where=there[:, None, None, :]))


@lru_cache(maxsize=40)  # who draws bridges meets the same problems again and again
def _problem(params: NetworkSearch, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `run` draws with that seed: the score of each solution, what everybody begins with, and tries."""
    rng = np.random.default_rng(seed)
    score = scores(params, rng)
    rng.integers(0, 2**63)  # the luck of ties, which are given
    return score, *_luck(params, rng)


def _there(params: NetworkSearch, leaver: int | None) -> np.ndarray:
    """Who is there after each round, shape (rounds + 1, people); whoever leaves is gone from the round after on."""
    there = np.ones((params.rounds + 1, params.people), dtype=bool)
    if leaver is not None:
        there[params.leaves + 1 :, leaver] = False
    return there


def _luck(params: NetworkSearch, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """What everybody begins with, and the change that each tries in each round, as a bit: shape (rounds, people)."""
    start = rng.integers(0, 2**params.components, params.people)
    return start, 1 << rng.integers(0, params.components, (params.rounds, params.people))


def _rounds(
    params: NetworkSearch,
    score: np.ndarray,
    known_by: tuple[np.ndarray, np.ndarray],
    state: np.ndarray,
    changes: np.ndarray,
    rng: np.random.Generator,
    gone: np.ndarray | None,
) -> np.ndarray:
    """The solutions after each round, shape (rounds + 1, people); `gone` leave after round `params.leaves`."""
    people, rounds, elements = len(state), params.rounds, params.components
    history = np.empty((rounds + 1, people), dtype=np.int32)
    history[0] = state
    start, known = known_by
    seeing = np.diff(start) > 0
    first = start[:-1][seeing]
    rank = np.empty(people, dtype=np.intp)
    nobody = np.empty(0, dtype=np.intp)
    for round_ in range(1, rounds + 1):
        left = gone if gone is not None and round_ > params.leaves else nobody
        mine = score[state]
        ahead = state ^ changes[round_ - 1]
        after = np.where(score[ahead] > mine, ahead, state)
        if params.every and round_ % params.every == 0 and len(first):
            order = np.argsort(mine)
            rank[order] = np.arange(people)
            rank[left] = -1
            leader = np.maximum.reduceat(rank[known], first)
            best = state.copy()
            best[seeing] = np.where(leader < 0, state[seeing], state[order[leader]])
            copies = score[best] > mine
            if params.velocity < 1:
                copies &= rng.random(people) < params.velocity
            if params.error:
                slips = rng.random((people, elements)) < params.error
                best ^= np.sum(slips << np.arange(elements), axis=1)
            after = np.where(copies, best, after)
        after[left] = state[left]
        history[round_] = state = after
    return history


def solutions(history: np.ndarray) -> np.ndarray:
    """How many different solutions there are in each row of `history`, shape (rounds + 1,)."""
    return np.asarray(1 + np.count_nonzero(np.diff(np.sort(history, axis=1), axis=1), axis=1))


def run(params: NetworkSearch, rng: np.random.Generator, network: Network | None = None) -> Run:
    """Search once; `network` replaces the one built from `params`, for ties that a learner drew.

    With one seed, different networks meet the same problem, the same starts and the same luck.

    Clock: `round`. Frames: `score`, uint8, shape (time, people), 255 is the best there is; `solution`, int32, shape
    (time, people), equal numbers for equal solutions. Still: `ties`, uint16, shape (ties, 2), and `gone`, who leaves, shape
    (0,) or (1,). Series, of those who are there: `score` (mean), `best`, `shared` (the share of people who have the best),
    `solutions` (how many different ones). Summary: the last values of these, and `early` (mean score after round 5).
    """
    score = scores(params, rng)
    ties = np.random.default_rng(rng.integers(0, 2**63))
    if network is None:
        network = build(params, ties)
    leaver = missed_most(network) if params.leaves else None
    history = search(params, score, network, rng, leaver)
    found = score[history]
    series = _series(history, found, _there(params, leaver))
    summary = {name: float(values[-1]) for name, values in series.items()}
    summary["early"] = float(series["score"][min(5, params.rounds)])
    return Run(
        summary=summary,
        trace=_trace(params, len(network.ties), series, leaver),
        clock=Clock("round", "rounds", np.arange(params.rounds + 1)),
        series=series,
        frames={"score": np.rint(255 * found).astype(np.uint8), "solution": history},
        still={
            "ties": network.ties.astype(np.uint16),
            "gone": np.array([] if leaver is None else [leaver], dtype=np.uint16),
        },
    )


def _series(history: np.ndarray, found: np.ndarray, there: np.ndarray) -> dict[str, np.ndarray]:
    """What `run` tells round by round of those who are there."""
    best = np.max(found, axis=1, where=there, initial=0)
    somebody = np.argmax(there, axis=1)[:, None]
    own = np.where(there, history, np.take_along_axis(history, somebody, axis=1))
    return {
        "score": np.mean(found, axis=1, where=there),
        "best": best,
        "shared": np.mean(found == best[:, None], axis=1, where=there),
        "solutions": solutions(own),
    }


def run_many(params: NetworkSearch, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` searches, each on a problem of its own, by measure, shape (runs,).

    And what a chart shows, `score_by_round` and so on for each of the series, shape (runs, rounds + 1).
    """
    found = [run(params, rng) for _search in range(runs)]
    names = ("score", "best", "shared", "solutions")
    paths = {name: np.array([one.series[name] for one in found]).reshape(runs, params.rounds + 1) for name in names}
    measures = {name: np.array([one.summary[name] for one in found]) for name in (*names, "early")}
    return measures | {f"{name}_by_round": path for name, path in paths.items()}


def _trace(params: NetworkSearch, ties: int, series: dict[str, np.ndarray], leaver: int | None) -> tuple[str, ...]:
    last = params.rounds
    begin = n_(
        "One person searches; the best solution scores 100%.",
        "{people} people search ({network}; ties: {ties}); the best solution scores 100%.",
        params.people,
    )
    network = {
        "silos": _("silos"),
        "matrix": _("matrix"),
        "full": _("full"),
        "small world": _("small world"),
        "line": _("line"),
        "random": _("random"),
    }[params.network]
    sentences = [begin.format(people=params.people, network=network, ties=ties)]
    for round_ in sorted({min(round_, last) for round_ in (5, 20, last // 2, last)}):
        after = n_(
            "Round {round}: {score:.0%} on average, {best:.0%} at best, one solution for all.",
            "Round {round}: {score:.0%} on average, {best:.0%} at best, {solutions} different solutions.",
            series["solutions"][round_],
        )
        sentences.append(after.format(round=round_, **{name: values[round_] for name, values in series.items()}))
    if leaver is not None:
        leave = _("After round {round} person {number}, who ties most of them together, leaves.")
        sentences.append(leave.format(round=params.leaves, number=leaver + 1))
    if series["solutions"][-1] == 1 < params.people:
        several = np.flatnonzero(series["solutions"] > 1)
        since = several[-1] + 1 if len(several) else 0
        sentences.append(_("From round {round} on all have the same solution.").format(round=since))
    return tuple(sentences)
