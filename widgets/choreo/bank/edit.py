"""One text of a YAML file replaced, everything else in it kept to the letter: order, comments, how other texts are written."""

from __future__ import annotations

import copy
import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from choreo.bank.document import read_text
from choreo.bank.fault import BankError

WIDTH = 120
Place = Sequence[str | int]


class EditError(ValueError):
    """A text that could not be put in without touching something else."""


def with_text(path: Path, source: str, place: Place, text: str) -> str:
    """The file's text with another value at `place` (keys and positions from the root); raise EditError."""
    try:
        before = read_text(path, source).data
        node, column, flow = _node(yaml.compose(source, Loader=yaml.SafeLoader), place)
    except (BankError, yaml.YAMLError) as error:
        raise EditError(f"cannot be read ({error})") from error
    start, end = node.start_mark.index, node.end_mark.index
    end -= len(source[start:end]) - len(source[start:end].rstrip())
    for written in _writings(text, node.style, source[start:end], column, flow):
        after = source[:start] + written + source[end:]
        if _says(path, after, before, place, text):
            return after
    raise EditError("this text cannot be put in without touching others; change the file by hand")


def _node(root: yaml.Node | None, place: Place) -> tuple[yaml.ScalarNode, int, bool]:
    """The text at `place`, the column from which it is set in, and whether it stands within brackets."""
    node, column, flow = root, 0, False
    for part in place:
        if isinstance(node, yaml.MappingNode):
            flow = flow or bool(node.flow_style)
            found = [(key, value) for key, value in node.value if key.value == part]
            if not found:
                raise EditError("is not there any more")
            column, node = found[0][0].start_mark.column, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            flow = flow or bool(node.flow_style)
            node = node.value[part]
            column = node.start_mark.column - 2
        else:
            raise EditError("is not there any more")
    if not isinstance(node, yaml.ScalarNode):
        raise EditError("is no text")
    return node, max(column, 0), flow


def _writings(text: str, style: str | None, old: str, column: int, flow: bool) -> Iterator[str]:
    """Ways to write it, first those most like what was there."""
    set_in = " " * _set_in(old, column)
    lines = text.split("\n")
    if not flow:
        head = old.split("\n", 1)[0].split("#")[0].rstrip() if style in ("|", ">") else ""
        literal = "".join(f"\n{set_in}{line}".rstrip(" ") for line in lines)
        if style == ">" and len(lines) == 1:
            yield head + "".join(f"\n{set_in}{line}" for line in _wrapped(text, WIDTH - len(set_in)))
        if style == "|" or len(lines) > 1:
            yield (head if style == "|" else "|") + literal
    if style is None and len(lines) == 1:
        yield text
    if style == "'" and len(lines) == 1:
        yield "'" + f"\n{set_in}".join(_wrapped(text.replace("'", "''"), WIDTH - len(set_in) - 8)) + "'"
    quoted = json.dumps(text, ensure_ascii=False)
    first = WIDTH - len(set_in) - 12
    yield f"\n{set_in}".join(_wrapped(quoted, first))
    yield quoted


def _set_in(old: str, column: int) -> int:
    """How far its further lines are set in: as they were, else two more than what it belongs to."""
    further = [len(line) - len(line.lstrip()) for line in old.split("\n")[1:] if line.strip()]
    return min(further, default=column + 2)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 40), break_long_words=False, break_on_hyphens=False) or [text]


def _says(path: Path, source: str, before: Any, place: Place, text: str) -> bool:
    """Whether the file now says that, and all else as before."""
    try:
        after = read_text(path, source).data
    except BankError:
        return False
    wanted = copy.deepcopy(before)
    return any(after == _put(wanted, place, value) for value in (text, f"{text}\n"))


def _put(data: Any, place: Place, value: str) -> Any:
    parent = data
    for part in place[:-1]:
        parent = parent[part]
    parent[place[-1]] = value
    return data


def named(place: Place, data: Any) -> str:
    """A place as people read it: parts with an id by that, others by their number: "options.frame.why"."""
    names = []
    for part in place:
        data = data[part]
        by_id = isinstance(part, int) and isinstance(data, dict) and isinstance(data.get("id"), str)
        names.append(data["id"] if by_id else str(part + 1) if isinstance(part, int) else part)
    return ".".join(names)


def is_name(text: str) -> bool:
    """Whether a text may be the name of something, or its address."""
    return bool(re.fullmatch(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*", text))
