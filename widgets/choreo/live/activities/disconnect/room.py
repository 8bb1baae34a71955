"""What the room sees: how many each believes to be like them; then how many are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from choreo.live.activities.disconnect.answers import Answers
from choreo.live.scene import Figure, Scene
from choreo.words import _, n_

TENTHS = range(0, 101, 10)  # guesses are "so many of ten", so that no odd number is anybody's mark
NEAR = 10  # points by which two sides may differ and still be called of one mind
SIDES = (_("those who say no believe"), _("it is"), _("those who say yes believe"))
ROLES = ("apart", "goal", "you")


def believed(question: str, answers: Answers) -> Scene:
    """How many each believes to be like them. Nothing of it tells what people say."""
    line = n_(
        "{sure} of us takes their own answer for that of the majority. How many can be right?",
        "{sure} of us take our own answer for that of the majority. How many can be right?",
        answers.sure,
    )
    facts = ((_("answers"), str(answers.people)), (_("feel in the majority"), str(answers.sure)))
    return Scene(question, (line.format(sure=answers.sure),), facts, (_alike(answers),))


def truth(question: str, answers: Answers) -> Scene:
    """How many say yes, and what either side believed, if both are large enough to hide in."""
    line = _("{yes} of {people} say yes. {sure} took theirs for the majority's; {large} are in it.")
    if answers.sure > answers.large:
        line = _("{yes} of {people} say yes. {sure} took theirs for the majority's. At most {large} can be right.")
    told = line.format(yes=answers.yes, people=answers.people, sure=answers.sure, large=answers.large)
    facts = [(_("answers"), str(answers.people)), (_("say yes"), f"{answers.share:.0f}%")]
    if answers.sides is None:
        return Scene(question, (told, *between(answers)), tuple(facts), (_counts(answers),))
    facts.append((_("gap"), points(abs(answers.sides[0] - answers.sides[1]))))
    return Scene(question, (told, *between(answers)), tuple(facts), (_sides(answers),))


def between(answers: Answers) -> list[str]:
    """What either side believes of the same room."""
    if answers.sides is None:
        return [_("One side is too small to hide in, so it is not told what either side believes.")]
    yes, no = answers.sides
    if yes - no > NEAR:
        line = _(
            "Who says yes believes that {yes:.0f}% do. Who says no believes that {no:.0f}% do. It is the same room."
        )
    elif no - yes > NEAR:
        line = _(
            "Who says yes believes that {yes:.0f}% do; who says no, {no:.0f}%. That is the other way round than usual: "
            "either side takes itself for rare."
        )
    else:
        line = _("Who says yes believes that {yes:.0f}% do; who says no, {no:.0f}%. We look beyond ourselves.")
    return [line.format(yes=yes, no=no)]


def points(value: float) -> str:
    """A difference of percentages."""
    return n_("{points} point", "{points} points", round(value)).format(points=round(value))


def bars(groups: Sequence[str], values: Sequence[Sequence[float | None]], says: str) -> Figure:
    """For each group three bars, of a hundred: what those who say no believe, what is, what those who say yes believe."""
    data = tuple(
        {
            "type": "bar",
            "x": list(groups),
            "y": [None if one is None else round(one, 1) for one in row],
            "text": ["" if one is None else f"{one:.0f}%" for one in row],
            "name": name,
            "meta": {"role": role},
        }
        for name, role, row in zip(SIDES, ROLES, values, strict=True)
    )
    layout: dict[str, Any] = {"xaxis": {"type": "category"}, "barmode": "group"}
    layout["yaxis"] = {"title": {"text": _("% who say yes")}, "range": [0, 105], "tickvals": [0, 25, 50, 75, 100]}
    return Figure(data, layout, says)


def _sides(answers: Answers) -> Figure:
    assert answers.sides is not None
    yes, no = answers.sides
    values = (no, answers.share, yes)
    bar = {"type": "bar", "x": list(SIDES), "y": [round(one, 1) for one in values]}
    bar["text"] = [f"{one:.0f}%" for one in values]
    layout: dict[str, Any] = {"xaxis": {"type": "category"}, "showlegend": False}
    layout["yaxis"] = {"title": {"text": _("% who say yes")}, "range": [0, 105], "tickvals": [0, 25, 50, 75, 100]}
    says = _("Who says no believes that {no:.0f}% say yes; it is {share:.0f}%; who says yes believes {yes:.0f}%.")
    told = says.format(no=no, share=answers.share, yes=yes)
    return Figure((bar | {"meta": {"role": "goal", "roles": list(ROLES)}},), layout, told)


def _alike(answers: Answers) -> Figure:
    counts = [answers.same.count(guess) for guess in TENTHS]
    bar = {"type": "bar", "x": [guess // 10 for guess in TENTHS], "y": counts, "meta": {"role": "others"}}
    layout: dict[str, Any] = {"showlegend": False, "yaxis": {"title": {"text": _("people")}}}
    layout["xaxis"] = {"title": {"text": _("of ten others, so many answer as I do")}, "dtick": 1}
    listed = "; ".join(f"{guess // 10}: {count}" for guess, count in zip(TENTHS, counts, strict=True) if count)
    says = _("How many of ten others are believed to answer alike, and by how many people: {listed}.")
    return Figure((bar,), layout, says.format(listed=listed))


def _counts(answers: Answers) -> Figure:
    """How many say what. Not what all believed: beside what was shown before, that would tell of the small side."""
    counts = [answers.yes, answers.people - answers.yes]
    bar = {"type": "bar", "x": [_("yes"), _("no")], "y": counts, "text": counts, "meta": {"role": "goal"}}
    layout: dict[str, Any] = {"xaxis": {"type": "category"}, "yaxis": {"title": {"text": _("people")}}}
    told = _("{yes} say yes, {no} say no.").format(yes=counts[0], no=counts[1])
    return Figure((bar,), layout | {"showlegend": False}, told)
