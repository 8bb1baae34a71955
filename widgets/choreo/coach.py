"""What the coach's notebook imports: `from choreo import coach`, then `coach.console()`."""

from __future__ import annotations

from functools import cache
from typing import Any

from choreo.live.activities import activities, notes_on
from choreo.live.activity import Activity
from choreo.live.form import fields
from choreo.live.plan import Plan
from choreo.live.ready_made import ready_made
from choreo.views.console import Console
from choreo.views.markdown import html


def console() -> Console:
    """The desk from which a live session is run. It belongs to no learner, and goes on when this kernel ends."""
    return Console([_plan(name, plan) for name, plan in ready_made().items()], catalogue())


@cache
def catalogue() -> list[dict[str, Any]]:
    """All activities: name, title, lesson, minutes, what they are for (HTML), and what can be set about them."""
    return [_entry(activity) for activity in activities().values()]


def _entry(activity: type[Activity]) -> dict[str, Any]:
    return {
        "name": activity.name,
        "title": activity.title,
        "lesson": activity.lesson,
        "minutes": activity.minutes,
        "notes": html(notes_on(activity.name)),
        "fields": fields(activity.Settings),
    }


def _plan(name: str, plan: Plan) -> dict[str, Any]:
    return {
        "name": name,
        "minutes": sum(item.minutes for item in plan.items),
        "notes": html(plan.notes + (f"\n\n**Running late?** {plan.late}" if plan.late else "")),
        "plan": plan.model_dump(mode="json"),
    }
