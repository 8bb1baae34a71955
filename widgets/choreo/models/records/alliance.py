"""An alliance that somebody drew, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Your alliance, played"),
    about=_(
        "Four to twelve players, and who really talks to whom. What can they count on, and which tie would help most?"
    ),
    rule=(
        _("News goes from each to all they talk to. What counts is how many steps it takes."),
        _("On the day on which one leaves, it is counted how many of the others still reach each other."),
        _("Each gives the same attention to all they talk to and to themselves, until opinions stand still."),
        _("Somebody moves once so many of those they talk to have. One begins."),
        _("All ties that are missing are tried, and again on every map that differs by one tie."),
    ),
    papers=(
        "D. J. Watts, S. H. Strogatz, “Collective dynamics of ‘small-world’ networks”, Nature 393 (1998) 440-442.",
        "R. S. Burt, “Structural Holes” (1992).",
        "M. H. DeGroot, “Reaching a consensus”, Journal of the American Statistical Association 69 (1974) 118-121.",
        "M. Granovetter, “Threshold models of collective behavior”, American Journal of Sociology 83 (1978) 1420-1443.",
    ),
    ours=_(
        "That contacts are counted where Granovetter counts everybody, and the search for the ties that would help most."
    ),
    left_out=_(
        "How strong a tie is, which way it goes, what is said along it, what it costs, and whether it can be made. The map "
        "is what one person drew."
    ),
    based_on="small_world",
)
