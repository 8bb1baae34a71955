"""Two units on one rugged landscape: what each gains, and what the whole could have had.

S. A. Kauffman and S. Levin, "Towards a general theory of adaptive walks on rugged landscapes", Journal of Theoretical
Biology 128 (1987) 11-45; S. A. Kauffman, "The Origins of Order" (1993), chapter 2. An organisation makes N choices of 0
or 1. What choice i contributes depends on itself and on K others, and is drawn evenly from [0, 1] for each combination
of them; the worth of the whole is the mean contribution. K = 0 gives one smooth hill, K = N - 1 no order at all.

Ours, for the lesson: the first half of the choices belongs to one unit, the rest to another. They take turns. In its
turn a unit makes the one change among its own choices that raises its reward most, or none if no change does:

    reward = (1 - share) * mean contribution of its own choices + share * mean contribution of all

A unit with more `sight` weighs every change of two or three of its choices at once, or all settings of them. With `share` 1 both
climb the same hill, though each with its own choices only; a lower share lets a unit take a step that costs the other
more than it gains itself. J. W. Rivkin and N. Siggelkow, "Balancing search and stability",
Management Science 49 (2003) 290-311, divide the choices between two managers in the same way.

Left out: talking, bargaining, trust, moves of both at once, and a landscape that shifts under the feet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run, summaries
from choreo.words import _, n_

ARRANGEMENTS = ("random", "adjacent")
SIGHTS = ("one", "two", "three", "all")
ANYWHERE = -1
LOW = 10  # choices that vary along the innermost axis of an enumeration


@dataclass(frozen=True)
class TwoUnits(Parameters):
    """How tangled the problem is, and what the two units are rewarded for."""

    share: float = number(0.0, 0, 1, "share of my reward that depends on the whole")
    interactions: int = whole(5, 0, 15, "K: how many other choices each choice depends on")
    components: int = whole(12, 2, 16, "N: how many choices there are, half of them for each unit")
    arrangement: str = choice("random", ARRANGEMENTS, "whether choices depend on any others or on the next ones")
    rounds: int = whole(40, 0, 200, "how many turns each unit takes at most", "rounds")
    sight: str = choice("one", SIGHTS, "how many of its own choices a unit can weigh, and change, in one turn")
    start: int = whole(ANYWHERE, ANYWHERE, 2**16 - 1, "the state they begin at; -1 is one that is drawn")

    def __post_init__(self) -> None:
        """Raise ParameterError for faults of single values, then for more interactions, or states, than there are."""
        super().__post_init__()
        name = type(self).__name__
        check_interactions(name, self.components, self.interactions)
        if self.start >= 2**self.components:
            raise ParameterError(f"{name}.start = {self.start!r}: must lie from -1 to {2**self.components - 1}")


@dataclass(frozen=True)
class Landscape:
    """Kauffman's NK landscape. A state is a whole number: bit i is choice i."""

    depends: np.ndarray  # whole numbers, shape (N, K + 1): the choices that contribution i depends on, i itself first
    contributions: np.ndarray  # shape (N, 2 ** (K + 1)); bit b of the second index is choice depends[i, b]

    @property
    def components(self) -> int:
        """N, the number of choices."""
        return len(self.depends)


def check_interactions(record: str, components: int, interactions: int) -> None:
    """Raise ParameterError if K is not below N."""
    if interactions >= components:
        raise ParameterError(
            f"{record}.interactions = {interactions!r}: must lie from 0 to {components - 1}, below components"
        )


def landscape(components: int, interactions: int, arrangement: str, rng: np.random.Generator) -> Landscape:
    """A landscape drawn at random."""
    own = np.arange(components)[:, None]
    if arrangement == "adjacent":
        others = np.broadcast_to(np.arange(1, interactions + 1), (components, interactions))
    else:
        order = np.argsort(rng.random((components, components - 1)), axis=1)
        others = 1 + order[:, :interactions]
    depends = np.concatenate([own, (own + others) % components], axis=1)
    return Landscape(depends, rng.random((components, 2 ** (interactions + 1))))


def worth(terrain: Landscape, part: np.ndarray | None = None) -> np.ndarray:
    """The mean contribution of the choices in `part` (all by default; none gives 0), shape (2 ** N,): one per state."""
    components = terrain.components
    low = min(LOW, components)
    inner = np.arange(2**low)
    total = np.zeros((2,) * (components - low) + (2**low,))  # the first axis is the highest choice
    chosen = np.arange(components) if part is None else part
    for component in chosen.tolist():
        shape = [1] * (components - low) + [2**low]
        case = np.zeros_like(inner)
        places = terrain.depends[component].tolist()
        for bit, place in sorted(enumerate(places), key=lambda pair: pair[1]):
            if place < low:
                case = case + ((inner >> place & 1) << bit)
            else:
                shape[components - 1 - place] = 2
                case = np.stack([case, case + (1 << bit)])
        total += terrain.contributions[component][case].reshape(shape)
    total /= max(1, len(chosen))
    return total.ravel()


def peaks(values: np.ndarray) -> np.ndarray:
    """Whether each state is a local optimum: no single change improves `values`, shape (2 ** N,)."""
    state = np.arange(len(values))
    top = np.ones(len(values), dtype=bool)
    for component in range(len(values).bit_length() - 1):
        top &= values[state ^ (1 << component)] <= values
    return top


