"""The public good, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("The shared pot"),
    about=_("Giving helps all, keeping helps oneself. What becomes of giving, and what does a fine do to it?"),
    rule=(
        _("Everybody has the same amount and decides how much of it goes into the pot."),
        _("The pot grows, and is shared by all alike, whoever gave."),
        _("A coin that one gives comes back to oneself as less than a coin, and to the group as more than one."),
        _(
            "Free riders look at their own purse only. Others give a part of what they expect the rest to "
            "give, and learn from what they saw. A few always give."
        ),
        _(
            "A fine takes some of what was kept. When it first comes, some who gave for reasons of their own "
            "turn into people who only compare prices."
        ),
    ),
    papers=(
        "J. O. Ledyard, “Public goods: a survey of experimental research”, in Kagel and Roth (eds.), The "
        "Handbook of Experimental Economics (1995).",
        "U. Fischbacher, S. Gächter, E. Fehr, “Are people conditionally cooperative?”, Economics Letters 71 "
        "(2001) 397-404.",
        "U. Fischbacher, S. Gächter, “Social preferences, beliefs, and the dynamics of free riding in public "
        "goods experiments”, American Economic Review 100 (2010) 541-556.",
        "U. Gneezy, A. Rustichini, “A fine is a price”, Journal of Legal Studies 29 (2000) 1-17.",
    ),
    ours=_(
        "The fine for a time, and that it crowds out reasons for good. That is one reading of the day-care "
        "study, and no model fitted to it."
    ),
    left_out=_("Nobody talks, punishes of their own will, or is grateful. Nobody simply likes to give."),
)
