"""Parameter records that validate themselves and describe themselves to controls."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from numbers import Integral, Real
from typing import Any


@dataclass(frozen=True)
class Spec:
    """What one parameter means and may be: controls are built from it."""

    name: str
    meaning: str  # one line, for a learner
    default: Any
    low: float = -math.inf  # inclusive; without meaning for a choice
    high: float = math.inf
    unit: str = ""
    options: tuple[str, ...] = ()  # the allowed words, for a choice
    whole: bool = False  # whole numbers only

    def check(self, value: Any) -> str | None:
        """The fault of `value` in words, or None."""
        if self.options:
            return None if value in self.options else f"must be one of {', '.join(self.options)}"
        bounds = f"from {self.low:g} to {self.high:g}"
        kind = "a whole number" if self.whole else "a number"
        if not isinstance(value, Real) or isinstance(value, bool):
            return f"must be {kind} {bounds}"
        size = int(value) if isinstance(value, Integral) else float(value)  # whole numbers can be longer than floats
        if isinstance(size, float) and (not math.isfinite(size) or (self.whole and not size.is_integer())):
            return f"must be {kind} {bounds}"
        return None if self.low <= size <= self.high else f"must lie {bounds}"


class ParameterError(ValueError):
    """A parameter out of its bounds; the message names record, parameter, value and range."""


def number(default: float, low: float, high: float, meaning: str, unit: str = "") -> Any:
    """A dataclass field for a real number in [low, high]."""
    return field(default=default, metadata={"low": low, "high": high, "meaning": meaning, "unit": unit})


def whole(default: int, low: int, high: int, meaning: str, unit: str = "") -> Any:
    """A dataclass field for a whole number in [low, high]."""
    metadata = {"low": low, "high": high, "meaning": meaning, "unit": unit, "whole": True}
    return field(default=default, metadata=metadata)


def choice(default: str, options: tuple[str, ...], meaning: str) -> Any:
    """A dataclass field for one word out of `options`."""
    return field(default=default, metadata={"options": options, "meaning": meaning})


def _shown(value: object) -> str:
    if isinstance(value, Integral) and not isinstance(value, bool):
        size = int(value)
        return str(size) if abs(size) < 10**30 else "more than 30 digits"
    return str(float(value)) if isinstance(value, Real) and not isinstance(value, bool) else repr(value)


@dataclass(frozen=True)
class Parameters:
    """Base of every model's parameter record: frozen, and checked when it is made."""

    def __post_init__(self) -> None:
        """Raise ParameterError, naming every fault at once."""
        faults = []
        for spec in self.specs():
            value = getattr(self, spec.name)
            if (fault := spec.check(value)) is not None:
                faults.append(f"{type(self).__name__}.{spec.name} = {_shown(value)}: {fault}")
            elif spec.whole:
                object.__setattr__(self, spec.name, int(value))
            elif not spec.options and type(value) not in (int, float):  # numpy's numbers, say
                object.__setattr__(self, spec.name, float(value))
        if faults:
            raise ParameterError("; ".join(faults))

    @classmethod
    def specs(cls) -> tuple[Spec, ...]:
        """One Spec per parameter, in the order of the record."""
        return tuple(Spec(name=f.name, default=f.default, **f.metadata) for f in fields(cls))
