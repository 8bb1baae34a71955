"""What the room sees of micro-cultures: the territory, each site in the shade of its culture."""

from __future__ import annotations

from typing import Any

from choreo.live.activities.micro_cultures.game import Territory
from choreo.live.scene import Figure, Scene
from choreo.words import n_

KEY = "The same shade: nearly the same habits. A wall: nothing in common."
SHADES = 3  # topics that a site's shade tells of


def scene(game: Territory) -> Scene:
    """The territory, each site in the shade of its culture, and how many regions there are."""
    if not game.sites:
        return Scene(game.title, ("The first phone begins the territory.",))
    areas, zones, largest = game.counts()
    facts = [
        (n_("region of one culture", "regions of one culture", areas), str(areas)),
        ("of the phones in the largest", f"{largest:.0%}"),
    ]
    if game.step.name != "own":
        facts.append((n_("meeting", "meetings", game.adopted + game.kept), str(game.adopted + game.kept)))
    title = {
        "own": "Every phone has habits of its own",
        "meet": "Who do you learn from?",
        "stop": "Where did we grow alike?",
    }[game.step.name]
    return Scene(title, (KEY,), tuple(facts + virtual(game)), (territory(game, areas, zones),))


def virtual(game: Territory) -> list[tuple[str, str]]:
    """How many sites belong to virtual participants, if any."""
    count = sum(person.virtual for person in game.people.values())
    return [("virtual participants", str(count))] if count else []


def extent(game: Territory) -> tuple[int, int]:
    """How many rows and columns the territory has."""
    return 1 + max(row for row, _ in game.at), 1 + max(column for _, column in game.at)


def territory(game: Territory, areas: int, zones: int) -> Figure:
    """Sites as squares; where neighbours have nothing in common there is a wall between them."""
    rows, columns = extent(game)
    shades: list[list[float | None]] = [[None] * columns for _ in range(rows)]
    for (row, column), site in game.at.items():
        value = 0.0
        for topic in reversed(game.sites[site][:SHADES]):
            value = (value + topic) / game.settings.ways
        shades[row][column] = round(value, 3)
    heat = {"type": "heatmap", "z": shades, "zmin": 0, "zmax": 1, "showscale": False, "hoverinfo": "skip"}
    heat |= {"xgap": 1, "ygap": 1, "meta": {"role": "you"}}
    walls: dict[str, Any] = {"type": "scatter", "mode": "lines", "name": "nothing in common", "hoverinfo": "skip"}
    walls |= {"line": {"width": 7}, "meta": {"role": "apart"}, "x": [], "y": []}
    for (row, column), site in game.at.items():
        for down, right in ((0, 1), (1, 0)):
            other = game.at.get((row + down, column + right))
            if other is None or any(map(int.__eq__, game.sites[site], game.sites[other])):
                continue
            walls["x"] += [column + 0.5 if right else column - 0.5, column + 0.5, None]
            walls["y"] += [row + 0.5 if down else row - 0.5, row + 0.5, None]
    apart = [(row, column) for (row, column), site in game.at.items() if not game.ours(game.who[site])]
    virtual: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "name": "virtual",
        "hoverinfo": "skip",
        "meta": {"role": "others"},
    }
    virtual |= {"x": [column for _, column in apart], "y": [row for row, _ in apart]}
    virtual |= {"marker": {"size": 9, "symbol": "circle-open", "line": {"width": 2}}}
    hidden = {"visible": False, "constrain": "domain"}
    layout = {"xaxis": hidden, "yaxis": hidden | {"autorange": "reversed", "scaleanchor": "x"}, "showlegend": True}
    people = len(game.sites) - len(apart)
    who = n_("One phone", "{count} phones", people).format(count=people)
    if apart:
        who += n_(" and a virtual one", " and {count} virtual ones", len(apart)).format(count=len(apart))
    regions_ = n_("1 region", "{count} regions", areas).format(count=areas)
    zones_ = n_("1 zone", "{count} zones", zones).format(count=zones)
    says = f"{who} in {regions_} of one culture; {zones_} within which habits can spread."
    return Figure((heat, walls, *([virtual] if apart else [])), layout, says)
