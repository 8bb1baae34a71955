"""Faults of an author's files: place, fault, remedy; all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from choreo.grading.faults import FaultsError, Place


class BankError(Exception):
    """One or more files of the bank are broken; `faults` has a line for each fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults, one line each."""
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def faults_of(error: ValidationError, model: type[BaseModel] | None = None) -> list[str]:
    """Pydantic's findings in our form: where in the file, what is wrong, and what to do."""
    return [f"{'.'.join(map(str, place))}: {fault}" if place else fault for place, fault in placed_faults(error, model)]


def placed_faults(error: ValidationError, model: type[BaseModel] | None = None) -> list[tuple[Place, str]]:
    """The same, with each place apart; with the `model`, an unknown field gets the nearest known name."""
    found = []
    details = error.errors(include_url=False)
    broken = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    for detail in details:
        place: Place = detail["loc"]
        if detail["type"] == "too_short" and place in broken:
            continue  # parts are missing only because they are broken
        several = detail.get("ctx", {}).get("error")
        if isinstance(several, FaultsError):
            found += [(place + deeper, fault) for deeper, fault in several.found]
            continue
        message = detail["msg"].removeprefix("Value error, ")
        match detail["type"]:
            case "missing":
                message = "is missing; add it."
            case "extra_forbidden":
                message = f"unknown field; {nearest(str(place[-1]), _fields(model, place))}"
            case "string_too_short":
                message = "is empty; write something."
            case "string_type":
                message = "must be a text; put it between quotation marks."
            case "string_pattern_mismatch":
                message = "must be a name of lower-case letters, digits and hyphens; change it."
            case "value_error" if not place and message.partition(":")[0].isidentifier():
                field, _, message = message.partition(": ")
                place, message = (field,), f"{message}."
            case _:
                message = f"{message[:1].lower()}{message[1:]}; correct it."
        found.append((place, message))
    return found


def nearest(name: str, known: Sequence[str]) -> str:
    """The remedy for an unknown name: the nearest known one, or all there are."""
    close = get_close_matches(name, known, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known are: {', '.join(known)}." if known else "remove it."


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
