"""Who falls silent among a learner's own players, and who must begin so that all follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.explorables.players import (
    AS_DRAWN,
    EXAMPLE,
    MAP,
    MORE,
    ONE_MORE,
    Players,
    listed,
    network_of,
    one_of,
    players_of,
    surest,
)
from choreo.explorables.players_told import carries, silence_read
from choreo.explorables.reading import Reading
from choreo.models.alliance import first_voices, followed, moves
from choreo.models.run import Clock, Run
from choreo.words import _


class AllianceSilence(Explorable):
    """Granovetter's thresholds along the ties that somebody drew: one begins, and others move once enough contacts have."""

    model, stage, crowd = Players, "network", ""
    asks = _("Who falls silent, and which tie would help most?")
    controls = (MAP, Control("first", _("Who begins"), drawn=one_of), MORE)
    start: ClassVar[Settings] = {"map": EXAMPLE, "first": [0], "more": AS_DRAWN}
    measures = (
        Measure("moved", _("Have moved in the end"), "{:.0f}", 12, series="moved"),
        Measure("mean", _("Move on average, over all who could begin"), "{:.1f}", 12),
        Measure("voices", _("Must begin so that all follow"), "{:.0f}", 12),
    )

    def params(self, settings: Settings) -> Players:
        """The map, with the best tie if it is wanted, and who begins."""
        found = players_of(settings)
        if settings["more"] == ONE_MORE:
            found = replace(found, added=surest(carries(len(found.names), found.ties, found.needs)))
        first = settings["first"][0] if settings["first"] else 0
        return replace(found, first=first if first < len(found.names) else 0)

    def run(self, params: Players, seed: int) -> Run:
        """Round by round, until nobody joins."""
        people = len(params.names)
        rounds = moves(params.played, params.needs, np.array([[1 << params.first]], dtype=np.uint16))
        moved = np.array([one[0, 0] >> np.arange(people) & 1 for one in rounds], dtype=np.uint8)
        moved = np.concatenate([moved, moved[-1:]]) if len(moved) == 1 else moved
        return Run(
            summary={
                "moved": float(moved[-1].sum()),
                "mean": float(followed(params.played, params.needs).mean()),
                "voices": float(len(first_voices(params.played, params.needs)[0])),
            },
            trace=_trace(params, moved),
            clock=Clock("round", _("rounds"), np.arange(len(moved))),
            series={"moved": moved.sum(axis=1)},
            frames={"moved": moved},
        )

    def scene(self, params: Players, found: Run, seed: int) -> Scene:
        """A full coat has moved."""
        words = {
            "ask": _("Pick somebody: they begin."),
            "on": _("{name} begins."),
            "off": _("{name} begins."),
        }
        legend = _("A full coat has moved. An empty one waits, and touching it tells what for.")
        moved = found.frames["moved"]
        return network_of(params, legend) | {
            "fill": moved * np.uint8(255),
            "unmarked": True,
            "label": _("have moved"),
            "picks": {"control": "first", "most": 1, "who": [params.first], **words},
            "tells": {str(at): _tell(params, at, moved[-1]) for at in range(len(params.names))},
        }

    def words(self, settings: Settings) -> str:
        """How many there are, and what is tried."""
        found = players_of(settings)
        line = _("{people} players, {ties} ties").format(people=len(found.names), ties=len(found.ties))
        return line + (_(", one tie more") if settings["more"] == ONE_MORE else "")

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What to look at."""
        return _("Let somebody else begin. Who is never moved by one voice?")

    def reading(self, params: Players) -> Reading:
        """Who is carried along by whom, the fewest who must begin, and the ties that would carry it further."""
        return silence_read(params)


def _tell(params: Players, person: int, moved: np.ndarray) -> str:
    needs, contacts = params.needs[person], int(params.played[0, person])
    heard = sum(int(moved[other]) for other in range(len(moved)) if contacts >> other & 1)
    if person == params.first:
        return _("I begin, whatever the others do.")
    if needs == 0:
        return _("I need nobody before me.")
    if needs > contacts.bit_count():
        return _("I need {needs} first, and talk to {many}. Nobody can move me like that.").format(
            needs=needs, many=contacts.bit_count()
        )
    return _("I need {needs} first, and in the end I have heard {heard}.").format(needs=needs, heard=heard)


def _trace(params: Players, moved: np.ndarray) -> tuple[str, ...]:
    told, before = [], np.zeros_like(moved[0])
    for round_, now in enumerate(moved):
        if (fresh := np.flatnonzero(now > before)).size:
            who = listed([params.names[at] for at in fresh])
            line = _("{who} begins.") if not round_ else _("Round {round}: {who}.")
            told.append(line.format(round=round_, who=who))
        before = now
    still = [name for at, name in enumerate(params.names) if not before[at]]
    end = _("These stay where they are: {who}.").format(who=listed(still)) if still else _("All have moved.")
    return (*told, end)
