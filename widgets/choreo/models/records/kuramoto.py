"""Kuramoto's model, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Tuning in"),
    about=_("When do people, each with a tempo of their own, find one beat?"),
    rule=(
        _("Everybody claps at a tempo of their own."),
        _(
            "They hear some of the others, and are pulled a little towards them: those who are ahead slow "
            "down, those who are behind hurry."
        ),
        _("How strong the pull is, and whom they hear, are the controls."),
        _("Below a certain strength each goes their own way. Above it a common beat appears."),
    ),
    papers=(
        "Y. Kuramoto, “Self-entrainment of a population of coupled non-linear oscillators”, Lecture Notes in "
        "Physics 39 (1975) 420-422.",
        "S. H. Strogatz, “From Kuramoto to Crawford”, Physica D 143 (2000) 1-20.",
    ),
    ours=_(
        "The plaza: people hear four neighbours; a few listen far; or there is a conductor whom everybody "
        "hears and who hears nobody."
    ),
    left_out=_("People can stop listening, lie, tire, or agree on a new tempo. These cannot."),
)
