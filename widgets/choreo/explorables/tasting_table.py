"""One table of tasters: how many have a voice, when they hear each other, who gives way, and from how many farms they come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.meeting import RIGHT, WRONG, Meeting, run
from choreo.models.run import Run
from choreo.words import _, n_

LOTS = 100  # of a season
WORDS = 2  # minutes that each farm more takes: they have to learn each other's words
ACROSS, WIDE = 9, 15  # how many sit side by side
MOST = 45
HEAD = 0.2  # of the ground's height, where somebody may comment


class TastingTable(Explorable):
    """Votes that hear each other: a meeting designed from authorship, rhythm, presence and language."""

    model, stage, crowd = Meeting, "people", "season"
    controls = (
        Control("people", _("Authorship: how many speak"), 3, MOST),
        Control("every", _("Rhythm: how many at a time"), 1, MOST),
        Control("steadfast", _("Presence: keep their own taste"), 0, 100, 5, unit="%"),
        Control("schools", _("Language: farms they come from"), 1, 15),
        Control("precision", _("How often a tongue is right"), 50, 90, 5, unit="%"),
    )
    start: ClassVar[Settings] = {"people": 15, "every": 1, "steadfast": 0, "schools": 15, "precision": 60}
    measures = (
        Measure("lead", _("Lots ahead"), "{:+.0f}", 15),
        Measure("in_step", _("Behind it")),
        Measure("minutes", _("Minutes"), "{:.0f}", 75),
        Measure("wrong", _("Lots wrong")),
    )

    def params(self, settings: Settings) -> Meeting:
        """A season of a hundred lots."""
        shares = {name: settings[name] / 100 for name in ("steadfast", "precision")}
        whole = {name: settings[name] for name in ("people", "every", "schools")}
        return Meeting(questions=LOTS, **shares, **whole)

    def run(self, params: Meeting, seed: int) -> Run:
        """The same seed is the same season: who tastes what, lot by lot."""
        found = run(params, np.random.default_rng(seed))
        minutes = params.people + WORDS * params.schools
        lead = LOTS * (found.summary["best"] - found.summary["wrong"])
        return replace(found, summary={**found.summary, "lead": float(round(lead)), "minutes": float(minutes)})

    def scene(self, params: Meeting, found: Run, seed: int) -> Scene:
        """One lot of the season: what each tastes, and says when it is their turn."""
        shown = int(found.still["shown"][0])
        tastes, says = (found.still[name][:, shown] for name in ("signal", "right"))
        return {
            "arrangement": "queue",
            "at": _rows(params.people, ACROSS),
            "wide": _rows(params.people, WIDE),
            "thinks": np.broadcast_to(np.where(tastes, RIGHT, WRONG), found.frames["said"].shape).astype(np.uint8),
            "says": found.frames["said"],
            "marks": [{"label": _("right"), "role": "goal"}, {"label": _("wrong"), "role": "apart"}],
            "label": _("say what is right"),
            "legend": _(
                "One lot of the hundred: the first two are wrong, if there is such a lot. The cloud is what somebody tastes, "
                "the raised hand what they say. They speak along the path, from the top. Those who speak at a time have not "
                "heard each other."
            ),
            "tells": [self._told(*pair) for pair in zip(tastes.tolist(), says.tolist(), strict=True)],
        }

    def _told(self, tastes: bool, says: bool) -> str:
        if tastes == says:
            return _("I say what I taste, and it is right.") if says else _("I say what I taste, and it is wrong.")
        return _("I taste it wrong, and the others put me right.") if says else _("I taste it right, and go along.")

    def words(self, settings: Settings) -> str:
        """Who sits there, and how they hear each other."""
        hears = n_("one at a time", "{every} at a time", settings["every"])
        farms = n_("one farm", "{schools} farms", settings["schools"])
        line = _("{people} tasters from {farms}, {hears}, {steadfast}% keep their own taste, {precision}% right")
        return line.format(**settings, farms=farms.format(**settings), hears=hears.format(**settings))

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What is missing first."""
        if found["minutes"] > MOST:
            return _("The time is over before all have spoken. Whose voice adds something?")
        if found["lead"] < 1 and settings["schools"] < settings["people"] / 4:
            return _("They learned it at the same few farms, so they are wrong together.")
        if found["lead"] < 1:
            return _("Too many voices only repeat. When do they hear each other?")
        return _("Right more often than the best, but split. Who hears the others?")


def _rows(people: int, across: int) -> np.ndarray:
    """Places (people, 2) along a path that turns at each row's end."""
    row, at = np.divmod(np.arange(people), across)
    turned = np.where(row % 2 == 1, across - 1 - at, at)
    return np.stack([(turned + 0.5) / across, HEAD + (1 - HEAD) * (row + 0.5) / (row[-1] + 1)], axis=1).astype(
        np.float32
    )
