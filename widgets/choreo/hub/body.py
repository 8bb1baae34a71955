"""What comes with a request, within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

MAX_FORM = 16 * 1024
MAX_FIELDS = 50


class TooLargeError(Exception):
    """A request's body is larger than it may be."""


@dataclass(frozen=True)
class Form:
    """The fields of a posted form, each with all its values."""

    fields: dict[str, list[str]]

    def first(self, name: str) -> str:
        """A field's value; empty if it was not sent."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> list[str]:
        """All of a field's values."""
        return self.fields.get(name, [])


async def read_body(request: Request, limit: int) -> bytes:
    """The request's body of at most `limit` bytes; raise TooLargeError."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLargeError
    return bytes(body)


async def read_form(request: Request) -> Form:
    """The posted form; raise HTTPException (400, 413) for what is none of ours."""
    try:
        body = await read_body(request, MAX_FORM)
        return Form(parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except TooLargeError as error:
        raise HTTPException(413) from error
    except ValueError as error:
        raise HTTPException(400) from error
