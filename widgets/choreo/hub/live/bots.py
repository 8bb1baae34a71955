"""Virtual participants: they see what phones see, think for a while, and speak."""

from __future__ import annotations

import asyncio
import heapq
import json
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from choreo.hub.live.room import Room
from choreo.live.activity import Activity, Move

log = logging.getLogger("choreo.hub")


@dataclass(slots=True)
class _Bot:
    chance: random.Random
    seen: str = ""  # the view that it thought about last
    news: bool = False  # whether the view has changed while it was thinking
    turn: int = 0  # the step for which it thinks
    due: float = 0.0  # when it speaks; 0: it has nothing to say
    say: dict[str, Any] = field(default_factory=dict)


class Bots:
    """All bots of a room."""

    def __init__(self, room: Room, phone: Callable[[str], str]) -> None:
        """Bots that are shown what `phone` says, as JSON."""
        self._room, self._phone = room, phone
        self._bots: dict[str, _Bot] = {}
        self._due: list[tuple[float, str]] = []
        self._timer: asyncio.TimerHandle | None = None

    def see(self, who: str, text: str) -> None:
        """A bot's phone shows this."""
        bot = self._bots.get(who)
        if bot is None:
            chance = random.Random(f"{self._room.session.seed}:{who}")  # the same after every restart
            bot = self._bots[who] = _Bot(chance)
        if text == bot.seen and bot.turn == self._room.turn:
            return
        if bot.due and bot.turn == self._room.turn:
            bot.news = True  # it finishes its thought first, or it would never speak while others do
            return
        self._think(who, bot, text)

    def _think(self, who: str, bot: _Bot, text: str) -> None:
        bot.seen, bot.news, bot.turn, bot.due = text, False, self._room.turn, 0.0
        activity, person = self._room.session.activity, self._room.session.people.get(who)
        if activity is None or self._room.session.finished or person is None or not person.here:
            return
        if not (activity.fills_up or activity.rehearsal):
            return  # a question is for people
        move = self._move(activity, json.loads(text), bot.chance)
        if move is None:
            return
        bot.say = dict(move.say)
        bot.due = self._room.clock() + max(0.05, move.after)
        heapq.heappush(self._due, (bot.due, who))
        self._set_timer()

    def _move(self, activity: Activity, view: dict[str, Any], chance: random.Random) -> Move | None:
        try:
            return activity.bot(view, chance)
        except Exception:
            log.exception("a bot of session %s does not know what to do", self._room.id)
            return None

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._due and not self._room.closing:
            wait = max(0.01, self._due[0][0] - self._room.clock())
            self._timer = asyncio.get_running_loop().call_later(wait, self._speak)

    def _speak(self) -> None:
        now = self._room.clock()
        while self._due and self._due[0][0] <= now:
            due, who = heapq.heappop(self._due)
            bot = self._bots[who]
            if bot.due == due:
                self._say(who, bot)
        self._set_timer()

    def _say(self, who: str, bot: _Bot) -> None:
        bot.due = 0.0
        session = self._room.session
        person = session.people.get(who)
        if bot.turn != self._room.turn or person is None or not person.here:
            return
        if session.paused:  # later
            bot.due = self._room.clock() + 1.0
            heapq.heappush(self._due, (bot.due, who))
            return
        self._room.say_virtually(who, bot.say)
        if bot.news:
            self._think(who, bot, self._phone(who))

    def stop(self) -> None:
        """Say nothing any more."""
        self._due.clear()
        self._set_timer()
