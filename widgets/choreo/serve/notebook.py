"""A lesson's notebook, read from its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class NotebookError(Exception):
    """A file that is no notebook; the message names place, fault and remedy."""


def read_cells(path: Path) -> list[dict[str, Any]]:
    """The notebook's cells, their sources in one piece; raise NotebookError."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [{**cell, "cell_type": str(cell["cell_type"]), "source": "".join(cell["source"])} for cell in cells]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        fault = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "it has no cells"
        raise NotebookError(
            f"{path.parent.name}/{path.name}: is not a notebook ({fault}); put back a copy of it, or save it anew in JupyterLab."
        ) from error
