"""Points as the tables that people and learning platforms read."""

from gradschool.course import ASSIGNMENT

from .classbook import Classbook, Member
from .pages import number
from .writing import table


def plain(book: Classbook) -> str:
    """Return a line a person: points by notebook, the total, and what was odd."""
    names = [chapter.name for chapter in book.chapters]
    header = ("id", "name", *names, "total", "of", "late", "remarks")
    return table(header, [_plain_row(book, member, names) for member in book.members])


def canvas(book: Classbook) -> str:
    """Return what Canvas imports: a line of points possible, then a line a person."""
    column = f"{ASSIGNMENT}"
    rows: list[tuple[object, ...]] = [("    Points Possible", "", "", "", "", book.points)]
    rows += [
        (member.shown, _number_of(member, "canvas"), member.student, "", "", _score(member)) for member in book.members
    ]
    return table(("Student", "ID", "SIS User ID", "SIS Login ID", "Section", column), rows)


def moodle(book: Classbook) -> str:
    """Return what Moodle's grading worksheet looks like."""
    rows = [
        (f"Participant {ticket}" if ticket else "", member.shown, member.student, _score(member), book.points)
        for member in book.members
        for ticket in [_number_of(member, "moodle")]
    ]
    return table(("Identifier", "Full name", "ID number", "Grade", "Maximum Grade"), rows)


def _plain_row(book: Classbook, member: Member, names: list[str]) -> tuple[object, ...]:
    scores = [round(member.score_of(name), 2) if name in member.results else "" for name in names]
    late = "late" if member.entry is not None and member.entry.late else ""
    remarks = [f"{name} is unreadable" for name, result in member.results.items() if result.status == "unreadable"]
    remarks += [f"{name} came twice" for name in (member.entry.twice if member.entry else ())]
    return member.student, member.shown, *scores, _score(member), book.points, late, "; ".join(remarks)


def _score(member: Member) -> float | str:
    """Nothing, and not 0, for somebody from whom nothing came: whoever imports it decides."""
    return float(number(member.score)) if member.results else ""


def _number_of(member: Member, platform: str) -> str:
    if member.entry is None or member.entry.platform != platform:
        return ""
    return member.entry.ticket.partition("_")[0]
