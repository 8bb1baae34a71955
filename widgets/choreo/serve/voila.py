"""The lesson server: Voilà, with our page in place of its front end and only the addresses that a lesson needs."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import HTTPError
from traitlets import Bool, Float, Int, Unicode
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from choreo.bank.course import load_course
from choreo.bank.fault import BankError
from choreo.serve.forking.nursery import POSSIBLE as FORK_IS_POSSIBLE
from choreo.serve.forking.nursery import Nursery, NurseryError
from choreo.serve.frame import EARLY, Frame, lesson_frame, page_files
from choreo.serve.lesson_page import lesson_page
from choreo.serve.lesson_socket import LessonSocket
from choreo.serve.memory import give_back
from choreo.serve.notebook import NotebookError, read_cells
from choreo.serve.outputs import shown
from choreo.serve.own_name import OwnName
from choreo.serve.pages import LessonPage
from choreo.serve.recorded import RecordedLessons
from choreo.serve.sessions import Sessions, room
from choreo.serve.static_files import FOR_GOOD, StaticHandler, send_file
from choreo.stores.chosen import COOKIE

TEMPLATE = Path(__file__).parent / "template"
SWEEP = 5  # seconds between two looks for kernels whose pages are gone
NO_COOKIE = (
    "Your browser took no cookie from this course, and without one the course cannot tell your work from anybody else’s. "
    "Allow cookies for this address; a private window or a strict setting may refuse them."
)
KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

# Components and Plotly bring styles with them. In a kernel of Voilà's, components arrive as text and are imported from blobs.
POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: {hub}; "
    "font-src 'self'; connect-src 'self' blob: {sockets}; frame-src 'self' {hub}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


EARLY_HASH = base64.b64encode(hashlib.sha256(EARLY.encode()).digest()).decode()


class LessonHandler(TornadoVoilaHandler):
    """A lesson's page: the prose at once, the outputs as they are ready."""

    def initialize(self, hub: str, recorded: RecordedLessons | None, **kwargs: Any) -> None:
        """Take the hub's address and the recorded lessons (None where there is no fork) besides what Voilà's takes."""
        super().initialize(**kwargs)
        self._hub = hub
        self._recorded = recorded

    async def get(self, name: str) -> None:
        """Send the page; a learner without a pass gets one at the hub first."""
        if not (Path(self.contents_manager.root_dir) / f"{name}.ipynb").is_file():
            raise HTTPError(404, f"There is no lesson {name}.")
        if self._hub and not self.get_cookie(COOKIE):
            if "new" in self.request.query_arguments:  # the hub has just given it one
                raise HTTPError(403, NO_COOKIE)
            self.redirect(f"{self.hub_for_browser()}/lessons/{name}", status=303)
        elif (page := await self._run_beforehand(name)) is not None:
            self._send(page)
        else:
            try:
                read_cells(Path(self.contents_manager.root_dir) / f"{name}.ipynb")
            except NotebookError as error:
                raise HTTPError(500, str(error)) from error
            await self._run_for_this_visitor(name)

    async def _run_beforehand(self, name: str) -> LessonPage | None:
        if self._recorded is None:
            return None
        try:
            return await self._recorded.page(name, self.hub_for_browser())
        except NurseryError as error:
            self.log.warning("%s %s gets a kernel of Voilà's instead.", error, name)
            return None

    def _send(self, page: LessonPage) -> None:
        own_script = f"'sha256-{EARLY_HASH}'"
        self.set_header("Content-Security-Policy", self.policy(own_script))
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Etag", f'"{page.etag}"')
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
        else:
            send_file(self, page.html, "no-cache")

    async def _run_for_this_visitor(self, name: str) -> None:
        self.set_header("Content-Security-Policy", self.policy("blob:"))
        self.xsrf_token  # noqa: B018 - asking for it sets the cookie that leaving the page sends back
        waiting: list[str] = []
        async for piece in self.get_generator(path=f"{name}.ipynb"):
            waiting.append(piece)
            if "<!--prose-->" in piece:
                self.write("".join(waiting))
                waiting.clear()
                await self.flush()
        self.write("".join(waiting))

    def policy(self, scripts: str = "") -> str:
        """The Content-Security-Policy, with the socket's address spelt out for browsers whose 'self' leaves it out.

        The coach's console talks to the hub, and shows its QR code and, in a frame, its projector view.
        """
        hub = self.hub_for_browser()
        hosts = [self.request.host, *([urlsplit(hub).netloc] if hub else [])]
        sockets = " ".join(f"ws://{host} wss://{host}" for host in hosts)
        return POLICY.format(scripts=scripts, sockets=sockets, hub=hub)

    def hub_for_browser(self) -> str:
        """The hub under the host name that this browser uses, so that its cookie fits."""
        return browser_address(self._hub, self.request.host_name, self.request.protocol) if self._hub else ""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A page that says what is wrong and where to go."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        reason = (error.log_message if isinstance(error, HTTPError) else None) or "The lesson could not be opened."
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", self.policy())
        frame = self.settings["choreo_frame"]("", self.hub_for_browser())
        page = self.settings["voila_jinja2_env"].get_template("error.html.j2")
        self.finish(page.render(frame=frame, status=status_code, reason=reason))


