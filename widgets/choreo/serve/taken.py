"""What one cell, or one Output widget, has been given to show: kept as a notebook's file keeps it."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

MOST = 500  # outputs; the oldest beyond that are forgotten
LONGEST = 200_000  # characters of a stream; its beginning is forgotten beyond that


class Taken:
    """Outputs in the order in which they came."""

    def __init__(self, outputs: Sequence[Mapping[str, Any]] = ()) -> None:
        """Go on with these."""
        self.outputs: list[dict[str, Any]] = [dict(output) for output in outputs]
        self._cleared = False  # once something comes

    def stream(self, name: str, text: str) -> None:
        """Text that was printed: it goes on where the last one ended."""
        self._clear_now()
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last.get("name") == name:
            last["text"] = (last["text"] + text)[-LONGEST:]
        else:
            self._add({"output_type": "stream", "name": name, "text": text[-LONGEST:]})

    def display(self, data: Mapping[str, Any], metadata: Mapping[str, Any], transient: Mapping[str, Any]) -> None:
        """Something that was displayed."""
        self._clear_now()
        output = {"output_type": "display_data", "data": clean(data), "metadata": clean(metadata)}
        self._add(output | ({"transient": dict(transient)} if transient else {}))

    def error(self, name: str, value: str, traceback: Sequence[str], place: tuple[str, int] = ("", 0)) -> None:
        """What was raised, and in which file ("" for the cell itself) and line; 0 where nobody knows it."""
        self._clear_now()
        said = {"ename": name, "evalue": value, "traceback": list(traceback)}
        self._add({"output_type": "error", **said, **({"file": place[0], "line": place[1]} if any(place) else {})})

    def update(self, display: str, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> bool:
        """Show anew what was displayed under that name; whether something was."""
        found = [one for one in self.outputs if one.get("transient", {}).get("display_id") == display]
        for output in found:
            output |= {"data": clean(data), "metadata": clean(metadata)}
        return bool(found)

    def clear(self, wait: bool = False) -> None:
        """Forget all, at once or when something comes."""
        self._cleared = wait
        if not wait:
            self.outputs.clear()

    def _clear_now(self) -> None:
        if self._cleared:
            self.clear()

    def _add(self, output: dict[str, Any]) -> None:
        self.outputs.append(output)
        del self.outputs[:-MOST]


def clean(value: Any) -> Any:
    """The value as JSON can say it."""
    if isinstance(value, Mapping):
        return {str(key): clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, str | int | float | bool) else repr(value)
