"""What comes with a request, within bounds."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

MAX_FORM = 16 * 1024
MAX_FIELDS = 50
MAX_PARTS = 4  # fields and files of an upload
MAX_HEAD = 1000  # bytes of what stands before a part's content
SILENCE = 20.0  # seconds between two pieces of a body

_NAME = re.compile(rb'\bname="([^"\r\n]*)"')
MAX_DIGITS = 100  # of a whole number; to read long ones takes long, and Python refuses them in its own way


class TooLargeError(Exception):
    """A request's body is larger than it may be."""


class NotJsonError(ValueError):
    """What should be JSON in UTF-8 is not."""


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
    """The request's body of at most `limit` bytes; raise TooLargeError, or HTTPException (408) if it does not come."""
    body = bytearray()
    now = asyncio.get_running_loop().time
    try:
        async with asyncio.timeout(SILENCE) as patience:
            async for piece in request.stream():
                body += piece
                if len(body) > limit:
                    raise TooLargeError
                patience.reschedule(now() + SILENCE)
    except TimeoutError:
        raise HTTPException(408, headers={"Connection": "close"}) from None
    return bytes(body)


def boundary_of(request: Request) -> bytes:
    """What stands between the parts of a multipart form; raise HTTPException (400) for a form of another kind."""
    about = Message()
    about["Content-Type"] = request.headers.get("content-type", "")
    boundary = about.get_boundary("") if about.get_content_type() == "multipart/form-data" else ""
    if not boundary or not boundary.isascii():
        raise HTTPException(400)
    return boundary.encode()


def read_parts(body: bytes, boundary: bytes) -> dict[str, bytes]:
    r"""The fields and files of a multipart form by name; raise HTTPException (400). Takes time in proportion to the body.

    >>> read_parts(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--', b"x")
    {'a': b'1'}
    """
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary, MAX_PARTS + 1)[1:]
    if not parts or not parts[-1].startswith(b"--"):
        raise HTTPException(400)
    fields = {}
    for part in parts[:-1]:
        head, gap, content = part.partition(b"\r\n\r\n")
        named = _NAME.search(head[:MAX_HEAD])
        if not gap or not named:
            raise HTTPException(400)
        fields[named[1].decode("utf-8", "replace")] = content
    return fields


def read_json(body: bytes) -> Any:
    """The value in a JSON text; raise NotJsonError. Numbers may be infinite or none: whoever keeps them looks at that."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise NotJsonError from error


def _whole(text: str) -> float:
    return int(text) if len(text) <= MAX_DIGITS else float(text)


async def read_form(request: Request, limit: int = MAX_FORM) -> Form:
    """The posted form, of at most `limit` bytes; raise HTTPException (400, 413) for what is none of ours."""
    try:
        body = await read_body(request, limit)
        return Form(parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except TooLargeError as error:
        raise HTTPException(413) from error
    except ValueError as error:
        raise HTTPException(400) from error
