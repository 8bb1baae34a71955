"""The Emperor's Dilemma: a norm that almost nobody believes in, kept up by people who enforce it on each other.

D. Centola, R. Willer, M. Macy, "The emperor's dilemma: a computational model of self-enforcing norms", American
Journal of Sociology 110 (2005) 1009-1040. Person i has a belief B (1 for the norm, -1 against it), a conviction S,
and two public acts: C, to comply (1) or to deviate (-1), and E, to enforce compliance (1), deviance (-1) or nothing
(0). With N neighbours j and the cost k of enforcing, in this order:

    C = -B  if  (-B / N) * sum E_j > S,                  else B
    E = -B  if  (-B / N) * sum E_j > S + k  and C = -B   (enforcing what one does not believe)
    E =  B  if  S * W > k  and C = B,  W = (1 - (B / N) * sum C_j) / 2, the share of neighbours who act against B
    E =  0  otherwise

At first all act as they believe and nobody enforces. Believers have S = 1; the others' convictions are even between 0
and a low maximum. In each round everyone decides once, one after another in random order. Published: among neighbours a
few believers bring about near-total false compliance and false enforcement, where with everybody in sight of everybody
they do not; ties across the map and more believers can make it less likely. In our set-up (the defaults) that holds
within limits. With everybody in sight 10 % believers bring a quarter of the others to comply, 30 % all of them. On the
map 1 % bring 2 %, 3 to 20 % bring 99 %, and 40 % bring about 90 %; ties that all lead anywhere lower 99 % to about 70 %.

Ours: people stand on a map that wraps around (the paper's map is irregular), and people whose neighbourhood has not
changed since they last decided are skipped, because they would decide the same. Ties have a stream of luck of their own,
so that `rewiring` changes nobody's belief, conviction or turn. And enforcing may cost more, or less, after some rounds
(`cost_later`), so that keeping a rule from coming up can be told from being rid of it. Left out: the paper's variant in
which acts change beliefs, punishments that hurt, memory, and leaders.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np

from choreo.models.parameter import Parameters, choice, number, whole
from choreo.models.run import Clock, Run
from choreo.words import _, n_

NETWORKS = ("neighbours", "everyone")
NEIGHBOURS = ("8", "4")
PLACEMENTS = ("scattered", "clustered")
STEPS = ((0, 1), (1, 0), (1, 1), (1, -1))
COMPLIES, ENFORCES, ENFORCES_DEVIANCE, BELIEVES = 1, 2, 4, 8  # the bits of a person's state
WORDS = {0: 0, 1: ENFORCES, -1: ENFORCES_DEVIANCE}


@dataclass(frozen=True)
class Emperor(Parameters):
    """Who believes, how firmly the others object, and what it costs to correct one another."""

    believers: float = number(0.05, 0, 1, "the share of people who truly believe in the norm")
    conviction: float = number(0.38, 0, 1, "how firm the firmest of the others is; theirs are even between 0 and this")
    cost: float = number(0.125, 0, 1, "how much it takes out of people to correct others in public")
    network: str = choice("neighbours", NETWORKS, "who sees and corrects whom")
    neighbours: str = choice("8", NEIGHBOURS, "how many neighbours each person has (network: neighbours)")
    rewiring: float = number(0.0, 0, 1, "the chance that a tie leads anywhere on the map (network: neighbours)")
    placement: str = choice("scattered", PLACEMENTS, "whether believers stand anywhere or together")
    rows: int = whole(32, 1, 64, "how many rows of people the map has", "people")
    columns: int = whole(32, 1, 64, "how many people stand in one row", "people")
    rounds: int = whole(150, 0, 1000, "how often everyone decides", "rounds")
    cost_later: float = number(0.125, 0, 1, "what it takes once `later` rounds have passed")
    later: int = whole(0, 0, 1000, "after how many rounds the cost changes; 0: never", "rounds")


def beliefs(params: Emperor, rng: np.random.Generator) -> np.ndarray:
    """Who believes in the norm, bool, shape (people,), row by row; a cluster stands around the middle of the map."""
    people = params.rows * params.columns
    if params.placement == "scattered":
        order = rng.permutation(people)
    else:
        row, column = np.divmod(np.arange(people), params.columns)
        order = np.argsort((row - params.rows // 2) ** 2 + (column - params.columns // 2) ** 2, kind="stable")
    believes = np.zeros(people, dtype=bool)
    believes[order[: round(params.believers * people)]] = True
    return believes


def ties(params: Emperor, rng: np.random.Generator) -> list[list[int]]:
    """The neighbours of each person, after rewiring: each tie keeps one end and leads to anyone not yet tied to it."""
    people = params.rows * params.columns
    here = np.arange(people).reshape(params.rows, params.columns)
    around: list[set[int]] = [set() for _person in range(people)]
    for step in STEPS[: int(params.neighbours) // 2]:
        there = np.roll(here, (-step[0], -step[1]), axis=(0, 1))
        for one, other in zip(here.ravel().tolist(), there.ravel().tolist(), strict=True):
            if one != other:
                around[one].add(other)
                around[other].add(one)
    pairs = [(one, other) for one in range(people) for other in sorted(around[one]) if one < other]
    for moved in np.flatnonzero(rng.random(len(pairs)) < params.rewiring).tolist():
        one, other = pairs[moved]
        if len(around[one]) < people - 1:
            while (anyone := int(rng.integers(people))) == one or anyone in around[one]:
                pass
            around[one].remove(other)
            around[other].remove(one)
            around[one].add(anyone)
            around[anyone].add(one)
    return [sorted(neighbours) for neighbours in around]


def _rounds(params: Emperor, rng: np.random.Generator, firm: list[float], state: list[int]) -> Iterator[bool]:
    """Let everyone decide once per step, changing `state` in place (bits as in `run`); whether anything may change yet."""
    people, everyone, cost = len(state), params.network == "everyone", params.cost
    luck = np.random.default_rng(rng.integers(2**63))
    around = [] if everyone else ties(params, luck)
    degree = [people - 1] * people if everyone else [len(near) for near in around]
    belief = [1 if bits & BELIEVES else -1 for bits in state]
    comply, enforce = list(belief), [0] * people
    complying, enforcing = [sum(comply[j] for j in near) for near in around], [0] * people
    total_comply, total_enforce = sum(comply), 0
    ask = [True] * people
    for step in count(1):
        changed = False
        if step == params.later + 1 > 1:
            cost, ask = params.cost_later, [True] * people
        for i in rng.permutation(people).tolist():
            if not ask[i]:
                continue
            b, n = belief[i], degree[i]
            if everyone:
                push, agree = -b * (total_enforce - enforce[i]), b * (total_comply - comply[i])
            else:
                push, agree = -b * enforcing[i], b * complying[i]
                ask[i] = False
            if push > firm[i] * n:
                act, word = -b, (-b if push > (firm[i] + cost) * n else 0)
            else:
                act, word = b, (b if firm[i] * (n - agree) / 2 > cost * n else 0)
            more, louder = act - comply[i], word - enforce[i]
            if more or louder:
                changed = True
                comply[i], enforce[i] = act, word
                state[i] = state[i] & BELIEVES | (act > 0) * COMPLIES | WORDS[word]
                total_comply += more
                total_enforce += louder
                for j in around[i] if around else ():
                    complying[j] += more
                    enforcing[j] += louder
                    ask[j] = True
        yield changed or step <= params.later


def _start(params: Emperor, rng: np.random.Generator) -> tuple[list[float], list[int]]:
    """Everybody's conviction, and the state in which they begin: acting as they believe."""
    believes = beliefs(params, rng)
    firm = np.where(believes, 1.0, rng.uniform(0, params.conviction, len(believes)))
    return firm.tolist(), ((BELIEVES | COMPLIES) * believes).tolist()


