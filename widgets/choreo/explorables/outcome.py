"""What happens, for a prediction that an explorable or data answer, and a true sentence about what was said and what came."""

from __future__ import annotations

from collections.abc import Iterator

from choreo.explorables.compared import Compared
from choreo.explorables.curve import drawn_curve
from choreo.explorables.data import over_data
from choreo.explorables.fewest import fewest
from choreo.explorables.finder import explorable
from choreo.explorables.value import one_value
from choreo.grading.exercise import Answer
from choreo.grading.predict import Alternatives, Curve, Number, Predict


def outcomes(prediction: Predict, answer: Answer) -> Iterator[Compared]:
    """What is known so far, again and again, until all is; raise ValueError for a prediction that nothing answers.

    The answer may be {"declined": true}: then there is nothing to lay beside what happened.
    """
    if faults := unanswerable(prediction):
        raise ValueError(f"{prediction.id}: {'; '.join(faults)}")
    if prediction.data is not None and isinstance(prediction.ask, Curve):
        yield over_data(prediction.ask, prediction.data, answer.get("curve"))
        return
    found = explorable(prediction.explorable or "")
    if isinstance(prediction.ask, Curve):
        yield from drawn_curve(prediction, prediction.ask, found, answer.get("curve"))
    elif isinstance(prediction.ask, Number) and prediction.vary:
        yield from fewest(prediction, prediction.ask, found, answer.get("number"))
    else:
        yield from one_value(prediction, found, answer)


def unanswerable(prediction: Predict) -> list[str]:
    """Why neither data nor an explorable can answer this prediction, each with its remedy; empty if they can."""
    if prediction.data is not None:
        return []  # read with the file
    if not prediction.explorable:
        return ["explorable: names none, so nothing can be laid beside the prediction; add it, or data"]
    try:
        found = explorable(prediction.explorable)
    except ValueError as error:
        return [f"explorable: {error}"]
    faults = []
    controls = {control.name: control for control in found.controls}
    for name in (*prediction.play, *([prediction.vary] if prediction.vary else [])):
        if name not in controls:
            faults.append(f'"{name}" is no control of {prediction.explorable} ({", ".join(controls)}); change it')
    measures = [measure.name for measure in found.measures]
    asked = [reach.measure for reach in prediction.reach] or [prediction.measure or ""]
    faults += [f'"{one}" is no measure ({", ".join(measures)}); change it' for one in asked if one not in measures]
    ask, control = prediction.ask, controls.get(prediction.vary or "")
    if isinstance(ask, Curve) and not prediction.vary:
        faults.append("vary: a curve needs the control that lies along x; add it")
    if isinstance(ask, Number) and prediction.vary and not prediction.reach:
        faults.append("reach: say what must hold, so that the fewest can be looked for")
    if control is not None:
        ends = (ask.x.values[0], ask.x.values[-1]) if isinstance(ask, Curve) else ()
        ends = (ask.low, ask.high) if isinstance(ask, Number) else ends
        faults += [
            f"{end:g} can be predicted but not played: {control.name} goes from {control.low:g} to {control.high:g}"
            for end in ends
            if not control.low <= end <= control.high
        ]
    if isinstance(ask, Alternatives) and not all(_spans(ask)):
        faults.append("options: give each the span of the measure that it stands for (low, high)")
    return faults


def _spans(ask: Alternatives) -> list[bool]:
    return [option.low is not None or option.high is not None for option in ask.options]
