"""Informational cascades: people who decide one after another, and hear what those before them decided.

S. Bikhchandani, D. Hirshleifer, I. Welch, "A theory of fads, fashion, custom, and cultural change as informational
cascades", Journal of Political Economy 100 (1992) 992-1026. One of two answers is right, each equally likely. Every
person gets a private signal that is right with probability p, sees all earlier choices (not the signals), chooses the
likelier answer, and tosses a coin if both are equally likely. Once the choices outweigh any single signal, everybody
follows them and nothing more is learnt: a cascade. With n people (n even) it has formed on the right answer, the
wrong one, or not at all with chances

    right = p (p + 1) (1 - q^(n/2)) / (2 (1 - p + p^2)),    wrong = (p - 2) (p - 1) (1 - q^(n/2)) / (2 (1 - p + p^2)),
    none  = q^(n/2),    with q = p - p^2.

Beside it, the same signals as independent votes: the majority is right with the binomial chance (Condorcet).

Ours: the first person may have a better signal (the paper's fashion leader), and everybody knows it. Then all others
follow at once, so the chance to be right is just the first person's.

Left out: people who distrust a chain of imitation or tell their reasons, news that comes in later, payoffs for
agreeing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import Parameters, number, whole
from choreo.models.run import Clock, Run, summaries
from choreo.words import _, n_

BEST = 0.995  # no signal is beyond doubt
EVEN = 1e-9  # log odds this close are equal


@dataclass(frozen=True)
class Cascade(Parameters):
    """How good the signals are, and how many people decide."""

    precision: float = number(0.6, 0.51, 0.99, "the chance that a person's own signal is right")
    people: int = whole(10, 1, 200, "how many people decide, one after another", "people")
    advantage: float = number(0.0, 0, 0.4, "how much better the first person's signal is, as everybody knows")
    groups: int = whole(1000, 1, 5000, "how many groups are played side by side", "groups")


def chances(precision: float, people: int, advantage: float = 0.0) -> tuple[float, float, float]:
    """The exact chances that a cascade on the right answer, on the wrong one, or none has formed after `people` people.

    Cascades form after an even number of people, so an odd one counts like the even number below it; but everybody
    follows a first person with an advantage. They add to 1.
    """
    p = precision
    if advantage > 0 and people > 0:
        first = min(p + advantage, BEST)
        return first, 1 - first, 0.0
    none = (p - p * p) ** (people // 2)
    scale = (1 - none) / (2 * (1 - p + p * p))
    return p * (p + 1) * scale, (p - 2) * (p - 1) * scale, none


def in_turn(precision: float, person: int, advantage: float = 0.0) -> float:
    """The exact chance that the choice of this person (the first is 1) is right, hearing all choices before it."""
    if person == 1:
        return min(precision + advantage, BEST)
    right, _, none = chances(precision, person - 1, advantage)
    return right + none * precision


def independent_votes(precision: float, people: int, advantage: float = 0.0) -> float:
    """The exact chance that the majority of `people` independent votes is right; a tie counts half.

    The first of them has the better signal, if there is an advantage.
    """
    if people == 0:
        return 0.5
    first, others = min(precision + advantage, BEST) if advantage else precision, people - 1
    chance = [math.comb(others, k) * precision**k * (1 - precision) ** (others - k) for k in range(others + 1)]

    def worth(right: int) -> float:
        return 1.0 if 2 * right > people else 0.5 if 2 * right == people else 0.0

    return math.fsum(p * (first * worth(k + 1) + (1 - first) * worth(k)) for k, p in enumerate(chance))


def play(params: Cascade, rng: np.random.Generator, groups: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Play so many groups: which signals and choices are right (both bool, shape (people, groups)), and who follows.

    The third array, bool, shape (people + 1, groups), tells who finds a cascade and follows whatever their own signal
    says; its last row is for the person who would come next. `lean` is the public evidence for the right answer in
    log odds.
    """
    precision = np.full(params.people, params.precision)
    precision[0] = min(params.precision + params.advantage, BEST)
    signal = rng.random((params.people, groups)) < precision[:, None]
    coin = rng.random((params.people, groups)) < 0.5
    choice, following = np.empty_like(signal), np.zeros((params.people + 1, groups), dtype=bool)
    usual = math.log(params.precision / (1 - params.precision))
    tossed = math.log((1 + params.precision) / (2 - params.precision))  # what a choice says that may be a toss
    lean = np.zeros(groups)
    for person, p in enumerate(precision.tolist()):
        weight = math.log(p / (1 - p))
        evidence = lean + np.where(signal[person], weight, -weight)
        choice[person] = np.where(np.abs(evidence) < EVEN, coin[person], evidence > 0)
        direction = np.where(choice[person], 1.0, -1.0)
        toss = (np.abs(np.abs(lean) - weight) < EVEN) & (direction * lean > 0)
        learnt = np.where(following[person], 0.0, np.where(toss, tossed, weight))
        lean = lean + direction * learnt
        following[person + 1] = np.abs(lean) > usual + EVEN
    return signal, choice, following


