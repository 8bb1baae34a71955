"""How many minds the room judges as after one voice, beside the model of lesson 05 with this room's numbers."""

from __future__ import annotations

from typing import Any

from choreo.live.activities.one_voice.game import Voices
from choreo.live.activities.one_voice.judgements import LISTENING, MOST_MODELLED, Judgements, digits, minds_of
from choreo.live.activities.one_voice.room import HARDLY, nothing, way
from choreo.live.result import Result
from choreo.live.scene import Figure, Scene
from choreo.words import _


def scene(game: Voices) -> Scene:
    """Minds before and after, and the two orders of the lesson."""
    found = game.judgements()
    if found is None:
        return nothing(game)
    after = found.minds(1)
    people = min(found.people, MOST_MODELLED)
    small = []
    if found.people > people:
        small.append(_("The model takes at most {most} people.").format(most=MOST_MODELLED))
    lines = (
        way(found)[0],
        _("If we err independently, {people} judge alone as {people} minds. After the voice, as {minds}.").format(
            people=people, minds=minds_of(after)
        ),
    )
    if (found.weight or 0) >= HARDLY:
        small.append(
            _("In the model of lesson 5 everybody then listens on. Had the voice heard all first, more would be left.")
        )
    ask = _("Who speaks first where we decide? What would it cost to let them speak last?")
    facts = ((_("minds left"), digits(after)),)
    return Scene(game.settings.question, lines, facts, (_bars(found, people),), ask=ask, small=tuple(small))


def result_of(game: Voices, who: str) -> Result:
    """The two judgements of somebody, and whether they were the voice."""
    alone, again = game.alone.get(who), game.again.get(who)
    if alone is None:
        return Result()
    amount = Judgements((), (), 0.0, game.settings.unit).amount
    if game.voice is not None and who == game.speaker:
        return Result((_("You were the voice: {alone}.").format(alone=amount(alone)),))
    if again is None:
        return Result((_("Alone you said {alone}.").format(alone=amount(alone)),))
    line = _("Alone you said {alone}, after the voice {again}.")
    return Result((line.format(alone=amount(alone), again=amount(again)),))


def _bars(found: Judgements, people: int) -> Figure:
    cases: tuple[tuple[str, float, str], ...] = (
        (_("judged alone"), float(people), "others"),
        (_("this room, after one voice"), found.minds(1), "you"),
        (_("model: first to speak, and all listen on"), found.minds(LISTENING, listens=True), "apart"),
        (_("model: hears all, then speaks"), found.minds(LISTENING, last=True), "goal"),
    )
    names, roles = [name for name, _value, _role in cases], [role for _name, _value, role in cases]
    values = [value for _name, value, _role in cases]
    bar: dict[str, Any] = {"type": "bar", "y": names, "x": [round(value, 2) for value in values]}
    bar |= {
        "orientation": "h",
        "text": [digits(value) for value in values],
        "meta": {"role": "you", "roles": roles},
    }
    layout: dict[str, Any] = {"xaxis": {"title": {"text": _("minds")}, "rangemode": "tozero"}, "showlegend": False}
    layout["yaxis"] = {"type": "category", "autorange": "reversed", "automargin": True, "showgrid": False}
    said = _("{name}: {minds}")
    says = "; ".join(said.format(name=name, minds=minds_of(value)) for name, value, _role in cases) + "."
    return Figure((bar,), layout, says)
