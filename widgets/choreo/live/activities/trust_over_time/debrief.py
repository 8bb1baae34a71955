"""Trust over time beside the model's strategies."""

from __future__ import annotations

from typing import Any

from choreo.live.activities.trust_over_time.game import Dealings
from choreo.live.activities.trust_over_time.room import axes, percent, rounds_figure
from choreo.live.result import Result
from choreo.live.scene import Figure, Scene
from choreo.models.trust import STRATEGIES, Strategy, expected_table, outcome_chances
from choreo.words import n_

NAMES = {"TFT": "tit for tat", "GTFT": "generous tit for tat"}
PAIRS = {"ALLD": "two who always hold back", "TFT": "two who strictly repay", "GTFT": "two who forgive now and then"}
ROOM = "two who reply as you did"
AFTER = ("both shared", "I shared, they held back", "I held back, they shared", "both held back")


def scene(game: Dealings) -> Scene:
    """How many pairs shared, round by round."""
    if not game.rounds:
        return Scene("No round was played yet.", ask="What kept us from playing?")
    both = [found for one in game.rounds if (found := percent(one.both, one.pairs)) is not None]
    title = "Trust, mistakes and forgiveness"
    if len(both) > 1:
        title = f"At first both shared in {both[0]:.0f}% of the pairs, in the end in {both[-1]:.0f}%"
    ask = "What did you think of your partner when “held back” arrived? Had they meant it?"
    silent = sum(one.silent for one in game.rounds)
    small = (f"{silent} times somebody said nothing; then their last choice was repeated.",)
    return Scene(title, (), (), (rounds_figure(game),), ask=ask, small=small)


def further(game: Dealings) -> tuple[Scene, ...]:
    """How the room replies, what that would earn among its like, and the model's strategies round by round."""
    return (_replies(game), _pairs(game), _model(game)) if game.rounds else ()


def _replies(game: Dealings) -> Scene:
    hurt, shared = game.replies[1].tolist()
    title = f"After a partner had held back, you shared {shared} of {hurt} times" if hurt else "No partner held back"
    ask = "When is it worth forgiving here, and when not?"
    small = (f"Counted are {int(game.replies[:, 0].sum())} replies that people chose themselves.",)
    return Scene(title, (), (), (_replies_figure(game),), ask=ask, small=small)


def _pairs(game: Dealings) -> Scene:
    table = expected_table([STRATEGIES[name] for name in PAIRS], game.settings.rounds, game.settings.noise)
    taken, strict, forgiving = (float(points) for points in table.diagonal())
    title = f"Two who forgive now and then earn {forgiving:.2f} a round, two who strictly repay {strict:.2f}"
    taker = (
        f"But who forgives is left with {table[2, 0]:.2f} by somebody who always holds back, and that one gets "
        f"{table[0, 2]:.2f}.",
    )
    seats = [player for who, player in game.players.items() if game.ours(who)]
    mean = sum(player.points for player in seats) / max(1, sum(len(player.past) for player in seats))
    small = (
        f"Exact results over this channel. Two who always hold back come to {taken:.2f} a round.",
        f"You earned {mean:.2f} points a round on average; full trust over a clear channel would bring 3.",
    )
    ask = "With whom do you strictly repay, and what does it cost you both?"
    return Scene(title, taker, (), (_pairs_figure(game, game.strategy()),), ask=ask, small=small)


def _model(game: Dealings) -> Scene:
    curves = [
        (f"model: {NAMES[name]}", role, outcome_chances(kind, kind, game.settings.rounds, game.settings.noise)[:, 0])
        for name, role, kind in (("TFT", "apart", STRATEGIES["TFT"]), ("GTFT", "others", STRATEGIES["GTFT"]))
    ]
    strict, forgiving = (float(curve[-1]) for _, _, curve in curves)
    title = f"In the model, forgiving pairs still share in {forgiving:.0%} of the rounds, strict ones in {strict:.0%}"
    small = (
        "Dotted: the model's exact result for pairs who all play tit for tat, and generous tit for tat, over the same "
        "channel, in the last round.",
    )
    ask = "What did you have that two strategies have not?"
    return Scene(title, (), (), (rounds_figure(game, curves),), ask=ask, small=small)


def result_of(game: Dealings, who: str) -> Result:
    """What somebody earned, and how often "share" arrived from them and at them."""
    player = game.players.get(who)
    if player is None or not player.past:
        return Result()
    rounds = len(player.past)
    gave, got = (sum(outcome in kind for outcome in player.past) for kind in ((0, 1), (0, 2)))
    return Result(
        (
            f"You have {player.points} points after {rounds} {'round' if rounds == 1 else 'rounds'}.",
            f"“Share” arrived from you {gave} of {rounds} times, and from your partner {got} times.",
        )
    )


def _counted(replies: int, silent: int) -> str:
    """What the bars are made of."""
    counted = n_(
        "Counted is the one reply that somebody chose.",
        "Counted are {count} replies that people chose themselves.",
        replies,
    ).format(count=replies)
    if not silent:
        return counted
    return f"{counted} " + n_("Once somebody said nothing.", "{count} times somebody said nothing.", silent).format(
        count=silent
    )


def _replies_figure(game: Dealings) -> Figure:
    shares = [percent(shared, count) for count, shared in game.replies.tolist()]
    texts = ["" if share is None else f"{share:.0f}%" for share in shares]
    bars: list[dict[str, Any]] = [
        {"type": "bar", "name": "you", "x": list(AFTER), "y": shares, "meta": {"role": "you"}, "text": texts}
    ]
    for name, role in (("TFT", "apart"), ("GTFT", "others")):
        reply = [round(100 * value) for value in STRATEGIES[name].reply]
        bars.append({"type": "bar", "name": NAMES[name], "x": list(AFTER), "y": reply, "meta": {"role": role}})
    told = (
        f"{after}: {'never happened' if share is None else f'{share:g}%'}"
        for after, share in zip(AFTER, shares, strict=True)
    )
    return Figure(tuple(bars), axes("after", "% who then shared"), "How many then shared. " + "; ".join(told) + ".")


def _pairs_figure(game: Dealings, room: Strategy) -> Figure:
    """What two of one kind come to, exactly. Kinds that meet each other are another question, and told in words."""
    kinds = {name: STRATEGIES[kind] for kind, name in PAIRS.items()} | {ROOM: room}
    rounds, noise = game.settings.rounds, game.settings.noise
    points = {name: round(float(expected_table([kind], rounds, noise)[0, 0]), 2) for name, kind in kinds.items()}
    bars = [
        {"type": "bar", "orientation": "h", "name": name, "x": [value], "y": [name], "text": [f"{value:.2f}"]}
        | {"meta": {"role": "you" if name == ROOM else "others"}}
        for name, value in points.items()
    ]
    layout = {
        "xaxis": {"title": {"text": "points a round, over this channel"}, "range": [0, 3.2]},
        "yaxis": {"type": "category", "autorange": "reversed", "automargin": True},
        "showlegend": False,
    }
    told = "; ".join(f"{name}: {value:.2f}" for name, value in points.items())
    return Figure(tuple(bars), layout, f"Points a round of pairs of one kind, exactly. {told}.")
