"""The Emperor's Dilemma, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("A rule that nobody wants"),
    about=_("How can a rule last that almost nobody believes in?"),
    rule=(
        _("A few believe in the rule. Most do not, and each has some strength of conviction against it."),
        _("Everybody sees what the people around them demand."),
        _("If the pressure is greater than their conviction, they comply against what they think."),
        _("If it is greater still, so that it also outweighs the cost, they even demand it from others."),
        _("People decide one after another, in a new order each round."),
    ),
    papers=(
        "D. Centola, R. Willer, M. Macy, “The emperor's dilemma: a computational model of self-enforcing "
        "norms”, American Journal of Sociology 110 (2005) 1009-1040.",
    ),
    ours=_(
        "People stand on a map that wraps around; the map of the paper is irregular. To demand the rule may "
        "cost more, or less, from some round on."
    ),
    left_out=_(
        "Acts do not change beliefs here, as they do in one variant of the paper. Nobody is hurt, nobody "
        "remembers, and nobody leads."
    ),
)
