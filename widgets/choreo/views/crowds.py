"""The crowds of a learner, and a setting that is tried with one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from choreo.explorables.control import Settings
from choreo.explorables.explorable import Explorable
from choreo.explorables.judge import Tried, crowds, tries
from choreo.grading.goal import Goal

BREATH = 0.001  # s between two crowds that are tried, in which a move can be heard


class Crowds:
    """Ten crowds, always the same for one learner; a single one where luck plays no part."""

    def __init__(self, explorable: Explorable, first: int = 0) -> None:
        """Everybody's crowds, until it is known who plays; nothing is tried. `first` is the goal's first crowd."""
        self._explorable, self._first = explorable, first
        self.seeds = crowds(explorable, "", first)
        self.tried: list[Tried] = []  # with the newest setting, as far as they are known
        self._trying: asyncio.Task[None] | None = None

    def belong_to(self, whose: str) -> None:
        """From here on a learner's own; `whose` differs from learner to learner."""
        self.seeds = crowds(self._explorable, whose, self._first)

    @property
    def several(self) -> bool:
        """Whether there is more than one."""
        return len(self.seeds) > 1

    def after(self, seed: int) -> int:
        """The crowd after this one; the first after the last, and after one that is none of these."""
        at = self.seeds.index(seed) + 1 if seed in self.seeds else 0
        return self.seeds[at % len(self.seeds)]

    def start(self, goal: Goal, settings: Settings, told: Callable[[], None]) -> None:
        """Try a setting with each in turn, and call `told` whenever one more is known.

        That goes on while the loop runs, until `stop`; a program without a loop waits for all.
        """
        rest = self._each(tries(goal, self._explorable, dict(settings), self.seeds), told)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            for _tried in rest:
                pass
            return
        self._trying = loop.create_task(_in_turn(rest))

    def _each(self, tried: Iterator[Tried], told: Callable[[], None]) -> Iterator[Tried]:
        for one in tried:
            self.tried.append(one)
            told()
            yield one

    def stop(self) -> None:
        """Try no further, and forget what is known."""
        if self._trying is not None:
            self._trying.cancel()
        self._trying, self.tried = None, []


async def _in_turn(rest: Iterator[Tried]) -> None:
    await asyncio.sleep(BREATH)
    for _tried in rest:
        await asyncio.sleep(BREATH)
