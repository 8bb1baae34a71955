"""Moves of one's own, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Ten months, your own moves"),
    about=_("You deal with one partner over a line that garbles. What do you answer?"),
    rule=(
        _("Each month you give or keep back, and so does your partner, who answers what arrived."),
        _("A set number of moves comes out as the opposite, in months drawn by lot."),
        _("Nobody is told. Each sees only what arrived."),
    ),
    papers=(
        "R. Axelrod, “The Evolution of Cooperation” (1984).",
        "J. Wu, R. Axelrod, “How to cope with noise in the iterated prisoner's dilemma”, Journal of Conflict "
        "Resolution 39 (1995) 183-189.",
    ),
    ours=_("The set number of slips, since a short game would often have none by chance; and that somebody plays."),
    left_out=_(
        "What “Trust in repeated dealings” leaves out, too. And the slips of a real line do not come in set numbers."
    ),
    based_on="trust",
)
