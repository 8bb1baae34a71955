"""Diverse problem solvers: a team drawn at random against a team of the best.

L. Hong and S. E. Page, "Groups of diverse problem solvers can outperform groups of high-ability problem solvers", PNAS
101 (2004) 16385-16389. The problem is a ring of n positions, each with a value drawn evenly from [0, 100]. A problem
solver is an ordered list of k different steps out of 1 ... l. From where they stand they try their steps in turn, round
and round: where a step leads to a higher value they go there, and the next step is tried from there; they stop when
none of the k helps. A person's ability is the mean value at which they stop, over all n starts. In a team the first
person searches, the next one takes over where the first stopped, and so on round the table until nobody can improve.

Two teams solve the same problem: those of highest ability, and people drawn at random from everybody. The diversity of
a team is the mean, over its pairs, of the share of places in the list where the two differ. The paper prints 71 to 75 %
for the teams of the best; reruns of the same rule, this one too, find about 85 %.

Ours: nothing but the way it is computed. A person is a map from starts to ends. It is found by doubling the map of one
round of steps; and to begin one step earlier in a circle of steps is to take that step and then search as before.

Left out: people understand each other perfectly, agree at once which of two solutions is better, and cost nothing. On
landscapes with structure the best regain ground (Grim et al. 2019).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, whole
from choreo.models.run import Clock, Run, summaries
from choreo.words import _, n_

MOST_SOLVERS = 7000  # different people who are ranked; three steps out of 20 make 6840
MOST_ENDS = 14_000_000  # people times positions, so that a run stays below half a second
SHOWN = 200  # searches on the stage, from evenly spaced starts
CHUNK = 1 << 17  # ends computed at a time: a megabyte, which a processor's cache holds


@dataclass(frozen=True)
class ProblemSolvers(Parameters):
    """The problem, and who is on the team."""

    team: int = whole(10, 1, 30, "how many people are on a team")
    reach: int = whole(12, 1, 20, "l: the longest step that anybody knows")
    steps: int = whole(3, 1, 7, "k: how many different steps each person knows")
    positions: int = whole(2000, 1, 10_000, "n: how many solutions the problem has")

    def __post_init__(self) -> None:
        """Raise ParameterError for faults of single values, then for settings that do not fit together."""
        super().__post_init__()
        if self.steps > self.reach:
            raise ParameterError(f"ProblemSolvers.steps = {self.steps!r}: must lie from 1 to reach, {self.reach}")
        solvers = math.perm(self.reach, self.steps)
        if solvers > MOST_SOLVERS:
            fitting = max(k for k in range(1, self.steps) if math.perm(self.reach, k) <= MOST_SOLVERS)
            raise ParameterError(f"ProblemSolvers.steps = {self.steps!r}: must lie from 1 to {fitting} at this reach")
        if solvers < self.team:
            raise ParameterError(f"ProblemSolvers.team = {self.team!r}: must lie from 1 to {solvers}, all there are")
        if solvers * self.positions > MOST_ENDS:
            most = MOST_ENDS // solvers
            raise ParameterError(
                f"ProblemSolvers.positions = {self.positions!r}: must lie from 1 to {most} at this reach"
            )


def problem(positions: int, rng: np.random.Generator) -> np.ndarray:
    """The value of each position on the ring, drawn evenly from [0, 100], shape (n,)."""
    return rng.uniform(0, 100, positions)


def moves(value: np.ndarray, reach: int) -> np.ndarray:
    """Where a step of each length leads from each position, shape (reach + 1, n); nowhere if it is no gain."""
    place = np.arange(len(value))
    ahead = (place + np.arange(reach + 1)[:, None]) % len(value)
    return np.where(value[ahead] > value, ahead, place)


def ends(move: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Where people stop from each position; `steps` has shape (..., k), the result shape (..., n)."""
    after = np.broadcast_to(np.arange(move.shape[1]), (*steps.shape[:-1], move.shape[1]))
    for turn in range(steps.shape[-1]):
        after = move[steps[..., turn, None], after]
    while True:
        twice = np.take_along_axis(after, after, axis=-1)
        if np.array_equal(twice, after):
            return twice
        after = twice


