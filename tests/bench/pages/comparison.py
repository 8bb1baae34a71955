"""The same lesson from several servers in turns, and each of our lessons."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from playwright.sync_api import Browser
from tests.bench.pages.columns import middle, number, over
from tests.bench.pages.sites import CARDS, LESSON, Site
from tests.bench.pages.visits import TIMES, WIRE, new_browser, visit
from tests.serve.course import ROOT

FIRST, REPEAT, SLOW = "first visit", "repeat visit", "first visit at 20 Mbit/s and 40 ms"
AIMS = {
    FIRST: {"text": 0.2, "control": 0.25, "everything": 0.35, "answer": 0.4},
    SLOW: {"text": 0.3, "control": 0.7, "everything": 1.4},
}
AS_IT_OPENS = {"kB first": 600, "kB repeat": 40}  # all protocols together
ALIKE = 1.3  # times lesson 09 that another lesson may take
FASTER = 8  # times stock Voilà

Visits = dict[tuple[str, str], list[dict[str, float]]]  # (what kind of visit, server) -> what was seen


def compare(browser: Browser, sites: Sequence[Site], rounds: int) -> Visits:
    """Visit every server in turn, `rounds` times; once before that, so that nobody pays for a first start."""
    visits: Visits = {}

    def note(kind: str, site: Site, seen: dict[str, float]) -> None:
        visits.setdefault((kind, site.name), []).append(seen)

    for site in sites:
        with new_browser(browser) as context:
            visit(context, site)
    for turn in range(rounds):
        for site in sites:
            with new_browser(browser) as context:
                note(FIRST, site, visit(context, site))
                note(REPEAT, site, visit(context, site, "look" if site.cards < CARDS else ""))
            site.forget()
            with new_browser(browser) as context:
                note(FIRST, site, visit(context, site, ".choreo-card-predict"))
                if site.cards == CARDS:
                    note(REPEAT, site, visit(context, site, ".choreo-card-choice"))
            site.forget()
            if not site.kept or turn % 3 == 0:
                with new_browser(browser) as context:
                    note(SLOW, site, visit(context, site, narrow=True))
        print(f"    round {turn + 1} of {rounds} done", file=sys.stderr, flush=True)
    return visits


def table(visits: Visits, sites: Sequence[Site]) -> None:
    """Print the medians, and how many times longer than ours the others take: than ours as it opens, and all open."""
    columns = (*TIMES, *WIRE)
    mine = [site for site in sites if not site.kept]
    for kind in (FIRST, REPEAT, SLOW):
        print(f"\n{kind:36}" + "".join(f"{name:>12} " for name in columns))
        rows = {site.name: {name: middle(visits[kind, site.name], name) for name in columns} for site in sites}
        for site in sites:
            row = rows[site.name]
            ours = site is sites[0]
            aims = AIMS.get(kind, {}) if ours else {}
            cells = "".join(f"{number(row[name], name)}{over(row[name], aims.get(name))}" for name in columns)
            wire = sum(row[name] or 0 for name in WIRE)
            print(f"    {site.name:32}{cells} {wire:9.0f} kB in all")
        for site in sites[len(mine) :]:
            for ours in mine:
                ratios = {name: (rows[site.name][name] or 0) / (rows[ours.name][name] or 1) for name in columns}
                aim = FASTER if site is sites[len(mine)] else 0
                cells = "".join(
                    f"{number(ratios[name] or None, 'ratio')}{'!' if name in TIMES and 0 < ratios[name] < aim else ' '}"
                    for name in columns
                )
                print(f"    {f'{site.name}: times {ours.name}':32}{cells}")


def each_lesson(browser: Browser, site: Site, rounds: int) -> None:
    """Print how each of our lessons opens, and how many times lesson 09 that takes."""
    names = sorted(path.stem for path in (ROOT / "lessons").glob("[0-9][0-9]-*.ipynb"))
    sites = [Site(name, site.address.replace(LESSON, name), cards=0, lesson=name) for name in names]
    seen: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for turn in range(rounds + 1):
        for one in sites:
            with new_browser(browser) as context:
                first, again = (visit(context, one, "look") for _visit in range(2))
            wire = {name: sum(of[part] for part in WIRE) for name, of in zip(AS_IT_OPENS, (first, again), strict=True)}
            if turn:  # the first one pays for the first start
                seen[one.name].append(first | wire)
    columns = ("text", "control", "everything", *AS_IT_OPENS)
    print(f"\n{'each lesson as it opens':36}" + "".join(f"{name:>12} " for name in columns))
    rows = {name: {column: middle(all_of, column) for column in columns} for name, all_of in seen.items()}
    for name, row in rows.items():
        alike = {column: ALIKE * value for column, value in rows[LESSON].items() if value and column in TIMES}
        aims = alike | AS_IT_OPENS
        print(f"    {name:32}" + "".join(f"{number(row[one], one)}{over(row[one], aims[one])}" for one in columns))
