"""What lets somebody in: tokens with 128 random bits, of which the database keeps only a hash; and the join code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from typing import Any

from choreo import typed
from choreo.hub.identity import ALPHABET

CODE_LENGTH = 6
RANDOM_BYTES = 16
FORM = re.compile(r"([pshc])([0-9a-f]{16})\.([A-Za-z0-9_-]{22})")


def new_session() -> str:
    """The id of a new session; it authorises nothing."""
    return secrets.token_hex(8)


def new_token(kind: str, session: str) -> str:
    """A token of a phone ("p"), a host ("h") or a second coach ("c")."""
    return f"{kind}{session}.{secrets.token_urlsafe(RANDOM_BYTES)}"


def screen_token(host: str) -> str:
    """The token of the screen that belongs to this host token: it can be made from it, but not the other way round."""
    digest = hmac.digest(host.encode(), b"choreo.live.screen", "sha256")[:RANDOM_BYTES]
    return f"s{session_of(host, 'h')}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def session_of(token: object, kind: str) -> str | None:
    """The session that a token of this kind claims to be for; None if it has not the form of one."""
    found = FORM.fullmatch(token) if isinstance(token, str) else None
    return found[2] if found is not None and found[1] == kind else None


def hashed(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def fits(token: str, known: str) -> bool:
    """Whether this is the token whose hash is known."""
    return hmac.compare_digest(hashed(token), known)


def new_code() -> str:
    """A join code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def code_in(text: object) -> str | None:
    """The join code in what somebody typed; None if it cannot be one."""
    code = typed.code(text[:80]) if isinstance(text, str) else ""
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def new_key() -> str:
    """A key for the ballots of one step."""
    return secrets.token_hex(32)


def ballot_hash(key: str, secret: str, run: int) -> str:
    """Under what a ballot is kept: the same for the same phone in the same run, and nothing to anybody without the secret."""
    return hmac.digest(bytes.fromhex(key), f"{secret}|{run}".encode(), "sha256").hex()


def canonical(answer: Any) -> str:
    """One text for one answer, however it was written."""
    return json.dumps(answer, sort_keys=True, separators=(",", ":"))
