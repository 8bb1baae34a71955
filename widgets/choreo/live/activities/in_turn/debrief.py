"""The rows and votes of this room beside the chances in the model of lesson 08."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from choreo.live.activities.in_turn.counts import WRONG, Counts, counted
from choreo.live.activities.in_turn.game import BAGS, Question, Turns
from choreo.live.activities.in_turn.room import told
from choreo.live.result import Result
from choreo.live.scene import Figure, Scene
from choreo.models import cascade
from choreo.words import _

MOST_MODELLED = 1000  # votes


def scene(game: Turns) -> Scene:
    """How often one errs alone, last in a row, and by the vote of those who answered at once."""
    counts = counted(game.questions)
    if not counts.voices:
        return Scene(_("In turn or at once"), (_("Nobody has answered."),))
    right = game.settings.right / 100
    last = 1 - cascade.in_turn(right, max(1, counts.longest))
    small = [
        _(
            "In the model {one:.0%} of hints are wrong, and {last:.0%} of those who speak last in a row of {places}."
        ).format(one=1 - right, last=last, places=counts.longest),
    ]
    if counts.at_once:
        vote = 1 - cascade.independent_votes(right, min(counts.at_once, MOST_MODELLED))
        small.append(
            _(
                "A vote of {people} who answer at once is wrong in {vote:.0%}. One room is one throw of the dice."
            ).format(people=counts.at_once, vote=vote)
        )
    ask = _("Where do we speak in turn, and count it as many voices?")
    figure = _chances(counts, right, last)
    return Scene(_("In turn or at once"), told(counts)[:2], (), (figure,), ask=ask, small=tuple(small))


def result_of(game: Turns, who: str) -> Result:
    """Bag by bag: the hint that somebody had, and what they said."""
    lines = []
    for number, question in enumerate(game.questions, 1):
        hint, said = question.hints.get(who), _said(question, who)
        if hint is None:
            continue
        names = {"number": number, "truth": BAGS[question.truth], "hint": BAGS[hint]}
        if said is None:
            line = _("Bag {number}: {truth} was right. Your hint was {hint}; you said nothing.")
        else:
            line = _("Bag {number}: {truth} was right. Your hint was {hint}, and you said {said}.")
        lines.append(line.format(**names, said="" if said is None else BAGS[said]))
    return Result(tuple(lines))


def _said(question: Question, who: str) -> int | None:
    if who not in question.seat:
        return question.once.get(who)
    number, place = question.seat[who]
    said = question.rows[number].said
    return said[place] if place < len(said) else None


def _chances(counts: Counts, right: float, last: float) -> Figure:
    """How often wrong, of a hundred: in this room with its counts, and in the model."""
    cases: list[tuple[str, float, Sequence[bool]]] = [
        (_("a hint of one's own"), 1 - right, [not voice.hint for voice in counts.voices]),
        (_("the last of a row"), last, [not said for said in counts.lasts]),
    ]
    if counts.at_once:
        vote = 1 - cascade.independent_votes(right, min(counts.at_once, MOST_MODELLED))
        cases.append((_("a vote at once"), vote, [vote == WRONG for vote in counts.votes]))
    names = [name for name, _chance, _here in cases]
    here = [round(100 * sum(found) / len(found), 1) if found else None for _name, _chance, found in cases]
    model = [round(100 * chance, 1) for _name, chance, _here in cases]
    tally = [f"{sum(found)} of {len(found)}" if found else "" for _name, _chance, found in cases]
    bars: tuple[dict[str, Any], ...] = (
        {"type": "bar", "x": names, "y": here, "text": tally, "name": _("this room"), "meta": {"role": "you"}},
        {"type": "bar", "x": names, "y": model, "text": [f"{one:.0f}%" for one in model], "name": _("the model"),
         "meta": {"role": "apart"}},
    )  # fmt: skip
    layout: dict[str, Any] = {"xaxis": {"type": "category"}, "barmode": "group"}
    layout["yaxis"] = {"title": {"text": _("% wrong")}, "range": [0, 112], "tickvals": [0, 25, 50, 75, 100]}
    said = _("{name}: {tally} wrong here, {model:.0f}% in the model")
    parts = [
        said.format(name=name, tally=here or "-", model=one)
        for name, here, one in zip(names, tally, model, strict=True)
    ]
    return Figure(bars, layout, "; ".join(parts) + ".")
