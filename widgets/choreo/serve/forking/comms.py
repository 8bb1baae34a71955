"""The kernel's end of what widgets say to the page, before there is a page and after."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import comm
from comm.base_comm import BaseComm

from choreo.serve.forking.wire import Message

log = logging.getLogger(__name__)


class Comms:
    """Makes comms whose ids are the same at every run of a lesson. Until a page is joined, what they say is not sent.

    `install` puts it in the place that the `comm` package foresees, where ipywidgets finds it.
    """

    def __init__(self, lesson: str) -> None:
        """Begin with no comm; ids follow from the lesson's name and the order of making."""
        self._lesson = lesson
        self._made = 0
        self._send: Callable[[Message], None] | None = None
        self._parent = ""

    def install(self) -> None:
        """From now on every widget of this process speaks through here."""
        import ipywidgets

        comm.create_comm = self._create
        ipywidgets.widgets.widget.JUPYTER_WIDGETS_ECHO = (
            False  # that is for other pages of the same kernel: there are none
        )
        ipywidgets.register_comm_target()

    def join(self, send: Callable[[Message], None]) -> None:
        """From now on send what widgets say; ids made from here on are the page's own."""
        self._send = send

    def hear(self, message: Message) -> None:
        """Hand a message of the page to its widget, then say that all that follows from it is done."""
        content = message.content
        self._parent = str(content.get("id", ""))
        data = {"comm_id": content.get("comm"), "data": content.get("data", {}), "target_name": content.get("target")}
        jupyter = {"content": data, "metadata": content.get("metadata", {}), "buffers": list(message.buffers)}
        manager: Any = comm.get_comm_manager()
        try:
            match content.get("type"):
                case "comm_msg" if content.get("comm") in manager.comms:
                    manager.comm_msg(None, "", jupyter)
                case "comm_close" if content.get("comm") in manager.comms:
                    manager.comm_close(None, "", jupyter)
                case other:
                    log.warning(
                        "The page said %.40r to %.40r; nobody here listens to that.", other, content.get("comm")
                    )
        finally:
            self.say({"type": "idle"}, ())
            self._parent = ""

    def say(self, content: Mapping[str, Any], buffers: Sequence[bytes]) -> None:
        """Send a message to the page, if there is one."""
        if self._send:
            self._send(Message({**content, "parent": self._parent}, buffers))

    def _create(self, *args: Any, **options: Any) -> BaseComm:
        if not options.get("comm_id"):
            self._made += 1
            options["comm_id"] = hashlib.sha256(f"{self._lesson}/{self._made}".encode()).hexdigest()[:32]
        return _Comm(self, *args, **options)


class _Comm(BaseComm):
    def __init__(self, comms: Comms, *args: Any, **options: Any) -> None:
        self._comms = comms
        super().__init__(*args, **options)

    def publish_msg(
        self,
        msg_type: str,
        data: Any = None,
        metadata: Any = None,
        buffers: Any = None,
        **keys: Any,
    ) -> None:
        content = {"type": msg_type, "comm": self.comm_id, "data": data or {}, "metadata": metadata or {}, **keys}
        self._comms.say(content, buffers or ())
