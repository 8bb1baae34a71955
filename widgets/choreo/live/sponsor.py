"""A session on one sheet of A4, for who paid for it: what was done, what the room found out, promised, and does next.

Virtual participants are in no count. Of an activity in which fewer than five people took part nothing is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from choreo.live.activity import FEWEST, Promised
from choreo.live.days import day_of, spelled
from choreo.live.event import Event
from choreo.live.one_file import Dress, one_file
from choreo.live.scene import Scene
from choreo.live.session import Session
from choreo.live.story import Chapter, answers, chapters
from choreo.words import _, n_

MOST_ACTIVITIES, MOST_PICTURES, MOST_PROMISES = 12, 9, 6
LONGEST, LONGEST_PROMISE = 190, 90  # characters
LINES = 3  # to be written on by hand
WEEK = 7 * 24 * 3600.0


@dataclass(frozen=True)
class Told:
    """An activity as the sponsor hears of it."""

    title: str
    people: int
    sentence: str
    picture: Scene | None  # what is drawn in little room; None where there is nothing to see


def sponsor_page(log: Sequence[Event], dress: Dress) -> str:
    """The page. Whatever people wrote is text in it."""
    session, moved = Session.replay(log), _moved(log)
    played = [chapter for chapter in chapters(log, what_ifs=False) if chapter.people]
    told = [_told(chapter, moved[chapter.run]) for chapter in played if chapter.promised is None]
    scenes: list[Scene] = []
    cards = "".join(_card(one, scenes, len(told) <= MOST_PICTURES) for one in told[:MOST_ACTIVITIES])
    more = len(told) - MOST_ACTIVITIES
    rest = n_("One more activity is in the report.", "{more} more activities are in the report.", more)
    parts = (
        f'<h1 dir="auto">{escape(session.plan.title)}</h1>\n',
        f'<p class="quiet">{escape(_summary(log, session, len(played)))}</p>\n',
        f'<section class="done" data-count="{min(len(told), MOST_ACTIVITIES)}">{cards}</section>\n' if cards else "",
        f'<p class="quiet">{escape(rest.format(more=more))}</p>\n' if more > 0 else "",
        _promises([chapter.promised for chapter in played if chapter.promised is not None]),
        _next(log),
    )
    return one_file(session.plan.title, "".join(parts), scenes, dress)


def _moved(log: Sequence[Event]) -> Counter[int]:
    """How many people took part in each run, by what they did: not only by being there."""
    people: dict[int, set[str]] = {}
    sealed: Counter[tuple[int, str]] = Counter()
    for answer in answers(log):
        if answer.who and not answer.virtual:
            people.setdefault(answer.run, set()).add(answer.who)
        elif not answer.virtual:
            sealed[answer.run, answer.step] += 1
    found = Counter({run: len(who) for run, who in people.items()})
    for (run, _step), count in sealed.items():
        found[run] = max(found[run], count)
    return found


def _summary(log: Sequence[Event], session: Session, activities: int) -> str:
    people = sum(not person.virtual and not person.removed for person in session.people.values())
    if not people:
        return _("A rehearsal: nobody but virtual participants took part.")
    began = [event.at for event in log if event.kind == "begin"]
    minutes = max(1, round((log[-1].at - began[0]) / 60)) if began else 0
    return ", ".join(
        (
            spelled(day_of(log[0].at)),
            n_("one person took part", "{people} people took part", people).format(people=people),
            n_("one activity", "{count} activities", activities).format(count=activities),
            n_("one minute", "{minutes} minutes", minutes).format(minutes=minutes),
        )
    )


def _told(chapter: Chapter, people: int) -> Told:
    if people < FEWEST:
        few = _("Fewer than five people took part, so nothing of it is shown.")
        return Told(chapter.title, people, few, None)
    scene = chapter.debrief
    figure = scene.figures[0] if scene is not None and scene.figures else None
    sentence = chapter.finding or (figure.says if figure is not None else "")
    words = scene.words[:LINES] if scene is not None and figure is None else ()
    small = Scene("", figures=(figure,) if figure is not None else (), words=words)
    return Told(chapter.title, people, _short(sentence, LONGEST), small if figure is not None or words else None)


def _card(told: Told, scenes: list[Scene], pictured: bool) -> str:
    count = n_("one person", "{people} people", told.people).format(people=told.people)
    counted = f' <small class="quiet">{escape(count)}</small>' if told.people >= FEWEST else ""
    parts = [f'<h2 dir="auto">{escape(told.title)}{counted}</h2>', f'<p dir="auto">{escape(told.sentence)}</p>']
    if told.picture is not None and pictured:
        parts.append(f'<div class="scene" data-scene="{len(scenes)}"></div>')
        scenes.append(told.picture)
    return f"<article>{''.join(parts)}</article>\n"


def _promises(promised: Sequence[Promised]) -> str:
    count = sum(one.count for one in promised)
    if not count:
        return ""
    shown = [words for one in promised for words, _count in one.shown]
    line = n_("One person promised something.", "{count} people promised something.", count).format(count=count)
    if len(shown) > MOST_PROMISES:
        more = len(shown) - MOST_PROMISES
        line += " " + n_("One more is in the report.", "{more} more are in the report.", more).format(more=more)
    elif shown:
        line += " " + _("Here is what the room has seen.")
    words = "".join(f'<li dir="auto">{escape(_short(one, LONGEST_PROMISE))}</li>' for one in shown[:MOST_PROMISES])
    head = f"<h2>{escape(_('What was promised'))}</h2>"
    return f'<section class="promised">{head}<p>{escape(line)}</p>{f"<ul>{words}</ul>" if words else ""}</section>\n'


def _next(log: Sequence[Event]) -> str:
    """When to ask again, and room to write down who does what."""
    ask = _("Around {day}: ask what became of it, and what stood in the way.").format(
        day=spelled(day_of(log[-1].at + WEEK))
    )
    names = (_("Who"), _("does what"), _("by when"))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    row = f"<tr>{'<td></td>' * len(names)}</tr>"
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{row * LINES}</tbody></table>"
    return f'<section class="next"><h2>{escape(_("What next"))}</h2><p>{escape(ask)}</p>{table}</section>'


def _short(words: str, most: int) -> str:
    """The words, cut where they are too long for the sheet.

    >>> _short("one two three", 9)
    'one two …'
    """
    return words if len(words) <= most else f"{words[: most - 1].rsplit(' ', 1)[0]} …"
