"""As many oscillators, with people's tempos, and more or fewer who hear far."""

from __future__ import annotations

import numpy as np

from choreo.live.activities.flash_mob.game import Tapping
from choreo.live.activities.flash_mob.model import LONG_RUN, oscillators, played_steps, ties_of
from choreo.live.activities.flash_mob.oscillators import settled
from choreo.live.activities.flash_mob.room import TOGETHER
from choreo.live.scene import Figure, Scene

FAR_SHARES = (0, 5, 10, 25, 50, 100)


def scenes(game: Tapping) -> tuple[Scene, ...]:
    """As many oscillators, with your tempos, and more or fewer who hear far."""
    played = played_steps(game)
    if not played:
        return ()
    own, coupling = oscillators(game, played)
    values = []
    for share in FAR_SHARES:
        ties, rng = ties_of(game, len(own), share), np.random.default_rng(game.seed)
        values.append(round(settled("far listeners", own - own.mean(), coupling, ties, rng, LONG_RUN), 3))
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(FAR_SHARES),
        "y": values,
        "name": "oscillators",
        "meta": {"role": "others"},
    }
    layout = {
        "xaxis": {"title": {"text": "percent who also hear one person far away"}},
        "yaxis": TOGETHER | {"range": [0, 1.1]},
    }
    says = "; ".join(f"{share}%: {value:.0%}" for share, value in zip(FAR_SHARES, values, strict=True))
    told = f"{len(own)} oscillators in a ring, scattered at first, for {LONG_RUN} seconds with strength {coupling:.1f}."
    title = f"Had all of you heard somebody far away: {values[-1]:.0%} together; had nobody: {values[0]:.0%}"
    ask = "Who here hears somebody far away, and does the room know?"
    return (Scene(title, (), (), (Figure((line,), layout, says),), ask=ask, small=(told,)),)
