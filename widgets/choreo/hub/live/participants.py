"""Who belongs to a session: their names in its log, and the secrets by which their phones are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from choreo.hub.live.tokens import hashed


class Participants:
    """People and bots that ever joined."""

    def __init__(self, secrets: Mapping[str, str], names: Iterable[str]) -> None:
        """Begin with these: names by the hash of their phone's secret, and all names in the log."""
        self._secrets = dict(secrets)
        self._last = max((int(name[1:]) for name in names if name[1:].isdecimal()), default=0)

    def admit(self, secret_hash: str, who: str) -> None:
        """Know this phone from now on."""
        self._secrets[secret_hash] = who

    def known(self, secret: str) -> str | None:
        """Whose phone has this secret; None for a stranger's."""
        return self._secrets.get(hashed(secret))

    def new_name(self, kind: str) -> str:
        """A name in the log that nobody has had: "p17" for people, "b17" for bots."""
        self._last += 1
        return f"{kind}{self._last}"
