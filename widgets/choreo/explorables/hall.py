"""A hall of people who speak up once enough others have (Granovetter, 1978)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.explorables.seats import PEOPLE, SEATS
from choreo.models.run import Run
from choreo.models.thresholds import Thresholds, run
from choreo.words import _, n_

LADDER, MIXED = "ladder", "mixed"


def _one(wanted: object) -> list[Any]:
    """The last seat in `wanted` that there is, in a list; of anything else nothing."""
    found = [one for one in wanted if type(one) is int and 0 <= one < PEOPLE] if isinstance(wanted, list) else []
    return found[-1:]


class Hall(Explorable):
    """A hundred people in ten rows, each with a number: how many voices it takes until they speak too."""

    model, stage, crowd = Thresholds, "people", "hall"
    controls = (
        Control(
            "crowd",
            _("Who sits there"),
            options=(
                Option(MIXED, _("All sorts"), _("What they need is spread around an average")),
                Option(LADDER, _("A ladder"), _("One who needs nobody, one who needs 1, one who needs 2, up to 99")),
            ),
        ),
        Control("replaced", _("Who is replaced by somebody who needs one voice more"), drawn=_one),
        Control(
            "mean",
            _("How many others people need"),
            0.05,
            0.6,
            0.05,
            unit=_("of all"),
            digits=2,
            inside=("crowd", MIXED),
        ),
        Control(
            "deviation",
            _("How different people are"),
            0.02,
            0.5,
            0.02,
            ends=(_("all alike"), _("very different")),
            digits=2,
            inside=("crowd", MIXED),
        ),
        Control("first_voices", _("First voices"), 0, 40),
        Control(
            "who",
            _("Whose voices they are"),
            options=(
                Option("boldest", _("The boldest"), _("Those who need the fewest others")),
                Option("anyone", _("Anybody’s"), _("Drawn by lot")),
                Option("most hesitant", _("The most hesitant"), _("Those who need the most others")),
            ),
        ),
    )
    start: ClassVar[Settings] = {
        "crowd": MIXED,
        "replaced": [],
        "mean": 0.25,
        "deviation": 0.1,
        "first_voices": 2,
        "who": "anyone",
    }
    measures = (
        Measure("acting", _("People who speak up in the end"), "{:.0f}", PEOPLE, series="acting"),
        Measure("rounds", _("Rounds"), "{:.0f}", PEOPLE),
    )

    def params(self, settings: Settings) -> Thresholds:
        """Always a hundred people: one of each, with or without somebody replaced, or drawn from a normal spread."""
        ladder, out = settings["crowd"] == LADDER, settings["replaced"]
        return Thresholds(
            people=PEOPLE,
            crowd=("one replaced" if out else "one of each") if ladder else "normal",
            replaced=out[0] if out else 1,
            **{name: settings[name] for name in ("mean", "deviation", "first_voices", "who")},
        )

    def run(self, params: Thresholds, seed: int) -> Run:
        """One hall, until nobody joins any more."""
        return run(params, np.random.default_rng(seed))

    def scene(self, params: Thresholds, found: Run, seed: int) -> Scene:
        """Who speaks, round by round; all think the same. On a ladder people sit in order, and can be replaced."""
        says = found.frames["acting"]
        scene = {
            "arrangement": "hall",
            **SEATS,
            "thinks": np.ones_like(says),
            "says": says,
            "need": np.clip(np.ceil(found.still["needs"]), 0, params.people).astype(np.uint8),
            "first": found.still["first"],
        }
        if params.crowd == "normal":
            return scene
        out = [params.replaced] if params.crowd == "one replaced" else []
        words = {
            "ask": _("Pick somebody: they go home, and somebody comes who needs one voice more."),
            "on": _("You sent {name} home. In came somebody who needs one voice more."),
            "off": _("You called {name} back, and all is as it was."),
        }
        return {**scene, "editable": True, "picks": {"control": "replaced", "most": 1, "who": out, **words}}

    def words(self, settings: Settings) -> str:
        """The settings in one line."""
        if settings["crowd"] == LADDER:
            line = _("a ladder of a hundred, whole") if not settings["replaced"] else _("a ladder, one person replaced")
        else:
            line = _("people need {mean:.0%} of the others, differing by {deviation:.0%}").format(**settings)
        many = settings["first_voices"]
        first = n_("{many} first voice", "{many} first voices", many).format(many=many)
        who = {"boldest": _("the boldest"), "most hesitant": _("the most hesitant")}.get(settings["who"], _("anybody"))
        return f"{line}; {first} ({who})" if many else line

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What stands in the way where the hall stays quiet."""
        if settings["first_voices"] and settings["who"] == "boldest":
            return _("These would have spoken anyway. Look at the staircase: which step is missing?")
        return _("Look where the staircase is higher than the voices: nobody there can begin alone.")