def compliance(state: np.ndarray) -> np.ndarray:
    """The share of those who do not believe that comply all the same (0 if all believe): (..., people) gives (...)."""
    doubters = state & BELIEVES == 0
    return np.asarray(np.sum(doubters & (state & COMPLIES > 0), axis=-1) / np.maximum(np.sum(doubters, axis=-1), 1))


def enforcement(state: np.ndarray) -> np.ndarray:
    """The share of those who do not believe that enforce the norm on others (0 if all believe); shapes as above."""
    doubters = state & BELIEVES == 0
    return np.asarray(np.sum(doubters & (state & ENFORCES > 0), axis=-1) / np.maximum(np.sum(doubters, axis=-1), 1))


def public(state: np.ndarray) -> np.ndarray:
    """The share of all people who comply, as anyone can see it; shapes as above."""
    return np.asarray(np.mean(state & COMPLIES > 0, axis=-1))


def _measures(state: np.ndarray) -> dict[str, np.ndarray]:
    return {"compliance": compliance(state), "enforcement": enforcement(state), "public": public(state)}


def run_many(params: Emperor, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` populations, by measure, shape (runs,).

    And the `state` in which each ends, uint8, shape (runs, people); bits as in `run`.
    """
    ends, settled = np.empty((runs, params.rows * params.columns), dtype=np.uint8), np.zeros(runs)
    for index in range(runs):
        firm, state = _start(params, rng)
        steps = _rounds(params, rng, firm, state)
        settled[index] = not all(next(steps) for _round in range(params.rounds))
        ends[index] = state
    return _measures(ends) | {"settled": settled, "state": ends}


def run(params: Emperor, rng: np.random.Generator) -> Run:
    """Run `rounds` rounds, or fewer if nobody changes any more.

    Clock: `round`; evenly spaced ones where all would pass 2 MB. Frames: `state`, uint8, shape (time, people): bit 0
    complies, bit 1 enforces the norm, bit 2 enforces deviance, bit 3 believes. Series: `compliance` and `enforcement`
    (among those who do not believe), `public` (among all). Summary: the last value of each, and `settled` (1 if nobody
    changes any more).
    """
    firm, state = _start(params, rng)
    every = math.ceil((params.rounds + 2) * len(state) / 2_000_000)
    history, kept, changed = [bytes(state)], [0], True
    steps = _rounds(params, rng, firm, state)
    for step in range(1, params.rounds + 1):
        changed = next(steps)
        if step % every == 0 or step == params.rounds or not changed:
            history.append(bytes(state))
            kept.append(step)
        if not changed:
            break
    states = np.frombuffer(b"".join(history), dtype=np.uint8).reshape(len(history), len(state))
    series, clock = _measures(states), Clock("round", "rounds", np.array(kept))
    summary = {name: float(values[-1]) for name, values in series.items()} | {"settled": float(not changed)}
    trace = _trace(states, clock.times, series, summary)
    return Run(summary=summary, trace=trace, clock=clock, series=series, frames={"state": states})


def _trace(
    states: np.ndarray, rounds: np.ndarray, series: dict[str, np.ndarray], summary: dict[str, float]
) -> tuple[str, ...]:
    people, believers = states.shape[1], int(np.count_nonzero(states[0] & BELIEVES))
    begin = n_(
        "{believers} of {people} believes in the rule; nobody has hushed anyone yet.",
        "{believers} of {people} believe in the rule; nobody has hushed anyone yet.",
        believers,
    )
    sentences = [begin.format(believers=believers, people=people)]
    for index in sorted({round(part * (len(states) - 1)) for part in (0.1, 0.25, 0.5)} - {0, len(states) - 1}):
        after = _(
            "Round {round}: of the others, {complying:.0%} keep the rule and {correcting:.0%} hush their neighbours."
        )
        complying, correcting = series["compliance"][index], series["enforcement"][index]
        sentences.append(after.format(round=rounds[index], complying=complying, correcting=correcting))
    end = _("In the end {public:.0%} keep the rule in public; {believers:.0%} believe in it.")
    return (*sentences, end.format(public=summary["public"], believers=believers / people))