def run(params: Cascade, rng: np.random.Generator) -> Run:
    """Play `groups` groups of `people` people.

    Clock: `person`, from 1. Frames: `choice`, uint8, shape (people, groups): bit 0 the choice is right, bit 1 the
    person's own signal is right, bit 2 the person follows a cascade. Series: `right` (the share of groups in which this
    person is right), `following`, `majority` (the share in which most signals so far are right, ties half), and by the
    formulas `exact_right`, `exact_majority`. Summary: the last value of each, and of all groups the shares whose next
    person would find a cascade, `cascade_right` and `cascade_wrong`, with `exact_cascade_right` and
    `exact_cascade_wrong`.
    """
    signal, choice, following = play(params, rng, params.groups)
    votes = np.cumsum(2 * signal.astype(np.int16) - 1, axis=0)
    person = range(1, params.people + 1)
    series = {
        "right": choice.mean(axis=1),
        "following": following[:-1].mean(axis=1),
        "majority": np.mean(votes > 0, axis=1) + np.mean(votes == 0, axis=1) / 2,
        "exact_right": np.array([in_turn(params.precision, k, params.advantage) for k in person]),
        "exact_majority": np.array([independent_votes(params.precision, k, params.advantage) for k in person]),
    }
    exact = chances(params.precision, params.people, params.advantage)
    summary = {name: float(values[-1]) for name, values in series.items()}
    summary |= {
        "cascade_right": float(np.mean(following[-1] & choice[-1])),
        "cascade_wrong": float(np.mean(following[-1] & ~choice[-1])),
        "exact_cascade_right": exact[0],
        "exact_cascade_wrong": exact[1],
    }
    bits = choice.astype(np.uint8) | signal.astype(np.uint8) << 1 | following[:-1].astype(np.uint8) << 2
    clock = Clock("person", "people", np.array(person))
    return Run(
        summary=summary, trace=_trace(params, bits, summary), clock=clock, series=series, frames={"choice": bits}
    )


def run_many(params: Cascade, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` times `groups` groups, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _trace(params: Cascade, bits: np.ndarray, summary: dict[str, float]) -> tuple[str, ...]:
    choices = ", ".join(_("right") if bit & 1 else _("wrong") for bit in bits[:10, 0].tolist())
    followers = np.flatnonzero(bits[:, 0] & 4)
    if params.people > 10:
        choices = f"{choices}, ..."
    if len(followers):
        group = _("One group, in turn: {choices}; from person {person} on everybody follows.")
    else:
        group = _("One group, in turn: {choices}; nobody just follows.")
    wrong = n_(
        "The one group ends up following a wrong answer with a chance of {formula:.0%} by the formula.",
        "Of {groups} groups {share:.0%} end up following a wrong answer (by the formula {formula:.0%}).",
        params.groups,
    )
    votes = _(
        "As independent votes the same signals go wrong in {share:.0%} of the groups (by the formula {formula:.0%})."
    )
    return (
        group.format(choices=choices, person=followers[0] + 1 if len(followers) else 0),
        wrong.format(groups=params.groups, share=summary["cascade_wrong"], formula=summary["exact_cascade_wrong"]),
        votes.format(share=1 - summary["majority"], formula=1 - summary["exact_majority"]),
    )
