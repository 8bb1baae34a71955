"""A hall of a hundred seats: where they stand, for all who fill it."""

from __future__ import annotations

import numpy as np

PEOPLE, ROW, WIDE_ROW = 100, 10, 20


def _seats(row: int) -> np.ndarray:
    """Places (people, 2), from 0 to 1: to the right, and to the front; the first ones sit in the front row."""
    at, rows = np.arange(PEOPLE), PEOPLE // row
    return np.stack([(at % row + 0.5) / row, 1 - (at // row + 0.5) / rows], axis=1).astype(np.float32)


SEATS = {"at": _seats(ROW), "wide": _seats(WIDE_ROW)}  # as a stage of people wants them, also on a low, wide ground
