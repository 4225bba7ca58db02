"""nbgrader's formgrader, opened at the graded class: where points and comments are given by hand."""

import os

from gradschool.course import ASSIGNMENT, Course

_NOT_A_GRADERS = ("validate_assignment", "assignment_list", "course_list")


def serve(course: Course, *, browser: bool) -> None:
    """Run a Jupyter server in autograde/ until it is stopped with Ctrl-C; its address is printed.

    browser : whether to open it there
    """
    from jupyter_server.serverapp import ServerApp

    os.chdir(course.autograde)  # formgrader reads nbgrader_config.py where it stands
    ServerApp.launch_instance(argv=arguments(course, browser=browser))


def arguments(course: Course, *, browser: bool) -> list[str]:
    """Hand back the server's own command line."""
    return [
        f"--ServerApp.root_dir={course.autograde}",
        f"--ServerApp.default_url=/formgrader/gradebook/{ASSIGNMENT}",
        f"--ServerApp.open_browser={browser}",
        *(f"--ServerApp.jpserver_extensions=nbgrader.server_extensions.{name}=False" for name in _NOT_A_GRADERS),
        "--Application.log_level=ERROR",
        # In a container one is root, and would be asked to say so.
        "--ServerApp.allow_root=True",
    ]
