"""Moves that a learner makes one after another: what is kept of them, and what the stage tells when."""

from __future__ import annotations

import numpy as np
import pytest

from choreo.explorables.finder import explorable
from choreo.explorables.ten_months import GIVE, KEEP, MONTHS

MONTHS_PLAYED = explorable("ten-months")
MOVES = MONTHS_PLAYED.controls[0]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ([GIVE, KEEP], [GIVE, KEEP]),
        ([GIVE] * 30, [GIVE] * MONTHS),
        ([GIVE, "steal", 3, None, [GIVE]], [GIVE]),
        (GIVE, [KEEP]),
        (None, [KEEP]),
    ],
)
def test_only_moves_that_there_are_are_kept_and_no_more_than_there_are_turns(wanted: object, kept: list[str]) -> None:
    assert MOVES.sound(wanted, [KEEP]) == kept


@pytest.mark.parametrize("seed", range(20))
def test_which_of_the_partners_moves_was_a_slip_is_told_in_the_end_and_ones_own_at_once(seed: int) -> None:
    def slips(played: int) -> list[int]:
        params = MONTHS_PLAYED.params({"moves": [GIVE] * played})
        scene = MONTHS_PLAYED.scene(params, MONTHS_PLAYED.run(params, seed), seed)
        return np.flatnonzero(scene["slips"][0]).tolist()

    both = slips(MONTHS)
    assert len(both) == 2
    own = slips(MONTHS - 1)
    assert len(own) == 1
    assert set(own) < set(both)
    assert slips(own[0]) == []
    assert slips(own[0] + 1) == own
