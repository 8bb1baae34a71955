"""The time zone where somebody is, as their browser names it in a cookie: it says when a day begins. It is stored nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from choreo.stores.cookies import cookie

COOKIE = "choreo_zone"  # set by pages: hub/static/zone.js, serve/static/start.js
NAME = re.compile(r"[A-Za-z0-9_+-]{1,32}(/[A-Za-z0-9_+-]{1,32}){0,2}")


def zone_of(name: str | None) -> tzinfo:
    """The zone of an IANA name; UTC where none is named, or none that this machine knows.

    >>> zone_of("Europe/Berlin"), zone_of("Europe/Atlantis"), zone_of("../etc/passwd")
    (zoneinfo.ZoneInfo(key='Europe/Berlin'), datetime.timezone.utc, datetime.timezone.utc)
    """
    if name and NAME.fullmatch(name):
        with suppress(ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is no zone
            return ZoneInfo(name)
    return UTC


def zone_here(environ: Mapping[str, str]) -> tzinfo:
    """The zone of whom a kernel works for: of the browser (HTTP_COOKIE); without a hub, of the machine."""
    if not environ.get("CHOREO_HUB"):
        return datetime.now().astimezone().tzinfo or UTC
    return zone_of(cookie(environ.get("HTTP_COOKIE", ""), COOKIE))
