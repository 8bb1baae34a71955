"""Search in networks, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Searching together"),
    about=_("Who should see whose answers, and how often, so that a group finds a good one?"),
    rule=(
        _("Everybody has an answer to the same problem. The problem has many parts that depend on each other."),
        _("In each round people look at the answers of those whom they know."),
        _("If the best of these is better than their own, they take it over."),
        _("If not, they change one part of their own by chance, and keep the change if it helps."),
        _("The score is steep: most answers are poor, and few are good."),
    ),
    papers=(
        "D. Lazer, A. Friedman, “The network structure of exploration and exploitation”, Administrative "
        "Science Quarterly 52 (2007) 667-694.",
        "E. Bernstein, J. Shore, D. Lazer, “How intermittent breaks in interaction improve collective "
        "intelligence”, PNAS 115 (2018) 8734-8739.",
    ),
    ours=_(
        "Departments with bridges between them, the rhythm of looking at each other, the person who ties most"
        " others together and may leave, and organisations that race at the same problems."
    ),
    left_out=_(
        "People do not choose whom to believe. They do not remember, specialise or grow tired. Experiments "
        "with people disagree about whether the slower network wins in the end (Mason and Watts 2012; "
        "Brackbill and Centola 2020)."
    ),
)
