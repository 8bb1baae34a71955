"""Kernels as Voilà starts them, confined: for lessons that cannot be forked."""

from __future__ import annotations

import os
import sys

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.handlers import KernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from choreo.serve.confined import possible
from choreo.serve.guard import Guarded
from choreo.serve.guests import LeaveHandler


class ConfinedKernels(KernelSpecManager):
    """Has every kernel confined before it runs anything."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The kernel, which says what the page can show, and which `confined` is asked to run where that is possible."""
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = [*spec.argv, "--ext=choreo.serve.in_stock_kernel"]
        if possible(os.environ):
            program = sys.executable if spec.argv[0].startswith("python") else spec.argv[0]
            spec.argv = [sys.executable, "-m", "choreo.serve.confined", program, *spec.argv[1:]]
        return spec


class StockKernel(Guarded, KernelHandler):
    """A kernel of Voilà's."""


class StockSocket(Guarded, VoilaKernelWebsocketHandler):
    """What a page and its kernel of Voilà's say to each other."""


class StockShutdown(Guarded, LeaveHandler):
    """The end of a kernel of Voilà's."""
