"""A learner without a browser: a cookie from the hub, and the websocket of a lesson's page."""

from __future__ import annotations

import asyncio
import json
import re
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from choreo.serve.forking.wire import Message, pack, unpack

LESSON = "09-choreography"
SOCKETS = []  # that a test has opened


class Visitor:
    """One learner, made by opening a lesson from the home page."""

    def __init__(self, course, lesson=LESSON, address=""):
        self.course, self.lesson = course, lesson
        self.address = address or course.address
        status, headers, _ = fetch(self.address, f"/lessons/{lesson}")
        assert status == 303, status
        self.cookie = headers["Set-Cookie"].split(";")[0]
        self.record = None

    def page(self):
        """The lesson's HTML."""
        status, _, body = fetch(self.address, f"/lessons/{self.lesson}/", Cookie=self.cookie)
        assert status == 200, (status, body)
        found = re.search(r'id="choreo-page">(.*?)</script>', body.decode())
        self.record = json.loads(found[1]) if found else None
        return body.decode()

    async def socket(self, page="page", lesson=None, version="", cookie=None, **headers):
        """The page's websocket, not yet heard."""
        cookie = self.cookie if cookie is None else cookie
        query = f"?page={page}" + (f"&version={version}" if version else "")
        address = self.address.replace("http", "ws") + f"/lessons/{lesson or self.lesson}/kernel{query}"
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        made = await websocket_connect(HTTPRequest(address, headers={"Cookie": cookie, **headers}))
        if made.protocol:  # once the server has hung up, it no longer says which stream that was
            SOCKETS.append((made, made.protocol.stream))
        return made

    def widgets(self):
        """The widgets' recorded state, by id."""
        if self.record is None:
            self.page()
        return json.loads(fetch(self.address, self.record["widgets"])[2])["state"]

    def link(self):
        """The id of the widget that brings the learner's work back."""
        return next(id for id, one in self.widgets().items() if "whose" in one["state"])


def fetch(server, path, method="GET", **headers):
    """Status, headers and body, without following redirects; the path goes out as it is."""
    place = urlsplit(server)
    connection = HTTPConnection(place.hostname, place.port, timeout=20)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        return reply.status, reply.headers, reply.read()
    finally:
        connection.close()


def said(widget, content):
    """A frame that says something to a widget, as its browser half does."""
    return pack(
        Message({"type": "comm_msg", "comm": widget, "id": "1", "data": {"method": "custom", "content": content}})
    )


async def opened(socket, link):
    """Ask for the learner's work; the link's traits that changed."""
    await socket.write_message(said(link, {"type": "open"}), binary=True)
    found = {}
    while True:
        frame = await socket.read_message()
        assert frame is not None, socket.close_code
        if isinstance(frame, str):
            continue
        content = unpack(frame).content
        if content["type"] == "idle":
            return found
        if content.get("comm") == link and content["data"].get("method") == "update":
            found |= content["data"]["state"]


def go(work):
    """Run async work within a minute; close its websockets."""

    async def whole():
        try:
            return await asyncio.wait_for(work, 60)
        finally:
            for made, stream in SOCKETS:
                made.close()
                stream.close()
            SOCKETS.clear()
            await asyncio.sleep(0.01)

    return asyncio.run(whole())
