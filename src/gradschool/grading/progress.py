"""How far a run is: a bar with the time left on a terminal, plain lines elsewhere."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from gradschool.language import current
from gradschool.language import translate as _

from .results import NotebookResult


class Progress:
    """Says what was graded; to be used as a context.

    total : notebooks to grade
    known : notebooks whose results are there from an earlier run
    """

    def __init__(self, total: int, known: int) -> None:
        self._total = total
        self._known = known
        self._count = 0
        self._console = Console(highlight=False)
        words = TextColumn("{task.description}")
        columns = (words, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn(_("left")))
        self._bar = Bar(*columns, console=self._console, disable=not self._console.is_terminal)

    def __enter__(self) -> "Progress":
        if self._known:
            words = _("{known} notebooks have not changed since they were graded; {total} to grade.")
            self._console.print(words.format(known=self._known, total=self._total))
        self._bar.start()
        self._task = self._bar.add_task(_("grading"), total=self._total)
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def done(self, student: str, result: NotebookResult) -> None:
        """Say that a notebook was graded."""
        self._count += 1
        self._bar.advance(self._task)
        if not self._console.is_terminal:
            words = _("{score:g} of {most:g}") if result.status == "graded" else _("unreadable")
            points = words.format(score=result.score, most=result.max_score)
            print(f"[{self._count}/{self._total}] {student} {result.notebook}: {points}", flush=True)
        for warning in result.reasons_in(current()) if result.status == "unreadable" else ():
            self._bar.console.print(f"{student} {result.notebook}: {warning}", markup=False)
