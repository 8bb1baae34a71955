"""Social influence: people who move towards the opinions they listen to, and how much of a group's wisdom survives it.

M. H. DeGroot, "Reaching a consensus", Journal of the American Statistical Association 69 (1974) 118-121; N. E.
Friedkin, E. C. Johnsen, "Social influence and opinions", Journal of Mathematical Sociology 15 (1990) 193-206. Row i
of W holds the weights that person i gives to everybody (they add to 1), S the susceptibilities:

    DeGroot             x(t + 1) = W x(t)                          ends in sum_i w_i x_i(0) for all, with w = w W, sum
    w = 1 Friedkin & Johnsen  x(t + 1) = S W x(t) + (1 - S) x(0)         ends in (1 - S W)^-1 (1 - S) x(0)

Ours: one hub. The others each give the hub the weight h and share the rest evenly among themselves and with
themselves; the hub spreads the share o of its attention evenly over all n people (itself included), the rest it
keeps. Then the hub's influence on the agreement is

    w_hub = h / (h + o (n - 1) / n),

and opinions that err independently end up exactly as reliable as the plain average of 1 / sum w_i^2 independent
people: the effective number of minds. With n = 20, h = 0.6, o = 1: w_hub = 0.387 and 5.9 minds. (A voice that has 60
% of the final say leaves fewer: 2.7.)

Left out: arguments, facts that arrive in between, and weights that change with experience.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Run

NETWORKS = ("hub", "everyone")


@dataclass(frozen=True)
class Influence(Parameters):
    """Who listens to whom, and how much of their first opinion people keep."""

    people: int = whole(20, 1, 500, "how many people judge", "people")
    network: str = choice("hub", NETWORKS, "whether one voice has a weight of its own, or all count the same")
    hub_weight: float = number(0.6, 0, 1, "the weight that everybody gives the hub (network: hub)")
    openness: float = number(1.0, 0, 1, "the share of its attention that the hub gives to all, itself included")
    susceptibility: float = number(1.0, 0, 1, "how far people let go of their first opinion (1: DeGroot)")
    truth: float = number(100.0, -1e6, 1e6, "the true value of what they judge")
    noise: float = number(20.0, 0, 1e6, "how far people are off when they judge alone (standard deviation)")
    rounds: int = whole(30, 0, 500, "how often they listen to each other", "rounds")


def everyone(people: int) -> np.ndarray:
    """The weights of a group in which all count the same for all, themselves included: (people, people)."""
    return np.full((people, people), 1 / people)


def hub(people: int, hub_weight: float, openness: float) -> np.ndarray:
    """The weights of a group around one hub, who is person 0: (people, people), rows add to 1."""
    weights = np.full((people, people), (1 - hub_weight) / max(people - 1, 1))
    weights[:, 0] = hub_weight
    weights[0] = openness / people
    weights[0, 0] += 1 - openness
    return weights


def hub_influence(people: int, hub_weight: float, openness: float) -> float:
    """The hub's share in the final agreement, by the formula; nan if hub and others never hear each other."""
    if people == 1:
        return 1.0
    if hub_weight == 0 and openness == 0:
        return math.nan
    return hub_weight / (hub_weight + openness * (people - 1) / people)


def weights(params: Influence) -> np.ndarray:
    """Who gives how much weight to whom: (people, people), rows add to 1."""
    if params.network == "everyone":
        return everyone(params.people)
    return hub(params.people, params.hub_weight, params.openness)


def _checked(matrix: np.ndarray) -> np.ndarray:
    matrix = np.asarray(matrix, dtype=float)
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1] > 0
    if not square or not (matrix >= 0).all() or not np.allclose(matrix.sum(axis=1), 1, atol=1e-9):
        raise ParameterError(f"weights of shape {matrix.shape}: must be square, at least 0, and each row must add to 1")
    return matrix


def reaches_consensus(matrix: np.ndarray) -> bool:
    """Whether DeGroot's process ends in one opinion from any start: somebody in the end reaches everybody at once."""
    heard = (_checked(matrix) > 0).astype(np.float32)
    for _ in range(2 * math.ceil(math.log2(len(heard) + 1)) + 1):
        heard = (heard @ heard > 0).astype(np.float32)
    return bool(heard.all(axis=0).any())


def social_influence(matrix: np.ndarray) -> np.ndarray:
    """How much each first opinion counts in the final agreement, shape (people,), adding to 1 (DeGroot's theorem).

    `matrix` holds the weights, rows adding to 1. Raises ParameterError if no agreement comes about.
    """
    matrix = _checked(matrix)
    if not reaches_consensus(matrix):
        raise ParameterError(f"weights of shape {matrix.shape}: people never agree; somebody must reach everybody")
    people = len(matrix)
    equations = np.concatenate([np.eye(people) - matrix.T, np.ones((1, people))])
    solution = np.linalg.lstsq(equations, np.append(np.zeros(people), 1.0), rcond=None)[0]
    return np.asarray(np.clip(solution, 0, None) / np.clip(solution, 0, None).sum())


