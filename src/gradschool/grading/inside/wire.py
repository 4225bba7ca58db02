"""Frames over a socket: one JSON message and the bytes of its arrays, bounded in size and in time."""

import json
import socket
import struct
from collections.abc import Callable
from typing import Any

_HEAD = struct.Struct(">II")
_PATIENCE_INTERVAL = 0.05
_CHUNK = 1 << 18
_ENCODER = json.JSONEncoder(separators=(",", ":"))


class WireError(Exception):
    """The other side sent something that the protocol does not know, or more of it than is allowed."""


class ConnectionLostError(Exception):
    """The other side is gone."""


class Channel:
    """One end of a connection that carries messages, each a JSON value with a block of bytes.

    sock : a connected stream socket
    text_limit, block_limit : int, bytes a message may have in its two parts
    patience : called about twenty times a second while nothing can be sent or received; it raises to give up
    """

    def __init__(
        self, sock: socket.socket, text_limit: int, block_limit: int, patience: Callable[[], None] | None = None
    ) -> None:
        self.sock = sock
        self.patience = patience
        self.text_limit = text_limit
        self.block_limit = block_limit
        self.torn = False
        self._received = bytearray()
        sock.settimeout(None if patience is None else _PATIENCE_INTERVAL)

    def send(self, message: Any, block: bytes | bytearray = b"") -> None:
        """Send one message whole; given up halfway, the connection is of no more use (`torn`)."""
        text = _ENCODER.encode(message).encode()
        if len(text) > self.text_limit or len(block) > self.block_limit:
            raise WireError(f"a message of {len(text)} + {len(block)} bytes is too large to send")
        rest = memoryview(_HEAD.pack(len(text), len(block)) + text + block)
        self.torn = True
        while rest:
            try:
                rest = rest[self.sock.send(rest) :]
            except TimeoutError:
                self._wait()
            except OSError as error:
                raise ConnectionLostError(str(error)) from error
        self.torn = False

    def receive(self) -> tuple[Any, bytes]:
        """Receive one message whole: its JSON value and its block of bytes. Given up halfway, it can be taken up."""
        self._fill(_HEAD.size)
        text_size, block_size = _HEAD.unpack_from(self._received)
        if text_size > self.text_limit or block_size > self.block_limit:
            raise WireError(f"a message of {text_size} + {block_size} bytes is larger than allowed")
        block_start = _HEAD.size + text_size
        end = block_start + block_size
        self._fill(end)
        text, block = bytes(self._received[_HEAD.size : block_start]), bytes(self._received[block_start:end])
        del self._received[:end]
        try:
            return json.loads(text.decode()), block
        except (ValueError, RecursionError) as error:
            raise WireError(f"a message is no JSON: {error}") from error

    def _fill(self, size: int) -> None:
        received = self._received
        while len(received) < size:
            try:
                chunk = self.sock.recv(_CHUNK)
            except TimeoutError:
                self._wait()
                continue
            except OSError as error:
                raise ConnectionLostError(str(error)) from error
            if not chunk:
                raise ConnectionLostError("the connection was closed")
            received += chunk
            if len(received) < size:
                self._wait()

    def _wait(self) -> None:
        if self.patience is not None:
            self.patience()
