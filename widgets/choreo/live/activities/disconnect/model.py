"""What who knows only their own answer is right to believe, and how a few others change it.

R. M. Dawes, "Statistical criteria for establishing a truly false consensus effect", Journal of Experimental Social
Psychology 25 (1989) 1-17: one's own answer is a sample of one, and it is no mistake to learn from it. Who thinks any share
of yes equally likely beforehand, and then knows of `yes` answers among `known`, expects (1 + yes) / (2 + known) of the
others to say yes: two of three for a single one, one's own.
"""

from __future__ import annotations


def expected(own: bool, heard: int, share: float) -> float:
    """The share of yes, 0 to 1, that is expected by who knows their own answer and heard others of whom `share` say yes."""
    return (1 + own + heard * share) / (3 + heard)


def both_sides(yes: int, people: int, heard: int) -> tuple[float, float]:
    """What who says yes expects on average, and who says no, 0 to 1, after hearing so many others drawn by lot (exact)."""
    others = people - 1
    return expected(True, heard, (yes - 1) / others), expected(False, heard, yes / others)
