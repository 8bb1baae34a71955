"""Two curves in words: what happened, what was drawn, and where they part. True for any curve, straight, flat or wild."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from choreo.words import _

FLAT = 0.1  # a curve that keeps within this share of the axis is flat
NEAR = 0.1  # two curves nowhere further apart than this share of the axis are nearly the same
WILD = 0.2  # a curve that turns back by more than this share of its span goes up and down
LEAP = 0.5  # a leap makes up at least this share of all that a curve rises or falls
STEEP = 1.8  # a step that is this many times as steep as the curve on the whole makes it uneven

Kind = Literal["flat", "even", "bent", "leap", "wild"]
Say = Callable[[float], str]


@dataclass(frozen=True)
class Shape:
    """How a curve runs."""

    kind: Kind
    up: bool = True  # whether it rises on the whole
    at: int = 0  # of a leap or a bend: the point where its steepest step begins


def shape(places: Sequence[float], values: Sequence[float], most: float) -> Shape:
    """The shape of a curve with these values (0 to `most`) at these rising places."""
    span = max(values) - min(values)
    if span < FLAT * most:
        return Shape("flat")
    steps = [b - a for a, b in pairwise(values)]
    rises, falls = sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0)
    if min(rises, falls) > WILD * span:
        return Shape("wild")
    up = rises > falls
    way = [step if up else -step for step in steps]
    widths = [b - a for a, b in pairwise(places)]
    slopes = [step / width for step, width in zip(way, widths, strict=True)]
    at = max(range(len(way)), key=lambda k: slopes[k])
    if slopes[at] < STEEP * max(rises, falls) / (places[-1] - places[0]):
        return Shape("even", up)
    return Shape("leap" if way[at] >= LEAP * max(rises, falls) else "bent", up, at)


def compared(
    places: Sequence[float], drawn: Sequence[float] | None, real: Sequence[float], most: float, say: Say
) -> str:
    """What happened, and how what was drawn differs, in the learner's own numbers; `say` writes a value.

    Without a drawing (None) only what happened is told.
    """
    happened = _happened(places, real, shape(places, real, most), say)
    if drawn is None:
        return happened
    told = [happened, _drew(places, shape(places, drawn, most), shape(places, real, most))]
    gaps = [abs(a - b) for a, b in zip(drawn, real, strict=True)]
    nearest, widest = gaps.index(min(gaps)), gaps.index(max(gaps))
    if gaps[widest] <= NEAR * most:
        points = math.ceil(round(gaps[widest], 6))
        told.insert(
            0, _("You drew very nearly what happened: everywhere within {gap}.").format(gap=say(max(1, points)))
        )
    else:
        told.append(_gap(_("The widest gap is at {place:g}"), places[widest], drawn[widest], real[widest], say))
        if gaps[nearest] < gaps[widest] / 2:
            told.append(_gap(_("You came closest at {place:g}"), places[nearest], drawn[nearest], real[nearest], say))
    return " ".join(told)


def _happened(places: Sequence[float], real: Sequence[float], found: Shape, say: Say) -> str:
    first, last = say(real[0]), say(real[-1])
    if found.kind == "leap":
        text = (
            _("Between {a:g} and {b:g} it leaps from {low} to {high}.")
            if found.up
            else _("Between {a:g} and {b:g} it drops from {low} to {high}.")
        )
        at = found.at
        return text.format(a=places[at], b=places[at + 1], low=say(real[at]), high=say(real[at + 1]))
    if found.kind == "bent":
        text = (
            _("It rises from {first} to {last}, fastest between {a:g} and {b:g}.")
            if found.up
            else _("It falls from {first} to {last}, fastest between {a:g} and {b:g}.")
        )
        return text.format(first=first, last=last, a=places[found.at], b=places[found.at + 1])
    if found.kind == "even":
        text = (
            _("It rises step by step, from {first} to {last}.")
            if found.up
            else _("It falls step by step, from {first} to {last}.")
        )
        return text.format(first=first, last=last)
    low, high = say(min(real)), say(max(real))
    if found.kind == "wild":
        return _("It goes up and down, between {low} and {high}.").format(low=low, high=high)
    if low == high:
        return _("It stays at {low} all along.").format(low=low)
    return _("It hardly changes: all along between {low} and {high}.").format(low=low, high=high)


def _drew(places: Sequence[float], mine: Shape, real: Shape) -> str:
    if mine.kind == "flat":
        return (
            _("The line you drew hardly changes, too.")
            if real.kind == "flat"
            else _("The line you drew is nearly flat.")
        )
    if mine.kind == "wild":
        return _("The line you drew goes up and down.")
    if mine.kind == "even":
        return _("The line you drew rises step by step.") if mine.up else _("The line you drew falls step by step.")
    where = {"a": places[mine.at], "b": places[mine.at + 1]}
    if mine.kind == "bent":
        text = (
            _("The line you drew rises, fastest between {a:g} and {b:g}.")
            if mine.up
            else _("The line you drew falls, fastest between {a:g} and {b:g}.")
        )
        return text.format(**where)
    if real.kind == "leap" and mine.up == real.up:
        if mine.at == real.at:
            return (
                _("That is where you drew your leap, too.") if mine.up else _("That is where you drew your drop, too.")
            )
        if mine.up:
            return (
                _("You drew the leap later, between {a:g} and {b:g}.")
                if mine.at > real.at
                else _("You drew the leap earlier, between {a:g} and {b:g}.")
            ).format(**where)
        return (
            _("You drew the drop later, between {a:g} and {b:g}.")
            if mine.at > real.at
            else _("You drew the drop earlier, between {a:g} and {b:g}.")
        ).format(**where)
    return (
        _("You drew a leap between {a:g} and {b:g}.") if mine.up else _("You drew a drop between {a:g} and {b:g}.")
    ).format(**where)


def _gap(where: str, place: float, said: float, was: float, say: Say) -> str:
    told = _("{where}: you said {said}, it was {was}.")
    return told.format(where=where.format(place=place), said=say(said), was=say(was))
