import pytest

from gradschool.course import percent
from gradschool.course.complaints import AuthorError


def the_cell(text: str) -> percent.RawCell:
    (cell,) = percent.reads(text, "n.py").cells
    return cell


def complaint(text: str) -> str:
    with pytest.raises(AuthorError) as caught:
        percent.reads(text, "n.py")
    (found,) = caught.value.complaints
    return str(found)


@pytest.mark.parametrize(
    ("marker", "tags"),
    [
        ("# %%", {}),
        ("# %%   # a remark with points=2 in it", {}),
        ("# %% setup", {"setup": True}),
        ('# %% check="gates-check" points=2', {"check": "gates-check", "points": 2.0}),
        ('# %% check="gates-check" points=0.5   # visible', {"check": "gates-check", "points": 0.5}),
        ("""# %% wrong="a b" says='it is "so" \\d+'""", {"wrong": "a b", "says": 'it is "so" \\d+'}),
        ('# %% right="a # in words"', {"right": "a # in words"}),
    ],
)
def test_a_marker_line_is_read_to_the_letter(marker: str, tags: dict[str, object]) -> None:
    assert the_cell(f"{marker}\nx = 1\n").tags == tags


def test_text_loses_its_hashes_and_keeps_its_tags() -> None:
    cell = the_cell('# %% [markdown] lang="ko"\n# # 제목\n#\n# 글\n')
    assert (cell.markdown, cell.tags, cell.text) == (True, {"lang": "ko"}, "# 제목\n\n글")


def test_a_cell_knows_its_lines() -> None:
    _, second = percent.reads("# %%\nx = 1\n\n# %%\n\n\ny = 2\n", "n.py").cells
    assert (second.line, second.first) == (4, 7)


def test_the_header_is_read() -> None:
    file = percent.reads("# ---\n# jupyter:\n#   gradschool:\n#     minutes: 9\n# ---\n\n# %%\nx = 1\n", "n.py")
    assert file.header == {"minutes": 9}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# %% points=two\n", "n.py:1: cannot read 'points=two'"),
        ('# %% check="a\n', "n.py:1: cannot read 'check=\"a'"),
        ("# %% setup setup\n", "n.py:1: the tag setup stands here twice"),
        ("#%% setup\nx = 1\n", "n.py:1: a cell begins with '# %%'"),
        ("# %%setup\nx = 1\n", "n.py:1: a cell begins with '# %%'"),
        ("x = 1\n\n# %%\ny = 2\n", "n.py:1: what stands before the first cell is no header"),
        ('# %%\ns = """\n# %%\n"""\n', "n.py:3: a cell cannot begin inside a string"),
        ('# %% [markdown] lang="en"\n# text\nx = 1\n', "n.py:3: a line of a text cell begins with '# '"),
        ("# ---\n# jupyter: {\n# ---\n\n# %%\nx = 1\n", "n.py:1: what stands before the first cell is no header"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, said: str) -> None:
    assert complaint(text).startswith(said)


def test_a_file_that_is_no_utf8_is_said(tmp_path) -> None:
    path = tmp_path / "n.py"
    path.write_bytes("# %%\nx = '가'\n".encode("euc-kr"))
    with pytest.raises(AuthorError, match=r"^n\.py: not UTF-8"):
        percent.read(path, "n.py")
