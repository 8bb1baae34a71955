"""The lesson server: Voilà, with our page in place of its front end and only the addresses that a lesson needs."""

from __future__ import annotations

import signal
import sys
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets import Bool, Bytes, Float, Int, Unicode
from traitlets import List as ListTrait
from voila.app import Voila

from choreo.bank.course import CourseFile
from choreo.bank.fault import BankError
from choreo.hub.health import TAKEN, health
from choreo.hub.identity import load_secret
from choreo.hub.listener import places
from choreo.hub.log import bound_log
from choreo.hub.memory import give_back
from choreo.hub.networks import Networks
from choreo.hub.public import read_public
from choreo.serve.beside import BesideHandler
from choreo.serve.doorway import listen
from choreo.serve.drain import Drain
from choreo.serve.forking.nursery import POSSIBLE as FORK_IS_POSSIBLE
from choreo.serve.forking.nursery import Nursery, NurseryError
from choreo.serve.frame import Frame, lesson_frame, page_files
from choreo.serve.guard import GuardedHandler
from choreo.serve.last_good import LastGood
from choreo.serve.lesson_handler import LessonHandler
from choreo.serve.lesson_page import lesson_page
from choreo.serve.lesson_socket import LessonSocket
from choreo.serve.measures import LessonMeasures
from choreo.serve.notebook import is_expected
from choreo.serve.outputs import shown
from choreo.serve.passes import Passes
from choreo.serve.preview.alone import Alone
from choreo.serve.preview.pages import FRAMES, pages
from choreo.serve.preview.preview import Preview
from choreo.serve.probes import Live, Metrics, Ready
from choreo.serve.recorded import PartHandler, RecordedLessons
from choreo.serve.sessions import Sessions, room
from choreo.serve.static_files import StaticHandler
from choreo.serve.stock import StockKernels
from choreo.serve.stock_kernels import StockKernel, StockShutdown, StockSocket

TEMPLATE = Path(__file__).parent / "template"
SWEEP = 5  # seconds between two looks for kernels whose pages are gone
KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


class Health(GuardedHandler):
    """Says that the lesson server answers."""

    def get(self) -> None:
        """Reply {"ok": true}, and by whom it was started."""
        self.finish(health())


