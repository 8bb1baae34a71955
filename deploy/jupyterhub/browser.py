"""A browser as far as a sign-in needs one: it keeps cookies by host and path, and follows redirects."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode, urljoin, urlsplit

FAR = 25  # redirects


class WrongError(Exception):
    """Something is not as it should be."""


@dataclass
class Answer:
    """What came, in the end, and from where."""

    status: int
    address: str
    text: str
    ways: list[str]  # addresses that led here


@dataclass
class Browser:
    """Keeps cookies by host and path as browsers do, and follows redirects. All hosts are this machine."""

    jar: dict[tuple[str, str, str], str] = field(default_factory=dict)  # (domain, path, name) to value

    def cookies(self, address: str) -> dict[str, str]:
        """Those that go along with a request for an address."""
        host, path = urlsplit(address).hostname or "", urlsplit(address).path or "/"
        fitting = sorted(self.jar.items(), key=lambda item: len(item[0][1]))
        return {
            name: value
            for (domain, place, name), value in fitting
            if (host == domain or (domain[:1] == "." and f".{host}".endswith(domain))) and path.startswith(place)
        }

    def ask(
        self, address: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """One request: status, headers (names in small letters) and text of the answer."""
        at = urlsplit(address)
        sent = {"Host": at.netloc, "Accept": "text/html,*/*", **(headers or {})}
        if cookies := self.cookies(address):
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        body = None
        if form is not None:
            body = urlencode(form)
            own = {"Origin": f"{at.scheme}://{at.netloc}", "Referer": address, "Sec-Fetch-Mode": "navigate"}
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", **own}
        line = http.client.HTTPConnection("127.0.0.1", at.port or 80, timeout=60)
        line.request(
            "POST" if form is not None else "GET", f"{at.path or '/'}{'?' if at.query else ''}{at.query}", body, sent
        )
        reply = line.getresponse()
        for cookie in reply.headers.get_all("Set-Cookie") or ():
            self._keep(at.hostname or "", cookie)
        text = "" if reply.status == 101 else reply.read().decode("utf-8", "replace")
        line.close()
        return reply.status, {name.lower(): value for name, value in reply.headers.items()}, text

    def go(self, address: str, form: dict[str, str] | None = None) -> Answer:
        """The page at the end of all redirects."""
        ways: list[str] = []
        for _ in range(FAR):
            status, headers, text = self.ask(address, form)
            if status not in (301, 302, 303, 307):
                return Answer(status, address, text, ways)
            ways.append(address)
            address, form = urljoin(address, headers["location"]), None
        raise WrongError(f"redirected for ever: {ways[-4:]}")

    def _keep(self, host: str, cookie: str) -> None:
        pair, *said = (part.strip() for part in cookie.split(";"))
        name, _, value = pair.partition("=")
        attributes = {key.lower(): what for key, _, what in (part.partition("=") for part in said)}
        domain = f".{attributes['domain'].lstrip('.')}" if attributes.get("domain") else host
        key = (domain, attributes.get("path", "/"), name)
        gone = attributes.get("max-age") == "0" or "1970" in attributes.get("expires", "") or not value.strip('"')
        if gone or _past(attributes.get("expires", "")):
            self.jar.pop(key, None)
        else:
            self.jar[key] = value


def _past(when: str) -> bool:
    try:
        return datetime.strptime(when, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC) < datetime.now(UTC)
    except ValueError:
        return False
