"""What is shown reads right for one as for many, and no axis of a figure is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.live.rooms import Room, opened, play

from choreo.coach import catalogue
from choreo.live.activities import activities
from choreo.live.scene import Figure, Scene

MANY = re.compile(
    r"(?<![\d.,])1 (?:times|people|points|answers|rounds|replies|regions|zones|votes|moves|phones|estimates|others|goals|"
    r"participants|activities|minutes|seconds|pairs|switches|bridges|choices|oscillators|words)\b"
)
FEW = {
    "silo-search": {"rounds": 3},
    "trust-over-time": {"rounds": 3, "noise": 0.01},
    "push-and-pull": {"rounds": 1},
}
NAMES = sorted(activities())


def shown(room: Room) -> Iterator[Scene]:
    yield from room.scenes.values()
    if room.debrief is not None:
        yield room.debrief
    yield from room.what_ifs


def sentences(scene: Scene) -> Iterator[str]:
    yield from (scene.title, *scene.lines)
    yield from (" ".join(pair) for pair in ((value, name) for name, value in scene.facts))
    for figure in scene.figures:
        yield figure.says
        yield from (str(trace.get("name", "")) for trace in figure.data)


@pytest.mark.parametrize("people", [1, 2, 3, 6])
@pytest.mark.parametrize("name", NAMES)
def test_one_is_told_as_one(name: str, people: int) -> None:
    for seed in (1, 2, 3):
        room = play(name, people, settings=FEW.get(name, {}), seed=seed, late=0, seconds=60)
        for scene in shown(room):
            assert [words for words in sentences(scene) if MANY.search(words)] == []
        assert not MANY.search(room.activity.finding())


def axes(figure: Figure) -> Iterator[tuple[str, dict[str, Any], list[Any]]]:
    """Each axis: its name, its layout, and all values on it."""
    for letter in "xy":
        values = [
            value for trace in figure.data for value in (trace.get(letter) if trace.get(letter) is not None else [])
        ]
        yield letter, dict(figure.layout.get(f"{letter}axis", {})), [value for value in values if value is not None]


def unbounded(scene: Scene) -> list[str]:
    """Axes that Plotly would make up: with nothing on them they go from -1 to 6."""
    return [
        f"{letter} of {figure.says}"
        for figure in scene.figures
        for letter, axis, values in axes(figure)
        if axis.get("visible", True) and "range" not in axis and not values
        if not any(trace.get("type") == "heatmap" for trace in figure.data)
    ]


@pytest.mark.parametrize("people", [0, 1, 3, 12])
@pytest.mark.parametrize("name", NAMES)
def test_no_axis_is_made_up_where_nothing_is_on_it(name: str, people: int) -> None:
    seen: list[str] = []

    def look(room: Room) -> None:
        seen.extend(unbounded(room.activity.room()))

    room = play(name, people, settings=FEW.get(name, {}), late=0, seconds=40, watch=look)
    for scene in shown(room):
        seen += unbounded(scene)
    fresh = opened(name, people)
    for step in fresh.activity.steps:
        fresh.step(step.name)
        seen += unbounded(fresh.activity.room()) + unbounded(fresh.activity.debrief())
    assert sorted(set(seen)) == []


def test_a_setting_is_called_by_what_it_is_and_no_unit_is_written_large() -> None:
    labels = {field["label"]: field for one in catalogue() for field in one["fields"]}
    for label, field in labels.items():
        assert len(label) <= 60
        assert field["help"] == "" or field["help"][0].isupper()
        assert not re.match(r"(Km|Cm|Kg|Ms)\b", label)
        assert ";" not in label or field["kind"] != "text"
