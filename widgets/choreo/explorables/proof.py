"""Plays a goal's explorable many times with the same settings: the proof that a goal can be reached, and is not yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from choreo.explorables.control import sound
from choreo.explorables.finder import explorable
from choreo.explorables.judge import meets
from choreo.explorables.outcome import unanswerable
from choreo.grading.exercise import Exercise
from choreo.grading.faults import nearest
from choreo.grading.goal import Goal
from choreo.grading.play import Play, Setting
from choreo.grading.predict import Predict

SEEDS = tuple(range(10))


def played(goal: Goal, settings: Mapping[str, Setting], seeds: Sequence[int] = SEEDS) -> list[bool]:
    """For each seed whether the goal is reached with these settings; raise ValueError for settings that there are not."""
    found = explorable(goal.explorable)
    complete = {**found.start, **settings}
    params = found.params(complete)
    held = meets(goal.reach, found.ends(params, seeds if found.crowd else seeds[:1]))
    return [bool(one) for one in held]


def unplayable(play: Play) -> list[str]:
    """What in a play or a goal its explorable does not know, each with its remedy."""
    try:
        found = explorable(play.explorable)
    except ValueError as error:
        return [f"explorable: {error}"]
    controls = {control.name for control in found.controls}
    drawn = {control.name for control in found.controls if control.drawn}
    measures = {measure.name for measure in found.measures}
    faults = (
        [f"tap: {play.explorable} cannot be tapped along with; leave tap out"] if play.tap and not found.live else []
    )
    sets = [("start", play.start), ("fixed", play.fixed)]
    if isinstance(play, Goal):
        sets += [("winning", play.winning), ("losing", play.losing), *(("near", one) for one in play.near)]
    for name, settings in sets:
        unknown = sorted(set(settings) - controls)
        faults += [f'{name}: "{one}" is no control; {nearest(one, sorted(controls))}' for one in unknown]
        known = {key: value for key, value in settings.items() if key in controls}
        kept = sound(found.controls, known, found.start)
        faults += [
            f"{name}: {key} cannot be {value!r}; make it {kept[key]!r}"
            for key, value in known.items()
            if kept[key] != value
        ]
    named = [("controls", name) for name in play.controls or ()] + [("given", name) for name in play.given]
    if isinstance(play, Goal):
        named += [("most", name) for name in play.most] + [("least", name) for name in play.least]
    faults += [
        f'{where}: "{one}" is no control; {nearest(one, sorted(controls))}'
        for where, one in named
        if one not in controls
    ]
    faults += [
        f'given: "{one}" takes no answer; name one that is drawn ({", ".join(sorted(drawn)) or "there is none"})'
        for one in play.given
        if one in controls - drawn
    ]
    conditions = [*(task.when for task in play.guide), *(saying.when for saying in play.says)]
    for condition in conditions:
        if condition.control and condition.control not in controls:
            faults.append(f'when: "{condition.control}" is no control; {nearest(condition.control, sorted(controls))}')
        if condition.measure and condition.measure not in measures:
            faults.append(f'when: "{condition.measure}" is no measure; {nearest(condition.measure, sorted(measures))}')
    if isinstance(play, Goal):
        faults += [
            f'reach: "{one.measure}" is no measure; {nearest(one.measure, sorted(measures))}'
            for one in play.reach
            if one.measure not in measures
        ]
    return faults


def unknown(exercise: Exercise) -> list[str]:
    """What an exercise says of explorables that they do not know, each with its remedy; for most kinds nothing."""
    if isinstance(exercise, Play):
        return unplayable(exercise)
    return unanswerable(exercise) if isinstance(exercise, Predict) and exercise.explorable else []
