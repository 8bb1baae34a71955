"""Ends a server with the process that started it, however that one ended."""

from __future__ import annotations

import os
import signal
import sys
import threading


def hold_lifeline(number: int = signal.SIGTERM) -> None:
    """Stop this process, as by that signal, once its standard input is closed."""
    stdin = sys.stdin.fileno()

    def watch() -> None:
        while os.read(stdin, 4096):
            pass
        os.kill(os.getpid(), number)

    threading.Thread(target=watch, daemon=True, name="lifeline").start()
