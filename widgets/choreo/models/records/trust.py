"""The iterated prisoner's dilemma, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Trust in repeated dealings"),
    about=_("When both would gain by giving, and each could gain by taking: which way of answering keeps trust alive?"),
    rule=(
        _("Two people deal with each other, round after round. Both choose at once: give, or keep back."),
        _(
            "If both give, both do well. Who keeps back while the other gives does best, and the other worst."
            " If both keep back, both do poorly."
        ),
        _(
            "Each answers the round before in a way of their own: strictly (tit for tat, TFT), letting some slights pass "
            "(GTFT), staying with what paid (WSLS), giving always (ALLC) or never (ALLD)."
        ),
        _("Now and then a move comes out as the opposite of what was meant."),
    ),
    papers=(
        "R. Axelrod, “The Evolution of Cooperation” (1984); R. Axelrod, W. D. Hamilton, Science 211 (1981) 1390-1396.",
        "M. Nowak, K. Sigmund, “Tit for tat in heterogeneous populations”, Nature 355 (1992) 250-253.",
        "M. Nowak, K. Sigmund, “A strategy of win-stay, lose-shift that outperforms tit-for-tat”, Nature 364 "
        "(1993) 56-58.",
        "P. Molander, “The optimal level of generosity in a selfish, uncertain environment”, Journal of "
        "Conflict Resolution 29 (1985) 611-618.",
    ),
    ours=_("Many pairs are played side by side."),
    left_out=_(
        "People remember one round only. Others do not hear of it. There is no talk, and there are no feelings."
    ),
)
