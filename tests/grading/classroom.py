"""A course and a class on disk, graded by the program itself: `gradschool grade` as a process."""

import os
import select
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import homework

from gradschool.course import ASSIGNMENT, Course, find_course

END_SECONDS = 60  # what processes may take to notice that their parent is gone
PROGRAM = [sys.executable, "-c", "from gradschool.cli import main; main()"]

GRADES = """
    select student.id, notebook.name, cell.name, grade.auto_score, grade.manual_score, grade.extra_credit,
        grade.needs_manual_grade
    from grade
    join base_cell as cell on grade.cell_id = cell.id
    join submitted_notebook on grade.notebook_id = submitted_notebook.id
    join notebook on submitted_notebook.notebook_id = notebook.id
    join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    join student on submitted_assignment.student_id = student.id
"""
COMMENTS = """
    select student.id, notebook.name, cell.name, comment.auto_comment, comment.manual_comment
    from comment
    join base_cell as cell on comment.cell_id = cell.id
    join submitted_notebook on comment.notebook_id = submitted_notebook.id
    join notebook on submitted_notebook.notebook_id = notebook.id
    join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    join student on submitted_assignment.student_id = student.id
"""


def make_course(root, **keys):
    """An nbgrader course with an answer key for each name, and nothing graded yet."""
    course = Course(root)
    course.source.mkdir(parents=True)
    course.autograde.mkdir()
    shutil.copy(find_course().config, course.config)
    for name, key in keys.items():
        write(course.keys / f"{name}.ipynb", key)
    return course


def write(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(notebook if isinstance(notebook, bytes) else homework.to_bytes(notebook))


def hand_in(folder, student, name, notebook):
    write(folder / student / ASSIGNMENT / f"{name}.ipynb", notebook)


def command(*arguments):
    return [*PROGRAM, "grade", *map(str, arguments)]


def environment(course):
    return {**os.environ, "GRADSCHOOL_COURSE": str(course.root)}


def grade(course, *arguments, inside=()):
    """Run `gradschool grade` to its end. `inside`: a command that runs it, bwrap with its arguments, say."""
    return subprocess.run(
        [*inside, *command(*arguments)], env=environment(course), cwd=course.root, capture_output=True, text=True
    )


def graded(done):
    """Which (student, notebook) a run has graded, as it printed them."""
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.partition("] ")[2] for line in done.stdout.splitlines() if line.startswith("[")]
    return sorted(tuple(line.partition(":")[0].split()) for line in lines)


def outcome(course):
    """Everything that grading left: files as bytes, the gradebook's grades and comments; nothing that is a time."""
    files = {}
    for folder in ("results", "autograded"):
        for path in sorted((course.autograde / folder).rglob("*")):
            if path.is_file():
                files[path.relative_to(course.autograde).as_posix()] = path.read_bytes()
    return files, rows(course, GRADES), rows(course, COMMENTS)


def rows(course, query):
    with closing(sqlite3.connect(course.autograde / "gradebook.db")) as gradebook:
        return sorted(gradebook.execute(query), key=repr)


def points(course):
    """Student -> notebook -> points, as the gradebook has them."""
    found = {}
    for student, notebook, _cell, auto, manual, extra, _needs in rows(course, GRADES):
        of_student = found.setdefault(student, {})
        score = auto if manual is None else manual
        of_student[notebook] = of_student.get(notebook, 0.0) + (score or 0.0) + (extra or 0.0)
    return found


def family(pid):
    """Every process below this one, and itself: pid -> when it started, which tells it from a later one of its number."""
    found = {pid: started(pid)}
    for path in Path("/proc").glob("[0-9]*"):
        ancestor = int(path.name)
        while ancestor > 1:
            ancestor = parent(ancestor)
            if ancestor == pid:
                found[int(path.name)] = started(int(path.name))
                break
    return found


def ended(processes):
    """Wait for a family to end; False if one of it has not in END_SECONDS."""
    handles = []
    for pid in alive(processes):
        try:
            handles.append(os.pidfd_open(pid))
        except ProcessLookupError:
            continue
    for handle in handles:
        select.select([handle], [], [], END_SECONDS)
        os.close(handle)
    return not alive(processes)


def alive(processes):
    """Those of a family that are still there, zombies apart."""
    return {pid for pid, start in processes.items() if start and started(pid) == start and _stat(pid)[:1] != ["Z"]}


def started(pid):
    fields = _stat(pid)
    return fields[19] if fields else ""


def parent(pid):
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _stat(pid):
    """The fields of /proc/<pid>/stat that follow the name; empty where there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return []
