"""What is wrong with a file that YAML cannot read, in an author's words: where it went wrong, not where it was noticed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import yaml

AnyMark = Any  # of PyYAML's own reader, or of libyaml's: line and column, from 0
Told = tuple[int, str]  # a line, from 1, and a fault with its remedy

QUOTE_IT = "put the whole text between quotation marks."


def yaml_fault(text: str, error: yaml.MarkedYAMLError, events: Callable[[], Sequence[yaml.Event]]) -> Told:
    """Line and fault; `events` reads what comes before the error once more, where that tells more."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, f"not YAML ({error.problem}); mend it."
    lines = text.splitlines() or [""]
    told = _open_quote(error) or _tab(error, mark, lines) or _of_one_line(error, mark, lines)
    return told or _after(error, mark, lines, events()) or _shape(error, mark, lines) or _rest(error, mark)


def _rest(error: yaml.MarkedYAMLError, mark: AnyMark) -> Told:
    return mark.line + 1, f"not YAML ({error.problem}); mend this line or the one before."


def _line(lines: Sequence[str], at: int) -> str:
    return lines[at] if 0 <= at < len(lines) else ""


def _open_quote(error: yaml.MarkedYAMLError) -> Told | None:
    if "quoted scalar" in str(error.context) and "end of stream" in str(error.problem) and error.context_mark:
        return error.context_mark.line + 1, "a quotation mark is opened here and never closed; close it, or remove it."
    return None


def _tab(error: yaml.MarkedYAMLError, mark: AnyMark, lines: Sequence[str]) -> Told | None:
    line = _line(lines, mark.line)
    if "tab" in str(error.problem) or line[mark.column : mark.column + 1] == "\t":
        return mark.line + 1, "a tab; YAML is indented by spaces only: put two spaces in its place."
    return None


def _of_one_line(error: yaml.MarkedYAMLError, mark: AnyMark, lines: Sequence[str]) -> Told | None:
    """What can be told from the line itself, and the message."""
    problem, line = str(error.problem), _line(lines, mark.line)
    rest = line[mark.column :]
    if "mapping values are not allowed" in problem:
        return _colon(mark, lines)
    if "unknown escape" in problem:
        return (
            mark.line + 1,
            r"a \ between double quotation marks stands for something else; write \\, or use single ones.",
        )
    begins = "cannot start any token" in problem or "are not allowed in this context" in problem
    if rest.strip() and (begins or "undefined alias" in problem or "expected node content" in problem):
        return mark.line + 1, f"a text cannot begin with {rest[:1]} as it is; {QUOTE_IT}"
    if error.context_mark and re.search(r"(alias|anchor|block scalar|directive)$", str(error.context)):
        sign = _line(lines, error.context_mark.line)[error.context_mark.column :][:1]
        return error.context_mark.line + 1, f"a text cannot begin with {sign} as it is; {QUOTE_IT}"
    if "another document" in problem:
        return mark.line + 1, "not YAML of one piece: --- begins a second one; remove it, or make it a file of its own."
    return None


def _colon(mark: AnyMark, lines: Sequence[str]) -> Told:
    before = _line(lines, mark.line)[: mark.column]
    field = re.match(r"[\s-]*([\w-]+):\s", before)
    if field:
        return mark.line + 1, f"the text of {field[1]} has a colon in it, which begins a field; {QUOTE_IT}"
    return mark.line + 1, (
        "this line is read as part of the text above it, and has a colon; "
        "indent it like the field above, or put that whole text between quotation marks."
    )


