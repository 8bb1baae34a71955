"""The browser half of a component, read from the files beside its Python half."""

from __future__ import annotations

from pathlib import Path

VIEWS = Path(__file__).parent
PLOTLY = {  # made by plotly/build.mjs
    "basic": VIEWS / "plotly" / "plotly-basic.min.js.gz",  # lines, points, bars: starts in half the time
    "cartesian": VIEWS / "plotly" / "plotly-cartesian.min.js.gz",  # and pies, heat maps, boxes, contours, ...
}
SEAM = "\n//# choreo: a shared part ends\n"
SHEET_SEAM = "\n/* choreo: a sheet ends */\n"


def script(path: Path, *shared: str) -> str:
    """The ES module at `path`, with the named shared parts of views/shared before it.

    A component's module reaches the browser as one text (a notebook has no address to import from), so shared parts are
    plain declarations that are put in front, each with a seam after it where a page with many components may take them apart.
    """
    parts = [(VIEWS / "shared" / f"{name}.js").read_text(encoding="utf-8") for name in shared]
    return SEAM.join([*parts, path.read_text(encoding="utf-8")])


def style(path: Path, *shared: str) -> str:
    """The style sheet at `path`, with the named shared sheets of views/shared before it, and a seam between them."""
    parts = [(VIEWS / "shared" / f"{name}.css").read_text(encoding="utf-8") for name in shared]
    return SHEET_SEAM.join([*parts, path.read_text(encoding="utf-8")])
