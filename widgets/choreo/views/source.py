"""The browser half of a component, read from the files beside its Python half."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from pathlib import Path

VIEWS = Path(__file__).parent
PLOTLY = {  # made by plotly/build.mjs
    "basic": VIEWS / "plotly" / "plotly-basic.min.js.gz",  # lines, points, bars: starts in half the time
    "cartesian": VIEWS / "plotly" / "plotly-cartesian.min.js.gz",  # and pies, heat maps, boxes, contours, ...
}
SEAM = "\n//# choreo: a module ends\n"
SHEET_SEAM = "\n/* choreo: a sheet ends */\n"
FORMS = 'import { a, b as c } from "./x.js", export function, class or const, and export default last in a component'

_IMPORT = re.compile(r'^import \{(?P<names>[^}]*)\} from "(?P<from>\.{1,2}/[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?P<kind>(?:async )?function\*?|class|const) (?P<name>\w+)", re.MULTILINE)
_OTHER = re.compile(r"^\s*(?:import\b(?!\()|export\b(?! default\b)).*", re.MULTILINE)


def script(path: Path) -> str:
    """The ES module at `path` with all that it imports, as one text; raise ValueError for an import that cannot be followed.

    A component's module reaches the browser as one text: a notebook has no address to import from. Each module that it
    imports, itself or through another, comes before it, as a constant that holds what it exports, with a seam after it
    where a page with many components takes them apart and sends each once. FORMS are what a module may say.
    """
    modules: dict[Path, str] = {}
    _gather(path.resolve(), modules, ())
    *shared, own = modules.values()
    return SEAM.join([*shared, own])


def _gather(path: Path, modules: dict[Path, str], importers: tuple[Path, ...]) -> None:
    """Add the module at `path`, after all that it imports."""
    if path in importers:
        raise ValueError(f"{_name(path)}: imports itself by way of {_name(importers[-1])}; take one of the imports out")
    text = path.read_text(encoding="utf-8")
    for found in _IMPORT.finditer(text):
        needed = (path.parent / found["from"]).resolve()
        if not needed.is_file():
            raise ValueError(f"{_name(path)}: imports {found['from']}, which is not there; mend the path")
        if needed not in modules:
            _gather(needed, modules, (*importers, path))
    body = _IMPORT.sub(lambda found: _taken(found["names"], (path.parent / found["from"]).resolve()), text)
    names = [found["name"] for found in _EXPORT.finditer(body)]
    body = _EXPORT.sub(r"\g<kind> \g<name>", body)
    if importers:
        body = re.sub(
            r"^export default .*\Z", "", body, flags=re.MULTILINE | re.DOTALL
        )  # a component, to others a module
        body = f"const {_holder(path)} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"
    if fault := _OTHER.search(body):
        raise ValueError(f'{_name(path)}: "{fault[0].strip()}" cannot be followed; write {FORMS}')
    modules[path] = body


def _taken(names: str, path: Path) -> str:
    own = ", ".join(re.sub(r"\s+as\s+", ": ", name.strip()) for name in names.split(",") if name.strip())
    return f"const {{ {own} }} = {_holder(path)};"


def _holder(path: Path) -> str:
    return "choreo_" + re.sub(r"\W", "_", _name(path).removesuffix(".js"))


def _name(path: Path) -> str:
    return path.relative_to(VIEWS.parent).as_posix() if path.is_relative_to(VIEWS.parent) else path.name


def style(path: Path, *shared: str) -> str:
    """The style sheet at `path`, with the named shared sheets of views/shared before it, and a seam between them."""
    parts = [(VIEWS / "shared" / f"{name}.css").read_text(encoding="utf-8") for name in shared]
    return SHEET_SEAM.join([*parts, path.read_text(encoding="utf-8")])


@cache
def card_half(kind: str) -> tuple[str, str]:
    """The module and the style sheet of a kind of exercise."""
    half = VIEWS / "exercises" / kind
    return script(half.with_suffix(".js")), style(half.with_suffix(".css"), "card")


@cache
def stage_half(stage: str) -> tuple[str, str]:
    """The module and the style sheet of a stage, with the player's."""
    half = VIEWS / "stages" / stage
    sheets = [style(VIEWS / "player.css", "plot"), style(VIEWS / "chart.css"), style(half.with_suffix(".css"))]
    return script(half.with_suffix(".js")), SHEET_SEAM.join(sheets)


def read_ahead() -> None:
    """Read the halves of all cards and stages, for processes that are forked later; whoever needs a broken one tells of it."""
    for folder, half in (("exercises", card_half), ("stages", stage_half)):
        for sheet in (VIEWS / folder).glob("*.css"):
            with suppress(OSError, ValueError):
                half(sheet.stem)
