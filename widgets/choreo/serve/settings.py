"""Voilà's settings for the lesson server."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from traitlets.config import Config

from choreo.hub.names import listed, own_names
from choreo.hub.networks import proxies
from choreo.hub.operators import Operators
from choreo.serve.doorway import FRAME
from choreo.serve.guard import NotFound
from choreo.serve.guests import Guests
from choreo.serve.preview.watching import PREVIEW
from choreo.serve.stock_kernels import ConfinedKernels


def server_config(
    lessons: Path, exercises: Path, host: str, port: int, hub: str, data: Path | None, door: str = ""
) -> Config:
    """Voilà's settings for us; raise NetworksError. `door`: the host at which the door listens, "" if none does here."""
    address, others = os.environ.get("CHOREO_ADDRESS", ""), listed(os.environ.get("CHOREO_HOSTS"))
    config = Config()
    config.LessonServer.hub = hub
    config.LessonServer.public = address
    config.LessonServer.proxies = proxies(bool(door)).written
    config.LessonServer.data = str(data or "")
    config.LessonServer.exercises = str(exercises)
    config.LessonServer.fork = os.environ.get("CHOREO_FORK") != "0"
    config.LessonServer.preview = os.environ.get(PREVIEW) == "1"
    for name in ("most", "away", "idle", "drain"):
        if value := os.environ.get(f"CHOREO_{name.upper()}"):
            config.LessonServer[name] = float(value) if name != "most" else int(value)
    config.LessonServer.ip = host
    config.LessonServer.port = port
    config.LessonServer.port_retries = 0
    config.LessonServer.root_dir = str(lessons)
    config.LessonServer.open_browser = False
    config.LessonServer.config_file_paths = []
    config.LessonServer.identity_provider_class = Guests
    config.LessonServer.log_level = "WARN"
    config.LessonServer.tornado_settings = {
        "compress_response": True,
        "websocket_ping_interval": 20,
        "websocket_max_message_size": FRAME,
        "default_handler_class": NotFound,
        # Any address in figures will do behind a door, which may be told to listen at more of them (hub/live/door.py).
        "choreo_names": replace(own_names(door or host, address, others), figures=True)
        if door
        else own_names(host, address, others),
        "choreo_operators": Operators(listed(os.environ.get("CHOREO_OPERATORS"))),
    }
    config.VoilaConfiguration.template = "choreo"
    config.KernelSpecManager.allowed_kernelspecs = {"python3"}
    config.VoilaConfiguration.kernel_spec_manager_class = ConfinedKernels
    config.VoilaConfiguration.http_header_envs = ["Cookie"]
    config.VoilaConfiguration.show_tracebacks = True  # the page itself shows the last line only
    config.VoilaExecutor.allow_errors = True  # one broken cell does not take the others away
    config.KernelRestarter.restart_limit = 0  # a kernel started anew would not know the lesson: say that it died
    config.MappingKernelManager.cull_idle_timeout = 600
    config.MappingKernelManager.cull_interval = 60
    return config
