"""Which server answers what, by the path alone; deploy/nginx.conf and docs/serving.md say the same."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["hub", "lessons", "door"]

OWN = re.compile(r"/door/[a-z]+")  # what the door answers itself
LESSONS = re.compile(
    r"/lessons/[^/]+/"  # a lesson's page, its kernel, the files beside its notebook; without the slash: the hub's way in
    r"|/static/[0-9a-f]{16}/"  # what lessons' pages load; the hub's own have names there, no hash
    r"|/(?:parts|api/kernels|voila|preview)/"
)


def kind_of(path: str) -> Kind:
    """Who answers a path, which has nothing in front any more.

    >>> [kind_of(path) for path in ("/", "/lessons/02-silos", "/lessons/02-silos/", "/static/live/a/b.js")]
    ['hub', 'hub', 'lessons', 'hub']
    """
    if OWN.fullmatch(path):
        return "door"
    return "lessons" if LESSONS.match(path) else "hub"


def without(front: str, target: bytes) -> bytes:
    """The target without the path that stands in front of the course (""; "/choreo"); as it is where none does.

    >>> without("/choreo", b"/choreo/review?x"), without("/choreo", b"/choreo"), without("/choreo", b"/choreography")
    (b'/review?x', b'/', b'/choreography')
    """
    rest = target.removeprefix(front.encode()) if front else target
    if rest == target or rest[:1] == b"/":
        return rest
    return b"/" + rest if rest[:1] in (b"", b"?") else target
