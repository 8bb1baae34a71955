"""The room's replies over a clear channel, and without forgiveness."""

from __future__ import annotations

from choreo.live.activities.trust_over_time.game import Dealings
from choreo.live.activities.trust_over_time.room import rounds_figure
from choreo.live.scene import Scene
from choreo.models.trust import Strategy, outcome_chances


def scenes(game: Dealings) -> tuple[Scene, ...]:
    """The room's replies over a clear channel, and without forgiveness."""
    if not game.rounds or not game.replies[:, 0].any():
        return ()
    room, noise, rounds = game.strategy(), game.settings.noise, game.settings.rounds
    grim = Strategy("unforgiving", (room.reply[0], 0.0, room.reply[2], 0.0), room.opening)
    curves = [
        (name, role, outcome_chances(player, player, rounds, channel)[:, 0])
        for name, role, player, channel in (
            ("your replies, this channel", "you", room, noise),
            ("your replies, a clear channel", "others", room, 0.0),
            ("your replies, but never forgiving", "apart", grim, noise),
        )
    ]
    lines = (
        "Assumed: everybody replies to what arrived last as the room did on average, whoever their partner is, and "
        "nobody is silent. Where hardly anything was seen, the average is near a coin's.",
        "Dotted: exact results for such pairs. Solid: what really arrived. Compare the dotted lines with each other.",
    )
    title = f"Over a clear channel your replies would end at {curves[1][2][-1]:.0%}, not at {curves[0][2][-1]:.0%}"
    ask = "What could make our own channel clearer?"
    return (Scene(title, (), (), (rounds_figure(game, curves),), ask=ask, small=lines),)
