"""What a room sees: one shape for every activity, for projector, console, replay and report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A Plotly figure, without colours and type: its traces name roles (choreo/roles.py), the room's page adds its theme."""

    data: tuple[Mapping[str, Any], ...]
    layout: Mapping[str, Any]
    says: str  # what it shows, in one sentence, for who cannot see it


@dataclass(frozen=True)
class Scene:
    """A title, a few sentences, a few numbers to be read from the back row, figures, and words of people.

    A screen of a debrief is one statement (its title), one picture and one question; what else there is to know stands in
    `small`, which the projector leaves out.
    """

    title: str
    lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()  # what it is, and its value: ("answers", "37")
    figures: tuple[Figure, ...] = ()
    words: tuple[tuple[str, int], ...] = ()  # what people wrote, and how many of them; shown as text
    ask: str = ""  # what the room talks about, looking at it
    small: tuple[str, ...] = ()  # for the coach and the report: what was assumed, where the model is wrong

    def json(self) -> dict[str, Any]:
        """The scene as JSON can hold it."""
        return vars(self) | {"figures": tuple(dict(vars(figure)) for figure in self.figures)}
