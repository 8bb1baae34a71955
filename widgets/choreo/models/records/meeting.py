"""A meeting that decides, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("One meeting, many questions"),
    about=_("A group decides yes or no, question after question. Who should speak when, and who should hear whom?"),
    rule=(
        _("Each question has a right answer, and each person has a hunch that is right a little more often than not."),
        _("People speak in turn. How the voices stand is read out after every so many."),
        _("Each counts the voices they have heard and their own hunch, all alike, and says what has more."),
        _("A few may say what they found, whatever they heard. The meeting decides as most voices do."),
    ),
    papers=(
        "S. Bikhchandani, D. Hirshleifer, I. Welch, “A theory of fads, fashion, custom, and cultural change as "
        "informational cascades”, Journal of Political Economy 100 (1992) 992-1026.",
        "Condorcet, “Essai sur l'application de l'analyse à la probabilité des décisions” (1785).",
    ),
    ours=_(
        "Everything between the two: a reading after every so many voices, people who keep to what they found, and schools "
        "whose people err alike. One by one it is the paper's rule; all at once it is independent votes."
    ),
    left_out=_(
        "Reasons, experts, and people who know how good the others are. Nobody says why, and nothing depends on "
        "what is decided."
    ),
    based_on="cascade",
)
