"""The two predictions of lesson 09 beside what plazas really do, in pictures and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from choreo.explorables.plazas import (
    COUPLINGS,
    CURVE_SEEDS,
    DIVERSITY,
    ENOUGH,
    FAR_SEEDS,
    PEOPLE,
    TOGETHER,
    Trials,
    far_trials,
    plazas_together,
    tuning_in_curve,
)
from choreo.grading.exercise import Answer
from choreo.models.kuramoto import critical_coupling
from choreo.views.comparison import Compare, Compared

YOU, OTHERS, GOAL, QUIET = (f"var(--choreo-{role})" for role in ("you", "others", "goal", "quiet"))


def compare_curve(answer: Answer) -> Iterator[Compared]:
    """A drawn curve beside the order that 200 people reach when everyone hears everyone."""
    drawn = [float(value) for value in answer["curve"]]
    real = [100 * value for value in tuning_in_curve()]
    yield Compared(
        figure=curve_figure(drawn, real),
        sentence=curve_sentence(drawn, real),
        alt="Line chart: how together people end, for each strength of listening; your curve and what happened.",
        note=f"{PEOPLE} people who all hear each other, tempos that differ by {DIVERSITY}, 60 seconds; "
        f"the mean of {len(CURVE_SEEDS)} crowds (nos. {CURVE_SEEDS[0]} to {CURVE_SEEDS[-1]}).",
        numbers={
            "columns": ["listening", "you said", "it was"],
            "rows": [[f"{x:g}", f"{a:.0f}%", f"{b:.0f}%"] for x, a, b in zip(COUPLINGS, drawn, real, strict=True)],
        },
    )


def curve_figure(drawn: list[float], real: list[float]) -> dict[str, Any]:
    """Both curves, and where the published model has its threshold."""

    def line(name: str, values: list[float], colour: str, **look: Any) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": list(COUPLINGS),
            "y": [round(value, 1) for value in values],
            "line": {"color": colour, "width": 3, **look},
            "marker": {"size": 9, "color": colour},
            "hovertemplate": "%{y:.0f}%",
        }

    threshold = critical_coupling("normal", DIVERSITY)
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "name": f"threshold in theory ({threshold:.1f})",
                "x": [round(threshold, 4)] * 2,
                "y": [0, 100],
                "line": {"color": QUIET, "width": 1.5, "dash": "dot"},
                "hoverinfo": "skip",
            },
            line("you", drawn, YOU, dash="dash"),
            line("what happened", real, OTHERS),
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "how strongly people listen"},
                "range": [-0.08, 3.08],
                "tickvals": list(COUPLINGS),
            },
            "yaxis": {
                "range": [-2, 104],
                "tickvals": [0, 25, 50, 75, 100],
                "ticktext": ["0", "25%", "50%", "75%", "100%"],
            },
        },
    }


def curve_sentence(drawn: list[float], real: list[float]) -> str:
    """What the two curves have in common and where they part, in the learner's numbers."""
    gaps = [abs(a - b) for a, b in zip(drawn, real, strict=True)]
    widest = gaps.index(max(gaps))
    leap, mine = _steepest(real) or 0, _steepest(drawn)
    happened = (
        f"Between {COUPLINGS[leap]:g} and {COUPLINGS[leap + 1]:g} the plaza leaps from {real[leap]:.0f}% "
        f"to {real[leap + 1]:.0f}%"
    )
    if mine is None:
        shape = f"{happened}; your curve has no such leap."
    elif mine == leap:
        shape = f"{happened}, and that is where you drew your steepest step too."
    else:
        side = "later" if mine > leap else "earlier"
        shape = f"{happened}; your steepest step comes {side}, after {COUPLINGS[mine]:g}."
    if gaps[widest] <= 10:
        most = max(1, round(gaps[widest]))
        return f"You drew very nearly what happened: nowhere more than {most} points apart. {shape}"
    nearest = gaps.index(min(gaps))
    return (
        f"{shape} You were closest at {COUPLINGS[nearest]:g}, where you said {drawn[nearest]:.0f}% and it was "
        f"{real[nearest]:.0f}%; the widest gap is at {COUPLINGS[widest]:g}: you said {drawn[widest]:.0f}%, "
        f"it was {real[widest]:.0f}%."
    )


