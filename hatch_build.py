"""Puts the course into the wheel, so that `pip install choreo` and `choreo start` are all that it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PARTS = ("lessons", "exercises")


class CourseHook(BuildHookInterface):
    """Lessons and exercises as choreo/course; where the package is run from this folder, they are beside it anyway."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files."""
        if version == "editable":
            return
        root = Path(self.root)
        for part in PARTS:
            for path in sorted((root / part).rglob("*")):
                inner = path.relative_to(root)
                if path.is_file() and not any(name.startswith(".") or name.endswith("~") for name in inner.parts):
                    build_data["force_include"][str(path)] = f"choreo/course/{inner.as_posix()}"
