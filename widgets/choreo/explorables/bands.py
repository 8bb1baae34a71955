"""A ledger's bands: what each of two does, month by month, and which moves nobody meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from choreo.models.run import Run
from choreo.words import _

NOT_YET = 255  # of a month that has not come
KINDS = (  # in the order of trust.OUTCOMES; the lower half is the partner's
    {"label": _("Both give"), "role": "goal", "short": _("both")},
    {"label": _("The partner keeps back"), "role": "goal", "second": "apart", "short": _("only the first")},
    {"label": _("The first keeps back"), "role": "apart", "second": "goal", "short": _("only the partner")},
    {"label": _("Both keep back"), "role": "apart", "short": _("neither")},
)


def all_at_once(found: Run) -> Run:
    """A run in months whose frames are still: a ledger is seen as a whole, whatever moment is shown."""
    return replace(found, still=found.frames, frames={}, clock=replace(found.clock, name="month", unit="months"))


def bands(found: Run) -> dict[str, Any]:
    """Of such a run, the cells and slips of the stage `ledger`: a row for each pair, a column for each month."""
    return {
        "cell": np.ascontiguousarray(found.still["outcome"].T),
        "kinds": list(KINDS),
        "slips": np.ascontiguousarray(found.still["slip"].T).astype(np.uint8),
    }
