"""A running order: which activities, with which settings, and how long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from choreo.live.activities import activities
from choreo.live.promises import LastTime

MOST_ITEMS = 30


class Item(BaseModel):
    """One activity in a running order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    activity: Annotated[str, Field(max_length=40)]
    minutes: Annotated[int, Field(ge=1, le=240)]
    settings: dict[str, Any] = {}


class Plan(BaseModel):
    """A title and a running order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=80)]
    items: Annotated[tuple[Item, ...], Field(max_length=MOST_ITEMS)]
    notes: Annotated[str, Field(max_length=4000)] = ""  # Markdown, for the coach
    late: Annotated[str, Field(max_length=400)] = ""  # what to cut when there is too little time, in a sentence or two
    last_time: LastTime | None = (
        None  # what the room promised in an earlier session, where the coach wants it remembered
    )


class PlanError(Exception):
    """A running order has faults; the message names each place, fault and remedy."""


def read_plan(data: Mapping[str, Any]) -> Plan:
    """The plan in a JSON or YAML value, its items' settings complete; raise PlanError with all faults."""
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        raise PlanError(_faults("", error)) from None
    kinds, faults, items = activities(), [], []
    for number, item in enumerate(plan.items, 1):
        kind = kinds.get(item.activity)
        if kind is None:
            faults.append(f"item {number}: there is no activity {item.activity!r}; choose from {', '.join(kinds)}.")
            continue
        try:
            settings = kind.Settings.model_validate(item.settings)
        except ValidationError as error:
            faults.append(_faults(f"item {number} ({item.activity}), settings ", error))
        else:
            items.append(item.model_copy(update={"settings": settings.model_dump(mode="json")}))
    if faults:
        raise PlanError("\n".join(faults))
    return plan.model_copy(update={"items": tuple(items)})


def _faults(place: str, error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False)
    return "\n".join(f"{place}{'.'.join(map(str, one['loc']))}: {one['msg']}." for one in found)
