"""Social influence, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("A weighty voice"),
    about=_("How much of a group's wisdom is left when all listen to one person?"),
    rule=(
        _("Everybody has a guess of their own."),
        _("In each round people move towards the guesses that they listen to, each voice with its weight."),
        _("One voice, the hub, can weigh more than the others. The hub listens as much as it likes."),
        _("Who is less open to others stays closer to their first guess."),
    ),
    papers=(
        "M. H. DeGroot, “Reaching a consensus”, Journal of the American Statistical Association 69 (1974) 118-121.",
        "N. E. Friedkin, E. C. Johnsen, “Social influence and opinions”, Journal of Mathematical Sociology 15"
        " (1990) 193-206.",
    ),
    ours=_("The hub, and a hub that hears everybody once before it speaks."),
    left_out=_(
        "There are no arguments, and no facts come in later. Weights do not change with what people have seen"
        " of each other."
    ),
)
