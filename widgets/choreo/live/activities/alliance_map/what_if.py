"""The same map without one of the parties, and if more people had to name a tie."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from choreo.live.activities.alliance_map.drawn_map import DrawnMap
from choreo.live.scene import Figure, Scene
from choreo.words import _, n_

STEPS = (1.0, 1.5, 2.0, 3.0)  # times as many as must name a tie now; fewer are never looked at


def scenes(found: DrawnMap, fewest: int) -> tuple[Scene, ...]:
    """Nothing where no tie was drawn."""
    return (_leaving(found), _stricter(found, fewest)) if found.ties else ()


def _leaving(found: DrawnMap) -> Scene:
    now, then = found.without(found.players.contacts), found.without(found.more)
    order = sorted(range(len(now)), key=lambda at: (now[at], at))
    groups = [(_("as we named it"), now, "others"), (_("with the tie"), then, "goal")]
    names = [found.names[at] for at in order]
    bars: tuple[dict[str, Any], ...] = tuple(
        {"type": "bar", "orientation": "h", "y": names, "x": [round(values[at], 1) for at in order], "name": name,
         "meta": {"role": role}}
        for name, values, role in (groups if found.best is not None else groups[:1])
    )  # fmt: skip
    layout: dict[str, Any] = {"barmode": "group", "xaxis": {"range": [0, 102]}}
    layout["xaxis"]["title"] = {"text": _("% of pairs of the others that still reach each other")}
    layout["yaxis"] = {"type": "category", "autorange": "reversed", "automargin": True}
    said = _("{name}: {now:.0f}%, with the tie {then:.0f}%")
    says = "; ".join(said.format(name=found.names[at], now=now[at], then=then[at]) for at in order) + "."
    worst = _("It hurts most without {name}: {now:.0f} of a hundred pairs of the others still reach each other.")
    line = worst.format(name=names[0], now=now[order[0]])
    if now[order[0]] == 100:
        line = _("Whoever stayed away, the others would still reach each other.")
    ask = _("Who could stand in for whom here, before somebody is away?")
    return Scene(_("If one of them stayed away"), (line,), (), (Figure(bars, layout, says),), ask=ask)


def _stricter(found: DrawnMap, fewest: int) -> Scene:
    least = sorted({round(fewest * step) for step in STEPS})
    maps = [replace(found, named={tie: n for tie, n in found.named.items() if n >= one}) for one in least]
    same = sum(found.best in one.help.ties for one in maps)
    counts = [len(one.ties) for one in maps]
    bar: dict[str, Any] = {"type": "bar", "x": [str(one) for one in least], "y": counts, "text": counts}
    layout: dict[str, Any] = {"xaxis": {"type": "category", "title": {"text": _("people who must have named a tie")}}}
    layout["yaxis"] = {"title": {"text": _("ties drawn")}}
    listed = "; ".join(f"{one}: {count}" for one, count in zip(least, counts, strict=True))
    says = _("Ties drawn, by how many people must have named one: {listed}.").format(listed=listed)
    lines = [says]
    if found.best is not None:
        line = n_(
            "{tie} is among the best on {same} of these {maps} maps.",
            "{tie} is among the best on {same} of these {maps} maps.",
            same,
        )
        lines.append(line.format(tie=found.words(found.best), same=same, maps=len(maps)))
    figure = Figure((bar | {"meta": {"role": "you"}},), layout | {"showlegend": False}, says)
    ask = _("Which of these ties would we call one, and which is only an acquaintance?")
    return Scene(_("If more of us had to name a tie"), tuple(lines), (), (figure,), ask=ask)
