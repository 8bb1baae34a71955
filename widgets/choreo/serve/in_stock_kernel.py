"""For kernels of Voilà's: has them say what the page can show. An extension of IPython's (stock_kernels.py loads it)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from choreo.serve.capture import Capture, adopt
from choreo.serve.outputs import SHOWN, Form
from choreo.serve.shell import set_up


def load_ipython_extension(shell: Any) -> None:
    """Take to Output widgets what is printed and displayed in them; say what is displayed anew as the page shows it."""
    anew: list[Form] = []
    capture = Capture(anew.append)

    def hear(message: dict[str, Any]) -> dict[str, Any] | None:
        content = message["content"]
        display = content.get("transient", {}).get("display_id", "")
        match message["header"]["msg_type"]:
            case "display_data" if capture.inside:
                capture.display(content["data"], content["metadata"], content["transient"])
                return None
            case "display_data" if display:
                content["metadata"] = {**content["metadata"], "choreo_display": display}
            case "update_display_data":
                capture.update(content["data"], content["metadata"], display)
                content["data"] = {SHOWN: anew.pop()}
            case "clear_output" if capture.inside:
                capture.clear(content["wait"])
                return None
        return message

    tell = shell._showtraceback

    def tell_inside(kind: Any, error: Any, lines: Sequence[str]) -> None:
        if not capture.error(kind.__name__, str(error), lines):
            tell(kind, error, lines)

    set_up(shell)
    adopt(capture, shell)
    shell.display_pub.register_hook(hear)
    shell._showtraceback = tell_inside
