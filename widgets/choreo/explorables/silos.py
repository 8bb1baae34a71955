"""Four departments and one hard problem: what a few bridges between them do, beside no bridge, and beside all with all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.departments import Departments
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.network_search import NetworkSearch, race, run
from choreo.models.parameter import Spec
from choreo.models.run import Run
from choreo.words import _, n_

DEPARTMENTS = Departments()
NAMES = (_("Sales"), _("Workshop"), _("Care"), _("Accounts"))
ROUNDS, LEAVES, PROBLEMS = 30, 2, 10  # how long there is; the round after which somebody leaves; problems of a race
LANES = ((_("no bridge"), "apart"), (_("yours"), "you"), (_("all with all"), "others"))
ALONE, BOTH, NOBODY, MISSED = "alone", "both", "nobody", "missed"


@dataclass(frozen=True)
class Organisation(NetworkSearch):
    """A search with the bridges that somebody drew, and over how many problems it races against others."""

    drawn: tuple[tuple[int, int], ...] = ()
    problems: int = 0

    @classmethod
    def specs(cls) -> tuple[Spec, ...]:
        """The search's own; bridges are checked where they are drawn."""
        return NetworkSearch.specs()


class Silos(Explorable):
    """Lazer and Friedman's search for the best answer, in departments that learners join by bridges."""

    model, stage, crowd = Organisation, "network", "problem"
    controls = (
        Control("bridges", _("Bridges"), drawn=DEPARTMENTS.sound),
        Control("interactions", _("How tangled the problem is"), 0, 10, ends=(_("easy"), _("very tangled"))),
        Control(
            "leaves",
            _("Who leaves"),
            options=(
                Option(NOBODY, _("Nobody"), _("All stay to the end")),
                Option(MISSED, _("The one who is missed most"), _("After round 2")),
            ),
        ),
        Control(
            "rivals",
            _("Who else is at it"),
            options=(
                Option(ALONE, _("Nobody else"), _("You see your own organisation")),
                Option(BOTH, _("Two others"), _("One without bridges, one with all with all")),
            ),
        ),
    )
    start: ClassVar[Settings] = {"bridges": [], "interactions": 5, "leaves": NOBODY, "rivals": ALONE}
    measures = (
        Measure("score", _("How good the answers are in the end"), series="score"),
        Measure("shared", _("Have the best answer that anybody has"), series="shared"),
        Measure("solutions", _("Different answers left"), "{:.0f}", DEPARTMENTS.people, series="solutions"),
        Measure("lead", _("Lead over all with all, in points"), "{:+.0f}", 60),
    )

    def params(self, settings: Settings) -> Organisation:
        """Thirty-two people, a problem of twelve parts, thirty rounds."""
        return Organisation(
            people=DEPARTMENTS.people,
            silos=DEPARTMENTS.count,
            components=12,
            rounds=ROUNDS,
            interactions=settings["interactions"],
            leaves=LEAVES if settings["leaves"] == MISSED else 0,
            drawn=tuple((one, other) for one, other in settings["bridges"]),
            problems=PROBLEMS if settings["rivals"] == BOTH else 0,
        )

    def run(self, params: Organisation, seed: int) -> Run:
        """The same seed is the same problem, with the same first answers, whatever bridges there are."""
        mine, everyone = DEPARTMENTS.joined(params.drawn), DEPARTMENTS.everyone()
        found = run(params, np.random.default_rng(seed), mine)
        networks = [DEPARTMENTS.joined(), mine, everyone] if params.problems else [everyone]
        problems = range(seed, seed + max(1, params.problems))
        raced = race(params, networks, problems, *found.still["gone"].tolist())
        summary = {**found.summary, "lead": 100 * (found.summary["score"] - float(raced[-1, -1, 0]))}
        if not params.problems:
            return replace(found, summary=summary)
        frames = {**found.frames, "race": np.rint(255 * raced).astype(np.uint8)}
        return replace(found, summary=summary, frames=frames, trace=(*found.trace, *_told(raced)))

    def glimpse(self, params: Organisation, seed: int) -> Run:
        """With a race over one problem."""
        return self.run(replace(params, problems=min(1, params.problems)), seed)

    def ends(self, params: Organisation, seeds: Sequence[int]) -> Mapping[str, np.ndarray]:
        """What each problem comes to, without the race over others."""
        return super().ends(replace(params, problems=0), seeds)

    def scene(self, params: Organisation, found: Run, seed: int) -> Scene:
        """Departments in the four corners, or in a row; an answer's number is its rank of appearance."""
        answer = found.frames["solution"]
        first = {number: rank for rank, number in enumerate(dict.fromkeys(answer.ravel().tolist()))}
        scene = {
            "group": DEPARTMENTS.of.astype(np.uint8),
            "at": DEPARTMENTS.places(rows=2),
            "wide": DEPARTMENTS.places(rows=1),
            "ties": DEPARTMENTS.within.astype(np.uint8),
            "drawn": np.array(params.drawn, dtype=np.uint8).reshape(-1, 2),
            "fill": found.frames["score"],
            "hue": np.vectorize(first.__getitem__, otypes=[np.uint16])(answer),
            "groups": list(NAMES),
            "editable": True,
        }
        if params.leaves:
            frame = int(np.searchsorted(found.clock.times, params.leaves))
            scene |= {"leaver": int(found.still["gone"][0]), "leaves": frame}
        if "race" in found.frames:
            scene |= {"race": found.frames["race"], "lanes": [{"name": name, "role": role} for name, role in LANES]}
        return scene

    def words(self, settings: Settings) -> str:
        """How many bridges there are, how tangled the problem is, and whether somebody leaves."""
        bridges = len(settings["bridges"])
        line = n_("{bridges} bridge, tangle {tangle}", "{bridges} bridges, tangle {tangle}", bridges)
        left = _(", the one who is missed most leaves") if settings["leaves"] == MISSED else ""
        return line.format(bridges=bridges, tangle=settings["interactions"]) + left

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What stands in the way when answers stay poor."""
        if not settings["bridges"]:
            return _("Each department keeps the answer it found first. Draw a bridge.")
        if settings["leaves"] == MISSED and found["shared"] < 1:
            return _("Somebody left, and a department was cut off. Whose bridges went with them?")
        return _("Look at the signs above the heads: once all are the same, nobody finds anything new.")


def _told(raced: np.ndarray) -> tuple[str, ...]:
    """The race in words, early and in the end; shape (rounds + 1, networks, problems)."""
    many = n_("{problems} problem", "{problems} problems", raced.shape[2]).format(problems=raced.shape[2])
    line = _("Over {many}, round {round}: no bridge {none:.0%}, yours {yours:.0%}, all with all {everyone:.0%}.")
    means = {at: dict(zip(("none", "yours", "everyone"), raced[at].mean(axis=1), strict=True)) for at in (3, ROUNDS)}
    return tuple(line.format(many=many, round=at, **mean) for at, mean in means.items())
