"""The parts of a cell that only an author sees: solutions and hidden tests, between their BEGIN and END lines."""

SOLUTION = "SOLUTION"
HIDDEN = "HIDDEN TESTS"

# What nbgrader would act on wherever it stands, in text too.
MARKERS = tuple(f"{edge} {what}" for what in (SOLUTION, HIDDEN, "MARK SCHEME") for edge in ("BEGIN", "END"))


class RegionError(ValueError):
    """A region that does not begin or end as it should; `line` counts from 0 in the cell."""

    def __init__(self, line: int, message: str) -> None:
        """Say where and what."""
        super().__init__(message)
        self.line = line


def inside(code: str, what: str) -> list[bool]:
    """Say of each line of a cell whether it stands in a region (its BEGIN and END lines included).

    Raises RegionError for a region that is nested, left open or never begun, or for any other author's marker.
    """
    flags, opened = [], None
    for number, line in enumerate(code.split("\n")):
        if line.strip() == f"### BEGIN {what}":
            if opened is not None:
                raise RegionError(number, f"### BEGIN {what} stands inside another")
            opened = number
        elif line.strip() == f"### END {what}":
            if opened is None:
                raise RegionError(number, f"### END {what} without ### BEGIN {what} before it")
            flags.append(True)
            opened = None
            continue
        elif marker := found_in(line):
            raise RegionError(number, f"{marker} cannot stand here: this cell has ### BEGIN {what} and ### END {what}")
        flags.append(opened is not None)
    if opened is not None:
        raise RegionError(opened, f"### BEGIN {what} without ### END {what} after it")
    return flags


def found_in(text: str) -> str | None:
    """Return the first author's marker in a text, None where there is none."""
    return next((marker for marker in MARKERS if marker in text), None)


def without_markers(code: str, what: str) -> str:
    """Return a cell with a region's lines kept and its BEGIN and END lines gone."""
    edges = {f"### BEGIN {what}", f"### END {what}"}
    return "\n".join(line for line in code.split("\n") if line.strip() not in edges)


def without(code: str, what: str, stub: str | None = None) -> str:
    """Return a cell without its regions; `stub` stands where each of them was."""
    kept, lines = [], code.split("\n")
    for line, hidden in zip(lines, inside(code, what), strict=True):
        if not hidden:
            kept.append(line)
        elif stub is not None and line.strip() == f"### BEGIN {what}":
            kept.append(line[: len(line) - len(line.lstrip())] + stub)
    return "\n".join(kept)


def only(code: str, what: str) -> str:
    """Return what stands in a cell's regions, without their BEGIN and END lines."""
    lines = zip(code.split("\n"), inside(code, what), strict=True)
    return without_markers("\n".join(line for line, hidden in lines if hidden), what)