def _after(
    error: yaml.MarkedYAMLError, mark: AnyMark, lines: Sequence[str], events: Sequence[yaml.Event]
) -> Told | None:
    """A quotation mark, a bracket or a # that ended a text before its author did."""
    if (opened := _unclosed(events)) and not _line(lines, mark.line)[mark.column :].strip():
        return opened.line + 1, _bracket(opened, lines)
    quoted = [event for event in events if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"')]
    begin, end = (quoted[-1].start_mark, quoted[-1].end_mark) if quoted else (None, None)
    if begin and end and _closes_before(end, mark, lines):
        first, last, sign = begin.line, end.line, quoted[-1].style
        if first != last:
            return (
                first + 1,
                f"a quotation mark is opened here and only closed in line {last + 1}; close it in its place.",
            )
        inside = "write it twice ('')" if sign == "'" else "put the whole between single ones (')"
        return first + 1, f"a quotation mark ({sign}) ends this text early; where it belongs to the text, {inside}."
    before = _line(lines, mark.line)[: mark.column].rstrip()
    if before.endswith(("]", "}")) and "block" in str(error.context):
        sign = "[" if before.endswith("]") else "{"
        return mark.line + 1, f"a text cannot begin with {sign}, which begins a list or fields; {QUOTE_IT}"
    above = _above(lines, mark.line)
    if above is not None and re.search(r"\S\s+#", lines[above]) and "#" not in lines[above].split(" #")[0]:
        return above + 1, f"what stands after # is a comment and ends the text; {QUOTE_IT}"
    return None


def _unclosed(events: Sequence[yaml.Event]) -> AnyMark | None:
    """Where the innermost bracket was opened that is open at the end."""
    opened: list[tuple[AnyMark | None, bool]] = []
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.start_mark, bool(event.flow_style)))
        elif isinstance(event, yaml.CollectionEndEvent) and opened:
            opened.pop()
    return opened[-1][0] if opened and opened[-1][1] else None


def _bracket(opened: AnyMark, lines: Sequence[str]) -> str:
    sign = _line(lines, opened.line)[opened.column : opened.column + 1]
    return f"the bracket {sign} is opened here and not closed; close it with {']' if sign == '[' else '}'}."


def _closes_before(end: AnyMark, mark: AnyMark, lines: Sequence[str]) -> bool:
    return end.line == mark.line and not _line(lines, mark.line)[end.column : mark.column].strip()


def _above(lines: Sequence[str], at: int) -> int | None:
    return next((line for line in range(min(at, len(lines)) - 1, -1, -1) if lines[line].strip()), None)


def _shape(error: yaml.MarkedYAMLError, mark: AnyMark, lines: Sequence[str]) -> Told | None:
    """Indentation, brackets, and what is neither a field nor a text."""
    problem, line, opened = str(error.problem), _line(lines, mark.line), error.context_mark
    if opened and "flow" in str(error.context):
        if opened.line == mark.line and line[mark.column : mark.column + 1] == ":":
            return mark.line + 1, "a text in this line has a colon in it; put that text between quotation marks."
        sign = _line(lines, opened.line)[opened.column : opened.column + 1]
        return (
            opened.line + 1,
            f"the bracket {sign} is opened here and not closed; close it with {']' if sign == '[' else '}'}.",
        )
    if opened and "could not find expected ':'" in problem:
        return _neither(opened, lines)
    if opened and ("expected key" in problem or "'-' indicator" in problem):
        if line[mark.column : mark.column + 1] == "-" and mark.column == opened.column:
            return (
                mark.line + 1,
                f"a list (-) begins here, and line {opened.line + 1} is no part of one; give it a - as well.",
            )
        return mark.line + 1, (
            f"this line stands {mark.column} spaces in, and line {opened.line + 1}, with which it belongs, {opened.column}; "
            "indent them alike."
        )
    return None


def _neither(opened: AnyMark, lines: Sequence[str]) -> Told:
    line = _line(lines, opened.line)
    above = _above(lines, opened.line)
    if re.match(r"\s*[\w-]+:\S", line):
        return opened.line + 1, "a space is missing after the colon; write it."
    if above is not None and re.search(r":\s*[|>][-+]?\s*$", lines[above]):
        return opened.line + 1, f"the text of line {above + 1} must be indented; begin its lines with two spaces."
    return (
        opened.line + 1,
        "neither a field (name: value) nor a text of one; write the colon, or indent it below its field.",
    )
