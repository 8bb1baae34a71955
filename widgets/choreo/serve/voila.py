"""The lesson server: Voilà, with our page in place of its front end and only the addresses that a lesson needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError, RequestHandler
from traitlets import Unicode
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from choreo.serve.frame import lesson_frame, page_files
from choreo.serve.lesson_page import lesson_page
from choreo.serve.static_files import StaticHandler

TEMPLATE = Path(__file__).parent / "template"
COOKIE = "choreo_learner"
WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

# Components arrive as text and are imported from blobs; they and Plotly bring their styles with them.
POLICY = (
    "default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self' blob: {sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class LessonHandler(TornadoVoilaHandler):
    """A lesson's page: the prose at once, the outputs as they are ready."""

    def initialize(self, hub: str, **kwargs: Any) -> None:
        """Take the hub's address besides what Voilà's handler takes."""
        super().initialize(**kwargs)
        self._hub = hub

    async def get(self, name: str) -> None:
        """Send the page; a learner without a pass gets one at the hub first."""
        if not (Path(self.contents_manager.root_dir) / f"{name}.ipynb").is_file():
            raise HTTPError(404, f"There is no lesson {name}.")
        if self._hub and not self.get_cookie(COOKIE):
            self.redirect(f"{self.hub_for_browser()}/lessons/{name}", status=303)
            return
        self.set_header("Content-Security-Policy", self.policy())
        self.xsrf_token  # noqa: B018 - asking for it sets the cookie that leaving the page sends back
        waiting: list[str] = []
        async for piece in self.get_generator(path=f"{name}.ipynb"):
            waiting.append(piece)
            if "<!--prose-->" in piece:
                self.write("".join(waiting))
                waiting.clear()
                await self.flush()
        self.write("".join(waiting))

    def policy(self) -> str:
        """The Content-Security-Policy, with the socket's address spelt out for browsers whose 'self' leaves it out."""
        return POLICY.format(sockets=f"ws://{self.request.host} wss://{self.request.host}")

    def hub_for_browser(self) -> str:
        """The hub under the host name that this browser uses, so that its cookie fits."""
        return browser_address(self._hub, self.request.host_name, self.request.protocol)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A page that says what is wrong and where to go."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        reason = (error.log_message if isinstance(error, HTTPError) else None) or "The lesson could not be opened."
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", self.policy())
        frame = self.settings["choreo_frame"]("")
        page = self.settings["voila_jinja2_env"].get_template("error.html.j2")
        home = f"{self.hub_for_browser()}/" if self._hub else "/"
        self.finish(page.render(frame=frame, home=home, status=status_code, reason=reason, lesson=self.path_args[:1]))


class Health(RequestHandler):
    """Says that the lesson server answers."""

    def get(self) -> None:
        """Reply {"ok": true}."""
        self.finish({"ok": True})


class LessonServer(Voila):
    """Voilà for the lessons of a folder."""

    name = "choreo-lessons"
    hub = Unicode("", help="The hub's address; empty where there is none.").tag(config=True)

    def setup_template_dirs(self) -> None:
        """Use our template, and no other."""
        self.template_paths = [str(TEMPLATE)]
        self.static_paths = []

    def init_handlers(self) -> list[Any]:
        """A lesson's page, its kernel's socket, the kernel's end, files; nothing else of Voilà or Jupyter."""
        static = page_files()
        folder = Path(self.root_dir)

        def frame(name: str) -> Any:
            return lesson_frame(name, folder, self.hub or None, static)

        self.app.settings["choreo_frame"] = frame
        self.config.VoilaExporter.filters = {"lesson_page": lesson_page, "lesson_frame": frame, "shown": shown}
        page = {
            "hub": self.hub,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            (r"/lessons/([a-z0-9-]+)", LessonHandler, page),
            (rf"/api/kernels/{KERNEL}", KernelHandler),
            (rf"/api/kernels/{KERNEL}/channels", VoilaKernelWebsocketHandler),
            (r"/voila/api/shutdown/(.*)", VoilaShutdownKernelHandler),
            (r"/static/([0-9a-f]+)/(.+)", StaticHandler, {"static": static}),
            (r"/health", Health),
        ]


def shown(outputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What of a cell's outputs goes to the browser: no traceback, no warnings, and a widget instead of its name."""
    found: list[Mapping[str, Any]] = []
    for output in outputs:
        if output["output_type"] == "error":
            found.append({key: output[key] for key in ("output_type", "ename", "evalue")})
        elif WIDGET in output.get("data", {}):
            found.append({"output_type": "display_data", "data": {WIDGET: output["data"][WIDGET]}})
        elif output.get("name") != "stderr":
            found.append(output)
    return found


def browser_address(hub: str, host_name: str, protocol: str) -> str:
    """`hub` with the host name that the browser used: "http://127.0.0.1:8000", "localhost" -> "http://localhost:8000"."""
    port = urlsplit(hub).port
    host = f"[{host_name}]" if ":" in host_name and not host_name.startswith("[") else host_name
    return f"{protocol}://{host}:{port}"


def server_config(lessons: Path, host: str, port: int, hub: str) -> Config:
    """Voilà's settings for us."""
    config = Config()
    config.LessonServer.hub = hub
    config.LessonServer.ip = host
    config.LessonServer.port = port
    config.LessonServer.port_retries = 0
    config.LessonServer.root_dir = str(lessons)
    config.LessonServer.open_browser = False
    config.LessonServer.config_file_paths = []
    config.LessonServer.log_level = "WARN"
    config.LessonServer.tornado_settings = {
        "compress_response": True,
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


