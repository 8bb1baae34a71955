"""What of a lesson's address goes on with a learner who is sent from one server to the other and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

WHOLE = "all"  # the query with which a lesson opens as a whole, for coaches and authors
RUN = "run"  # a run to show (views/shared/run_link.js), which the browser reads
SOUND = re.compile(r"[\w-]{1,3000}", re.ASCII)
CUT = 80  # characters of what is none: enough for the page to say so


def onward(query: Mapping[str, str]) -> list[str]:
    """The words of the query that the lesson's page needs, each as it is written in an address.

    >>> onward({"new": "", "all": "", "run": "eyJ9", "other": "x"})
    ['all', 'run=eyJ9']
    """
    asked = [WHOLE] if WHOLE in query else []
    if (run := query.get(RUN)) is not None:
        asked.append(f"{RUN}={run if SOUND.fullmatch(run) else quote(run[:CUT], safe='')}")
    return asked
