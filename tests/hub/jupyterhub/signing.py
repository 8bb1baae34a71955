"""A small JupyterHub on loopback, as far as a service speaks with it, and browsers that sign in there."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from tests.hub.visiting import Browser, Hub

from choreo.hub.jupyterhub.bond import SESSION
from choreo.hub.jupyterhub.service import Service

CALLBACK = "/services/choreo/oauth_callback"


@dataclass
class FakeHub:
    """Gives out codes, takes each once, and says whose the token is that it gave for one."""

    codes: dict[str, tuple[str, str]] = field(default_factory=dict)  # user and challenge, by code
    tokens: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    answer: tuple[int, bytes] | None = None  # to everything, in place of what is right
    service: Service = field(init=False)

    def authorize(self, location: str, user: str) -> str:
        """The address to which a browser is sent back whose user signs in as `user`."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert location.startswith("/hub/api/oauth2/authorize?")
        assert (asked["client_id"], asked["redirect_uri"]) == ("service-choreo", CALLBACK)
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_hex(8)
        self.codes[code] = user, asked["code_challenge"]
        return f"/oauth_callback?code={code}&state={asked['state']}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        user, challenge = self.codes.pop(form.get("code", ""), ("", ""))
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        right = form["client_secret"] == "hush" and form["redirect_uri"] == CALLBACK and proof == challenge
        if not user or not right:
            return None
        token = secrets.token_hex(8)
        self.tokens[token] = user
        return {"access_token": token, "token_type": "Bearer"}


@contextmanager
def fake_hub() -> Iterator[FakeHub]:
    hub = FakeHub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply(hub.token({name: values[0] for name, values in parse_qs(body).items()}))

        def do_GET(self) -> None:
            user = hub.tokens.get(self.headers["Authorization"].removeprefix("token "))
            self._reply({"name": user, "kind": "user", "groups": []} if user else None)

        def _reply(self, said: dict[str, Any] | None) -> None:
            hub.asked.append(self.path)
            status, body = hub.answer or (200 if said else 403, json.dumps(said).encode())
            self.send_response(status)
            if status == 302:
                self.send_header("Location", body.decode())
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api = f"http://127.0.0.1:{server.server_address[1]}/hub/api"
    hub.service = Service("service-choreo", "hush", api, "/hub", CALLBACK)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sign_in(fake: FakeHub, browser: Browser, user: str, path: str = "/") -> httpx.Response:
    """What the course answers when the browser comes back from the JupyterHub."""
    away = browser.get(path)
    assert away.status_code == 303, away.text
    browser.client.cookies.set(SESSION, f"session-{secrets.token_hex(4)}")
    return browser.get(fake.authorize(away.headers["location"], user))


def signed_in(fake: FakeHub, hub: Hub, user: str) -> Browser:
    browser = hub.browser()
    assert sign_in(fake, browser, user).headers["location"] == "/"
    return browser


def rows(hub: Hub) -> int:
    database = hub.database()
    with database.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM account").scalar_one()
    database.close()
    return int(count)
