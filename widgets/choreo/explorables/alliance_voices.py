"""Whose voice outweighs the others among a learner's own players."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.explorables.players import (
    AS_DRAWN,
    EXAMPLE,
    MAP,
    MORE,
    ONE_MORE,
    Players,
    listed,
    players_of,
    surest,
    tried_words,
)
from choreo.explorables.players_told import voices_read, wiser
from choreo.explorables.reading import Reading
from choreo.models.alliance import attention, minds, weights
from choreo.models.run import Clock, Run
from choreo.words import _

ROUNDS, TRUTH, NOISE = 20, 100.0, 20.0
LEGEND = _(
    "Suppose all guess how many days a common job takes. Their guesses here are drawn by lot. The larger somebody is, the "
    "more their first guess counts in the end. The post stands at the truth."
)


class AllianceVoices(Explorable):
    """DeGroot's influence along the ties that somebody drew: all give the same attention to each contact and themselves."""

    model, stage, crowd = Players, "scale", "question"
    asks = _("Whose voice outweighs the others, and which tie would help most?")
    controls = (MAP, MORE)
    start: ClassVar[Settings] = {"map": EXAMPLE, "more": AS_DRAWN}
    measures = (
        Measure("minds", _("Minds left in what somebody ends up with"), "{:.1f}", 12),
        Measure("most", _("What the weightiest first guess counts for")),
        Measure("spread", _("Days apart in the end"), "{:.1f}", 20, series="spread"),
    )

    def params(self, settings: Settings) -> Players:
        """The map, with the best tie if it is wanted."""
        found = players_of(settings)
        if settings["more"] == ONE_MORE:
            found = replace(found, added=surest(wiser(len(found.names), found.ties)))
        return found

    def run(self, params: Players, seed: int) -> Run:
        """The same seed is the same first guesses; in each round people take the mean of what they and their contacts say."""
        matrix = attention(params.played)
        said = [np.random.default_rng(seed).normal(TRUTH, NOISE, len(params.names))]
        for _round in range(ROUNDS):
            said.append(matrix @ said[-1])
        opinion = np.array(said)
        share = weights(params.played)
        spread = opinion.std(axis=1)
        return Run(
            summary={
                "minds": float(minds(params.played)[0]),
                "most": float(share.max()),
                "spread": float(spread[-1]),
            },
            trace=_trace(params, opinion, share),
            clock=Clock("round", _("rounds"), np.arange(ROUNDS + 1)),
            series={"spread": spread},
            frames={"opinion": opinion.astype(np.float32)},
            still={"share": share},
        )

    def scene(self, params: Players, found: Run, seed: int) -> Scene:
        """Guesses round by round, and what each first guess counts for in the end."""
        return {
            "value": found.frames["opinion"],
            "weight": found.still["share"].astype(np.float32),
            "minds": found.summary["minds"],
            "truth": TRUTH,
            "low": TRUTH - 3.5 * NOISE,
            "high": TRUTH + 3.5 * NOISE,
            "unit": _("days"),
            "names": {str(at): name for at, name in enumerate(params.names)},
            "legend": tried_words(params, LEGEND),
        }

    def words(self, settings: Settings) -> str:
        """How many there are, and what is tried."""
        found = players_of(settings)
        line = _("{people} players, {ties} ties").format(people=len(found.names), ties=len(found.ties))
        return line + (_(", one tie more") if settings["more"] == ONE_MORE else "")

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What to look at."""
        return _("Who talks to many counts for much, whether they guess well or not.")

    def reading(self, params: Players) -> Reading:
        """Shares of the outcome, and the ties that would leave most minds in it."""
        return voices_read(params)


def _trace(params: Players, opinion: np.ndarray, share: np.ndarray) -> tuple[str, ...]:
    order = np.argsort(-share, kind="stable")
    begin = _("At first they are {spread:.0f} days apart. In the end {end:.1f}.")
    most = _("{who}: {share:.0%} of where it ends.")
    told = [most.format(who=listed([params.names[at]]), share=share[at]) for at in order[:3]]
    return (begin.format(spread=opinion[0].std(), end=opinion[-1].std()), *told)
