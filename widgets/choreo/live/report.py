"""A session as one HTML file: no address in it, nothing to fetch, every picture that the room saw."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from choreo.live.days import day_of, spelled
from choreo.live.event import Event
from choreo.live.one_file import Dress, one_file
from choreo.live.scene import Scene
from choreo.live.session import Session
from choreo.live.story import Chapter, chapters
from choreo.words import n_


def report(log: Sequence[Event], dress: Dress) -> str:
    """The report of a session. Whatever people wrote is text in it."""
    session = Session.replay(log)
    told = chapters(log)
    scenes: list[Scene] = []
    body = "".join(_chapter(chapter, scenes) for chapter in told)
    title = f'<h1 dir="auto">{escape(session.plan.title)}</h1>'
    return one_file(session.plan.title, f"{title}\n{_summary(log, session, told)}{body}", scenes, dress)


def _summary(log: Sequence[Event], session: Session, told: Sequence[Chapter]) -> str:
    people = sum(not person.virtual for person in session.people.values())
    virtual = len(session.people) - people
    count = n_("1 person", "{count} people", people).format(count=people) + (
        f", and {virtual} virtual" if virtual else ""
    )
    activities = n_("1 activity", "{count} activities", len(told)).format(count=len(told))
    words = [spelled(day_of(log[0].at)) if log else "", count, activities]
    line = ", ".join(word for word in words if word)
    return (
        f'<p class="quiet">{escape(line)}. A report by Choreo.</p>\n'
        "<p>What was said in sealed questions is in here without names, and only where at least five people answered.</p>\n"
    )


def _chapter(chapter: Chapter, scenes: list[Scene]) -> str:
    took = max(1, round((chapter.ended - chapter.began) / 60))
    people = n_("1 person", "{count} people", chapter.people).format(count=chapter.people)
    if chapter.virtual:
        people += f" and {chapter.virtual} virtual"
    line = f"{people}; {took} of {chapter.minutes} planned minutes."
    parts = [f'<section>\n<h2>{chapter.run}. {escape(chapter.title)}</h2>\n<p class="quiet">{line}</p>\n']
    together = ((chapter.debrief,) if chapter.debrief is not None else ()) + chapter.further
    shown = [(name, one) for name, one in chapter.scenes.items() if not any(_within(one, last) for last in together)]
    shown += [("Looked at together", scene) for scene in together]
    shown += [("What if", scene) for scene in chapter.what_ifs]
    said = ""
    for heading, scene in shown:
        parts.append(f"<h3>{escape(heading)}</h3>\n" if heading != said else "")
        parts.append(_static(scene, len(scenes)))
        scenes.append(scene)
        said = heading
    return "".join(parts) + "</section>\n"


def _within(scene: Scene, other: Scene) -> bool:
    """Whether the other scene shows all of this one's figures and words, and has some."""
    same = set(map(repr, scene.figures)) <= set(map(repr, other.figures)) and set(scene.words) <= set(other.words)
    return same and bool(scene.figures or scene.words)


def _static(scene: Scene, number: int) -> str:
    """The scene for who reads without scripts: its texts, and what its figures say."""
    parts = [f'<h4 dir="auto">{escape(scene.title)}</h4>'] if scene.title else []
    parts += [f'<p dir="auto">{escape(line)}</p>' for line in scene.lines]
    if scene.facts:
        facts = "".join(
            f'<dt dir="auto">{escape(name)}</dt><dd dir="auto">{escape(value)}</dd>' for name, value in scene.facts
        )
        parts.append(f"<dl>{facts}</dl>")
    parts += [f'<p dir="auto">{escape(figure.says)}</p>' for figure in scene.figures]
    if scene.words:
        words = "".join(
            f"<li><bdi>{escape(word)}</bdi>{f' ({count})' if count > 1 else ''}</li>" for word, count in scene.words
        )
        parts.append(f"<ul>{words}</ul>")
    parts += [f'<p dir="auto">{escape(line)}</p>' for line in (scene.ask, *scene.small) if line]
    return f'<div class="scene" data-scene="{number}">{"".join(parts)}</div>\n'
