"""The settings that a learner keeps beside one stage, and whether the newest list of them is stored."""

from __future__ import annotations

from typing import Any

from choreo.explorables.control import Settings
from choreo.explorables.explorable import Explorable
from choreo.grading.play import Play
from choreo.models.run import Run
from choreo.progress.store import StoreError
from choreo.progress.work import Work
from choreo.views.pins import Pin, pin, sound_pins, with_pin


class KeptSettings:
    """A list, newest first. What was kept before the learner's work was there goes on top of what comes with it."""

    def __init__(self, explorable: Explorable, begin: Settings) -> None:
        """Nothing is kept. Where `settings` of older pins are missing, those of the beginning stand in."""
        self._explorable, self._begin = explorable, begin
        self.crowd = 0  # stands in where an older pin names none
        self.pins: list[Pin] = []
        self._stored: list[Pin] = []
        self._whole = False  # whether all that was stored is in the list
        self._unsaved = False

    @property
    def unsent(self) -> dict[str, Any]:
        """What of the player's `state` a browser holds on to until it is stored."""
        return {"pinned": self.pins, "whole": self._whole} if self._unsaved else {}

    def bring_back(self, given: object) -> None:
        """Take in a list that was stored; the last one counts, once all are in."""
        self._stored = self._sound(given)

    def all_in(self) -> None:
        """All that was stored has come."""
        self.pins = self._on_top(self.pins, self._stored) if self._unsaved and not self._whole else self._newest()
        self._whole = True

    def add(self, settings: Settings, seed: int, found: Run) -> None:
        """Keep a setting, and what its run came to."""
        self._put(with_pin(self.pins, pin(self._explorable, settings, seed, found)))

    def drop(self, at: int) -> None:
        """Take one off the list."""
        self._put(self.pins[:at] + self.pins[at + 1 :])

    def take(self, given: object, whole: bool) -> None:
        """A list that an earlier page could not have stored; one that was not `whole` goes on top."""
        pins = self._sound(given)
        self._put(pins if whole else self._on_top(pins, self.pins))

    def _put(self, pins: list[Pin]) -> None:
        self.pins, self._unsaved = pins, True

    def _sound(self, given: object) -> list[Pin]:
        return sound_pins(self._explorable, given, self._begin, self.crowd)

    def save(self, play: Play, work: Work) -> str:
        """Store the list, if it is not; what went wrong, in words, or nothing."""
        while self._unsaved:
            sent = self.pins
            try:
                work.keep(play, {"pinned": sent}, None, "settings")
            except StoreError as fault:
                return str(fault)
            self._unsaved = self.pins is not sent  # to store may have brought older ones
        return ""

    def _newest(self) -> list[Pin]:
        return self.pins if self._unsaved else self._stored or self.pins

    @staticmethod
    def _on_top(new: list[Pin], old: list[Pin]) -> list[Pin]:
        for one in reversed(new):
            old = with_pin(old, one)
        return old
