"""Trust in repeated dealings: the iterated prisoner's dilemma, with mistakes, forgiveness and the shadow of the future.

R. Axelrod, "The Evolution of Cooperation" (1984); R. Axelrod and W. D. Hamilton, Science 211 (1981) 1390-1396; M. Nowak
and K. Sigmund, "Tit for tat in heterogeneous populations", Nature 355 (1992) 250-253, and "A strategy of win-stay,
lose-shift that outperforms tit-for-tat", Nature 364 (1993) 56-58; P. Molander, Journal of Conflict Resolution 29 (1985)
611-618. (Nowak and May's dilemma on a grid is in `trust_grid`.)

Two people move at once, round after round; both cooperating pays R each, both defecting P, and a defector gets T from a
cooperator, who gets S. A strategy here remembers one round: the chances to cooperate after (mine, theirs) = CC, CD, DC,
DD, and in the first round. With `noise` each intended move turns into the other one, and both see what was done. With
the chance `again` a pair meets once more; otherwise both go on with somebody new, as in a first round.

So the four outcomes of a round are a Markov chain. `outcome_chances` gives their exact chances in every round,
`long_run` their exact long-run shares; with again = w < 1 the long-run mean is (1 - w) times the discounted payoff that
Axelrod's analysis uses. Facts that follow and are often told wrongly: with noise, tit for tat against itself falls to
(R + S + T + P) / 4 in the long run, however rare mistakes are; against always-defect, win-stay-lose-shift at 5/3/1/0 is
no better than neutral, since R = (T + P) / 2; and tit for tat does not win every tournament: `tournament` tells. GRIM
remembers one round here as well: it holds a grudge as long as one of the two defects, but if both slip into cooperating
in the same round it trusts again. The published GRIM never does.

Ours: `run` plays many pairs side by side.

Left out: memory beyond one round, reputation among others, talk, feelings: what turned the two departments around in
the story has no counterpart here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run, summaries
from choreo.words import _

OUTCOMES = ("CC", "CD", "DC", "DD")  # my move, then theirs
FIRST = 4  # the outcome that stands for "we have not met"
THEIR_VIEW = np.array([0, 2, 1, 3])  # the same outcome, seen from the other side
PAYOFFS = (3.0, 0.0, 5.0, 1.0)  # Axelrod's, in the order of OUTCOMES: R, S, T, P


@dataclass(frozen=True)
class Strategy:
    """Chances to cooperate after CC, CD, DC and DD (my move first), and in the first round."""

    name: str
    reply: tuple[float, float, float, float]
    opening: float = 1.0


def tit_for_tat(forgiveness: float = 0.0) -> Strategy:
    """Do what the other did, but let a defection pass with the chance `forgiveness` (generous if above 0)."""
    return Strategy("GTFT" if forgiveness else "TFT", (1.0, forgiveness, 1.0, forgiveness))


STRATEGIES = {
    "TFT": tit_for_tat(),
    "GTFT": tit_for_tat(1 / 3),
    "WSLS": Strategy("WSLS", (1.0, 0.0, 0.0, 1.0)),
    "GRIM": Strategy("GRIM", (1.0, 0.0, 0.0, 0.0)),
    "ALLC": Strategy("ALLC", (1.0, 1.0, 1.0, 1.0)),
    "ALLD": Strategy("ALLD", (0.0, 0.0, 0.0, 0.0), opening=0.0),
    "STFT": Strategy("STFT", (1.0, 0.0, 1.0, 0.0), opening=0.0),
    "JOSS": Strategy("JOSS", (0.9, 0.0, 0.9, 0.0)),
    "RANDOM": Strategy("RANDOM", (0.5, 0.5, 0.5, 0.5), opening=0.5),
}
NAMES = tuple(STRATEGIES)


@dataclass(frozen=True)
class Trust(Parameters):
    """Two ways of dealing with each other, many pairs, and the payoffs (defaults: Axelrod's)."""

    strategy: str = choice("TFT", NAMES, "how the first person of each pair acts")
    other: str = choice("TFT", NAMES, "how the second person of each pair acts")
    noise: float = number(0.01, 0, 0.5, "the chance that a move comes out as the opposite of what was meant")
    forgiveness: float = number(1 / 3, 0, 1, "how often generous tit for tat (GTFT) lets a defection pass")
    again: float = number(1.0, 0, 1, "the chance that a pair meets once more")
    rounds: int = whole(500, 0, 2000, "how many rounds are played")
    pairs: int = whole(100, 1, 400, "how many pairs play side by side")
    temptation: float = number(5.0, 0, 20, "T: what a defector gets from a cooperator", "points")
    reward: float = number(3.0, 0, 20, "R: what each gets when both cooperate", "points")
    punishment: float = number(1.0, 0, 20, "P: what each gets when both defect", "points")
    sucker: float = number(0.0, 0, 20, "S: what a cooperator gets from a defector", "points")

    def __post_init__(self) -> None:
        """Raise ParameterError also if the payoffs are no dilemma: T > R > P >= S."""
        super().__post_init__()
        if not self.temptation > self.reward > self.punishment >= self.sucker:
            raise ParameterError(
                f"Trust.temptation = {self.temptation!r}, reward = {self.reward!r}, punishment = {self.punishment!r}, "
                f"sucker = {self.sucker!r}: must fall in this order"
            )

    @property
    def payoffs(self) -> tuple[float, float, float, float]:
        """R, S, T, P: my payoff for each of OUTCOMES."""
        return self.reward, self.sucker, self.temptation, self.punishment

    @property
    def players(self) -> tuple[Strategy, Strategy]:
        """The strategies of the two, with the forgiveness asked for."""
        first, second = (
            tit_for_tat(self.forgiveness) if name == "GTFT" else STRATEGIES[name]
            for name in (self.strategy, self.other)
        )
        return first, second


def _chances(strategy: Strategy, noise: float) -> np.ndarray:
    """The chance that the move is to cooperate, after each outcome and (last) in the first round."""
    return noise + (1 - 2 * noise) * np.array([*strategy.reply, strategy.opening])


def _chain(a: Strategy, b: Strategy, noise: float, again: float) -> tuple[np.ndarray, np.ndarray]:
    """The chances of the first round's outcomes (4,), and of the next round's after each outcome (4, 4)."""
    mine, theirs = _chances(a, noise), _chances(b, noise)[[*THEIR_VIEW, FIRST]]
    joint = np.stack([mine * theirs, mine * (1 - theirs), (1 - mine) * theirs, (1 - mine) * (1 - theirs)], axis=1)
    return joint[FIRST], again * joint[:FIRST] + (1 - again) * joint[FIRST]


def outcome_chances(a: Strategy, b: Strategy, rounds: int, noise: float = 0.0, again: float = 1.0) -> np.ndarray:
    """The exact chances of CC, CD, DC, DD (a's move first) in every round, shape (rounds, 4)."""
    chance, step = _chain(a, b, noise, again)
    chances = np.empty((rounds, 4))
    for round_ in range(rounds):
        chances[round_] = chance
        chance = chance @ step
    return chances


def long_run(a: Strategy, b: Strategy, noise: float = 0.0, again: float = 1.0) -> np.ndarray:
    """The exact long-run shares of CC, CD, DC, DD (a's move first), shape (4,), also where the start decides."""
    chance, step = _chain(a, b, noise, again)
    lazy = (step + np.eye(4)) / 2  # the same long-run shares, without cycles
    for _squaring in range(60):
        lazy = lazy @ lazy
        lazy /= lazy.sum(axis=1, keepdims=True)
    shares: np.ndarray = chance @ lazy
    return shares


def long_run_score(
    a: Strategy,
    b: Strategy,
    noise: float = 0.0,
    again: float = 1.0,
    payoffs: Sequence[float] = PAYOFFS,
) -> float:
    """What `a` earns per round against `b` in the long run (points), exactly."""
    return float(long_run(a, b, noise, again) @ np.asarray(payoffs))


def stable_again(payoffs: Sequence[float] = PAYOFFS) -> float:
    """The chance to meet again from which on nothing can invade tit for tat (Axelrod 1984): 2/3 at 5/3/1/0."""
    reward, sucker, temptation, punishment = payoffs
    return max((temptation - reward) / (temptation - punishment), (temptation - reward) / (reward - sucker))


def best_forgiveness(payoffs: Sequence[float] = PAYOFFS) -> float:
    """The most forgiveness that defectors cannot live on (Molander 1985; Nowak and Sigmund 1992): 1/3 at 5/3/1/0."""
    reward, sucker, temptation, punishment = payoffs
    limits = 1 - (temptation - reward) / (reward - sucker), (reward - punishment) / (temptation - punishment)
    return max(0.0, min(limits))


def play(
    pairs: Sequence[tuple[Strategy, Strategy]],
    rounds: int,
    rng: np.random.Generator,
    noise: float = 0.0,
    again: float = 1.0,
) -> np.ndarray:
    """Play every pair: the index into OUTCOMES (the first one's move first), uint8, shape (rounds, pairs)."""
    return follow(pairs, rng.random((rounds, 2 + (again < 1), len(pairs))), noise, again)


def follow(
    pairs: Sequence[tuple[Strategy, Strategy]], luck: np.ndarray, noise: float = 0.0, again: float = 1.0
) -> np.ndarray:
    """What becomes of every pair with this luck, as `play` gives it.

    `luck`: uniform in [0, 1), shape (rounds, 2, pairs), the first one's before the other's; if again < 1, a third for
    whether they meet once more.
    """
    mine = np.array([_chances(a, noise) for a, _ in pairs]).ravel()
    theirs = np.array([_chances(b, noise)[[*THEIR_VIEW, FIRST]] for _, b in pairs]).ravel()
    row = 5 * np.arange(len(pairs))
    outcomes = np.empty((len(luck), len(pairs)), dtype=np.uint8)
    at = row + FIRST
    for round_, (first, second, *meet) in enumerate(luck):
        outcome = 2 * (first >= mine[at]) + (second >= theirs[at])
        outcomes[round_] = outcome
        if again < 1:
            outcome[meet[0] >= again] = FIRST
        at = row + outcome
    return outcomes


def slipped(pairs: Sequence[tuple[Strategy, Strategy]], outcomes: np.ndarray) -> np.ndarray:
    """Where a move of either was surely not meant: its chance was 0 or 1, and it came out the other way.

    `outcomes` of pairs that meet again for certain; bool, shape (rounds, pairs).
    """
    before = np.concatenate([np.full((1, outcomes.shape[1]), FIRST), outcomes[:-1]])
    column = np.arange(outcomes.shape[1])
    found = np.zeros(outcomes.shape, dtype=bool)
    for side, gives, view in (
        (0, outcomes < 2, before),
        (1, outcomes % 2 == 0, np.array([*THEIR_VIEW, FIRST])[before]),
    ):
        meant = np.array([[*pair[side].reply, pair[side].opening] for pair in pairs]).reshape(-1, 5)[column, view]
        found |= np.where(gives, meant == 0, meant == 1)
    return found


def match(
    a: Strategy,
    b: Strategy,
    rounds: int,
    rng: np.random.Generator,
    noise: float = 0.0,
    payoffs: Sequence[float] = PAYOFFS,
) -> tuple[float, float]:
    """The total scores (points) of one match."""
    outcome = play([(a, b)], rounds, rng, noise)[:, 0]
    pay = np.asarray(payoffs)
    return float(pay[outcome].sum()), float(pay[THEIR_VIEW[outcome]].sum())


def tournament(
    strategies: Sequence[Strategy],
    rng: np.random.Generator,
    rounds: int = 200,
    noise: float = 0.0,
    repetitions: int = 5,
    payoffs: Sequence[float] = PAYOFFS,
) -> np.ndarray:
    """Everybody against everybody and a twin: mean score per round of the row against the column, shape (n, n)."""
    n = len(strategies)
    cells = [(i, j) for i in range(n) for j in range(i, n)]
    pairs = [(strategies[i], strategies[j]) for i, j in cells for _again in range(repetitions)]
    outcomes = play(pairs, rounds, rng, noise)
    pay = np.asarray(payoffs)
    first = pay[outcomes].mean(axis=0).reshape(len(cells), repetitions).mean(axis=1)
    second = pay[THEIR_VIEW[outcomes]].mean(axis=0).reshape(len(cells), repetitions).mean(axis=1)
    table = np.empty((n, n))
    for (i, j), mine, theirs in zip(cells, first, second, strict=True):
        table[i, j], table[j, i] = (mine, theirs) if i != j else ((mine + theirs) / 2,) * 2
    return table


def expected_table(
    strategies: Sequence[Strategy], rounds: int = 200, noise: float = 0.0, payoffs: Sequence[float] = PAYOFFS
) -> np.ndarray:
    """The exact mean of what `tournament` returns, shape (n, n)."""
    pay = np.asarray(payoffs)
    return np.array([[np.mean(outcome_chances(a, b, rounds, noise) @ pay) for b in strategies] for a in strategies])


def ecology(table: np.ndarray, shares: np.ndarray, generations: int) -> np.ndarray:
    """How shares of a population change when who scores more is copied more; shape (generations + 1, n).

    Axelrod's ecological tournament: next share = share * own mean score / mean score of all.
    """
    history = np.empty((generations + 1, len(shares)))
    history[0] = np.asarray(shares) / np.sum(shares)
    for generation in range(generations):
        grown = history[generation] * (table @ history[generation])
        history[generation + 1] = grown / grown.sum() if grown.sum() > 0 else history[generation]
    return history


def run(params: Trust, rng: np.random.Generator) -> Run:
    """Play all pairs side by side.

    Clock: `round`, from 1. Frames: `outcome` (index into OUTCOMES), uint8, shape (rounds, pairs). Series: `trust`
    (share of pairs in which both cooperate), `expected_trust` (its exact expectation), `score`, `other_score` (means,
    points). Summary: `score`, `other_score` (points per round) and `trust` over all rounds (nan without rounds),
    `expected_score`, the exact mean of `score`, and `long_run_score`, `long_run_other_score`, `long_run_trust`, exact.
    """
    a, b = params.players
    outcomes = play([(a, b)] * params.pairs, params.rounds, rng, params.noise, params.again)
    pay = np.array(params.payoffs)
    counts = np.stack([np.count_nonzero(outcomes == outcome, axis=1) for outcome in range(4)], axis=1) / params.pairs
    chances = outcome_chances(a, b, params.rounds, params.noise, params.again)
    score, other = counts @ pay, counts @ pay[THEIR_VIEW]
    settled = long_run(a, b, params.noise, params.again)
    seen = {"score": score, "other_score": other, "trust": counts[:, 0], "expected_score": chances @ pay}
    summary = {name: float(np.mean(values)) if params.rounds else float("nan") for name, values in seen.items()}
    summary |= {
        "long_run_score": float(settled @ pay),
        "long_run_other_score": float(settled @ pay[THEIR_VIEW]),
        "long_run_trust": float(settled[0]),
    }
    return Run(
        summary=summary,
        trace=_trace(params, counts[:, 0], summary),
        clock=Clock("round", "rounds", np.arange(1, params.rounds + 1)),
        series={
            "trust": counts[:, 0],
            "expected_trust": chances[:, 0],
            "score": score,
            "other_score": other,
        },
        frames={"outcome": outcomes},
    )


def run_many(params: Trust, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` times `pairs` pairs, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _trace(params: Trust, trust: np.ndarray, summary: dict[str, float]) -> tuple[str, ...]:
    moments = sorted({0, len(trust) // 10, len(trust) // 2, len(trust) - 1}) if len(trust) else []
    told = _("Round {round}: in {share:.0%} of the pairs both cooperate.")
    end = _("In the long run the first of each pair gets {score:.2f} of {reward:g} points that full trust would bring.")
    return (
        *(told.format(round=moment + 1, share=trust[moment]) for moment in moments),
        end.format(score=summary["long_run_score"], reward=params.reward),
    )
