"""One tie more among a learner's own players: what it does to news, to leavings, to voices and to silence at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.explorable import Explorable, Figure, Scene
from choreo.explorables.measure import Measure
from choreo.explorables.players import EXAMPLE, MAP, Players, network_of, players_of, tie_words
from choreo.explorables.players_told import all_round_read
from choreo.explorables.reading import Reading
from choreo.models.alliance import MOST, Maps, carried, drawn, minds, nearness, steps, worst_day
from choreo.models.run import Clock, Run
from choreo.roles import Role, in_role
from choreo.words import _

ASPECTS = {
    "near": _("how near people are"),
    "holds": _("what holds when one leaves"),
    "minds": _("minds that are heard"),
    "moves": _("how far one voice carries"),
}
SHORT = (_("near"), _("holds"), _("minds"), _("carries"))  # the same, where there is little room


def _tie(wanted: object) -> list[Any]:
    """The last pair of people in `wanted`, in a list; of anything else nothing."""
    found = []
    for pair in wanted if isinstance(wanted, list) else ():
        match pair:
            case [int(one), int(other)] if one != other and min(one, other) >= 0 and max(one, other) < MOST:
                found.append([min(one, other), max(one, other)])
    return found[-1:]


def _aspects(contacts: Maps, needs: tuple[int, ...]) -> dict[str, float]:
    """Each of the four as a share of the most that there could be."""
    people = len(needs)
    others = (people - 1) * (people - 2) / 2
    values = (
        nearness(contacts),
        worst_day(contacts) / others,
        minds(contacts) / people,
        carried(needs)(contacts) / people,
    )
    return {name: float(value[0]) for name, value in zip(ASPECTS, values, strict=True)}


class AllianceOneTie(Explorable):
    """The map as it is, and with a tie that the learner tries."""

    model, stage, crowd = Players, "network", ""
    asks = _("Which one tie would help all round?")
    controls = (MAP, Control("tried", _("The tie that is tried"), drawn=_tie))
    start: ClassVar[Settings] = {"map": EXAMPLE, "tried": []}
    measures = tuple(Measure(name, label[:1].upper() + label[1:]) for name, label in ASPECTS.items())

    def params(self, settings: Settings) -> Players:
        """The map, and the tie that is tried, if it is not there already."""
        found = players_of(settings)
        tried = [(one, other) for one, other in settings["tried"] if other < len(found.names)]
        return replace(found, added=tuple(tie for tie in tried if tie not in found.ties))

    def run(self, params: Players, seed: int) -> Run:
        """Two moments: without the tie, and with it."""
        maps = (params.contacts, drawn(len(params.names), (*params.ties, *params.added)))
        near = []
        for one in maps:
            far = steps(one)
            near.append(np.where(far > 0, 1 / np.maximum(far, 1), 0).sum(axis=1) / (len(params.names) - 1))
        before, after = (_aspects(one, params.needs) for one in maps)
        return Run(
            summary=after | {f"{name}_before": value for name, value in before.items()},
            trace=_trace(params, before, after),
            clock=Clock("tie", _("ties"), np.arange(2)),
            frames={"near": np.rint(255 * np.array(near)).astype(np.uint8)},
        )

    def scene(self, params: Players, found: Run, seed: int) -> Scene:
        """The fuller a coat, the nearer its wearer is to all others."""
        legend = _(
            "The fuller a coat, the nearer its wearer is to all others. A ring marks the one who is missed most."
        )
        return network_of(params, legend) | {
            "fill": found.frames["near"],
            "label": _("near, on average"),
            "tries": {
                "control": "tried",
                "ask": _("Pick two who do not talk to each other: that tie is tried."),
                "there": _("{one} and {other} talk to each other already."),
            },
        }

    def figure(self, params: Players, found: Run) -> Figure:
        """The four, before and after."""
        kinds: dict[str, tuple[str, Role]] = {"_before": (_("as it is"), "others"), "": (_("with the tie"), "goal")}
        if not params.added:
            del kinds[""]
        bars = [
            {
                "type": "bar",
                "orientation": "h",
                "name": name,
                "y": list(SHORT),
                "x": [round(100 * found.summary[f"{aspect}{end}"], 1) for aspect in ASPECTS],
                "hovertemplate": "%{x:.0f}%",
            }
            | in_role(role)
            for end, (name, role) in kinds.items()
        ]
        rows = [
            [f"{short}: {label}", *(f"{found.summary[f'{aspect}{end}']:.0%}" for end in kinds)]
            for short, (aspect, label) in zip(SHORT, ASPECTS.items(), strict=True)
        ]
        return {
            "title": _("What the tie does, in percent of the most there could be"),
            "figure": {"data": bars, "layout": _layout()},
            "alt": " ".join(found.trace),
            "numbers": {"columns": [_("what"), *(name for name, _role in kinds.values())], "rows": rows},
        }

    def words(self, settings: Settings) -> str:
        """How many there are, and which tie is tried."""
        found = self.params(settings)
        line = _("{people} players, {ties} ties").format(people=len(found.names), ties=len(found.ties))
        return line + "".join(_(", tried: {tie}").format(tie=tie_words(found, tie)) for tie in found.added)

    def reading(self, params: Players) -> Reading:
        """The ties that make most better and nothing worse."""
        return all_round_read(params)


def _layout() -> dict[str, Any]:
    return {
        "barmode": "group",
        "margin": {"l": 70, "r": 24, "t": 14, "b": 34},
        "xaxis": {"range": [0, 102], "ticksuffix": "%", "automargin": False},
        "yaxis": {"autorange": "reversed", "automargin": False},
    }


def _trace(params: Players, before: Mapping[str, float], after: Mapping[str, float]) -> tuple[str, ...]:
    line = _("{what}: {now:.0%}, with the tie {then:.0%}.") if params.added else _("{what}: {now:.0%}.")
    what = {name: label[:1].upper() + label[1:] for name, label in ASPECTS.items()}
    return tuple(line.format(what=what[name], now=before[name], then=after[name]) for name in ASPECTS)
