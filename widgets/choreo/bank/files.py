"""The files of a course, without those that programs leave beside them."""

from __future__ import annotations

import re
from pathlib import Path

from choreo.grading.faults import as_name

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")  # of a lesson or an exercise, as its file has it


def files(folder: Path, pattern: str) -> list[Path]:
    """What lies in `folder` under `pattern` ("*.yaml", "*/*"), by name, and is meant: nothing hidden, no editor's own copy.

    Macs leave `._x.yaml`, editors `.#x.yaml`, `#x.yaml#` and `x.yaml~`, JupyterLab the folder `.ipynb_checkpoints`.
    """
    return sorted(path for path in folder.glob(pattern) if all(map(_is_meant, path.relative_to(folder).parts)))


def _is_meant(name: str) -> bool:
    return not name.startswith((".", "#")) and not name.endswith("~")


def misnamed(path: Path) -> str:
    """What to say of a file whose name cannot be one of a lesson or an exercise."""
    better = as_name(path.stem)
    remedy = f"rename it {better}{path.suffix}." if better else "rename it."
    return f"a file's name has lower-case letters, digits and hyphens only, no spaces; {remedy}"
