"""The coach's console: everything that it does goes between the browser and the hub, so no kernel is missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from anywidget import AnyWidget
from traitlets import List

from choreo.views.source import VIEWS, script, style

HERE = Path(__file__).parent


class Console(AnyWidget):
    """Prepares a live session, runs it, and takes it home."""

    _esm = script(HERE / "console.js")
    _css = style(VIEWS / "theme.css") + style(HERE / "console.css")
    plans = List(help="ready-made plans: name, minutes, notes (HTML), plan").tag(sync=True)
    activities = List(help="what can be put into a plan: see choreo.coach.catalogue").tag(sync=True)

    def __init__(self, plans: Sequence[Mapping[str, Any]], activities: Sequence[Mapping[str, Any]]) -> None:
        """Offer these plans and activities."""
        super().__init__(plans=[dict(plan) for plan in plans], activities=[dict(one) for one in activities])

    def __repr__(self) -> str:
        """Short, and the same at every run."""
        return f"Console: {len(self.activities)} activities, {len(self.plans)} ready-made plans"
