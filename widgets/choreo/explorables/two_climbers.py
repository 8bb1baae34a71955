"""Two climbers on one rope: each sees to their own part of one rugged landscape."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.nk_landscape import TwoUnits, changes, landscape, run, worth
from choreo.models.run import Run
from choreo.words import _

CHOICES, HALF = 10, 5  # five for each: a map of 32 by 32
SIDE = 2**HALF
TURNS = 12  # for each, at most
PAUSE = 3  # turns that are seen after nobody can move any more
TOLD = 4  # turns that are told in words, one by one
SPARE = 10  # days a month that the two have for counting what is good for the whole, and for looking ahead
DAYS = {
    "one": 0,
    "two": 2,
    "three": 5,
    "all": 9,
}  # that looking ahead takes; counting takes one for each tenth of the pay
GRAY = np.arange(SIDE) ^ np.arange(SIDE) >> 1  # the choices at each place of a line: neighbours differ in one
PLACE = np.argsort(GRAY)
SEEN = {"one": _("one change"), "two": _("two changes"), "three": _("three changes"), "all": _("their whole line")}
NAMES = {"along": "Declan", "down": "Nora"}


class TwoClimbers(Explorable):
    """Kauffman's landscape as a map: one climber moves along the rows, the other along the columns."""

    model, stage, crowd = TwoUnits, "relief", "landscape"
    controls = (
        Control("share", _("Pay for the whole"), 0, 100, 10, unit="%", ends=(_("none"), _("all"))),
        Control(
            "sight",
            _("How far each can see"),
            options=(
                Option("one", _("One change"), _("They compare small steps on their own line")),
                Option("two", _("Two changes"), _("They compare what two changes at once would do")),
                Option("three", _("Three changes"), _("They compare what up to three changes would do")),
                Option("all", _("Whole line"), _("They compare all that they could do alone")),
            ),
        ),
        Control("interactions", _("How rugged the landscape is"), 1, 9, ends=(_("one hill"), _("all crags"))),
        Control("along", _("Start: left or right"), 0, SIDE - 1, ends=(_("left"), _("right"))),
        Control("down", _("Start: top or bottom"), 0, SIDE - 1, ends=(_("top"), _("bottom"))),
    )
    start: ClassVar[Settings] = {"share": 0, "sight": "all", "interactions": 8, "along": 6, "down": 24}
    measures = (
        Measure("way", _("Of the way up to the summit"), series="way"),
        Measure("summit", _("On the summit")),
        Measure("rest", _("At rest")),
        Measure("days", _("Days a month"), "{:.0f}", 2 * SPARE),
    )

    def params(self, settings: Settings) -> TwoUnits:
        """Ten choices, and turns enough to come to rest."""
        climb = {"sight": settings["sight"], "interactions": settings["interactions"]}
        start = (GRAY[settings["down"]] << HALF) + GRAY[settings["along"]]
        return TwoUnits(settings["share"] / 100, components=CHOICES, rounds=TURNS, start=int(start), **climb)

    def run(self, params: TwoUnits, seed: int) -> Run:
        """The same seed is the same landscape, whatever they are paid for; 0 is its mean height, 1 its summit."""
        found = run(params, np.random.default_rng(seed))
        rest, top, middle = (found.summary[name] for name in ("settled", "possible", "middle"))
        cut = slice(None if math.isnan(rest) else int(rest) + PAUSE)  # what comes after is standing still
        way = np.clip((found.series["whole"] - middle) / (top - middle), 0, 1)
        came = {"way": float(way[-1]), "summit": float(way[-1] > 1 - 1e-9), "rest": float(not math.isnan(rest))}
        came["days"] = 10 * params.share + DAYS[params.sight]
        return replace(
            found,
            trace=_told(params, way[cut], rest, found.trace[-1]),
            clock=replace(found.clock, times=found.clock.times[cut]),
            frames={name: frames[cut] for name, frames in found.frames.items()},
            series={name: series[cut] for name, series in {**found.series, "way": way}.items()},
            summary={**found.summary, **came},
        )

    def scene(self, params: TwoUnits, found: Run, seed: int) -> Scene:
        """The landscape that the run began by drawing, as a map on which one change is a short way."""
        terrain = landscape(params.components, params.interactions, params.arrangement, np.random.default_rng(seed))
        units = (np.arange(HALF), np.arange(HALF, CHOICES))
        heights = _map(worth(terrain))
        pays = [(1 - params.share) * _map(worth(terrain, unit)) + params.share * heights for unit in units]
        states = found.frames["state"] @ (1 << np.arange(CHOICES))
        path = np.stack([PLACE[states >> HALF], PLACE[states % SIDE]], axis=1)
        mover = np.where(found.clock.times % 2 == 1, 0, 1)  # the first unit's turn leads to frame 1
        before = np.concatenate([path[:1], path[:-1]])
        rows, columns = before.T
        own = np.where(mover == 0, columns, rows)
        turned = np.array([0, *changes(units[0], params.sight)])
        sees = np.zeros((len(path), SIDE), dtype=np.uint8)
        np.put_along_axis(sees, PLACE[GRAY[own][:, None] ^ turned], 1, axis=1)
        return {
            "height": heights.astype(np.float32),
            "base": found.summary["middle"],
            "path": path.astype(np.uint8),
            "summit": [int(at) for at in np.unravel_index(np.argmax(heights), heights.shape)],
            "mover": mover.astype(np.uint8),
            "pay": np.where(mover[:, None] == 0, pays[0][rows], pays[1].T[columns]).astype(np.float32),
            "sees": sees,
            "names": NAMES,
        }

    def words(self, settings: Settings) -> str:
        """What they are paid for, how far they see, and where they climb."""
        line = _("{share}% of the pay for the whole, they see {sight}, ruggedness {rugged}")
        return line.format(share=settings["share"], sight=SEEN[settings["sight"]], rugged=settings["interactions"])

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """Why they stand where they stand."""
        if found["days"] > SPARE:
            return _("It takes more days than they have. Where is a day worth more?")
        if not found["rest"]:
            return _("They never come to rest: what pays the one pulls the other away.")
        if settings["sight"] != "all":
            return _("Each has compared a few small steps only. Something better may lie further along the line.")
        return _("Neither can gain anything alone. To get higher, both would have to move at once.")


def _told(params: TwoUnits, way: np.ndarray, rest: float, restless: str) -> tuple[str, ...]:
    """The first turns of each, how it ends, and how high they stand then; `restless` is said of those who do not rest."""
    begin = _("{share:.0%} of their pay depends on the whole. They begin {way:.0%} of the way up.")
    line = _("Turn {turn}, by {name}: {way:.0%} of the way up.")
    end = _("In the end they stand {way:.0%} of the way from the middle of the map up to the summit.")
    still = _("After turn {turn:.0f} neither sees a better place on their own line.")
    names = tuple(NAMES.values())
    turns = range(1, min(TOLD, len(way) - 1) + 1)
    return (
        begin.format(share=params.share, way=way[0]),
        *(line.format(turn=turn, name=names[(turn - 1) % 2], way=way[turn]) for turn in turns),
        restless if math.isnan(rest) else still.format(turn=rest),
        end.format(way=way[-1]),
    )


def _map(values: np.ndarray) -> np.ndarray:
    """Values of all states, by row and column of the map."""
    found: np.ndarray = values[(GRAY[:, None] << HALF) + GRAY]
    return found
