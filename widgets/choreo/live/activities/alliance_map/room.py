"""What the room sees: its map, and the tie that is missing most."""

from __future__ import annotations

import math
from typing import Any

from choreo.live.activities.alliance_map.drawn_map import DrawnMap
from choreo.live.scene import Figure, Scene
from choreo.models.alliance import Tie
from choreo.words import _, n_

TOLD = 3  # ties of equal worth that are told by name
WIDE = (5, 12)  # px of a line that few named, and of one that many did


def mapped(found: DrawnMap, fewest: int) -> Scene:
    """The ties that enough people named."""
    lines = [_("A line stands where at least {fewest} people named it, from either side.").format(fewest=fewest)]
    if found.alone:
        lines.append(_("So nothing leads to {alone}.").format(alone=found.alone))
    lines.append(_("What surprises you? Which line did you expect?"))
    facts = ((_("ties"), f"{len(found.ties)} of {found.possible}"),)
    return Scene(_("Who really talks to whom"), tuple(lines), facts, (picture(found, fewest),))


def missing(found: DrawnMap, fewest: int) -> Scene:
    """The tie that would bring the parties nearest, and how sure that is."""
    title = _("The tie that is missing most")
    if found.best is None:
        return Scene(title, (_("None: here everybody talks to everybody."),), (), (picture(found, fewest),))
    return Scene(found.words(found.best), told(found), (), (picture(found, fewest, found.best),))


def told(found: DrawnMap) -> tuple[str, ...]:
    """Which ties would help most, and on how many maps nearly like this one."""
    help_ = found.help
    line = n_(
        "Of {tried} missing ties, all tried, this one brings us nearest.",
        "Of {tried} missing ties, all tried, {many} bring us nearest, and equally. This one does so on most maps.",
        len(help_.ties),
    )
    lines = [line.format(tried=help_.tried, many=len(help_.ties))]
    others = [found.words(tie) for tie in help_.ties if tie != found.best]
    if others:
        rest = len(others) - TOLD
        some = "; ".join(others[:TOLD]) + (_("; and {rest} more").format(rest=rest) if rest > 0 else "")
        lines.append(_("The others: {some}.").format(some=some))
    sure = _("Is one line wrong? On {holds} of {of} maps that differ by one, it still is among the best.")
    lines.append(sure.format(holds=max(help_.holds), of=help_.of))
    return tuple(lines)


def place(at: int, people: int) -> tuple[float, float]:
    """Where a party stands: on a ring, the first on top."""
    turn = 2 * math.pi * at / people
    return round(math.sin(turn), 3), round(math.cos(turn), 3)


def picture(found: DrawnMap, fewest: int, new: Tie | None = None) -> Figure:
    """The parties on a ring; a line is wide where many named it, dashed where it is only tried."""
    people = len(found.names)
    groups: dict[str, list[Tie]] = {"few": [], "many": [], "new": [new] if new else []}
    for tie, count in sorted(found.named.items()):
        groups["many" if count >= 2 * fewest else "few"].append(tie)
    looks = (
        ("few", _("named by {fewest} people or more").format(fewest=fewest), "others", {"width": WIDE[0]}),
        ("many", _("by {many} or more").format(many=2 * fewest), "you", {"width": WIDE[1]}),
        ("new", _("missing most"), "goal", {"width": WIDE[0] + 2, "dash": "dash"}),
    )
    traces: list[dict[str, Any]] = []
    for key, name, role, line in looks:
        ends = [place(end, people) for tie in groups[key] for end in tie]
        x = [one for at, (x, _y) in enumerate(ends) for one in ([x] if at % 2 == 0 else [x, None])]
        y = [one for at, (_x, y) in enumerate(ends) for one in ([y] if at % 2 == 0 else [y, None])]
        if x:
            traces.append(
                {"type": "scatter", "mode": "lines", "x": x, "y": y, "name": name, "line": line, "meta": {"role": role}}
            )
    spots = [place(at, people) for at in range(people)]
    sides = ["top center" if y > 0.9 else "bottom center" if y < -0.9 else f"middle {'right' if x > 0 else 'left'}"
             for x, y in spots]  # fmt: skip
    traces.append(
        {"type": "scatter", "mode": "markers+text", "x": [x for x, _y in spots], "y": [y for _x, y in spots],
         "text": [f"  {name}  " for name in found.names], "textposition": sides, "showlegend": False,
         "marker": {"size": 20}, "meta": {"role": "apart"}}
    )  # fmt: skip
    hidden = {"visible": False}
    wide = 1.3 + 0.06 * max(map(len, found.names))  # the names stand left and right of the ring
    layout = {"xaxis": hidden | {"range": [-wide, wide]}, "yaxis": hidden | {"range": [-1.3, 1.3], "scaleanchor": "x"}}
    named = "; ".join(f"{found.words(tie)} ({found.named[tie]})" for tie in found.ties) or _("none")
    says = _("Ties, and how many people named them: {named}.").format(named=named)
    if new:
        says += " " + _("Missing most: {tie}.").format(tie=found.words(new))
    return Figure(tuple(traces), layout, says)
