"""A learner's mark: by it a browser knows whose the things are that it keeps itself. It opens nothing and says nothing."""

from __future__ import annotations

import hashlib

COOKIE = "choreo_whose"  # pages read it (views/shared/whose.js)


def mark(token: str) -> str:
    """The mark of whoever a token was made for; tokens of one learner differ in what follows the name only.

    >>> mark("somebody.aaa.bbb") == mark("somebody.ccc.ddd") != mark("other.aaa.bbb")
    True
    """
    return hashlib.sha256(token.split(".")[0].encode()).hexdigest()[:16]
