"""One voice among many, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("One voice among many"),
    about=_("You clap a steady beat. How many people must hear you until all clap with you?"),
    rule=(
        _("Each person claps at a tempo of their own, and hears some others."),
        _(
            "Each moves a little towards the beat of those they hear. A voice further off in the beat pulls more, up to half way."
        ),
        _("Who hears you has you as one voice more. You hear nobody."),
        _("People stand in rows, and hear nobody else, those next to them, those two places away, or everyone."),
    ),
    papers=(
        "Y. Kuramoto, “Self-entrainment of a population of coupled non-linear oscillators”, Lecture Notes in Physics 39 "
        "(1975) 420-422.",
        "C. A. Moreira, M. A. M. de Aguiar, “Global synchronization of partially forced Kuramoto oscillators on networks”, "
        "arXiv:1802.07691 (2018).",
    ),
    ours=_("The rows, the dozen, one voice that counts as any other, and that within a quarter of a beat is together."),
    left_out=_("A drum is louder than a voice. People choose whom they follow, and tire. A real beat wavers."),
    based_on="kuramoto",
)
