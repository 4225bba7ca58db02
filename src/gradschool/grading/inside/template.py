"""A warm interpreter that waits: each learner is a fork of it (or, where forks are no good, the process itself)."""

import array
import contextlib
import gc
import json
import os
import random
import signal
import socket
import sys
import tempfile
from typing import Any

import numpy as np

from . import jail
from .learner import Learner
from .shell import IPythonShell
from .wire import Channel, ConnectionLostError

CONTROL_LIMIT = 1 << 16
# What every notebook of the course needs. A fork costs the more, the more its template holds: who draws loads matplotlib.
_WARM_UP = """
import numpy.random
import gradschool.check, gradschool.data, gradschool.figures, gradschool.numeric, gradschool.reference
numpy.random.default_rng(0).normal(size=3) @ numpy.ones(3)
1
"""


def main(config: dict[str, Any]) -> None:
    """Become what the configuration asks for: a template on a control socket, or one learner on its own.

    config : {"mode": "template", "fd": int, "user": int or None} or {"mode": "learner", "port": int, "token": str,
        "order": dict} or {"mode": "learner", "fd": int, "order": dict}
    """
    if config["mode"] == "template":
        control = socket.socket(fileno=config["fd"])
        shell = _warm_shell()
        if config["user"] is not None:
            jail.become(config["user"])
        control.send(b"ready")
        _serve_forks(control, shell)
    else:
        _be_alone(config)


def _be_alone(config: dict[str, Any]) -> None:
    """Be one learner, in a process that was started for it."""
    sock = _own_connection(config)
    shell = IPythonShell(config["order"]["output_bytes"])
    jail.limit(config["order"])
    if config.get("user") is not None:
        jail.become(config["user"])
        jail.give_up_powers()
    _be_learner(sock, shell, config["order"])


def _own_connection(config: dict[str, Any]) -> socket.socket:
    if "fd" in config:
        return socket.socket(fileno=config["fd"])
    sock = socket.create_connection(("127.0.0.1", config["port"]))
    sock.sendall(config["token"].encode())
    return sock


def _warm_shell() -> IPythonShell:
    shell = IPythonShell(1 << 20)
    kept = (sys.stdout, sys.stderr, sys.stdin)
    shell.start()
    _, error = shell.run(_WARM_UP)
    shell.run("1 / 0")  # what shows a traceback is loaded too
    sys.stdout, sys.stderr, sys.stdin = kept
    if error is not None:
        raise RuntimeError(f"the learner's shell does not start: {error}")
    shell.forget()
    gc.collect()
    gc.freeze()
    return shell


def _serve_forks(control: socket.socket, shell: IPythonShell) -> None:
    """Answer each order (JSON and a socket) with a learner's pidfd, or with a line that says why there is none."""
    while True:
        message, fds, _, _ = socket.recv_fds(control, CONTROL_LIMIT, 1)
        if not message:
            return
        order = json.loads(message)
        pidfd = None
        try:
            pidfd = _fork_learner(order, fds[0], shell)
            control.sendmsg([b"ok"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [pidfd]))])
        except OSError as error:
            control.send(_line(error))
        finally:
            for fd in fds if pidfd is None else [*fds, pidfd]:
                os.close(fd)


def _fork_learner(order: dict[str, Any], fd: int, shell: IPythonShell) -> int:
    """Fork twice: the one in the middle makes the new namespaces, and its child is the first process in them."""
    reap()
    mine, its = socket.socketpair()
    middle = os.fork()
    if middle == 0:
        with _nothing_escapes():
            mine.close()
            _make_learner(order, fd, its, shell)
    its.close()
    with mine:
        message, fds, _, _ = socket.recv_fds(mine, 4096, 1)
    os.waitpid(middle, 0)
    if not fds:
        raise OSError(message.decode() or "the learner's process did not start")
    return fds[0]


def reap() -> None:
    """Collect whatever children have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


@contextlib.contextmanager
def _nothing_escapes() -> Any:
    """A fork must never run on into its parent's code."""
    try:
        yield
    except BaseException:
        os._exit(1)
    os._exit(0)


def _make_learner(order: dict[str, Any], fd: int, its: socket.socket, shell: IPythonShell) -> None:
    try:
        if order["nested"]:
            jail.unshare()
        told, telling = os.pipe()
        child = os.fork()
        if child == 0:
            with _nothing_escapes():
                _start_fork(order, fd, telling, shell)
        os.close(telling)
        trouble = os.read(told, 4096)
        if trouble:
            its.send(trouble)
        else:
            socket.send_fds(its, [b"ok"], [os.pidfd_open(child)])
    except OSError as error:
        its.send(_line(error))


def _line(error: OSError) -> bytes:
    return f"{type(error).__name__}: {error}".encode()


def _start_fork(order: dict[str, Any], fd: int, telling: int, shell: IPythonShell) -> None:
    """Become a learner; whoever reads the pipe learns why not, or that it was closed with nothing said."""
    os.setsid()
    telling = _keep_only(fd, telling)
    try:
        if order["nested"]:
            jail.furnish(order)
        else:
            os.chdir(tempfile.mkdtemp(dir=order["home"]))
        jail.limit(order)
        if order["nested"]:
            jail.give_up_powers()
    except OSError as error:
        os.write(telling, _line(error))
        raise
    os.close(telling)
    _be_learner(socket.socket(fileno=3), shell, order)


def _keep_only(fd: int, telling: int) -> int:
    """Close every descriptor but these two, which become 3 and 4; the standard ones lead nowhere."""
    spare = os.dup(telling)
    while spare <= 4:
        spare = os.dup(spare)
    os.dup2(fd, 3)
    os.dup2(spare, 4)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(5, 1 << 16)
    return 4


def _be_learner(sock: socket.socket, shell: IPythonShell, order: dict[str, Any]) -> None:
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _seed(order["seed"])
    shell.output_limit = order["output_bytes"]
    shell.start()
    channel = Channel(sock, order["text_bytes"], order["block_bytes"])
    try:
        Learner(channel, shell).serve()
    except ConnectionLostError:
        os._exit(0)


def _seed(seed: int) -> None:
    """Give every random generator that the cells can reach the same start each time this submission is graded."""
    random.seed(seed)
    np.random.seed(seed % (1 << 32))
    entropy = random.Random(seed)
    # what an unseeded default_rng() draws from
    np.random.bit_generator.randbits = entropy.getrandbits  # type: ignore[attr-defined]
