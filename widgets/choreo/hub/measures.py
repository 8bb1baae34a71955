"""What is counted and timed of a running server, for Prometheus: nothing of it names a learner, a room or an address."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

TEXT = CONTENT_TYPE_PLAIN_0_0_4  # the format of Measures.text
ANSWER = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)  # seconds, the upper ends of a histogram's classes
COMMIT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)


class Measures:
    """What both servers count. Each server makes one, and hands it to whatever has something to count."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, processor time, open files
        self._answers = Counter(
            "choreo_answers",
            "Requests that were answered, by part and status.",
            ("part", "status"),
            registry=self.registry,
        )
        self._times = Histogram(
            "choreo_answer_seconds",
            "From a request's head to the beginning of its answer.",
            ("part",),
            buckets=ANSWER,
            registry=self.registry,
        )
        self._refused = Counter("choreo_refused", "What was refused, by why.", ("why",), registry=self.registry)

    def answered(self, part: str, status: int, seconds: float) -> None:
        """A request for this part of the server was answered so, after that time."""
        self._answers.labels(part, str(status)).inc()
        self._times.labels(part).observe(seconds)

    def refused(self, why: str) -> None:
        """Somebody was turned away; `why` is one of a few words."""
        self._refused.labels(why).inc()

    def text(self) -> bytes:
        """All of it as it is now, in Prometheus' text format (TEXT says which)."""
        return generate_latest(self.registry)

    def gauge(self, name: str, what: str, *labels: str) -> Gauge:
        """Something that goes up and down; whoever knows it says how it is read."""
        return Gauge(name, what, labels, registry=self.registry)


class HubMeasures(Measures):
    """What the hub counts besides: its live rooms, and what is written."""

    def __init__(self) -> None:
        """Begin at nothing."""
        super().__init__()
        self.rooms = self.gauge("choreo_live_rooms", "Live sessions that this hub holds in memory.")
        self.lines = self.gauge("choreo_live_lines", "Clients of live sessions that are connected, by kind.", "kind")
        self.waiting = self.gauge("choreo_writes_waiting", "Pieces of work that wait for the next commit.")
        self._writes = Counter(
            "choreo_writes",
            "Pieces of live sessions' work, by what became of them.",
            ("outcome",),
            registry=self.registry,
        )
        self._commits = Histogram(
            "choreo_commit_seconds", "What a group's commit took.", buckets=COMMIT, registry=self.registry
        )

    def wrote(self, kept: int, refused: int, seconds: float) -> None:
        """A group was committed after that time: so many pieces were kept, so many were not."""
        self._writes.labels("kept").inc(kept)
        self._writes.labels("refused").inc(refused)
        self._commits.observe(seconds)
