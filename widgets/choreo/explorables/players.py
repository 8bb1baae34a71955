"""A learner's own players: a map that they drew, as a control takes it, on a stage, and what one more tie would do, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.reading import Part
from choreo.models.alliance import FEWEST, MOST, MOST_NEEDED, Alliance, Help, Maps, Tie, drawn
from choreo.typed import isolated
from choreo.words import _, n_

LONGEST = 60  # characters of a name
TOLD = 6  # ties of equal worth that are told by name
AS_DRAWN, ONE_MORE = "drawn", "more"

Player = Mapping[str, Any]


def sound_map(wanted: object) -> list[Any]:
    """The players in what was drawn, each with `name`, `needs` and `talks` (to whom); of anything else nothing.

    Takes an answer to an exercise of the kind "alliance", and what it returned itself.
    """
    if isinstance(wanted, Mapping):
        players, ties = wanted.get("players"), wanted.get("ties")
    else:
        players, ties = wanted, _ties_in(wanted)
    if not isinstance(players, list) or not FEWEST <= len(players) <= MOST:
        return []
    found: list[dict[str, Any]] = []
    for at, player in enumerate(players):
        name = player.get("name") if isinstance(player, Mapping) else None
        needs = player.get("needs") if isinstance(player, Mapping) else None
        if not isinstance(name, str) or type(needs) is not int or not 0 <= needs <= MOST_NEEDED:
            return []
        said = " ".join(name.split())[:LONGEST] or _("Player {number}").format(number=at + 1)
        found.append({"name": said, "needs": needs, "talks": []})
    for tie in ties if isinstance(ties, list) else ():
        match tie:
            case [int(one), int(other)] if one != other and min(one, other) >= 0 and max(one, other) < len(found):
                for own, with_ in ((one, other), (other, one)):
                    if with_ not in found[own]["talks"]:
                        found[own]["talks"].append(with_)
    return [{**player, "talks": sorted(player["talks"])} for player in found]


def _ties_in(players: object) -> list[list[Any]]:
    if not isinstance(players, list):
        return []
    talks = [player.get("talks") if isinstance(player, Mapping) else None for player in players]
    return [[at, other] for at, known in enumerate(talks) if isinstance(known, list) for other in known]


def one_of(wanted: object) -> list[Any]:
    """The last person in `wanted`, in a list; of anything else nobody."""
    found = [one for one in wanted if type(one) is int and 0 <= one < MOST] if isinstance(wanted, list) else []
    return found[-1:]


EXAMPLE = sound_map({
    "players": [
        {"name": _("Town hall"), "needs": 3},
        {"name": _("Clinic"), "needs": 2},
        {"name": _("Bakers"), "needs": 1},
        {"name": _("School"), "needs": 2},
        {"name": _("Bus firm"), "needs": 1},
        {"name": _("Youth club"), "needs": 1},
        {"name": _("Choir"), "needs": 0},
    ],
    "ties": [[0, 1], [0, 2], [1, 2], [2, 3], [3, 4], [3, 5], [4, 5], [5, 6]],
})  # fmt: skip
"""Seven invented players of one town, for who plays before they have drawn."""

MAP = Control("map", _("Who is in it, and who talks to whom"), drawn=sound_map)
MORE = Control(
    "more",
    _("The ties"),
    options=(
        Option(AS_DRAWN, _("As they are"), _("The ties that were drawn")),
        Option(ONE_MORE, _("One tie more"), _("One of those that help most here, dashed")),
    ),
)


@dataclass(frozen=True)
class Players(Alliance):
    """A map whose players have names, and what is tried with it."""

    names: tuple[str, ...] = ()
    added: tuple[Tie, ...] = ()  # that nobody drew
    first: int = 0
    leaver: int = -1

    @property
    def played(self) -> Maps:
        """The map with the tie that is tried, and without who has left."""
        ties = [tie for tie in (*self.ties, *self.added) if self.leaver not in tie]
        return drawn(len(self.names), ties)


def players_of(settings: Settings) -> Players:
    """The players of a setting; those of the example where nothing was drawn."""
    players = settings["map"] or EXAMPLE
    ties = tuple((at, other) for at, player in enumerate(players) for other in player["talks"] if at < other)
    return Players(
        names=tuple(player["name"] for player in players),
        needs=tuple(player["needs"] for player in players),
        ties=ties,
    )


def ring(people: int) -> np.ndarray:
    """Places on a ring, the first at the top, shape (people, 2), from 0 to 1."""
    turn = 2 * np.pi * np.arange(people) / people
    return np.stack([0.5 + 0.44 * np.sin(turn), 0.5 - 0.44 * np.cos(turn)], axis=1).astype(np.float32)


def tried_words(params: Players, legend: str) -> str:
    """How to read a picture, and which tie is tried in it."""
    if not params.added:
        return legend
    return legend + " " + _("One tie more is tried: {tie}.").format(tie=tie_words(params, params.added[0]))


def network_of(params: Players, legend: str) -> dict[str, Any]:
    """The part of a scene on the stage `network` that does not move."""
    scene = {
        "group": np.zeros(len(params.names), dtype=np.uint8),
        "at": ring(len(params.names)),
        "ties": np.empty((0, 2), dtype=np.uint8),
        "drawn": np.array(params.ties, dtype=np.uint8).reshape(-1, 2),
        "added": np.array(params.added, dtype=np.uint8).reshape(-1, 2),
        "open": True,
        "names": {str(at): name for at, name in enumerate(params.names)},
        "tells": {str(at): _talks(params, at) for at in range(len(params.names))},
        "legend": tried_words(params, legend),
        "editable": True,
    }
    return scene if params.leaver < 0 else scene | {"leaver": params.leaver, "leaves": 0}


def _talks(params: Players, person: int) -> str:
    known = int(params.contacts[0, person])
    who = [name for at, name in enumerate(params.names) if known >> at & 1]
    return _("I talk to {who}.").format(who=listed(who)) if who else _("I talk to nobody here.")


def listed(names: Sequence[str]) -> str:
    """Names in a row: "Ana, Ben and Cem"; those in a script from right to left keep to themselves."""
    said = [isolated(name) for name in names]
    if len(said) < 2:
        return "".join(said)
    return _("{some} and {last}").format(some=", ".join(said[:-1]), last=said[-1])


def tie_words(params: Players, tie: Tie) -> str:
    """A tie by its two names."""
    one, other = (isolated(params.names[at]) for at in tie)
    return _("{one} with {other}").format(one=one, other=other)


def surest(found: Help) -> tuple[Tie, ...]:
    """Of the ties that help most the one that does on most maps; none where none helps."""
    order = sorted(range(len(found.ties)), key=lambda at: -found.holds[at])
    return tuple(found.ties[at] for at in order[:1])


def helped(params: Players, heading: str, found: Help, gain: str, other: str = "") -> Part:
    """Which missing ties would help most, and how sure that is. `gain` names `now` and `best`; `other` is said besides."""
    if not found.tried:
        return Part(heading, (_("Here everybody talks to everybody. There is no tie to add."),))
    if not found.ties:
        none = n_(
            "One tie is missing. Adding it changes nothing here.",
            "All {tried} missing ties were tried, one at a time. None of them changes anything here.",
            found.tried,
        )
        return Part(heading, (none.format(tried=found.tried), *_and(other)))
    order = sorted(range(len(found.ties)), key=lambda at: -found.holds[at])
    told = [f"{tie_words(params, found.ties[at])} ({found.holds[at]})" for at in order[:TOLD]]
    best = n_(
        "Of {tried} missing ties, all tried one at a time, one helps most: {ties}.",
        "Of {tried} missing ties, all tried one at a time, {many} help most, and equally: {ties}.",
        len(order),
    )
    rest = len(order) - len(told)
    ties = "; ".join(told) + (_("; and {rest} more").format(rest=rest) if rest else "")
    first = best.format(tried=found.tried, many=len(order), ties=ties)
    sure = _(
        "You may have missed a tie, or drawn one that is not there. The number behind a tie says on how many of the {of} maps "
        "that differ from yours by one tie it still is among the best."
    )
    return Part(heading, (first, gain, sure.format(of=found.of), *_and(other)))


def _and(sentence: str) -> tuple[str, ...]:
    return (sentence,) if sentence else ()


LIMITS = (
    _("It is one person's map. Ask somebody else in it to draw theirs, and compare."),
    _("A tie is only there or not. How strong it is, which way it goes and what is said along it are left out."),
    _("Whether a tie can be made, what it costs and who would mind: only you can know that."),
)
