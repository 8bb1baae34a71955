"""What spreads on a given map, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("A move that needs company"),
    about=_("Some have begun. Who follows, if each wants to see others of those they know go first?"),
    rule=(
        _("A map says who knows whom, and some have moved."),
        _("Each counts how many of those they know have moved, and moves once they are enough."),
        _("That goes on until nobody moves any more. Nobody turns back."),
    ),
    papers=(
        "D. Centola, M. Macy, “Complex contagions and the weakness of long ties”, American Journal of "
        "Sociology 113 (2007) 702-734.",
    ),
    ours=_("The map, which may be drawn, and that all who are ready move in the same round."),
    left_out=_("How strong a tie is, and how convincing somebody is. All need the same number, and nobody gives up."),
    based_on="small_world",
)
