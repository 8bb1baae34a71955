"""One walk over all explorables: what the player, the stages and the exercise files count on."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from choreo.explorables.control import Setting, Settings
from choreo.explorables.explorable import STAGES, Explorable
from choreo.explorables.finder import UnknownExplorableError, explorable, names
from choreo.models.run import Run
from choreo.roles import ROLES
from choreo.views.packed import packed

MOST_BYTES = 150_000  # of one message

ALL = [pytest.param(explorable(name), id=name) for name in names()]


def settings_to_try(found: Explorable) -> list[Settings]:
    """The start; each control alone at both ends, each word of a choice; and all sliders at their ends together."""
    tries: list[Settings] = [found.start]
    for control in found.controls:
        values: list[Setting] = [option.value for option in control.options]
        values = [values[:turns] for turns in (0, 1)] if control.turns else values
        values = values or ([] if control.drawn else [control.low, control.high])
        tries += [{**found.start, control.name: value} for value in values]
    sliders = [control for control in found.controls if not control.options and not control.drawn]
    tries += [{**found.start, **{c.name: getattr(c, end) for c in sliders}} for end in ("low", "high")]
    return tries


def run(found: Explorable, settings: Settings, seed: int = 3) -> tuple[Any, Run]:
    params = found.params(settings)
    return params, found.run(params, seed)


def size(value: Any) -> int:
    """Bytes that a packed value takes on the wire."""
    buffers: list[int] = []

    def note(data: Any) -> str:
        buffers.append(len(data))
        return ""

    return len(json.dumps(value, default=note)) + sum(buffers)


def test_there_are_the_explorables_that_lessons_name() -> None:
    assert {"choreography", "micro-cultures", "hall"} <= set(names())
    for name in ("explorable", "judge", "../lesson", "no-such-thing", ""):
        with pytest.raises(UnknownExplorableError, match="choreography"):
            explorable(name)


@pytest.mark.parametrize("found", ALL)
def test_its_parts_fit_together(found: Explorable) -> None:
    controls = {control.name: control for control in found.controls}
    assert len(controls) == len(found.controls)
    assert set(found.start) == set(controls)
    assert found.stage in STAGES
    for control in found.controls:
        assert control.sound(found.start[control.name], None) == found.start[control.name]
        assert control.sound({"nonsense": 1}, found.start[control.name]) in ([], found.start[control.name])
        if control.inside:
            assert control.inside[1] in {option.value for option in controls[control.inside[0]].options}
    json.dumps([control.spec() for control in found.controls])


@pytest.mark.parametrize("found", ALL)
def test_every_setting_of_its_controls_can_be_played(found: Explorable) -> None:
    for settings in settings_to_try(found):
        params, came = run(found, settings)
        hash(params)  # what they come to is remembered
        assert size(packed(found.scene(params, came, 3))) < MOST_BYTES, settings
        assert found.words(settings)
        assert isinstance(found.advice(settings, came.summary), str)
        assert all(np.isfinite(came.summary[measure.name]) for measure in found.measures), settings


@pytest.mark.parametrize("found", ALL)
def test_its_measures_are_told(found: Explorable) -> None:
    params, came = run(found, found.start)
    for measure in found.measures:
        assert measure.label
        assert measure.words(came.summary[measure.name])
        assert not measure.series or measure.series in came.series
    ends = found.ends(params, (3, 4))
    for measure in found.measures:
        assert ends[measure.name].shape == (2,)
        assert ends[measure.name][0] == pytest.approx(came.summary[measure.name], abs=0.02)


@pytest.mark.parametrize("found", ALL)
def test_a_glimpse_ends_as_the_run_does(found: Explorable) -> None:
    for seed in (3, 4):
        params, came = run(found, found.start, seed)
        glimpse = found.glimpse(params, seed)
        name = found.measures[0].name
        assert glimpse.summary[name] == pytest.approx(came.summary[name], abs=0.01)
        for kind, frames in came.frames.items():
            assert kind == "race" or np.array_equal(frames[-1], glimpse.frames[kind][-1])


@pytest.mark.parametrize("found", ALL)
def test_the_same_seed_is_the_same_scene(found: Explorable) -> None:
    one, other = (packed(found.scene(*run(found, found.start), 3)) for _ in range(2))
    assert one == other
    assert packed(found.scene(*run(found, found.start, 4), 4)) != one or not found.crowd


@pytest.mark.parametrize("found", ALL)
def test_its_scene_has_a_frame_for_each_moment(found: Explorable) -> None:
    params, came = run(found, found.start)
    moments = len(came.clock.times)
    assert moments > 1
    assert came.clock.name
    scene = found.scene(params, came, 3)
    assert any(isinstance(part, np.ndarray) and moments in part.shape[:2] for part in scene.values())
    shown = found.end(came)
    assert packed(found.scene(params, shown, 3))
    assert shown.clock.times[-1] == came.clock.times[-1]


@pytest.mark.parametrize("found", ALL)
def test_plotly_accepts_its_chart_which_names_no_colour_of_its_own(found: Explorable) -> None:
    for settings in settings_to_try(found):
        params, came = run(found, settings)
        chart = found.figure(params, came)
        if chart is None:
            continue
        assert (
            {"figure", "alt", "numbers", "title"}
            <= set(chart)
            <= {"figure", "alt", "numbers", "title", "measure", "scale"}
        )
        go.Figure(chart["figure"])
        rows, columns = chart["numbers"]["rows"], chart["numbers"]["columns"]
        assert all(len(row) == len(columns) for row in rows)
        for trace in chart["figure"]["data"]:
            assert trace["meta"]["role"] in ROLES
            assert not any("color" in trace.get(part, {}) for part in ("line", "marker"))


@pytest.mark.parametrize("found", ALL)
def test_there_are_words_for_everything_that_is_shown(found: Explorable) -> None:
    assert type(found).__doc__
    assert all(control.label for control in found.controls)
    assert all(option.label for control in found.controls for option in control.options)
    told = {found.words(settings) for settings in settings_to_try(found)}
    assert len(told) > 1 or all(control.drawn for control in found.controls)  # what is drawn is none of these settings
