"""Axelrod's model on a room's own territory, where every habit that is offered is taken over."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from choreo.live.activities.micro_cultures.game import SAMPLES, Territory, ties_of
from choreo.models.culture import regions, settled

DRAWS = 200_000  # at most, each a site looking at a neighbour
SMALL = 200  # sites up to which the mean of several runs is quick


def spread(
    start: Sequence[Sequence[int]],
    around: Sequence[Sequence[int]],
    chance: random.Random,
    changes: int = 10**9,
    draws: int = DRAWS,
) -> tuple[list[int], np.ndarray]:
    """Let the model play on from `start` until it has made so many changes, or nothing can change, or after so many draws.

    Up to SAMPLES of its states: after how many changes, and the traits, shape (states, sites, topics). In a draw a site
    looks at one of its neighbours; as likely as they have much in common, it takes over one trait that differs.
    """
    now = [list(site) for site in start]
    topics, tie = len(now[0]), ties_of(around)
    every = max(1, len(now) // 2)
    at, states, done, idle = [0], [np.array(now, dtype=np.uint8)], 0, 0
    for _ in range(draws if len(now) > 1 else 0):
        here = int(chance.random() * len(now))
        near = around[here]
        one, other = now[here], now[near[int(chance.random() * len(near))]]
        idle += 1
        if idle == 20 * len(now):
            if settled(np.array(now), tie):
                break
            idle = 0
        if one == other:
            continue
        differing = [topic for topic in range(topics) if one[topic] != other[topic]]
        if chance.random() * topics >= topics - len(differing):
            continue
        topic = differing[int(chance.random() * len(differing))]
        one[topic] = other[topic]
        done, idle = done + 1, 0
        if done == changes:
            break
        if done % every == 0:
            at.append(done)
            states.append(np.array(now, dtype=np.uint8))
            if len(at) > SAMPLES:
                at, states, every = at[::2], states[::2], 2 * every
    if done > at[-1]:
        at.append(done)
        states.append(np.array(now, dtype=np.uint8))
    return at, np.array(states)


def course(
    game: Territory, around: Sequence[Sequence[int]], seed: int, changes: int = 10**9
) -> tuple[list[tuple[int, float]], int]:
    """After how many changes the model has how many regions, from this room's start; and the mean of how many runs."""
    runs = 5 if len(game.sites) <= SMALL else 1
    found = []
    for number in range(runs):
        chance = random.Random(game.seed + seed + number)
        at, states = spread(game.start, around, chance, changes, DRAWS // runs)
        found.append((at, regions(states, ties_of(around))))
    longest = max((at for at, _ in found), key=lambda at: at[-1])
    mean = np.mean([np.interp(longest, at, areas) for at, areas in found], axis=0)
    return list(zip(longest, mean.round(1).tolist(), strict=True)), runs
