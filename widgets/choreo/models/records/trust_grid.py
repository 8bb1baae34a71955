"""The dilemma on a grid, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Trust next door"),
    about=_("Can giving last among people who copy whoever does best?"),
    rule=(
        _("Everybody on a square either gives or takes, with all eight neighbours and with themselves."),
        _("Two who give get one point each. Who takes from a giver gets more. All else pays nothing."),
        _("Then everybody at once does what the most successful of their neighbourhood did."),
    ),
    papers=("M. A. Nowak, R. M. May, “Evolutionary games and spatial chaos”, Nature 359 (1992) 826-829.",),
    left_out=_("Nobody remembers, errs or moves away. There is no reason to give but success next door."),
)
