"""Everything that is made from the sources: made again where it is stale, or told what is.

Learners' notebooks, keys and the outline are made anew each time, which is quick, and compared. Worked solutions have
to be run; a solution's metadata keeps what it was made from (`inputs`) and a digest of itself (`digest`), so that a
stale one and one that was edited by hand are known without running anything.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path

from gradschool.course import execute, files, notebooks, outline, regions, register
from gradschool.course import source as sources_module
from gradschool.course.complaints import AuthorError, Complaint
from gradschool.course.notebooks import Notebook
from gradschool.course.place import Course
from gradschool.course.source import Source
from gradschool.language import LANGUAGES

_MEND = "run gradschool build"

# What a notebook runs: a change there changes what a worked solution shows.
_ROOMS = ("numeric", "reference", "check", "figures", "data", "locale", "language")


@dataclass(frozen=True)
class _Made:
    """A file to be made, and whether learners get it."""

    path: Path
    content: bytes
    learners: bool = False


def _ignore(*_: object) -> None:
    """Hear, and do nothing."""


@dataclass(frozen=True)
class Listener:
    """Who is told how a build goes on.

    tell : called with a line for each file that changed
    running : called with how many of how many solutions were run
    """

    tell: Callable[[str], None] = _ignore
    running: Callable[[int, int], None] = _ignore


_NOBODY = Listener()


def build(course: Course, listener: Listener = _NOBODY) -> list[Path]:
    """Make whatever is stale.

    Returns the files that changed.
    Raises AuthorError with every mistake in the sources, a solution that fails its own checks among them.
    """
    sources = read_all(course)
    changed = []
    for made in _quick(course, sources):
        if files.write(made.path, made.content):
            changed.append(made.path)
            listener.tell(f"made {course.relative(made.path)}")
    changed += asyncio.run(_run_stale(course, sources, listener))
    for path in _orphans(course, sources):
        path.unlink()
        changed.append(path)
        listener.tell(f"removed {course.relative(path)}, which has no source")
    if not register.is_registered(course, sources):
        register.register(course)
        listener.tell(f"made {course.relative(course.release)} and told nbgrader's gradebook")
    return changed


def check(course: Course) -> list[Complaint]:
    """Everything that is wrong with the sources and with what was made from them; nothing is written or run."""
    try:
        sources = read_all(course)
    except AuthorError as error:
        return [*error.complaints, *_markers(course)]
    return sorted({*_stale(course, sources), *_markers(course), *_leftovers(course, sources)})


def read_all(course: Course) -> list[Source]:
    """Read every source of a course.

    Raises AuthorError with the mistakes of all of them.
    """
    sources: list[Source] = []
    complaints: list[Complaint] = []
    paths = course.sources()
    if not paths:
        raise AuthorError([Complaint(course.relative(course.source), 0, "there is no source file *.py to build from")])
    for path in paths:
        try:
            sources.append(sources_module.read(path, course.relative(path)))
        except AuthorError as error:
            complaints += error.complaints
    if complaints:
        raise AuthorError(complaints)
    return sources


def _quick(course: Course, sources: list[Source]) -> Iterator[_Made]:
    """Everything that needs no kernel."""
    yield _Made(course.outline, outline.outline(sources))
    for source in sources:
        name = f"{source.name}.ipynb"
        yield _Made(course.keys / name, notebooks.to_bytes(notebooks.key(source)))
        for language in LANGUAGES:
            notebook = notebooks.learner(source, language, course.config)
            yield _Made(course.notebooks(language) / name, notebooks.to_bytes(notebook), learners=True)


# Worked solutions


async def _run_stale(course: Course, sources: list[Source], listener: Listener) -> list[Path]:
    """Run every solution that is stale, as many at a time as there are processors; return what was written."""
    tasks = [
        (source, language)
        for source in sources
        for language in LANGUAGES
        if _solution_state(course, source, language) is not None
    ]
    turns = asyncio.Semaphore(cpu_count() or 1)
    complaints: list[Complaint] = []
    written: list[Path] = []
    done = 0

    async def run(source: Source, language: str) -> None:
        nonlocal done
        path = _solution_path(course, source, language)
        async with turns:
            try:
                files.write(path, await _solution(course, source, language))
            except AuthorError as error:
                complaints.extend(error.complaints)
            else:
                written.append(path)
                listener.tell(f"ran {course.relative(path)}")
        done += 1
        listener.running(done, len(tasks))

    if tasks:
        listener.running(0, len(tasks))
    async with asyncio.TaskGroup() as group:
        for source, language in tasks:
            group.create_task(run(source, language))
    if complaints:
        raise AuthorError(complaints)
    return written


def _solution_path(course: Course, source: Source, language: str) -> Path:
    return course.solutions(language) / f"{source.name}.ipynb"


async def _solution(course: Course, source: Source, language: str) -> bytes:
    worked = notebooks.worked(source, language, course.config)
    executed = await execute.run(source, worked, course.relative(source.path))
    executed["metadata"]["gradschool"]["inputs"] = _inputs(source, worked)
    executed["metadata"]["gradschool"]["digest"] = _digest(executed)
    return notebooks.to_bytes(executed)


def _inputs(source: Source, worked: Notebook) -> str:
    """A name for all that a worked solution is made from: its cells, its hidden tests, the package that it runs on."""
    parts = [notebooks.to_bytes(worked), notebooks.to_bytes(notebooks.key(source))]
    package = Path(__file__).resolve().parents[1]
    for room in _ROOMS:
        for path in sorted({package / f"{room}.py", *(package / room).rglob("*")}):
            if path.is_file() and path.name != "course.json" and "__pycache__" not in path.parts:
                parts += [path.relative_to(package).as_posix().encode(), files.content(path) or b""]
    return notebooks.digest(b"\0".join(parts))


def _digest(notebook: Notebook) -> str:
    about = {name: value for name, value in notebook["metadata"]["gradschool"].items() if name != "digest"}
    bare = {**notebook, "metadata": {**notebook["metadata"], "gradschool": about}}
    return notebooks.digest(notebooks.to_bytes(bare))


def _solution_state(course: Course, source: Source, language: str) -> str | None:
    """What is wrong with a solution's file, in words; None where it is as it was made and nothing changed since."""
    found = files.content(_solution_path(course, source, language))
    if found is None:
        return "missing"
    try:
        notebook = json.loads(found)
        about = notebook["metadata"]["gradschool"]
        edited = about["digest"] != _digest(notebook) or notebooks.to_bytes(notebook) != found
        stale = about["inputs"] != _inputs(source, notebooks.worked(source, language, course.config))
    except (ValueError, KeyError, TypeError, AttributeError):
        return "no notebook that gradschool made"
    if edited:
        return "edited by hand"
    return "stale: its source, or the package that it runs on, changed since" if stale else None


