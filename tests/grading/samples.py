"""One small exercise of each kind, with an answer to it. SECRET marks what must not be seen before an answer."""

from __future__ import annotations

from typing import Any

from choreo.bank.loader import kind_named
from choreo.grading.exercise import Exercise

SECRET = "kept back"

_RECORDS: dict[str, dict[str, Any]] = {
    "one": {
        "kind": "choice",
        "options": [
            {"id": "frame", "text": "Frame", "right": True, "why": f"{SECRET} a"},
            {"id": "steps", "text": "Steps", "why": f"{SECRET} b"},
            {"id": "nothing", "text": "Nothing", "why": f"{SECRET} c"},
        ],
    },
    "all": {
        "kind": "choice",
        "several": True,
        "options": [
            {"id": "frame", "text": "Frame", "right": True, "why": f"{SECRET} a"},
            {"id": "cue", "text": "Cue", "right": True, "why": f"{SECRET} b"},
            {"id": "steps", "text": "Steps", "why": f"{SECRET} c"},
            {"id": "nothing", "text": "Nothing", "why": f"{SECRET} d"},
        ],
    },
    "sort": {
        "kind": "classify",
        "buckets": [{"id": "frame", "text": "Frame"}, {"id": "steps", "text": "Steps"}],
        "cases": [
            {"id": "noon", "text": "Begin at noon", "bucket": "frame", "why": f"{SECRET} a"},
            {"id": "say", "text": "Say this", "bucket": "steps", "why": f"{SECRET} b"},
        ],
    },
    "line-up": {
        "kind": "order",
        "steps": [
            {"id": "intent", "text": "Say what for", "why": f"{SECRET} a"},
            {"id": "cue", "text": "Agree on a cue", "why": f"{SECRET} b"},
            {"id": "trial", "text": "Try it small", "why": f"{SECRET} c"},
        ],
    },
    "card": {
        "kind": "written",
        "fields": [
            {"id": "frame", "label": "The frame", "help": "What is *the same*?"},
            {"id": "freedom", "label": "The freedom", "optional": True},
        ],
        "criteria": [{"id": "short", "text": "It is short"}],
        "example": {"frame": f"{SECRET} a"},
        "about": f"{SECRET} b",
    },
    "draw": {
        "kind": "predict",
        "ask": {"form": "curve", "x": {"label": "Listening", "values": [0, 1, 2]}, "y": {"label": "Together"}},
        "after": f"{SECRET} a",
    },
    "count": {"kind": "predict", "ask": {"form": "number", "label": "How many?", "low": 0, "high": 200}},
    "guess": {
        "kind": "predict",
        "ask": {"form": "choice", "options": [{"id": "sudden", "text": "Sudden"}, {"id": "slow", "text": "Slow"}]},
    },
    "next-move": {"kind": "commit"},
    "together": {
        "kind": "goal",
        "explorable": "choreography",
        "goal": "Bring them together",
        "target": 0.85,
        "fixed": {"people": 200},
        "most": {"far": 40},
        "winning": {"coupling": 4, "far": 39.5},
        "losing": {"coupling": 2, "far": 0},
    },
}

ANSWERS: dict[str, dict[str, Any]] = {
    "one": {"chosen": ["steps"]},
    "all": {"chosen": ["frame", "steps"]},
    "sort": {"placed": {"noon": "frame", "say": "frame"}},
    "line-up": {"order": ["cue", "intent", "trial"]},
    "card": {"fields": {"frame": "Noon", "freedom": ""}, "met": ["short"]},
    "draw": {"curve": [0, 50, 100.0]},
    "count": {"number": 40},
    "guess": {"chosen": "sudden"},
    "next-move": {"what": "Ask for a cue", "whom": "Mara", "by": "2026-12-01"},
    "together": {"settings": {"coupling": 4, "far": 40}, "reached": True, "order": 0.93},
}


def sample(name: str, **changes: Any) -> Exercise:
    """The sample of that name, with fields changed or added."""
    record = {"id": name, "version": 1, "title": "A title", "prompt": "A *prompt*.", **_RECORDS[name], **changes}
    kind = kind_named(record["kind"])
    assert kind is not None
    return kind.model_validate(record)


def samples() -> list[Exercise]:
    """All of them."""
    return [sample(name) for name in _RECORDS]
