"""`gradschool check`: a learner's own result."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from gradschool.grading import NotebookResult


def check(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks to check.", metavar="NOTEBOOK...")],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the result as JSON.", metavar="FILE")] = None,
) -> None:
    """Check your own notebooks: points, what went wrong, what next. Exit status: 0 full marks, 1 not yet, 2 unreadable."""
    from gradschool.grading.own import check_own
    from gradschool.grading.results import SubmissionResult, report, write_json

    results = [check_own(path) for path in notebooks]
    for path, result in zip(notebooks, results, strict=True):
        typer.echo("\n".join([*_lines(result), *_worked(path, result)]))
    if json_file is not None:
        write_json(json_file, report([SubmissionResult("me", tuple(results))]))
    if any(result.status == "unreadable" for result in results):
        raise typer.Exit(2)
    if not all(_complete(result) for result in results):
        raise typer.Exit(1)


def _complete(result: "NotebookResult") -> bool:
    """Whether everything passed that could be checked here."""
    checks = [check for exercise in result.exercises for check in exercise.checks if check.id not in result.missing]
    return all(check.passed for check in checks)


def _lines(result: "NotebookResult") -> list[str]:
    from gradschool.language import translate as _

    if result.status == "unreadable":
        return [f"{result.notebook}: {warning}" for warning in result.warnings]
    most = sum(c.max_score for e in result.exercises for c in e.checks if c.id not in result.missing)
    lines = [
        "",
        _("{notebook}: {score:g} of {most:g} points").format(notebook=result.notebook, score=result.score, most=most),
    ]
    lines += [f"  ! {warning}" for warning in result.warnings]
    for exercise in result.exercises:
        lines += _exercise_lines(exercise, result.missing)
    if result.missing:
        held_back = result.max_score - most
        lines.append(
            _("{points:g} more points are in hidden checks, which are run by whoever grades you.").format(
                points=held_back
            )
        )
    lines.append(_next(result))
    return lines


def _worked(path: Path, result: "NotebookResult") -> list[str]:
    """Where the worked solution is, for somebody who passed something that it shows another way of."""
    from gradschool import language
    from gradschool.grading.own import course_around
    from gradschool.language import translate as _

    passed = [each.id for each in result.exercises if all(check.passed for check in each.checks)]
    course = course_around(path)
    if not passed or course is None:
        return []
    solution = course.solutions(language.current()) / f"{result.notebook}.ipynb"
    if not solution.exists():
        return []
    where = course.relative(solution)
    if len(passed) == len(result.exercises):
        return [_("The worked solution, to lay beside yours: {path}").format(path=where)]
    return [
        _("Passed, so look how the worked solution does it: {exercises} in {path}").format(
            exercises=", ".join(passed), path=where
        )
    ]


def _exercise_lines(exercise: Any, missing: tuple[str, ...]) -> list[str]:
    """One line of points, and the message of what failed first."""
    checks = [check for check in exercise.checks if check.id not in missing]
    failed = [check for check in checks if not check.passed]
    attempted = not failed or any(check.mistakes != ("not-attempted",) for check in failed)
    mark = "✓" if not failed else "✗" if attempted else "○"
    most = sum(check.max_score for check in checks)
    lines = [f"  {mark} {exercise.id:<24}{exercise.score:g}/{most:g}"]
    if failed and attempted:
        first = next(check for check in failed if check.mistakes != ("not-attempted",))
        lines += [f"      {line}" for line in first.message.splitlines()]
    return lines


def _next(result: "NotebookResult") -> str:
    from gradschool.language import translate as _

    for exercise in result.exercises:
        for check in exercise.checks:
            if not check.passed and check.id not in result.missing:
                return _("Next: {exercise}").format(exercise=exercise.id)
    return _("Everything passed that can be checked here.")
