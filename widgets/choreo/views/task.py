"""What a stage is about, as its page shows it: the prediction that opens it, the task, and what a person there says. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from choreo.explorables.control import Settings
from choreo.explorables.explorable import Explorable
from choreo.explorables.judge import holds
from choreo.grading.exercise import Exercise
from choreo.grading.goal import Goal
from choreo.grading.play import Play
from choreo.grading.predict import Predict
from choreo.models.record import name_of
from choreo.views.markdown import html, line
from choreo.words import _


def task_of(play: Play, explorable: Explorable) -> dict[str, Any]:
    """The task of an open stage; see views.player for the parts."""
    crowd = explorable.crowd
    return {
        "item": play.id,
        "kind": play.kind,
        "title": play.title,
        "text": html(play.prompt),
        "goal": line(play.goal) if isinstance(play, Goal) else "",
        "small": play.small,
        "tap": play.tap,
        "crowd": {"one": crowd.capitalize(), "many": f"{crowd}s"} if crowd else None,
        "asks": explorable.asks,
        "person": {"name": play.person.name, "first": play.person.first} if play.person else None,
        "model": name_of(explorable.model).replace("_", "-"),
    }


def gate_of(missing: Predict) -> dict[str, str]:
    """What stands in a closed stage: the prediction that is missing, and no word of what answers it."""
    words = _("This stage opens once you have predicted “{title}”.").format(title=missing.title)
    return {"item": missing.id, "title": missing.title, "words": words}


def wait_of(missing: Exercise) -> dict[str, str]:
    """What stands in a stage that plays what the learner has still to give it."""
    words = _("This stage plays your own answer to “{title}”. There is none yet.").format(title=missing.title)
    return {"item": missing.id, "title": missing.title, "words": words, "first": _("First comes your own part.")}


def said(play: Play, settings: Settings, found: Mapping[str, float], deeds: Collection[str]) -> str:
    """What the person on the stage says of a run that somebody made: the last that is so; empty without a person.

    `found` is the run's summary.
    """
    if play.person is None:
        return ""
    held = [one.say for one in play.says if holds(one.when, settings, found, deeds)]
    return held[-1] if held else play.person.first
