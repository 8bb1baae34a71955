"""A run that came with a link, shown on the stage of whoever opened it; their own settings wait meanwhile. Pure.

A link says {settings, seed}, and to the browser at which moment. It holds numbers, words of choices and what was drawn,
never what somebody typed: names of people do not travel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from choreo.explorables.control import Control, Setting, Settings
from choreo.explorables.explorable import Explorable
from choreo.grading.play import is_settings
from choreo.models.parameter import ParameterError
from choreo.typed import isolated
from choreo.views.bounds import Bounds
from choreo.words import _

SEEDS = 10**6
LONG = 40  # characters of a value that are told


class LinkError(ValueError):
    """What of a link cannot be read, in words."""


@dataclass(frozen=True)
class Lent:
    """What is on the stage by a link."""

    settings: dict[str, Any]
    seed: int


class Loan:
    """What a link put onto the stage, or why it could not, and what stood there before."""

    def __init__(self, explorable: Explorable, bounds: Bounds) -> None:
        """No link was opened."""
        self._explorable, self._bounds = explorable, bounds
        self._lent: Lent | None = None
        self.own: tuple[dict[str, Any], int] | None = None  # settings and crowd that wait
        self.fault = ""

    def covers(self, settings: Settings) -> bool:
        """Whether these settings are somebody else's: nothing that they reach is the learner's."""
        return self._lent is not None and self._lent.settings == dict(settings)

    def take(self, given: Mapping[Any, Any], own: tuple[Settings, int], free: bool) -> Lent | None:
        """Read a link, and keep what is on the stage now; None, with its fault, where it makes no sense."""
        try:
            lent = read(self._explorable, self._bounds, given, free)
        except LinkError as error:
            self.fault = str(error)
            return None
        if self.own is None:
            self.own = dict(own[0]), own[1]
        self._lent, self.fault = lent, ""
        return lent

    def refuse(self, why: str) -> None:
        """A link cannot be opened now."""
        self.fault = why

    def move(self, settings: Settings) -> None:
        """The learner did something: what is on the stage from now on is theirs, if it is not what was lent."""
        self.fault = ""
        if not self.covers(settings):
            self._lent = self.own = None

    def waiting(self, settings: Settings, seed: int) -> dict[str, Any]:
        """What a browser keeps as the learner's own: what waits, or what is on the stage."""
        own, crowd = self.own or (settings, seed)
        return {"settings": dict(own), "seed": crowd}

    def end(self) -> tuple[dict[str, Any], int] | None:
        """Give back what stood there before; None where nothing was lent."""
        own, self._lent, self.own, self.fault = self.own, None, None, ""
        return own

    def shown(self) -> dict[str, Any] | None:
        """What the browser says of it; None for nothing."""
        if self.fault:
            return {"words": "", "fault": self.fault}
        return None if self._lent is None else {"words": self._explorable.words(self._lent.settings), "fault": ""}

    def link(self, settings: Settings, seed: int) -> dict[str, Any]:
        """What a link to a run holds."""
        drawn = {one.name for one in self._explorable.controls if one.drawn is not None}
        kept = {name: value for name, value in settings.items() if name not in drawn or not _says_words(value)}
        return {"settings": kept, "seed": seed if self._explorable.crowd else 0}


def read(explorable: Explorable, bounds: Bounds, given: Mapping[Any, Any], free: bool) -> Lent:
    """What a link says, whole and within what may be set here; raise LinkError that says what cannot be read.

    Controls that it does not name stand as the play begins: an older link may not know them. `free` says whether what the
    play holds fast may be moved.
    """
    settings, seed = given.get("settings"), given.get("seed")
    if not isinstance(settings, dict) or not is_settings(settings) or type(seed) is not int or not 0 <= seed < SEEDS:
        raise LinkError(_("Part of it is missing, or was changed on the way."))
    if seed and not explorable.crowd:
        raise LinkError(_("It asks for a crowd of its own, and luck plays no part here."))
    controls = {one.name: one for one in explorable.controls}
    for name in settings:
        if name not in controls:
            words = _("It moves “{name}”, and this stage has no such control (any more).")
            raise LinkError(words.format(name=_short(name)))
    read = {name: _value(controls[name], value, bounds.begin[name]) for name, value in settings.items()}
    whole = {**bounds.begin, **read}
    if (allowed := bounds.allowed(whole, whole, free)) != whole:
        held = next(controls[name].label for name in whole if whole[name] != allowed[name])
        words = (
            _(
                "It moves “{label}”, which stays as it is here until you have reached the goal. Open the link again then."
            )
            if bounds.later
            else _("It moves “{label}”, which stays as it is here.")
        )
        raise LinkError(words.format(label=held))
    try:
        explorable.params(whole)
    except ParameterError as error:
        raise LinkError(_("What it sets does not go together.")) from error
    return Lent(whole, seed)


def _value(control: Control, value: Any, present: Setting) -> Setting:
    kept = control.sound(value, present)
    if kept != value or isinstance(value, bool) or (control.drawn is not None and _says_words(value)):
        words = _("It sets “{label}” to {value}, which cannot be set here.")
        raise LinkError(words.format(label=control.label, value=_short(value)))
    return kept


def _short(value: object) -> str:
    text = str(value)
    return isolated(text if len(text) <= LONG else f"{text[:LONG]}…")


def _says_words(value: object) -> bool:
    """Whether there is text in a value, or anything else that is neither a number nor a list of such."""
    if isinstance(value, list):
        return any(_says_words(one) for one in value)
    return not isinstance(value, (int, float))
