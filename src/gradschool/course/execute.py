"""Worked notebooks are run in an ordinary kernel, hidden tests and all; what they put out is kept.

A hidden test runs right after its cell, as a cell of its own that is dropped again, so that neither it nor its output
is in what a learner may open.
"""

import os
import sys
import tempfile
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from gradschool.course import outputs, regions
from gradschool.course.complaints import AuthorError, Complaint
from gradschool.course.notebooks import Notebook
from gradschool.course.source import Cell, Source

# A single cell may train a network, on a slow machine; longer than this it hangs.
_TIMEOUT = 300

_DROPPED = "dropped"

# matplotlib builds its font cache when it is first used, and says so on stderr.
_WARM_UP = "import matplotlib.font_manager"

_MATPLOTLIBRC = "svg.hashsalt: gradschool\n"


async def run(source: Source, notebook: Notebook, name: str) -> Notebook:
    """Run a worked notebook and return it with its outputs, the same each time.

    source : Source, what it was made from
    notebook : dict, from `notebooks.worked`
    name : str, what complaints call the source file

    Raises AuthorError with every cell that fails, its hidden test included, or that says something on stderr.
    """
    from nbclient.exceptions import CellTimeoutError
    from nbformat import from_dict

    by_id = {cell.id: cell for cell in source.cells}
    cells = [_dropped("warm-up", _WARM_UP), *_with_hidden(notebook, by_id)]
    executed = from_dict({**notebook, "cells": cells})  # type: ignore[no-untyped-call]
    try:
        with tempfile.TemporaryDirectory() as scratch:
            await _execute(executed, Path(scratch))
    except (CellTimeoutError, RuntimeError) as error:
        # A kernel that dies, at its start or later, is a RuntimeError of several kinds.
        first = str(error).split("\n", 1)[0]
        raise AuthorError([Complaint(name, 0, f"the solution could not be run to its end: {first}")]) from error
    complaints = [complaint for cell in executed.cells for complaint in _failures(cell, by_id, name)]
    if complaints:
        raise AuthorError(complaints)
    result = {**executed, "cells": [cell for cell in executed.cells if _DROPPED not in cell.metadata]}
    result["metadata"] = {**result["metadata"], "language_info": notebook["metadata"]["language_info"]}
    outputs.settle(result)
    for cell in result["cells"]:
        if cell["cell_type"] == "code" and (address := outputs.unsteady(cell)):
            line = by_id[cell["id"]].first
            complaints.append(Complaint(name, line, f"{cell['id']} shows {address!r}, which is another each time"))
    if complaints:
        raise AuthorError(complaints)
    return result


def _with_hidden(notebook: Notebook, by_id: dict[str, Cell]) -> list[dict[str, Any]]:
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        origin = by_id[cell["id"]]
        if origin.role == "hidden":
            cells.append(_dropped(origin.id, regions.only(origin.source, regions.HIDDEN)))
    return cells


def _dropped(about: str, code: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"{_DROPPED}-{about}",
        "metadata": {_DROPPED: about},
        "outputs": [],
        "source": code,
    }


async def _execute(notebook: Any, scratch: Path) -> None:
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    # No kernel directory is looked into, so that "python3" is this very interpreter whatever else is installed.
    specs = KernelSpecManager(kernel_dirs=[])
    kernel = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs)
    client = NotebookClient(
        notebook, km=kernel, timeout=_TIMEOUT, allow_errors=True, coalesce_streams=True, record_timing=False
    )
    # The kernel's own log goes nowhere: it is about ports, and a cell's words come by another way.
    quiet: Any = {"stdout": DEVNULL, "stderr": DEVNULL}
    # nbclient's own `async_execute` takes the loop's signals for one notebook alone: here several run, and Ctrl-C
    # must stop them all.
    try:
        await client.async_start_new_kernel(cwd=str(scratch), env=_environment(scratch), **quiet)
        await client.async_start_new_kernel_client()
        for index, cell in enumerate(notebook.cells):
            await client.async_execute_cell(cell, index)
        client.set_widgets_metadata()
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        await kernel.shutdown_kernel(now=True)


def _environment(scratch: Path) -> dict[str, str]:
    """This process's environment, with everything settled that changes what a cell puts out."""
    settings = scratch / "matplotlibrc"
    settings.write_text(_MATPLOTLIBRC, encoding="utf-8")
    return {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONWARNINGS": "",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MATPLOTLIBRC": str(settings),
        "IPYTHONDIR": str(scratch / "ipython"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": "0",
        "GRADSCHOOL_STATIC": "1",  # figures show one picture and no sliders
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "COLUMNS": "80",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
    }


def _failures(cell: Any, by_id: dict[str, Cell], name: str) -> list[Complaint]:
    about = cell.metadata.get(_DROPPED, cell.id)
    if cell.cell_type != "code" or about not in by_id:
        return []
    what = f"the hidden test of {about}" if _DROPPED in cell.metadata else about
    line = by_id[about].first
    found = []
    for output in cell.outputs:
        if output.output_type == "error":
            said = " ".join(output.evalue.split())
            found.append(Complaint(name, line, f"the solution fails {what}: {output.ename}: {said}"))
        elif output.output_type == "stream" and output.name == "stderr":
            said = " ".join(output.text.split())
            found.append(Complaint(name, line, f"{what} writes to stderr, which nbgrader takes for a failure: {said}"))
    return found