def abilities(value: np.ndarray, reach: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Everybody's list of steps, shape (people, k), and mean value found from all positions, shape (people,)."""
    move = moves(value, reach)
    lists = np.array(list(permutations(range(1, reach + 1), steps)))
    circles = lists[lists[:, 0] == lists.min(axis=1)]
    ability = np.empty((steps, len(circles)))
    size = max(1, CHUNK // len(value))
    for first in range(0, len(circles), size):
        some = circles[first : first + size]
        stop = ends(move, some)
        ability[0, first : first + size] = value[stop].mean(axis=1)
        for turn in range(steps - 1, 0, -1):
            stop = np.take_along_axis(stop, move[some[:, turn]], axis=1)
            ability[turn, first : first + size] = value[stop].mean(axis=1)
    everybody = np.concatenate([np.roll(circles, -turn, axis=1) for turn in range(steps)])
    return everybody, ability.ravel()


def relay(move: np.ndarray, team: np.ndarray) -> np.ndarray:
    """Where a team of people (their `team` of lists, shape (members, k)) stands after each turn, shape (turns + 1, n).

    They search from every position at once; the last turn is the last that improves anything.
    """
    stop = ends(move, team)
    history = [np.arange(move.shape[1])]
    idle = turn = 0
    while idle < len(team):
        after = stop[turn % len(team)][history[-1]]
        idle = idle + 1 if np.array_equal(after, history[-1]) else 0
        history.append(after)
        turn += 1
    return np.array(history[: len(history) - idle])


def diversity(team: np.ndarray) -> float:
    """The share of places in which the lists of two members differ, averaged over all pairs; nan for fewer than two."""
    one, other = np.triu_indices(len(team), 1)
    return float(np.mean(team[one] != team[other])) if len(one) else math.nan


def run(params: ProblemSolvers, rng: np.random.Generator) -> Run:
    """Send the best and a team drawn at random around the same problem.

    Clock: `turn`. Frames: `best`, `random`, uint16, shape (time, searches): the position after each turn, from up to 200
    evenly spaced starts. Still: `value` of each position, float32, shape (n,). Series: `best`, `random` (mean value over
    all starts). Summary: `best`, `random` (the same at the end), `best_member`, `best_ability`, `random_ability` (ability
    of the best person, and mean over each team), `best_diversity`, `random_diversity` (nan for one person).
    """
    value = problem(params.positions, rng)
    everybody, ability = abilities(value, params.reach, params.steps)
    ranked = np.argsort(-np.round(ability, 9), kind="stable")  # whoever is equally able keeps the order of the list
    chosen = {"best": ranked[: params.team], "random": rng.permutation(len(everybody))[: params.team]}
    move = moves(value, params.reach)
    paths = {name: relay(move, everybody[members]) for name, members in chosen.items()}
    turns = max(len(path) for path in paths.values())
    starts = np.unique(np.linspace(0, params.positions - 1, SHOWN).round().astype(np.intp))
    series: dict[str, np.ndarray] = {}
    frames: dict[str, np.ndarray] = {}
    summary: dict[str, float] = {"best_member": float(ability.max())}
    for name, members in chosen.items():
        path = paths[name][np.minimum(np.arange(turns), len(paths[name]) - 1)]
        series[name] = value[path].mean(axis=1)
        frames[name] = path[:, starts].astype(np.uint16)
        summary[name] = float(series[name][-1])
        summary[f"{name}_ability"] = float(ability[members].mean())
        summary[f"{name}_diversity"] = diversity(everybody[members])
    return Run(
        summary=summary,
        trace=_trace(params, series, summary),
        clock=Clock("turn", "turns", np.arange(turns)),
        series=series,
        frames=frames,
        still={"value": value.astype(np.float32)},
    )


def run_many(params: ProblemSolvers, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` problems, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _trace(params: ProblemSolvers, series: dict[str, np.ndarray], summary: dict[str, float]) -> tuple[str, ...]:
    begin = n_(
        "People who know a single step: there are {people}; the best alone finds {best:.1f} of 100.",
        "People who know {steps} steps: there are {people}; the best alone finds {best:.1f} of 100.",
        params.steps,
    )
    people = math.perm(params.reach, params.steps)
    sentences = [begin.format(people=people, steps=params.steps, best=summary["best_member"])]
    for name in ("best", "random"):
        if name == "best":
            found = _("The team of the best finds {found:.1f} by turn {turn}; its members alone find {alone:.1f}.")
        else:
            found = _("The team drawn at random finds {found:.1f} by turn {turn}; its members alone find {alone:.1f}.")
        turn, alone = int(np.argmax(series[name] == series[name][-1])), summary[f"{name}_ability"]
        sentences.append(found.format(found=summary[name], turn=turn, alone=alone))
    if params.team > 1:
        differ = _("Two of the best differ in {best:.0%} of their steps, two drawn at random in {random:.0%}.")
        best, random = summary["best_diversity"], summary["random_diversity"]
        sentences.append(differ.format(best=best, random=random))
    return tuple(sentences)