def effective_minds(influence: np.ndarray) -> float:
    """How many people who count the same would judge as well: 1 / sum of squares; from 1 to the number of people."""
    return float(1 / np.sum(np.square(influence)))


def settled(matrix: np.ndarray, susceptibility: float | np.ndarray, start: np.ndarray) -> np.ndarray:
    """The opinions in which Friedkin and Johnsen's process ends (DeGroot's, if everybody is fully susceptible).

    `start` has shape (..., people); `susceptibility` is one number or one per person, in [0, 1]. Raises
    ParameterError if some fully susceptible people never agree.
    """
    matrix = _checked(matrix)
    pull = np.broadcast_to(np.asarray(susceptibility, dtype=float), (len(matrix),))
    if not ((pull >= 0) & (pull <= 1)).all():
        raise ParameterError(f"susceptibility = {susceptibility!r}: must lie from 0 to 1")
    pull = np.where(pull > 1 - 1e-8, 1.0, pull)  # closer to 1 the equations lose all digits
    if (pull == 1).all():
        agreement = np.asarray(start) @ social_influence(matrix)
        return np.repeat(agreement[..., None], len(matrix), axis=-1)
    anchored = pull < 1
    for _ in range(len(matrix)):
        anchored = anchored | (matrix[:, anchored] > 0).any(axis=1)
    if not anchored.all():
        raise ParameterError(f"susceptibility = {susceptibility!r}: fully susceptible people hear only each other")
    control = np.linalg.solve(np.eye(len(matrix)) - pull[:, None] * matrix, np.diag(1 - pull))
    return np.asarray(np.asarray(start) @ control.T)


def _listen(params: Influence, start: np.ndarray) -> np.ndarray:
    """Opinions after each round: `start` of shape (people,) or (runs, people) gives (rounds + 1, ...)."""
    matrix, pull = weights(params), params.susceptibility
    opinions = np.empty((params.rounds + 1, *start.shape))
    opinions[0] = start
    for index in range(params.rounds):
        opinions[index + 1] = pull * (opinions[index] @ matrix.T) + (1 - pull) * start
    return opinions


def run_many(params: Influence, rng: np.random.Generator, runs: int) -> np.ndarray:
    """The opinions in which `runs` groups end, shape (runs, people)."""
    opinions = rng.normal(params.truth, params.noise, (runs, params.people))
    first, matrix, pull = opinions, weights(params), params.susceptibility
    for _ in range(params.rounds):
        opinions = pull * (opinions @ matrix.T) + (1 - pull) * first
    return opinions


def run(params: Influence, rng: np.random.Generator) -> Run:
    """Let one group judge alone, then listen to each other for `rounds` rounds.

    Frames: `opinion`, float32, shape (rounds + 1, people); with a hub, person 0 is the hub. Series: `round`, `mean`,
    `spread` (standard deviation), `error` (of the mean, absolute). Summary: the last value of each, `alone_error` (of
    the plain average before anybody listened), and from the formulas `hub_influence` and `minds` (the effective
    number of minds if people let go of their first opinions entirely; nan if they would not agree).
    """
    opinions = _listen(params, rng.normal(params.truth, params.noise, params.people))
    mean = opinions.mean(axis=1)
    series = {
        "round": np.arange(len(opinions)),
        "mean": mean,
        "spread": opinions.std(axis=1),
        "error": np.abs(mean - params.truth),
    }
    share = 1 / params.people
    if params.network == "hub":
        share = hub_influence(params.people, params.hub_weight, params.openness)
    others = (1 - share) / max(params.people - 1, 1)
    summary = {name: float(values[-1]) for name, values in series.items()}
    summary |= {
        "alone_error": float(series["error"][0]),
        "hub_influence": share,
        "minds": 1 / (share**2 + (params.people - 1) * others**2),
    }
    frames = {"opinion": opinions.astype(np.float32)}
    return Run(summary=summary, trace=_trace(params, series, summary), series=series, frames=frames)


def _trace(params: Influence, series: dict[str, np.ndarray], summary: dict[str, float]) -> tuple[str, ...]:
    mean, spread = series["mean"], series["spread"]
    alone = f"{mean[0]:.1f} on average, {spread[0]:.1f} apart; {params.truth:g} is true"
    sentences = [f"{params.people} people judge alone: {alone}."]
    for index in sorted({1, len(mean) // 4, len(mean) - 1} - {0}):
        if index < len(mean):
            sentences.append(f"Round {index}: {mean[index]:.1f} on average, {spread[index]:.1f} apart.")
    if math.isnan(summary["minds"]):
        sentences.append("The hub and the others never hear each other: there is no common judgement.")
    else:
        sentences.append(f"Agreeing this way, they judge as well as {summary['minds']:.1f} people who count the same.")
    return tuple(sentences)
