"""A lesson's notebook as an author's tools write it: cells, and what they show when they are run."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from choreo.bank.notebook import CALL

SPECS = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def markdown(name: str, text: str) -> dict[str, Any]:
    """A cell of text."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text.splitlines(keepends=True)}


def code(name: str, source: str) -> dict[str, Any]:
    """A cell of code that has not run."""
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "id": name, "metadata": {}, "source": lines, "execution_count": None, "outputs": []}


def with_call(notebook: dict[str, Any], name: str, source: str) -> dict[str, Any]:
    """The notebook with one more cell of code, after the last one that shows an exercise."""
    cells = list(notebook["cells"])
    shows = [at for at, cell in enumerate(cells) if (call := CALL.search("".join(cell["source"]))) and call["name"]]
    cells.insert(shows[-1] + 1 if shows else len(cells), code(name, source))
    return {**notebook, "cells": cells}


def run(notebook: dict[str, Any], shown: Callable[[str], str | None]) -> dict[str, Any]:
    """The notebook with what its cells show: `shown` says it of a source, and None of what shows nothing of ours."""
    count = 0
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            text = shown("".join(cell["source"]))
            if text is not None:
                data = {"text/plain": text.splitlines(keepends=True)}
                result = {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}
                cell = {**cell, "execution_count": count, "outputs": [result]}
        cells.append(cell)
    return {**notebook, "cells": cells}


def written(notebook: dict[str, Any]) -> str:
    """The file's text, as Jupyter writes it."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def blank(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """A notebook of these cells."""
    return {"cells": cells, "metadata": SPECS, "nbformat": 4, "nbformat_minor": 5}
