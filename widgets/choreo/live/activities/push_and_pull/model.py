"""The model of people who give when others give, in a room's own rounds."""

from __future__ import annotations

import numpy as np

from choreo.live.activities.push_and_pull.game import ENDOWMENT, Pots
from choreo.models.public_good import PublicGood, run

GROUPS = 50
LONGEST = 200  # rounds that it plays


def gifts(game: Pots) -> list[float]:
    """What the model's people give on average in the same rounds, from the same first round on.

    Our fine is one sum for giving less than `enough`; the model's is charged per point kept. The part `fine / enough`
    makes either deter in the same case: fine / enough + worth > 1.
    """
    rounds = game.rounds[:LONGEST]
    base = PublicGood()
    fined = [number for number, played in enumerate(rounds, 1) if played.regime == "fine"]
    start = rounds[0].mean / ENDOWMENT / (base.conditional * base.match)
    params = PublicGood(
        groups=GROUPS,
        rounds=len(rounds),
        endowment=ENDOWMENT,
        marginal_return=game.settings.worth,
        belief=min(1.0, start),
        fine=min(2.0, game.settings.fine / game.settings.enough) if fined else 0.0,
        fine_from=fined[0] if fined else 1,
        fine_until=fined[-1] if fined else 1,
    )
    given = run(params, np.random.default_rng(game.seed)).series["gift"]
    return [round(ENDOWMENT * float(gift), 2) for gift in given]
