"""Runs the door: python -m choreo.door --port 8000 --hub 1=127.0.0.1:8001 --lesson-server 1=127.0.0.1:8002."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

from choreo.door.backends import Backends
from choreo.door.door import Door, bound
from choreo.hub.front_door import WORD
from choreo.hub.health import TAKEN
from choreo.hub.lifeline import hold_lifeline
from choreo.hub.log import begin_log, complain
from choreo.hub.networks import NetworksError, proxies
from choreo.hub.public import PublicError, read_public
from choreo.hub.servers import read_server


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; TAKEN where the port is another program's."""
    begin_log()
    options = _options(arguments)
    if options.lifeline:
        hold_lifeline()
    try:
        public, believed = read_public(os.environ.get("CHOREO_ADDRESS", "")), proxies()
        # A socket that whoever started this has opened outlives this process, and its port with it.
        listening = socket.socket(fileno=options.handed) if options.handed else bound(options.host, options.port)
    except PublicError as error:
        complain(f"CHOREO_ADDRESS: {error}")
        return 1
    except NetworksError as error:
        complain(str(error))
        return 1
    except OSError as error:
        complain(f"{options.host}:{options.port}: cannot listen ({error.strerror}).")
        return TAKEN
    backends = Backends(options.hub, options.lesson_server)
    asyncio.run(_serve(listening, Door(backends, public, believed, os.environ.get(WORD, ""), options.also)))
    return 0


async def _serve(listening: socket.socket, door: Door) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    await door.begin(listening)
    await stop.wait()
    await door.close()


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m choreo.door", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--handed", type=int, default=0, help="number of a listening socket that is there already")
    parser.add_argument(
        "--hub", type=read_server, action="append", required=True, help="NAME=HOST:PORT; its name is its CHOREO_PROCESS"
    )
    parser.add_argument("--lesson-server", type=read_server, action="append", required=True, help="NAME=HOST:PORT")
    parser.add_argument("--also", type=Path, help="file that keeps at which more hosts the hub has had it listen")
    parser.add_argument("--lifeline", action="store_true", help="stop when standard input closes")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
