"""Where a lesson's page is asked for: recorded beforehand, or run by Voilà for one visitor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tornado.web import HTTPError
from voila.tornado.handler import TornadoVoilaHandler

from choreo.hub.onward import RUN, WHOLE, onward
from choreo.hub.public import Public
from choreo.serve.browser import EARLY_SOURCE, START_SOURCE
from choreo.serve.drain import Drain, pass_on
from choreo.serve.forking.nursery import NurseryError
from choreo.serve.guard import Guarded
from choreo.serve.guests import keep_mark
from choreo.serve.last_good import LastGood, Sound, SoundNotebook
from choreo.serve.notebook import NotebookError, read_cells
from choreo.serve.pages import LessonPage
from choreo.serve.passes import Passes
from choreo.serve.recorded import RecordedLessons
from choreo.serve.static_files import send_file
from choreo.serve.stock import FullError, StockKernels
from choreo.stores.chosen import own_cookies

NO_COOKIE = (
    "Your browser took no cookie from this course, and without one the course cannot tell your work from anybody else’s. "
    "Allow cookies for this address; a private window or a strict setting may refuse them."
)
FULL = "The course is full just now: no more lessons fit into its computer. What you kept is safe. Try again in some minutes."

HEARTBEAT = "voila_heartbeat()"

# Components and Plotly bring styles with them. In a kernel of Voilà's, components arrive as text and are imported from blobs.
POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' data: blob:; font-src 'self'; connect-src blob: {places}; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
)
# What the programs of a lesson's page may ask for, of all that there is at this address: not a learner's pages at the hub.
ASKED = ("/lessons/", "/parts/", "/api/kernels/", "/voila/")
SOCKETS = ("/lessons/", "/api/kernels/", "/live/host")  # the coach's console is a lesson's page


class LessonHandler(Guarded, TornadoVoilaHandler):
    """A lesson's page: the prose at once, the outputs as they are ready."""

    def initialize(
        self,
        public: Public,
        passes: Passes,
        recorded: RecordedLessons | None,
        kernels: StockKernels,
        last_good: LastGood,
        drain: Drain,
        **kwargs: Any,
    ) -> None:
        """Take where the course is for everybody, what knows passes, and Voilà's kernels; `recorded`: None without fork.

        `last_good` says where these read a lesson, `drain` whether the server is leaving.
        """
        super().initialize(**kwargs)
        self._public, self._passes = public, passes
        self._recorded, self._kernels, self._last_good, self._drain = recorded, kernels, last_good, drain
        self._sound: Sound | None = None  # once it is known which lesson is asked for

    @property
    def kernel_manager(self) -> Any:
        """What starts kernels of Voilà's, in this learner's name."""
        return self._kernels.manager_for(self._learner() or "", self._sound.environ if self._sound else {})

    @property
    def contents_manager(self) -> Any:
        """Where Voilà reads the notebook."""
        manager = super().contents_manager
        return SoundNotebook(manager, self._sound) if self._sound else manager

    def _learner(self) -> str | None:
        """Whose pass came with the request; None for none."""
        return self._passes.learner(self.request.headers.get("Cookie", ""))

    async def get(self, name: str) -> None:
        """Send the page; a learner without a pass gets one at the hub first."""
        if self._drain.draining:
            pass_on(self)
            return
        folder = Path(self.contents_manager.root_dir)
        notebook = self._recorded.nursery.notebook(name) if self._recorded else folder / f"{name}.ipynb"
        if not notebook.is_file():
            raise HTTPError(404, f"There is no lesson {name}.")
        if self._learner() is None:
            if "new" in self.request.query_arguments:  # the hub has just given it one
                raise HTTPError(403, NO_COOKIE)
            given = self.request.query_arguments
            query = "&".join(onward({word: self.get_query_argument(word) for word in (WHOLE, RUN) if word in given}))
            self.redirect(self._public.at(f"/lessons/{name}{query and '?'}{query}"), status=303)
            return
        keep_mark(self, self._public.home)
        if (page := await self._run_beforehand(name)) is not None:
            self._send(page)
        else:
            self._sound = self._last_good.of(name)
            try:
                read_cells(self._sound.notebook)
            except NotebookError as error:
                raise HTTPError(500, str(error)) from error
            try:
                await self._run_for_this_visitor(name)
            except FullError as error:
                raise HTTPError(503, FULL) from error

    async def _run_beforehand(self, name: str) -> LessonPage | None:
        if self._recorded is None:
            return None
        try:
            return await self._recorded.page(name)
        except NurseryError as error:
            self.log.warning("%s %s gets a kernel of Voilà's instead.", error, name)
            return None

    def _send(self, page: LessonPage) -> None:
        self.set_header("Content-Security-Policy", self.policy(f"{START_SOURCE} {EARLY_SOURCE}"))
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Etag", f'"{page.etag}"')
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
        else:
            send_file(self, page.html, "no-cache")

    async def _run_for_this_visitor(self, name: str) -> None:
        self.set_header("Content-Security-Policy", self.policy(f"{START_SOURCE} blob:"))
        # The kernel gets this header in its environment; other programs' cookies on this host are none of its business.
        self.request.headers["Cookie"] = own_cookies(self.request.headers.get("Cookie", ""))
        waiting: list[str] = []
        async for piece in self.get_generator(path=f"{name}.ipynb"):
            if HEARTBEAT not in piece:  # a script for Voilà's own page, where a kernel takes long
                waiting.append(piece)
            if "<!--prose-->" in piece:
                self.write("".join(waiting))
                waiting.clear()
                await self.flush()
        self.write("".join(waiting))

    def policy(self, scripts: str = "") -> str:
        """The Content-Security-Policy. The coach's console shows the hub's QR code and, in a frame, its projector view."""
        here = f"{self.request.host}{self._public.front}"
        asked = [f"{self.request.protocol}://{here}{place}" for place in ASKED]
        sockets = [f"{scheme}://{here}{place}" for scheme in ("ws", "wss") for place in SOCKETS]
        frames = self.settings.get("choreo_frames", "'none'")
        places = ["'self'"] if here.startswith("[") else asked + sockets  # a policy cannot name an address of IPv6
        return POLICY.format(scripts=scripts, places=" ".join(places), frames=frames)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A page that says what is wrong and where to go."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        reason = (error.log_message if isinstance(error, HTTPError) else None) or "The lesson could not be opened."
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", self.policy())
        frame = self.settings["choreo_frame"]("")
        page = self.settings["voila_jinja2_env"].get_template("error.html.j2")
        self.finish(page.render(frame=frame, status=status_code, reason=reason))
