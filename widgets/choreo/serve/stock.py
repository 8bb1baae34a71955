"""Kernels of Voilà's, where there is no fork: as bounded as forked ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbclient.util import ensure_async

from choreo.serve.sessions import EACH, PER_KERNEL

SIZE = 120 * 2**20  # bytes that one such kernel needs: it shares nothing


class FullError(Exception):
    """There is no room for one more kernel."""


class StockKernels:
    """Starts kernels as a kernel manager does, for one learner at most EACH: the oldest ends first."""

    def __init__(self, manager: Any, room: int) -> None:
        """`room` is how many forked kernels would fit."""
        self._manager, self._most = manager, max(1, room * PER_KERNEL // SIZE)
        self._whose: dict[str, str] = {}  # learners by kernel, the oldest first
        self._coming = 0

    async def start(self, learner: str, **options: Any) -> str:
        """The id of a new kernel for the learner ("" where nobody is known); raise FullError."""
        running = set(self._manager.list_kernel_ids())
        self._whose = {kernel: owner for kernel, owner in self._whose.items() if kernel in running}
        own = [kernel for kernel, owner in self._whose.items() if learner and owner == learner]
        for kernel in own[: max(0, len(own) + 1 - EACH)]:
            del self._whose[kernel]
            await ensure_async(self._manager.shutdown_kernel(kernel, now=True))
        if len(self._whose) + self._coming >= self._most:
            raise FullError
        self._coming += 1
        try:
            kernel = str(await ensure_async(self._manager.start_kernel(**options)))
        finally:
            self._coming -= 1
        self._whose[kernel] = learner
        return kernel

    def manager_for(self, learner: str, environ: Mapping[str, str]) -> Any:
        """The kernel manager as Voilà's page asks it, with kernels that are this learner's and are told `environ`, too."""
        return _Manager(self, learner, environ, self._manager)


class _Manager:
    def __init__(self, kernels: StockKernels, learner: str, environ: Mapping[str, str], manager: Any) -> None:
        self._kernels, self._learner, self._environ, self._real = kernels, learner, environ, manager

    async def start_kernel(self, env: Mapping[str, str], **options: Any) -> str:
        return await self._kernels.start(self._learner, env={**env, **self._environ}, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)
