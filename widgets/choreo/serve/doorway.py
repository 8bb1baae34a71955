"""The lesson server's door to the network: small requests that come in time, and no more connections than files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPConnection, HTTPHeaders, HTTPMessageDelegate, RequestStartLine, ResponseStartLine
from tornado.netutil import bind_sockets
from tornado.web import Application

from choreo.hub.limits import HEAD, LONGEST_HEAD
from choreo.hub.listener import Listener
from choreo.hub.public import PREFIX, believe

BODY = 64 * 1024  # bytes; what pages post here is small
BODY_TIME = 20.0  # seconds
FRAME = 128 * 1024  # bytes that a page says at once: an answer of 64 KB, written out
UNREAD = 2 * FRAME  # bytes that are read ahead from one connection
BACKLOG = 1024


class Doorway(HTTPServer):
    """An HTTP server that believes what a proxy says about a client only if it knows the proxy."""

    def initialize(self, application: Application, proxies: Container[str]) -> None:  # type: ignore[override]
        """Serve the application; `proxies` are the addresses of those that are believed."""
        self._proxies = proxies
        super().initialize(
            application,
            xheaders=bool(proxies),
            max_header_size=LONGEST_HEAD,
            max_body_size=BODY,
            max_buffer_size=UNREAD,
            body_timeout=BODY_TIME,
            idle_connection_timeout=HEAD,
        )

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """Begin with a request; whoever is no proxy stands for itself."""
        if request_conn.context.remote_ip not in self._proxies:  # type: ignore[attr-defined]
            return self.request_callback.start_request(server_conn, request_conn)  # type: ignore[union-attr]
        request_conn.context.trusted_downstream = self._proxies  # type: ignore[attr-defined]
        return _Behind(super().start_request(server_conn, request_conn))


class _Behind(HTTPMessageDelegate):
    """Has whoever answers a request find the path in front that its proxy says (X-Forwarded-Prefix)."""

    def __init__(self, answering: HTTPMessageDelegate) -> None:
        self._answering = answering

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        believe(headers.get(PREFIX, ""))
        return self._answering.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._answering.data_received(chunk)

    def finish(self) -> None:
        self._answering.finish()

    def on_connection_close(self) -> None:
        self._answering.on_connection_close()


def listen(
    application: Application,
    host: str,
    port: int,
    most: int,
    proxies: Container[str],
    refused: Callable[[], object] = lambda: None,
) -> Doorway:
    """A server on `host` and `port` with at most `most` connections at once; raise OSError if that cannot be.

    `refused` is called for each connection that was turned away.
    """
    server = Doorway(application, proxies)
    server.add_sockets(Listener(bound, most, proxies, refused) for bound in bind_sockets(port, host, backlog=BACKLOG))
    return server
