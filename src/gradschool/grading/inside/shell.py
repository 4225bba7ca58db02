"""An IPython shell without a kernel: runs cells as a notebook does and collects what they print and show, bounded."""

import ast
import io
import os
import sys
import traceback
import warnings
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

_INSTALLERS = ("pip", "pip3", "conda", "mamba", "uv", "apt", "apt-get", "python -m pip", "sudo")
_NOT_INSTALLED = "(nothing is installed while a notebook is graded)"


class Outputs:
    """The outputs of one cell, in the notebook format, cut off where they grow too long."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.items: list[dict[str, Any]] = []
        self._left = limit
        self._clear_next = False

    def write(self, stream: str, text: str) -> None:
        """Add printed text; neighbours on the same stream become one output."""
        self._clear_if_asked()
        if self._left <= 0 or not text:
            return
        if len(text) > self._left:
            text = text[: self._left] + "\n… (cut: the cell prints more than is kept)\n"
        self._left -= len(text)
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == stream:
            last["text"].append(text)
        else:
            self.items.append({"output_type": "stream", "name": stream, "text": [text]})

    def show(self, kind: str, data: dict[str, Any], **more: Any) -> None:
        """Add something displayed: text and pictures only."""
        self._clear_if_asked()
        kept = {mime: value for mime, value in data.items() if isinstance(value, str) and mime in SHOWN}
        size = sum(len(value) for value in kept.values())
        if kept and size <= self._left:
            self._left -= size
            self.items.append({"output_type": kind, "data": kept, "metadata": {}, **more})

    def fail(self, name: str, message: str, lines: list[str]) -> None:
        """Add the exception that ended the cell."""
        self.items.append(
            {"output_type": "error", "ename": name[:200], "evalue": message[:4000], "traceback": lines[-40:]}
        )

    def clear(self, wait: bool) -> None:
        """Forget what was shown, now or when the next output comes."""
        self._clear_next = True
        if not wait:
            self._clear_if_asked()

    def finished(self) -> list[dict[str, Any]]:
        """Hand back the outputs, each printed text as one string."""
        return [{**item, "text": "".join(item["text"])} if "text" in item else item for item in self.items]

    def _clear_if_asked(self) -> None:
        if self._clear_next:
            self._clear_next = False
            self.items.clear()
            self._left = self.limit


SHOWN = ("text/plain", "text/latex", "text/markdown", "image/png", "image/jpeg")


class _Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of the notebook: writes into the outputs of the cell that runs, or nowhere."""

    def __init__(self, shell: "NotebookShell", name: str) -> None:
        self._shell = shell
        self.name = f"<{name}>"
        self._stream = name

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._shell.outputs is not None:
            self._shell.outputs.write(self._stream, text)
        return len(text)


class _Publisher(DisplayPublisher):
    shell: Any

    def publish(self, data: Any, metadata: Any = None, *args: Any, **kwargs: Any) -> None:
        if self.shell.outputs is not None and not kwargs.get("update"):
            self.shell.outputs.show("display_data", data)

    def clear_output(self, wait: bool = False) -> None:
        if self.shell.outputs is not None:
            self.shell.outputs.clear(wait)


class _DisplayHook(DisplayHook):
    shell: Any

    def __call__(self, result: Any = None) -> None:
        shell = self.shell
        if result is None or shell.outputs is None or shell.cell_ends_with_semicolon:
            return
        shell.user_ns["_"] = result
        data, _ = self.compute_format_data(result)  # type: ignore[no-untyped-call]
        shell.outputs.show("execute_result", data, execution_count=shell.execution_count)


