"""What a room judged alone, and after one voice: how far it went to that voice, and how many minds are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from choreo.live.activities.wisdom_of_the_room.estimates import spelled, tidy
from choreo.live.scene import Figure
from choreo.models.influence import Influence, effective_minds, shares
from choreo.words import _, n_

MOST_MODELLED = 500  # people that the model takes
LISTENING = 20  # rounds of it, in the lesson


@dataclass(frozen=True)
class Judgements:
    """Those of people who judged twice; who spoke is not among them."""

    alone: tuple[float, ...]
    again: tuple[float, ...]
    voice: float
    unit: str
    truth: float | None = None

    @property
    def people(self) -> int:
        """How many, with the one who spoke."""
        return len(self.alone) + 1

    @property
    def weight(self) -> float | None:
        """How far they went to the voice, 0 to 1: least squares over all, so that who began far off counts more.

        None where all began where the voice is.
        """
        way = self.voice - np.array(self.alone)
        far = float(way @ way)
        return None if far == 0 else min(1.0, max(0.0, float((np.array(self.again) - self.alone) @ way) / far))

    @property
    def ways(self) -> tuple[int, int, int]:
        """How many moved towards the voice, stayed, and moved away from it."""
        went = (np.array(self.again) - self.alone) * (self.voice - np.array(self.alone))
        moved = np.array(self.again) != np.array(self.alone)
        towards, stayed = int(np.sum(went > 0)), int(np.sum(~moved))
        return towards, stayed, len(self.alone) - towards - stayed

    def minds(self, rounds: int, last: bool = False, listens: bool = False) -> float:
        """How many minds the room judges as after so many rounds in which the voice weighs as much as it did here.

        The voice speaks first, or hears all first and then speaks; after that it listens on, or not. At most MOST_MODELLED.
        """
        params = Influence(
            people=min(self.people, MOST_MODELLED),
            hub_weight=self.weight or 0.0,
            openness=float(listens or last),
            rounds=rounds,
            speaks="last" if last else "first",
        )
        return effective_minds(shares(params))

    def amount(self, value: float) -> str:
        """A value with its unit."""
        told = spelled(tidy(value, 3))
        return f"{told}%" if self.unit == "%" else f"{told} {self.unit}".strip()

    def spread(self) -> Figure:
        """How many judgements lie where, alone and again; the few that are far out are counted at the edges."""
        every = np.array([*self.alone, *self.again, self.voice])
        low, high = float(np.quantile(every, 0.02)), float(np.quantile(every, 0.98))
        pad = 0.05 * (high - low) or 1.0
        edges = np.linspace(low - pad, high + pad, 14)
        x, most = [tidy(edge, 6) for edge in edges], 1
        traces: list[dict[str, Any]] = []
        for values, name, role in ((self.alone, _("alone"), "others"), (self.again, _("after the voice"), "you")):
            counts = np.histogram(np.clip(values, edges[0], edges[-1]), edges)[0].tolist()
            most = max(most, *counts)
            line = {"type": "scatter", "mode": "lines", "x": x, "y": [*counts, counts[-1]], "name": name}
            traces.append(line | {"line": {"shape": "hv"}, "fill": "tozeroy", "meta": {"role": role}})
        marks = [(self.voice, _("the voice"), "apart", "solid")]
        if self.truth is not None:
            marks.append((self.truth, _("true"), "goal", "dash"))
        for at, name, role, dash in marks:
            line = {"type": "scatter", "mode": "lines", "x": [at] * 2, "y": [0, most], "name": name}
            traces.append(line | {"line": {"dash": dash}, "meta": {"role": role}})
        layout = {"xaxis": {"title": {"text": self.unit}}, "yaxis": {"title": {"text": _("people")}}}
        layout["yaxis"]["rangemode"] = "tozero"  # type: ignore[assignment]
        says = _("Alone we were at {alone} on average, after the voice at {again}; it said {voice}.").format(
            alone=self.amount(mean(self.alone)), again=self.amount(mean(self.again)), voice=self.amount(self.voice)
        )
        return Figure(tuple(traces), layout, says)


def mean(values: Sequence[float]) -> float:
    """The plain average."""
    return float(np.mean(values))


def minds_of(value: float) -> str:
    """A number of minds, with a digit where they are few."""
    told = digits(value)
    return n_("{minds} mind", "{minds} minds", 1 if told == "1" else 2).format(minds=told)


def digits(value: float) -> str:
    """With one after the point, where that tells something."""
    return f"{value:.0f}" if value >= 20 or abs(value - round(value)) < 0.05 else f"{value:.1f}"
