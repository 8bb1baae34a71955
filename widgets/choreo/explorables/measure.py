"""Numbers of a run that goals, guides, predictions and meters speak of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One number of a run, as people read it."""

    name: str  # of a value in the run's summary
    label: str  # "Together at the end"
    form: str = "{:.0%}"  # how a value is written
    most: float = 1.0  # where a meter of it ends
    series: str = ""  # the run's series that leads there, so that a meter can grow with the run

    def words(self, value: float) -> str:
        """A value as people read it: "58%"."""
        return self.form.format(value)
