"""What the hub does when nobody asks: it forgets who never did anything, and who asked for how much; freed memory goes back."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool

from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.memory import give_back
from choreo.hub.rates import Rates

EVERY = 30.0  # seconds between two looks at the memory and at what was counted
SWEEP = 3600.0  # seconds between two looks at the learners
UNSEEN = timedelta(days=7)  # after which somebody who has kept nothing is forgotten

log = logging.getLogger("choreo.hub")


class Housekeeping:
    """A task beside everything else."""

    def __init__(self, database: Database, rates: Rates, now: Callable[[], datetime]) -> None:
        """Keep the collaborators."""
        self._database, self._rates, self._now = database, rates, now
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self) -> None:
        swept = -SWEEP
        while True:
            try:
                await run_in_threadpool(self._rates.sweep)
                if time.monotonic() - swept >= SWEEP:
                    swept = time.monotonic()
                    await run_in_threadpool(self._database.sweep_learners, self._now() - UNSEEN)
            except DatabaseError as error:
                log.error("%s", error)
            give_back()
            await asyncio.sleep(EVERY)
