"""A handbook that learns from those who know better, while they learn from the handbook (March, 1991)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.learning import Learning, run
from choreo.models.run import Run, moments
from choreo.words import _

ACROSS, DOWN, THINGS, ROUNDS, FRAMES = 8, 5, 30, 100, 41


class SlowLearners(Explorable):
    """Mutual learning: whoever takes over the official view at once has nothing left to teach it."""

    model, stage, crowd = Learning, "people", "cooperative"
    controls = (
        Control(
            "pace", _("How fast people take over the handbook"), 5, 90, 5, unit="%", ends=(_("slowly"), _("at once"))
        ),
    )
    start: ClassVar[Settings] = {"pace": 90}
    measures = (
        Measure("handbook", _("Right in the handbook, of 30"), "{:.0f}", THINGS),
        Measure("soon", _("Right in people after 20 weeks, of 30"), "{:.0f}", THINGS),
    )

    def params(self, settings: Settings) -> Learning:
        """Forty people and thirty things to know."""
        people = {"people": ACROSS * DOWN, "dimensions": THINGS, "rounds": ROUNDS}
        return Learning(socialisation=settings["pace"] / 100, code_learning=0.5, **people)

    def run(self, params: Learning, seed: int) -> Run:
        """The same seed is the same world and the same first views."""
        found = run(params, np.random.default_rng(seed))
        right = (found.frames["code"] == found.frames["reality"]).sum(axis=1)
        known = (found.frames["belief"] == found.frames["reality"][:, None]).sum(axis=2)
        kept = moments(len(right), FRAMES)
        summary = {"handbook": float(right[-1]), "soon": float(known[min(20, len(known) - 1)].mean())}
        return replace(
            found,
            trace=_told(right, known, found.clock.times),
            clock=replace(found.clock, name="week", unit="weeks", times=found.clock.times[kept]),
            series={name: values[kept] for name, values in found.series.items()},
            frames={"right": right[kept], "known": known[kept]},
            summary=summary,
        )

    def scene(self, params: Learning, found: Run, seed: int) -> Scene:
        """What each knows, as a gauge; a raised hand: more than the handbook, which learns from those."""
        row, column = np.divmod(np.arange(params.people), ACROSS)
        known, right = found.frames["known"], found.frames["right"]
        says = np.where(known > right[:, None], 1, 0).astype(np.uint8)
        return {
            "arrangement": "grid",
            "at": np.stack([(column + 0.5) / ACROSS, (row + 0.5) / DOWN], axis=1).astype(np.float32),
            "thinks": np.zeros_like(says),
            "says": says,
            "marks": [{"label": _("know better"), "role": "goal"}],
            "label": _("know more than the handbook, which ends with {right} of {all}").format(
                right=int(right[-1]), all=params.dimensions
            ),
            "level": np.rint(100 * known / params.dimensions).astype(np.uint8),
            "line": round(100 * float(right[-1]) / params.dimensions),
            "gauge": _("what each knows"),
            "legend": _(
                "The gauge beside somebody is what they know. A raised hand: more than the handbook, which learns from them. "
                "The line is where the handbook ends."
            ),
            "tells": [
                _("I began with {first} of {all} right, and ended with {last}.").format(
                    first=first, last=last, all=params.dimensions
                )
                for first, last in zip(known[0].tolist(), known[-1].tolist(), strict=True)
            ],
        }

    def words(self, settings: Settings) -> str:
        """How fast they take over what the handbook says."""
        return _("{pace}% of what the handbook says is taken over each week").format(**settings)


def _told(right: np.ndarray, known: np.ndarray, weeks: np.ndarray) -> tuple[str, ...]:
    """What handbook and people know, and how many still know better, at four moments."""
    line = _("Week {week}: {right} of 30 are right in the handbook; {many} of {people} people know more.")
    many = (known > right[:, None]).sum(axis=1)
    return tuple(
        line.format(week=int(weeks[at]), right=int(right[at]), many=int(many[at]), people=known.shape[1])
        for at in moments(len(weeks), 4)
    )
