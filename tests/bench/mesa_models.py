"""Three models as Mesa's documentation teaches to write them: agents on cells that act in turn or in stages.

Where all move at once, agents first `determine` and then `assume`, as in Mesa's Game of Life; where one moves after
another, `shuffle_do`, as in its Schelling model (every site once a round, where the published order draws with
replacement). Each takes the same parameters, method and stopping rule as ours, and its data collector keeps what ours
hands to stage and chart: everybody's state and the named observables (culture every fifth round, about as often).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import fmean

import numpy as np
from mesa import Agent, DataCollector, Model
from mesa.discrete_space import Cell, FixedAgent, OrthogonalVonNeumannGrid

from choreo.models import culture, kuramoto, thresholds
from choreo.models.parameter import Parameters
from choreo.models.run import Run


class Site(FixedAgent):
    """A site of Axelrod's territory."""

    def __init__(self, model: Model, cell: Cell, features: int, traits: int) -> None:
        super().__init__(model)
        self.cell = cell
        self.culture = [self.random.randrange(traits) for _ in range(features)]

    def differences(self, other: Site) -> list[int]:
        """The features on which the two disagree."""
        return [i for i, (mine, theirs) in enumerate(zip(self.culture, other.culture, strict=True)) if mine != theirs]

    def can_change(self) -> bool:
        """Whether some neighbour agrees on something and not on everything."""
        return any(0 < len(self.differences(other)) < len(self.culture) for other in self.cell.neighborhood.agents)

    def interact(self) -> None:
        """Perhaps take over a trait from a neighbour."""
        other = self.cell.neighborhood.select_random_agent()
        different = self.differences(other)
        if different and self.random.random() < 1 - len(different) / len(self.culture):
            feature = self.random.choice(different)
            self.culture[feature] = other.culture[feature]


class Territory(Model):
    """Axelrod's model of the dissemination of culture."""

    def __init__(self, params: culture.Culture, seed: int) -> None:
        super().__init__(seed=seed)
        self.grid = OrthogonalVonNeumannGrid((params.columns, params.rows), capacity=1, random=self.random)
        for cell in self.grid.all_cells:
            Site(self, cell, params.features, params.traits)
        self.datacollector = DataCollector(
            model_reporters={"regions": Territory.regions},
            agent_reporters={"culture": lambda site: tuple(site.culture)},
        )
        self.datacollector.collect(self)

    def regions(self) -> int:
        """How many connected areas have one culture."""
        unseen, count = set(self.agents), 0
        while unseen:
            count += 1
            ahead = [unseen.pop()]
            while ahead:
                site = ahead.pop()
                alike = {other for other in site.cell.neighborhood.agents if other.culture == site.culture} & unseen
                unseen -= alike
                ahead.extend(alike)
        return count

    def step(self) -> None:
        """Let every site act once."""
        self.agents.shuffle_do("interact")
        if self.steps % 5 == 0:
            self.datacollector.collect(self)
        self.running = any(site.can_change() for site in self.agents)


class Voice(Agent):
    """A person of Granovetter's crowd."""

    def __init__(self, model: Model, threshold: float) -> None:
        super().__init__(model)
        self.threshold = threshold
        self.acts = self.will_act = False

    def determine(self) -> None:
        """Look at how many act."""
        self.will_act = self.acts or self.threshold <= self.model.acting

    def assume(self) -> None:
        """Do what was decided."""
        self.acts = self.will_act


class Square(Model):
    """Granovetter's threshold model."""

    def __init__(self, params: thresholds.Thresholds, seed: int) -> None:
        super().__init__(seed=seed)
        Voice.create_agents(self, params.people, thresholds.thresholds(params, self.rng))
        self.acting = 0
        self.datacollector = DataCollector(model_reporters={"acting": "acting"}, agent_reporters={"acts": "acts"})
        self.datacollector.collect(self)

    def step(self) -> None:
        """Let everybody look, then act."""
        self.agents.do("determine")
        self.agents.do("assume")
        before, self.acting = self.acting, sum(voice.acts for voice in self.agents)
        self.datacollector.collect(self)
        self.running = self.acting > before


