"""Diverse problem solvers, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Different heads"),
    about=_("A team of the best, or a team drawn by lot: which finds better answers?"),
    rule=(
        _("The problem is a ring of places, each with a value."),
        _("Each person knows a few steps, and tries them in turn: where a step leads higher, they go."),
        _("In a team the next one takes over where the last got stuck, until nobody gets any further."),
        _("Two teams try the same problem: the best on their own, and people drawn by lot."),
    ),
    papers=(
        "L. Hong, S. E. Page, “Groups of diverse problem solvers can outperform groups of high-ability "
        "problem solvers”, PNAS 101 (2004) 16385-16389.",
    ),
    left_out=_(
        "People understand each other perfectly, agree at once which answer is better, and cost nothing. On "
        "problems with more order the best regain ground (Grim and others 2019)."
    ),
)
