"""What every model returns: frames for a stage, series for charts, a summary, and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Run:
    """One simulation, computed once.

    `frames` and `series` have time as their first axis; `frames` are in compact dtypes, because they travel to a browser.
    """

    summary: Mapping[str, float]
    trace: tuple[str, ...]  # what happened, in sentences, for people who do not see the stage
    series: Mapping[str, np.ndarray] = field(default_factory=dict)
    frames: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def frame_bytes(self) -> int:
        """Bytes that the frames take on their way to the stage."""
        return sum(frame.nbytes for frame in self.frames.values())
