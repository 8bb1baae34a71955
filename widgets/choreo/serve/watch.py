"""Notices that a server has stopped answering, though its process runs."""

from __future__ import annotations

import threading
from collections.abc import Callable

EVERY = 3.0  # seconds between two questions
MISSES = 5  # answers that did not come, one after another, until a server counts as stuck
START = 20  # answers that may be missing besides while a new server starts


class Watch:
    """Asks now and then, beside everything else, whether a server answers."""

    def __init__(self, answers: Callable[[], bool], every: float = EVERY) -> None:
        """Begin to ask; `answers` says whether it does, within a few seconds."""
        self._answers, self._every = answers, every
        self._missed = 0
        self._over = threading.Event()
        threading.Thread(target=self._ask, daemon=True, name="watch").start()

    @property
    def stuck(self) -> bool:
        """Whether the server has not answered for several times in a row."""
        return self._missed >= MISSES

    def forgive(self) -> None:
        """The server is a new one, and needs time to start."""
        self._missed = -START

    def end(self) -> None:
        """Ask no more."""
        self._over.set()

    def _ask(self) -> None:
        while not self._over.wait(self._every):
            self._missed = 0 if self._answers() else self._missed + 1
