"""The room beside the study of 1977, and beside who knows only their own answer."""

from __future__ import annotations

from choreo.live.activities.disconnect.answers import Answers
from choreo.live.activities.disconnect.model import both_sides
from choreo.live.activities.disconnect.room import bars, between, points
from choreo.live.scene import Scene
from choreo.words import _

# Ross, Greene and House (1977), Table 4, Study 4: both signs together; how many of a hundred agreed, and were thought to.
AGREED, AGREERS, REFUSERS = 60.0, 62.2, 33.0


def scene(question: str, answers: Answers) -> Scene:
    """The gap between two sides beside the published one, and beside the one that knowing only oneself makes."""
    lines = between(answers)
    facts: list[tuple[str, str]] = []
    small: list[str] = []
    if answers.sides is not None:
        gap = abs(answers.sides[0] - answers.sides[1])
        facts.append((_("gap"), points(gap)))
        small.append(_("Luck alone makes some {luck} between two such sides.").format(luck=points(answers.luck)))
    small += [
        _(
            "Stanford, 1977, really asked to carry a sign: {agreers:.0f}% and {refusers:.0f}%, where {agreed:.0f}% agreed."
        ).format(agreed=AGREED, agreers=AGREERS, refusers=REFUSERS),
        _(
            "Who knows only their own answer is right to expect it from two of three. Whether it is a mistake is disputed."
        ),
    ]
    alone, refuses = (100 * one for one in both_sides(1, 2, 0))
    rows: list[tuple[str, tuple[float | None, float | None, float | None]]] = [
        (_("asked for real, 1977"), (REFUSERS, AGREED, AGREERS)),
        (_("who knows only their own answer"), (refuses, None, alone)),
    ]
    if answers.sides is not None:
        rows.insert(0, (_("this room"), (answers.sides[1], answers.share, answers.sides[0])))
    said = _("{name}: who says no believes {no:.0f}% say yes, who says yes {yes:.0f}%")
    says = "; ".join(said.format(name=name, no=no, yes=yes) for name, (no, _is, yes) in rows) + "."
    names, values = zip(*rows, strict=True)
    figure = bars(names, list(zip(*values, strict=True)), says)
    ask = _("Whom did we take to be like us this week, and did not ask?")
    return Scene(question, tuple(lines), tuple(facts), (figure,), ask=ask, small=tuple(small))
