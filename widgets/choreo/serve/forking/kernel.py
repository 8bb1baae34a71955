"""A learner's kernel: the fork of a lesson that has run. It answers the widgets of one page, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import random
import signal
import socket
import sys
from collections.abc import Mapping

import numpy as np

from choreo.serve.confined import part
from choreo.serve.forking.comms import Comms
from choreo.serve.forking.wire import Message, WireError, pack, receive_frame, send_frame, unpack

log = logging.getLogger(__name__)

LONGEST_WORK = 60  # seconds for one message; a kernel that is stuck would not notice that its page has gone
MEMORY = 2**28  # bytes of its own that a kernel may hold; one that asks for more gets a MemoryError


def be_kernel(connection: socket.socket, comms: Comms, environ: Mapping[str, str]) -> None:
    """Serve the page at the other end of `connection` until it is gone, then end this process.

    `environ` is what belongs to this learner's visit. Runs in a fresh fork: what must differ from learner to learner
    (random streams, environment) is set here, before anything else.
    """
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        part(os.environ)
        os.environ.update(environ)
        random.seed()
        np.random.seed()
        _bound_memory()

        def say(message: Message) -> None:
            # A page that has left hears nothing more; what it said before it left is heard all the same.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                send_frame(connection, pack(message))

        comms.join(say)
        asyncio.run(_serve(connection, comms))
        code = 0
    except (BrokenPipeError, ConnectionResetError):
        code = 0
    except BaseException:
        log.exception("A lesson's kernel ended")
    finally:
        sys.stderr.flush()
        os._exit(code)  # no exit handlers: those are the template's


async def _serve(connection: socket.socket, comms: Comms) -> None:
    """Hear one message after another; an event loop runs, for components that start tasks."""
    loop = asyncio.get_running_loop()
    gone = asyncio.Event()

    def leave() -> None:
        loop.remove_reader(connection.fileno())
        gone.set()

    def readable() -> None:
        try:
            frame = receive_frame(connection)
            if frame is None:
                leave()
            else:
                signal.alarm(LONGEST_WORK)
                comms.hear(unpack(frame))
        except WireError as error:
            log.warning("The page sent %s; left out.", error)
        except ConnectionResetError:
            leave()
        finally:
            signal.alarm(0)

    loop.add_reader(connection.fileno(), readable)
    await gone.wait()


def _bound_memory() -> None:
    import resource

    bound = _shared() + MEMORY
    with contextlib.suppress(ValueError, OSError):  # a tighter limit is set already
        resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))


def _shared() -> int:
    """Bytes of data that a fresh fork shares with its template; 0 where nobody says."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def settle() -> None:
    """Move all that exists out of the garbage collector's sight, so that forks go on sharing its memory."""
    gc.collect()
    gc.freeze()
