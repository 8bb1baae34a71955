"""What the author's preview knows: which lesson is up to date with which files, and what is wrong with it."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from choreo.serve.forking.nursery import Nursery, NurseryError, Template
from choreo.serve.preview.faults import Fault, at_check, at_running, told
from choreo.serve.preview.watching import PACKAGE, Marks, changed, code_of_lessons, in_code, look

EVERY = 0.15  # seconds between two looks at the files
SETTLED = 0.5  # seconds after the last saving until everything is checked
LONGEST = 20.0  # seconds that a page waits for news


class Preview:
    """Looks at the files of a course and of the code; tells pages what is new."""

    def __init__(self, lessons: Path, exercises: Path) -> None:
        """Nothing is looked at before `watch`."""
        self._course, self._lessons, self._exercises = lessons.parent, lessons, exercises
        self._marks: Marks = self._look()
        self._also = self._beside()
        self._number = 1  # of what pages were told; the next news has the next
        self._news = asyncio.Condition()
        self._saved = 0  # when the newest file was saved, in ms of the clock
        self._scripts: dict[str, int] = {}  # changed since the start, with the number of the news
        self._checked: list[Fault] | None = None  # None: not yet
        self._checking: asyncio.Task[None] | None = None

    def also(self) -> Marks:
        """What a lesson is made of besides its notebook and its exercises."""
        return self._also

    async def watch(self) -> None:
        """Look at the files, again and again."""
        self._check_soon()
        while True:
            await asyncio.sleep(EVERY)
            now = self._look()
            if paths := changed(self._marks, now):
                self._marks, self._also = now, self._beside()
                saved = [now[path][0] for path in paths if path in now]
                self._saved = max(saved, default=self._saved * 10**6) // 10**6
                scripts = [name for path in paths if path in now and (name := in_code(path)).endswith(".js")]
                self._scripts |= dict.fromkeys(scripts, self._number + 1)
                await self._tell()
                self._check_soon()

    async def news(self, lesson: str, since: int, nursery: Nursery) -> dict[str, Any]:
        """What is new since that number, as soon as something is; after a while what is known anyway."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST), self._news:
                await self._news.wait_for(lambda: self._number > since)
        number = self._number
        template, faults = await self._run(lesson, nursery)
        known = {(fault.file, fault.line) for fault in faults}
        return {
            "number": number,
            "version": template.version if template else "",
            "behind": template is None or bool(template.note),  # what is shown is older than the files
            "saved": self._saved,
            "scripts": [name for name, told in self._scripts.items() if told > since and name.startswith("views/")],
            "faults": [asdict(fault) for fault in faults],
            "others": [asdict(fault) for fault in self._checked or () if (fault.file, fault.line) not in known],
            "checked": self._checked is not None,
        }

    async def _run(self, lesson: str, nursery: Nursery) -> tuple[Template | None, list[Fault]]:
        try:
            template = await nursery.template(lesson)
        except NurseryError as error:
            return None, told([str(error)], self._course)
        return template, at_running(template, lesson, self._course)

    def _look(self) -> Marks:
        return look([self._lessons, self._exercises, PACKAGE])

    def _beside(self) -> Marks:
        """The code, and pictures and data beside the notebooks; these and the exercises are known anyway."""
        beside = look([self._lessons])
        return code_of_lessons() | {path: mark for path, mark in beside.items() if not path.endswith(".ipynb")}

    async def _tell(self) -> None:
        async with self._news:
            self._number += 1
            self._news.notify_all()

    def _check_soon(self) -> None:
        if self._checking:
            self._checking.cancel()
        self._checking = asyncio.create_task(self._check())

    async def _check(self) -> None:
        await asyncio.sleep(SETTLED)
        self._checked = await at_check(self._course)
        await self._tell()


def written_in(text: str) -> tuple[str, int] | None:
    """Where a line of a page's script stands in the browser's halves: the one file that has it, and its line."""
    sought = text.strip()
    found = [
        (path, number)
        for path in sorted((PACKAGE / "views").rglob("*.js"))
        if "node_modules" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() == sought
    ]
    if len(sought) < 4 or len(found) != 1:
        return None
    path, number = found[0]
    return f"widgets/choreo/{path.relative_to(PACKAGE).as_posix()}", number
