"""The stag hunt, in plain words."""

from choreo.models.record import Record
from choreo.words import _

RECORD = Record(
    title=_("Is it worth the risk?"),
    about=_("A shared success needs everybody. When do people dare to step in?"),
    rule=(
        _("Everybody chooses: join the shared hunt, or play safe."),
        _("The shared hunt pays most, if enough others join. Alone after the stag one goes home with nothing."),
        _("People join if they believe that enough others will."),
        _("After each round they have seen who joined, and their belief moves a part of the way towards that."),
        _(
            "In the sister game, minimum effort, everybody chooses how much to give, and the smallest gift "
            "decides for all."
        ),
    ),
    papers=(
        "R. Cooper, A. John, “Coordinating coordination failures in Keynesian models”, Quarterly Journal of "
        "Economics 103 (1988) 441-463.",
        "B. Skyrms, “The Stag Hunt and the Evolution of Social Structure” (2004).",
        "J. B. Van Huyck, R. C. Battalio, R. O. Beil, “Tacit coordination games, strategic uncertainty, and "
        "coordination failure”, American Economic Review 80 (1990) 234-248.",
    ),
    ours=_("Beliefs are a control, and people may differ in them. Who is undecided plays safe."),
    left_out=_("Nobody talks before the choice, promises, or goes first. Nobody forgives a first failure."),
)
