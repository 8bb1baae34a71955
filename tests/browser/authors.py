"""A course and the code in a folder of their own, in which a test may write as an author does."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page, expect
from tests.serve.course import ROOT, RunningCourse

LEFT_OUT = shutil.ignore_patterns("node_modules", "__pycache__", ".venv", "*.pyc")
PARTS = ("lessons", "exercises", "docs", "tests", "widgets/choreo")


def own_copy(folder: Path) -> Path:
    """The folder, with all in it that authors write."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def replace(path: Path, old: str, new: str) -> None:
    """Save a file with one thing changed in it."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name}: no {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def lesson(page: Page) -> FrameLocator:
    """The lesson in a preview."""
    return page.frame_locator("iframe")


def predict(page: Page) -> Locator:
    """Lock in the first prediction of lesson 02, which opens what comes behind it; its card."""
    card = lesson(page).locator("#at-three-or-all")
    card.get_by_label("All with all is ahead: by 3 to 10").check()
    card.get_by_role("button", name="Lock in my prediction").click()
    card.get_by_role("button", name="Yes, lock it in").click()
    expect(card).to_contain_text("Locked in.")
    return card


class RunningPreview(RunningCourse):
    """`choreo preview` of a lesson or an exercise, of a course in a copy."""

    command = "preview"
    says = r"preview is at +(\S+)"

    def __init__(self, course: Path, what: str, port: int, log: Path | None = None) -> None:
        self.flags = (what,)
        super().__init__(course / "data", course, port, log=log, PYTHONPATH=str(course / "widgets"))
