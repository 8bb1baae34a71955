"""What cells find in IPython, in both kinds of kernels: charts, commands, and quick words where something cannot be."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from importlib.util import find_spec
from typing import Any, NoReturn

from choreo.words import _

PATIENCE = 20  # seconds for a command
INLINE = "module://matplotlib_inline.backend_inline"


class NobodyAskedError(RuntimeError):
    """There is nobody to type an answer."""


def set_up(shell: Any) -> None:
    """Ready this process and its shell for an author's cells."""
    os.environ.setdefault("MPLBACKEND", INLINE)
    os.environ["PLOTLY_RENDERER"] = "plotly_mimetype"  # one Plotly in the page, and no script of 5 MB in each figure
    sys.dont_write_bytecode = True  # nothing is written into the course, and a module that changes is read anew
    shell.system = lambda command: run(shell, command)
    for name in ("bash", "sh"):  # IPython's own would leave a thread behind, and what has threads cannot be forked well
        shell.register_magic_function(lambda line, cell, name=name: run(shell, [name], cell), "cell", name)
    builtins.input = nobody
    activate = shell.enable_matplotlib
    shell.enable_matplotlib = lambda gui=None: activate(gui) if find_spec("matplotlib") else (None, "inline")


def run(shell: Any, command: str | list[str], script: str = "") -> None:
    """Run a command (`!command`) and print what it says; its exit code is `_exit_code`. No terminal is needed for that."""
    if isinstance(command, str):
        command = shell.var_expand(command, depth=2)
    try:
        done = subprocess.run(
            command,
            shell=isinstance(command, str),
            input=script,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        print(_("{command}: ended after {seconds} seconds.").format(command=command, seconds=PATIENCE))
        shell.user_ns["_exit_code"] = -1
    else:
        print(done.stdout, end="")
        shell.user_ns["_exit_code"] = done.returncode


def nobody(prompt: object = "") -> NoReturn:
    """Say that a lesson's cell has nobody to ask."""
    raise NobodyAskedError(_("input() has nobody to ask while a lesson is run; use a field of ipywidgets."))
