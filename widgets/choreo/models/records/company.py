"""A company of partners, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("It depends on the company"),
    about=_("Is it wise to forgive? What is it worth, among partners of several kinds?"),
    rule=(
        _("One person deals with each partner alone, month by month."),
        _(
            "Some partners answer as that person does, some repay strictly, some let a fifth of slights pass."
            " Some always give, and some always take."
        ),
        _("Now and then a move comes out as the opposite of what was meant."),
        _("What each way of dealing would earn in the same company is worked out exactly."),
    ),
    papers=(
        "R. Axelrod, “The Evolution of Cooperation” (1984).",
        "J. Wu, R. Axelrod, “How to cope with noise in the iterated prisoner's dilemma”, Journal of Conflict "
        "Resolution 39 (1995) 183-189.",
        "D. Fudenberg, D. Rand, A. Dreber, “Slow to anger and fast to forgive”, American Economic Review 102 "
        "(2012) 720-749.",
    ),
    ours=_(
        "The company. Its luck is drawn for all partners there could be, so that one more leaves the others "
        "as they were."
    ),
    left_out=_(
        "What “Trust in repeated dealings” leaves out, too. Partners do not hear of each other. Nobody chooses a partner, "
        "leaves one, or learns."
    ),
    based_on="trust",
)
