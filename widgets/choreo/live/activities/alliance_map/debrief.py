"""What one tie more would do, whose leaving would tear the map, and what the model cannot know."""

from __future__ import annotations

from typing import Any

from choreo.live.activities.alliance_map.drawn_map import DrawnMap
from choreo.live.scene import Figure, Scene
from choreo.words import _, n_


def scene(found: DrawnMap, fewest: int) -> Scene:
    """Three measures as the map stands, and with the tie; and four things that only the room knows."""
    who, cut = found.broker
    lines: tuple[str, ...] = ()
    if who:
        line = n_(
            "Without {who}, {cut} pair of the others would be cut off.",
            "Without {who}, {cut} pairs of the others would be cut off.",
            cut,
        )
        lines = (line.format(who=who, cut=cut),)
    small = (
        _("What the model cannot know: what is said along a line, and what a new one costs, or whom."),
        _("Nor whether a missing line is there after all, known to fewer than {fewest} of us.").format(fewest=fewest),
    )
    title, ask = _("Everybody here talks to everybody"), _("Which of these ties would we lose first, and by what?")
    if found.best is not None:
        title = _("One tie more: {tie}").format(tie=found.words(found.best))
        ask = _("Who of us makes it, with whom, and by when?")
    return Scene(title, lines, (), (_bars(found),), ask=ask, small=small)


def _bars(found: DrawnMap) -> Figure:
    names = [_("near each other"), _("joined if one leaves"), _("minds heard")]
    now, then = found.measures(found.players.contacts), found.measures(found.more)
    groups = [(_("as we named it"), now, "others")]
    if found.best is not None:
        groups.append((_("with the tie"), then, "goal"))
    bars: tuple[dict[str, Any], ...] = tuple(
        {"type": "bar", "x": names, "y": [round(one, 1) for one in values], "text": [f"{one:.0f}" for one in values],
         "name": name, "meta": {"role": role}}
        for name, values, role in groups
    )  # fmt: skip
    layout: dict[str, Any] = {"xaxis": {"type": "category"}, "barmode": "group"}
    layout["yaxis"] = {
        "title": {"text": _("% of all that could be")},
        "range": [0, 112],
        "tickvals": [0, 25, 50, 75, 100],
    }
    said = _("{name}: {now:.0f}%, with the tie {then:.0f}%")
    says = "; ".join(said.format(name=n, now=a, then=b) for n, a, b in zip(names, now, then, strict=True)) + "."
    return Figure(bars, layout, says)