# What --check says


def _stale(course: Course, sources: list[Source]) -> Iterator[Complaint]:
    for made in _quick(course, sources):
        found = files.content(made.path)
        # Keys are not committed: a fresh clone has none, and that is no fault.
        if found is None and made.path.is_relative_to(course.autograde):
            continue
        if found != made.content:
            how = "missing" if found is None else _how_it_differs(found, made.content)
            yield Complaint(course.relative(made.path), 0, f"{how}; {_MEND}")
    for source in sources:
        for language in LANGUAGES:
            if why := _solution_state(course, source, language):
                yield Complaint(course.relative(_solution_path(course, source, language)), 0, f"{why}; {_MEND}")


def _how_it_differs(found: bytes, made: bytes) -> str:
    """Stale where it is another edition's, else edited: the edition changes with the source."""
    if b'"edition"' not in made:
        return "stale"
    try:
        old = json.loads(found)["metadata"]["gradschool"]["edition"]
    except (ValueError, KeyError, TypeError):
        return "no notebook that gradschool made"
    if old != json.loads(made)["metadata"]["gradschool"]["edition"]:
        return "stale: its source changed since"
    return "edited by hand"


def _learners_files(course: Course) -> Iterator[Path]:
    for language in LANGUAGES:
        yield from sorted(course.notebooks(language).glob("*.ipynb"))
        yield from sorted(course.solutions(language).glob("*.ipynb"))


def _markers(course: Course) -> Iterator[Complaint]:
    """Author's markers in what learners open."""
    for path in _learners_files(course):
        name = course.relative(path)
        try:
            cells = json.loads(path.read_bytes())["cells"]
            texts = [(cell["id"], "".join(cell["source"])) for cell in cells]
        except (ValueError, KeyError, TypeError):
            continue  # `_stale` says that this is no notebook
        for cell_id, text in texts:
            if marker := regions.found_in(text) or _tag_left(cell_id, text):
                yield Complaint(name, 0, f"the author's marker {marker!r} survived in the cell {cell_id}; {_MEND}")


def _tag_left(cell_id: str, text: str) -> str | None:
    if any(line.startswith("# %%") for line in text.split("\n")):
        return "# %%"
    return "{lang}" if cell_id == "setup" and "{lang}" in text else None


def _orphans(course: Course, sources: list[Source]) -> list[Path]:
    names = {source.name for source in sources}
    made = [*_learners_files(course), *course.keys.glob("*.ipynb")]
    return [path for path in made if path.stem not in names]


def _leftovers(course: Course, sources: list[Source]) -> Iterator[Complaint]:
    for path in _orphans(course, sources):
        yield Complaint(course.relative(path), 0, f"has no source; {_MEND}")
