"""Text that a # cuts off: YAML takes what follows for a comment, without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from choreo.grading.faults import Place

_CUT = re.compile(r" #|\s+#[^\s#]")  # a comment that is meant has two spaces before its #, and one behind it
_KEPT = "or, if it is meant as a comment, write two spaces before the # and one behind it."


def cut_off(root: yaml.Node, lines: Sequence[str]) -> Iterator[tuple[Place, str]]:
    """The plain texts of a document behind which a # takes something away, each with its place."""
    waiting: list[tuple[Place, yaml.Node]] = [((), root)]
    while waiting:
        place, node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            waiting += [((*place, key.value), value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [((*place, at), value) for at, value in enumerate(node.value)]
        elif isinstance(node, yaml.ScalarNode) and not node.style and node.tag.endswith((":str", ":null")):
            end = node.end_mark
            rest = lines[end.line][end.column :] if end.line < len(lines) else ""
            lost = rest.strip()
            if node.tag.endswith(":null") and re.fullmatch(r"\s*#\S.*", rest) and place:
                yield (
                    place,
                    f"is empty: {_short(lost)} is read as a comment; put the text between quotation marks, {_KEPT}",
                )
            elif node.tag.endswith(":str") and _CUT.match(rest):
                yield (
                    place,
                    f"{_short(lost)} is read as a comment and not shown; put the text between quotation marks, {_KEPT}",
                )


def _short(text: str) -> str:
    return f'"{text}"' if len(text) <= 30 else f'"{text[:27]}..."'
