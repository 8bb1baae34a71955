"""The naming game, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("The committed few"),
    about=_("How few who never give in can turn everybody?"),
    rule=(
        _("Everybody uses the word A, the word B, or knows both."),
        _("A speaker and a listener are drawn by lot. The speaker says a word that they know."),
        _("If the listener knows it too, both keep only this word. If not, the listener learns it."),
        _("Committed people know only A, and never change."),
    ),
    papers=(
        "J. Xie, S. Sreenivasan, G. Korniss, W. Zhang, C. Lim, B. K. Szymanski, “Social consensus through the"
        " influence of committed minorities”, Physical Review E 84 (2011) 011130.",
    ),
    left_out=_(
        "Nobody tires of insisting, and no word has reasons. There are no groups with words of their own, and"
        " no committed other side. Experiments with people found that it took about a quarter, not a tenth "
        "(Centola and others 2018)."
    ),
)
