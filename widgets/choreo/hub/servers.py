"""A server by name, as others on the same machine or in the same network reach it."""

from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import dataclass


@dataclass(frozen=True)
class Server:
    """A hub or a lesson server."""

    name: str  # letters and digits; of a hub: its CHOREO_PROCESS
    host: str
    port: int


def read_place(text: str) -> tuple[str, int]:
    """Host and port in a setting, HOST:PORT; raise ArgumentTypeError."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise ArgumentTypeError(f"{text}: is no place; write HOST:PORT, such as 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


def read_server(text: str) -> Server:
    """The server in a setting, NAME=HOST:PORT; raise ArgumentTypeError.

    >>> read_server("2=127.0.0.1:8021"), read_server("1=[::1]:80")
    (Server(name='2', host='127.0.0.1', port=8021), Server(name='1', host='::1', port=80))
    """
    name, _, place = text.partition("=")
    if not (name.isascii() and name.isalnum()):
        raise ArgumentTypeError(f"{text}: is no server; write NAME=HOST:PORT, such as 1=127.0.0.1:8001.")
    return Server(name, *read_place(place))
