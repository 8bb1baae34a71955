"""What comes with a request, within bounds."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

MAX_FORM = 16 * 1024
MAX_FIELDS = 50


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
    """The request's body of at most `limit` bytes; raise TooLargeError."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLargeError
    return bytes(body)


async def read_upload(request: Request, limit: int) -> dict[str, bytes]:
    """The fields and files of a multipart form of at most `limit` bytes; raise TooLargeError or HTTPException (400)."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(400)

    async def bounded() -> AsyncGenerator[bytes, None]:
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise TooLargeError
            yield chunk

    parser = MultiPartParser(request.headers, bounded(), max_files=1, max_fields=4, max_part_size=limit)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise HTTPException(400) from error
    try:
        return {
            name: await value.read() if isinstance(value, UploadFile) else value.encode("utf-8", "replace")
            for name, value in form.multi_items()
        }
    finally:
        await form.close()


def read_json(body: bytes) -> Any:
    """The value in a JSON text; raise NotJsonError."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise NotJsonError from error


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


async def read_form(request: Request) -> Form:
    """The posted form; raise HTTPException (400, 413) for what is none of ours."""
    try:
        body = await read_body(request, MAX_FORM)
        return Form(parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except TooLargeError as error:
        raise HTTPException(413) from error
    except ValueError as error:
        raise HTTPException(400) from error
