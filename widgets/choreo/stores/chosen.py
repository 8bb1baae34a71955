"""Which store a kernel uses, as its environment says."""

from __future__ import annotations

from collections.abc import Mapping

from choreo.progress.store import Store, StoreError
from choreo.stores import zone
from choreo.stores.cookies import LEARNER, cookie
from choreo.stores.file import FileStore, data_folder
from choreo.stores.hub import HubStore

COOKIE = LEARNER


def chosen_store(environ: Mapping[str, str]) -> Store:
    """The hub's store for the learner of the request (CHOREO_HUB, HTTP_COOKIE), or a file where there is no hub.

    Raise StoreError where there is a hub but no pass of a learner.
    """
    hub = environ.get("CHOREO_HUB")
    if not hub:
        return FileStore(data_folder())
    token = learner_pass(environ.get("HTTP_COOKIE", ""))
    if not token:
        raise StoreError(
            "This page does not know who you are, so nothing can be kept. Open the lesson from the home page."
        )
    return HubStore(hub, token)


def learner_pass(cookies: str) -> str:
    """The learner's pass in a Cookie header; else empty."""
    return cookie(cookies, COOKIE)


def own_cookies(cookies: str) -> str:
    """Of a Cookie header what a kernel works with, and nothing that other programs of this host have put there."""
    return f"{COOKIE}={learner_pass(cookies)}; {zone.COOKIE}={cookie(cookies, zone.COOKIE)}"
