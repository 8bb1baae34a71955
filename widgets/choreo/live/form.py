"""What a coach can set about an activity, as fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

LONG = 80  # characters from which a text gets several lines
SHORT = 60  # characters of a description, or of its first sentence, that can be the field's label


def fields(settings: type[BaseModel]) -> list[dict[str, Any]]:
    """The settings' fields in order: name, label, help, kind, value, and what bounds the value.

    Kinds: "text", "long", "whole", "number", "choice" (with options), "yes", "list" (of texts), "json" (anything else).
    """
    schema = settings.model_json_schema()
    return [_field(name, _plain(one, schema)) for name, one in schema.get("properties", {}).items()]


def _plain(one: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """The field's schema without references and without "or nothing"."""
    found = dict(one)
    for wrap in ("allOf", "anyOf"):
        inner = [part for part in found.pop(wrap, []) if part.get("type") != "null"]
        if len(inner) == 1:
            found = {**inner[0], **found}
    if reference := found.pop("$ref", ""):
        found = {**schema["$defs"][reference.rpartition("/")[2]], **found}
    return found


def _field(name: str, one: Mapping[str, Any]) -> dict[str, Any]:
    said = str(one.get("description", "")).strip()
    label = name.replace("_", " ").capitalize()
    first, _dot, more = said.partition(". ")
    if first and len(first) <= SHORT:
        label, said = first[0].upper() + first[1:].rstrip("."), more
    field: dict[str, Any] = {"name": name, "label": label, "help": said, "value": one.get("default")}
    return field | _bounds(one)


def _bounds(one: Mapping[str, Any]) -> dict[str, Any]:
    kind = one.get("type")
    options = one.get("enum") or ([one["const"]] if "const" in one else None)
    if options is not None:
        words = [str(option).replace("_", " ").replace("-", " ") for option in options]
        return {"kind": "choice", "options": [{"value": v, "label": w} for v, w in zip(options, words, strict=True)]}
    if kind == "string":
        most = one.get("maxLength", 400)
        return {"kind": "long" if most > LONG else "text", "most": most, "least": one.get("minLength", 0)}
    if kind in ("integer", "number"):
        low = one.get("minimum", one.get("exclusiveMinimum"))
        high = one.get("maximum", one.get("exclusiveMaximum"))
        return {"kind": "whole" if kind == "integer" else "number", "low": low, "high": high}
    if kind == "boolean":
        return {"kind": "yes"}
    if kind == "array" and one.get("items", {}).get("type") == "string":
        return {"kind": "list", "most": one.get("maxItems", 30)}
    return {"kind": "json"}
