"""Axelrod's culture, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Neighbours who grow alike"),
    about=_("When people talk most with those who are like them, do they end up as one culture or as many?"),
    rule=(
        _("Everybody has a list of topics, and one way to see each of them."),
        _("Somebody is drawn by lot, and then one of their neighbours."),
        _(
            "The more topics they already see alike, the more likely they are to talk. With nothing in common"
            " they never do."
        ),
        _("If they talk, the first one takes over one way of seeing from the other."),
        _(
            "This goes on until all neighbours are either fully alike or have nothing in common. Then nothing"
            " can change any more."
        ),
    ),
    papers=(
        "R. Axelrod, “The dissemination of culture: a model with local convergence and global polarization”, "
        "Journal of Conflict Resolution 41 (1997) 203-226.",
    ),
    ours=_(
        "We count rounds: as many meetings as there are teams. The paper counts single meetings. One seed is "
        "one floor, so a control that moves leaves the people as they were."
    ),
    left_out=_(
        "Everybody has the same say and the same neighbours for ever. No topic matters more than another. "
        "Nobody invents anything new, and nobody is pushed away by a difference."
    ),
)
