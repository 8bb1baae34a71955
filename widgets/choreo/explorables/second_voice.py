"""Twelve players on a lake: what one voice from the other side carries, and what takes two at the same ear.

Complex contagion (Centola and Macy, 2007): a player moves for good once so many of those they know have moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.departments import Departments
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.contagion import Contagion, together
from choreo.models.parameter import Spec, choice
from choreo.models.run import Clock, Run
from choreo.words import _, n_

SHORE = Departments(size=4, count=3, most=12)
GROUPS = (_("Markets"), _("Hostels"), _("Schools"))
NAMES = ("Sur", "Norte", "Lago", "Plaza", "Inti", "Luna", "Tola", "Balsa", "Yaku", "Rosa", "Puma", "Quena")
ACROSS = (0.04, 0.22, 0.22, 0.04, 0.41, 0.41, 0.59, 0.59, 0.96, 0.78, 0.78, 0.96)  # markets, hostels, schools in a row
PLACES = np.array([(x, 0.1 if at in (0, 1, 4, 7, 10, 11) else 0.9) for at, x in enumerate(ACROSS)], dtype=np.float32)
LOW = np.where([False, True], PLACES.round(), PLACES)  # a low ground needs all its height
BEGINS = ("markets", "hostels", "schools")


@dataclass(frozen=True)
class Move(Contagion):
    """Where it begins, and how many voices a player needs."""

    begin: str = choice("markets", BEGINS, "in which group two players move first")


@dataclass(frozen=True)
class Alliance(Move):
    """A move, with the bridges that somebody drew; they are checked where they are drawn."""

    drawn: tuple[tuple[int, int], ...] = ()

    @classmethod
    def specs(cls) -> tuple[Spec, ...]:
        """Those of the move."""
        return Move.specs()


class SecondVoice(Explorable):
    """Three groups who all know each other within, the bridges between them, and a move that needs company."""

    model, stage, crowd = Alliance, "network", ""
    controls = (
        Control("bridges", _("Bridges"), drawn=SHORE.sound),
        Control("need", _("How many each wants to see first"), 1, 3),
        Control("begin", _("Where two begin"), options=tuple(map(Option, BEGINS, GROUPS))),
    )
    start: ClassVar[Settings] = {"bridges": [[1, 4], [2, 5], [6, 9], [7, 10]], "need": 2, "begin": "markets"}
    measures = (
        Measure("moved", _("Move in the end"), "{:.0f}", SHORE.people, series="moved"),
        Measure("heard", _("Have heard of it"), "{:.0f}", SHORE.people),
        Measure("fewest", _("Move, whichever group begins"), "{:.0f}", SHORE.people),
    )

    def params(self, settings: Settings) -> Alliance:
        """The bridges as pairs."""
        return Alliance(settings["need"], settings["begin"], tuple(map(tuple, settings["bridges"])))

    def run(self, params: Alliance, seed: int) -> Run:
        """The same for every seed: luck plays no part."""
        rounds = _rounds(params, params.need, params.begin)
        summary = {
            "moved": float(rounds[-1].sum()),
            "heard": float(_rounds(params, 1, params.begin)[-1].sum()),
            "fewest": float(min(_rounds(params, params.need, begin)[-1].sum() for begin in BEGINS)),
        }
        voices = np.minimum(rounds @ _knows(params), params.need - 1)  # of those who have not moved yet
        fill = np.where(rounds, 255, voices * (255 // params.need)).astype(np.uint8)
        clock, series = Clock("round", "rounds", np.arange(len(rounds))), {"moved": rounds.sum(axis=1)}
        return Run(summary, _told(params, rounds), clock, series, {"fill": fill, "moved": rounds.astype(np.uint8)})

    def scene(self, params: Alliance, found: Run, seed: int) -> Scene:
        """A coat fills with the voices that its wearer hears; who moves has a full one."""
        return {
            "group": SHORE.of.astype(np.uint8),
            "at": PLACES,
            "wide": LOW,
            "ties": SHORE.within.astype(np.uint8),
            "drawn": np.array(params.drawn, dtype=np.uint8).reshape(-1, 2),
            "fill": found.frames["fill"],
            "groups": list(GROUPS),
            "names": dict(enumerate(NAMES)),
            "tells": _tells(params, found.frames["moved"][-1]),
            "counted": _("of 12 have moved"),
            "legend": _("A coat fills with each voice heard. Full: they move. In a group all know each other."),
            "editable": True,
        }

    def words(self, settings: Settings) -> str:
        """How many bridges there are, where it begins, and how many voices each needs."""
        many = len(settings["bridges"])
        bridges = n_("{bridges} bridge", "{bridges} bridges", many).format(bridges=many)
        line = _("{bridges}; two begin among the {group}; each wants to see {need} first")
        return line.format(bridges=bridges, group=settings["begin"], need=settings["need"])

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """Whom to look at."""
        return _("Look for a coat that is half full. Who could be its second voice?")


def _knows(params: Alliance) -> np.ndarray:
    """Who knows whom, shape (people, people)."""
    knows = np.zeros((SHORE.people, SHORE.people), dtype=int)
    one, other = SHORE.joined(params.drawn).ties.T
    knows[one, other] = knows[other, one] = 1
    return knows


def _rounds(params: Alliance, need: int, begin: str) -> np.ndarray:
    """Who has moved after each round, shape (rounds + 1, people); two of a group begin."""
    first = SHORE.size * BEGINS.index(begin)
    return together(SHORE.joined(params.drawn), (first, first + 1), need)


def _tells(params: Alliance, moved: np.ndarray) -> list[str]:
    """What each says who is touched."""
    told = []
    for row, moves in zip(_knows(params), moved, strict=True):
        heard = [NAMES[other] for other in np.flatnonzero(row & moved)]
        known = n_("I know one who has moved: {names}.", "I know some who have moved: {names}.", len(heard))
        then = _("I have too.") if moves else _("I wait for {need}.").format(need=params.need)
        told.append(f"{known.format(names=', '.join(heard))} {then}" if heard else _("Nobody whom I know has moved."))
    return told


def _told(params: Alliance, rounds: np.ndarray) -> tuple[str, ...]:
    """How many have moved after each round, and how many wait."""
    line = _("Round {round}: {moved} have moved.")
    told = [line.format(round=at, moved=int(row.sum())) for at, row in enumerate(rounds)]
    waiting = int(((_knows(params) @ rounds[-1] > 0) & ~rounds[-1]).sum())
    halted = n_("{waiting} hears too few voices, and waits.", "{waiting} hear too few voices, and wait.", waiting)
    return (*told, halted.format(waiting=waiting)) if waiting else tuple(told)
