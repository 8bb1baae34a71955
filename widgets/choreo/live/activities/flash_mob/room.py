"""What the room sees of a flash mob: phases on a circle that turns with the beat, and the order over time."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from choreo.live.activities.flash_mob.game import LATE, Tapping
from choreo.live.activities.flash_mob.rhythm import common_period, median, phases, together
from choreo.live.scene import Figure, Scene
from choreo.words import n_

SHOWN = 120  # seconds on the room's chart
MOST_POINTS = 300
AROUND = np.linspace(0, 2 * math.pi, 61)
TASKS = {
    "calibrate": "Tap along with the pulse. This tells how late each phone is.",
    "conductor": "Everybody follows one conductor.",
    "alone": "No pulse: everybody keeps a tempo of their own.",
    "everyone": "Everybody hears the whole room, and the more it is together, the louder.",
    "neighbours": "Everybody hears a few neighbours in a ring, and nobody else.",
    "far": "Everybody hears a few neighbours, and some also hear one person far away.",
}
NAMES = {
    "calibrate": "tap along",
    "conductor": "conductor",
    "alone": "alone",
    "everyone": "everyone",
    "neighbours": "neighbours",
    "far": "some far",
}
TOGETHER = {"title": {"text": "together"}, "tickformat": ".0%", "tickvals": [0, 0.2, 0.4, 0.6, 0.8, 1]}


def scene(game: Tapping) -> Scene:
    """Phases on a circle that turns with the room's beat, and the order over the last two minutes."""
    taps = game.corrected()
    at = game.now - LATE
    angles = phases(taps, at)
    ours = game.our_rows()
    tapping, reached = int((~np.isnan(angles[ours])).sum()), together(angles[ours])
    lines = [TASKS[game.doing]]
    facts = [("tapping", str(tapping))]
    if reached is None:
        lines.append("Tap a steady beat on your phone: two people make a rhythm.")
    else:
        beat = 60 / (common_period(taps, angles) or 1)
        facts = [("together", f"{reached:.0%}"), *facts, ("beats a minute", f"{beat:.0f}")]
        if game.doing == "alone":
            lines.append(f"By chance alone, {tapping} people are about {chance_order(tapping):.0%} together.")
    if game.doing == "calibrate":
        delays = game.measured_delays()[ours]
        if not math.isnan(usual := median(delays)):
            measured = int((~np.isnan(delays)).sum())
            facts += [
                (n_("phone measured", "phones measured", measured), str(measured)),
                ("usual delay", f"{usual * 1000:.0f} ms"),
            ]
    since, turns, period = game.frame
    angles -= 2 * math.pi * (turns + (at - since) / period)
    return Scene(game.step.title, tuple(lines), tuple(facts), (_circle(game, angles, ours), course(game, SHOWN)))


def _circle(game: Tapping, angles: np.ndarray, ours: np.ndarray) -> Figure:
    """Everybody's place in the beat; how far we are together, without those who are virtual."""
    rows, us = np.flatnonzero(~np.isnan(angles)), np.flatnonzero(~np.isnan(angles) & ours)
    mean = np.mean(np.exp(1j * angles[us])) if len(us) else 0j
    rows = rows[:: max(1, math.ceil(len(rows) / MOST_POINTS))]
    virtual = np.array([person.virtual for who, person in game.people.items() if who in game.row], dtype=bool)
    traces: list[dict[str, Any]] = [
        _line("the beat", np.cos(AROUND), np.sin(AROUND), "quiet") | {"line": {"width": 1}, "showlegend": False}
    ]
    for name, role, some in (("people", "you", rows[~virtual[rows]]), ("virtual", "others", rows[virtual[rows]])):
        if len(some):
            dots = _line(name, np.cos(angles[some]), np.sin(angles[some]), role)
            traces.append(dots | {"mode": "markers", "marker": {"size": 14, "opacity": 0.6}})
    together_ = _line("together", np.array([0, mean.real]), np.array([0, mean.imag]), "goal")
    traces.append(together_ | {"line": {"width": 6}})
    axis = {"range": [-1.15, 1.15], "visible": False, "fixedrange": True}
    layout = {"xaxis": axis, "yaxis": {**axis, "scaleanchor": "x"}}
    people = n_("1 person", "{count} people", len(us)).format(count=len(us))
    says = f"{people} on a circle, by where they are in the beat; {abs(mean):.0%} together."
    return Figure(tuple(traces), layout, says)


def course(game: Tapping, most: int) -> Figure:
    """How far all were together, second by second, over the last `most` of them."""
    first = max(0, len(game.samples) - most)
    seen = game.samples[first:]
    seconds = list(range(first + 1, len(game.samples) + 1))
    reached = [None if value is None else round(value, 3) for _, value, _ in seen]
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": seconds,
        "y": reached,
        "name": "together",
    }
    starts = [k for k in range(len(seen)) if k == 0 or seen[k][0] != seen[k - 1][0]]
    middles = [(start + end - 1) // 2 for start, end in pairwise([*starts, len(seen)])]
    names = {
        "type": "scatter",
        "mode": "text",
        "x": [seconds[k] for k in middles],
        "y": [1.07 + 0.1 * (number % 2) for number in range(len(middles))],  # so that names of short steps fit
        "text": [NAMES[seen[k][0]] for k in middles],
        "name": "step",
        "meta": {"role": "quiet"},
    }
    layout = {
        "xaxis": {"title": {"text": "seconds"}, "range": [first, max(first + 30, len(game.samples))]},
        "yaxis": TOGETHER | {"range": [0, 1.25]},
        "showlegend": False,
    }
    last = next((value for value in reversed(reached) if value is not None), None)
    says = "Nobody has tapped together yet." if last is None else f"Over time; just now {last:.0%} together."
    return Figure((line | {"meta": {"role": "you"}}, names), layout, says)


def chance_order(people: int) -> float:
    """The mean order of so many phases at random, nearly: the mean length of a random walk in the plane, per step."""
    return math.sqrt(math.pi / people) / 2


def _line(name: str, x: np.ndarray, y: np.ndarray, role: str) -> dict[str, Any]:
    places = {"x": np.round(x, 2).tolist(), "y": np.round(y, 2).tolist()}
    return {"type": "scatter", "mode": "lines", "name": name, **places, "meta": {"role": role}}
