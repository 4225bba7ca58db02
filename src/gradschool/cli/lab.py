"""`gradschool lab`: the learner's own copies, opened in JupyterLab."""

import os
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

import typer

_GRADERS_PANELS = ("formgrader", "validate_assignment", "assignment_list", "course_list")


def lab(
    lang: Annotated[
        Literal["ko", "en"] | None, typer.Option(help="The notebooks' language; the machine's own where not given.")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address and open nothing.")] = False,
) -> None:
    """Open JupyterLab on your own copies of the notebooks."""
    import_module("jupyterlab")  # asked for before anything is copied

    from gradschool import language
    from gradschool.course import find_course, homework
    from gradschool.language import translate as _

    course = find_course()
    reader = lang or language.current()
    language.use(reader)
    handed = homework.hand_out(course, reader)
    for path in handed.copied:
        print(_("Yours to write in: {path}").format(path=course.relative(path)))
    for path in handed.newer:
        print(
            _(
                "The course has a newer edition of {path}. Yours stays as it is; "
                "`{command} update` carries your answers into the new one."
            ).format(path=course.relative(path), command=_own_name())
        )
    _open_jupyterlab(handed.folder, no_browser)


def _own_name() -> str:
    """What to type to get here again: after `make lab` alone nothing of .venv is on the path."""
    return "gradschool" if shutil.which("gradschool") else os.path.relpath(sys.argv[0])


def _open_jupyterlab(folder: Path, no_browser: bool) -> None:
    # The kernel python3 has to be this environment's, whatever kernels the user has elsewhere.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(argv=arguments(folder, no_browser))


def arguments(folder: Path, no_browser: bool) -> list[str]:
    """JupyterLab's own command line for a learner's folder.

    folder : what the file browser shows
    no_browser : whether only to print the address
    """
    return [
        f"--ServerApp.root_dir={folder}",
        "--LabApp.default_url=/lab/tree/lecture4",
        # Open tabs are remembered here, or JupyterLab would look for those of the user's other folders.
        f"--LabApp.workspaces_dir={folder / '.jupyterlab'}",
        # Announcements and a grader's panels stay off: by name in the page, and at the server.
        f"--LabApp.app_settings_dir={Path(__file__).parent / 'jupyterlab'}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *(f"--ServerApp.jpserver_extensions=nbgrader.server_extensions.{name}=False" for name in _GRADERS_PANELS),
        "--Application.log_level=ERROR",
        "--ServerApp.kernel_websocket_connection_class=gradschool.cli.prompt_channels.PromptChannels",
        # In a container one is root, and would be asked to say so.
        "--ServerApp.allow_root=True",
        *(["--no-browser"] if no_browser else []),
    ]
