"""What the player says about a goal: meters, and a verdict in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from choreo.explorables.control import Control, Settings
from choreo.explorables.explorable import Explorable
from choreo.explorables.judge import Tried, meets
from choreo.explorables.measure import Measure
from choreo.grading.goal import CROWDS, Goal, Reach, exceeds, falls_below
from choreo.words import _, n_

Words = tuple[str, str]  # a headline and a sentence


def meters(goal: Goal, explorable: Explorable, settings: Settings, found: Mapping[str, float]) -> list[dict[str, Any]]:
    """A meter for each measure to reach, and for each means, which stands at its control; see views.player for the parts."""
    measures = {measure.name: measure for measure in explorable.measures}
    controls = {control.name: control for control in explorable.controls}
    limits = [(name, limit, True) for name, limit in goal.most.items()]
    limits += [(name, limit, False) for name, limit in goal.least.items()]
    return [
        *(_of_measure(measures[one.measure], one, found[one.measure]) for one in goal.reach),
        *(_of_means(controls[name], used(controls[name], settings), limit, most) for name, limit, most in limits),
    ]


def _of_measure(measure: Measure, reach: Reach, value: float) -> dict[str, Any]:
    bound = reach.at_least if reach.at_least is not None else reach.at_most
    return {
        "measure": measure.name,
        "control": "",
        "label": measure.label,
        "words": measure.words(value),
        "form": measure.form,
        "value": value,
        "share": value / measure.most,
        "most": measure.most,
        "aim": aim(measure, reach),
        "mark": None if bound is None else bound / measure.most,
        "tone": "goal" if reach.hold(value) else "others",
        "series": measure.series,
    }


def aim(measure: Measure, reach: Reach) -> str:
    """What is to be reached, as people read it: "goal: at least 85%"."""
    low, high = (None if one is None else measure.words(one) for one in (reach.at_least, reach.at_most))
    if low is None:
        return _("goal: at most {high}").format(high=high)
    if high is None:
        return _("goal: at least {low}").format(low=low)
    return _("goal: {low} to {high}").format(low=low, high=high) if low != high else _("goal: {low}").format(low=low)


def _of_means(control: Control, value: float, limit: float, most: bool) -> dict[str, Any]:
    span = max(control.high, limit) or 1
    places = {"value": f"{value:g}", "limit": f"{limit:g}", "unit": control.unit}
    apart = exceeds(value, limit) if most else falls_below(value, limit)
    return {
        "measure": "",
        "control": control.name,
        "label": control.label,
        "words": f"{value:g} {control.unit}".strip(),
        "form": "{:g}",
        "value": value,
        "share": value / span,
        "most": span,
        "aim": (_("at most {limit}") if most else _("at least {limit}")).format(**places),
        "mark": limit / span,
        "tone": "apart" if apart else "you",
        "series": "",
    }


def used(control: Control, settings: Settings) -> float:
    """How much of a means a setting takes: of what was drawn how many, and nothing of what is not in play."""
    if control.inside is not None and settings[control.inside[0]] != control.inside[1]:
        return 0
    value: Any = settings[control.name]
    return float(len(value) if isinstance(value, list) else value)


def beyond(goal: Goal, explorable: Explorable, settings: Settings) -> str:
    """Why a setting does not count: more means than the goal allows, or less than it keeps; empty if it counts."""
    controls = {control.name: control for control in explorable.controls}
    for name, most in goal.most.items():
        if exceeds(value := used(controls[name], settings), most):
            told = _("{label}: {extra:g} more than the goal allows. Can it be done with less?")
            return told.format(label=controls[name].label, extra=value - most)
    for name, least in goal.least.items():
        if falls_below(used(controls[name], settings), least):
            told = _("{label}: the goal keeps at least {least:g}. Can it be done without giving that up?")
            return told.format(label=controls[name].label, least=least)
    return ""


def verdict(
    goal: Goal,
    explorable: Explorable,
    settings: Settings,
    found: Mapping[str, float],
    settled: bool,
    ten: Sequence[Tried],
) -> Words:
    """How near a setting comes that was moved to; `ten` are the crowds that were tried with it, as far as they are known."""
    if extra := beyond(goal, explorable, settings):
        return _("That does not count."), extra
    there = bool(meets(goal.reach, found))
    if not settled:
        return (_("There!"), _("Let go of the control, and it counts.")) if there else ("", "")
    if len(ten) == CROWDS:
        return _short_of_ten(goal, explorable, settings, found, sum(one.held for one in ten))
    if there and explorable.crowd:
        return (
            _("It works here."),
            _("The first {crowd} may be luck: now ten {crowd}s with the same setting.").format(crowd=explorable.crowd),
        )
    return _("Not yet."), explorable.advice(settings, found)


def _short_of_ten(
    goal: Goal, explorable: Explorable, settings: Settings, found: Mapping[str, float], held: int
) -> Words:
    if held == 0:
        return _("Not yet."), explorable.advice(settings, found) or _("No {crowd} of ten gets there.").format(
            crowd=explorable.crowd
        )
    told = n_(
        "Only {held} {crowd} of ten gets there: that was luck. It counts from {needed} on.",
        "{held} {crowd}s of ten get there. It counts from {needed} on.",
        held,
    )
    headline = _("Nearly.") if held >= goal.of_ten - 2 else _("Not yet.")
    return headline, told.format(held=held, crowd=explorable.crowd, needed=goal.of_ten)


def reached(explorable: Explorable, answer: Mapping[str, Any]) -> Words:
    """What is said of a goal that was reached, in this version or an older one."""
    free = _("Now everything is free: every control is yours.")
    held, of = answer.get("held"), answer.get("of")
    if of == CROWDS and isinstance(held, int):
        told = _("It holds: {held} of ten {crowd}s get there.").format(held=held, crowd=explorable.crowd or _("run"))
        return _("You did it."), f"{told} {free}"
    return _("You did it."), free


def so_far(explorable: Explorable, ten: Sequence[Tried], goal: Goal) -> str:
    """How many of ten crowds got there, while they are being tried and after."""
    if not ten:
        return ""
    held = sum(one.held for one in ten)
    if len(ten) < CROWDS:
        return _("{held} of {tried} {crowd}s so far").format(held=held, tried=len(ten), crowd=explorable.crowd)
    return _("{held} of ten {crowd}s; {needed} are needed").format(
        held=held, crowd=explorable.crowd, needed=goal.of_ten
    )
