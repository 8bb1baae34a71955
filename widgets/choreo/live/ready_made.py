"""Ready-made running orders of 20, 45, 60, 90 and 120 minutes: the YAML files in plans/."""

from __future__ import annotations

from pathlib import Path

import yaml

from choreo.bank.files import files
from choreo.live.plan import Plan, PlanError, read_plan

PLANS = Path(__file__).parent / "plans"


def ready_made(folder: Path = PLANS) -> dict[str, Plan]:
    """The plans by name ("twenty", "forty-five", "sixty", ...), the shortest first.

    Raises PlanError, which names the file, if one of them has faults.
    """
    plans = {}
    for path in files(folder, "*.yaml"):
        try:
            plans[path.stem] = read_plan(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (PlanError, yaml.YAMLError) as error:
            raise PlanError(f"{path}: {error}") from None
    return dict(sorted(plans.items(), key=lambda entry: length(entry[1])))


def length(plan: Plan) -> int:
    """How many minutes a plan takes."""
    return sum(item.minutes for item in plan.items)
