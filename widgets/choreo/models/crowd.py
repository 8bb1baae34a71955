"""The wisdom of a crowd, and what is left of it when people hear each other's estimates.

S. E. Page, "The Difference" (2007), the diversity prediction theorem: for any estimates x and any true value t

    (mean x - t)^2  =  mean (x - t)^2  -  variance of x,
    the crowd's error = the average person's error - how much people differ.

J. Lorenz, H. Rauhut, F. Schweitzer, D. Helbing, "How social influence can undermine the wisdom of crowd effect", PNAS
108 (2011) 9020-9025: people who see the others' average move together; diversity falls, the crowd gets no better, and
the truth moves to the edge of what people say. J. Becker, D. Brackbill, D. Centola, "Network dynamics of social
influence in the wisdom of crowds", PNAS 114 (2017) E5070-E5076: where all are equally central the crowd gets better,
because people who are right revise less; around one hub it goes where the hub is. One rule, DeGroot's with a
self-weight a, shows both:

    x_i(t + 1) = a_i x_i(t) + (1 - a_i) * mean of x_j(t) over the j that i sees

Ours: the self-weight falls in even steps from `self_weight` + c m for the person nearest the truth to `self_weight` -
c m for the furthest one, where c is the calibration and m the room that is left up to 1 or down to 0. With c = 0
everybody is alike; on networks in which all are equally central the mean then stays exactly where it was.

Left out: persuasive talk, reasons, and rewards for standing out or for fitting in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run
from choreo.words import _, n_

NETWORKS = ("alone", "everyone", "decentralised", "centralised")
SHAPES = ("normal", "lognormal")


@dataclass(frozen=True)
class Crowd(Parameters):
    """How good people's own estimates are, whom they see, and how much they stick to their own."""

    people: int = whole(40, 1, 1000, "how many people estimate", "people")
    network: str = choice("decentralised", NETWORKS, "whose estimates people see: none, all, four others, or one hub's")
    truth: float = number(100.0, 0.001, 1e6, "the true value")
    bias: float = number(0.0, -1, 1, "how far the typical estimate is off, as a share of the truth")
    spread: float = number(0.4, 0, 2, "how much people's own estimates differ, as a share of the truth")
    shape: str = choice("normal", SHAPES, "whether people err to both sides alike, or far more upwards")
    self_weight: float = number(0.5, 0, 1, "how much people stick to their own estimate")
    calibration: float = number(0.5, 0, 1, "how much more those who are nearly right stick to theirs")
    rounds: int = whole(4, 0, 100, "how often people see the others' estimates and revise theirs", "rounds")


