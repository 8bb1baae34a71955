"""One way of dealing among partners of several kinds: what it is worth depends on who the others are.

R. Axelrod, "The Evolution of Cooperation" (1984): no way of answering is best whatever the others do. J. Wu and R.
Axelrod, "How to cope with noise in the iterated prisoner's dilemma", Journal of Conflict Resolution 39 (1995) 183-189:
with mistakes, generosity keeps trust alive. D. Fudenberg, D. Rand and A. Dreber, American Economic Review 102 (2012)
720-749: so do people.

The moves and payoffs are those of `trust`. One person has partners who deal as that person does (`alike`), who repay
strictly, who let a fifth of slights pass, who always give and who always take, and deals with each of them alone, month by
month. `earned` says exactly what each of four ways would get in the same company on average.

Ours: the company. Its luck is drawn for all partners there could be and all months: a partner more, or a month, leaves
what happens to the others as it was.

Left out: what `trust` leaves out. Partners do not hear of each other, nobody chooses or leaves a partner, nobody learns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import Parameters, choice, number, whole
from choreo.models.run import Clock, Run, summaries
from choreo.models.trust import NAMES, PAYOFFS, STRATEGIES, Strategy, follow, outcome_chances, slipped, tit_for_tat
from choreo.words import _

MOST, LONGEST = 24, 200  # partners of one kind; months
LETS_PASS = 0.2  # of the slights, by partners who forgive
WAYS = {  # among which a company chooses
    "strict": STRATEGIES["TFT"],
    "forgiving": tit_for_tat(LETS_PASS),
    "giver": STRATEGIES["ALLC"],
    "taker": STRATEGIES["ALLD"],
}


@dataclass(frozen=True)
class Company(Parameters):
    """One person's way, and how many partners there are of each kind."""

    strategy: str = choice("GTFT", NAMES, "how the one person acts")
    forgiveness: float = number(0.0, 0, 1, "how often generous tit for tat (GTFT) lets a defection pass")
    noise: float = number(0.01, 0, 0.5, "the chance that a move comes out as the opposite of what was meant")
    rounds: int = whole(100, 0, LONGEST, "how many months there are", "months")
    alike: int = whole(24, 0, MOST, "partners who act as the one person does", "people")
    strict: int = whole(0, 0, MOST, "partners who do what was done to them", "people")
    forgiving: int = whole(0, 0, MOST, "partners who do so too, but let a fifth of slights pass", "people")
    givers: int = whole(0, 0, MOST, "partners who always cooperate", "people")
    takers: int = whole(0, 0, MOST, "partners who always defect", "people")

    @property
    def way(self) -> Strategy:
        """The one person's strategy."""
        return tit_for_tat(self.forgiveness) if self.strategy == "GTFT" else STRATEGIES[self.strategy]

    @property
    def kinds(self) -> tuple[tuple[Strategy, int], ...]:
        """Each kind of partner, and how many there are; in the order of rows."""
        return (
            (self.way, self.alike),
            (WAYS["strict"], self.strict),
            (WAYS["forgiving"], self.forgiving),
            (WAYS["giver"], self.givers),
            (WAYS["taker"], self.takers),
        )

    @property
    def pairs(self) -> list[tuple[Strategy, Strategy]]:
        """The one person with each partner."""
        return [(self.way, partner) for partner, many in self.kinds for _one in range(many)]


def earned(params: Company) -> dict[str, float]:
    """What each of WAYS would get of these partners on average: points per partner and month, exactly (0 if none)."""
    pay = np.asarray(PAYOFFS)
    partners = sum(many for _, many in params.kinds)
    if not partners or not params.rounds:
        return dict.fromkeys(WAYS, 0.0)
    return {
        name: sum(
            many * float((outcome_chances(way, partner, params.rounds, params.noise) @ pay).mean())
            for partner, many in params.kinds
            if many
        )
        / partners
        for name, way in WAYS.items()
    }


def run(params: Company, rng: np.random.Generator) -> Run:
    """Deal with every partner, month by month.

    Clock: `round`, from 1. Frames: `outcome` (index into trust.OUTCOMES, the one person's move first), uint8, and `slip`
    (a move that was surely not meant), bool, both of shape (rounds, partners). Series: `trust`, the share of partners
    with whom both cooperate: of those alike, or of all if there are none. Summary, over all months (0 if none): `trust`;
    `taken`, the share in which a taker takes while the one person gives; `score`, points per partner and month; and for
    each of WAYS `earned_...`, exact.
    """
    kinds = len(params.kinds)
    luck = rng.random((LONGEST, 2, kinds * MOST))[: params.rounds]
    columns = [kind * MOST + at for kind, (_, many) in enumerate(params.kinds) for at in range(many)]
    outcomes = follow(params.pairs, luck[:, :, columns], params.noise)
    near = outcomes[:, : params.alike] if params.alike else outcomes
    far = outcomes[:, outcomes.shape[1] - params.takers :]
    trust = _mean(near == 0, axis=1)
    summary = {
        "trust": float(_mean(trust)),
        "taken": float(_mean(far == 1)),
        "score": float(_mean(np.asarray(PAYOFFS)[outcomes])),
        **{f"earned_{name}": value for name, value in earned(params).items()},
    }
    return Run(
        summary=summary,
        trace=_trace(trust, summary),
        clock=Clock("round", "rounds", np.arange(1, params.rounds + 1)),
        series={"trust": trust},
        frames={"outcome": outcomes, "slip": slipped(params.pairs, outcomes)},
    )


def run_many(params: Company, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run`, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _mean(values: np.ndarray, axis: int | None = None) -> np.ndarray:
    """The mean, and 0 of nothing."""
    return np.asarray(values.mean(axis=axis)) if values.size else np.zeros(values.shape[:1] if axis else ())


def _trace(trust: np.ndarray, summary: dict[str, float]) -> tuple[str, ...]:
    moments = sorted({0, len(trust) // 10, len(trust) // 2, len(trust) - 1}) if len(trust) else []
    told = _("Month {month}: with {share:.0%} of the partners both give.")
    end = _("Over all months: both give in {trust:.0%}, and each month brings {score:.2f} points.")
    return (
        *(told.format(month=moment + 1, share=trust[moment]) for moment in moments),
        end.format(trust=summary["trust"], score=summary["score"]),
    )
