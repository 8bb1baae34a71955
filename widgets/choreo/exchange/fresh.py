"""Exercises that are made out of what others wrote: names, reasons, proofs, and the file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

RIGHT = "That is right."
WRONG = "That is not what we would say."
SCHEMA = "# yaml-language-server: $schema=../schema.json"
WORD = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True)
class Fresh:
    """An exercise as its file will say it, and what an author should still look at."""

    title: str
    data: Mapping[str, Any]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Left:
    """A question that did not come in, and why."""

    title: str
    why: str


@dataclass
class Names:
    """Names for parts: words of what they say, each once, with no number that could tell a place."""

    taken: set[str] = field(default_factory=set)

    def of(self, text: str, fallback: str = "part") -> str:
        """A name for a part that says this."""
        words = WORD.findall(re.sub(r"\([^)]*\)|https?:\S+", " ", text.lower()))
        name = "-".join(words[:3])[:40].strip("-") or fallback
        if name in self.taken:
            name = f"{name}-{letters(text)}"
        while name in self.taken:
            name += "x"
        self.taken.add(name)
        return name


def letters(text: str) -> str:
    """Four letters that stand for a text."""
    return "".join("abcdefghijklmnop"[int(digit, 16)] for digit in hashlib.sha256(text.encode()).hexdigest()[:4])


def file_name(title: str, taken: Collection[str]) -> str:
    """A name for the exercise's file that nobody has yet."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    name = stem = "-".join(words)[:48].strip("-") or "question"
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def plain(text: str) -> str:
    """One line without marks, for titles and labels."""
    return re.sub(r"\s+", " ", re.sub(r"\\([^\w\s]|_)", r"\1", re.sub(r"(?<!\\)[*`]", "", text))).strip()


def reasons(parts: Iterable[tuple[str, str]]) -> str:
    """What is said about each part, in one list, where a format has no place beside it."""
    return "\n".join(f"- **{_one_line(part)}** {_one_line(why)}" for part, why in parts)


def reasons_in(text: str, parts: Sequence[str]) -> tuple[dict[str, str], str]:
    """The reasons in such a list, by part, and the rest of the text."""
    heads = {f"- **{_one_line(part)}** ": part for part in parts}
    found: dict[str, str] = {}
    rest = []
    for line in text.split("\n"):
        head = next((head for head in heads if line.startswith(head)), None)
        if head is None:
            rest.append(line)
        else:
            found[heads[head]] = line.removeprefix(head)
    return found, "\n".join(rest).strip()


SOURCES = "**Sources**"


def with_sources(text: str, sources: Sequence[str]) -> str:
    """A text, and under it where it comes from."""
    listed = "\n".join(f"- {_one_line(source)}" for source in sources)
    return f"{text}\n\n{SOURCES}\n\n{listed}".strip() if sources else text


def sources_in(text: str) -> tuple[str, list[str]]:
    """The text without the sources under it, and those."""
    before, mark, after = text.partition(SOURCES)
    found = [line[2:].strip() for line in after.splitlines() if line.startswith("- ")] if mark else []
    return (before.strip(), found) if found else (text.strip(), [])


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def exercise(
    kind: str, title: str, prompt: str, hints: Sequence[str], sources: Sequence[str], **rest: Any
) -> dict[str, Any]:
    """What the file says, in the order in which our files say it; its name comes later."""
    head: dict[str, Any] = {"id": "", "version": 1, "kind": kind, "title": title, "prompt": prompt or title}
    if hints:
        head["hints"] = list(hints)
    checks = rest.pop("checks")
    if sources:
        rest["sources"] = list(sources)
    return head | rest | {"checks": checks}


class Flow(dict[str, Any]):
    """A record that is written on one line."""


class _Writer(yaml.SafeDumper):
    """YAML as our files are written."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are set in under their field."""
        super().increase_indent(flow, False)


def _text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ">" if len(text) > 90 else '"' if re.search(r"[^\w -]", text) else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _flow(writer: yaml.SafeDumper, record: Flow) -> yaml.MappingNode:
    return writer.represent_mapping("tag:yaml.org,2002:map", record, flow_style=True)


_Writer.add_representer(str, _text)
_Writer.add_representer(Flow, _flow)


def file_text(name: str, data: Mapping[str, Any]) -> str:
    """The file of an exercise of that name."""
    record = {**data, "id": name, "checks": [Flow(check) for check in data["checks"]]}
    written = yaml.dump(
        record, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=116, default_flow_style=False
    )
    return f"{SCHEMA}\n{written}"