class PartHandler(OwnName):
    """A part of a recorded lesson's page: the state of its widgets, a component's module, the style sheet."""

    def initialize(self, recorded: RecordedLessons) -> None:
        """Take the recorded lessons."""
        self._recorded = recorded

    def get(self, name: str) -> None:
        """Send the part; its name is its hash, so it is kept for good."""
        part = self._recorded.part(name)
        if part is None:
            raise HTTPError(404)
        send_file(self, part, FOR_GOOD)


class Health(OwnName):
    """Says that the lesson server answers."""

    def get(self) -> None:
        """Reply {"ok": true}."""
        self.finish({"ok": True})


class LessonServer(Voila):
    """Voilà for the lessons of a folder."""

    name = "choreo-lessons"
    hub = Unicode("", help="The hub's address; empty where there is none.").tag(config=True)
    exercises = Unicode(help="The folder of the exercises: when they change, a lesson is run anew.").tag(config=True)
    fork = Bool(True, help="Fork kernels from lessons that have run, where the system can.").tag(config=True)
    most = Int(0, help="How many lessons may be open at once; 0: as many as the memory holds.").tag(config=True)
    away = Float(60.0, help="Seconds until the kernel of a page that left ends.").tag(config=True)
    idle = Float(4 * 3600.0, help="Seconds of silence until the kernel of an open page ends.").tag(config=True)
    sessions: Sessions | None = None

    def setup_template_dirs(self) -> None:
        """Use our template, and no other."""
        self.template_paths = [str(TEMPLATE)]
        self.static_paths: list[str] = []

    def init_handlers(self) -> list[Any]:
        """A lesson's page, its kernel, files; nothing else of Voilà or Jupyter."""
        static = page_files()
        folder = Path(self.root_dir)

        def frame(name: str, hub: str = self.hub) -> Frame:
            return lesson_frame(name, folder, hub, static)

        self.app.settings["choreo_frame"] = frame
        self.config.VoilaExporter.filters = {"lesson_page": lesson_page, "lesson_frame": frame, "shown": shown}
        recorded = None
        if FORK_IS_POSSIBLE and self.fork:
            self.nursery = Nursery(folder, Path(self.exercises))
            self.sessions = Sessions(self.nursery, self.most or room(), self.away, self.idle)
            recorded = RecordedLessons(self.nursery, TEMPLATE, frame)
        page = {
            "hub": self.hub,
            "recorded": recorded,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        handlers: list[Any] = [
            (r"/lessons/([a-z0-9-]+)", LessonHandler, page),
            (rf"/api/kernels/{KERNEL}", KernelHandler),
            (rf"/api/kernels/{KERNEL}/channels", VoilaKernelWebsocketHandler),
            (r"/voila/api/shutdown/(.*)", VoilaShutdownKernelHandler),
            (r"/static/([0-9a-f]+)/(.+)", StaticHandler, {"static": static}),
            (r"/health", Health),
        ]
        if recorded:
            handlers += [
                (r"/lessons/([a-z0-9-]+)/kernel", LessonSocket, {"sessions": self.sessions, "hub": self.hub}),
                (r"/parts/([0-9a-f]+\.\w+)", PartHandler, {"recorded": recorded}),
            ]
        return handlers

    def listen(self) -> None:
        """Serve until stopped; run the lessons beforehand and tidy up now and then meanwhile."""
        if self.sessions:
            sweep = PeriodicCallback(self._tidy, SWEEP * 1000)
            sweep.start()
            IOLoop.current().add_callback(self._prepare)
        super().listen()

    def _tidy(self) -> None:
        if self.sessions:
            self.sessions.sweep()
        give_back()

    async def _prepare(self) -> None:
        folder = Path(self.root_dir)
        try:
            lessons = load_course(folder).written(folder)  # other notebooks run when somebody asks for them
        except BankError as error:
            self.log.warning("%s", error)
            return
        for lesson in lessons:
            try:
                await self.nursery.template(lesson.name)
            except NurseryError as error:
                self.log.warning("%s", error)
        give_back()

    def _handle_signal_stop(self, sig: int, frame: FrameType | None) -> None:
        """Stop the loop; before there is one, end at once."""
        if not hasattr(self, "ioloop"):
            sys.exit(0)
        super()._handle_signal_stop(sig, frame)

    def stop(self) -> None:
        """End all kernels, and what they were forked from."""
        if self.sessions:
            self.sessions.close()
            self.nursery.close()
        super().stop()


def browser_address(hub: str, host_name: str, protocol: str) -> str:
    """`hub` with the host name that the browser used: "http://127.0.0.1:8000", "localhost" -> "http://localhost:8000"."""
    port = urlsplit(hub).port
    host = f"[{host_name}]" if ":" in host_name and not host_name.startswith("[") else host_name
    return f"{protocol}://{host}:{port}"


def server_config(lessons: Path, exercises: Path, host: str, port: int, hub: str) -> Config:
    """Voilà's settings for us."""
    config = Config()
    config.LessonServer.hub = hub
    config.LessonServer.exercises = str(exercises)
    config.LessonServer.fork = os.environ.get("CHOREO_FORK") != "0"
    for name in ("most", "away", "idle"):
        if value := os.environ.get(f"CHOREO_{name.upper()}"):
            config.LessonServer[name] = float(value) if name != "most" else int(value)
    config.LessonServer.ip = host
    config.LessonServer.port = port
    config.LessonServer.port_retries = 0
    config.LessonServer.root_dir = str(lessons)
    config.LessonServer.open_browser = False
    config.LessonServer.config_file_paths = []
    config.LessonServer.log_level = "WARN"
    config.LessonServer.tornado_settings = {
        "compress_response": True,
        "websocket_ping_interval": 20,
        "websocket_max_message_size": 2**20,  # what a page says is small
        "allow_remote_access": not re.fullmatch(r"127\.\d+\.\d+\.\d+|localhost|::1", host),
    }
    config.VoilaConfiguration.template = "choreo"
    config.VoilaConfiguration.http_header_envs = ["Cookie"]
    config.VoilaConfiguration.show_tracebacks = True  # the page itself shows the last line only
    config.VoilaExecutor.allow_errors = True  # one broken cell does not take the others away
    config.KernelRestarter.restart_limit = 0  # a kernel started anew would not know the lesson: say that it died
    config.MappingKernelManager.cull_idle_timeout = 600
    config.MappingKernelManager.cull_interval = 60
    return config
