"""Runs the hub: `python -m choreo.hub`."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import sys
from pathlib import Path

import uvicorn

from choreo.hub.app import create_app
from choreo.hub.database import DatabaseError
from choreo.hub.identity import SecretError
from choreo.hub.lifeline import hold_lifeline
from choreo.hub.live.service import Live
from choreo.hub.live.socket import LiveSocket
from choreo.hub.settings import LOOPBACK, Settings, own_address
from choreo.stores.file import data_folder

BACKLOG = 2048  # connections that may wait to be taken: a room comes all at once


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; 1 if the hub cannot start."""
    options = _options(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    if options.lifeline:
        hold_lifeline()
    settings = Settings(
        data=options.data,
        lessons=options.lessons,
        exercises=options.exercises,
        lesson_port=options.lesson_port,
        lesson_host=own_address(options.host),
        database=os.environ.get("CHOREO_DATABASE", ""),
        process=os.environ.get("CHOREO_PROCESS", ""),
        address=os.environ.get("CHOREO_ADDRESS", "").rstrip("/"),
        hosts=(*LOOPBACK, options.host) if options.host in LOOPBACK or options.host.startswith("127.") else (),
    )
    if settings.process and not settings.process.isalnum():
        print("choreo: CHOREO_PROCESS: a name of letters and digits, such as 1; mend or unset it.", file=sys.stderr)
        return 1
    try:
        app = create_app(settings)
        listener = _listen(options.host, options.port)
    except (DatabaseError, SecretError, OSError) as error:
        print(f"choreo: {error}", file=sys.stderr)
        return 1
    config = uvicorn.Config(
        app,
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=2,
        lifespan="on",
        ws=LiveSocket,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        backlog=BACKLOG,
    )
    _Server(config, app.state.live).run(sockets=[listener])
    return 0


class _Server(uvicorn.Server):
    """Says goodbye to live sessions before it waits for what is under way."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._live.hang_up()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise OSError(
            f"{host}:{port}: cannot listen ({error.strerror}); choose another with --host, --port."
        ) from error


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m choreo.hub", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--lesson-port", type=int, default=8001, help="port of the lesson server (%(default)s)")
    parser.add_argument("--lessons", type=Path, default=Path("lessons"), help="folder of the notebooks (%(default)s)")
    parser.add_argument(
        "--exercises", type=Path, default=Path("exercises"), help="folder of the exercises (%(default)s)"
    )
    parser.add_argument("--data", type=Path, default=data_folder(), help="folder of what learners made (%(default)s)")
    parser.add_argument("--lifeline", action="store_true", help="stop when standard input closes")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
