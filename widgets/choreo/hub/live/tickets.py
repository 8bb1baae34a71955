"""Signed permissions to take a session home; what they open is in exports.py."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from choreo.hub.identity import unsealed

MINUTE = timedelta(minutes=1)


class Tickets:
    """Signed permissions to fetch one session's files within a minute."""

    def __init__(self, secret: bytes) -> None:
        """Sign with the hub's secret, so that every process of the hub takes them."""
        self._signer = URLSafeTimedSerializer(
            secret, salt="choreo.live.ticket", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def make(self, session: str) -> str:
        """A ticket."""
        return str(self._signer.dumps(session))

    def session(self, ticket: str) -> str | None:
        """The session of a ticket; None if it is forged or too old."""
        try:
            return str(unsealed(self._signer, ticket, MINUTE))
        except BadSignature:
            return None
