"""Parts of an answer, taken out with care: whatever the browser sends, only AnswerError comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from choreo.grading.verdict import AnswerError, UnknownPartError
from choreo.typed import visible


def parts(answer: object, example: str, *names: str) -> list[Any]:
    """The values under `names`, which must be all that the answer has; `example` says what one looks like."""
    if not isinstance(answer, Mapping) or set(answer) != set(names):
        raise AnswerError(f"This is not an answer to this exercise; one looks like {example}.")
    return [answer[name] for name in names]


def names_in(value: object, known: Collection[str], example: str) -> list[str]:
    """A list of known names, each once."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise AnswerError(f"This is not an answer to this exercise; one looks like {example}.")
    refuse_unknown(value, known)
    if len(set(value)) < len(value):
        raise AnswerError("Something is named twice; name everything once.")
    return list(value)


def refuse_unknown(names: Iterable[str], known: Collection[str]) -> None:
    """Raise AnswerError if a name is not one of those known."""
    unknown = sorted((name for name in names if name not in known), key=ascii)
    if unknown:
        told = ", ".join(map(ascii, unknown))[:200]
        raise UnknownPartError(
            f"{told} is not part of this exercise; reload the page and try again.", unknown[0], known
        )


def words(value: object, what: str, longest: int = 5000) -> str:
    """A text without surrounding space; empty where nothing of it can be seen. It can be stored anywhere."""
    if not isinstance(value, str):
        raise AnswerError(f"{what}: write a text here.")
    text = value.strip()
    if len(text) > longest:
        raise AnswerError(f"{what}: this has {len(text)} characters and {longest} fit; shorten it a little.")
    if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise AnswerError(f"{what}: one character in it cannot be stored; type it again.")
    return text if visible(text) else ""


def number_between(value: object, low: float, high: float, what: str) -> float:
    """A number from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise AnswerError(f"{what}: give a number from {low:g} to {high:g}.")
    return value
