"""Pages: templates dressed for one request."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from choreo.bank.spoken import in_hours, spoken
from choreo.hub.assets import Assets
from choreo.hub.beside import FOLDER
from choreo.hub.house import Wardrobe
from choreo.hub.public import Public
from choreo.progress.legible import in_figures, in_words
from choreo.typed import isolated
from choreo.views.markdown import html, line

TEMPLATES = Path(__file__).parent / "templates"
PLACE = re.compile(r"\{\{([a-z0-9][a-z0-9-]{0,79})\}\}")


class Web:
    """Renders templates; whatever people or authors wrote is escaped, authors' Markdown comes through `markdown`."""

    def __init__(self, assets: Assets, wardrobe: Wardrobe, public: Public, sign_out: str = "") -> None:
        """Read no template yet; with `warm` all at once. `wardrobe` has what the house wears.

        `sign_out` is where learners sign out of the JupyterHub; "" where there is none.
        """
        self.wardrobe, self.public = wardrobe, public
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["at"] = public.at
        self._environment.globals["sign_out"] = sign_out
        self._environment.globals["asset"] = lambda name: public.at(assets.address(name))
        self._environment.globals["live"] = lambda name: public.at(assets.live.address(name))
        self._environment.filters["markdown"] = lambda text: Markup(html(text, public.at(FOLDER)))
        self._environment.filters["line"] = lambda text: Markup(line(text, public.at(FOLDER)))
        self._environment.filters["passage"] = lambda prose, control: passage(prose, control, public.at(FOLDER))
        self._environment.filters["words"] = in_words
        self._environment.filters["isolated"] = isolated
        self._environment.filters["figures"] = in_figures
        self._environment.filters["number"] = spoken
        self._environment.filters["hours"] = in_hours
        self._environment.filters["day"] = lambda day: f"{day.day} {day:%B %Y}"

    def warm(self) -> None:
        """Compile all templates, so that the first visit need not wait."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def page(self, name: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> HTMLResponse:
        """The page of a template."""
        return HTMLResponse(self.text(name, **values), status, headers)

    def text(self, name: str, **values: Any) -> bytes:
        """The page as it is sent; half characters, which UTF-8 cannot carry, become question marks."""
        page = self._environment.get_template(f"{name}.html").render(house=self.wardrobe.dress(), **values)
        return page.encode("utf-8", "replace")

    def see(self, address: str) -> RedirectResponse:
        """That the browser shall ask for an address of the course ("/review") instead."""
        return RedirectResponse(self.public.at(address), 303)


def passage(prose: str, control: Callable[[str], str], beside: str) -> Markup:
    """Authors' Markdown with `control(id)` in each of its places, which are written {{id}}; files lie under `beside`."""
    return Markup(PLACE.sub(lambda found: str(control(found[1])), html(prose, beside)))


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to keep."""
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": kind})
