"""The prisoner's dilemma on a grid: who copies the neighbour that does best keeps cooperation alive in patches.

M. A. Nowak and R. M. May, "Evolutionary games and spatial chaos", Nature 359 (1992) 826-829. Each cell cooperates or
defects with its eight neighbours and with itself; two cooperators get 1 each, a defector gets b from a cooperator, and
everything else pays 0. Then every cell at once takes over the way of the best score in its neighbourhood, its own
included. For 1.8 < b < 2 cooperators and defectors live on in ever-changing patterns, with about 12 ln 2 - 8 = .318 of
the cells cooperating; from a single defector the pattern is symmetric for ever.

The play with oneself is part of the published results: without it defectors take everything at these b. `itself` lets
one see that.

Ours: nothing; a tie between the best cooperator and the best defector leaves the cell as it was.

Left out: memory, mistakes, moving away, and any reason to cooperate but success next door.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import Parameters, choice, number, whole
from choreo.models.run import Clock, Run, moments, summaries
from choreo.words import _

STARTS = ("random", "one defector")
EDGES = ("wall", "torus")
ITSELF = ("included", "left out")
EXPECTED_SHARE = 12 * math.log(2) - 8  # of cooperators, for 1.8 < b < 2, as published
FRAME_BYTES = 2_000_000  # what one run may send to the stage


@dataclass(frozen=True)
class TrustGrid(Parameters):
    """A square of people who deal with their neighbours and copy whoever does best."""

    temptation: float = number(1.85, 1, 3, "b: what a defector gets from a cooperator, who would get 1 from another")
    size: int = whole(80, 1, 200, "how many cells the square has on each side")
    rounds: int = whole(150, 0, 500, "how many rounds are played")
    start: str = choice("random", STARTS, "how the square begins")
    defectors: float = number(0.1, 0, 1, "the share of defectors in a random start")
    edge: str = choice("wall", EDGES, "what lies beyond the edge: nothing, or the opposite side")
    itself: str = choice("included", ITSELF, "whether each cell also plays with itself, as published")


def _around(cells: np.ndarray, edge: str, combine: np.ufunc) -> np.ndarray:
    """Combine each cell with its eight neighbours; nothing (0) lies beyond a wall."""
    rows, columns = cells.shape
    framed = np.zeros((rows + 2, columns + 2), dtype=cells.dtype)
    framed[1:-1, 1:-1] = cells
    if edge == "torus":
        framed[0], framed[-1] = framed[-2], framed[1]
        framed[:, 0], framed[:, -1] = framed[:, -2], framed[:, 1]
    across = combine(framed[:, :-2], framed[:, 1:-1])
    combine(across, framed[:, 2:], out=across)
    result: np.ndarray = combine(across[:-2], across[1:-1])
    combine(result, across[2:], out=result)
    return result


def step(cooperates: np.ndarray, params: TrustGrid) -> np.ndarray:
    """Who cooperates next, as 0 and 1 (uint8), from who cooperates now; shape (size, size)."""
    partners = _around(cooperates, params.edge, np.add)  # cooperators met, oneself included
    if params.itself == "left out":
        partners -= cooperates
    partners += 1  # so that 0 stays free for "no such neighbour"
    met_by_cooperators = partners * cooperates
    best_cooperator = _around(met_by_cooperators, params.edge, np.maximum)
    best_defector = _around(partners - met_by_cooperators, params.edge, np.maximum)
    gain = np.subtract.outer(np.arange(-1, 10), params.temptation * np.arange(-1, 10))  # of cooperating over defecting
    gain[0], gain[:, 0] = -1, 1
    verdict = np.stack([gain > 0, gain >= 0]).astype(np.uint8)  # what a defector does next, what a cooperator does next
    code = best_cooperator * np.uint8(11) + best_defector
    after: np.ndarray = np.where(cooperates, verdict[1].take(code), verdict[0].take(code))
    return after


def first_cells(params: TrustGrid, rng: np.random.Generator) -> np.ndarray:
    """Who cooperates at the start, as 0 and 1 (uint8), shape (size, size)."""
    size = params.size
    if params.start == "one defector":
        cells = np.ones((size, size), dtype=np.uint8)
        cells[size // 2, size // 2] = 0
        return cells
    return (rng.random((size, size)) >= params.defectors).astype(np.uint8)


def run(params: TrustGrid, rng: np.random.Generator) -> Run:
    """Play the rounds.

    Clock: `round` (0 is the start); evenly spaced ones if all would exceed 2 MB. Frames: `cell`, uint8, shape (time,
    size, size): 1 cooperates and 0 defects, plus 2 if it did the other thing the round before. Series: `cooperators`
    (share). Summary: `cooperators` (mean over the last third of all rounds), `last`, `expected_share` (published, for
    1.8 < b < 2).
    """
    cells = first_cells(params, rng)
    kept = moments(params.rounds + 1, FRAME_BYTES // params.size**2)
    place = {round_: frame for frame, round_ in enumerate(kept.tolist())}
    frames = np.empty((len(kept), params.size, params.size), dtype=np.uint8)
    share = np.empty(params.rounds + 1)
    before = cells
    for round_ in range(params.rounds + 1):
        if round_:
            before, cells = cells, step(cells, params)
        share[round_] = np.count_nonzero(cells) / cells.size
        if round_ in place:
            frames[place[round_]] = cells + 2 * (cells != before)
    late = share[-math.ceil(len(share) / 3) :]
    shares = _("Round {round}: {share:.0%} of the cells cooperate.")
    told = sorted({0, params.rounds // 10, params.rounds // 2, params.rounds})
    return Run(
        summary={
            "cooperators": float(late.mean()),
            "last": float(share[-1]),
            "expected_share": EXPECTED_SHARE,
        },
        trace=tuple(shares.format(round=moment, share=share[moment]) for moment in told),
        clock=Clock("round", "rounds", kept),
        series={"cooperators": share[kept]},
        frames={"cell": frames},
    )


def run_many(params: TrustGrid, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` squares, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)
