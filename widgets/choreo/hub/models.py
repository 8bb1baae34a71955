"""How each model works: a page made of its own record, the same for everybody, without a script."""

from __future__ import annotations

import io
import keyword
import token
import tokenize
from collections.abc import Callable, Iterator
from functools import lru_cache

from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.hub.web import Web
from choreo.models.parameter import Spec
from choreo.models.record import Record, names, parameters, record, results, source
from choreo.words import _

PAGES = 256  # that are kept: some for each path by which people come
QUOTED = {
    token.STRING,
    *(getattr(token, name) for name in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END") if hasattr(token, name)),
}


class Models:
    """The pages of all models, each made once for a path in front."""

    def __init__(self, web: Web) -> None:
        """Make none yet."""
        self._web = web
        self._page: Callable[[str, str], bytes] = lru_cache(maxsize=PAGES)(self._made)

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/models", self.index, methods=["GET"]),
            Route("/models/{name}", self.model, methods=["GET"]),
        ]

    def index(self, _request: Request) -> Response:
        """All models."""
        return self._same_for_all("")

    def model(self, request: Request) -> Response:
        """One of them."""
        name = request.path_params["name"].replace("-", "_")
        if name not in names():
            raise HTTPException(404)
        return self._same_for_all(name)

    def _same_for_all(self, name: str) -> Response:
        page = self._page(name, self._web.public.front)
        return Response(page, media_type="text/html", headers={"Cache-Control": "no-cache"})

    def _made(self, name: str, _front: str) -> bytes:
        if not name:
            return self._web.text("models", models=[(one, known(one)) for one in names()])
        one = known(name)
        return self._web.text(
            "model",
            model=name,
            record=one,
            below=(one.based_on, known(one.based_on)) if one.based_on else None,
            groups=[
                (group.__name__, (group.__doc__ or "").split("\n")[0], group.specs()) for group in parameters(name)
            ],
            span=span,
            default=default,
            results=results(name),
            results_below=results(one.based_on) if one.based_on else (),
            code=highlighted(source(name)),
            lines=source(name).count("\n"),
        )


def known(name: str) -> Record:
    """The record of a model that has one."""
    found = record(name)
    if found is None:
        raise LookupError(name)
    return found


def span(spec: Spec) -> str:
    """What a parameter may be, in words."""
    if spec.options:
        return ", ".join(str(one) for one in spec.options)
    words = _("{low} to {high} {unit}, whole numbers") if spec.whole else _("{low} to {high} {unit}")
    return words.format(low=f"{spec.low:,g}", high=f"{spec.high:,g}", unit=spec.unit).replace(" ,", ",").strip()


def default(spec: Spec) -> str:
    """What a parameter is, if nothing else is said."""
    if isinstance(spec.default, float):
        return f"{spec.default:g}"
    return str(spec.default) if spec.default != () else _("none")


def highlighted(code: str) -> Markup:
    """Python code as text, with comments, quoted text and keywords marked; code that cannot be read as it is."""
    try:
        return Markup("").join(_marked(code))
    except (tokenize.TokenError, SyntaxError):
        return escape(code)


def _marked(code: str) -> Iterator[Markup]:
    lines = code.splitlines(keepends=True)
    at = (1, 0)
    for found in tokenize.generate_tokens(io.StringIO(code).readline):
        kind = _kind(found)
        if not kind or found.start < at:
            continue
        yield escape(_between(lines, at, found.start))
        yield Markup('<span class="choreo-source-{}">{}</span>').format(kind, _between(lines, found.start, found.end))
        at = found.end
    yield escape(_between(lines, at, (len(lines) + 1, 0)))


def _kind(found: tokenize.TokenInfo) -> str:
    if found.type == token.COMMENT:
        return "comment"
    if found.type in QUOTED:
        return "text"
    return "word" if found.type == token.NAME and keyword.iskeyword(found.string) else ""


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    (first, left), (last, right) = start, end
    if first == last:
        return lines[first - 1][left:right]
    tail = lines[last - 1][:right] if last <= len(lines) else ""
    return lines[first - 1][left:] + "".join(lines[first : last - 1]) + tail
