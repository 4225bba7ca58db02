"""Every mistake that an author can make is one line with its file and line."""

from pathlib import Path

import pytest
import small

from gradschool.course import source
from gradschool.course.complaints import AuthorError

SECOND = '''
# %% solution="table-again"
def again(n):
    """Twice.

    n : int
    """
    ### BEGIN SOLUTION
    return 2 * n
    ### END SOLUTION
'''


def read(tmp_path: Path, text: str) -> source.Source:
    path = tmp_path / f"{small.NAME}.py"
    path.write_text(text, encoding="utf-8")
    return source.read(path, "source/1_small.py")


def complaints(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(AuthorError) as caught:
        read(tmp_path, text)
    return [str(complaint) for complaint in caught.value.complaints]


def test_a_source_without_mistakes_is_read(tmp_path: Path) -> None:
    notebook = read(tmp_path, small.SOURCE)
    assert notebook.title == {"ko": "작은 공책", "en": "A small notebook"}
    assert notebook.minutes == 10
    gates, table = notebook.exercises
    assert (gates.id, gates.minutes, gates.points) == ("gates", 5.0, 3.0)
    assert gates.title == {"ko": "곱셈 게이트", "en": "The product gate"}
    assert (table.id, table.minutes, table.points) == ("table", 2.5, 2.0)
    assert [cell.id for cell in gates.having("solution", "check", "hidden")] == [
        "gates-mul",
        "gates-check",
        "gates-hidden",
    ]


def test_only_the_set_up_cell_differs_between_the_languages_code(tmp_path: Path) -> None:
    notebook = read(tmp_path, small.SOURCE)
    korean, english = ([cell for cell in notebook.in_language(code) if cell.language is None] for code in ("ko", "en"))
    assert [one.id for one, other in zip(korean, english, strict=True) if one != other] == ["setup"]


MISTAKES = {
    "unknown tag on code": ("# %% setup", "# %% setup hard", "setup hard", "unknown tag hard on a code cell"),
    "unknown tag on text": (
        '[markdown] lang="ko"\n# # 작은',
        '[markdown] lang="ko" level=2\n# # 작은',
        "level=2",
        "unknown tag level on a text cell",
    ),
    "code's tag on text": (
        '[markdown] lang="ko" hints',
        '[markdown] lang="ko" points=1 hints',
        "points=1 hints",
        "unknown tag points on a text cell",
    ),
    "tag without a word": ('check="table-check"', "check", "check points", "the tag check needs a word in quotes"),
    "tag without a number": ("points=2 ", 'points="2" ', 'points="2"', "the tag points needs a number above 0"),
    "no points at all": ("points=2 ", "points=0 ", "points=0", "the tag points needs a number above 0"),
    "points missing": ('"gates-check" points=2', '"gates-check"', '"gates-check"', "gates-check has no points"),
    "points on a solution": ('"gates-mul"', '"gates-mul" points=1', "gates-mul", "points on a cell that is no check"),
    "points on a plain cell": ("# %%\nfigure", "# %% points=1\nfigure", "# %% points", "points on a cell that is no"),
    "two kinds at once": ("# %% setup", '# %% setup check="a-check"', "# %% setup", "cannot be setup and check"),
    "duplicate grade id": ('check="table-hidden"', 'check="table-check"', 'table-check" points=0.5', "a second id"),
    "exercise twice": ('exercise="table"', 'exercise="gates"', 'exercise="gates" minutes=2.5', "is opened twice"),
    "exercise id": ('exercise="table"', 'exercise="Table"', 'exercise="Table"', "'Table' is no exercise id"),
    "exercise without minutes": (" minutes=2.5", "", 'exercise="table"', "does not say how long it takes"),
    "exercise without a heading": ("# ## A table", "# A table", '# %% [markdown] lang="en"\n# A table', "no heading"),
    "minutes alone": ('exercise="table" minutes', "minutes", "minutes=2.5", "belongs on the pair that opens"),
    "solution id": ('solution="gates-mul"', 'solution="gates_check-check"', "gates_check-c", "is no id for a solution"),
    "check id": ('check="gates-check"', 'check="gates-test"', "gates-test", "'gates-test' is no id for a check"),
    "check id with a bad part": ('check="gates-check"', 'check="gates-check-"', "gates-check-", "is no id for a check"),
    "check of another exercise": ('check="gates-check"', 'check="table-check-x"', "table-check-x", "stands in the exe"),
    "solution outside": (
        "# %%                 ",
        '# %% solution="gates-a"',
        "gates-a",
        "gates-a stands in no exercise",
    ),
    "visible check missing": (
        'check="table-check"',
        'check="table-hidden-a"',
        'exercise="table"',
        'the exercise table has not a visible check (check="table-check" points=1)',
    ),
    "hidden check missing": (
        'check="table-hidden"',
        'check="table-check-b"',
        'exercise="table"',
        "has not a hidden ch",
    ),
    "solution missing": ('solution="table"', "", 'exercise="table"', "has not a cell to fill in"),
    "text without language": ('[markdown] lang="en"\n# # A', "[markdown]\n# # A", "[markdown]\n", "without a language"),
    "English missing": ('lang="en"\n# ## A table', 'lang="ko"\n# ## A table', 'lang="ko"\n# ## A t', "without its Eng"),
    "Korean missing": ('lang="ko"\n# # 작은', 'lang="en"\n# # 작은', 'lang="en"\n# # 작은', "without its Korean one"),
    "unknown language": ('lang="ko"\n# # 작은', 'lang="fr"\n# # 작은', 'lang="fr"', "no language 'fr'"),
    "pair that disagrees": (
        'lang="en" exercise="gates" minutes=5',
        'lang="en" exercise="gates" minutes=6',
        "minutes=6",
        "the tag minutes must say the same on the Korean cell",
    ),
    "hints elsewhere": ('lang="ko" hints="gates"', 'lang="ko" hints="table"', 'hints="table"', "hints for table stand"),
    "hint without text": (
        "# Which input gets which?\n",
        "#\n",
        "<details><summary>My",
        "a hint without text: 'My sign",
    ),
    "hint without a title": ("<summary>My sign is wrong<", "<summary> <", "<summary> <", "a hint without a title"),
    "hints without a hint": (
        "# <details><summary>My sign is wrong</summary>\n#\n# Which input gets which?\n# </details>",
        "# Nothing folded.",
        'lang="en" hints',
        "hints without a <details> in them",
    ),
    "hint left open": ("# Which input gets which?\n# </details>", "# Which?", 'lang="en" hints', "a folded part is"),
    "set-up missing": ("# %% setup", "# %%", "# ---", "no set-up cell"),
    "set-up twice": (
        "# %%                                # a remark",
        "# %% setup",
        "# %% setup\nprint",
        "a second set",
    ),
    "set-up without language": ("{lang}", "en", "import matplotlib", "does not set the reader's language"),
    "solution not ended": (
        '    ### END SOLUTION\n\n\n# %% check="table',
        '# %% check="table',
        "### BEGIN SOLUTION\n    return [",
        "### BEGIN SOLUTION without ### END SOLUTION",
    ),
    "solution not begun": (
        "    ### BEGIN SOLUTION\n    return [",
        "    return [",
        '    ### END SOLUTION\n\n\n# %% check="table',
        "### END SOLUTION without ### BEGIN",
    ),
    "hidden tests not ended": (
        "### END HIDDEN TESTS\n\n# %%\n",
        "\n# %%\n",
        "### BEGIN HIDDEN TESTS\nassert table(0)",
        "### BEGIN HIDDEN TESTS without ### END HIDDEN TESTS",
    ),
    "hidden tests in a visible check": (
        "assert table(3) == [0, 1, 4]",
        "### BEGIN HIDDEN TESTS\nassert table(3)\n### END HIDDEN TESTS",
        "### BEGIN HIDDEN TESTS\nassert table(3)",
        "BEGIN HIDDEN TESTS in a cell that is not the place for it",
    ),
    "nothing hidden": (
        "### BEGIN HIDDEN TESTS\nassert table(0) == []\n### END HIDDEN TESTS",
        "assert table(0) == []",
        'print("An empty one.")',
        "table-hidden has no ### BEGIN HIDDEN TESTS",
    ),
    "nothing solved": (
        "    ### BEGIN SOLUTION\n    return [number**2 for number in range(n)]\n    ### END SOLUTION",
        "    return []",
        "def table",
        "table has no ### BEGIN SOLUTION",
    ),
    "marker written otherwise": (
        "### BEGIN SOLUTION\n    return [",
        "# BEGIN SOLUTION\n    return [",
        "# BEGIN SOLUTION\n    return [",
        "BEGIN SOLUTION cannot stand here",
    ),
    "marker in text": ("# # A small notebook", "# BEGIN SOLUTION", "# BEGIN SOLUTION", "BEGIN SOLUTION in text"),
    "not Python": ("assert table(3) ==", "assert table(3) = =", "assert table(3) = =", "not Python: invalid syntax"),
    "not Python for a learner": (
        "    ### BEGIN SOLUTION\n    return [number**2 for number in range(n)]\n    ### END SOLUTION",
        "    return [\n### BEGIN SOLUTION\n        n\n### END SOLUTION\n    ]",
        "def table",
        "not Python once the solution is taken out",
    ),
    "hidden tests inside a block": (
        "### BEGIN HIDDEN TESTS\nassert table(0) == []\n### END HIDDEN TESTS",
        "if True:\n    print()\n    ### BEGIN HIDDEN TESTS\n    assert table(0) == []\n    ### END HIDDEN TESTS",
        'print("An empty one.")',
        "not Python when the hidden tests stand alone",
    ),
    "hidden check that says nothing": (
        'print("An empty one.")\n',
        "",
        "### BEGIN HIDDEN TESTS\nassert table(0)",
        "table-hidden is empty once the hidden tests are taken out",
    ),
    "check uses a name nobody makes": ("assert table(3)", "assert tabel(3)", "assert tabel(3)", "uses tabel, which no"),
    "learner's cell makes a check's name": (
        "# %%\nfigure,",
        "# %%\nkept = 1\nfigure,",
        "kept = 1\n",
        "kept is made by",
    ),
    "learner's cell uses a check's name": (
        "# %%\nfigure,",
        "# %%\nprint(product)\nfigure,",
        "print(product)",
        "cannot s",
    ),
    "empty text": ("# # 작은 공책\n", "\n", '# %% [markdown] lang="ko"\n\n', "an empty text cell"),
    "empty code": ("print(READER, np.arange(3))\nnp.arange(4)\n", "", "# %%        ", "an empty code cell"),
    "title missing": ("#       en: A small notebook\n", "", "# ---", "the header lacks its titles"),
    "time missing": ("#     minutes: 10\n", "", "# ---", "the header lacks the time it takes"),
    "folded parts that differ": (
        "# ## A table\n",
        "# ## A table\n# <details><summary>More</summary>\n#\n# Text.\n# </details>\n",
        'lang="en"\n# ## A table',
        "1 folded parts here and 0 in the Korean cell",
    ),
    "docstring's parameter": (
        "    n : int\n",
        "    size : int\n",
        "    size : int",
        "table: the docstring speaks of size",
    ),
    "docstring's values": (
        "Returns (dx, dy), both",
        "Returns (dx, dy, dz), all",
        "return dout * y",
        "returns 2 values wh",
    ),
    "a signature anew": (
        "    ### BEGIN SOLUTION\n    return [number**2 for number in range(n)]\n    ### END SOLUTION\n",
        "    ### BEGIN SOLUTION\n    return []\n\n\ndef table(n, start=0):\n    return [n]\n    ### END SOLUTION\n",
        "def table(n, start=0)",
        "the solution defines table anew",
    ),
}


@pytest.mark.parametrize(("old", "new", "where", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, where: str, said: str) -> None:
    assert small.SOURCE.count(old) >= 1
    text = small.SOURCE.replace(old, new, 1)
    start = f"source/1_small.py:{small.line_of(where, text)}: "
    found = complaints(tmp_path, text)
    assert any(line.startswith(start) and said in line for line in found), found
    assert all("\n" not in line for line in found)


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = small.SOURCE.replace("points=2 ", "").replace("# # A small notebook", "#")
    assert [line.split(": ", 1)[1] for line in complaints(tmp_path, text)] == [
        "an empty text cell",
        "the check gates-check has no points: points=1",
    ]


def test_a_name_that_stands_only_inside_a_solution_is_no_name_of_the_learners(tmp_path: Path) -> None:
    region = "### BEGIN SOLUTION\ndef secret():\n    return 1\n### END SOLUTION\n"
    text = small.SOURCE.replace('# %% solution="table"\n', f'# %% solution="table"\n{region}')
    text = text.replace("assert table(3)", "assert secret() and table(3)")
    (line,) = complaints(tmp_path, text)
    assert "table-check uses secret, which no cell above it makes" in line


def test_several_solutions_and_checks_in_parts_are_fine(tmp_path: Path) -> None:
    more = '\n# %% check="table-check-again" points=1\nassert again(2) == 4\n'
    text = small.SOURCE.replace('\n# %% check="table-hidden"', SECOND + more + '\n# %% check="table-hidden"')
    table = read(tmp_path, text).exercises[1]
    assert [cell.id for cell in table.having("solution")] == ["table", "table-again"]
    assert table.points == 3.0


def test_a_cell_of_remarks_alone_may_ask_for_a_prediction(tmp_path: Path) -> None:
    read(tmp_path, small.SOURCE.replace("# %%\nfigure", "# %%\n# your guess here\n\n# %%\nfigure"))