def diversity_prediction(estimates: np.ndarray, truth: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The crowd's squared error, the average person's squared error, and the diversity (variance) of their estimates.

    The first is the second less the third. `estimates` of shape (..., people) gives three arrays of shape (...). Raises
    ParameterError if there is nobody.
    """
    estimates = np.asarray(estimates, dtype=float)
    if estimates.ndim == 0 or estimates.shape[-1] == 0:
        raise ParameterError(f"estimates of shape {estimates.shape}: must hold at least one person's estimate")
    off = estimates - truth  # differences before squares, so that large values lose no digits
    crowd = off.mean(axis=-1)
    diversity = np.mean((off - crowd[..., None]) ** 2, axis=-1)
    return crowd**2, np.mean(off**2, axis=-1), diversity


def bracketing(estimates: np.ndarray, truth: float) -> np.ndarray:
    """How central the truth is in what people say: Lorenz's indicator of wisdom as a share of its best value.

    1 if the truth lies in the middle, 0 if it lies outside. `estimates` of shape (..., people) gives (...).
    """
    estimates = np.asarray(estimates, dtype=float)
    low, high = np.sum(estimates <= truth, axis=-1), np.sum(estimates >= truth, axis=-1)
    half = (estimates.shape[-1] + 1) // 2
    return np.asarray(np.minimum(np.minimum(low, high), half) / half)


def seen(params: Crowd, rng: np.random.Generator) -> np.ndarray:
    """Who sees whose estimate with which weight: (people, people), rows add to 1 (to 0 for those who see nobody).

    `everyone` sees the average of all; `decentralised` four others on a ring in random order (fewer in tiny groups);
    around a hub, person 0, the hub sees all others and they see the hub.
    """
    n = params.people
    if params.network == "alone" or n == 1:
        return np.zeros((n, n))
    if params.network == "everyone":
        return np.full((n, n), 1 / n)
    weights = np.zeros((n, n))
    if params.network == "centralised":
        weights[1:, 0] = 1
        weights[0, 1:] = 1 / (n - 1)
        return weights
    ring = rng.permutation(n)
    for step in (1, 2):
        weights[ring, np.roll(ring, step)] = 1
        weights[ring, np.roll(ring, -step)] = 1
    np.fill_diagonal(weights, 0)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def first_estimates(params: Crowd, rng: np.random.Generator, runs: int) -> np.ndarray:
    """What people estimate alone, shape (runs, people). `lognormal` keeps the median at truth times 1 + bias."""
    noise = rng.standard_normal((runs, params.people))
    if params.shape == "normal":
        return np.asarray(params.truth * (1 + params.bias + params.spread * noise))
    return np.asarray(params.truth * (1 + params.bias) * np.exp(params.spread * noise))


def self_weights(params: Crowd, estimates: np.ndarray) -> np.ndarray:
    """How much each person sticks to their own estimate, in [0, 1]; the shape of `estimates`, (..., people)."""
    if params.people == 1:
        return np.ones_like(estimates)
    nearness = np.argsort(np.argsort(-np.abs(estimates - params.truth), axis=-1, kind="stable"), axis=-1, kind="stable")
    room = min(params.self_weight, 1 - params.self_weight)
    return np.asarray(params.self_weight + params.calibration * room * (2 * nearness / (params.people - 1) - 1))


def _revise(params: Crowd, rng: np.random.Generator, runs: int) -> np.ndarray:
    """Estimates after every round, shape (rounds + 1, runs, people)."""
    history = np.empty((params.rounds + 1, runs, params.people))
    history[0] = first_estimates(params, rng, runs)
    own = self_weights(params, history[0])
    weights = seen(params, rng)
    sees = weights.any(axis=1)
    for index in range(params.rounds):
        before = history[index]
        history[index + 1] = np.where(sees, own * before + (1 - own) * (before @ weights.T), before)
    return history


def _measures(params: Crowd, estimates: np.ndarray) -> dict[str, np.ndarray]:
    """What the estimates (..., people) come to, by measure, shape (...)."""
    crowd, average, diversity = diversity_prediction(estimates, params.truth)
    return {
        "mean": estimates.mean(axis=-1),
        "median": np.median(estimates, axis=-1),
        "crowd_error": crowd,
        "average_error": average,
        "diversity": diversity,
        "bracketing": bracketing(estimates, params.truth),
    }


def _gain(params: Crowd, crowd_error: np.ndarray) -> np.ndarray:
    return np.asarray((np.sqrt(crowd_error[0]) - np.sqrt(crowd_error[-1])) / params.truth)


def run_many(params: Crowd, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` crowds on one network, by measure, shape (runs,).

    And the estimates themselves, `first` and `last`, shape (runs, people).
    """
    history = _revise(params, rng, runs)[[0, -1]]
    found = _measures(params, history)
    measures = {name: values[-1] for name, values in found.items()} | {"gain": _gain(params, found["crowd_error"])}
    return measures | {"first": history[0], "last": history[-1]}


def run(params: Crowd, rng: np.random.Generator) -> Run:
    """Let one crowd estimate alone and then revise for `rounds` rounds.

    Clock: `round`. Frames: `estimate`, float32, shape (time, people); around a hub, person 0 is the hub. Series:
    `mean`, `median`, `crowd_error`, `average_error`, `diversity` (all squared, as in the theorem), `bracketing`.
    Summary: the last value of each, and `gain`: by how much the crowd's error (absolute, not squared) fell, as a share
    of the truth.
    """
    estimates = _revise(params, rng, 1)[:, 0]
    series = _measures(params, estimates)
    summary = {name: float(values[-1]) for name, values in series.items()}
    summary["gain"] = float(_gain(params, series["crowd_error"]))
    clock = Clock("round", "rounds", np.arange(params.rounds + 1))
    frames = {"estimate": estimates.astype(np.float32)}
    return Run(summary=summary, trace=_trace(params, series), clock=clock, series=series, frames=frames)


def _trace(params: Crowd, series: dict[str, np.ndarray]) -> tuple[str, ...]:
    mean, apart, off = series["mean"], np.sqrt(series["diversity"]), np.sqrt(series["crowd_error"])
    digits = max(0, 3 - math.floor(math.log10(params.truth)))
    first, last = (
        {"mean": f"{mean[at]:.{digits}f}", "apart": f"{apart[at]:.{digits}f}", "off": f"{off[at]:.{digits}f}"}
        for at in (0, -1)
    )
    begin = n_(
        "One person estimates {mean}; {truth:g} is true, so the estimate is off by {off}.",
        "{people} people estimate alone: {mean} on average, {apart} apart; {truth:g} is true, "
        "so the crowd is off by {off}.",
        params.people,
    )
    sentences = [begin.format(people=params.people, truth=params.truth, **first)]
    if params.rounds == 0 or params.network == "alone" or params.people == 1:
        return tuple(sentences)
    then = _("Round {round}: {mean} on average, {apart} apart, off by {off}.")
    sentences.append(then.format(round=params.rounds, **last))
    even = 1e-9 * params.truth
    if apart[-1] < apart[0] - even:
        sentences.append(_("People agree more than before."))
    elif apart[-1] > apart[0] + even:
        sentences.append(_("People agree less than before."))
    else:
        sentences.append(_("People agree as much as before."))
    if off[-1] < off[0] - even:
        sentences.append(_("The crowd has become better."))
    elif off[-1] > off[0] + even:
        sentences.append(_("The crowd has become worse."))
    else:
        sentences.append(_("The crowd has become neither better nor worse."))
    return tuple(sentences)
