"""Mutual learning: an organisation and its people learn from each other, and slow learners make it wiser.

J. G. March, "Exploration and exploitation in organizational learning", Organization Science 2 (1991) 71-87. Reality has
m dimensions, each 1 or -1. Each of n people believes 1, 0 (no opinion) or -1 about each; the organisation's code begins
with no opinion at all. Nobody sees reality. In each round:

1. With probability `turnover` (p3) a person is replaced by somebody with beliefs drawn evenly; with probability
   `turbulence` (p4) a dimension of reality turns over.
2. Each person acts: as they believe, or by the toss of a coin where they have no opinion.
3. Where the code has an opinion, each belief moves with probability `socialisation` (p1) towards it.
4. Among the people who did better than the code, let k be the majority less the minority about a dimension. A code that
   differs from the majority takes its view with probability 1 - (1 - `code_learning` (p2)) ** k.

Knowledge is the share of dimensions on which code or person is right, less the share on which they are wrong: 1 is all,
and 0 what guessing gives.

From the article alone the figures cannot be had again. As the reruns by S. Rodan (2005) and M. Christensen (2015)
found, beliefs move gradually, from -1 over 0 to 1, and the people who did better are found by what they did in this
round, luck included, not by what they know; the code takes over what they did.

A second rate of socialisation for a part of the people is the article's mixture of slow and fast learners.

Left out: people do not learn from each other directly, from reality, or on purpose; the code has no power and no
memory.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import Parameters, number, whole
from choreo.models.run import Clock, Run, moments
from choreo.words import _, n_

MOST_FRAME_BYTES = 1_900_000


@dataclass(frozen=True)
class Learning(Parameters):
    """How fast people and organisation learn from each other, and how much changes meanwhile."""

    socialisation: float = number(0.1, 0, 1, "p1: how fast people take over the official view")
    code_learning: float = number(0.5, 0, 1, "p2: how fast the official view learns from those who do better")
    turnover: float = number(0.0, 0, 1, "p3: the chance that a person is replaced by a newcomer, per round")
    turbulence: float = number(0.0, 0, 1, "p4: the chance that a fact about the world turns over, per round")
    others: float = number(0.0, 0, 1, "the share of people who learn at the other speed")
    other_socialisation: float = number(0.9, 0, 1, "p1 of those: how fast they take over the official view")
    people: int = whole(50, 1, 100, "how many people there are")
    dimensions: int = whole(30, 1, 50, "how many things there are to know")
    rounds: int = whole(200, 0, 1000, "how long it lasts; it ends earlier when nothing can change", "rounds")


@dataclass(frozen=True)
class State:
    """What is true, what the code says and what people believe, for several organisations at once: -1, 0 or 1."""

    reality: np.ndarray  # int8, shape (runs, m)
    code: np.ndarray  # int8, shape (runs, m)
    belief: np.ndarray  # int8, shape (runs, n, m)


def knowledge(view: np.ndarray, reality: np.ndarray) -> np.ndarray:
    """How much a view knows of reality, along the last axis: the share that is right less the share that is wrong."""
    return np.asarray(np.mean(view * reality, axis=-1))


def begin(params: Learning, rng: np.random.Generator, runs: int) -> State:
    """Reality and beliefs drawn evenly, and a code without opinions."""
    shape = (runs, params.dimensions)
    reality = _sides(rng, shape)
    belief = rng.integers(-1, 2, (runs, params.people, params.dimensions), dtype=np.int8)
    return State(reality, np.zeros(shape, dtype=np.int8), belief)


def step(params: Learning, state: State, rng: np.random.Generator) -> State:
    """One round."""
    reality, code, belief = state.reality, state.code, state.belief.copy()
    if params.turnover:
        leaving = rng.random(belief.shape[:2]) < params.turnover
        belief[leaving] = rng.integers(-1, 2, (np.count_nonzero(leaving), params.dimensions), dtype=np.int8)
    if params.turbulence:
        reality = np.where(rng.random(reality.shape) < params.turbulence, -reality, reality)

    action = belief.astype(np.float32)  # sums of such small whole numbers are exact, and floats multiply fastest
    undecided = np.flatnonzero(belief == 0)
    action.ravel()[undecided] = _sides(rng, undecided.shape)
    superior = _rows(action, reality) > np.sum(code * reality, axis=1)[:, None]
    votes = _rows(action.transpose(0, 2, 1), superior)

    pull = np.where(code[:, None] != 0, code[:, None] - belief, np.int8(0))
    apart = np.flatnonzero(pull)
    moving = apart[rng.random(apart.shape) < rates(params)[apart // params.dimensions % params.people]]
    belief.ravel()[moving] += np.sign(pull.ravel()[moving])

    heard = rng.random(code.shape) >= (1 - params.code_learning) ** np.abs(votes).astype(float)
    code = np.where(heard & (votes != 0), np.sign(votes).astype(np.int8), code)
    return State(reality, code, belief)


def rates(params: Learning) -> np.ndarray:
    """The rate of socialisation of each person, shape (people,); those of the other speed come first."""
    other = np.arange(params.people) < round(params.others * params.people)
    return np.where(other, params.other_socialisation, params.socialisation)


def _rows(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The sums of each row of `table`, weighted, for each run: shape (runs, rows)."""
    return np.asarray(np.matmul(table, weights.astype(np.float32)[:, :, None])[:, :, 0])


