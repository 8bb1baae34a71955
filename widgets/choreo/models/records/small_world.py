"""Small worlds, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("What a few bridges do"),
    about=_("How do a few ties across change how far people are from each other, and what spreads?"),
    rule=(
        _("People stand in a ring and know their nearest neighbours."),
        _("Some of their ties are led elsewhere, to somebody drawn by lot."),
        _(
            "News starts with one person and those whom they know. Others take it up once enough of their "
            "contacts have."
        ),
        _("Nobody turns back."),
    ),
    papers=(
        "D. J. Watts, S. H. Strogatz, “Collective dynamics of ‘small-world’ networks”, Nature 393 (1998) 440-442.",
        "R. S. Burt, “Structural Holes” (1992).",
        "D. Centola, M. Macy, “Complex contagions and the weakness of long ties”, American Journal of "
        "Sociology 113 (2007) 702-734.",
    ),
    ours=_(
        "All who are ready move in the same round; in the paper one at a time. The same people are reached in the end."
    ),
    left_out=_("Ties do not form or fade meanwhile. There are no strong and weak ties, and people do not differ."),
)
