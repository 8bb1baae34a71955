"""Which store a kernel uses, as its environment says."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from choreo.progress.store import Store, StoreError
from choreo.stores.file import FileStore, data_folder
from choreo.stores.hub import HubStore

COOKIE = "choreo_learner"


def chosen_store(environ: Mapping[str, str]) -> Store:
    """The hub's store for the learner of the request (CHOREO_HUB, HTTP_COOKIE), or a file where there is no hub.

    Raise StoreError where there is a hub but no pass of a learner.
    """
    hub = environ.get("CHOREO_HUB")
    if not hub:
        return FileStore(data_folder())
    try:
        morsel = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(COOKIE)
    except CookieError:
        morsel = None
    if morsel is None:
        raise StoreError(
            "This page does not know who you are, so nothing can be kept. Open the lesson from the home page."
        )
    return HubStore(hub, morsel.value)
