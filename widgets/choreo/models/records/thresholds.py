"""Granovetter's thresholds, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("How many voices it takes"),
    about=_("Why does one hall rise to its feet, and another, almost the same, stay seated?"),
    rule=(
        _("Everybody has a number: how many others must act before they do."),
        _("In each round, all whose number has been reached begin to act."),
        _("Nobody stops again. It ends when a round brings nobody new."),
    ),
    papers=(
        "M. Granovetter, “Threshold models of collective behavior”, American Journal of Sociology 83 (1978) 1420-1443.",
    ),
    ours=_(
        "First voices, who act whatever the others do. And anybody can be the one who is replaced; the paper "
        "replaces the one who needs a single voice."
    ),
    left_out=_(
        "Friends count no more than strangers. People do not stop again, their numbers do not move, and "
        "nobody has a reason for their number."
    ),
)
