"""The wisdom of a crowd, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("The wisdom of the room"),
    about=_("When is a crowd's guess good, and what happens when people hear each other?"),
    rule=(
        _("Everybody guesses a number."),
        _("The crowd's error is the error of the average person, less how much people differ. That is exact, always."),
        _("In each round people move towards the guesses that they see, and keep a part of their own."),
        _("Who is closer to the truth may hold on to their own more."),
    ),
    papers=(
        "S. E. Page, “The Difference” (2007).",
        "J. Lorenz, H. Rauhut, F. Schweitzer, D. Helbing, “How social influence can undermine the wisdom of "
        "crowd effect”, PNAS 108 (2011) 9020-9025.",
        "J. Becker, D. Brackbill, D. Centola, “Network dynamics of social influence in the wisdom of crowds”,"
        " PNAS 114 (2017) E5070-E5076.",
    ),
    ours=_(
        "How much of their own guess people keep falls in even steps, from the one nearest the truth to the "
        "one furthest from it."
    ),
    left_out=_(
        "There is no persuasive talk, and there are no reasons. Nothing is to be gained by standing out or by"
        " fitting in."
    ),
)
