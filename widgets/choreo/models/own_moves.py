"""Somebody's own moves in a repeated dealing with one partner, over a line that garbles: as many slips as are asked for.

The moves and the partners' ways are those of `trust` (Axelrod 1984; Wu and Axelrod 1995 on mistakes). There the slips come
by chance, here so many of each side's moves come out as the opposite, in rounds drawn by lot: a short game would
otherwise often have none. Nobody is told; each sees what arrived.

Ours: the fixed number of slips, and that somebody plays.

Left out: what `trust` leaves out; and the slips of a real line do not come in fixed numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, Spec, choice, whole
from choreo.models.run import Clock, Run, summaries
from choreo.models.trust import FIRST, NAMES, STRATEGIES, THEIR_VIEW
from choreo.words import _


@dataclass(frozen=True)
class OwnMoves(Parameters):
    """A partner's way, how long it goes on, and what somebody has meant to do so far: True is to cooperate."""

    partner: str = choice("TFT", NAMES, "how the partner acts")
    rounds: int = whole(10, 7, 100, "how many rounds there are")
    slips: int = whole(1, 0, 10, "how many moves of each side come out as the opposite of what was meant")
    moves: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        """Raise ParameterError also if there is no room for the slips."""
        super().__post_init__()
        if self.rounds < 4 * self.slips + 3:
            raise ParameterError(f"OwnMoves.slips = {self.slips}: {self.rounds} rounds have no room for them")

    @classmethod
    def specs(cls) -> tuple[Spec, ...]:
        """The numbers and words; moves are checked where they are made."""
        return tuple(
            Spec(name=name, default=one.default, **one.metadata)
            for name, one in cls.__dataclass_fields__.items()
            if one.metadata
        )


def slips_of(params: OwnMoves, rng: np.random.Generator) -> np.ndarray:
    """Which moves go wrong, of the one who plays and of the partner: bool, shape (2, rounds).

    The rounds are divided evenly among the slips, and each falls into its part by lot, the two sides in turn; never in the
    first round nor in the last two, and never in two rounds running: what follows a slip should be seen.
    """
    found = np.zeros((2, params.rounds), dtype=bool)
    side = int(rng.integers(2))
    for part in np.array_split(np.arange(1, params.rounds - 2), 2 * params.slips) if params.slips else ():
        found[side, rng.choice(part[:-1])] = True
        side = 1 - side
    return found


def run(params: OwnMoves, rng: np.random.Generator) -> Run:
    """The rounds that were played so far.

    Clock: `round`, from 1. Frames: `outcome` (index into trust.OUTCOMES as it arrived, the player's move first), uint8, and
    `slips` (of the player, of the partner), bool, shape (rounds, 2). Summary: `played`, `both` (rounds in which both
    cooperate), `gave` (rounds in which the player meant to). The partner's luck does not depend on the moves.
    """
    wrong = slips_of(params, rng)
    luck = rng.random(params.rounds)
    way = STRATEGIES[params.partner]
    chances = np.array([*way.reply, way.opening])[[*THEIR_VIEW, FIRST]]
    moves = params.moves[: params.rounds]
    outcomes = np.empty(len(moves), dtype=np.uint8)
    at = FIRST
    for round_, gives in enumerate(moves):
        mine = gives != wrong[0, round_]
        theirs = (luck[round_] < chances[at]) != wrong[1, round_]
        at = outcomes[round_] = 2 * (not mine) + (not theirs)
    return Run(
        summary={
            "played": float(len(moves)),
            "both": float(np.count_nonzero(outcomes == 0)),
            "gave": float(sum(moves)),
        },
        trace=_trace(outcomes, wrong[0], wrong[1] if len(moves) == params.rounds else np.zeros_like(wrong[1])),
        clock=Clock("round", "rounds", np.arange(1, len(moves) + 1)),
        frames={"outcome": outcomes, "slips": wrong[:, : len(moves)].T},
    )


def run_many(params: OwnMoves, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` times the slips, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _trace(outcomes: np.ndarray, mine: np.ndarray, theirs: np.ndarray) -> tuple[str, ...]:
    """What arrived, and which moves went wrong: of the partner's one hears in the end only."""
    told = (
        _("Month {month}: both give."),
        _("Month {month}: you give, the partner keeps back."),
        _("Month {month}: you keep back, the partner gives."),
        _("Month {month}: both keep back."),
    )
    slip = (
        {True: _(" Your move had gone wrong."), False: ""},
        {True: _(" The partner's move had gone wrong."), False: ""},
    )
    if not len(outcomes):
        return (_("Nothing has been given or kept back yet."),)
    return tuple(
        told[outcome].format(month=at + 1) + slip[0][bool(mine[at])] + slip[1][bool(theirs[at])]
        for at, outcome in enumerate(outcomes)
    )