def _steepest(values: list[float]) -> int | None:
    """Where the steepest step up begins; None if no step goes up."""
    steps = [b - a for a, b in pairwise(values)]
    return steps.index(max(steps)) if max(steps) > 0 else None


def compare_far(answer: Answer) -> Iterator[Compared]:
    """A number of far listeners beside how many plazas of ten come together, trial after trial."""
    said = round(float(answer["number"]))
    mine = plazas_together(said)
    trials = Trials({})
    for trials in far_trials():
        tried = max(trials.together)
        words = f"Ten plazas with {tried} far listeners: {trials.together[tried]} came together…"
        yield _far(said, mine, trials, words)
    yield _far(said, mine, trials, "")


def _far(said: int, mine: int, trials: Trials, working: str) -> Compared:
    return Compared(
        figure=far_figure(said, mine, trials),
        sentence="" if working else far_sentence(said, mine, trials.needed),
        alt="Bar chart: how many of ten plazas come together, for each number of far listeners tried, and for yours.",
        note=f"{PEOPLE} people on a plaza, listening 4; ten crowds (nos. {FAR_SEEDS[0]} to {FAR_SEEDS[-1]}) for each "
        f"number, together if at least {TOGETHER:.0%} at the end. Other crowds move the answer by about five.",
        numbers={
            "columns": ["far listeners", "plazas together"],
            "rows": [[str(far), f"{count} of 10"] for far, count in sorted(({said: mine} | trials.together).items())],
        },
        working=working,
    )


def far_figure(said: int, mine: int, trials: Trials) -> dict[str, Any]:
    """A bar for each number that was tried, the learner's own, and the nine that were asked for."""
    tried = sorted(trials.together)
    end = max(100, said, *tried) + 6
    return {
        "data": [
            {
                "type": "bar",
                "name": "plazas that came together",
                "x": tried,
                "y": [trials.together[far] for far in tried],
                "width": 3.4,
                "marker": {"color": OTHERS},
                "hovertemplate": "%{y} of 10",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "name": "nine of ten",
                "x": [-6, end],
                "y": [ENOUGH, ENOUGH],
                "line": {"color": GOAL, "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": f"you: {said}",
                "x": [said, said],
                "y": [0, mine],
                "line": {"color": YOU, "width": 3},
                "marker": {"size": [0, 13], "color": YOU, "symbol": "diamond", "opacity": 1},
                "hovertemplate": "%{y} of 10",
            },
        ],
        "layout": {
            "xaxis": {"title": {"text": "people who also listen to one far away"}, "range": [-6, end]},
            "yaxis": {"range": [0, 10.6], "tickvals": [0, 3, 6, 9], "title": {"text": "plazas of ten"}},
        },
    }


def far_sentence(said: int, mine: int, needed: int | None) -> str:
    """What was said, what that many do, and how many it takes."""
    people = "nobody listening far" if said == 0 else f"your {said}"
    own = f"With {people}, {_of_ten(mine)} came together."
    if needed is None:
        return f"{own} No number that was tried brought nine of ten together."
    takes = f"about {needed} of {PEOPLE}" if needed else "none at all"
    if abs(said - needed) <= 5:
        return f"You said {said}, and it takes {takes}: closer than that, the plazas themselves do not agree. {own}"
    if said < needed:
        share = f"still fewer than one in {PEOPLE // needed}" if PEOPLE // needed > 1 else "a great many"
        return f"{own} For nine of ten it takes {takes}: more than you thought, and {share}."
    return f"{own} Nine of ten need fewer: {takes}. A few who listen far do more than you gave them credit for."


def _of_ten(count: int) -> str:
    return {0: "no plaza of ten", 10: "all ten plazas"}.get(count, f"{count} of ten plazas")


OUTCOMES: Mapping[str, Compare] = {"tuning-in-curve": compare_curve, "far-listeners-needed": compare_far}
