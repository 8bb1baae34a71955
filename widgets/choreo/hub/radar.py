"""A self-profile as a radar: the layout of its drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from choreo.progress.portrait import Portrait

RADIUS = 120
WIDTH, HEIGHT = 520, 330
CENTRE = (WIDTH / 2, HEIGHT / 2)

Point = tuple[float, float]


@dataclass(frozen=True)
class Axis:
    """One direction and where its name stands."""

    text: str
    end: Point
    label: Point
    anchor: str  # start, middle or end


@dataclass(frozen=True)
class Radar:
    """All that is drawn, in the units of the SVG."""

    width: int
    height: int
    centre: Point
    axes: tuple[Axis, ...]
    rings: tuple[tuple[Point, ...], ...]
    shapes: tuple[tuple[Point, ...], ...]  # one for each time


def radar(portrait: Portrait) -> Radar:
    """The drawing of a portrait; 0 is in the middle, so that a lowest mark can still be seen."""
    count = len(portrait.axes)

    def shape(shares: Sequence[float], radius: float = RADIUS) -> tuple[Point, ...]:
        return tuple(_at(place, count, share * radius) for place, share in enumerate(shares))

    ends, labels = shape([1] * count), shape([1] * count, RADIUS + 16)
    return Radar(
        width=WIDTH,
        height=HEIGHT,
        centre=CENTRE,
        axes=tuple(
            Axis(text, end, label, _anchor(label)) for text, end, label in zip(portrait.axes, ends, labels, strict=True)
        ),
        rings=tuple(shape([point / portrait.points] * count) for point in range(1, portrait.points + 1)),
        shapes=tuple(shape([value / portrait.points for value in values]) for _, values in portrait.times),
    )


def _at(place: int, count: int, distance: float) -> Point:
    angle = 2 * math.pi * place / count
    return round(CENTRE[0] + distance * math.sin(angle), 1), round(CENTRE[1] - distance * math.cos(angle), 1)


def _anchor(label: Point) -> str:
    aside = label[0] - CENTRE[0]
    if abs(aside) < RADIUS / 8:
        return "middle"
    return "start" if aside > 0 else "end"
