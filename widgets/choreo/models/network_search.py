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
collective intelligence", PNAS 115 (2018) 8734-8739.

Left out: people choose whom to believe, remember, specialise and grow tired. Experiments with people disagree about
whether the slower network wins in the end (Mason and Watts 2012 against Brackbill and Centola 2020).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from choreo.models.nk_landscape import check_interactions, landscape, worth
from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Run
from choreo.models.small_world import Network, contacts, lattice, rewire

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


def search(params: NetworkSearch, score: np.ndarray, network: Network, rng: np.random.Generator) -> np.ndarray:
    """Each person's solution after each round, whole numbers of shape (rounds + 1, people)."""
    people, rounds, elements = params.people, params.rounds, params.components
    history = np.empty((rounds + 1, people), dtype=np.int32)
    history[0] = state = rng.integers(0, 2**elements, people)
    changes = 1 << rng.integers(0, elements, (rounds, people))
    start, known = contacts(network)
    seeing = np.diff(start) > 0
    first = start[:-1][seeing]
    rank = np.empty(people, dtype=np.intp)
    for round_ in range(1, rounds + 1):
        mine = score[state]
        ahead = state ^ changes[round_ - 1]
        after = np.where(score[ahead] > mine, ahead, state)
        if params.every and round_ % params.every == 0 and len(first):
            order = np.argsort(mine)
            rank[order] = np.arange(people)
            best = state.copy()
            best[seeing] = state[order[np.maximum.reduceat(rank[known], first)]]
            copies = score[best] > mine
            if params.velocity < 1:
                copies &= rng.random(people) < params.velocity
            if params.error:
                slips = rng.random((people, elements)) < params.error
                best ^= np.sum(slips << np.arange(elements), axis=1)
            after = np.where(copies, best, after)
        history[round_] = state = after
    return history


def solutions(history: np.ndarray) -> np.ndarray:
    """How many different solutions there are in each row of `history`, shape (rounds + 1,)."""
    return np.asarray(1 + np.count_nonzero(np.diff(np.sort(history, axis=1), axis=1), axis=1))


def run(params: NetworkSearch, rng: np.random.Generator, network: Network | None = None) -> Run:
    """Search once; `network` replaces the one built from `params`, for ties that a learner drew.

    With one seed, different networks meet the same problem, the same starts and the same luck.

    Frames: `score`, uint8, shape (time, people), 255 is the best there is; `solution`, int32, shape (time, people),
    equal numbers for equal solutions; `tie`, uint16, shape (1, ties, 2). Series, one value per round: `round`, `score`
    (mean), `best`, `solutions` (how many different ones). Summary: the last values of these, and `early` (mean score
    after round 5).
    """
    score = scores(params, rng)
    ties = np.random.default_rng(rng.integers(0, 2**63))
    if network is None:
        network = build(params, ties)
    history = search(params, score, network, rng)
    found = score[history]
    series = {
        "round": np.arange(params.rounds + 1),
        "score": np.mean(found, axis=1),
        "best": np.max(found, axis=1),
        "solutions": solutions(history),
    }
    summary = {name: float(values[-1]) for name, values in series.items() if name != "round"}
    summary["early"] = float(series["score"][min(5, params.rounds)])
    return Run(
        summary=summary,
        trace=_trace(params, len(network.ties), series),
        series=series,
        frames={
            "score": np.rint(255 * found).astype(np.uint8),
            "solution": history,
            "tie": network.ties[None].astype(np.uint16),
        },
    )


def run_many(params: NetworkSearch, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The series of `runs` searches, each on a problem of its own; every array has shape (runs, rounds + 1)."""
    names = ("score", "best", "solutions")
    found = [run(params, rng).series for _ in range(runs)]
    return {name: np.array([series[name] for series in found]).reshape(runs, params.rounds + 1) for name in names}


def _trace(params: NetworkSearch, ties: int, series: dict[str, np.ndarray]) -> tuple[str, ...]:
    last = params.rounds
    sentences = [f"{params.people} people search ({params.network}, {ties} ties); the best solution scores 100%."]
    for round_ in sorted({min(round_, last) for round_ in (5, 20, last // 2, last)}):
        sentences.append(
            f"After {round_} rounds: {series['score'][round_]:.0%} on average, {series['best'][round_]:.0%} at best, "
            f"{series['solutions'][round_]} different solutions."
        )
    if series["solutions"][-1] == 1 < params.people:
        several = np.flatnonzero(series["solutions"] > 1)
        sentences.append(f"From round {several[-1] + 1 if len(several) else 0} on all have the same solution.")
    return tuple(sentences)
