"""What a notebook's saved outputs tell: cells that were not run, and cells that raised."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from choreo.authoring.check.calls import parsed
from choreo.authoring.check.notebook import Cell, Fault, Notebook
from choreo.serve.outputs import unshown, wordless

WORDLESS = (
    "a picture that this cell shows has no text for those who cannot see it; "
    'write lesson.chart(figure, alt="what it shows"), or Image(..., alt="..."), run all cells, and save.'
)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_WHERE = re.compile(r"(?:Cell |Input )?In ?\[\d+\], line (\d+)|^-+> (\d+) ", re.MULTILINE)


def output_faults(notebook: Notebook) -> Iterator[Fault]:
    """Cells without outputs that have some when they are run, and cells whose outputs are an error."""
    missing = [cell for cell in notebook.code if _is_missing(cell)]
    if missing:
        numbers = ", ".join(str(cell.number) for cell in missing)
        text = f"saved without outputs (cells {numbers})" if len(missing) > 1 else "saved without its output"
        yield Fault(0 if len(missing) > 1 else missing[0].number, 0, f"{text}; run all cells, and save.")
    for cell in notebook.code:
        if "raises-exception" not in cell.tags:
            yield from (raised(cell, output) for output in cell.outputs if output.get("output_type") == "error")


def unshown_faults(notebook: Notebook) -> Iterator[Fault]:
    """What was saved, and the page cannot show as JupyterLab does."""
    for cell in notebook.code:
        yield from (Fault(cell.number, 0, text) for text in unshown(cell.outputs))


def wordless_faults(notebook: Notebook) -> Iterator[Fault]:
    """Pictures that cells draw, and of which nothing is said."""
    for cell in notebook.code:
        if wordless(cell.outputs):
            yield Fault(cell.number, 0, WORDLESS)


def raised(cell: Cell, output: Mapping[str, Any]) -> Fault:
    """What an error among a cell's outputs says, at the last line of the cell that it came through."""
    lines = output.get("traceback")
    trace = _COLOURS.sub("", "\n".join(map(str, lines)) if isinstance(lines, list) else "")
    own = re.split(r"\n(?=File )", trace)[0]
    found = _WHERE.findall(own)
    line = int(found[-1][0] or found[-1][1]) if found else 0
    said = f"{output.get('ename', 'Error')}: {output.get('evalue', '')}".strip(": ")
    first, _, more = said.partition("\n")
    remedy = "mend it, run all cells, and save."
    return Fault(
        cell.number, line, f"raises {first}{' ...' if more else ''}{'' if first.endswith('.') else ';'} {remedy}"
    )


def _is_missing(cell: Cell) -> bool:
    if cell.outputs:
        return False
    return cell.raw.get("execution_count") is None or _shows(cell)


def _shows(cell: Cell) -> bool:
    """Whether the last line asks the lesson for something to show."""
    tree = parsed(cell)
    last = tree.body[-1] if isinstance(tree, ast.Module) and tree.body else None
    if not isinstance(last, ast.Expr) or cell.source.rstrip().endswith(";"):
        return False
    call = last.value.func if isinstance(last.value, ast.Call) else last.value
    owner = call.value if isinstance(call, ast.Attribute) else call
    return isinstance(owner, ast.Name) and owner.id in ("lesson", "coach")
