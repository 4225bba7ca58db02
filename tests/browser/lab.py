"""JupyterLab in a headless Chromium: a notebook is opened, run, and looked at as a reader would."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from gradschool.cli import lab

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: What `gradschool lab` leaves out of JupyterLab's page.
_PAGE_CONFIG = Path(lab.__file__).parent / "jupyterlab" / "page_config.json"
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "autoStartDefaultKernel": True},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}
#: Said by the browser or by Lab itself, whatever the notebook does.
_NOISE = re.compile(
    r"favicon|Download the React DevTools|lsp|ResizeObserver|deprecated|net::ERR|Failed to load resource|404"
)
#: Whether every widget in the notebook shows its picture.
_DRAWN = """
() => [...document.querySelectorAll("[data-mime-type='application/vnd.jupyter.widget-view+json']")]
  .every(output => output.querySelector('svg.gs-drawing'))
"""

#: Runs every cell by Lab's own command, once the kernel answers; a request before that is lost. A mouse would be left lying on the
#: page, where Chromium looks after each change what it points at.
_RUN_ALL = """
async () => {
  const context = jupyterapp.shell.currentWidget.context;
  await context.ready;
  await context.sessionContext.ready;
  await context.sessionContext.session.kernel.info;
  await context.sessionContext.session.kernel.requestKernelInfo();
  jupyterapp.commands.execute('runmenu:run-all');
}
"""


@contextmanager
def server(
    folder: Path, settings: Path, *, dark: bool = False, environment: dict[str, str] | None = None
) -> Iterator[str]:
    """Run a JupyterLab server on a folder; give its address."""
    settings.mkdir(parents=True, exist_ok=True)
    theme = {"@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Dark" if dark else "JupyterLab Light"}}
    (settings / "overrides.json").write_text(json.dumps({**_OVERRIDES, **theme}))
    shutil.copy(_PAGE_CONFIG, settings)
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root",
        "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", "--LabApp.news_url=",
        "--LabApp.extension_manager=readonly", "--LabApp.expose_app_in_browser=True",
        "--JupyterNotebookApp.expose_app_in_browser=True",
        "--ServerApp.kernel_websocket_connection_class=gradschool.cli.prompt_channels.PromptChannels", "--ServerApp.root_dir", str(folder), "--LabApp.app_settings_dir", str(settings),
    ]  # fmt: skip
    own = {"JUPYTER_RUNTIME_DIR": str(settings / "runtime"), "JUPYTERLAB_SETTINGS_DIR": str(settings / "user")}
    log = settings / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **own, **(environment or {})})
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            process.wait(30)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text())
        if found:
            return found[0]
        time.sleep(0.1)
    raise RuntimeError(f"no JupyterLab came up: {log.read_text()[-2000:]}")


@contextmanager
def browser(*flags: str) -> Iterator[Browser]:
    """Start Chromium without a screen."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=[*_FLAGS, *flags])
        try:
            yield started
        finally:
            started.close()


def notebook(cells: Sequence[str]) -> dict[str, Any]:
    """Return a notebook of code cells."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
        "cells": [
            {"cell_type": "code", "id": f"c{k}", "metadata": {}, "source": cell, "outputs": [], "execution_count": None}
            for k, cell in enumerate(cells)
        ],
    }


class Notebook:
    """A notebook open in a page. `complaints` collects what the page's console said about errors.

    place : "lab/tree" for JupyterLab, "notebooks" for Notebook 7, which the same server has
    """

    def __init__(self, browser: Browser, address: str, name: str, place: str = "lab/tree") -> None:
        # one context, so that Lab itself comes out of the cache
        context = browser.contexts[0] if browser.contexts else browser.new_context()
        self.page: Page = context.new_page()
        self.page.set_viewport_size({"width": 1280, "height": 1000})
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{address}{place}/{name}?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.page.wait_for_selector(
            ".jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=60_000
        )
        if place == "notebooks":
            self.complaints.clear()  # what Notebook 7 says of itself while it starts, differently each time

    def run_all(self, timeout: float = 180) -> None:
        """Run every cell."""
        self.page.evaluate(_RUN_ALL)
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            prompts = self.page.locator(".jp-CodeCell .jp-InputPrompt").all_text_contents()
            if all(re.search(r"\d", prompt) for prompt in prompts):
                return
            self.page.wait_for_timeout(100)
        raise RuntimeError(f"still running after {timeout} s")

    def close(self) -> None:
        """Shut the kernel down and close the page."""
        self.page.evaluate(
            "async () => { for (const k of await (await fetch('/api/kernels')).json())"
            " await fetch('/api/kernels/' + k.id, {method: 'DELETE'}); }"
        )
        self.page.close()

    def figures(self) -> list[Locator]:
        """Return every figure on the page, once its pictures are there."""
        self.page.wait_for_function(_DRAWN, timeout=30_000)
        return self.page.locator(".gs-figure").all()

    def tracebacks(self) -> list[str]:
        """Return every error output on the page."""
        errors = ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error'], .jupyter-widgets-error-widget"
        return self.page.locator(errors).all_inner_texts()

    def _listen(self, message: Any) -> None:
        if message.type == "error" and not _NOISE.search(message.text):
            self.complaints.append(message.text)
