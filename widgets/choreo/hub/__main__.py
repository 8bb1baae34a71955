"""Runs the hub: `python -m choreo.hub`."""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
import time
from functools import partial
from pathlib import Path

import uvicorn

from choreo.hub.app import create_app
from choreo.hub.behind import Behind
from choreo.hub.database_errors import DatabaseError
from choreo.hub.front_door import asks_door
from choreo.hub.health import TAKEN
from choreo.hub.identity import SecretError
from choreo.hub.jupyterhub.service import ServiceError, read_service
from choreo.hub.lifeline import hold_lifeline
from choreo.hub.limits import LONGEST_HEAD
from choreo.hub.listener import Listener, places
from choreo.hub.live.door import Door, is_alone
from choreo.hub.live.service import Live
from choreo.hub.live.socket import LiveSocket
from choreo.hub.lock import TakenError, hold
from choreo.hub.log import begin_log, complain
from choreo.hub.names import bracketed, listed, own_names
from choreo.hub.networks import Networks, proxies
from choreo.hub.operators import Operators
from choreo.hub.patience import PatientHttp
from choreo.hub.public import PublicError, read_public
from choreo.hub.readiness import Readiness
from choreo.hub.servers import read_place, read_server
from choreo.hub.settings import Settings, own_address
from choreo.stores.file import data_folder

LONGEST_DRAIN = 300.0  # seconds
BACKLOG = 2048  # connections that may wait to be taken: a room comes all at once


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; 1 if the hub cannot start."""
    options = _options(arguments)
    begin_log()
    if options.lifeline:
        hold_lifeline()
    os.umask(0o077)  # whatever the hub writes is for whoever runs it alone
    host, port = options.door or (options.host, options.port)
    try:
        operators = Operators(listed(os.environ.get("CHOREO_OPERATORS")))
        believed = proxies(bool(options.door))
        drain = seconds(os.environ.get("CHOREO_DRAIN"))
        public = read_public(os.environ.get("CHOREO_ADDRESS", ""))
        jupyterhub = read_service(os.environ) if options.jupyterhub else None
    except PublicError as error:
        complain(f"CHOREO_ADDRESS: {error}")
        return 1
    except (ServiceError, ValueError) as error:
        complain(str(error))
        return 1
    settings = Settings(
        data=options.data,
        lessons=options.lessons,
        exercises=options.exercises,
        lesson_servers=tuple(options.lesson_server),
        database=os.environ.get("CHOREO_DATABASE", ""),
        process=os.environ.get("CHOREO_PROCESS", ""),
        public=public,
        jupyterhub=jupyterhub,
        names=own_names(host, os.environ.get("CHOREO_ADDRESS", ""), listed(os.environ.get("CHOREO_HOSTS"))),
        operators=operators,
        migrate=os.environ.get("CHOREO_MIGRATE") != "0",
    )
    if settings.process and not settings.process.isalnum():
        complain("CHOREO_PROCESS: a name of letters and digits, such as 1; mend or unset it.")
        return 1
    try:
        here = f"http://{bracketed(own_address(host))}:{port}"
        lock = hold(settings.data, settings.process, here + public.path)
    except (TakenError, OSError) as error:
        complain(str(error))
        return 1
    with lock:
        return _serve(settings, options, here, drain, believed)


def _serve(settings: Settings, options: argparse.Namespace, here: str, drain: float, believed: Networks) -> int:
    """Serve until told to stop; `here` is where a browser on this machine finds the course."""
    try:
        app = create_app(settings)
        refused = partial(app.state.measures.refused, "connection")
        listener = Listener(_listen(options.host, options.port), places(), believed, refused)
    except (DatabaseError, SecretError, TakenError, OSError) as error:
        complain(str(error))
        return TAKEN if isinstance(error, PortError) else 1
    config = uvicorn.Config(
        Behind(app, believed),
        access_log=False,
        server_header=False,
        log_config=None,
        log_level="warning",
        loop="asyncio",
        http=PatientHttp,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        proxy_headers=False,  # Behind hears them
        timeout_graceful_shutdown=2,
        lifespan="on",
        ws=LiveSocket,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        backlog=BACKLOG,
    )
    server = _Server(config, app.state.live, app.state.readiness, drain)
    host, port = options.door or (options.host, options.port)
    if is_alone(host, os.environ):
        listen = asks_door(here) if options.door else server.listen
        app.state.live.has(Door(port, settings.names, settings.data / "phones", listen))
    server.run(sockets=[listener])
    return 0


class PortError(OSError):
    """The hub cannot listen where it should; the message names place, fault and remedy."""


class _Server(uvicorn.Server):
    """Says that it ends while it still serves, and goodbye to live sessions before it waits for what is under way."""

    def __init__(self, config: uvicorn.Config, live: Live, readiness: Readiness, drain: float) -> None:
        super().__init__(config)
        self._live, self._readiness, self._drain = live, readiness, drain

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        await self._live.open_again()

    async def listen(self, host: str, port: int) -> None:
        """Take connections there, too; raise OSError."""
        loop = asyncio.get_running_loop()

        def protocol() -> asyncio.Protocol:
            made: asyncio.Protocol = PatientHttp(self.config, self.server_state, self.lifespan.state, _loop=loop)
            return made

        listener = Listener(_listen(host, port), places() // 2)
        self.servers.append(await loop.create_server(protocol, sock=listener, backlog=BACKLOG))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._readiness.draining = True
        last = time.monotonic() + self._drain
        while time.monotonic() < last and not self.force_exit:
            await asyncio.sleep(0.05)
        await self._live.hang_up()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise PortError(
            f"{host}:{port}: cannot listen ({error.strerror}); choose another with --host, --port."
        ) from error


def seconds(text: str | None) -> float:
    """For how long /ready says that the hub ends, before it does; raise ValueError."""
    try:
        found = float(text or 0)
    except ValueError:
        found = -1.0
    if not 0 <= found <= LONGEST_DRAIN:
        raise ValueError(
            f"CHOREO_DRAIN: {text!r} is no number of seconds from 0 to {LONGEST_DRAIN:.0f}; mend or unset it."
        )
    return found


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m choreo.hub", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument(
        "--lesson-server", type=read_server, action="append", default=[], help="NAME=HOST:PORT; of each of them"
    )
    parser.add_argument(
        "--door",
        type=read_place,
        help="HOST:PORT at which the door listens, where this hub is behind one on its machine",
    )
    parser.add_argument("--jupyterhub", action="store_true", help="learners are who is signed in at the JupyterHub")
    parser.add_argument("--lessons", type=Path, default=Path("lessons"), help="folder of the notebooks (%(default)s)")
    parser.add_argument(
        "--exercises", type=Path, default=Path("exercises"), help="folder of the exercises (%(default)s)"
    )
    parser.add_argument("--data", type=Path, default=data_folder(), help="folder of what learners made (%(default)s)")
    parser.add_argument("--lifeline", action="store_true", help="stop when standard input closes")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
