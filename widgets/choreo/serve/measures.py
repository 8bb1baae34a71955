"""What the lesson server counts and times, beside what both servers do (hub/measures.py)."""

from __future__ import annotations

from prometheus_client import Counter, Histogram
from tornado.web import RequestHandler

from choreo.hub.measures import Measures

FORK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)  # seconds, the upper ends of a histogram's classes
KERNEL = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)
PARTS = {"lessons": "page", "parts": "part", "static": "part", "health": "probe", "live": "probe", "ready": "probe"}


class LessonMeasures(Measures):
    """Kernels, the queue for them, and how soon they answer."""

    def __init__(self) -> None:
        """Begin at nothing."""
        super().__init__()
        self.open = self.gauge("choreo_lessons_open", "Pages that have a kernel.")
        self.taken = self.gauge("choreo_places_taken", "Places that kernels take; one that has grown takes several.")
        self.places = self.gauge("choreo_places", "Places that there are.")
        self.waiting = self.gauge("choreo_queue_waiting", "Pages that wait for a place.")
        self.templates = self.gauge("choreo_templates", "Lessons that have been run and can be forked.")
        self._forks = Counter(
            "choreo_forks", "Kernels that were forked, or could not be.", ("outcome",), registry=self.registry
        )
        self._fork_times = Histogram(
            "choreo_fork_seconds", "From asking for a kernel to having it.", buckets=FORK, registry=self.registry
        )
        self._kernel_times = Histogram(
            "choreo_kernel_answer_seconds",
            "From what a page says to the first that its kernel says to it.",
            buckets=KERNEL,
            registry=self.registry,
        )

    def forked(self, seconds: float) -> None:
        """A kernel was made in that time."""
        self._forks.labels("made").inc()
        self._fork_times.observe(seconds)

    def not_forked(self) -> None:
        """A kernel could not be made."""
        self._forks.labels("failed").inc()

    def kernel_answered(self, seconds: float) -> None:
        """A kernel began to answer what its page said, after that time."""
        self._kernel_times.observe(seconds)

    def log(self, handler: RequestHandler) -> None:
        """Note a request that was answered; who asked for what is nobody's business, and faults are noted where they happen."""
        part = PARTS.get(handler.request.path.split("/", 2)[1], "other")
        if handler.get_status() == 101:
            part = "socket"
        self.answered(part, handler.get_status(), handler.request.request_time())
