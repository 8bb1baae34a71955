"""A lesson's notebook, read from its file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAMED = re.compile(r"""["']([^"'\n]{1,200}\.\w{1,10})["']""")
IMPORTED = re.compile(r"^\s*(?:from\s+([\w.]+)\s+import|import\s+([^#;\n]+))", re.MULTILINE)


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


def is_expected(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is meant to raise, as its tag says; then the page shows what, as JupyterLab does."""
    return "raises-exception" in cell.get("metadata", {}).get("tags", ())


def companions(path: Path) -> list[Path]:
    """The files beside a notebook that its cells name or import: when they change, it is run anew."""
    folder = path.parent
    try:
        code = "\n".join(cell["source"] for cell in read_cells(path) if cell["cell_type"] == "code")
    except (NotebookError, OSError):
        return []
    imported = (
        name.split()[0] for one, others in IMPORTED.findall(code) for name in (one or others).split(",") if name.strip()
    )
    modules = [name.replace(".", "/") for name in imported]
    names = [*NAMED.findall(code), *(name for one in modules for name in (f"{one}.py", f"{one}/__init__.py"))]
    found = (folder / name for name in dict.fromkeys(names) if ".." not in name)
    return [one for one in found if one.is_file() and one.is_relative_to(folder)]
