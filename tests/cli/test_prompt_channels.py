"""In which order the server of `gradschool lab` passes a kernel's messages on to the page."""

import asyncio
from typing import Any

import pytest
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from gradschool.cli import prompt_channels
from gradschool.cli.prompt_channels import PromptChannels

KERNEL = Session(key=b"key")


def said(kind: str, because_of: str, **content: Any) -> list[bytes]:
    """A message as it comes from the kernel."""
    parent = KERNEL.msg_header(because_of)
    message = KERNEL.msg(kind, content, parent={"header": parent})
    frames: list[bytes] = KERNEL.serialize(message, ident=f"kernel.1.{kind}".encode())
    return frames


BUSY, IDLE, PICTURE = (
    said("status", "comm_msg", execution_state="busy"),
    said("status", "comm_msg", execution_state="idle"),
    said("comm_msg", "comm_msg", data={}),
)
BUSY_RUNNING = said("status", "execute_request", execution_state="busy")


@pytest.fixture
def passed_on(monkeypatch: pytest.MonkeyPatch) -> list[list[bytes]]:
    passed_on: list[list[bytes]] = []
    monkeypatch.setattr(
        ZMQChannelsWebsocketConnection,
        "handle_outgoing_message",
        lambda self, stream, message: passed_on.append(message),
    )
    return passed_on


def say(*messages: list[bytes], wait: float = 0) -> None:
    async def pass_on() -> None:
        channels = PromptChannels.__new__(PromptChannels)  # its kernel and its page are not asked
        channels.session = KERNEL
        for message in messages:
            channels.handle_outgoing_message(None, message)
        await asyncio.sleep(wait)

    asyncio.run(pass_on())


def test_a_picture_goes_before_the_news_that_the_kernel_is_busy_with_it(passed_on: list[list[bytes]]) -> None:
    say(BUSY, PICTURE, IDLE)

    assert passed_on == [PICTURE, BUSY, IDLE]


def test_a_kernel_that_says_nothing_else_is_busy_before_it_is_idle(passed_on: list[list[bytes]]) -> None:
    say(BUSY, IDLE, BUSY, IDLE)

    assert passed_on == [BUSY, IDLE, BUSY, IDLE]


def test_a_kernel_that_is_long_at_work_is_told_to_be_busy(
    passed_on: list[list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_channels, "_PATIENCE", 0.0)
    say(BUSY, wait=0.01)

    assert passed_on == [BUSY]


def test_a_cell_that_runs_is_shown_busy_at_once(passed_on: list[list[bytes]]) -> None:
    say(BUSY_RUNNING)

    assert passed_on == [BUSY_RUNNING]
