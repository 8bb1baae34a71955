"""The course: which lessons there are, in which order, read from lessons/course.yaml."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from choreo.bank.fault import BankError, faults_of
from choreo.grading.exercise import Name, Record, Text


class Lesson(Record):
    """One lesson of the path."""

    name: Name  # the notebook's name without its ending
    title: Text
    promise: Text  # what a learner can do afterwards, one sentence
    minutes: int


class Course(Record):
    """The path of lessons."""

    title: Text
    promise: Text
    lessons: tuple[Lesson, ...]

    def written(self, folder: Path) -> tuple[Lesson, ...]:
        """The lessons whose notebook exists in `folder`."""
        return tuple(lesson for lesson in self.lessons if (folder / f"{lesson.name}.ipynb").is_file())


def load_course(folder: Path) -> Course:
    """The course in `folder`/course.yaml; raise BankError that names every fault."""
    path = folder / "course.yaml"
    try:
        return Course.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BankError([f"{path}: cannot be read ({error.strerror}); put it back."]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BankError([f"{path}: not YAML in UTF-8 ({error}); mend it."]) from error
    except ValidationError as error:
        raise BankError([f"{path}: {fault}" for fault in faults_of(error)]) from error
