"""What the room sees: the rules and a count; then every row, and where somebody left their own hint."""

from __future__ import annotations

from typing import Any

from choreo.live.activities.in_turn.counts import RIGHT, TIE, Counts, counted
from choreo.live.activities.in_turn.game import BAGS, Turns
from choreo.live.scene import Figure, Scene
from choreo.words import _, n_

MOST_ROWS = 40  # that there is room for
MOST_LINES = 8  # that stand as lines


def scene(game: Turns) -> Scene:
    """Nobody sees a row before all are shown, or it would be heard in the others."""
    if game.step.name == "show":
        return shown(game)
    if game.step.name == "explain":
        here = str(len(game.playing()))
        return Scene(_("Which bag is the right one, A or B?"), rules(game), ((_("here"), here),))
    on = game.round_on()
    if on is None:
        return Scene(_("All have answered"), (_("Do not tell yet what you said, or why."),))
    lines = (_("One half in turn, the other at once. Please do not talk."),)
    facts = ((_("round"), str(on)), (_("answers"), f"{on.moved} of {on.moved + on.due}"))
    return Scene(_("Which bag is the right one, A or B?"), lines, facts)


def rules(game: Turns) -> tuple[str, ...]:
    """What one has to know before it begins."""
    return (
        _(
            "A lot has chosen one bag for the whole room. Your phone has a hint: {right} of a hundred hints are right."
        ).format(right=game.settings.right),
        _("One half speaks in turn: you see what those before you in your row said. The other half answers at once."),
        _("Then comes a new bag, and the halves change places. Please do not talk or show your phone."),
    )


def shown(game: Turns) -> Scene:
    """All rows, and the votes of those who answered at once."""
    title = _("In turn or at once")
    counts = counted(game.questions)
    if not counts.voices:
        return Scene(title, (_("Nobody has answered."),))
    truths = ", ".join(BAGS[question.truth] for question in game.questions)
    facts = ((n_("the right bag", "the right bags", len(game.questions)), truths), *_facts(counts))
    figures = (rows(counts),) if counts.rows else ()
    return Scene(title, told(counts), facts, figures)


def _facts(counts: Counts) -> tuple[tuple[str, str], ...]:
    hints = sum(not voice.hint for voice in counts.voices)
    facts = [(_("wrong hints"), f"{hints} of {len(counts.voices)}")]
    if counts.turns:
        facts.append((_("wrong in turn"), f"{sum(not one.said for one in counts.turns)} of {len(counts.turns)}"))
    return tuple(facts)


def told(counts: Counts) -> tuple[str, ...]:
    """What became of the rows, of the votes, and of those who left their own hint."""
    lines = []
    if counts.lasts:
        line = n_(
            "In turn: {wrong} of {rows} row ended on the wrong bag.",
            "In turn: {wrong} of {rows} rows ended on the wrong bag.",
            len(counts.lasts),
        )
        lines.append(line.format(wrong=counts.lasts.count(False), rows=len(counts.lasts)))
    if counts.votes:
        names = {RIGHT: _("right"), TIE: _("undecided")}
        votes = ", ".join(names.get(vote, _("wrong")) for vote in counts.votes)
        line = n_("At once: their vote was {votes}.", "At once: their votes were {votes}.", len(counts.votes))
        lines.append(line.format(votes=votes))
    gone, astray = counts.left
    if gone:
        line = n_(
            "{gone} in turn left their own hint. It was right for {astray} of them.",
            "{gone} in turn left their own hint. It was right for {astray} of them.",
            gone,
        )
        lines.append(line.format(gone=gone, astray=astray))
    return tuple(lines)


def rows(counts: Counts) -> Figure:
    """A line for each row, from the first voice to the last, or a column where there are many; a ring: left their hint."""
    some = counts.rows[:MOST_ROWS]
    longest, down = max(map(len, some)), len(some) > MOST_LINES
    marks: dict[str, list[tuple[int, int]]] = {"right": [], "wrong": [], "left": []}
    for at, row in enumerate(some, 1):
        for place, voice in enumerate(row, 1):
            spot = (at, place) if down else (place, at)
            marks["right" if voice.said else "wrong"].append(spot)
            if voice.said != voice.hint:
                marks["left"].append(spot)
    size = max(10, 560 // len(some)) if down else 240 // max(7, len(some))
    looks = (
        ("right", _("said the right bag"), "goal", {"symbol": "square", "size": min(26, size)}),
        ("wrong", _("said the wrong bag"), "apart", {"symbol": "x", "size": min(26, size)}),
        (
            "left",
            _("left their own hint"),
            "others",
            {"symbol": "circle-open", "size": min(36, size + 10), "line": {"width": 4}},
        ),
    )
    traces = tuple(
        {"type": "scatter", "mode": "markers", "x": [x for x, _y in marks[key]], "y": [y for _x, y in marks[key]],
         "name": name, "marker": marker, "meta": {"role": role}}
        for key, name, role, marker in looks
    )  # fmt: skip
    ended = sum(not row[-1].said for row in some)
    says = n_("{rows} row; {ended} ended on the wrong bag.", "{rows} rows; {ended} ended on the wrong bag.", len(some))
    if len(counts.rows) > MOST_ROWS:
        says += " " + _("The first {rows} of {all} rows are drawn.")
    told = says.format(rows=len(some), ended=ended, all=len(counts.rows))
    return Figure(traces, _axes(len(some), longest, down), told)


def _axes(many: int, longest: int, down: bool) -> dict[str, Any]:
    """Places count from the left, or from above where each column is a row."""
    places: dict[str, Any] = {"title": {"text": _("place in the row")}, "dtick": 1, "showgrid": False}
    lines: dict[str, Any] = {"title": {"text": _("rows")}, "showticklabels": False, "showgrid": False}
    if down:
        return {"xaxis": lines | {"range": [0.3, many + 0.7]}, "yaxis": places | {"range": [longest + 0.6, 0.4]}}
    return {"xaxis": places | {"range": [0.5, longest + 0.5]}, "yaxis": lines | {"range": [many + 0.6, 0.4]}}
