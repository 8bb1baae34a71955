"""Faults of an author's files: place, fault, remedy; all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from choreo.grading.faults import FaultsError, Place, as_name, nearest


class BankError(Exception):
    """One or more files of the bank are broken; `faults` has a line for each fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults, one line each."""
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def placed_faults(error: ValidationError, model: type[BaseModel] | None = None) -> list[tuple[Place, str]]:
    """Pydantic's findings, each with its place and in our form: what is wrong, and what to do.

    With the `model`, an unknown field gets the nearest known name.
    """
    found: list[tuple[Place, str]] = []
    details = error.errors(include_url=False)
    broken = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    meant = {_meant(detail, model) for detail in details}
    for detail in details:
        place: Place = detail["loc"]
        if detail["type"] == "too_short" and place in broken:
            continue  # parts are missing only because they are broken
        if detail["type"] == "missing" and place in meant:
            continue  # it is there, under a name with a slip of the pen
        several = detail.get("ctx", {}).get("error")
        if isinstance(several, FaultsError):
            found += [(place + deeper, fault) for deeper, fault in several.found]
            continue
        message = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "value_error" and not place and message.partition(":")[0].isidentifier():
            field, _, message = message.partition(": ")
            found.append(((field,), f"{message}."))
        else:
            found.append((place, _message(detail, model) or f"{message[:1].lower()}{message[1:]}; correct it."))
    return found


def _meant(detail: Mapping[str, Any], model: type[BaseModel] | None) -> Place:
    """Where the field would stand that an unknown one is like; nowhere if it is like none."""
    place: Place = detail["loc"]
    close = get_close_matches(str(place[-1]), _fields(model, place), n=1) if detail["type"] == "extra_forbidden" else []
    return (*place[:-1], *close) if close else ()


def _message(detail: Mapping[str, Any], model: type[BaseModel] | None) -> str:
    """What is wrong with a field, and what to do; empty where pydantic's own words must do."""
    place, given = detail["loc"], detail["input"]
    match detail["type"]:
        case "missing":
            return "is missing; add it."
        case "extra_forbidden" if given is None:  # {text: one, two} reads as two fields
            remedy = "if it belongs to the text before it, put that text between quotation marks."
            return f"unknown field; {nearest(str(place[-1]), _fields(model, place))} Or {remedy}"
        case "extra_forbidden":
            return f"unknown field; {nearest(str(place[-1]), _fields(model, place))}"
        case "string_too_short":
            return "is empty; write something."
        case "string_type" if isinstance(given, Mapping):  # - Think: who is there?
            return "a colon makes it a field, and it must be a text; put it between quotation marks."
        case "string_type":
            return "must be a text; put it between quotation marks."
        case "string_pattern_mismatch":
            plain = not set("_/") & set(str(detail.get("ctx", {}).get("pattern")))
            better = as_name(str(given)) if plain else ""
            return f"must be a name of lower-case letters, digits and hyphens; {f'write {better}.' if better else 'change it.'}"
    return ""


def _fields(model: type[BaseModel] | None, place: Place) -> list[str]:
    """The fields that the model knows where the last part of `place` stands."""
    if model is None:
        return []
    schema = model.model_json_schema()
    here: list[Mapping[str, Any]] = [schema]
    for part in place[:-1]:
        deeper = [found for node in here for found in _children(schema, node, part)]
        here = deeper or here
    return sorted({name for node in here for name in _resolved(schema, node).get("properties", {})})


def _children(schema: Mapping[str, Any], node: Mapping[str, Any], part: str | int) -> Iterator[Mapping[str, Any]]:
    node = _resolved(schema, node)
    for choice in (*node.get("oneOf", ()), *node.get("anyOf", ())):
        resolved = _resolved(schema, choice)
        if part in (resolved.get("properties", {}).get(key, {}).get("const") for key in ("form", "kind")):
            yield resolved
        else:
            yield from _children(schema, resolved, part)
    if isinstance(part, int):
        yield from filter(None, [node.get("items")])
    else:
        yield from filter(None, [node.get("properties", {}).get(part)])


def _resolved(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = node.get("$ref")
    return schema["$defs"][reference.rpartition("/")[2]] if reference else node
