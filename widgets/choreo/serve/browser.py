"""How a policy names a script of ours that stands in the page itself."""

from __future__ import annotations

import base64
import hashlib

from choreo.serve.frame import EARLY, START


def source_of(script: str) -> str:
    """How a Content-Security-Policy names a script that stands in the page itself."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


START_SOURCE, EARLY_SOURCE = source_of(START), source_of(EARLY)