def climb(values: np.ndarray, starts: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Where Kauffman's adaptive walk ends from each of `starts`: any single change that improves, drawn evenly."""
    changes = 1 << np.arange(len(values).bit_length() - 1)
    state = starts.copy()
    active = np.arange(len(state))
    while len(active):
        ahead = state[active, None] ^ changes
        better = values[ahead] > values[state[active], None]
        lot = np.where(better, rng.random(better.shape), -1.0)
        moves = better.any(axis=1)
        active, ahead, lot = active[moves], ahead[moves], lot[moves]
        state[active] = np.take_along_axis(ahead, np.argmax(lot, axis=1)[:, None], axis=1)[:, 0]
    return state


def replies(reward: np.ndarray, own: np.ndarray, sight: str = "one") -> np.ndarray:
    """The state after a unit's turn, for each state: what it sees of its `own` choices that raises `reward` most."""
    state = np.arange(len(reward))
    best, after = reward.copy(), state.copy()
    for change in changes(own, sight):
        ahead = state ^ change
        better = reward[ahead] > best
        np.copyto(best, reward[ahead], where=better)
        np.copyto(after, ahead, where=better)
    return after


def changes(own: np.ndarray, sight: str) -> list[int]:
    """What a unit with this sight can do to its `own` choices in one turn, as the bits that it turns over."""
    most = {"one": 1, "two": 2, "three": 3, "all": len(own)}[sight]
    sets = (chosen for size in range(1, most + 1) for chosen in combinations(own.tolist(), size))
    return [sum(1 << choice for choice in chosen) for chosen in sets]


def run(params: TwoUnits, rng: np.random.Generator) -> Run:
    """Let the two units take turns on one landscape, from one start and, for the average, from every start.

    Clock: `turn`. Frames: `state`, uint8, shape (time, N), the choices after each turn. Series: `first`, `second` (mean
    contribution of each unit's own choices), `whole`, `expected` (`whole`, averaged over all 2 ** N starts). Summary:
    the last values of these, `possible` (the best there is), `middle` (the mean of all states), `peaks` (local optima of
    the whole), `settled` (the turn after which nothing moves; nan if they still move at the end).
    """
    terrain = landscape(params.components, params.interactions, params.arrangement, rng)
    half = params.components // 2
    units = (np.arange(half), np.arange(half, params.components))
    all_of_it = worth(terrain)
    parts = [worth(terrain, unit) for unit in units]
    turns = [
        replies((1 - params.share) * part + params.share * all_of_it, unit, params.sight)
        for part, unit in zip(parts, units, strict=True)
    ]
    drawn = int(rng.integers(len(all_of_it)))
    start = drawn if params.start == ANYWHERE else params.start
    everywhere = np.arange(len(all_of_it))
    path, expected = [start], [float(np.mean(all_of_it))]
    for turn in range(2 * params.rounds):
        reply = turns[turn % 2]
        everywhere = reply[everywhere]
        path.append(int(everywhere[start]))
        expected.append(float(np.mean(all_of_it[everywhere])))
    states = np.array(path)
    series = {
        "first": parts[0][states],
        "second": parts[1][states],
        "whole": all_of_it[states],
        "expected": np.array(expected),
    }
    still = all(reply[path[-1]] == path[-1] for reply in turns)
    moved = np.flatnonzero(np.diff(states))
    summary = {name: float(values[-1]) for name, values in series.items()}
    summary["possible"] = float(np.max(all_of_it))
    summary["middle"] = float(np.mean(all_of_it))
    summary["peaks"] = float(np.count_nonzero(peaks(all_of_it)))
    summary["settled"] = (float(moved[-1] + 1) if len(moved) else 0.0) if still else math.nan
    return Run(
        summary=summary,
        trace=_trace(params, series, summary, circling=not still and _circle(turns, path[-1])),
        clock=Clock("turn", "turns", np.arange(len(path))),
        series=series,
        frames={"state": (states[:, None] >> np.arange(params.components) & 1).astype(np.uint8)},
    )


def run_many(params: TwoUnits, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` landscapes, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _circle(turns: list[np.ndarray], state: int) -> bool:
    """Whether units that go on taking turns from `state`, the first one next, come round to it for ever."""
    met: set[int] = set()
    while state not in met:
        met.add(state)
        state = int(turns[1][turns[0][state]])
    return any(reply[state] != state for reply in turns)


def _trace(
    params: TwoUnits, series: dict[str, np.ndarray], summary: dict[str, float], circling: bool
) -> tuple[str, ...]:
    depends = n_(
        "Two units share {choices} choices; each depends on {others} other, "
        "and {share:.0%} of each unit's reward depends on the whole.",
        "Two units share {choices} choices; each depends on {others} others, "
        "and {share:.0%} of each unit's reward depends on the whole.",
        params.interactions,
    )
    begin = _("They begin at {whole:.2f}; {possible:.2f} is possible.")
    sentences = [
        depends.format(choices=params.components, others=params.interactions, share=params.share),
        begin.format(whole=series["whole"][0], possible=summary["possible"]),
    ]
    last = len(series["whole"]) - 1
    for turn in sorted({round(part * last) for part in (0.25, 0.5, 1.0)} - {0}):
        after = _("Turn {turn}: first unit {first:.2f}, second {second:.2f}, whole {whole:.2f}.")
        now = {name: series[name][turn] for name in ("first", "second", "whole")}
        sentences.append(after.format(turn=turn, **now))
    if math.isnan(summary["settled"]):
        if last == 0:
            sentences.append(_("Neither has had a turn yet."))
        elif circling:
            sentences.append(_("They never settle: what suits the one unsettles the other."))
        else:
            sentences.append(_("Time is up while they still find something to change."))
    elif summary["whole"] < summary["possible"]:
        end = _("After turn {turn:.0f} neither can gain by a change of its own, at {share:.0%} of what was possible.")
        sentences.append(end.format(turn=summary["settled"], share=summary["whole"] / summary["possible"]))
    else:
        sentences.append(_("They reached the best there is."))
    return tuple(sentences)
