"""What the room sees of trust over time: the rules; then how many meant to share, and in how many pairs it arrived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from choreo.live.activities.trust_over_time.game import Dealings
from choreo.live.rounds import round_axis
from choreo.live.scene import Figure, Scene
from choreo.words import _, n_


def scene(game: Dealings) -> Scene:
    """The rules; then how many meant to share, and in how many pairs it arrived from both."""
    if game.step.name == "explain" or not game.round:
        here = (("here", str(sum(game.ours(who) for who in game.here()))),)
        return Scene("You and one other person, many times", lines=_rules(game), facts=here)
    if (on := game.round_on()) is not None:
        facts = [("round", str(on)), ("choices", f"{on.moved} of {on.moved + on.due}")]
    else:
        facts = [("rounds", str(len(game.rounds)))]
    facts += [("forgave", forgave(game))]
    title = "Who shares?" if game.running else "All rounds are played"
    return Scene(title, facts=tuple(facts), figures=(rounds_figure(game),))


def _rules(game: Dealings) -> tuple[str, ...]:
    percent = round(100 * game.settings.noise)
    often = n_("About once in a hundred times", "About {count} times in a hundred", percent).format(count=percent)
    slips = often if game.settings.noise else _("Never")
    return (
        "You and a partner each know something that the other needs. In every round: share it, or hold it back.",
        "Both share: 3 points each. Both hold back: 1 each. One shares and the other holds back: 0 and 5.",
        f"{slips}, the opposite of what was chosen arrives. Nobody is told; you both see what arrived.",
        "Who says nothing repeats their last choice; before a first choice that is to hold back.",
    )


def forgave(game: Dealings) -> str:
    """How often the room shared after it had been held back from."""
    hurt, shared = game.replies[1].tolist()
    if not hurt:
        return _("nobody was hurt yet")
    return n_("{shared} of one time", "{shared} of {hurt} times", hurt).format(shared=shared, hurt=hurt)


def rounds_figure(game: Dealings, model: Sequence[tuple[str, str, np.ndarray]] = ()) -> Figure:
    """In how many pairs both shared, round by round; beside these curves, dotted."""
    rounds = list(range(1, len(game.rounds) + 1))
    both = [percent(one.both, one.pairs) for one in game.rounds]
    lines = [_line("both shared, as it arrived", "goal", rounds, both)]
    if model:
        count = list(range(1, game.settings.rounds + 1))
        for name, role, curve in model:
            lines.append(_line(name, role, count, [round(100 * float(value), 1) for value in curve], "dot"))
    else:
        meant = [percent(one.meant, one.chosen) for one in game.rounds]
        lines.append(_line("meant to share", "you", rounds, meant))
    now = both[-1] if both and both[-1] is not None else None
    says = "No round is over yet." if now is None else f"In round {len(both)} both shared in {now:g}% of the pairs."
    layout = axes("round", "% of pairs" if model else "%")
    most = game.settings.rounds
    layout["xaxis"] = round_axis(most) | {"range": [0.5, most + 0.5], "tickformat": "d"}  # also before the first one
    return Figure(tuple(lines), layout, says)


def percent(part: int, whole: int) -> float | None:
    """A part of a whole, as far as there is one."""
    return round(100 * part / whole, 1) if whole else None


def _line(name: str, role: str, x: Sequence[int], y: Sequence[float | None], dash: str = "solid") -> dict[str, Any]:
    line = {"type": "scatter", "mode": "lines" if dash == "dot" else "lines+markers", "name": name}
    return line | {"x": list(x), "y": list(y), "line": {"dash": dash}, "meta": {"role": role}}


def axes(x: str, y: str) -> dict[str, Any]:
    """The axes of a figure in percent."""
    return {"xaxis": {"title": {"text": x}}, "yaxis": {"title": {"text": y}, "range": [0, 105]}}