class Clapper(FixedAgent):
    """A person on the plaza with a tempo of their own."""

    def __init__(self, model: Model, cell: Cell, tempo: float, phase: float) -> None:
        super().__init__(model)
        self.cell = cell
        self.tempo = tempo
        self.phase = self.leaning = phase
        self.speed = self.first_speed = 0.0

    def determine(self) -> None:
        """How fast to move, given those within hearing."""
        heard = [math.sin(other.leaning - self.leaning) for other in self.cell.neighborhood.agents]
        self.speed = self.tempo + self.model.coupling * (sum(heard) / len(heard) if heard else 0.0)

    def lean(self) -> None:
        """Look one step ahead at this speed (the first half of Heun's method)."""
        self.first_speed = self.speed
        self.leaning = self.phase + self.model.dt * self.speed

    def assume(self) -> None:
        """Take the step at the mean of both speeds."""
        self.phase += self.model.dt * (self.first_speed + self.speed) / 2
        self.leaning = self.phase


class Plaza(Model):
    """Kuramoto's model with the neighbours of the plaza, from the same tempos and phases as ours."""

    def __init__(self, params: kuramoto.Kuramoto, seed: int) -> None:
        super().__init__(seed=seed)
        self.coupling, self.dt = params.coupling, params.step
        rng = np.random.default_rng(seed)
        tempos = kuramoto.tempos(params, rng)
        phases = kuramoto.first_phases(params, rng)
        columns = kuramoto.plaza_columns(params.people)
        size = (math.ceil(params.people / columns), columns)
        self.grid = OrthogonalVonNeumannGrid(size, capacity=1, random=self.random)
        for cell, tempo, phase in zip(self.grid.all_cells, tempos.tolist(), phases.tolist(), strict=False):
            Clapper(self, cell, tempo, phase)
        self.datacollector = DataCollector(
            model_reporters={"order": Plaza.order, "neighbour_order": Plaza.neighbour_order},
            agent_reporters={"phase": "phase"},
        )
        self.datacollector.collect(self)

    def order(self) -> float:
        """How much everybody is together, 0 to 1."""
        return math.hypot(
            fmean(math.cos(person.phase) for person in self.agents),
            fmean(math.sin(person.phase) for person in self.agents),
        )

    def neighbour_order(self) -> float:
        """How much everybody is together with those within hearing, -1 to 1."""
        return fmean(
            math.cos(other.phase - person.phase) for person in self.agents for other in person.cell.neighborhood.agents
        )

    def step(self) -> None:
        """One step of Heun's method."""
        self.agents.do("determine")
        self.agents.do("lean")
        self.agents.do("determine")
        self.agents.do("assume")
        self.datacollector.collect(self)


def territory(params: culture.Culture, seed: int) -> float:
    """The number of regions in the end."""
    model = Territory(params, seed)
    while model.running:
        model.step()
    return model.regions()


def square(params: thresholds.Thresholds, seed: int) -> float:
    """The number of people who act in the end."""
    model = Square(params, seed)
    while model.running:
        model.step()
    return model.acting


def plaza(params: kuramoto.Kuramoto, seed: int) -> float:
    """The order over the last sixth of the time."""
    model = Plaza(params, seed)
    steps = round(params.seconds / params.step)
    for _ in range(steps):
        model.step()
    return fmean(model.datacollector.get_model_vars_dataframe()["order"][-(steps // 6) :])


def _both(
    ours: Callable[..., Run], observable: str, theirs: Callable[..., float], params: Parameters
) -> tuple[Callable[[int], float], Callable[[int], float]]:
    return (
        lambda seed: ours(params, np.random.default_rng(seed)).summary[observable],
        lambda seed: theirs(params, seed),
    )


COMPARISONS = tuple(
    (name, *_both(ours, observable, theirs, params))
    for name, ours, observable, theirs, params in (
        ("Kuramoto, 200 people", kuramoto.run, "order", plaza, kuramoto.Kuramoto()),
        ("Kuramoto, 1000 people", kuramoto.run, "order", plaza, kuramoto.Kuramoto(people=1000)),
        ("thresholds, 100 people", thresholds.run, "acting", square, thresholds.Thresholds()),
        ("thresholds, 1000 people", thresholds.run, "acting", square, thresholds.Thresholds(people=1000)),
        ("Axelrod's culture, 10 x 10", culture.run, "regions", territory, culture.Culture()),
    )
)
