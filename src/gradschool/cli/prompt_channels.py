"""The way between a notebook's page and its kernel, without a wait of 40 ms: how `gradschool lab` has JupyterLab's server send."""

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptChannels(ZMQChannelsWebsocketConnection):
    """Send every message at once.

    A slider's new picture follows right after "busy", and both are small: left to itself TCP holds the second back until
    the first is acknowledged, which the other end puts off for some 40 ms (Nagle's algorithm and delayed acknowledgement).
    """

    def connect(self) -> Any:
        """Connect a page to its kernel."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
