"""The warm process, and the templates that it forks: one for each lesson, which has run the notebook and waits to be forked.

    python -m choreo.serve.forking.zygote   (standard input is the control socket)

Both have one thread, no event loop, no open connection but their control socket; both end when it closes. Requests are
frames of JSON; the socket that a child is to serve comes along as a file descriptor.

    zygote:   {"lesson": path, "patience": seconds}  with a control socket  -> forks a template, which may run so long
    template: answers first with its recording ({"cells", "outputs", "widgets"} or {"error"})
              {"environ": {...}}                     with a kernel's socket -> forks a kernel, answers {"pid"}

Whoever is stuck gets an alarm, says where, and ends: nobody else could end it once the lesson server is gone.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import logging
import os
import pkgutil
import random
import signal
import socket
import sys
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import numpy as np

from choreo.hub.log import FORM, bound_log
from choreo.serve.capture import Capture
from choreo.serve.confined import confine
from choreo.serve.forking.comms import Comms
from choreo.serve.forking.kernel import be_kernel, settle
from choreo.serve.forking.recording import make_shell, record
from choreo.serve.forking.wire import Message, pack, send_frame, unpack
from choreo.serve.notebook import NotebookError
from choreo.serve.preview.renewal import renew
from choreo.serve.preview.watching import PREVIEW, Marks, code_of_lessons

log = logging.getLogger(__name__)


def _next_request(control: socket.socket) -> tuple[dict[str, Any], socket.socket] | None:
    head, descriptors, _, _ = socket.recv_fds(control, 4, 1)
    if not head or not descriptors:
        return None
    frame = b""
    length = int.from_bytes(head, "little")
    while len(frame) < length:
        part = control.recv(length - len(frame))
        if not part:
            return None
        frame += part
    return dict(unpack(frame).content), socket.socket(fileno=descriptors[0])


def be_zygote(control: socket.socket) -> None:
    """Import what lessons need, then fork a template for every request."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        before = code_of_lessons() if os.environ.get(PREVIEW) == "1" else None
        with nullcontext() if before is None else suppress(Exception):  # the lesson that needs it will say so
            _import_the_stack()
        confine(os.environ, tcp=False)
    except OSError:
        if _is_alone(control):
            return
        raise
    settle()
    while (asked := _next_request(control)) is not None:
        content, handed = asked
        if os.fork() == 0:
            control.close()
            _be_template(handed, Path(content["lesson"]), int(content["patience"]), before)
        handed.close()


def _is_alone(control: socket.socket) -> bool:
    """Whether the lesson server has ended: then the scratch folder may be gone, and what fails is nobody's news."""
    try:
        return control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _import_the_stack() -> None:
    import anywidget  # noqa: F401
    import ipywidgets  # noqa: F401

    import choreo.explorables
    import choreo.grading
    import choreo.lesson
    from choreo.views.source import read_ahead

    for package in (choreo.grading, choreo.explorables):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    read_ahead()


def _be_template(control: socket.socket, path: Path, patience: int, before: Marks | None = None) -> None:
    """Run the lesson, send what it shows, then fork a kernel for every request; ends this process.

    With the code as it was `before` it was imported, code that has changed since is imported anew.
    """
    try:
        signal.alarm(patience)
        gc.unfreeze()
        if before is not None:
            renew(before)
        comms = Comms(path.stem)
        comms.install()
        capture = Capture(lambda form: comms.say({"type": "display", "form": form}, ()))
        os.chdir(path.parent)  # as in JupyterLab: data and modules beside the notebook are found by their names
        sys.path.insert(0, str(path.parent))
        random.seed(0)  # what cells draw is the same from every server of a course; each kernel then begins anew
        np.random.seed(0)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # commands that cells run are waited for
        try:
            recording = record(make_shell(capture), path)
        except NotebookError as error:
            send_frame(control, pack(Message({"error": str(error)})))
            return
        except Exception as error:
            if _is_alone(control):
                return
            log.exception("The lesson %s could not be run", path)
            send_frame(control, pack(Message({"error": f"{type(error).__name__}: {error}"})))
            return
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        signal.alarm(0)
        send_frame(control, pack(Message(vars(recording))))
        del recording
        settle()
        while (asked := _next_request(control)) is not None:
            content, handed = asked
            pid = os.fork()
            if pid == 0:
                control.close()
                be_kernel(handed, comms, content["environ"])
            handed.close()
            send_frame(control, pack(Message({"pid": pid})))
    except (BrokenPipeError, ConnectionResetError):
        pass
    except BaseException:
        log.exception("The template of %s ended", path)
    finally:
        os._exit(0)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format=FORM, stream=sys.stderr)
    bound_log()
    faulthandler.register(signal.SIGALRM, all_threads=False, chain=True)
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # forks must not hold the control socket as their standard input
    be_zygote(control)
