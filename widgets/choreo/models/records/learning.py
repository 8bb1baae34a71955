"""Mutual learning, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Slow learners make it wiser"),
    about=_("An organisation learns from its people, and they from it. How fast should they learn?"),
    rule=(
        _("The world is a list of facts, each true or false. Nobody sees it."),
        _("Everybody believes yes, no or nothing about each. So does the organisation."),
        _("In each round people move a step towards what the organisation believes, with some chance."),
        _("The organisation takes over what those did who just did better than it."),
        _("People may leave, and facts may turn over."),
    ),
    papers=(
        "J. G. March, “Exploration and exploitation in organizational learning”, Organization Science 2 (1991) 71-87.",
    ),
    ours=_(
        "As others found who ran it again (Rodan 2005; Christensen 2015), beliefs move step by step, and "
        "people are judged by what they did, luck included. The article's prose alone does not lead to its "
        "figures."
    ),
    left_out=_(
        "People do not learn from each other directly, from the world, or on purpose. The organisation has no"
        " power and no memory."
    ),
)
