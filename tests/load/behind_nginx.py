"""Two hubs on one PostgreSQL behind nginx with TLS, under a path: where `python -m tests.load.room --nginx` plays."""

from __future__ import annotations

import secrets
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.deploy.nginx import HOST, certificate, front, nginx
from tests.hub.live.visiting import serving
from tests.hub.postgres import postgres, programs
from tests.load.wire import Hubs, Place

from choreo.serve.places import private_ports

NAMES = ("8010", "8011")  # as deploy/nginx.conf knows them
PATH = "/choreo"


@contextmanager
def behind_nginx(folder: Path) -> Iterator[Hubs]:
    """All of them running; the lesson servers that nginx knows are not needed, and not there."""
    found, place, signed = programs(), front(PATH), certificate(folder)
    assert found is not None, "no PostgreSQL on this machine; install Debian's postgresql"
    (folder / "secret").write_bytes(secrets.token_bytes(32))
    with ExitStack() as stack:
        told = {
            "CHOREO_DATABASE": stack.enter_context(postgres(found)),
            "CHOREO_SECRET_FILE": str(folder / "secret"),
            "CHOREO_ADDRESS": place.address,
            "CHOREO_PROXIES": "127.0.0.1",
        }
        hubs = {name: stack.enter_context(serving(folder / name, CHOREO_PROCESS=name, **told)) for name in NAMES}
        stack.enter_context(
            nginx(place, [hub.port for hub in hubs.values()], private_ports(1), signed, folder / "nginx")
        )
        trusted = ssl.create_default_context(cafile=signed.chain)
        processes = {name: hub.process.pid for name, hub in hubs.items() if hub.process is not None}
        yield Hubs(Place(place.secure, HOST, PATH, trusted), processes)
