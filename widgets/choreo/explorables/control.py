"""What a learner can move: sliders, choices, moves one after another, and what is drawn on the stage itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Setting = bool | int | float | str | list[Any]
Settings = Mapping[str, Any]  # a control's name to its setting


@dataclass(frozen=True)
class Option:
    """One of the words of a choice, as people read it."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Control:
    """One control: a slider from `low` to `high`, a choice if it has `options`, or what the stage lets people draw.

    With `turns` the options are moves, and the setting is a list of those that were made, so many at most, each in a
    `unit` ("month"). `drawn` is asked what is sound in something that was drawn (JSON): it returns what is kept of it,
    whatever came.
    """

    name: str
    label: str
    low: float = 0
    high: float = 1
    step: float = 1
    unit: str = ""
    ends: tuple[str, str] = ("", "")  # what the two ends of a slider mean
    digits: int = 0  # decimals shown
    options: tuple[Option, ...] = ()
    turns: int = 0
    inside: tuple[str, str] | None = None  # shown within another control's option: (name, value)
    drawn: Callable[[object], list[Any]] | None = None

    def sound(self, wanted: object, present: Setting) -> Setting:
        """`wanted` as far as this control allows it: put to the nearest bound, or `present` where it makes no sense."""
        if self.drawn is not None:
            return self.drawn(wanted)
        values = [option.value for option in self.options]
        if self.turns:
            return [move for move in wanted if move in values][: self.turns] if isinstance(wanted, list) else present
        if values:
            return wanted if isinstance(wanted, str) and wanted in values else present
        if not isinstance(wanted, (int, float)) or isinstance(wanted, bool) or not -math.inf < wanted < math.inf:
            return present
        near = min(max(wanted, self.low), self.high)
        return round(near) if float(self.step).is_integer() else round(float(near), 6)

    def spec(self) -> dict[str, Any]:
        """What the browser's half draws, as JSON."""
        return {
            "name": self.name,
            "label": self.label,
            "kind": "drawn" if self.drawn else "moves" if self.turns else "choice" if self.options else "slider",
            "low": self.low,
            "high": self.high,
            "step": self.step,
            "unit": self.unit,
            "ends": list(self.ends),
            "digits": self.digits,
            "turns": self.turns,
            "options": [{"value": o.value, "label": o.label, "hint": o.hint} for o in self.options],
            "inside": list(self.inside) if self.inside else None,
        }


def sound(controls: Sequence[Control], wanted: Settings, present: Settings) -> dict[str, Any]:
    """A setting for every control: what is sound in `wanted`, and `present` for the rest."""
    return {one.name: one.sound(wanted.get(one.name, present[one.name]), present[one.name]) for one in controls}
