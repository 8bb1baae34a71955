"""Sliders and choices that set a model's parameters."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from anywidget import AnyWidget
from traitlets import Bool, Dict, Int, List, Unicode

from choreo.models.parameter import Parameters
from choreo.views.source import script, style


@dataclass(frozen=True)
class Option:
    """One of the words of a choice, as people read it."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Control:
    """One control: a slider from `low` to `high`, or a choice if it has `options`."""

    name: str
    label: str
    low: float = 0
    high: float = 1
    step: float = 1
    unit: str = ""
    ends: tuple[str, str] = ("", "")  # what the two ends of a slider mean
    digits: int = 0  # decimals shown
    options: tuple[Option, ...] = ()
    inside: tuple[str, str] | None = None  # shown within another control's option: (name, value)


def check_controls(controls: Sequence[Control], record: type[Parameters]) -> None:
    """Raise ValueError that names every control which the parameter record does not allow."""
    specs = {spec.name: spec for spec in record.specs()}
    faults = []
    for control in controls:
        spec = specs.get(control.name)
        if spec is None:
            faults.append(f"{control.name}: not a parameter of {record.__name__} ({', '.join(specs)})")
            continue
        values: list[Any] = [option.value for option in control.options] or [control.low, control.high]
        faults += [f"{control.name} = {value!r}: {fault}" for value in values if (fault := spec.check(value))]
    if faults:
        raise ValueError("; ".join(faults))


class Controls(AnyWidget):
    """A form of controls. The browser sends one change at a time, and the newest next.

    `value` and `asked` arrive together; whoever acts on them sets `answered` to `asked` when the new run is out, and
    only then the browser sends what has been moved since. `settled` is False while a slider is being dragged.
    """

    _esm = script(Path(__file__).with_suffix(".js"))
    _css = style(Path(__file__).with_suffix(".css"))

    specs = List(help="the controls, as JSON").tag(sync=True)
    value = Dict(help="parameter name to value").tag(sync=True)
    settled = Bool(True).tag(sync=True)
    asked = Int(0, help="number of the browser's newest change").tag(sync=True)
    answered = Int(0, help="number of the newest change acted on").tag(sync=True)
    locked = Dict(help="name of a control, or name:option, that cannot be moved now, to the reason").tag(sync=True)
    marks = Dict(help="name of a slider to {value, label}: a mark on it").tag(sync=True)
    title = Unicode("").tag(sync=True)

    def __init__(self, controls: Sequence[Control], value: Mapping[str, Any], **traits: Any) -> None:
        """Controls with their first values."""
        super().__init__(specs=[asdict(control) for control in controls], value=dict(value), **traits)
        self._controls = tuple(controls)
        self._last = dict(value)  # the newest sound value: what to fall back to

    def sound(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """`value` with what the controls do not allow put right: to the nearest bound, or as it was before."""
        kept = {}
        for control in self._controls:
            wanted, present = value.get(control.name), self._last[control.name]
            if control.options:
                allowed = [option.value for option in control.options]
                kept[control.name] = wanted if wanted in allowed else present
            elif isinstance(wanted, (int, float)) and not isinstance(wanted, bool) and math.isfinite(wanted):
                near = min(max(wanted, control.low), control.high)
                kept[control.name] = round(near) if float(control.step).is_integer() else round(float(near), 6)
            else:
                kept[control.name] = present
        self._last = kept
        return dict(kept)
