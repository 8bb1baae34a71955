"""The JSON Schema that editors complete exercise files with.

`python -m choreo.bank.schema exercises/schema.json` writes it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Union

from pydantic import Field, TypeAdapter

from choreo.bank.loader import kinds


def schema() -> dict[str, Any]:
    """One schema for files of every kind, told apart by their `kind`."""
    every: Any = Union[tuple(kinds().values())]  # noqa: UP007  # the kinds are found, not written here
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[every, Field(discriminator="kind")])
    found = adapter.json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A Choreo exercise", **found}


def schema_text() -> str:
    """The schema as its file has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
