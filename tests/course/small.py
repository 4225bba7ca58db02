"""A small course of one notebook, in every kind of cell: what the tests of this room build."""

import shutil
from pathlib import Path

from gradschool.course.place import Course

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = "1_small"
POINTS = 5.0

# What the small course runs of the package, as far as its tests are concerned.
ROOMS = ("language",)

SOURCE = '''\
# ---
# jupyter:
#   gradschool:
#     title:
#       ko: 작은 공책
#       en: A small notebook
#     minutes: 10
# ---

# %% [markdown] lang="ko"
# # 작은 공책

# %% [markdown] lang="en"
# # A small notebook

# %% setup
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from ipywidgets import HTML, IntSlider, VBox

READER = "{lang}"

# %%                                # a remark
print(READER, np.arange(3))
np.arange(4)

# %% [markdown] lang="ko" exercise="gates" minutes=5
# ## 곱셈 게이트

# %% [markdown] lang="en" exercise="gates" minutes=5
# ## The product gate

# %% solution="gates-mul"           # a cell to fill in
def mul_forward(x, y):
    """Multiply two numbers.

    x, y : float
    Returns (out, cache): the product, and whatever the backward pass needs.
    """
    ### BEGIN SOLUTION
    return x * y, (x, y)
    ### END SOLUTION


def mul_backward(dout, cache):
    """Route the upstream gradient through a product.

    dout : float, upstream gradient
    Returns (dx, dy), both float.
    """
    ### BEGIN SOLUTION
    x, y = cache
    return dout * y, dout * x
    ### END SOLUTION


# %% check="gates-check" points=2   # visible
product, kept = mul_forward(3.0, 4.0)
assert product == 12.0, product
assert tuple(mul_backward(1.0, kept)) == (4.0, 3.0)

# %% check="gates-hidden" points=1  # hidden
print("Other numbers.")
### BEGIN HIDDEN TESTS
print("a secret")
assert tuple(mul_backward(2.0, mul_forward(5.0, -7.0)[1])) == (-14.0, 10.0)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="gates"
# <details><summary>부호가 틀려요</summary>
#
# 어느 쪽이 어느 쪽을 받나요?
# </details>

# %% [markdown] lang="en" hints="gates"
# <details><summary>My sign is wrong</summary>
#
# Which input gets which?
# </details>

# %% [markdown] lang="ko" exercise="table" minutes=2.5
# ## 표

# %% [markdown] lang="en"
# ## A table

# %% solution="table"
def table(n):
    """Square the first numbers.

    n : int
    Returns a list.
    """
    ### BEGIN SOLUTION
    return [number**2 for number in range(n)]
    ### END SOLUTION


# %% check="table-check" points=1.5
assert table(3) == [0, 1, 4]

# %% check="table-hidden" points=0.5
print("An empty one.")
### BEGIN HIDDEN TESTS
assert table(0) == []
### END HIDDEN TESTS

# %%
figure, axes = plt.subplots(figsize=(1, 1))
axes.plot([0, 1], table(2))
plt.show()
display(VBox([IntSlider(max=3), HTML("<b>a picture</b>")]))
'''


def line_of(text: str, source: str = SOURCE) -> int:
    """The line, from 1, on which a text first stands."""
    return source[: source.index(text)].count("\n") + 1


def make(root: Path, source: str = SOURCE) -> Course:
    """Lay out the small course in a directory."""
    course = Course(root)
    course.source.mkdir(parents=True)
    course.autograde.mkdir()
    (course.source / f"{NAME}.py").write_text(source, encoding="utf-8")
    shutil.copy(REPOSITORY / "autograde" / "nbgrader_config.py", course.config)
    return course


def made_files(course: Course) -> dict[str, bytes]:
    """Every committed file that a build made."""
    paths = [course.outline, *course.root.glob("notebooks/**/*.ipynb"), *course.root.glob("solutions/**/*.ipynb")]
    return {course.relative(path): path.read_bytes() for path in paths}
