"""Who a learner is: a signed token, in a cookie for the browser and as a bearer for the lesson's kernel."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from choreo import typed
from choreo.hub.public import ANYWHERE, Public
from choreo.stores import chosen, mark, private, zone

COOKIE = chosen.COOKIE
MAX_AGE = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
CHOICE_AGE = timedelta(minutes=15)  # to decide what to do with a device's own work
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ2345678"  # 31 letters; no I and 1, no O, 0 and 9
CODE_LENGTH = 16
SECRET_BYTES = 32


class SecretError(Exception):
    """The secret that signs tokens cannot be read or made; the message names place, fault and remedy."""


def load_secret(folder: Path) -> bytes:
    """The secret of this data folder, made at first use and readable by its owner only; one that is named is never made."""
    path = private.secret_place(folder)
    try:
        if not path.exists():
            if os.environ.get(private.SECRET_FILE):
                raise SecretError(
                    f"{path}: {private.SECRET_FILE} names it, and it is not there; make it once "
                    f"(head -c {SECRET_BYTES} /dev/urandom > {path}), give every machine a copy, or unset that."
                )
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
    folder.mkdir(mode=private.FOLDER, parents=True, exist_ok=True)
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

    def __init__(self, secret: bytes, public: Public = ANYWHERE) -> None:
        """Derive a key for each use; browsers keep cookies for where the course is for everybody."""
        self._public = public
        self._signer = TimestampSigner(secret, salt="choreo.learner", digest_method=hashlib.sha256)
        self._choices = URLSafeTimedSerializer(
            secret, salt="choreo.resume", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._code_key = hmac.digest(secret, b"choreo.resume-code", "sha256")

    def token(self, learner: str) -> str:
        """A token for the learner, signed and dated now."""
        return self._signer.sign(learner).decode()

    def learner(self, token: str | None) -> str | None:
        """The learner that a token stands for; None if it is forged or missing.

        Its date does not count: a server whose clock went wrong would take people's work from them.
        """
        if not token:
            return None
        try:
            return self._signer.unsign(token).decode()
        except (BadSignature, UnicodeError):
            return None

    def visitor(self, request: Request) -> str | None:
        """The learner of the request's cookie."""
        return self.learner(chosen.learner_pass(request.headers.get("cookie", "")))

    def bearer(self, request: Request) -> str | None:
        """The learner of the request's bearer token."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return self.learner(token.strip()) if scheme.lower() == "bearer" else None

    def remember(self, request: Request, response: Response, learner: str) -> None:
        """Set (or renew) the cookie, and beside it the learner's mark, which pages may read."""
        token, secure = self.token(learner), request.url.scheme == "https"
        home = self._public.home
        response.set_cookie(COOKIE, token, MAX_AGE, path=home, httponly=True, samesite="lax", secure=secure)
        response.set_cookie(mark.COOKIE, mark.mark(token), MAX_AGE, path=home, samesite="lax", secure=secure)

    def forget(self, request: Request, response: Response) -> None:
        """Take all cookies away; pages that are still open notice, and keep nothing more."""
        home, secure = self._public.home, request.url.scheme == "https"
        response.delete_cookie(COOKIE, path=home, httponly=True, samesite="lax", secure=secure)
        for name in (mark.COOKIE, zone.COOKIE):
            response.delete_cookie(name, path=home, samesite="lax", secure=secure)

    def code_hash(self, code: str) -> str:
        """What is stored of a resume code; case, spaces and hyphens do not matter."""
        return hmac.digest(self._code_key, typed.code(code).encode(), "sha256").hex()

    def choice(self, source: str, target: str) -> str:
        """A sealed note: this device (`source`) proved that it may become `target`."""
        return str(self._choices.dumps([source, target]))

    def chosen(self, source: str | None, note: str) -> str | None:
        """The target in a sealed note; None if it is forged, too old, or another device's."""
        try:
            device, target = unsealed(self._choices, note, CHOICE_AGE)
        except (BadSignature, ValueError, TypeError):
            return None
        return str(target) if device == source else None


def unsealed(serializer: URLSafeTimedSerializer, text: str, age: timedelta) -> Any:
    """What was signed at most `age` ago, or in the future: a clock may go back. Raise BadSignature for all else."""
    content, made = serializer.loads(text, return_timestamp=True)
    if datetime.now(UTC) - made > age:
        raise SignatureExpired("it is too old", payload=content, date_signed=made)
    return content


def new_code() -> str:
    """A fresh resume code, in groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def is_code(text: str) -> bool:
    """Whether the text has a code's form."""
    plain = typed.code(text)
    return len(plain) == CODE_LENGTH and set(plain) <= set(ALPHABET)
