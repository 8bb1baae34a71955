"""Rugged landscapes, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Two units on one landscape"),
    about=_("Two units improve what is theirs. What could the whole have had?"),
    rule=(
        _("An organisation makes a number of choices, each yes or no."),
        _("What a choice is worth depends on itself and on some of the other choices."),
        _("The first half of the choices belongs to one unit, the rest to the other. They take turns."),
        _("In its turn a unit makes the one change among its own choices that raises its reward most, or none."),
        _("The reward is a mixture: a part for the own choices, a part for the whole."),
    ),
    papers=(
        "S. A. Kauffman, S. Levin, “Towards a general theory of adaptive walks on rugged landscapes”, Journal"
        " of Theoretical Biology 128 (1987) 11-45.",
        "S. A. Kauffman, “The Origins of Order” (1993), chapter 2.",
        "J. W. Rivkin, N. Siggelkow, “Balancing search and stability”, Management Science 49 (2003) 290-311.",
    ),
    ours=_(
        "The reward that mixes own and whole, and how far a unit sees: one change, two at once, or all its choices."
    ),
    left_out=_(
        "Nobody talks, bargains or trusts. The two never move at once, and the landscape does not shift under"
        " their feet."
    ),
)
