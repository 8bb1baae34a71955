"""Who a learner is: a signed token, in a cookie for the browser and as a bearer for the lesson's kernel."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "choreo_learner"
MAX_AGE = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
CHOICE_AGE = 15 * 60  # seconds to decide what to do with a device's own work
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ2345678"  # 31 letters; no I and 1, no O, 0 and 9
CODE_LENGTH = 16
SECRET_BYTES = 32


class SecretError(Exception):
    """The secret that signs tokens cannot be read or made; the message names place, fault and remedy."""


def load_secret(folder: Path) -> bytes:
    """The secret in `folder`/secret, made at first use and readable by its owner only."""
    path = folder / "secret"
    try:
        if not path.exists():
            _make_secret(folder, path)
        secret = path.read_bytes()
    except OSError as error:
        raise SecretError(
            f"{path}: not read or made ({error.strerror}); make the folder writable, or choose another with --data."
        ) from error
    if len(secret) != SECRET_BYTES:
        raise SecretError(
            f"{path}: has {len(secret)} bytes instead of {SECRET_BYTES}; put back a copy of it, or move it away "
            "(then everybody starts anew: no cookie and no resume code will fit)."
        )
    return secret


def _make_secret(folder: Path, path: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix="secret-")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, path)
        except FileExistsError:
            return  # another hub was quicker; its secret counts
        except OSError:
            os.replace(name, path)  # a file system without links
    finally:
        Path(name).unlink(missing_ok=True)


class Identity:
    """Signs and reads tokens, and hashes resume codes, with one secret."""

    def __init__(self, secret: bytes) -> None:
        """Derive a key for each use."""
        self._signer = TimestampSigner(secret, salt="choreo.learner", digest_method=hashlib.sha256)
        self._choices = URLSafeTimedSerializer(
            secret, salt="choreo.resume", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._code_key = hmac.digest(secret, b"choreo.resume-code", "sha256")

    def token(self, learner: str) -> str:
        """A token for the learner, signed and dated now."""
        return self._signer.sign(learner).decode()

    def learner(self, token: str | None) -> str | None:
        """The learner that a token stands for; None if it is forged, expired or missing."""
        if not token:
            return None
        try:
            return self._signer.unsign(token, max_age=MAX_AGE).decode()
        except (BadSignature, UnicodeError):
            return None

    def visitor(self, request: Request) -> str | None:
        """The learner of the request's cookie."""
        return self.learner(request.cookies.get(COOKIE))

    def bearer(self, request: Request) -> str | None:
        """The learner of the request's bearer token."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return self.learner(token.strip()) if scheme.lower() == "bearer" else None

    def remember(self, request: Request, response: Response, learner: str) -> None:
        """Set (or renew) the cookie."""
        response.set_cookie(
            COOKIE,
            self.token(learner),
            max_age=MAX_AGE,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )

    def code_hash(self, code: str) -> str:
        """What is stored of a resume code; case, spaces and hyphens do not matter."""
        return hmac.digest(self._code_key, plain_code(code).encode(), "sha256").hex()

    def choice(self, source: str, target: str) -> str:
        """A sealed note: this device (`source`) proved that it may become `target`."""
        return str(self._choices.dumps([source, target]))

    def chosen(self, source: str | None, note: str) -> str | None:
        """The target in a sealed note; None if it is forged, too old, or another device's."""
        try:
            device, target = self._choices.loads(note, max_age=CHOICE_AGE)
        except (BadSignature, ValueError, TypeError):
            return None
        return str(target) if device == source else None


def new_code() -> str:
    """A fresh resume code, in groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def plain_code(text: str) -> str:
    """A code as typed, without what does not matter."""
    return "".join(text.split()).replace("-", "").replace("‐", "").replace("–", "").upper()


def is_code(text: str) -> bool:
    """Whether the text has a code's form."""
    plain = plain_code(text)
    return len(plain) == CODE_LENGTH and set(plain) <= set(ALPHABET)
