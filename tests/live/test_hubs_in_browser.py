"""Phone and projector behind a proxy with two hubs, of which the one that holds their session dies."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.hub.live.visiting import Server
from tests.live.backstage import Watch, Wire, coach_of

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

WITHIN = 20.0  # seconds
COOKIE = re.compile(rb"\bchoreo_process=(\w+)")


class Proxy(Wire):
    """As docs/serving.md says: by the cookie, else to the first; where no connection can be made, to the next. No 421s."""

    def __init__(self, ports: dict[str, int]) -> None:
        self._ports = ports
        super().__init__(0)

    def _carry(self, phone: socket.socket) -> None:
        with phone, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                if not (more := phone.recv(65536)):
                    return
                head += more
            named = COOKIE.search(head)
            chosen = named[1].decode() if named else ""
            for name in sorted(self._ports, key=lambda name: name != chosen):
                with contextlib.suppress(ConnectionRefusedError):
                    hub = socket.create_connection(("127.0.0.1", self._ports[name]))
                    break
            else:
                return
            with hub:
                hub.sendall(head)
                self._pairs.add((phone, hub))
                self._pump(phone, hub)


@pytest.fixture
def hubs(tmp_path: Path) -> Iterator[dict[str, Server]]:
    started = {name: Server(tmp_path / "data", environ={"CHOREO_PROCESS": name}) for name in ("2", "1")}
    try:
        for server in started.values():
            server.start()
        yield started
    finally:
        for server in started.values():
            if server.process is not None:
                server.kill()


def test_phone_and_projector_follow_their_session_to_another_hub(browser: Browser, hubs: dict[str, Server]) -> None:
    proxy, watch = Proxy({name: server.port for name, server in hubs.items()}), Watch(browser)
    with contextlib.closing(proxy), contextlib.closing(watch), coach_of(hubs["1"].port) as coach:
        context = watch.open()
        page, screen = context.new_page(), context.new_page()
        page.goto(f"{proxy.address}/join/{coach.code}")  # to hub 2, which knows that it is hub 1
        expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
        screen.goto(f"{proxy.address}/live/screen#{coach.opened['screen']}")
        expect(screen.get_by_text("1 person is here")).to_be_visible()
        coach.begin(0)
        page.get_by_role("radio", name="2").check()
        page.get_by_role("button", name="my answer").click()
        expect(page.locator("[data-state=sent]")).to_be_visible()
        hubs["1"].kill()
        died = time.monotonic()
        page.get_by_role("radio", name="4").check()
        page.get_by_role("button", name="my answer").click()
        expect(page.locator("#banner")).to_be_visible()
        expect(page.locator("#banner")).to_be_hidden()
        expect(page.locator("[data-state=sent]")).to_be_visible()
        expect(screen.locator("#trouble")).to_have_text("")
        took = time.monotonic() - died
        print(f"\nin the browser: back after {took:.1f} s")
        assert took < WITHIN
        assert [cookie.get("value") for cookie in context.cookies() if cookie.get("name") == "choreo_process"] == ["2"]
        with coach_of(hubs["2"].port, host=str(coach.opened["host"])) as after:
            after.until(lambda desk: desk["ballots"] == 1 and desk["people"]["here"] == 1)
        page.reload()
        expect(page.get_by_role("radio", name="4")).to_be_checked()
        assert watch.faults == []
