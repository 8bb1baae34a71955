"""A page with the one player on a small fake stage, and a fake of its Python half that answers at once."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from choreo.views.source import VIEWS, script, style

HERE = Path(__file__).parent
MODEL = """
const page = JSON.parse(document.getElementById("page").textContent);
window.items = [];
window.sent = [];
document.addEventListener("choreo:item", (event) => items.push(event.detail));
const heard = {};
const unpacked = (value) => {
  if (Array.isArray(value)) return value.map(unpacked);
  if (value === null || typeof value !== "object") return value;
  if (value.base64 !== undefined) {
    const bytes = Uint8Array.from(atob(value.base64), (letter) => letter.charCodeAt(0));
    return new DataView(bytes.buffer);
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unpacked(part)]));
};
const traits = unpacked(page.traits);
const took = (fresh) => {
  const changed = Object.keys(fresh).filter((name) => JSON.stringify(fresh[name]) !== JSON.stringify(page.traits[name]));
  for (const name of changed) {
    page.traits[name] = fresh[name];
    traits[name] = unpacked(fresh[name]);
  }
  for (const name of changed) heard[`change:${name}`]?.forEach((work) => work());
};
const model = {
  get: (name) => traits[name],
  set: (values) => Object.assign(traits, values),
  on: (events, work) => events.split(" ").forEach((event) => (heard[event] ??= new Set()).add(work)),
  off: (events, work) => events.split(" ").forEach((event) => heard[event]?.delete(work)),
  async send(message) {
    window.sent.push(message);
    took(await toPython(message));
  },
  async save_changes() {
    const { settings, settled } = traits;
    page.traits.settings = settings;
    took(await toPython({ type: "moved", settings, settled }));
  },
};
window.put = (fresh) => took(fresh);
const el = document.querySelector("#player");
const close = (await import(page.module)).default.render({ model, el });
window.closes = close;
document.body.dataset.ready = "yes";
"""


class Fake:
    """The Python half: ten people, whose listening spreads faster the higher the control."""

    def __init__(self, **changes: Any) -> None:
        """`changes` are traits that differ."""
        self.heard: list[Any] = []
        self.seed = 9
        self.frames = 41
        self.people = 24
        self.traits: dict[str, Any] = {
            "item": "heard-by-all",
            "task": task(),
            "specs": specs(),
            "settings": {"listening": 2.0, "who": "near", "people": 24},
            "settled": True,
            "locked": {"people": "Free once the goal is reached."},
            "marks": {},
            "state": state(),
            "chart": {},
            "pinned": [],
            "opened": True,
        }
        self.play(True)
        self.traits |= changes

    def play(self, settled: bool) -> None:
        speed = self.traits["settings"]["listening"]
        bytes_ = bytearray()
        means = []
        for frame in range(0 if settled else self.frames - 2, self.frames):
            row = []
            for person in range(self.people):
                late = ((person * 7 + self.seed) % self.people) / self.people
                row.append(1 / (1 + math.exp(8 * late + 3 - speed * frame / 8)))
            means.append(sum(row) / self.people)
            bytes_ += bytes(round(255 * one) for one in row)
        count = self.frames if settled else 2
        value = {"data": {"base64": base64.b64encode(bytes_).decode()}, "dtype": "uint8", "shape": [count, self.people]}
        self.traits["scene"] = {
            "value": value,
            "frames": count,
            "settled": settled,
            "seed": self.seed,
            "clock": {"name": "day", "unit": "", "times": list(range(self.frames))[-count:]},
            "names": {"3": "Amina"},
            "tells": {"3": "I heard it from Joost."},
            "serial": len(self.heard),
            "series": {"heard": means} if settled else {},
            "trace": ["At first nobody has heard.", f"At the end {means[-1]:.0%} have."],
            "news": f"At the end {means[-1]:.0%} have heard.",
            "alt": "Twenty-four people who tell each other the news.",
            "editable": bool(self.traits["task"].get("editable")),
        }
        end = means[-1]
        self.traits["state"] = self.traits["state"] | {
            "headline": "Not yet." if end < 0.85 else "This crowd did it.",
            "message": f"{end:.0%} have heard. Try more listening.",
            "meters": [
                {"label": "Have heard", "words": f"{end:.0%}", "aim": "goal 85%", "share": end, "mark": 0.85,
                 "tone": "others", "form": "{:.0%}", "series": "heard", "measure": "heard", "value": end, "most": 1},
            ],
        }  # fmt: skip
        self.traits["chart"] = {
            "title": "Who has heard, day by day",
            "alt": "A line that rises.",
            "numbers": {"columns": ["day", "heard"], "rows": [["0", "0%"]]},
            "height": 220,
            "figure": {
                "data": [
                    {"type": "scatter", "mode": "lines", "name": "heard", "y": [100 * one for one in means],
                     "line": {"width": 3}, "meta": {"role": "others"}},
                    {"type": "scatter", "mode": "lines", "name": "goal 85%", "x": [0, 40], "y": [85, 85],
                     "line": {"dash": "dash"}, "meta": {"role": "goal"}},
                ],
                "layout": {"xaxis": {"range": [0, 40]}, "yaxis": {"range": [0, 100]}},
            },
        }  # fmt: skip

    def hear(self, message: Any) -> dict[str, Any]:
        """What the traits are after a message."""
        self.heard.append(message)
        traits, present = self.traits, self.traits["state"]
        match message:
            case {"type": "moved", "settings": settings, "settled": settled}:
                traits |= {"settings": settings, "settled": settled}
                self.play(settled)
            case {"type": "new"}:
                self.seed += 5
                self.play(True)
                return self.hear({"type": "deed", "deed": "new-crowd"})
            case {"type": "again"}:
                self.play(True)
            case {"type": "crowd", "seed": seed}:
                self.seed = seed
                self.play(True)
            case {"type": "deed", "deed": deed}:
                first = next((one for one in present["guide"] if not one["done"] and not one["skipped"]), None)
                if first and first["deed"] == deed:
                    guide = [one | {"done": True} if one is first else one for one in present["guide"]]
                    traits["state"] = present | {"guide": guide, "waits": False}
            case {"type": "skip", "at": at}:
                guide = [one | {"skipped": True} if k == at else one for k, one in enumerate(present["guide"])]
                traits["state"] = present | {"guide": guide}
            case {"type": "pin"}:
                traits["pinned"] = [{"settings": {}, "result": "80%", "words": "listening 2.0"}]
        return traits


def task(**changes: Any) -> dict[str, Any]:
    """What stands still while it is played."""
    return {
        "item": "heard-by-all",
        "kind": "goal",
        "title": "85% have heard within 40 days",
        "text": "<p>Find a setting that <strong>holds</strong> in nine of ten teams.</p>",
        "goal": "",
        "small": False,
        "crowd": {"one": "Team", "many": "teams"},
        "person": {"name": "Amina"},
    } | changes


def specs() -> list[dict[str, Any]]:
    """The controls."""
    options = [
        {"value": "near", "label": "Neighbours", "hint": "Those beside, before and behind"},
        {"value": "all", "label": "Everyone", "hint": "All hear all"},
    ]
    slider = {"low": 0, "high": 5, "step": 0.1, "unit": "", "ends": ["not at all", "very"], "digits": 1, "options": []}
    many = {"low": 10, "high": 60, "step": 1, "unit": "people", "digits": 0}
    return [
        {"name": "listening", "label": "How strongly people listen", "kind": "slider", "inside": None} | slider,
        {"name": "who", "label": "Who hears whom", "kind": "choice", "inside": None} | slider | {"options": options},
        {"name": "people", "label": "How many people", "kind": "slider", "inside": None} | slider | many,
    ]


def state(**changes: Any) -> dict[str, Any]:
    """What changes while it is played."""
    guide = [
        {"do": "Press play, and watch it to the end.", "deed": "played"},
        {"do": "Touch somebody: what have they heard?", "deed": "touched"},
        {"do": "Ask for another team.", "deed": "new-crowd"},
    ]
    return {
        "gate": None,
        "waits": False,
        "guide": [one | {"done": False, "skipped": False} for one in guide],
        "said": "Can you hear each other back there?",
        "headline": "",
        "message": "",
        "meters": [],
        "reached": False,
        "saved": "",
        "error": "",
        "hints": [],
        "hints_left": 2,
        "crowds": [],
        "crowds_words": "",
        "trying": False,
        "lucky": False,
        "draft": {"settings": {"listening": 2.0}},
    } | changes


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser of one's own, in which no script may fail."""
    faults: list[str] = []
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **options})
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield context
    context.close()
    assert faults == []


