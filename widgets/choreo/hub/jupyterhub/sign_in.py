"""Signing in: to the JupyterHub, back with its code, and as the learner whom the map names."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from anyio import CapacityLimiter, to_thread
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from choreo.hub.body import Form
from choreo.hub.database import Database
from choreo.hub.database_errors import NobodyError
from choreo.hub.identity import Identity, unsealed
from choreo.hub.jupyterhub.accounts import Accounts
from choreo.hub.jupyterhub.bond import AGE, Bond
from choreo.hub.jupyterhub.question import AwayError, Question, RefusedError
from choreo.hub.jupyterhub.service import CALLBACK
from choreo.hub.learner_page import posted
from choreo.hub.limits import MOST_SIGN_INS, SIGN_INS_EACH, Held
from choreo.hub.quota import QuotaError
from choreo.hub.visitor import Visitors
from choreo.hub.web import Web
from choreo.hub.work import BACK

NONCE = "choreo_signing"  # the cookie by which a browser is known that comes back from the JupyterHub
WAY = timedelta(minutes=15)  # to type a password there
AT_ONCE = 8  # questions to the JupyterHub that wait at the same time
# An address of ours to come back to: no other host can be read in it.
PLACE = re.compile(r"/(?![/\\])[!-\[\]-~]{0,600}")

log = logging.getLogger("choreo.hub")


class SignIn:
    """The way to the JupyterHub and back."""

    def __init__(
        self,
        web: Web,
        database: Database,
        identity: Identity,
        visitors: Visitors,
        accounts: Accounts,
        bond: Bond,
        question: Question,
        secret: bytes,
        wipe: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        """Keep the collaborators; `wipe` has what was deleted wiped out of the database's files as well."""
        self._web, self._database, self._identity, self._visitors = web, database, identity, visitors
        self._accounts, self._bond, self._question, self._wipe, self._now = accounts, bond, question, wipe, now
        self._states = URLSafeTimedSerializer(
            secret, salt="choreo.jupyterhub-state", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._verifiers = hmac.digest(secret, b"choreo.jupyterhub-verifier", "sha256")
        self._asking, self._waiting = CapacityLimiter(AT_ONCE), Held(SIGN_INS_EACH, MOST_SIGN_INS)

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route(CALLBACK, self.back, methods=["GET"]),
            Route("/signin/choice", posted(self._choose), methods=["POST"]),
        ]

    def signed(self, request: Request) -> bool:
        """Whether the browser is signed in, as a learner who is known."""
        learner = self._identity.visitor(request)
        held = learner is not None and self._bond.holds(learner, request.headers.get("cookie", ""), AGE)
        return held and self._visitors.known(request) is not None

    def begin(self, request: Request) -> Response:
        """To the JupyterHub, with a sealed note of where to come back to; only this browser can use it."""
        to = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        kept = request.cookies.get(NONCE, "")  # windows side by side share it
        nonce = kept if re.fullmatch(r"[0-9a-f]{32}", kept) else secrets.token_hex(16)
        back = to if PLACE.fullmatch(to) else "/"
        state = str(self._states.dumps([_fingerprint(nonce), back]))
        proof = hashlib.sha256(self._verifier(nonce, state).encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        response = RedirectResponse(self._question.service.asks(state, challenge), 303)
        response.set_cookie(
            NONCE,
            nonce,
            int(WAY.total_seconds()),
            path=self._web.public.home,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response

    def over(self) -> Response:
        """That a form came too late. It cannot lead to the sign-in: browsers follow no form to another origin (form-action)."""
        return self._web.page("signin_fault", 403, BACK, why="over", to="/")

    async def back(self, request: Request) -> Response:
        """Back from the JupyterHub: the learner's pass, or why there is none."""
        nonce, state = request.cookies.get(NONCE, ""), request.query_params.get("state", "")[:4000]
        to, code = self._place(nonce, state), request.query_params.get("code", "")[:200]
        if to is None:
            return self._web.page("signin_fault", 403, why="strange", to="/")
        if not code:
            return self._web.page("signin_fault", 403, why="refused", to=to)
        address = request.client.host if request.client else ""
        if not self._waiting.enter(address):
            return self._web.page("signin_fault", 503, {"Retry-After": "5"}, why="many", to=to)
        try:
            verifier = self._verifier(nonce, state)
            name = await to_thread.run_sync(self._question.name, code, verifier, limiter=self._asking)
        except RefusedError:
            return self._web.page("signin_fault", 403, why="refused", to=to)
        except AwayError as error:
            log.error("The JupyterHub could not say who somebody is: %s.", error)
            return self._web.page("signin_fault", 503, {"Retry-After": "5"}, why="away", to=to)
        finally:
            self._waiting.leave(address)
        return await run_in_threadpool(self._welcome, request, name, to)

    def _place(self, nonce: str, state: str) -> str | None:
        """Where the browser wanted to go; None where this is not the end of a way that it began here."""
        try:
            fingerprint, to = unsealed(self._states, state, WAY)
        except (BadSignature, ValueError, TypeError):
            return None
        return str(to) if nonce and hmac.compare_digest(str(fingerprint), _fingerprint(nonce)) else None

    def _verifier(self, nonce: str, state: str) -> str:
        """What proves to the JupyterHub that who brings a code is who asked for it; kept nowhere (RFC 7636, 4.1)."""
        return hmac.digest(self._verifiers, f"{nonce} {state}".encode(), "sha256").hex()

    def _welcome(self, request: Request, name: str, to: str) -> Response:
        target = self._accounts.learner(name, self._now())
        device = self._visitors.known(request)
        if device not in (None, target) and not self._accounts.has(device):
            own = self._database.counts(device)[0]
            if own:
                note, theirs = self._identity.choice(device, target), self._database.counts(target)[0]
                return self._web.page("signin_choice", headers=BACK, note=note, own=own, theirs=theirs)
        return self._become(request, target, to)

    def _choose(self, request: Request, form: Form) -> Response:
        """Take along what this browser kept before the first sign-in, or leave it; once, since it is gone then."""
        device, choice = self._visitors.known(request), form.first("choice")
        target = self._identity.chosen(device, form.first("note"))
        if device is None or target is None or choice not in ("bring", "leave") or not self._accounts.has(target):
            return self._web.see("/")
        if choice == "bring":
            try:
                self._database.merge(device, target)
                self._wipe()
            except NobodyError:
                return self._web.see("/")
            except QuotaError:
                return self._web.page("signin_fault", 413, why="much", to="/")
        return self._become(request, target, "/?welcome=back" if choice == "bring" else "/")

    def _become(self, request: Request, learner: str, to: str) -> Response:
        response = self._web.see(to)
        self._identity.remember(request, response, learner)
        self._bond.tie(request, response, learner)
        return response


def _fingerprint(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()
