"""The stag hunt and its many-person sister, the minimum effort game: is the shared hunt worth the risk.

R. Cooper and A. John, "Coordinating coordination failures in Keynesian models", Quarterly Journal of Economics 103
(1988) 441-463; B. Skyrms, "The Stag Hunt and the Evolution of Social Structure" (2004); J. B. Van Huyck, R. C. Battalio
and R. O. Beil, "Tacit coordination games, strategic uncertainty, and coordination failure", American Economic Review 80
(1990) 234-248.

Stag hunt: two who both hunt the stag get R each; alone after the stag one gets S; who goes for the hare gets T if the
other hunts the stag and P if not. Whoever believes that a share p of the others will hunt the stag does so too if

    p R + (1 - p) S > p T + (1 - p) P,   that is   p > (P - S) / ((R - T) + (P - S)),   the tipping belief.

Both all-stag and all-hare hold themselves up. The population dynamics are best response with adaptive beliefs: after
each round a belief moves a part of the way (`learning`) to the share of the others that hunted. `replicator` is the
other common dynamics, with the same watershed.

Minimum effort: each of n people chooses an effort e in 1..levels and gets base + benefit * min(all efforts) - cost * e.
Every common effort is an equilibrium (as long as cost < benefit). People hold a belief about the smallest effort of the
others; it starts from `belief`, the chance that any one other gives everything (the rest spread evenly), and moves to
what was seen. They choose the effort with the best prospect, or, with `noise`, by the logit rule of S. P. Anderson,
J. K. Goeree and C. A. Holt, Games and Economic Behavior 34 (2001) 177-199.

Ours: beliefs as a control and their spread between people; a tie goes to the safe side (hare, lower effort).

Left out: talk before the choice, promises, leaders who go first, and that people forgive a first failure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, number, whole
from choreo.models.run import Clock, Run, summaries
from choreo.words import _


@dataclass(frozen=True)
class StagHunt(Parameters):
    """What people expect of each other, and what the shared hunt pays."""

    belief: float = number(0.7, 0, 1, "the share of the others that people expect to join the shared hunt at first")
    spread: float = number(0.0, 0, 1, "how far people's first beliefs differ: evenly up to this much above and below")
    reward: float = number(4.0, 0, 20, "R: what the shared hunt pays when the other joins", "points")
    sucker: float = number(0.0, 0, 20, "S: what the shared hunt pays when the other stays away", "points")
    temptation: float = number(3.0, 0, 20, "T: what playing safe pays when the other joins the hunt", "points")
    punishment: float = number(3.0, 0, 20, "P: what playing safe pays when the other plays safe too", "points")
    learning: float = number(0.5, 0, 1, "how far a belief moves to what was seen, each round")
    mistakes: float = number(0.0, 0, 1, "the chance of doing the opposite of what one meant to do")
    people: int = whole(40, 1, 1000, "how many people take part")
    rounds: int = whole(30, 0, 500, "how many rounds are played")

    def __post_init__(self) -> None:
        """Raise ParameterError also if one of the two choices is never the best reply to itself."""
        super().__post_init__()
        if not (self.reward > self.temptation and self.punishment > self.sucker):
            raise ParameterError(
                f"StagHunt.reward = {self.reward!r}, temptation = {self.temptation!r}, "
                f"punishment = {self.punishment!r}, sucker = {self.sucker!r}: "
                "must have reward above temptation and punishment above sucker"
            )


@dataclass(frozen=True)
class MinimumEffort(Parameters):
    """A joint result that is only as good as the weakest contribution (defaults of Van Huyck, Battalio and Beil)."""

    belief: float = number(0.7, 0, 1, "the chance people give any one other of doing everything possible, at first")
    people: int = whole(14, 1, 200, "how many people the result depends on")
    levels: int = whole(7, 2, 20, "how many levels of effort there are")
    benefit: float = number(0.2, 0, 10, "what one level of the smallest effort is worth to everybody", "points")
    cost: float = number(0.1, 0, 10, "what one level of effort costs who gives it", "points")
    base: float = number(0.6, 0, 10, "what everybody gets anyway", "points")
    learning: float = number(0.5, 0, 1, "how far a belief moves to what was seen, each round")
    noise: float = number(0.02, 0, 10, "how loosely choices follow the prospects (0: always the best)", "points")
    rounds: int = whole(10, 0, 200, "how many rounds are played")


def tipping_belief(params: StagHunt) -> float:
    """The belief above which the shared hunt is the better choice."""
    risk = params.punishment - params.sucker
    return risk / (params.reward - params.temptation + risk)


def prospects(params: StagHunt, belief: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """The expected payoff (points) of the stag and of the hare when a share `belief` of the others hunts the stag."""
    share = np.asarray(belief, dtype=float)
    stag = share * params.reward + (1 - share) * params.sucker
    hare = share * params.temptation + (1 - share) * params.punishment
    return stag, hare


def replicator(params: StagHunt, share: float, time: float, step: float = 0.01) -> float:
    """The share of stag hunters after `time` when what pays more spreads: dx/dt = x (1 - x) (stag - hare)."""
    gain, loss = params.reward - params.temptation, params.punishment - params.sucker
    for _step in range(round(time / step)):
        share += step * share * (1 - share) * (share * gain - (1 - share) * loss)
        share = min(1.0, max(0.0, share))
    return share


def effort_payoffs(params: MinimumEffort, efforts: np.ndarray) -> np.ndarray:
    """What each gets (points) for efforts (..., people) in 1..levels."""
    weakest = np.min(efforts, axis=-1, keepdims=True)
    payoff: np.ndarray = params.base + params.benefit * weakest - params.cost * efforts
    return payoff


def tipping_trust(params: MinimumEffort) -> float:
    """The chance per other of giving everything above which to give everything is best: (cost / benefit)^(1 / (n - 1)).

    Below it the least is best if each of the others gives either everything or the least there is; with beliefs that
    spread the rest evenly over all levels, as in `run`, a level between can be. 1 (nothing can tip) if effort costs as
    much as it brings; 0 for one person to whom effort pays.
    """
    if params.cost >= params.benefit:
        return 1.0
    return 0.0 if params.people == 1 else float((params.cost / params.benefit) ** (1 / (params.people - 1)))


def run(params: StagHunt | MinimumEffort, rng: np.random.Generator) -> Run:
    """Play the rounds.

    Clock: `round`, from 1. Stag hunt: frames `choice` (1 stag, 0 hare) and `belief` (percent), uint8, shape (rounds,
    people); series `stag` (share), `belief` (mean), `payoff` (mean, points); summary `stag` (last round; what the first
    beliefs call for if there are no rounds), `payoff`, `tipping_belief`.

    Minimum effort: frames `effort`, uint8, shape (rounds, people); series `smallest`, `effort` (mean),
    `payoff` (mean, points); summary `smallest`, `effort`, `payoff` (last round; nan without rounds), `tipping_trust`.
    """
    return _hunt(params, rng) if isinstance(params, StagHunt) else _effort(params, rng)


def run_many(params: StagHunt | MinimumEffort, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` groups, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _hunt(params: StagHunt, rng: np.random.Generator) -> Run:
    n, rounds = params.people, params.rounds
    tipping = tipping_belief(params)
    belief = np.clip(params.belief + params.spread * rng.uniform(-1, 1, n), 0, 1)
    slips = rng.random((rounds, n)) < params.mistakes
    choices = np.zeros((rounds, n), dtype=np.uint8)
    beliefs = np.zeros((rounds, n))
    payoff = np.zeros(rounds)
    hunts = belief > tipping
    for turn in range(rounds):
        hunts = (belief > tipping) ^ slips[turn]
        choices[turn], beliefs[turn] = hunts, belief
        if n > 1:
            seen = (np.count_nonzero(hunts) - hunts) / (n - 1)
            stag, hare = prospects(params, seen)
            payoff[turn] = np.mean(np.where(hunts, stag, hare))
            belief = belief + params.learning * (seen - belief)
        else:
            payoff[turn] = params.sucker if hunts[0] else params.punishment
    share = choices.mean(axis=1)
    summary = {
        "stag": float(np.mean(hunts)),
        "payoff": float(payoff[-1]) if rounds else float("nan"),
        "tipping_belief": tipping,
    }
    return Run(
        summary=summary,
        trace=_hunt_trace(share, tipping, float(np.mean(beliefs[0])) if rounds else params.belief),
        clock=Clock("round", "rounds", np.arange(1, rounds + 1)),
        series={"stag": share, "belief": beliefs.mean(axis=1), "payoff": payoff},
        frames={"choice": choices, "belief": np.rint(100 * beliefs).astype(np.uint8)},
    )


def _hunt_trace(share: np.ndarray, tipping: float, belief: float) -> tuple[str, ...]:
    first = _("People expect {belief:.0%} of the others to join; joining pays from {tipping:.0%} on.")
    moments = sorted({0, len(share) // 4, len(share) // 2, len(share) - 1}) if len(share) else []
    joins = _("Round {round}: {share:.0%} join the shared hunt.")
    rounds = (joins.format(round=turn + 1, share=share[turn]) for turn in moments)
    return (first.format(belief=belief, tipping=tipping), *rounds)


def _smallest_of_others(efforts: np.ndarray) -> np.ndarray:
    """For each the smallest effort among all others."""
    lowest, second = np.partition(efforts, 1)[:2]
    alone = np.argmin(efforts)
    smallest = np.full(len(efforts), lowest)
    smallest[alone] = second
    return smallest


def _first_belief(params: MinimumEffort) -> np.ndarray:
    """The chance (levels,) of each smallest effort of the others, if they choose independently."""
    one = np.full(params.levels, (1 - params.belief) / (params.levels - 1))
    one[-1] = params.belief
    at_least = np.append(np.cumsum(one[::-1])[::-1], 0.0).clip(0, 1) ** (params.people - 1)
    if params.people == 1:
        at_least = np.append(np.ones(params.levels), 0.0)  # nobody else holds anything up
    chance: np.ndarray = at_least[:-1] - at_least[1:]
    return chance


def _effort(params: MinimumEffort, rng: np.random.Generator) -> Run:
    n, rounds, levels = params.people, params.rounds, params.levels
    effort = np.arange(1, levels + 1)
    outcome = params.base + params.benefit * np.minimum.outer(effort, effort) - params.cost * effort[:, None]
    belief = np.tile(_first_belief(params), (n, 1))
    luck = rng.gumbel(size=(rounds, n, levels)) if params.noise > 0 else np.zeros((rounds, 1, 1))
    efforts = np.ones((rounds, n), dtype=np.uint8)
    for turn in range(rounds):
        prospect = belief @ outcome.T + params.noise * luck[turn]  # the best of these is a logit choice
        # prospects that differ by rounding only are a tie, and a tie goes to the lower effort
        chosen = np.argmax(prospect >= prospect.max(axis=1, keepdims=True) - 1e-12, axis=1)
        efforts[turn] = chosen + 1
        if n > 1:
            seen = _smallest_of_others(chosen)
            belief *= 1 - params.learning
            belief[np.arange(n), seen] += params.learning
    payoff = effort_payoffs(params, efforts.astype(float)).mean(axis=1)
    smallest, mean = efforts.min(axis=1), efforts.mean(axis=1)
    last = {"smallest": smallest, "effort": mean, "payoff": payoff}
    summary = {name: float(values[-1]) if rounds else float("nan") for name, values in last.items()}
    moments = sorted({0, rounds // 2, rounds - 1}) if rounds else []
    told = _("Round {round}: the smallest effort is {low} of {levels}, the mean {mean:.1f}.")
    return Run(
        summary={**summary, "tipping_trust": tipping_trust(params)},
        trace=tuple(told.format(round=turn + 1, low=smallest[turn], levels=levels, mean=mean[turn]) for turn in moments)
        or (_("No round is played."),),
        clock=Clock("round", "rounds", np.arange(1, rounds + 1)),
        series={"smallest": smallest, "effort": mean, "payoff": payoff},
        frames={"effort": efforts},
    )
