"""Pages: templates dressed for one request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from choreo.hub.assets import Assets
from choreo.views.markdown import html

TEMPLATES = Path(__file__).parent / "templates"


class Web:
    """Renders templates; whatever people or authors wrote is escaped, authors' Markdown comes through `markdown`."""

    def __init__(self, assets: Assets) -> None:
        """Read no template yet; with `warm` all at once."""
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["asset"] = assets.address
        self._environment.filters["markdown"] = lambda text: Markup(html(text))

    def warm(self) -> None:
        """Compile all templates, so that the first visit need not wait."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def page(self, name: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> HTMLResponse:
        """The page of a template."""
        return HTMLResponse(self._environment.get_template(f"{name}.html").render(values), status, headers)
