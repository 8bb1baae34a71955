"""Micro-cultures beside the model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from choreo.live.activities.micro_cultures.game import Territory
from choreo.live.activities.micro_cultures.model import course
from choreo.live.activities.micro_cultures.room import KEY, extent, territory, virtual
from choreo.live.result import Result
from choreo.live.scene import Figure, Scene
from choreo.words import n_

REGIONS = {"title": {"text": "regions of one culture"}, "rangemode": "tozero"}


def scene(game: Territory) -> Scene:
    """The territory as it is now, large."""
    if not game.sites or not (game.adopted + game.kept):
        return Scene("Nobody has met anybody yet.", ask="What kept us from meeting?")
    areas, zones, largest = game.counts()
    title = f"{areas} cultures now: alike nearby, apart far off" if areas > 1 else "One culture everywhere"
    lines = (KEY,) if zones == 1 else (KEY, "Across a wall nobody can learn from anybody.")
    ask = (
        "Where is a wall, and what would have to be said across it?" if zones > 1 else "What would bring news in here?"
    )
    facts = (("of the phones in the largest", f"{largest:.0%}"), *virtual(game))
    return Scene(title, lines, facts, (territory(game, areas, zones),), ask=ask)


def further(game: Territory) -> tuple[Scene, ...]:
    """How many regions are left, beside the model: same start, as many meetings, and every habit taken over."""
    meetings = game.adopted + game.kept
    if not game.sites or not meetings:
        return ()
    areas, _, _ = game.counts()
    curve, runs = course(game, game.around, 2, meetings)
    kept, taken = game.answers
    per = len(game.sites)
    mine = [*((after, count) for after, count, _ in game.curve), (meetings, areas)]
    data = (line("regions here", "you", mine, per), line("regions in the model", "others", curve, per))
    axes = {"xaxis": {"title": {"text": "meetings per phone"}}, "yaxis": REGIONS}
    says = (
        n_("There is now one region", "There are now {areas} regions", areas).format(areas=areas)
        + f" of one culture; in the model, from the same start, {curve[-1][1]:g} after as many meetings{told(runs)}."
    )
    small = [f"The model begins where you began, meets as often, and never refuses{told(runs)}."]
    if kept + taken:
        small.append(f"You took over {taken / (kept + taken):.0%} of the habits that you were offered.")
    here = n_("One region here", "{areas} regions here", areas).format(areas=areas)
    title = f"{here}, {curve[-1][1]:g} in the model, which never refuses"
    ask = f"You kept your own habit {'once' if kept == 1 else f'{kept} times'}: which, and why?"
    if not kept:
        ask = "Nobody kept a habit of their own: what would you have kept at work?"
    return (Scene(title, (), (), (Figure(data, axes, says),), ask=ask, small=tuple(small)),)


def result_of(game: Territory, who: str) -> Result:
    """Which square somebody is, and how many are like them."""
    site = game.site_of.get(who)
    if site is None:
        return Result()
    own = game.sites[site]
    high, wide = extent(game)
    rows = [[" "] * wide for _ in range(high)]
    for (row, column), other in game.at.items():
        rows[row][column] = "@" if other == site else "=" if game.sites[other] == own else "."
    like = sum(sign == "=" for row in rows for sign in row)
    alike = (
        "Nobody else has exactly your habits."
        if not like
        else n_(
            "{like} of {others} has exactly your habits.", "{like} of {others} have exactly your habits.", like
        ).format(like=like, others=len(game.sites) - 1)
    )
    row, column = next(place for place, other in game.at.items() if other == site)
    says = f"A map of {len(game.sites)} squares. You are in row {row + 1}, column {column + 1}. {alike}"
    lines = (f"You are the filled square: row {row + 1}, column {column + 1} on the screen.", alike)
    return Result(lines, tuple("".join(row) for row in rows), says)


def line(name: str, role: str, curve: Sequence[tuple[int, float]], per: int) -> dict[str, Any]:
    """A curve of regions over meetings per phone."""
    x = [round(meetings / per, 2) for meetings, _ in curve]
    drawn = {"type": "scatter", "mode": "lines", "x": x, "y": [areas for _, areas in curve], "name": name}
    return drawn | {"meta": {"role": role}}


def told(count: int) -> str:
    """How many runs of the model a number stands for, in brackets."""
    return f" (mean of {count} runs)" if count > 1 else " (one run each: another one ends differently)"
