"""What of a cell's outputs goes to the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"


def shown(outputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The outputs without tracebacks and warnings, and with a widget instead of its name."""
    found: list[Mapping[str, Any]] = []
    for output in outputs:
        if output["output_type"] == "error":
            found.append({key: output[key] for key in ("output_type", "ename", "evalue")})
        elif WIDGET in output.get("data", {}):
            found.append({"output_type": "display_data", "data": {WIDGET: output["data"][WIDGET]}})
        elif output.get("name") != "stderr":
            found.append(output)
    return found
