"""A hub with folders of its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hub.visiting import CHOICE, COURSE, LESSON, Clock, Hub

from choreo.hub.settings import Settings


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    lessons, exercises = tmp_path / "lessons", tmp_path / "exercises"
    lessons.mkdir()
    (lessons / "course.yaml").write_text(COURSE, encoding="utf-8")
    (lessons / f"{LESSON}.ipynb").write_text("{}", encoding="utf-8")
    folder = exercises / LESSON
    folder.mkdir(parents=True)
    for name, review in (("one", "false"), ("two", "false"), ("later", "true"), ("much-later", "true")):
        (folder / f"{name}.yaml").write_text(CHOICE.format(id=name, review=review), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as lesson_server:
        port = lesson_server.getsockname()[1]
        yield Hub(Settings(tmp_path / "data", lessons, exercises, port), Clock())
