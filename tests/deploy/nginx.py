"""Debian's nginx with the deploy/nginx.conf that operators get, on loopback, with a certificate of the test's own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.serve.course import ROOT

HOST = "course.example.org"  # as the file says, and no name that anybody has
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
PATIENCE = 10.0  # seconds until it must listen
REMEDY = "install Debian's nginx and openssl (apt-get install --no-install-recommends nginx openssl)"


def program(name: str) -> str:
    """Where a program is that this needs; without it the test is skipped, but on a Linux of CI it fails."""
    if found := shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        return found
    if os.environ.get("CI") and sys.platform == "linux":
        pytest.fail(f"CI has no {name}; {REMEDY}")
    pytest.skip(f"no {name} on this machine; {REMEDY}")


@dataclass(frozen=True)
class Certificate:
    """Of the course's host, signed by itself."""

    chain: Path
    key: Path


def certificate(folder: Path) -> Certificate:
    """A new one."""
    made = Certificate(folder / "fullchain.pem", folder / "privkey.pem")
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    named = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(made.key), "-out", str(made.chain)]
    subprocess.run([program("openssl"), "req", *kind, *named, *files], check=True, capture_output=True)
    return made


@dataclass(frozen=True)
class Front:
    """Where nginx is."""

    secure: int  # the port of https
    plain: int  # and of http
    path: str  # in front of everything

    @property
    def origin(self) -> str:
        """As browsers name it."""
        return f"https://{HOST}:{self.secure}"

    @property
    def address(self) -> str:
        """Of the home page, without the slash at its end."""
        return f"{self.origin}{self.path}"


def front(path: str) -> Front:
    """A place at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return Front(one.getsockname()[1], other.getsockname()[1], path)


def filled(front: Front, hubs: Sequence[int], lessons: Sequence[int], made: Certificate, folder: Path) -> str:
    """The file for these ports of one or two hubs and lesson servers; each thing to be filled in must be there."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.strip().startswith("listen [::]:")]
    several = max(len(hubs), len(lessons)) > 1
    text = "\n".join(line.removeprefix("#2") if several else line for line in lines)
    scratch = " ".join(f"{kind}_temp_path {folder / kind};" for kind in KINDS)
    places = {"8010": hubs[0], "8020": lessons[0]} | ({"8011": hubs[-1], "8021": lessons[-1]} if several else {})
    for said, mine in {
        "user www-data;": f"user {getpass.getuser()};",
        "/run/nginx.pid": str(folder / "pid"),
        "/var/log/nginx/error.log": str(folder / "error.log"),
        "http {\n": f"http {{\n{scratch}\n",
        'map $host $choreo_front { default ""; }': f'map $host $choreo_front {{ default "{front.path}"; }}',
        "listen 80": f"listen 127.0.0.1:{front.plain}",
        "listen 443": f"listen 127.0.0.1:{front.secure}",
        f"/etc/letsencrypt/live/{HOST}/fullchain.pem": str(made.chain),
        f"/etc/letsencrypt/live/{HOST}/privkey.pem": str(made.key),
        **{f"127.0.0.1:{port}": f"127.0.0.1:{mine}" for port, mine in places.items()},
    }.items():
        assert said in text, said
        text = text.replace(said, mine)
    return text


@contextmanager
def nginx(
    front: Front, hubs: Sequence[int], lessons: Sequence[int], made: Certificate, folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """The proxy before servers at these ports."""
    folder.mkdir(exist_ok=True)
    file = folder / "nginx.conf"
    file.write_text(filled(front, hubs, lessons, made, folder), "utf-8")
    command = [program("nginx"), "-p", str(folder), "-c", str(file), "-g", "daemon off;"]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        end = time.monotonic() + PATIENCE
        while not _listens(front.secure):
            gone = process.poll() is not None or time.monotonic() > end
            assert not gone, (folder / "said").read_text()
            time.sleep(0.01)
        yield process
    finally:
        process.terminate()  # at once; what is under way is broken off
        process.wait(PATIENCE)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False
