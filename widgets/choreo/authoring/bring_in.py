"""`choreo import`: questions of others as exercises, and what reviewers changed in a table as changes of the files.

What would be written is shown, and checked in a copy, before anything is.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from choreo.authoring.course import Course, course_folder
from choreo.authoring.export import refuse
from choreo.authoring.told import Yes
from choreo.bank.files import files

LARGEST = 8 * 2**20  # bytes of a question bank
NEW = re.compile(r": version: this exercise (is new|has a new version);|versions\.json: is missing")


def import_(
    file: Annotated[
        Path, typer.Argument(help="quiz.gift or quiz.xml (questions), or review.csv (from choreo export).")
    ],
    lesson: Annotated[str, typer.Option(help="For questions: the lesson that they come into.")] = "",
    course: Course = Path(),
    yes: Yes = False,
) -> None:
    """Take in questions of GIFT or Moodle XML, or a reviewed table; all is shown and checked before it is written."""
    folder = course_folder(course) / "exercises"
    try:
        with file.open("rb") as opened:
            content = opened.read(2 * LARGEST + 1)
    except OSError as error:
        refuse(f"{file}: cannot be read ({error.strerror}); name another file.")
    if file.suffix.lower() == ".csv":
        texts = _reviewed(file, content, folder)
    elif not lesson:
        refuse("Into which lesson shall the questions come? Name it with --lesson.")
    elif not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", lesson):
        refuse(f"{lesson}: no name for a lesson; write lower-case letters, digits and hyphens.")
    else:
        texts = _questions(file, content, folder, lesson)
    texts = _checked(folder, texts)
    if not texts:
        typer.echo("Nothing is to be written.")
        return
    if not yes:
        typer.confirm(f"Write {_counted(len(texts))}?", abort=True)
    for name, text in texts.items():
        _write(folder / name, text)
    typer.echo(f"Written: {_counted(len(texts))}. Look at them, then run choreo check.")
    if file.suffix.lower() != ".csv":
        typer.echo(f'To show one: lesson.exercise("{Path(next(iter(texts))).stem}") in the notebook of {lesson}.')


def _counted(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"


def _reviewed(file: Path, content: bytes, folder: Path) -> dict[str, str]:
    """The changed files by their names in the folder; the changes are shown."""
    from choreo.bank.document import read_document  # here, so that `choreo start` stays small while it waits
    from choreo.bank.edit import EditError, with_text
    from choreo.bank.fault import BankError
    from choreo.exchange.sheet import SheetError, returned, rows_in

    try:
        rows = rows_in(content)
    except SheetError as error:
        refuse(f"{file}: {error}.")
    documents = {}
    for address in dict.fromkeys(row.exercise for row in rows):
        path = folder / f"{address}.yaml"
        if re.fullmatch(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*", address) and path.is_file():
            with suppress(BankError):
                documents[address] = read_document(path).data
    found = returned(rows, documents)
    texts: dict[str, str] = {}
    refused = list(found.refused)
    for change in found.changes:
        name = f"{change.exercise}.yaml"
        try:
            texts[name] = with_text(folder / name, texts.get(name) or _source(folder / name), change.place, change.text)
        except EditError as error:
            refused.append(f"{change.exercise}: {'.'.join(map(str, change.place))}: {error}.")
    for name, text in texts.items():
        before, after = _source(folder / name).splitlines(), text.splitlines()
        typer.echo(
            "\n".join(difflib.unified_diff(before, after, f"{name} as it is", f"{name} as reviewed", lineterm=""))
        )
    _list("Remarks", found.remarks)
    _list("Not taken over", refused)
    return texts


def _questions(file: Path, content: bytes, folder: Path, lesson: str) -> dict[str, str]:
    """The new files by their names in the folder; what comes in, and what does not, is told."""
    from choreo.bank.plain_xml import XmlError  # here, for the same reason
    from choreo.exchange.fresh import Fresh, Left, file_name, file_text
    from choreo.exchange.read_gift import read_gift
    from choreo.exchange.read_moodle import read_moodle

    if len(content) > LARGEST:
        refuse(f"{file}: is larger than {LARGEST // 2**20} MB; split it.")
    try:
        asked = list(read_moodle(content) if file.suffix.lower() == ".xml" else read_gift(content.decode("utf-8-sig")))
    except XmlError as error:
        refuse(f"{file}: {error}.")
    except UnicodeDecodeError:
        refuse(f"{file}: is not in UTF-8; save it as UTF-8.")
    taken = {path.stem for path in files(folder, f"{lesson}/*.yaml")}
    texts: dict[str, str] = {}
    left: list[Left] = []
    for one in asked:
        if isinstance(one, Fresh):
            name = file_name(one.title, taken)
            taken.add(name)
            texts[f"{lesson}/{name}.yaml"] = file_text(name, one.data)
            typer.echo(f"{lesson}/{name}.yaml ({one.data['kind']}): {one.title}")
            for note in dict.fromkeys(one.notes):
                typer.echo(f"    {note}.")
        else:
            left.append(one)
    _list("Left out", [f"{one.title}: {one.why}." for one in left])
    return texts


def _checked(folder: Path, texts: Mapping[str, str]) -> dict[str, str]:
    """Those of the files that are well, tried in a copy of the course; of the others is told what is wrong."""
    if not texts:
        return {}
    before = {_placeless(fault) for fault in _faults(folder)}
    with tempfile.TemporaryDirectory(prefix="choreo-import-") as scratch:
        copied = Path(scratch) / folder.name
        shutil.copytree(folder, copied)
        for name, text in texts.items():
            _write(copied / name, text)
        after = [fault.replace(scratch + os.sep, "") for fault in _faults(copied)]
    broken: dict[str, str] = {}
    others = []
    for fault in after:
        if NEW.search(fault) or _placeless(fault) in before:
            continue
        name = next((name for name in texts if f"{folder.name}/{name}:" in fault.replace(os.sep, "/")), "")
        if name:
            broken[name] = fault
        else:
            others.append(fault)
        typer.echo(fault, err=True)
    if others:
        typer.echo(
            "The last word on the whole course is choreo check; what it says above can be mended afterwards.", err=True
        )
    _list("Not written, for the faults above", list(broken))
    return {name: text for name, text in texts.items() if name not in broken}


def _faults(folder: Path) -> Sequence[str]:
    from choreo.bank.check import check
    from choreo.explorables.proof import unknown

    return [fault.replace(str(folder.parent) + os.sep, "") for fault in check(folder, None, False, unknown)]


def _placeless(fault: str) -> str:
    return re.sub(r":\d+: ", ": ", fault, count=1)


def _list(head: str, lines: Sequence[str]) -> None:
    if lines:
        typer.echo("\n".join([f"{head}:", *(f"  {line}" for line in lines)]))


def _source(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def _write(path: Path, text: str) -> None:
    """Write the file, at once or not at all, with the line ends that it had."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else b""
    content = text.replace("\n", "\r\n").encode() if b"\r\n" in before else text.encode()
    if before.startswith(b"\xef\xbb\xbf"):
        content = b"\xef\xbb\xbf" + content
    scratch = path.with_name(f".{path.name}.new")
    scratch.write_bytes(content)
    os.replace(scratch, path)
