"""A session as one HTML file: no address in it, nothing to fetch, every picture that the room saw."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from choreo.live.event import Event
from choreo.live.scene import Scene
from choreo.live.session import Session
from choreo.live.story import Chapter, chapters


@dataclass(frozen=True)
class Dress:
    """What the report brings along to draw its pictures: the texts of style sheets and scripts."""

    sheets: tuple[str, ...]  # the theme, room/room.css, room/report.css
    plotly: str
    room: str  # room/room.js, which draws scenes
    script: str  # room/report.js


def report(log: Sequence[Event], dress: Dress) -> str:
    """The report of a session. Whatever people wrote is text in it."""
    session = Session.replay(log)
    told = chapters(log)
    scenes: list[Scene] = []
    body = "".join(_chapter(chapter, scenes) for chapter in told)
    data = json.dumps([scene.json() for scene in scenes], ensure_ascii=False).replace("<", "\\u003c")
    room = dress.room.replace("export function", "function")
    own = dress.script.partition("\n\n")[2]  # without its import
    scripts = [_inline(dress.plotly), _inline(f"{room}\n{own}")]
    # Whatever goes wrong, this file loads nothing and runs nothing but the two scripts that it brings along.
    rule = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {' '.join(map(_hash, scripts))}"
    head = "".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{rule}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{escape(session.plan.title)} · Choreo</title>\n",
            '<style id="plotly.js-style-global">\n',
            *(sheet.replace("</", "<\\/") for sheet in dress.sheets),
            "</style>\n</head>\n",
        )
    )
    top = f"<body>\n<main>\n<h1>{escape(session.plan.title)}</h1>\n{_summary(log, session, told)}"
    foot = "".join(
        (
            "\n</main>\n",
            f'<script type="application/json" id="scenes">{data}</script>\n',
            *(f'<script type="{kind}">{text}</script>\n' for kind, text in zip(KINDS, scripts, strict=True)),
            "</body>\n</html>\n",
        )
    )
    return head + top + body + foot


KINDS = ("text/javascript", "module")  # Plotly wants the page's scope; the rest wants one of its own


def _summary(log: Sequence[Event], session: Session, told: Sequence[Chapter]) -> str:
    people = sum(not person.virtual for person in session.people.values())
    virtual = len(session.people) - people
    count = f"{people} {'person' if people == 1 else 'people'}" + (f", and {virtual} virtual" if virtual else "")
    words = [_day(log[0].at) if log else "", count, f"{len(told)} {'activity' if len(told) == 1 else 'activities'}"]
    line = ", ".join(word for word in words if word)
    return (
        f'<p class="quiet">{escape(line)}. A report by Choreo.</p>\n'
        "<p>What was said in sealed questions is in here without names, and only where at least five people answered.</p>\n"
    )


def _day(at: float) -> str:
    day = datetime.fromtimestamp(at, UTC)
    return f"{day.day} {day:%B %Y}"


def _chapter(chapter: Chapter, scenes: list[Scene]) -> str:
    took = max(1, round((chapter.ended - chapter.began) / 60))
    people = f"{chapter.people} {'person' if chapter.people == 1 else 'people'}"
    if chapter.virtual:
        people += f" and {chapter.virtual} virtual"
    line = f"{people}; {took} of {chapter.minutes} planned minutes."
    parts = [f'<section>\n<h2>{chapter.run}. {escape(chapter.title)}</h2>\n<p class="quiet">{line}</p>\n']
    last = chapter.debrief
    shown = [(name, one) for name, one in chapter.scenes.items() if last is None or not _within(one, last)]
    if chapter.debrief is not None:
        shown.append(("Looked at together", chapter.debrief))
    shown += [("What if", scene) for scene in chapter.what_ifs]
    for heading, scene in shown:
        parts.append(f"<h3>{escape(heading)}</h3>\n{_static(scene, len(scenes))}")
        scenes.append(scene)
    return "".join(parts) + "</section>\n"


def _within(scene: Scene, other: Scene) -> bool:
    """Whether the other scene shows all of this one's figures and words, and has some."""
    same = set(map(repr, scene.figures)) <= set(map(repr, other.figures)) and set(scene.words) <= set(other.words)
    return same and bool(scene.figures or scene.words)


def _static(scene: Scene, number: int) -> str:
    """The scene for who reads without scripts: its texts, and what its figures say."""
    parts = [f"<h4>{escape(scene.title)}</h4>"] if scene.title else []
    parts += [f"<p>{escape(line)}</p>" for line in scene.lines]
    if scene.facts:
        facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in scene.facts)
        parts.append(f"<dl>{facts}</dl>")
    parts += [f"<p>{escape(figure.says)}</p>" for figure in scene.figures]
    if scene.words:
        words = "".join(f"<li>{escape(word)}{f' ({count})' if count > 1 else ''}</li>" for word, count in scene.words)
        parts.append(f"<ul>{words}</ul>")
    return f'<div class="scene" data-scene="{number}">{"".join(parts)}</div>\n'


def _inline(script: str) -> str:
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
