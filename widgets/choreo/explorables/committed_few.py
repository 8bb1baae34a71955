"""A hundred people and two ways to say a thing; a few never drop the new one (Xie and others, 2011)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.naming_game import BOTH, A, B, NamingGame, run
from choreo.models.run import Run
from choreo.words import _, n_

ROW, ROUNDS = 10, 100
PEOPLE = ROW * ROW
MOODS = {A: 1, B: 0, BOTH: 2}  # glad, neutral, torn


class CommittedFew(Explorable):
    """The naming game: persistence moves what liking alone does not."""

    model, stage, crowd = NamingGame, "people", "crowd"
    controls = (
        Control("insist", _("Never ask anything else"), 0, 30, unit=_("of 100")),
        Control("like", _("Like it, but give in"), 0, 60, unit=_("of 100")),
    )
    start: ClassVar[Settings] = {"insist": 5, "like": 0}
    measures = (
        Measure("a", _("Ask only the new one in the end"), series="a"),
        Measure("rounds", _("Rounds"), "{:.0f}", ROUNDS),
    )

    def params(self, settings: Settings) -> NamingGame:
        """A hundred people; those who like it are among those who do not insist."""
        others = PEOPLE - settings["insist"]
        return NamingGame(
            people=PEOPLE,
            committed=settings["insist"] / PEOPLE,
            supporters=min(1.0, settings["like"] / others),
            rounds=ROUNDS,
        )

    def run(self, params: NamingGame, seed: int) -> Run:
        """Until all say the same, or for a hundred rounds."""
        found = run(params, np.random.default_rng(seed))
        return replace(found, trace=_told(found))

    def scene(self, params: NamingGame, found: Run, seed: int) -> Scene:
        """Who says what, round by round, and who never changes; those stand among the others."""
        place = np.random.default_rng(0).permutation(PEOPLE)
        at = np.stack(np.divmod(np.arange(PEOPLE), ROW)[::-1], axis=1)[place]
        says = found.frames["words"]
        insists = np.arange(PEOPLE) < round(params.committed * PEOPLE)
        tells = (
            _("I learn what I hear. What I hear again, I keep, and I drop the other."),
            _("I ask the new one, whatever I hear."),
        )
        return {
            "arrangement": "hall",
            "at": ((at + 0.5) / ROW).astype(np.float32),
            "thinks": np.zeros_like(says),
            "says": says,
            "first": insists.astype(np.uint8),
            "moods": np.vectorize(MOODS.__getitem__, otypes=[np.uint8])(says),
            "marks": [
                {"label": _("the new one"), "role": "goal"},
                {"label": _("the old one"), "role": "apart"},
                {"label": _("now this, now that"), "role": "others"},
            ],
            "label": _("ask only the new one"),
            "tells": [tells[int(one)] for one in insists],
        }

    def words(self, settings: Settings) -> str:
        """How many insist, and how many like it."""
        insist = n_("{insist} never gives in", "{insist} never give in", settings["insist"]).format(**settings)
        if not settings["like"]:
            return _("100 people, {insist}, nobody else likes it").format(insist=insist)
        return _("100 people, {insist}, {like} like it").format(insist=insist, like=settings["like"])

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What a crowd that keeps the old word shows."""
        return _("The old one comes back wherever nobody insists.")


def _told(found: Run) -> tuple[str, ...]:
    """The beginning, three looks on the way, and the end, in the questions of the counter."""
    rounds = found.clock.times
    line = _("Round {round:.0f}: {a:.0f} ask the new one, {b:.0f} the old one, {both:.0f} now this, now that.")
    looks = [
        line.format(round=rounds[at], **{name: PEOPLE * found.series[name][at] for name in ("a", "b", "both")})
        for at in sorted({round(part * (len(rounds) - 1)) for part in (0, 0.25, 0.5, 0.75)})
    ]
    if not math.isnan(found.summary["turned"]):
        end = _("From round {round:.0f} on, all ask the new one.").format(round=found.summary["turned"])
    elif found.summary["b"] == 1:
        end = _("From round {round:.0f} on, all ask the old one.").format(round=found.summary["rounds"])
    else:
        old = PEOPLE * found.summary["b"]
        end = _("After {rounds} rounds, {old:.0f} still ask only the old one.").format(rounds=ROUNDS, old=old)
    return (*looks, end)
