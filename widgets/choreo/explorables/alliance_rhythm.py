"""Whether a learner's own players find one rhythm: shown only, as it hangs on tempos that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.explorables.players import EXAMPLE, LIMITS, MAP, Players, listed, players_of
from choreo.explorables.reading import Part, Reading
from choreo.models.kuramoto import FULL_TURN, Kuramoto, first_phases, integrate, order, plaza_columns, tempos
from choreo.models.run import Clock, Run
from choreo.words import _

SECONDS, FRAMES, BEAT = 40.0, 240, 0.5
DRAWS, TOGETHER = 40, 0.85  # other tempos that are tried; from where on they are called together


@dataclass(frozen=True)
class Rhythm(Players):
    """Players, and how they listen."""

    coupling: float = 2.0
    diversity: float = 0.5


def _kuramoto(params: Rhythm, crowds: int = 1) -> Kuramoto:
    return Kuramoto(
        people=len(params.names) * crowds,
        network="neighbours",
        coupling=params.coupling,
        diversity=params.diversity,
        seconds=SECONDS,
    )


def _play(params: Rhythm, seeds: range) -> tuple[np.ndarray, np.ndarray]:
    """Times, and the phases of each draw, shape (time, draws, people); all draws are worked out side by side."""
    people, one = len(params.names), _kuramoto(params)
    drawn = [(tempos(one, rng), first_phases(one, rng)) for rng in map(np.random.default_rng, seeds)]
    own, start = (np.concatenate(part) for part in zip(*drawn, strict=True))
    pairs = np.array([*params.ties, *((other, one_) for one_, other in params.ties)], dtype=np.intp).reshape(-1, 2)
    hearer, heard = (np.concatenate([pairs[:, side] + people * at for at in range(len(drawn))]) for side in (0, 1))
    time, phases = integrate(_kuramoto(params, len(drawn)), own, start, hearer, heard, FRAMES)
    return time, phases.reshape(len(time), len(drawn), people)


def _end(phases: np.ndarray) -> np.ndarray:
    """How together each draw is in the last sixth."""
    return np.asarray(order(phases[-max(1, len(phases) // 6) :]).mean(axis=0))


class AllianceRhythm(Explorable):
    """Kuramoto's model along the ties that somebody drew; each has a tempo of their own, drawn by lot."""

    model, stage, crowd = Rhythm, "plaza", "lot"
    asks = _("How much of this is luck?")
    controls = (
        MAP,
        Control("coupling", _("How strongly they listen"), 0, 6, 0.5, digits=1),
        Control("diversity", _("How different their tempos are"), 0, 2, 0.1, digits=1),
    )
    start: ClassVar[Settings] = {"map": EXAMPLE, "coupling": 2.0, "diversity": 0.5}
    measures = (Measure("order", _("Together at the end"), series="order"),)

    def params(self, settings: Settings) -> Rhythm:
        """The map, and how they listen."""
        found = players_of(settings)
        coupling, diversity = float(settings["coupling"]), float(settings["diversity"])
        return Rhythm(found.needs, found.ties, found.names, coupling=coupling, diversity=diversity)

    def run(self, params: Rhythm, seed: int) -> Run:
        """The same seed is the same tempos, and the same first moment."""
        time, phases = _play(params, range(seed, seed + 1))
        together, final = order(phases[:, 0]), float(_end(phases)[0])
        byte = np.floor(phases[:, 0] * (FULL_TURN / (2 * np.pi))).astype(np.int64).astype(np.uint8)
        told = _("After {seconds:.0f} seconds: {share:.0%} together.")
        moments = [round(part * (len(time) - 1)) for part in (0, 0.25, 0.5, 1)]
        return Run(
            summary={"order": final},
            trace=tuple(told.format(seconds=time[at], share=together[at]) for at in moments),
            clock=Clock("time", "s", time),
            series={"order": together},
            frames={"phase": byte},
        )

    def scene(self, params: Rhythm, found: Run, seed: int) -> Scene:
        """Everybody hears those they are tied to, and nobody else."""
        both = [*params.ties, *((other, one) for one, other in params.ties)]
        heard = {at: [params.names[b] for a, b in sorted(both) if a == at] for at in range(len(params.names))}
        hears, none = _("I hear {who}."), _("I hear nobody here.")
        return {
            "phase": found.frames["phase"],
            "columns": plaza_columns(len(params.names)),
            "beat": BEAT,
            "ties": np.array(both, dtype=np.uint16).reshape(-1, 2),
            "hears": "ties",
            "names": {str(at): name for at, name in enumerate(params.names)},
            "tells": {str(at): hears.format(who=listed(who)) if who else none for at, who in heard.items()},
            "legend": _(
                "At the top: their beat. An arc joins two who hear each other; it glows while they are at different "
                "moments. The longer the arrow, the more they move as one. Their tempos are drawn by lot."
            ),
        }

    def words(self, settings: Settings) -> str:
        """How many there are, and how they listen."""
        found = players_of(settings)
        line = _("{people} players, {ties} ties, listening {coupling:g}, difference {diversity:g}")
        moved = {name: settings[name] for name in ("coupling", "diversity")}
        return line.format(people=len(found.names), ties=len(found.ties), **moved)

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What to look at."""
        return _("Ask for another lot before you believe it.")

    def reading(self, params: Rhythm) -> Reading:
        """The same map with other tempos: what stays, and what does not."""
        ends = _end(_play(params, range(DRAWS))[1])
        low, high = np.quantile(ends, (0.1, 0.9))
        many = int((ends >= TOGETHER).sum())
        line = _(
            "With {draws} other lots of tempos the same map came together (to {together:.0%} or more) in {many}. "
            "The middle eight of ten ended between {low:.0%} and {high:.0%}."
        )
        luck = line.format(draws=DRAWS, together=TOGETHER, many=many, low=low, high=high)
        why = (
            _("Which tie helps hangs on whose tempo is fast and whose is slow. Of your players nobody knows that."),
            _("Around a single hub, one more tie can even make it a little worse."),
        )
        return Reading(
            parts=(Part(_("The same map, other tempos"), (luck,)), Part(_("Why no tie is recommended here"), why)),
            limits=(*LIMITS, _("Listening is free here, and always obeyed. People tire, and listen to those outside.")),
        )
