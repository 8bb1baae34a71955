"""A YAML file as plain data that remembers on which line each value stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from choreo.bank.fault import BankError

LARGEST = 256 * 1024  # bytes
DEEPEST = 40  # brackets or levels of indentation within each other
SHALLOW = 400  # levels that do no harm; a text with fewer brackets and narrower indents need not be counted

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {"null", "bool", "int", "float", "str", "seq", "map"}
_TAG = "tag:yaml.org,2002:"


class _Loader(_Base):  # type: ignore[misc]  # the base is chosen at run time
    """Safe YAML that reads words as YAML 1.2 does: `no` is a text, and so is a day."""


_Loader.yaml_implicit_resolvers = {}
for _name, _pattern, _starts in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?(0|[1-9][0-9]{0,14})", list("-+0123456789")),
    ("float", r"[-+]?(0|[1-9][0-9]{0,14})?\.[0-9]{1,20}([eE][-+]?[0-9]{1,2})?", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(rf"^(?:{_pattern})$"), _starts)


@dataclass(frozen=True)
class Document:
    """One file's data, and where in the file each part of it stands."""

    path: Path
    data: Any
    root: yaml.Node

    def line(self, place: Sequence[str | int]) -> int:
        """The line, from 1, of the value at `place` (keys and positions from the root), or of its nearest parent."""
        node, line = self.root, self.root.start_mark.line
        for part in place:
            if isinstance(node, yaml.MappingNode):
                found = [(key, value) for key, value in node.value if key.value == part]
                if not found:
                    continue
                line, node = found[0][0].start_mark.line, found[0][1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line
        return int(line) + 1


def read_document(path: Path) -> Document:
    """The document at `path`; raise BankError if it is not plain, small YAML in UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise BankError([f"{path}: cannot be read ({error.strerror}); put it back or make it readable."]) from error
    if len(raw) > LARGEST:
        raise BankError([f"{path}: larger than {LARGEST // 1024} KB; split it into several exercises."])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BankError([f"{path}:{line}: not UTF-8; save the file as UTF-8."]) from error
    return _document(path, text)


def _document(path: Path, text: str) -> Document:
    try:
        _refuse_depth(path, text)
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise BankError([f"{path}:1: empty; write an exercise into it, or remove it."])
        faults = [f"{path}:{line}: {fault}" for line, fault in _oddities(root)]
        if faults:
            raise BankError(faults)
        return Document(path, loader.construct_document(root), root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BankError([f"{path}:{line}: not YAML ({error.problem}); mend this line or the one before."]) from error
    except yaml.reader.ReaderError as error:
        raise BankError([f"{path}: character {error.position} is one that YAML does not allow; remove it."]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise BankError([f"{path}: not YAML ({error}); mend it."]) from error


def _refuse_depth(path: Path, text: str) -> None:
    """Stop before the composer, which calls itself for each level, runs out of stack."""
    widest = max((len(run) for run in re.findall(r"^[\s?:-]*", text, re.MULTILINE)), default=0)
    if text.count("[") + text.count("{") + 2 * widest < SHALLOW:
        return
    depth = 0
    loader = _Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                line = event.start_mark.line + 1
                raise BankError([f"{path}:{line}: more than {DEEPEST} levels within each other; write it flatter."])
    finally:
        loader.dispose()


def _oddities(root: yaml.Node) -> Iterator[tuple[int, str]]:
    """Aliases (a few of them can stand for millions of values), tags, and keys that stand twice."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        line = node.start_mark.line + 1
        if id(node) in seen:
            yield line, "this part is repeated by an alias (*); write it out."
            continue
        seen.add(id(node))
        if node.tag.removeprefix(_TAG) not in _PLAIN:
            yield line, f"the tag {node.tag} is not allowed; write plain text, numbers, lists and fields."
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode) and key.value in keys:
                    yield key.start_mark.line + 1, f'the field "{key.value}" is there twice; leave one.'
                if isinstance(key, yaml.ScalarNode):
                    keys.add(key.value)
                else:
                    yield key.start_mark.line + 1, "a field's name must be a plain word; change it."
                waiting += [key, value]
