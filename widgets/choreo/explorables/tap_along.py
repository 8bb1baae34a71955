"""Forty people who clap, and you: one voice that some of them hear (Kuramoto's crowd with one beat more)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models import one_voice
from choreo.models.one_voice import COLUMNS, OneVoice
from choreo.models.run import Run
from choreo.words import _, n_

BEAT = 0.4  # turns a second that all tempos have in common; the model's frame turns with them, the stage does not
PEOPLE = 40
PER_MINUTE = 2 * np.pi / 60  # rad/s


class TapAlong(Explorable):
    """Who hears you, whom they hear besides, and how much faster than they you clap."""

    model, stage, crowd = OneVoice, "plaza", "crowd"
    live: ClassVar[bool] = True
    controls = (
        Control("hearers", _("How many of the forty hear you"), 0, PEOPLE, unit=_("people")),
        Control(
            "hears",
            _("Whom each of them hears besides"),
            options=(
                Option("nobody", _("Nobody")),
                Option("neighbours", _("Those next to them"), _("Up to four: beside, before, behind")),
                Option("a dozen", _("A dozen"), _("Up to twelve: all within two places")),
                Option("everyone", _("Everybody"), _("All the other thirty-nine")),
            ),
        ),
        Control("ahead", _("How much faster than they you clap"), 0, 5, 1, unit=_("a minute")),
    )
    start: ClassVar[Settings] = {"hearers": 40, "hears": "neighbours", "ahead": 2}
    measures = (Measure("followers", _("Stay with you"), "{:.0f} of 40", PEOPLE, series="with_you"),)

    def params(self, settings: Settings) -> OneVoice:
        """Claps a minute are a tempo in radians a second."""
        difference = settings["ahead"] * PER_MINUTE
        return OneVoice(hearers=settings["hearers"], hears=settings["hears"], difference=difference)

    def run(self, params: OneVoice, seed: int) -> Run:
        """One crowd for a minute, with a hand that never wavers."""
        return one_voice.run(params, np.random.default_rng(seed))

    def glimpse(self, params: OneVoice, seed: int) -> Run:
        """The same minute in steps twice as long: for one crowd in two hundred another number stays until the hand rests."""
        return self.run(replace(params, step=2 * params.step), seed)

    def ends(self, params: OneVoice, seeds: Sequence[int]) -> Mapping[str, np.ndarray]:
        """How many stay with you, crowd by crowd; all are worked out side by side."""
        return one_voice.ends(params, seeds)

    def scene(self, params: OneVoice, found: Run, seed: int) -> Scene:
        """Everybody's phase and yours; who hears whom; and what the stage needs to go on while somebody taps."""
        hearer, heard = np.nonzero(one_voice.hearing(params))
        return {
            "phase": found.frames["phase"],
            "own": found.frames["own"],
            "silent": (found.clock.times == 0).astype(np.uint8),
            "columns": COLUMNS,
            "beat": BEAT,
            "hears": "everyone" if params.hears == "everyone" else "near",
            "near": np.stack([hearer, heard], axis=1).astype(np.uint16),
            "hearers": found.still["hears_you"].astype(np.uint8),
            "legend": _(
                "A ring: they hear you. On the dial one dot per person, the beat at the top; the dashed line is your beat."
            ),
            "live": {
                "coupling": params.coupling,
                "tempo": found.still["tempo"],
                "start": found.still["start"],
                "ahead": params.difference,
                "seconds": params.seconds,
            },
        }

    def words(self, settings: Settings) -> str:
        """Who hears you, and whom they hear besides."""
        hearers, ahead = settings["hearers"], settings["ahead"]
        besides = {
            "nobody": _("each hears nobody else"),
            "neighbours": _("each hears those next to them"),
            "a dozen": _("each hears a dozen others"),
            "everyone": _("each hears everybody"),
        }[settings["hears"]]
        line = n_(
            "{hearers} of forty hears you, {besides}; you clap {ahead} a minute faster",
            "{hearers} of forty hear you, {besides}; you clap {ahead} a minute faster",
            hearers,
        )
        return line.format(hearers=hearers, besides=besides, ahead=ahead)

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What a crowd that does not follow shows."""
        if settings["hears"] == "everyone" and found["followers"] < PEOPLE:
            return _("They are together, and not with you: each hears thirty-nine others, and you are one more.")
        if settings["hears"] == "nobody":
            return _("Who hears you follows you, and passes nothing on.")
        return _("Those who hear you are pulled by you, and held back by those who do not.")
