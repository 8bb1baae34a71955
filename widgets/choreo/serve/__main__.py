"""Run the lesson server: python -m choreo.serve --lessons lessons --port 8001 --hub http://127.0.0.1:8000."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
import tempfile
from pathlib import Path

# Ctrl-C while all this is read ends it at once and without a traceback; the server that it becomes hears it by itself.
signal.signal(signal.SIGINT, signal.SIG_DFL)

# jsonschema builds 39 grammars, which takes two seconds, to check kinds of addresses that no notebook has.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from choreo.hub.health import TAKEN  # noqa: E402
from choreo.hub.identity import SecretError, load_secret  # noqa: E402
from choreo.hub.lifeline import hold_lifeline  # noqa: E402
from choreo.hub.log import begin_log, complain  # noqa: E402
from choreo.hub.networks import NetworksError  # noqa: E402
from choreo.hub.public import PublicError, read_public  # noqa: E402
from choreo.hub.servers import read_place  # noqa: E402
from choreo.serve.confined import CLOSED, SCRATCH, hide_secret, lessons_environ, warning  # noqa: E402
from choreo.serve.settings import server_config  # noqa: E402
from choreo.serve.voila import LessonServer  # noqa: E402
from choreo.stores.private import SECRET_FILE  # noqa: E402


def main() -> None:
    """Serve until a signal comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=Path, required=True)
    parser.add_argument("--exercises", type=Path, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--hub", default="")
    parser.add_argument("--data", type=Path, help="folder of the secret that the hub signs with")
    parser.add_argument("--door", type=read_place, help="HOST:PORT at which the door before this server listens")
    parser.add_argument("--jupyterhub", action="store_true", help="passes count only with a sign-in at the JupyterHub")
    parser.add_argument("--sharing", type=int, default=1, help="lesson servers that share this machine's memory")
    parser.add_argument("--lifeline", action="store_true", help="stop when standard input closes")
    args = parser.parse_args()
    if args.data and CLOSED not in os.environ:  # started by itself: it gives up what `choreo start` gives up for it
        kept = lessons_environ(os.environ, args.data)
        os.environ.clear()
        os.environ.update(kept)
    scratch = tempfile.TemporaryDirectory(prefix="choreo-")  # its user may have no home that lessons can write to
    for name in SCRATCH:
        os.environ.setdefault(name, scratch.name)
    begin_log()
    secret = _secret()
    if args.hub and not (args.data or secret):
        parser.error(
            "--hub needs --data, or CHOREO_SECRET_FILE in the environment: passes that the hub gave are told from invented "
            "ones by the secret there"
        )
    try:
        read_public(os.environ.get("CHOREO_ADDRESS", ""))
    except PublicError as error:
        parser.error(f"CHOREO_ADDRESS: {error}")
    _look(args.host, args.port)
    os.environ["CHOREO_EXERCISES"] = str(args.exercises.resolve())
    if args.hub:
        os.environ["CHOREO_HUB"] = args.hub
    data = args.data.resolve() if args.data else None
    places = args.lessons.resolve(), args.exercises.resolve()
    door = args.door[0] if args.door else ""
    try:
        config = server_config(*places, args.host, args.port, args.hub, data, door)
    except NetworksError as error:
        complain(str(error))
        sys.exit(1)
    config.LessonServer.signed = args.jupyterhub
    config.LessonServer.sharing = args.sharing
    app = LessonServer(config=config, secret=secret)
    app.initialize([])
    if told := warning(os.environ):
        complain(told, logging.WARNING)
    if args.lifeline:
        hold_lifeline(signal.SIGINT)  # whoever started it is gone: nobody is there to lead pages elsewhere
    app.start()


def _secret() -> bytes:
    """The hub's secret, if a file that has it is named, and hidden from lessons from now on; else empty."""
    if not os.environ.get(SECRET_FILE):
        return b""
    try:
        return load_secret(Path())
    except SecretError as error:
        complain(str(error))
        sys.exit(1)
    finally:
        hide_secret(os.environ)


def _look(host: str, port: int) -> None:
    """End at once, and say so, where another program has the port: Voilà would only find out after seconds."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        complain(f"{host}:{port}: cannot listen ({error.strerror}).")
        sys.exit(TAKEN)


main()
