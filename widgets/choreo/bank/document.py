"""A YAML file as plain data that remembers on which line each value stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from choreo.bank.fault import BankError, placed_faults
from choreo.bank.yaml_fault import yaml_fault
from choreo.grading.faults import Place

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
    lines: tuple[str, ...] = ()

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


def told(document: Document, place: Place, fault: str) -> str:
    """A fault with its file, its line, and the field that it is about."""
    known = ".".join(str(part) for part in place)
    return f"{document.path}:{document.line(place)}: {known + ': ' if known else ''}{fault}"


def told_all(document: Document, error: ValidationError, model: type[BaseModel]) -> list[str]:
    """All that pydantic found in a document, line by line."""
    found = sorted(placed_faults(error, model), key=lambda fault: document.line(fault[0]))
    return [told(document, place, fault) for place, fault in found]


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
    return read_text(path, text)


def read_text(path: Path, text: str) -> Document:
    """The document in a text that stands at `path`, or will; raise BankError if it is not plain YAML."""
    try:
        _refuse_depth(path, text)
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise BankError([f"{path}:1: empty; write something into it, or remove it."])
        faults = [f"{path}:{line}: {fault}" for line, fault in _oddities(root)]
        if faults:
            raise BankError(faults)
        return Document(path, loader.construct_document(root), root, tuple(text.splitlines()))
    except yaml.MarkedYAMLError as error:
        line, fault = yaml_fault(text, error, lambda: _events(text))
        raise BankError([f"{path}:{line}: {fault}"]) from error
    except yaml.reader.ReaderError as error:
        raise BankError([f"{path}: character {error.position} is one that YAML does not allow; remove it."]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise BankError([f"{path}: not YAML ({error}); mend it."]) from error


def _events(text: str) -> list[yaml.Event]:
    """What a text says until it is no YAML any more."""
    found, loader = [], _Loader(text)
    try:
        while loader.check_event():
            found.append(loader.get_event())
    except yaml.YAMLError:
        pass
    finally:
        loader.dispose()
    return found


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
            yield line, f"the tag {node.tag} is not allowed; put a text that begins with ! between quotation marks."
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
