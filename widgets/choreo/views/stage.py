"""A stage with a run on it: what goes between the player's two halves, player.py in the kernel and player.js in the browser.

Traits go to the browser, which itself writes `settings` and `settled` only.
Arrays travel as {"data": bytes, "dtype": "uint8", "shape": [frames, people], "steps": bool}; see views/packed.py.

`task`      closed: item, kind. Open: item, kind, title, text and goal (HTML), small, tap, crowd ({one, many} or None), person,
            model (the name of its page)
`scene`     what the stage draws, and frames, clock, settled, seed, serial, series (by measure), trace, news, alt
`reading`   {} or parts [{heading, sentences}] and limits [sentence]; plain words, sent once somebody asked
`chart`     {} or title, figure, alt, numbers
`state`     gate: {item, title, words} of the prediction that opens the stage, and then there is nothing else; or None with
            waits, guide [{do, done, skipped}], said, meters [{measure, label, words, form, value, share, most, aim, mark,
            tone, series}], headline, message, reached, lucky, saved ("yes", "no", ""), error, hints, hints_left,
            crowds [{seed, words, holds}], crowds_words, trying, draft {settings, seed, done, skipped},
            unsent {settings of a goal, pinned and whole of settings worth keeping}: what is not kept yet,
            link {settings, seed}: what a link to this run holds, lent {words, fault}: what came with one, or None

Messages from the browser, by `type`: deed (deed: played, touched, new-crowd, tapped), skip (at), again, new, crowd (seed), save,
hint, pin, unpin (at), recall (at), read, draft (settings, seed, done, skipped), unsent (as in `state`), link (settings, seed; see
views.loan), own (back from a link to what stood there before); and plotly, see views.plot. What makes no sense is passed over.
"""

from __future__ import annotations

from typing import Any

from traitlets import Bool, Dict, Int, List, Unicode

from choreo.explorables.control import Settings
from choreo.explorables.explorable import Explorable
from choreo.grading.play import Play
from choreo.models.parameter import ParameterError
from choreo.models.run import Run
from choreo.views.bounds import Bounds
from choreo.views.packed import sendable
from choreo.views.plot import Plot
from choreo.views.scene import scene_of
from choreo.views.source import stage_half


class Stage(Plot):
    """An explorable with one run, by its present settings and crowd."""

    _esm = Unicode(help="the stage's browser half, with the player's").tag(sync=True)
    _css = Unicode().tag(sync=True)
    item = Unicode(help="name of the play's or goal's exercise").tag(sync=True)
    task = Dict(help="what it is about").tag(sync=True)
    specs: List[Any] = List(help="the controls that are shown").tag(sync=True)
    settings = Dict(help="a control's name to its setting").tag(sync=True)
    settled = Bool(True, help="whether the hand rests").tag(sync=True)
    locked = Dict(help="name of a control, or name:option, that cannot be moved now, to the reason").tag(sync=True)
    marks = Dict(help="name of a slider to {value, label}").tag(sync=True)
    scene: Dict[str, Any] = Dict(help="what the stage plays").tag(sync=True)
    seed = Int(0, help="the crowd on the stage").tag(sync=True)
    chart = Dict(help="a figure, in words and numbers too").tag(sync=True)
    reading = Dict(help="what can be read off it, once somebody asked: parts, limits").tag(sync=True)
    state = Dict(help="how far the learner has come").tag(sync=True)
    pinned: List[Any] = List(help="settings worth keeping, newest first").tag(sync=True)
    opened = Bool(False, help="whether earlier work has been brought back").tag(sync=True)

    def __init__(self, play: Play, explorable: Explorable, bounds: Bounds, seed: int) -> None:
        """Begin with the play's settings and the crowd of `seed`; nothing was run yet."""
        self._play, self._explorable, self._bounds = play, explorable, bounds
        self._now = dict(bounds.begin)  # the settings as the kernel knows them
        self._found: Run | None = None
        self._runs = 0
        self._writing = False  # whether a change of `settings` is the kernel's own
        module, sheet = stage_half(explorable.stage)
        super().__init__(
            _esm=module,
            _css=sheet,
            _anywidget_id=f"choreo.player.{explorable.stage}",  # a page keeps one style sheet for each of these
            item=play.id,
            seed=seed,
        )

    def play(self, settled: bool = True) -> None:
        """Run it with the present settings and crowd, and show it everywhere."""
        explorable = self._explorable
        try:
            params = explorable.params(self._now)
        except ParameterError:  # controls that are fine one by one, and not together
            self._now = dict(self._bounds.begin)
            params = explorable.params(self._now)
        found = (explorable.run if settled else explorable.glimpse)(params, self.seed)
        self._found, self._runs = found, self._runs + 1
        with self.hold_sync():
            self._write(self._now)
            scene = scene_of(explorable, params, self._now, self.seed, found, settled)
            self.scene = scene | {"serial": self._runs}  # the same crowd again is news to the stage all the same
            self.chart = sendable(self._figure(params, found))
            self._show(settled)
        if settled:
            self._ran(params, found)

    def _ran(self, params: Any, found: Run) -> None:
        """A whole run is on the stage."""

    def _write(self, settings: Settings) -> None:
        """Tell the browser the settings; this is no move."""
        self._writing = True
        self.settings = dict(settings)
        self._writing = False

    @property
    def _settled_here(self) -> bool:
        return bool(self.scene.get("settled"))

    def _figure(self, params: Any, found: Run) -> dict[str, Any]:
        """The chart of a run; {} for none."""
        raise NotImplementedError

    def _show(self, settled: bool = True) -> None:
        """Tell how far the learner has come with this run."""
        raise NotImplementedError
