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
    "pair": {
        "kind": "match",
        "pairs": [
            {
                "left": {"id": "rhythm", "text": "Rhythm"},
                "right": {"id": "monday", "text": "Every Monday"},
                "why": f"{SECRET} a",
            },
            {
                "left": {"id": "language", "text": "Language"},
                "right": {"id": "glossary", "text": "A *glossary*"},
                "why": f"{SECRET} b",
            },
        ],
        "extra": [{"id": "budget", "text": "The budget", "why": f"{SECRET} c"}],
    },
    "fill": {
        "kind": "cloze",
        "text": "It takes **{{reach}}** who hear the far end.\n\nAnd a {{signal}} for all.",
        "gaps": [
            {
                "id": "reach",
                "options": ["nobody", "a few", "everybody"],
                "right": "a few",
                "why": f"{SECRET} a",
                "near": [{"given": ["everybody"], "say": f"{SECRET} b"}],
            },
            {
                "id": "signal",
                "label": "something to notice",
                "accept": ["starting cue", "shout"],
                "why": f"{SECRET} c",
                "near": [{"given": ["order"], "say": f"{SECRET} d"}],
            },
        ],
    },
    "spot": {
        "kind": "mark",
        "what": "assumption",
        "text": "In May [[everybody *wants* this|all-want]].\n\n- [[It is signed|signed]].\n- [[It rains|rain]].",
        "spans": [
            {"id": "all-want", "right": True, "why": f"{SECRET} a"},
            {"id": "signed", "why": f"{SECRET} b"},
            {"id": "rain", "why": f"{SECRET} c"},
        ],
    },
    "pickups": {
        "kind": "estimate",
        "label": "Late pickups",
        "unit": "a week",
        "low": 0,
        "high": 60,
        "truth": 19.5,
        "good": 6,
        "why": f"{SECRET} a",
        "sources": ["A paper"],
    },
    "again": {
        "kind": "choice",
        "options": [
            {"id": "frame", "text": "Frame", "right": True, "why": f"{SECRET} a"},
            {"id": "steps", "text": "Steps", "why": f"{SECRET} b"},
        ],
        "variants": [
            {
                "prompt": "The *second* one.",
                "options": [
                    {"id": "cue", "text": "Cue", "right": True, "why": f"{SECRET} c"},
                    {"id": "shout", "text": "Shout", "why": f"{SECRET} d"},
                ],
            },
            {
                "title": "The third",
                "options": [
                    {"id": "beat", "text": "Beat", "why": f"{SECRET} e"},
                    {"id": "pause", "text": "Pause", "right": True, "why": f"{SECRET} f"},
                ],
            },
        ],
    },
    "sign": {
        "kind": "alike",
        "options": [
            {"id": "wear", "text": "I *would*.", "who": "Those who would"},
            {"id": "refuse", "text": "I would not.", "who": "Those who would not"},
        ],
        "ask": "How many of a hundred would choose as you did?",
        "study": {
            "who": "Fifty people",
            "groups": [{"chosen": "wear", "people": 30, "guess": 65}, {"chosen": "refuse", "people": 20, "guess": 70}],
            "why": f"{SECRET} a",
        },
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
    "case": {
        "kind": "scenario",
        "steps": [
            {
                "id": "monday",
                "text": "On Monday *three* write.\n\nNobody else does.",
                "choices": [
                    {"id": "plan", "text": "Write a plan", "consequence": f"{SECRET} a", "to": "thursday"},
                    {"id": "cue", "text": "Ask for a cue", "consequence": f"{SECRET} b", "to": "one-beat"},
                ],
            },
            {
                "id": "thursday",
                "text": f"{SECRET} c",
                "choices": [
                    {"id": "wait", "text": f"{SECRET} wait", "consequence": f"{SECRET} d", "to": "quiet"},
                    {"id": "push", "text": f"{SECRET} push", "consequence": f"{SECRET} e", "to": "torn"},
                    {"id": "meet", "text": f"{SECRET} meet", "consequence": f"{SECRET} f", "to": "one-beat"},
                ],
            },
        ],
        "endings": [
            {"id": "one-beat", "title": f"{SECRET} g", "text": "They begin.", "reflection": "Why?", "score": 1},
            {"id": "quiet", "title": f"{SECRET} h", "text": "Nothing.", "reflection": "Why not?", "score": 0.25},
            {"id": "torn", "title": f"{SECRET} i", "text": "They leave.", "reflection": "Who?", "score": 0},
        ],
    },
    "plane": {
        "kind": "place",
        "across": {"label": "Who decides", "low": "one of us", "high": "all of us"},
        "up": {"label": "What we know of each other", "low": "little", "high": "much"},
        "what": "Our team",
        "expert": {"who": "A coach of alliances", "x": 70, "y": 35, "why": f"{SECRET} a"},
    },
    "strip": {
        "kind": "place",
        "across": {"label": "Who decides", "low": "one of us", "high": "all of us"},
        "expert": {"x": 60, "why": f"{SECRET} a"},
    },
    "self": {
        "kind": "profile",
        "scale": {"low": "never", "high": "always"},
        "dimensions": [
            {"id": "rhythm", "text": "Rhythm", "about": f"{SECRET} a"},
            {"id": "language", "text": "Language", "about": f"{SECRET} b"},
            {"id": "presence", "text": "Presence", "about": f"{SECRET} c"},
            {"id": "authorship", "text": "Authorship", "about": f"{SECRET} d"},
        ],
        "statements": [
            {"id": "pause", "text": "We pause.", "dimension": "rhythm"},
            {"id": "rush", "text": "We rush.", "dimension": "rhythm", "reverse": True},
            {"id": "ask", "text": "We ask what a word means.", "dimension": "language"},
            {"id": "listen", "text": "We listen.", "dimension": "presence"},
            {"id": "own", "text": "It is ours.", "dimension": "authorship"},
        ],
    },
    "page": {
        "kind": "canvas",
        "fields": [
            {"id": "intent", "label": "Intent", "help": "What for?", "from": ["09-choreography/card/frame"]},
            {
                "id": "pull",
                "label": "Pull",
                "help": "Why theirs?",
                "from": ["06-push-and-pull/push", "02-silos/bridge"],
            },
        ],
    },
    "next-move": {"kind": "commit"},
    "mine": {"kind": "collaboration"},
    "ours": {"kind": "alliance"},
    "taste": {
        "kind": "play",
        "explorable": "choreography",
        "fixed": {"people": 200},
        "guide": [{"do": "Touch somebody.", "when": {"deed": "touched"}}],
    },
    "together": {
        "kind": "goal",
        "explorable": "choreography",
        "goal": "Bring them together",
        "reach": {"measure": "order", "at_least": 0.85},
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
    "pair": {"matched": {"rhythm": "monday", "language": "budget"}},
    "fill": {"filled": {"reach": "a few", "signal": "starting cu"}},
    "spot": {"marked": ["all-want", "rain"]},
    "pickups": {"low": 10, "guess": 18, "high": 30},
    "again": {"chosen": ["steps"]},
    "card": {"fields": {"frame": "Noon", "freedom": ""}, "met": ["short"]},
    "draw": {"curve": [0, 50, 100.0]},
    "count": {"number": 40},
    "guess": {"chosen": "sudden"},
    "case": {"path": ["plan", "wait"]},
    "plane": {"x": 20, "y": 80.0},
    "strip": {"x": 55},
    "sign": {"chosen": "wear", "guess": 60},
    "self": {"marks": {"pause": 4, "rush": 2, "ask": 3, "listen": 5, "own": 1}},
    "page": {"fields": {"intent": "A lake without bottles", "pull": ""}},
    "next-move": {"when": "we meet", "will": "ask for a cue", "whom": "Mara", "by": "2026-12-01"},
    "mine": {"purpose": "One timetable", "people": "two ferries", "stuck": "each waits"},
    "ours": {
        "players": [
            {"name": "Mill", "needs": 1},
            {"name": "Bakery", "needs": 0},
            {"name": "School", "needs": 4},
            {"name": "Market", "needs": 2},
        ],
        "ties": [[1, 0], [1, 2]],
    },
    "taste": {"settings": {"coupling": 2}},
    "together": {"settings": {"coupling": 4, "far": 40}, "values": {"order": 0.93}, "held": 9, "of": 10},
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