def settled(params: Learning, state: State) -> np.ndarray:
    """Whether nothing can change any more, shape (runs,): no belief is drawn, and no luck lets anyone beat the code."""
    if params.turnover or params.turbulence:
        return np.zeros(len(state.code), dtype=bool)
    drawn = (state.belief != state.code[:, None]) & (state.code != 0)[:, None]
    still: np.ndarray = ~np.any(drawn, axis=(1, 2))
    calm = np.flatnonzero(still)
    luckiest = np.where(state.belief[calm] == 0, 1, state.belief[calm] * state.reality[calm, None])
    known = np.sum(state.code[calm] * state.reality[calm], axis=1)
    still[calm] = np.all(np.sum(luckiest, axis=2) <= known[:, None], axis=1)
    return still


def run(params: Learning, rng: np.random.Generator, frames: int = 600) -> Run:
    """Follow one organisation until nothing can change, or to the last round.

    Clock: `round`; at most `frames` evenly spaced ones, fewer for large organisations. Frames: `belief`, int8, shape
    (time, people, dimensions); `code` and `reality`, int8, shape (time, dimensions). Series: `code_knowledge`,
    `knowledge` (of people, mean), `agreement` (share of beliefs like the code). Summary: the last values of these, and
    `settled` (the round from which nothing can change; nan if there is none).
    """
    state = begin(params, rng, 1)
    history = [state]
    done = bool(settled(params, state)[0])
    while not done and len(history) <= params.rounds:
        state = step(params, state, rng)
        history.append(state)
        done = bool(settled(params, state)[0])
    reality, code = (np.concatenate([getattr(state, name) for state in history]) for name in ("reality", "code"))
    belief = np.concatenate([state.belief for state in history])
    series = {
        "code_knowledge": knowledge(code, reality),
        "knowledge": knowledge(belief, reality[:, None]).mean(axis=1),
        "agreement": np.mean(belief == code[:, None], axis=(1, 2)),
    }
    summary = {name: float(values[-1]) for name, values in series.items()}
    summary["settled"] = float(len(history) - 1) if done else math.nan
    kept = moments(len(history), max(2, min(frames, MOST_FRAME_BYTES // (params.dimensions * (params.people + 2)))))
    return Run(
        summary=summary,
        trace=_trace(params, series, summary),
        clock=Clock("round", "rounds", kept),
        series={name: values[kept] for name, values in series.items()},
        frames={"belief": belief[kept], "code": code[kept], "reality": reality[kept]},
    )


def run_many(params: Learning, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` organisations, computed together, by measure, shape (runs,).

    And the two that a chart shows, `code_knowledge_by_round` and `knowledge_by_round`, shape (runs, rounds + 1). An
    organisation in which nothing can change any more keeps its values.
    """
    state = begin(params, rng, runs)
    code, people = np.empty((2, runs, params.rounds + 1))
    agreement, since = np.empty(runs), np.full(runs, math.nan)
    active = np.arange(runs)
    for round_ in range(params.rounds + 1):
        if round_:
            state = step(params, state, rng)
        code[active, round_:] = knowledge(state.code, state.reality)[:, None]
        people[active, round_:] = knowledge(state.belief, state.reality[:, None]).mean(axis=1)[:, None]
        agreement[active] = np.mean(state.belief == state.code[:, None], axis=(1, 2))
        going = ~settled(params, state)
        since[active[~going]] = round_
        if not going.any():
            break
        if not going.all():
            active = active[going]
            state = State(state.reality[going], state.code[going], state.belief[going])
    measures = {"code_knowledge": code[:, -1], "knowledge": people[:, -1], "agreement": agreement, "settled": since}
    return measures | {"code_knowledge_by_round": code, "knowledge_by_round": people}


def _sides(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return 2 * rng.integers(0, 2, shape, dtype=np.int8) - 1


def _trace(params: Learning, series: dict[str, np.ndarray], summary: dict[str, float]) -> tuple[str, ...]:
    begin = n_(
        "One person begins at a knowledge of {knowledge:.2f}; 0 is guessing, 1 is all.",
        "{people} people begin at a knowledge of {knowledge:.2f}; 0 is guessing, 1 is all.",
        params.people,
    )
    sentences = [begin.format(people=params.people, knowledge=series["knowledge"][0])]
    last = len(series["knowledge"]) - 1
    for round_ in sorted({min(5, last), last // 4, last // 2, last} - {0}):
        after = n_(
            "After {rounds} round: the organisation knows {code:.2f}, its people {people:.2f}; "
            "{official:.0%} of beliefs are official.",
            "After {rounds} rounds: the organisation knows {code:.2f}, its people {people:.2f}; "
            "{official:.0%} of beliefs are official.",
            round_,
        )
        code, people = series["code_knowledge"][round_], series["knowledge"][round_]
        sentences.append(after.format(rounds=round_, code=code, people=people, official=series["agreement"][round_]))
    if not math.isnan(summary["settled"]):
        if summary["agreement"] == 1:
            sentences.append(_("Now all believe the same, and nothing can be learned any more."))
        else:
            sentences.append(_("Now nothing can be learned any more."))
    return tuple(sentences)