class LessonServer(Voila):
    """Voilà for the lessons of a folder."""

    name = "choreo-lessons"
    hub = Unicode("", help="The hub's address for kernels; empty where there is none.").tag(config=True)
    public = Unicode("", help="Where the course is for everybody.").tag(config=True)
    proxies = ListTrait(help="Addresses of whom to believe what they say of a client.").tag(config=True)
    data = Unicode("", help="The folder of the secret that the hub signs passes with.").tag(config=True)
    secret = Bytes(b"", help="That secret, where it is in no such folder.")
    signed = Bool(False, help="Passes count only in a browser that is signed in at the JupyterHub.").tag(config=True)
    exercises = Unicode(help="The folder of the exercises: when they change, a lesson is run anew.").tag(config=True)
    fork = Bool(True, help="Fork kernels from lessons that have run, where the system can.").tag(config=True)
    most = Int(0, help="How many lessons may be open at once; 0: as many as the memory holds.").tag(config=True)
    sharing = Int(1, help="How many lesson servers share this machine's memory.").tag(config=True)
    away = Float(60.0, help="Seconds until the kernel of a page that left ends.").tag(config=True)
    idle = Float(4 * 3600.0, help="Seconds of silence until the kernel of an open page ends.").tag(config=True)
    drain = Float(0.0, help="Seconds in which open pages move to other servers before this one ends.").tag(config=True)
    preview = Bool(False, help="Show an author their lessons, with what is wrong beside.").tag(config=True)
    planned = 0  # lessons on the path
    prepared = False  # whether they have been run, as far as they can be
    sessions: Sessions | None = None
    leaving: Drain
    _asked_to_leave = False
    looked_at: Preview | None = None

    @property
    def draining(self) -> bool:
        """Whether this server takes nobody new, because it will end."""
        return self.leaving.draining

    def initialize(self, argv: list[str]) -> None:
        """Read the settings, and from now on end in an order of our own."""
        super().initialize(argv)
        signal.signal(signal.SIGINT, self._handle_signal_stop)

    def setup_template_dirs(self) -> None:
        """Use our template, and no other."""
        self.template_paths = [str(TEMPLATE)]
        self.static_paths: list[str] = []

    def init_handlers(self) -> list[Any]:
        """A lesson's page, its kernel, files; nothing else of Voilà or Jupyter."""
        public = read_public(self.public)
        static = page_files(public)
        folder = Path(self.root_dir)
        self.course = CourseFile(folder)
        measures = self.measures = LessonMeasures()
        self.app.settings["log_function"] = measures.log

        def frame(name: str) -> Frame:
            return lesson_frame(name, self.course.read(), folder, public if self.hub else None, static)

        self.app.settings["choreo_frame"] = frame
        self.last_good = LastGood(folder, Path(self.exercises))
        self.config.VoilaExporter.filters = {
            "lesson_page": lesson_page,
            "lesson_frame": frame,
            "lesson_fault": lambda name: self.last_good.of(name).fault,
            "shown_cell": lambda cell: shown(cell["outputs"], is_expected(cell)),
        }
        recorded = None
        passes = Passes(self._read_secret if self.hub else None, self.signed)
        most = self.most or min(room(self.sharing), places() // 4)
        if FORK_IS_POSSIBLE and self.fork:
            self.looked_at = Preview(folder, Path(self.exercises)) if self.preview else None
            there = folder, Path(self.exercises)
            self.nursery = Alone(*there, also=self.looked_at.also) if self.looked_at else Nursery(*there)
            self.sessions = Sessions(self.nursery, most, self.away, self.idle, measures)
            measures.templates.set_function(self.nursery.warm)
            recorded = RecordedLessons(self.nursery, TEMPLATE, frame, self.course.read, public)
        self.leaving = Drain(self.sessions, self.drain)
        page = {
            "drain": self.leaving,
            "public": public,
            "passes": passes,
            "recorded": recorded,
            "kernels": StockKernels(self.app.settings["kernel_manager"], most),
            "last_good": self.last_good,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        handlers: list[Any] = [
            (r"/lessons/([a-z0-9-]+)/", LessonHandler, page),
            (r"/lessons/[a-z0-9-]+/([^?#]*\.\w+)", BesideHandler, {"path": self.root_dir}),
            (r"/lessons/[a-z0-9-]+/health", Health),
            (rf"/api/kernels/{KERNEL}", StockKernel),
            (rf"/api/kernels/{KERNEL}/channels", StockSocket),
            (r"/voila/api/shutdown/(.*)", StockShutdown),
            (r"/static/([0-9a-f]+)/(.+)", StaticHandler, {"static": static}),
            (r"/health", Health),
            (r"/live", Live),
            (r"/ready", Ready, {"why_not": self.why_not}),
            (r"/metrics", Metrics, {"measures": measures}),
        ]
        if recorded:
            socket = {"sessions": self.sessions, "passes": passes, "drain": self.leaving}
            handlers += [
                (r"/lessons/([a-z0-9-]+)/kernel", LessonSocket, socket),
                (r"/parts/([0-9a-f]+\.\w+)", PartHandler, {"recorded": recorded}),
            ]
        if recorded and self.looked_at:
            self.app.settings["choreo_frames"] = FRAMES
            shell = {"public": public, "lessons": folder, "course": self.course}
            handlers += pages(self.looked_at, self.nursery, recorded, shell)
        return handlers

    def _read_secret(self) -> bytes:
        return self.secret or load_secret(Path(self.data))

    def listen(self) -> None:
        """Serve until stopped; run the lessons beforehand and tidy up now and then meanwhile."""
        bound_log(self.log)
        if self.sessions:
            sweep = PeriodicCallback(self._tidy, SWEEP * 1000)
            sweep.start()
        self.prepared = self.looked_at is not None  # an author's lessons are run as they look at them
        IOLoop.current().add_callback(self.looked_at.watch if self.looked_at else self._prepare)
        try:
            refused = partial(self.measures.refused, "connection")
            listen(self.app, self.ip, self.port, places(), Networks("proxies", self.proxies), refused)
        except OSError as error:
            self.log.critical("%s:%s: cannot listen (%s).", self.ip, self.port, error.strerror)
            raise SystemExit(TAKEN) from error
        self.ioloop = IOLoop.current()
        try:
            self.ioloop.start()
        finally:
            self.stop()

    def why_not(self) -> str:
        """Why nobody new should be sent here; empty if they may. To be full is no reason: pages of its own come back."""
        if self.draining:
            return "this server is ending"
        if not self.prepared:
            return "the lessons are being run beforehand"
        if self.sessions and self.planned and not self.nursery.warm():
            return "no lesson could be run beforehand; the log says why"
        return ""

    def _tidy(self) -> None:
        if self.sessions:
            self.sessions.sweep()
        give_back()

    async def _prepare(self) -> None:
        folder = Path(self.root_dir)
        try:
            lessons = self.course.read().written(folder)  # other notebooks run when somebody asks for them
        except BankError as error:
            self.log.warning("%s", error)
            lessons = ()
        self.planned = len(lessons)
        for lesson in lessons:
            if not self.sessions:
                self.last_good.of(lesson.name)
                continue
            try:
                await self.nursery.template(lesson.name)
            except NurseryError as error:
                self.log.warning("%s", error)
        self.prepared = True
        give_back()

    def _handle_signal_stop(self, sig: int, frame: FrameType | None) -> None:
        """Leave in order where that was asked for; at SIGINT, at a second signal, and elsewhere, end at once."""
        if not hasattr(self, "ioloop"):
            sys.exit(0)
        if sig == signal.SIGTERM and self.leaving.takes_time and not self._asked_to_leave:
            self._asked_to_leave = True
            self.ioloop.add_callback_from_signal(self._leave)
        else:
            super()._handle_signal_stop(sig, frame)

    async def _leave(self) -> None:
        await self.leaving.leave()
        self.ioloop.stop()

    def stop(self) -> None:
        """End all kernels, and what they were forked from."""
        if self.sessions:
            self.sessions.close()
            self.nursery.close()
        self.last_good.close()
        super().stop()
