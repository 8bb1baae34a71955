"""JSON as a tree that can be folded."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from choreo.words import n_

DEEPEST, MOST = 20, 2000  # levels, and values in all: what goes on longer is cut off
OPEN = 2  # levels that are open at first


def tree(value: Any, root: str = "root", opened: bool = False) -> str:
    """A value as nested lists; the first levels are open, all of them if `opened`."""
    return f'<div class="choreo-json">{_Tree(DEEPEST if opened else OPEN).node(root, value, 0)}</div>'


class _Tree:
    def __init__(self, opened: int) -> None:
        self._opened, self._left = opened, MOST

    def node(self, name: str, value: Any, depth: int) -> str:
        self._left -= 1
        label = f"<b>{escape(name)}</b>: "
        if not isinstance(value, dict | list) or not value:
            return f"{label}<code>{escape(json.dumps(value, ensure_ascii=False))}</code>"
        if depth >= DEEPEST:
            return f"{label}…"
        items = list(value.items()) if isinstance(value, dict) else [(str(at), one) for at, one in enumerate(value)]
        rows = ""
        for key, one in items:
            if self._left <= 0:
                rows += "<li>…</li>"
                break
            rows += f"<li>{self.node(str(key), one, depth + 1)}</li>"
        count = n_("{count} item", "{count} items", len(items)).format(count=len(items))
        state = " open" if depth < self._opened else ""
        return f"<details{state}><summary>{label}{count}</summary><ul>{rows}</ul></details>"
