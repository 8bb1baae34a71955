"""`choreo run`: what the cells of lessons' notebooks show, saved with them, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from choreo.authoring import notebooks
from choreo.authoring.course import Course, course_folder
from choreo.authoring.draft import Draft, NotMadeError
from choreo.bank.files import files
from choreo.grading.faults import nearest
from choreo.words import _

PATIENCE = 120  # seconds for one cell


def rerun(
    lessons: Annotated[list[str] | None, typer.Argument(help="Such as 02-silos; all if left out.")] = None,
    course: Course = Path(),
) -> None:
    """Run notebooks and save what their cells show, without the state of widgets, which the course never reads."""
    folder = course_folder(course)
    known = {path.stem: path for path in files(folder / "lessons", "*.ipynb")}
    for name in lessons or known:
        if name not in known:
            typer.echo(
                _("There is no lesson {name}; {remedy}").format(name=name, remedy=nearest(name, list(known))), err=True
            )
            raise typer.Exit(1)
    environ = os.environ | {"CHOREO_EXERCISES": str(folder / "exercises")}
    failed = [name for name in lessons or known if not _save(known[name], environ)]
    if failed:
        raise typer.Exit(1)


def _save(path: Path, environ: Mapping[str, str]) -> bool:
    """Whether the notebook ran; if not, it is left as it was, and what its cell said is told."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    notebook: Any = nbformat.read(path, as_version=4)
    notebook.metadata.pop("widgets", None)
    about = dict(notebook.metadata)  # of the notebook; a run adds which Python it was
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(
        notebook,
        timeout=PATIENCE,
        kernel_name="python3",
        resources=resources,
        store_widget_state=False,
        record_timing=False,
    )
    try:
        client.execute(env=environ)
        draft = Draft()
        draft.changed[path] = notebooks.written(_plain(notebook) | {"metadata": about})
        draft.write()
    except (CellExecutionError, CellTimeoutError, NotMadeError) as error:
        typer.echo(f"lessons/{path.name}: {str(error).strip().splitlines()[-1]}", err=True)
        return False
    typer.echo(f"lessons/{path.name}")
    return True


def _plain(notebook: Any) -> dict[str, Any]:
    """The notebook as we keep it: of a component its line of text, and lines in lists, as Jupyter writes them."""
    cells = []
    for cell in notebook.cells:
        kept = {key: value for key, value in cell.items() if key not in ("source", "outputs", "execution_count")}
        kept["source"] = cell.source.splitlines(keepends=True)
        if cell.cell_type == "code":
            kept |= {"execution_count": cell.execution_count, "outputs": [_output(one) for one in cell.outputs]}
        cells.append(kept)
    return {"cells": cells, **{key: value for key, value in notebook.items() if key != "cells"}}


def _output(output: Any) -> dict[str, Any]:
    """What a cell shows, without a widget's address: it leads to a kernel that has ended."""
    found = dict(sorted(output.items()))  # as Jupyter writes them
    if "data" in found:
        data = {kind: value for kind, value in found["data"].items() if "widget-view" not in kind}
        text = {
            kind: value.splitlines(keepends=True)
            for kind, value in data.items()
            if isinstance(value, str) and kind.startswith("text/")
        }
        found["data"] = {**data, **text}
    elif "text" in found:
        found["text"] = found["text"].splitlines(keepends=True)
    return found
