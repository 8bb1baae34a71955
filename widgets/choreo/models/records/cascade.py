"""Informational cascades, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("After the first few, all follow"),
    about=_("How can a row of sensible people all be wrong?"),
    rule=(
        _("One of two answers is right. Everybody has a hint of their own, which is right more often than not."),
        _("People choose one after another. Each sees what those before chose, but not their hints."),
        _("Each takes the likelier answer, and tosses a coin if both are equally likely."),
        _("Once the choices before outweigh any single hint, all follow them, and nothing more is learnt."),
    ),
    papers=(
        "S. Bikhchandani, D. Hirshleifer, I. Welch, “A theory of fads, fashion, custom, and cultural change "
        "as informational cascades”, Journal of Political Economy 100 (1992) 992-1026.",
    ),
    ours=_("The first person may have a better hint, and everybody knows it."),
    left_out=_(
        "Nobody distrusts a chain of imitation or tells their reasons. No news comes in later, and agreeing "
        "pays nothing."
    ),
)
