"""The linear public good: giving pays the group, keeping pays oneself; and what a fine does to that.

J. O. Ledyard, "Public goods: a survey of experimental research", in Kagel and Roth (eds.), The Handbook of Experimental
Economics (1995); U. Fischbacher, S. Gaechter and E. Fehr, "Are people conditionally cooperative?", Economics Letters 71
(2001) 397-404; U. Fischbacher and S. Gaechter, American Economic Review 100 (2010) 541-556; U. Gneezy and
A. Rustichini, "A fine is a price", Journal of Legal Studies 29 (2000) 1-17.

Each of n people gives c out of an endowment; the good returns a part m of all that is given to each of them:

    payoff = endowment - c + m * sum of all c - fine * (endowment - c)

A coin given returns m < 1 to the giver and n m > 1 to the group. Who thinks of the own payoff only gives everything if
m + fine > 1 and nothing otherwise: `deterring_fine` = 1 - m. People are of three kinds: free riders (own payoff only);
conditional cooperators, who give a part (`match`) of what they expect the others to give on average, and learn from
what the others gave (match below 1 lets cooperation fall, as in the laboratory); and, if any are left, people who
always give everything.

Ours: the fine in rounds `fine_from` to `fine_until`, and crowding out: when a fine is first charged, each who gave for
reasons of their own turns with the chance `crowding` into one who only compares prices, for good. This is one reading
of Gneezy and Rustichini's day-care data (`DAY_CARE`), not a model fitted to them.

Left out: talk, punishment that people choose themselves, gratitude, and that some like to give.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, number, whole
from choreo.models.run import Clock, Run, summaries
from choreo.words import _

FREE_RIDER, CONDITIONAL, GIVER = range(3)


@dataclass(frozen=True)
class PublicGood(Parameters):
    """Who shares a good, what giving returns, and which fine is charged for keeping."""

    people: int = whole(4, 1, 100, "how many people share one good")
    groups: int = whole(10, 1, 50, "how many groups play side by side")
    rounds: int = whole(20, 0, 200, "how many rounds are played")
    endowment: float = number(20.0, 0, 1000, "what each may give or keep, each round", "coins")
    marginal_return: float = number(0.4, 0, 2, "what each gets back from every coin that anybody gives", "coins")
    free_riders: float = number(0.3, 0, 1, "the share of people who only think of their own payoff")
    conditional: float = number(0.7, 0, 1, "the share of people who give when they expect the others to give")
    match: float = number(0.9, 0, 1, "the part of what they expect that conditional cooperators give")
    belief: float = number(0.6, 0, 1, "the part of the endowment that people expect the others to give at first")
    learning: float = number(0.5, 0, 1, "how far an expectation moves to what was seen, each round")
    noise: float = number(0.0, 0, 1, "how much gifts scatter (standard deviation, as part of the endowment)")
    fine: float = number(0.0, 0, 2, "what is charged for every coin kept, while the fine is in force", "coins")
    fine_from: int = whole(5, 1, 200, "the first round with the fine")
    fine_until: int = whole(16, 1, 200, "the last round with the fine")
    crowding: float = number(0.5, 0, 1, "the chance that a fine turns a person who gives into one who compares prices")

    def __post_init__(self) -> None:
        """Raise ParameterError also if the shares exceed the whole or the fine ends before it begins."""
        super().__post_init__()
        if self.free_riders + self.conditional > 1 + 1e-9:
            raise ParameterError(
                f"PublicGood.free_riders = {self.free_riders!r} and conditional = {self.conditional!r}: "
                "must together lie from 0 to 1"
            )
        if self.fine_until < self.fine_from:
            raise ParameterError(
                f"PublicGood.fine_until = {self.fine_until!r}: must lie from fine_from ({self.fine_from}) to 200"
            )


@dataclass(frozen=True)
class DayCarePeriod:
    """Late pick-ups per centre and week, as group means over some weeks."""

    name: str
    first_week: int
    last_week: int
    fined: float  # six centres; a fine of 10 shekels in weeks 5 to 16
    control: float  # four centres without a fine


# Group means of Gneezy and Rustichini (2000): ten day-care centres in Haifa over twenty weeks.
DAY_CARE = (
    DayCarePeriod("before the fine", 1, 4, 8.00, 10.00),
    DayCarePeriod("the fine is new", 5, 8, 12.29, 9.06),
    DayCarePeriod("the fine goes on", 9, 16, 18.52, 9.31),
    DayCarePeriod("the fine is gone", 17, 20, 18.71, 8.25),
)


def payoffs(gifts: np.ndarray, endowment: float, marginal_return: float, fine: np.ndarray | float = 0.0) -> np.ndarray:
    """What each gets (coins) for gifts (..., people) to one good."""
    kept = endowment - np.asarray(gifts, dtype=float)
    result: np.ndarray = kept * (1 - fine) + marginal_return * np.sum(gifts, axis=-1, keepdims=True)
    return result


def deterring_fine(params: PublicGood) -> float:
    """The fine (coins per coin kept) above which giving everything pays even who thinks of the own payoff only."""
    return max(0.0, 1 - params.marginal_return)


def steady_gift(params: PublicGood, conditional: int, givers: int) -> float:
    """What each conditional cooperator of a group gives in the long run (coins), without noise and fine.

    The root of c = match * ((conditional - 1) c + givers * endowment) / (people - 1); what they began with if it never
    changes (everyone conditional with match 1). ValueError if the group has not that many people, or just one.
    """
    others = params.people - 1
    if not (others >= 1 and conditional >= 1 and givers >= 0 and conditional + givers <= params.people):
        raise ValueError(f"no group of {params.people} has {conditional} conditional cooperators and {givers} givers")
    held_up = others - params.match * (conditional - 1)
    if held_up == 0:
        return params.belief * params.endowment
    return params.match * givers * params.endowment / held_up


def kinds(params: PublicGood, rng: np.random.Generator) -> np.ndarray:
    """The kind of each person, shape (groups, people): as many of each as the shares say, in random places."""
    total = params.groups * params.people
    level = (np.arange(total) + 0.5) / total
    kind = np.where(level < params.free_riders, FREE_RIDER, CONDITIONAL)
    kind[level >= params.free_riders + params.conditional + 1e-9] = GIVER
    return rng.permutation(kind).reshape(params.groups, params.people)


def run(params: PublicGood, rng: np.random.Generator) -> Run:
    """Play the rounds in all groups at once.

    Clock: `round`, from 1. Frames, uint8, shape (rounds, groups * people): `gift` (percent of the endowment) and `own` (1
    for who gives for reasons of their own, 0 for who only compares prices). Still: `kind` (groups * people) at first.
    Series: `gift` (mean share of the endowment), `payoff` (mean, coins), `fine` (in force, coins). Summary: `gift` and
    `payoff` (mean of the last round), `gift_before`, `gift_during`, `gift_after` (mean share before, with and after the
    fine; nan if there was no such round), `deterring_fine`.
    """
    kind = first = kinds(params, rng)
    shape = kind.shape
    turns = kind != FREE_RIDER
    turns &= rng.random(shape) < params.crowding
    scatter = rng.standard_normal((params.rounds, *shape)) * params.noise
    round_ = np.arange(1, params.rounds + 1)
    fine = np.where((round_ >= params.fine_from) & (round_ <= params.fine_until), params.fine, 0.0)
    belief = np.full(shape, params.belief)
    gifts = np.zeros((params.rounds, *shape))  # as share of the endowment
    own = np.zeros((params.rounds, *shape), dtype=np.uint8)
    for turn in range(params.rounds):
        if fine[turn] > 0:
            kind = np.where(turns, FREE_RIDER, kind)
        own[turn] = kind != FREE_RIDER
        own_best = float(params.marginal_return + fine[turn] > 1)
        willing = np.where(kind == CONDITIONAL, params.match * belief, kind == GIVER)
        given = np.clip(np.maximum(willing, own_best) + scatter[turn], 0, 1)
        gifts[turn] = given
        if params.people > 1:
            seen = (given.sum(axis=1, keepdims=True) - given) / (params.people - 1)
            belief += params.learning * (seen - belief)
    found = _describe(params, round_, fine, gifts)
    frames = {**found.frames, "own": own.reshape(params.rounds, kind.size)}
    return replace(found, frames=frames, still={"kind": first.ravel().astype(np.uint8)})


def run_many(params: PublicGood, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` times `groups` groups, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _describe(params: PublicGood, round_: np.ndarray, fine: np.ndarray, gifts: np.ndarray) -> Run:
    mean = gifts.mean(axis=(1, 2))
    earned = payoffs(gifts * params.endowment, params.endowment, params.marginal_return, fine[:, None, None])
    payoff = earned.mean(axis=(1, 2))
    phases = {
        "gift_before": round_ < params.fine_from,
        "gift_during": (round_ >= params.fine_from) & (round_ <= params.fine_until),
        "gift_after": round_ > params.fine_until,
    }
    summary = {
        "gift": float(mean[-1]) if params.rounds else float("nan"),
        "payoff": float(payoff[-1]) if params.rounds else float("nan"),
        **{name: float(mean[chosen].mean()) if chosen.any() else float("nan") for name, chosen in phases.items()},
        "deterring_fine": deterring_fine(params),
    }
    return Run(
        summary=summary,
        trace=_trace(params, mean),
        clock=Clock("round", "rounds", round_),
        series={"gift": mean, "payoff": payoff, "fine": fine},
        frames={"gift": np.rint(100 * gifts.reshape(len(gifts), params.groups * params.people)).astype(np.uint8)},
    )


def _trace(params: PublicGood, mean: np.ndarray) -> tuple[str, ...]:
    if len(mean) == 0:
        return (_("No round is played."),)
    moments = {1: "", len(mean): ""}
    if params.fine > 0:
        moments |= {
            params.fine_from - 1: _("The last round before the fine."),
            params.fine_from: _("The fine begins."),
            params.fine_until: _("The last round with the fine."),
            params.fine_until + 1: _("The fine is gone."),
        }
    gives = _("Round {round}: people give {gift:.0%} of what they have. {remark}")
    return tuple(
        gives.format(round=round_, gift=mean[round_ - 1], remark=remark).rstrip()
        for round_, remark in sorted(moments.items())
        if 1 <= round_ <= len(mean)
    )
