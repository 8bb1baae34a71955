"""A run as the browser's half plays it: the explorable's scene with its clock, series and words. Pure."""

from __future__ import annotations

from typing import Any

from choreo.explorables.control import Settings
from choreo.explorables.explorable import Explorable
from choreo.models.run import Run
from choreo.views.packed import packed


def scene_of(
    explorable: Explorable, params: Any, settings: Settings, seed: int, found: Run, settled: bool
) -> dict[str, Any]:
    """What a stage draws of a run; while a control is dragged (not `settled`) only its end, without series and news.

    `params` are the settings as the explorable's model takes them.
    """
    shown = found if settled else explorable.end(found)
    clock = {"name": shown.clock.name, "unit": shown.clock.unit, "times": shown.clock.times.astype("float32")}
    return {
        **packed(explorable.scene(params, shown, seed)),
        "frames": len(shown.clock.times),
        "clock": packed(clock),
        "settled": settled,
        "seed": seed,
        "series": packed(_series(explorable, found)) if settled else {},
        "trace": list(shown.trace),
        "news": _news(explorable, settings, found) if settled else "",
        "alt": explorable.words(settings),
    }


def _series(explorable: Explorable, found: Run) -> dict[str, Any]:
    names = {measure.series for measure in explorable.measures} & set(found.series)
    return {name: found.series[name].astype("float32") for name in sorted(names)}


def _news(explorable: Explorable, settings: Settings, found: Run) -> str:
    told = ". ".join(
        f"{measure.label}: {measure.words(found.summary[measure.name])}" for measure in explorable.measures[:2]
    )
    last = found.trace[-1] if found.trace else ""
    return f"{explorable.words(settings)}. {told}. {last}".strip()
