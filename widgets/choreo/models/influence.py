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
% of the final say leaves fewer: 2.7.) `shares` says what each first guess counts for, for any susceptibility and number of
rounds.

Ours, too: a hub that speaks last. In the first round it alone moves, to what it hears as far as it is open; what it
says from then on is what it heard, and counts as its first word. Its own guess then counts for w_hub (1 - o + o / n).
With n = 20, h = 0.6, o = 1 that leaves 19.6 minds.

Left out: arguments, facts that arrive in between, and weights that change with experience.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run
from choreo.words import _, n_

NETWORKS = ("hub", "everyone")
SPEAKS = ("first", "last")


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
    speaks: str = choice(
        "first", SPEAKS, "whether the hub speaks at once, or hears all once before it does (network: hub)"
    )


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
    for _squaring in range(2 * math.ceil(math.log2(len(heard) + 1)) + 1):
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
    for _further in range(len(matrix)):
        anchored = anchored | (matrix[:, anchored] > 0).any(axis=1)
    if not anchored.all():
        raise ParameterError(f"susceptibility = {susceptibility!r}: fully susceptible people hear only each other")
    control = np.linalg.solve(np.eye(len(matrix)) - pull[:, None] * matrix, np.diag(1 - pull))
    return np.asarray(np.asarray(start) @ control.T)


def _hub_hears(params: Influence) -> bool:
    """Whether the first round is one in which the hub only listens."""
    return params.network == "hub" and params.speaks == "last" and params.rounds > 0


def _listen(params: Influence, first: np.ndarray) -> Iterator[np.ndarray]:
    """Opinions (..., people) at first and after each round; what people hold on to is what they say first."""
    matrix, pull, said = weights(params), params.susceptibility, first
    yield first
    if _hub_hears(params):
        said = first.copy()
        said[..., 0] = first @ matrix[0]
        yield said
    opinions = said
    for _round in range(params.rounds - _hub_hears(params)):
        opinions = pull * (opinions @ matrix.T) + (1 - pull) * said
        yield opinions


def _measures(params: Influence, opinions: np.ndarray) -> dict[str, np.ndarray]:
    """What the opinions (..., people) come to, by measure, shape (...)."""
    mean = opinions.mean(axis=-1)
    return {"mean": mean, "spread": opinions.std(axis=-1), "error": np.abs(mean - params.truth)}


def shares(params: Influence) -> np.ndarray:
    """What each first guess counts for in the group's average after all rounds, exactly: (people,), adding to 1.

    The average gives each guess a weight: the hub's one, and all others' together one that they share evenly. Each round,
    from the last to the first, passes a part of it (`susceptibility`) on to those listened to; the rest stays where it is.
    """
    others = params.people - 1
    if others == 0:
        return np.ones(1)
    listening = weights(params)
    passing = np.array([[listening[0, 0], listening[0, 1:].sum()], [listening[1, 0], listening[1, 1:].sum()]])
    moving, share = np.array([1, others]) / params.people, np.zeros(2)
    for _round in range(params.rounds - _hub_hears(params)):
        share = share + (1 - params.susceptibility) * moving
        moving = params.susceptibility * (moving @ passing)
    hub_share, rest = share + moving
    if _hub_hears(params):
        hub_share, rest = hub_share * passing[0] + (0, rest)
    return np.array([hub_share, *[rest / others] * others])


def _formulas(params: Influence) -> dict[str, float]:
    influence = 1 / params.people
    if params.network == "hub":
        influence = hub_influence(params.people, params.hub_weight, params.openness)
    share = shares(params)
    return {"hub_influence": influence, "own": float(share[0]), "minds": effective_minds(share)}


def run_many(params: Influence, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` groups, by measure, shape (runs,).

    And `opinion`, in which each ends, shape (runs, people).
    """
    first = rng.normal(params.truth, params.noise, (runs, params.people))
    opinions = deque(_listen(params, first), maxlen=1).pop()
    measures = _measures(params, opinions) | {"alone_error": _measures(params, first)["error"]}
    constant = {name: np.full(runs, value) for name, value in _formulas(params).items()}
    return measures | constant | {"opinion": opinions}


def run(params: Influence, rng: np.random.Generator) -> Run:
    """Let one group judge alone, then listen to each other for `rounds` rounds.

    Clock: `round`. Frames: `opinion`, float32, shape (time, people); with a hub, person 0 is the hub. Series: `mean`,
    `spread` (standard deviation), `error` (of the mean, absolute). Summary: the last value of each, `alone_error` (of
    the plain average before anybody listened), and from the formulas `hub_influence` (the weight that the hub's word has
    if people let go of what they say first entirely; nan if they would not agree), `own` (what the hub's first guess
    counts for in the average) and `minds` (the effective number of minds).
    """
    opinions = np.array([*_listen(params, rng.normal(params.truth, params.noise, params.people))])
    series, clock = _measures(params, opinions), Clock("round", "rounds", np.arange(params.rounds + 1))
    summary = {name: float(values[-1]) for name, values in series.items()}
    summary |= {"alone_error": float(series["error"][0])} | _formulas(params)
    frames = {"opinion": opinions.astype(np.float32)}
    return Run(summary=summary, trace=_trace(params, series, summary), clock=clock, series=series, frames=frames)


def _trace(params: Influence, series: dict[str, np.ndarray], summary: dict[str, float]) -> tuple[str, ...]:
    mean, apart = series["mean"], series["spread"]
    scale = max(abs(params.truth), params.noise)
    digits = max(0, 3 - math.floor(math.log10(scale))) if scale else 1
    begin = n_(
        "One person judges alone: {mean}; {truth:g} is true.",
        "{people} people judge alone: {mean} on average, {apart} apart; {truth:g} is true.",
        params.people,
    )
    first = {"mean": f"{mean[0]:.{digits}f}", "apart": f"{apart[0]:.{digits}f}"}
    sentences = [begin.format(people=params.people, truth=params.truth, **first)]
    if params.people == 1:
        return tuple(sentences)
    if params.rounds == 0 or params.susceptibility == 0:
        sentences.append(_("Nobody moves: all keep their first opinions."))
    else:
        for index in sorted({min(1, params.rounds), len(mean) // 4, params.rounds} - {0}):
            after = _("Round {round}: {mean} on average, {apart} apart.")
            now = {"mean": f"{mean[index]:.{digits}f}", "apart": f"{apart[index]:.{digits}f}"}
            sentences.append(after.format(round=index, **now))
    worth = _("Their average is as good as that of {minds:.1f} people who judge alone and count the same.")
    return (*sentences, worth.format(minds=summary["minds"]))
