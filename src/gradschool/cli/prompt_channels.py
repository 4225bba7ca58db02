"""The way between a notebook's page and its kernel, without waits: how `gradschool lab` has JupyterLab's server send."""

from typing import Any, Final

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.ioloop import IOLoop

_PATIENCE: Final = 0.05  # seconds for which "busy" is kept back at most


class PromptChannels(ZMQChannelsWebsocketConnection):
    """Send every message at once, and a slider's new picture before the news that the kernel is busy with it.

    The picture follows right after "busy", and both are small: left to itself TCP holds the second back until the first is
    acknowledged, which the other end puts off for some 40 ms (Nagle's algorithm and delayed acknowledgement). And
    JupyterLab takes some 3 ms to show "busy" wherever it does, time in which the picture would wait in the page.
    """

    _busy: tuple[Any, list[Any]] | None = None  # kept back

    def connect(self) -> Any:
        """Connect a page to its kernel."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

    def disconnect(self) -> Any:
        """Let go of a page that is closed, and of what was kept back for it."""
        self._busy = None
        return super().disconnect()  # type: ignore[no-untyped-call]

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Send a message of the kernel to the page."""
        state = self._state_after_widget(outgoing_msg)
        if state:
            self._send_busy()
        if state == "busy":
            self._busy = stream, outgoing_msg
            IOLoop.current().call_later(_PATIENCE, self._send_busy)
            return
        super().handle_outgoing_message(stream, outgoing_msg)
        self._send_busy()

    def _send_busy(self) -> None:
        if self._busy:
            kept, self._busy = self._busy, None
            super().handle_outgoing_message(*kept)

    def _state_after_widget(self, message: list[Any]) -> str:
        """Return the kernel's state where a message tells it because of a widget's message; empty for any other."""
        if not bytes(message[0]).endswith(b".status"):
            return ""
        _, (_, _, parent, _, content, *_) = self.session.feed_identities(message)
        if self.session.unpack(parent).get("msg_type") != "comm_msg":
            return ""
        state: str = self.session.unpack(content)["execution_state"]
        return state