class Desk:
    """The page."""

    def __init__(self, context: BrowserContext, fake: Fake | None = None, stage: Path = HERE / "fake_stage.js") -> None:
        """Open it."""
        self.stage_file = stage
        self.fake = fake or Fake()
        self.page: Page = context.new_page()
        self.page.expose_function("toPython", self.fake.hear)
        self.page.route("**/*", lambda route: route.fulfill(body=self.html(), content_type="text/html; charset=utf-8"))
        self.page.goto("http://player.test/")
        self.page.wait_for_selector("body[data-ready]")

    @property
    def stage(self) -> Locator:
        """What is focused to play by keys."""
        return self.page.get_by_role("application")

    def put(self, **traits: Any) -> None:
        """Let the Python half say something unasked."""
        self.fake.traits |= traits
        self.page.evaluate("(fresh) => put(fresh)", traits)

    def state(self, **changes: Any) -> None:
        """Let a part of the state change."""
        self.put(state=self.fake.traits["state"] | changes)

    def html(self) -> str:
        """The page's text."""
        module = "data:text/javascript;base64," + base64.b64encode(script(self.stage_file).encode()).decode()
        data = json.dumps({"module": module, "traits": self.fake.traits}).replace("<", "\\u003c")
        sheets = [VIEWS / "theme.css", VIEWS.parent / "serve" / "static" / "page.css"]
        css = "\n".join(
            [
                *(path.read_text(encoding="utf-8") for path in sheets),
                style(VIEWS / "chart.css", "plot"),
                style(VIEWS / "player.css"),
            ]
        )
        place = '<div class="choreo-place" data-call="explore"><div id="player"></div></div>'
        card = '<section data-choreo-item="my-guess" style="margin-top: 90rem"><h2>My guess</h2></section>'
        words = '<div class="choreo-prose"><h2>Play</h2><p>Some words before it.</p></div>'
        main = f"<main><h1>A lesson</h1>{words}{place}{card}</main>"
        body = f'<div class="choreo-page"><nav class="choreo-outline"></nav>{main}</div>'
        head = f'<title>Player</title><meta name="viewport" content="width=device-width"><style>{css}</style>'
        data = f'<script type="application/json" id="page">{data}</script>'
        return f'<!doctype html><html lang="en">{head}{body}{data}<script type="module">{MODEL}</script></html>'
