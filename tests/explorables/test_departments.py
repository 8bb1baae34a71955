"""Departments: who is in which, what may be drawn between them, and where they stand."""

import numpy as np
import pytest

from choreo.explorables.departments import Departments
from choreo.models.small_world import degree

FOUR = Departments()


def test_within_a_department_everybody_knows_everybody_and_bridges_come_on_top():
    assert degree(FOUR.joined()).tolist() == [7] * 32
    assert degree(FOUR.joined(((0, 9),)))[[0, 9]].tolist() == [8, 8]
    assert degree(FOUR.everyone()).tolist() == [31] * 32
    assert len(FOUR.pairs) - len(FOUR.within) == 384  # bridges in all


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ([[9, 0], [0, 9], [0, 1]], [[0, 9]]),  # each once; none within a department
        ([[0, 32], [-1, 9], [0, 9.5], ["0", "9"], [0], 7], []),
        ("bridges", []),
        ([[0, at] for at in range(8, 32)] + [[1, 8]], [[0, at] for at in range(8, 32)]),  # at most 24
    ],
)
def test_only_sound_bridges_are_kept(wanted, kept):
    assert FOUR.sound(wanted) == kept


@pytest.mark.parametrize("rows", [1, 2])
def test_all_stand_on_the_ground_and_no_two_departments_overlap(rows):
    at = FOUR.places(rows)
    assert at.shape == (32, 2)
    assert at.min() >= 0
    assert at.max() <= 1
    boxes = [(at[FOUR.of == one].min(axis=0), at[FOUR.of == one].max(axis=0)) for one in range(4)]
    for one in range(4):
        for other in range(one):
            (low, high), (low2, high2) = boxes[one], boxes[other]
            assert np.any((high < low2) | (high2 < low))
