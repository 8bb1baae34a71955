"""How far news has to go among a learner's own players, and whose leaving tears them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
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
from choreo.explorables.players_told import nearer, news_read
from choreo.explorables.reading import Reading
from choreo.models.alliance import cut_off, drawn, steps
from choreo.models.run import Clock, Run
from choreo.typed import isolated
from choreo.words import _, n_

NOBODY, MISSED = "nobody", "missed"


class AllianceNews(Explorable):
    """News goes from one to the next along the ties that somebody drew."""

    model, stage, crowd = Players, "network", ""
    asks = _("Whose leaving would hurt most, and which tie would help most?")
    controls = (
        MAP,
        Control("first", _("With whom the news begins"), drawn=one_of),
        Control(
            "leaves",
            _("Who has left"),
            options=(
                Option(NOBODY, _("Nobody"), _("All are there")),
                Option(MISSED, _("The one who is missed most"), _("Their ties go with them")),
            ),
        ),
        MORE,
    )
    start: ClassVar[Settings] = {"map": EXAMPLE, "first": [0], "leaves": NOBODY, "more": AS_DRAWN}
    measures = (
        Measure("heard", _("Have heard it in the end"), "{:.0f}", 12, series="heard"),
        Measure("rounds", _("Steps to the last who hears it"), "{:.0f}", 11),
        Measure("cut", _("Pairs cut off, were the one missed most to leave"), "{:.0f}", 55),
    )

    def params(self, settings: Settings) -> Players:
        """The map, with the best tie if it is wanted, and without who is missed most if they have left."""
        found = players_of(settings)
        if settings["more"] == ONE_MORE:
            found = replace(found, added=surest(nearer(len(found.names), found.ties)))
        first = settings["first"][0] if settings["first"] else 0
        whole = drawn(len(found.names), (*found.ties, *found.added))
        leaver = int(cut_off(whole)[0].argmax()) if settings["leaves"] == MISSED else -1
        return replace(found, first=first if first < len(found.names) else 0, leaver=leaver)

    def run(self, params: Players, seed: int) -> Run:
        """Step by step, until nobody hears it for the first time any more."""
        people = len(params.names)
        far = steps(params.played)[params.first] if params.leaver != params.first else np.full(people, -1)
        last = max(1, int(far.max()))
        heard = np.array([(far >= 0) & (far <= step) for step in range(last + 1)])
        whole = drawn(people, (*params.ties, *params.added))
        summary = {"heard": float((far >= 0).sum()), "rounds": float(max(0, far.max()))}
        return Run(
            summary=summary | {"cut": float(cut_off(whole).max())},
            trace=_trace(params, far),
            clock=Clock("step", _("steps"), np.arange(last + 1)),
            series={"heard": heard.sum(axis=1)},
            frames={"heard": heard.astype(np.uint8)},
            still={"far": far},
        )

    def scene(self, params: Players, found: Run, seed: int) -> Scene:
        """A full coat has heard it."""
        words = {
            "ask": _("Pick somebody: the news begins with them."),
            "on": _("The news begins with {name}."),
            "off": _("The news begins with {name}."),
        }
        legend = _("A full coat has heard the news. A ring marks the one without whom most pairs would be cut off.")
        return network_of(params, legend) | {
            "fill": found.frames["heard"] * np.uint8(255),
            "label": _("have heard it"),
            "picks": {"control": "first", "most": 1, "who": [params.first], **words},
            "tells": {str(at): _tell(params, at) for at in range(len(params.names))},
        }

    def words(self, settings: Settings) -> str:
        """How many there are, and what is tried."""
        found = players_of(settings)
        line = _("{people} players, {ties} ties").format(people=len(found.names), ties=len(found.ties))
        more = _(", one tie more") if settings["more"] == ONE_MORE else ""
        return line + more + (_(", the one who is missed most has left") if settings["leaves"] == MISSED else "")

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What to look at."""
        return _("Begin with somebody else, or let the one leave who is missed most.")

    def reading(self, params: Players) -> Reading:
        """Path lengths and the broker, with the ties that would help either most."""
        return news_read(params)


def _tell(params: Players, person: int) -> str:
    if person == params.leaver:
        return _("I have left. Whoever came to me has to ask somebody else.")
    cut = int(cut_off(params.played)[0, person])
    if cut:
        return n_("If I left, {cut} pair would be cut off.", "If I left, {cut} pairs would be cut off.", cut).format(
            cut=cut
        )
    return _("If I left, all others could still reach whom they reach now.")


def _trace(params: Players, far: np.ndarray) -> tuple[str, ...]:
    if params.leaver == params.first:
        return (
            _("{name} had the news, and has left. Nobody hears it.").format(name=isolated(params.names[params.first])),
        )
    told = []
    for step in range(int(far.max()) + 1):
        who = listed([params.names[at] for at in np.flatnonzero(far == step)])
        line = (
            _("It begins with {who}.")
            if not step
            else n_("After {step} step: {who}.", "After {step} steps: {who}.", step)
        )
        told.append(line.format(step=step, who=who))
    never = [name for at, name in enumerate(params.names) if far[at] < 0 and at != params.leaver]
    return (*told, _("It never gets to {who}.").format(who=listed(never))) if never else tuple(told)