class NotebookShell(InteractiveShell):
    """The shell that a learner's cells run in."""

    displayhook_class = Type(_DisplayHook)
    outputs: Outputs | None = None
    cell_ends_with_semicolon = False

    def init_display_pub(self) -> None:
        """Collect what is displayed instead of sending it to a front end."""
        self.display_pub = _Publisher(parent=self, shell=self)  # type: ignore[no-untyped-call]

    def transform_cell(self, raw_cell: str) -> str:
        """Leave alone what is Python: magics and shell commands are not, and looking for them takes longer than most cells."""
        if "\n" in raw_cell.strip() and _is_python(raw_cell):
            return raw_cell
        transformed: str = super().transform_cell(raw_cell)  # type: ignore[no-untyped-call]
        return transformed

    def should_run_async(self, raw_cell: str, **more: Any) -> bool:
        """Say whether a cell waits for something; what does, has the word in it."""
        return ("await" in raw_cell or "async" in raw_cell) and bool(super().should_run_async(raw_cell, **more))

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window system to enable."""

    def ask_exit(self) -> None:
        """A notebook that says `exit` goes on, as far as the grader is concerned."""

    def system(self, cmd: str) -> None:
        """Run a shell command, unless it wants to install something."""
        if _installs(cmd):
            print(_NOT_INSTALLED)
        else:
            print("\n".join(self.getoutput(cmd, split=True)))  # type: ignore[no-untyped-call]

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **kwargs: Any) -> None:
        """Record the exception as the cell's error."""
        kind, error, _ = self._get_exc_info(exc_tuple)  # type: ignore[no-untyped-call]
        lines = traceback.format_exception(error)
        shown = [line for line in lines if "/IPython/" not in line and "inside/shell" not in line]
        self._record(kind.__name__, error, shown)

    def showsyntaxerror(self, filename: Any = None, running_compiled_code: bool = False) -> None:
        """Record a syntax error as the cell's error."""
        kind, error, _ = self._get_exc_info()  # type: ignore[no-untyped-call]
        self._record(kind.__name__, error, traceback.format_exception_only(error))

    def _record(self, name: str, error: BaseException, lines: list[str]) -> None:
        try:
            message = str(error)
        except Exception as inner:  # the learner's own __str__
            message = f"(no message: {type(inner).__name__})"
        if self.outputs is not None:
            self.outputs.fail(name, message, [line[:4000] for line in lines])


def _is_python(source: str) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(source, "<cell>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return False
    return True


def _installs(command: str) -> bool:
    return command.strip().startswith(tuple(f"{name} " for name in _INSTALLERS))


class IPythonShell:
    """The learner's shell behind the two questions that the wire asks: run a cell, look up a name."""

    def __init__(self, output_limit: int) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.xmode = "Plain"
        config.InteractiveShell.cache_size = 0
        config.Completer.use_jedi = False
        self.output_limit = output_limit
        self.shell = NotebookShell.instance(config=config)
        self._skip_installations()
        self._own_names = set(self.namespace())

    def _skip_installations(self) -> None:
        def skip(line: str = "", cell: str | None = None) -> None:
            print(_NOT_INSTALLED)

        for name in ("pip", "conda", "mamba", "micromamba", "uv"):
            self.shell.register_magic_function(skip, "line_cell", name)  # type: ignore[arg-type]

    def start(self) -> None:
        """Point the process's streams at the notebook; nothing printed leaves the process any other way."""
        sys.stdout = _Stream(self.shell, "stdout")
        sys.stderr = _Stream(self.shell, "stderr")
        sys.stdin = open(os.devnull)  # noqa: SIM115 -- it stays open as long as the process lives

    def run(self, source: str) -> tuple[list[Any], list[str] | None]:
        """Run one cell; hand back its outputs and, where it failed, the exception's name and message."""
        outputs = self.shell.outputs = Outputs(self.output_limit)
        self.shell.cell_ends_with_semicolon = source.rstrip().endswith(";")
        try:
            self.shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        except BaseException as error:  # a KeyboardInterrupt that came between two lines of IPython's own
            outputs.fail(type(error).__name__, str(error), [])
        finally:
            self.shell.outputs = None
        finished = outputs.finished()
        ended = next((item for item in reversed(finished) if item["output_type"] == "error"), None)
        return finished, None if ended is None else [ended["ename"], ended["evalue"]]

    def namespace(self) -> dict[str, Any]:
        """Hand back the names that the cells made."""
        namespace: dict[str, Any] = self.shell.user_module.__dict__
        return namespace

    def forget(self) -> None:
        """Drop the names that the cells made so far."""
        namespace = self.namespace()
        for name in set(namespace) - self._own_names:
            del namespace[name]
        self.shell.execution_count = 1
