# ---
# jupyter:
#   gradschool:
#     title:
#       ko: 역전파 (벡터)
#       en: Backpropagation (vector)
#     minutes: 180
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown] lang="ko"
# # 역전파 (벡터)
#
# 앞 노트북에서는 숫자 하나가 게이트를 지나갔어요. 신경망에서는 벡터와 행렬이 지나가요. 규칙은 그대로예요. **국소 기울기 × 상류 기울기**, 길이 둘이면 더하기.
# 달라지는 건 "곱하기"의 모양뿐이에요. 이 노트북을 마치면 행렬 곱도, 편향(bias)도, 배치(batch) 하나를 통째로 받는 선형 층(linear layer)도 거꾸로 지나갈 수 있고, 그 기울기로 진짜 학습을 해 봐요.
#
# - **걸리는 시간**: 세 시간 정도. 절반쯤에서 쉬어 가도 좋아요.
# - **이어받는 것**: 앞 노트북의 중앙 차분(심판), `forward`/`backward`/`cache` 약속, 두 길이면 더하는 규칙. 코드는 여기서 새로 써요.
# - **넘겨주는 것**: 선형 층과 그 학습. 세 번째 노트북의 뉴런, 네 번째 노트북의 신경망이 이것을 바탕으로 해요.
# - **하는 방법**: 빈 셀을 채우고, 바로 아래 검사 셀을 실행해요. 막히면 증상별 힌트를 펼쳐 보세요.
# - **점수**: 열 문제, 25점.
# %% [markdown] lang="en"
# # Backpropagation (vector)
#
# In the last notebook single numbers went through the gates. In a network, vectors and matrices do. The rule stays: **local gradient × upstream gradient**, and where two paths meet, add.
# Only the "times" takes another shape. At the end of this notebook you can go back through a matrix product, a bias and a linear layer that takes a whole batch at once, and you let such a layer learn.
#
# - **Time**: about three hours. Half way is a good place for a break.
# - **Picks up**: the centred difference (the referee) from the last notebook, the `forward`/`backward`/`cache` convention, and the rule that paths add. The code you write anew.
# - **Hands on**: the linear layer and its training. The neuron of notebook 3 and the network of notebook 4 stand on it.
# - **How it works**: fill in the empty cell, then run the check right below it. When you are stuck, open the hint titled by your symptom.
# - **Points**: ten exercises, 25 points.

# %% setup
import numpy as np

from gradschool import check, figures, reference

check.language("{lang}")

# %% [markdown] lang="ko"
# 위의 셀을 먼저 실행하세요(Shift+Enter). 아무 말이 없으면 준비가 된 거예요.
#
# 약속: `x (D,)`는 벡터 하나, `X (N, D)`는 예시 N개를 행으로 쌓은 배치, `W (M, D)`는 출력 × 입력, `b (M,)`는 편향이에요. 괄호 안은 모양(shape)이에요.
# %% [markdown] lang="en"
# Run the cell above first (Shift+Enter). If it says nothing, you are ready.
#
# Conventions: `x (D,)` is one vector, `X (N, D)` a batch of N examples as rows, `W (M, D)` is outputs × inputs, `b (M,)` a bias. What stands in brackets is the shape.

# %% [markdown] lang="ko" exercise="numerical_gradient" minutes=15
# ## 1. 수치 기울기: 심판을 배열로
#
# 입력이 숫자 하나가 아니라 배열이면, **한 칸만** 움직이고 나머지는 가만히 두면 돼요.
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}$$
#
# $e_i$는 $i$번째 칸만 1이고 나머지는 0인 배열이에요. 칸마다 잰 값을 그 칸 자리에 적으면 기울기예요. 그래서 이 노트북 내내 통하는 규칙이 나와요. **어떤 변수에 대한 기울기는 그 변수와 모양이 같아요.**
#
# **할 일**: `numerical_gradient(f, x, h)`. `x`는 어떤 모양이든, 정수 배열이든 괜찮아야 하고, 호출이 끝나면 원래 그대로여야 해요. (15분, 2점)
# %% [markdown] lang="en" exercise="numerical_gradient" minutes=15
# ## 1. The numerical gradient: a referee for arrays
#
# When the input is an array, move **one entry alone** and let the others rest.
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}$$
#
# $e_i$ is 1 in entry $i$ and 0 everywhere else. Write what you measure where you measured it, and you have the gradient. That gives a rule for all of this notebook: **the gradient with respect to a variable has the shape of the variable.**
#
# **To do**: `numerical_gradient(f, x, h)`. `x` may have any shape and may hold whole numbers, and it must be as it was when you are done. (15 minutes, 2 points)

# %% [markdown] lang="ko"
# 쓰기 전에: `x`가 3×4 행렬이면 `f`를 **몇 번** 불러야 할까요?
# %% [markdown] lang="en"
# Before you write: if `x` is a 3×4 matrix, **how many times** is `f` called?

# %%
guess = None
calls = []
reference.numerical_gradient(lambda matrix: calls.append(1) or float(np.sum(matrix**2)), np.ones((3, 4)))
check.predict(guess, len(calls))

# %% [markdown] lang="ko"
# 가중치가 백만 개인 신경망이라면 한 걸음마다 이백만 번이에요. `f` 한 번에 1밀리초라고 해도 한 걸음에 30분이 넘어요. 그래서 수치 기울기로는 **학습하지 않고**, 역전파가 맞는지 **검사할 때만** 써요.
# %% [markdown] lang="en"
# For a network of a million weights that is two million calls a step; at a millisecond each, more than half an hour. So nobody **trains** with a numerical gradient. It **checks** that backpropagation is right.


# %% solution="numerical_gradient"
def numerical_gradient(f, x, h=1e-5):
    """Measure the gradient of f at x, one entry at a time, with the centred difference.

    f : function of an array like x that gives a float
    x : array of any shape, floats or whole numbers; it is left as it was
    h : float, how far to look to each side
    Returns an array of x's shape.
    """
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
    ### END SOLUTION


# %% check="numerical_gradient-check" points=1
draw = check.random(201)
check.call("numerical_gradient", numerical_gradient, lambda v: v[0] ** 2 * v[1] + np.sin(v[2]), draw(3), 0.1)
check.call(
    "numerical_gradient", numerical_gradient, lambda matrix: float(np.sum((matrix @ [0.2, 0.4, -0.7]) ** 2)), draw(2, 3)
)

# %% check="numerical_gradient-hidden" points=1
check.later(
    en="three axes, a single entry, whole numbers as input, other steps; and x must be as it was.",
    ko="축이 셋인 배열, 칸이 하나뿐인 배열, 정수 입력, 다른 h를 넣어 보고, x가 그대로인지도 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(202)
check.call(
    "numerical_gradient",
    numerical_gradient,
    lambda t: float(np.sum(np.sin(t) * np.cumsum(t**2, axis=0))),
    draw(4, 1, 3),
    0.01,
)
check.call("numerical_gradient", numerical_gradient, lambda v: v[0] ** 3, np.array([-1.7]), 0.2)
check.call(
    "numerical_gradient",
    numerical_gradient,
    lambda m: float(np.sum(0.3 * m**2 + np.sin(m))),
    np.array([[1, 2], [3, 4], [5, 6]]),
)
check.call("numerical_gradient", numerical_gradient, lambda m: float(np.exp(m[0] @ m[1])), draw(2, 5) / 2)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="numerical_gradient"
# <details><summary>x가 바뀌었대요</summary>
#
# `x[i] += h`는 부른 사람의 배열에 바로 써요. 더했다가 뺀 값이 처음과 마지막 비트까지 같을까요? `(0.1 + 1e-5) - 1e-5`를 출력해 보세요. 무엇을 움직이면 `x`를 건드리지 않아도 되나요?
# </details>
#
# <details><summary>첫 칸은 맞는데 뒤로 갈수록 틀려요</summary>
#
# 두 번째 칸을 재는 순간, 첫 번째 칸은 어디에 있나요? `f`를 부르기 직전에 배열을 출력해 보세요. 움직인 칸이 하나뿐이어야 해요.
# </details>
#
# <details><summary>정수 배열을 넣으면 0이나 엄청 큰 수가 나와요</summary>
#
# `a = np.array([1, 2])` 다음에 `a[0] = 1.9`를 하고 `a`를 출력해 보세요. 정수 배열을 본떠 만든 배열도 정수 배열이에요.
# </details>
#
# <details><summary>벡터는 되는데 행렬은 안 돼요</summary>
#
# 반복문이 행만 돌고 있지 않나요? 축이 몇 개든 모든 칸의 번호를 차례로 주는 도구가 numpy에 있어요: `np.ndindex(x.shape)`. 축이 둘이면 `(0, 0), (0, 1), …`을 주고, `x[번호]`로 바로 쓸 수 있어요.
# </details>
# %% [markdown] lang="en" hints="numerical_gradient"
# <details><summary>It says x has changed</summary>
#
# `x[i] += h` writes straight into the caller's array. And is a number, with something added and taken away, the same to the last bit? Print `(0.1 + 1e-5) - 1e-5`. What could you move in place of `x`?
# </details>
#
# <details><summary>The first entry is right, the later ones are not</summary>
#
# When you measure the second entry, where does the first one stand? Print the array right before you call `f`. One entry alone may have moved.
# </details>
#
# <details><summary>With whole numbers I get zeros, or something huge</summary>
#
# After `a = np.array([1, 2])` try `a[0] = 1.9` and print `a`. An array made in the likeness of whole numbers holds whole numbers too.
# </details>
#
# <details><summary>Vectors work, matrices do not</summary>
#
# Does your loop run over the rows alone? numpy can hand you the place of every entry, however many axes there are: `np.ndindex(x.shape)` gives `(0, 0), (0, 1), …` for two, and `x[place]` takes each as it is.
# </details>

# %% [markdown] lang="ko" exercise="numerical_jacobian" minutes=15
# ## 2. 야코비안
#
# 출력도 벡터면 기울기는 표가 돼요. 출력 $i$가 입력 $j$에 얼마나 반응하는지를 $i$행 $j$열에 적어요. 이 표가 **야코비안**(Jacobian)이에요: **출력 × 입력**.
#
# $$J_{ij} = \frac{\partial f_i}{\partial x_j} \qquad J \text{는 } (M, D)$$
#
# 입력 한 칸을 움직이면 출력 $M$개가 한꺼번에 움직여요. 한 번 움직여서 얻는 것이 $J$의 행인지 열인지 생각해 보세요.
#
# **할 일**: `numerical_jacobian(f, x, h)`. (15분, 2점)
# %% [markdown] lang="en" exercise="numerical_jacobian" minutes=15
# ## 2. The Jacobian
#
# When the output is a vector too, its slopes make a table: in row $i$, column $j$ stands how much output $i$ answers to input $j$. This table is the **Jacobian**: **outputs × inputs**.
#
# $$J_{ij} = \frac{\partial f_i}{\partial x_j} \qquad J \text{ is } (M, D)$$
#
# Move one entry of the input, and all $M$ outputs move at once. What does one such move give you: a row of $J$, or a column?
#
# **To do**: `numerical_jacobian(f, x, h)`. (15 minutes, 2 points)

# %% [markdown] lang="ko"
# $f(x_1, x_2, x_3) = (x_1 x_2,\; x_3)$의 야코비안은 어떤 모양일까요? `guess = (…, …)`
# %% [markdown] lang="en"
# What is the shape of the Jacobian of $f(x_1, x_2, x_3) = (x_1 x_2,\; x_3)$? `guess = (…, …)`

# %%
guess = None
check.predict(guess, reference.numerical_jacobian(lambda v: np.array([v[0] * v[1], v[2]]), np.ones(3)).shape)


# %% solution="numerical_jacobian"
def numerical_jacobian(f, x, h=1e-5):
    """Measure the Jacobian of f at x with the centred difference.

    f : function of an array (D,) that gives an array (M,)
    x : array (D,), floats or whole numbers; it is left as it was
    h : float, how far to look to each side
    Returns an array (M, D): row i is output i, column j is input j.
    """
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h
        columns.append((f(x + step) - f(x - step)) / (2 * h))
    return np.stack(columns, axis=1)
    ### END SOLUTION


# %% check="numerical_jacobian-check" points=1
draw = check.random(203)
check.call("numerical_jacobian", numerical_jacobian, lambda v: np.array([v[0] * v[1], v[2] ** 3]), draw(3), 0.1)
check.call(
    "numerical_jacobian",
    numerical_jacobian,
    lambda v: np.array([np.sin(v[0]), v[0] * v[1], v[1] ** 3, v[0] - v[1]]),
    draw(2),
)

# %% check="numerical_jacobian-hidden" points=1
check.later(
    en="one output alone, one input alone, as many outputs as inputs, whole numbers; and x must be as it was.",
    ko="출력이 하나일 때, 입력이 하나일 때, 출력과 입력의 수가 같을 때, 정수 입력을 넣어 보고, x가 그대로인지도 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(204)
check.call("numerical_jacobian", numerical_jacobian, lambda v: np.array([np.prod(v)]), draw(4), 0.01)
check.call(
    "numerical_jacobian",
    numerical_jacobian,
    lambda v: np.array([v[0] ** 3, 2.0 - v[0], np.exp(v[0])]),
    np.array([0.6]),
    0.05,
)
check.call(
    "numerical_jacobian", numerical_jacobian, lambda v: np.array([v[0] ** 2 * v[1], v[1] ** 3 - v[0]]), draw(2), 0.02
)
check.call(
    "numerical_jacobian",
    numerical_jacobian,
    lambda v: np.array([0.7 * v[0] * v[1], np.sin(v[2]) + 0.4 * v[0]]),
    np.array([1, 2, 3]),
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="numerical_jacobian"
# <details><summary>모양이 (D, M)으로 나와요</summary>
#
# 입력 한 칸을 움직여서 얻은 $M$개의 수를 어디에 눕혔나요(세웠나요)? 그 수들은 모두 **같은 입력**에 대한 것이에요. 같은 입력은 같은 행인가요, 같은 열인가요?
# </details>
#
# <details><summary>M을 미리 모르겠어요</summary>
#
# `f`를 한 번 불러 보면 알 수 있어요. 아니면 잰 것들을 리스트에 모았다가 마지막에 쌓아도 돼요. `np.stack`의 `axis`가 무엇을 바꾸는지 작은 예로 확인해 보세요.
# </details>
# %% [markdown] lang="en" hints="numerical_jacobian"
# <details><summary>My shape is (D, M)</summary>
#
# The $M$ numbers that one move gives: did you lay them down, or stand them up? All of them belong to the **same input**. Is one input one row, or one column?
# </details>
#
# <details><summary>I do not know M beforehand</summary>
#
# Call `f` once and look. Or gather what you measure in a list and stack it at the end; see on a small example what the `axis` of `np.stack` changes.
# </details>

# %% [markdown] lang="ko"
# 야코비안은 그 점 근처에서 함수가 하는 일을 통째로 담고 있어요. 아래에서 점을 움직이고, 작은 정사각형이 가는 곳을 야코비안이 만드는 평행사변형과 견줘 보세요.
# %% [markdown] lang="en"
# A Jacobian holds everything that the function does close to a point. Move the point below, and hold the parallelogram that the Jacobian makes against where the little square really goes.

# %%
figures.jacobian_map(numerical_jacobian)

# %% [markdown] lang="ko" exercise="four_kinds" minutes=20
# ## 3. 함수의 네 가지 유형
#
# | 입력 → 출력 | 함수 | 미분 |
# |---|---|---|
# | 수 → 수 | $3x + 4$ | 수 하나 |
# | 수 → 벡터 | $\begin{bmatrix} 2x + 3 \\ 3x^2 + 4x \end{bmatrix}$ | 야코비안 |
# | 벡터 → 수 | $3x_1^2 + 4x_1x_2$ | 기울기 |
# | 벡터 → 벡터 | $\begin{bmatrix} 2x_1 + 4x_2^2 \\ 3x_1x_2 + 6x_2 \end{bmatrix}$ | 야코비안 |
#
# 슬라이드에는 이 넷의 미분이 적혀 있는데, 잘못 적힌 곳이 두 군데 있어요. 방금 만든 `numerical_jacobian`으로 직접 찾아봐요.
#
# **할 일**: 먼저 아래 두 셀에서 슬라이드의 식과 여러분이 잰 값을 나란히 놓고 두 군데를 찾아요. 그다음 네 미분을 식으로 쓰세요. 수치 미분을 부르지 말고 손으로 미분해서요. 차례대로 수 하나, 그리고 `(2,)`, `(2,)`, `(2, 2)` 배열을 돌려줘요. (20분, 4점)
# %% [markdown] lang="en" exercise="four_kinds" minutes=20
# ## 3. Four kinds of functions
#
# | input → output | function | its derivative |
# |---|---|---|
# | number → number | $3x + 4$ | one number |
# | number → vector | $\begin{bmatrix} 2x + 3 \\ 3x^2 + 4x \end{bmatrix}$ | Jacobian |
# | vector → number | $3x_1^2 + 4x_1x_2$ | gradient |
# | vector → vector | $\begin{bmatrix} 2x_1 + 4x_2^2 \\ 3x_1x_2 + 6x_2 \end{bmatrix}$ | Jacobian |
#
# The slide gives the derivatives of these four, and in two places a hand has slipped. You have just built a ruler: find them with it.
#
# **To do**: first hold the slide against your ruler in the two cells below, and find both places. Then write the four derivatives as formulas, worked out by hand, without measuring. They return a float, then arrays `(2,)`, `(2,)` and `(2, 2)`. (20 minutes, 4 points)


# %%
def line(x):
    return 3 * x + 4


def curve(x):
    return np.array([2 * x + 3, 3 * x**2 + 4 * x])


def surface(x):
    return 3 * x[0] ** 2 + 4 * x[0] * x[1]


def plane_map(x):
    return np.array([2 * x[0] + 4 * x[1] ** 2, 3 * x[0] * x[1] + 6 * x[1]])


# %% [markdown] lang="ko"
# 슬라이드는 두 번째 함수의 미분을 $[2,\; 6x]$라고 적어요. $x = 2$라면 $[2,\; 12]$죠. 여러분의 `numerical_jacobian`은 둘째 수를 얼마라고 할까요?
# %% [markdown] lang="en"
# For the second function the slide prints $[2,\; 6x]$; at $x = 2$ that is $[2,\; 12]$. What will your ruler say for the second number?

# %%
guess = None
check.predict(guess, reference.numerical_jacobian(lambda v: reference.curve(v[0]), np.array([2.0]))[1, 0])

# %%
check.beside(lambda: numerical_jacobian(lambda v: curve(v[0]), np.array([2.0])), [[2.0], [12.0]])

# %% [markdown] lang="ko"
# 다음은 네 번째, $(x_1, x_2) = (1, 2)$예요. 슬라이드의 표 $\begin{bmatrix} 2 & 3x_2 \\ 8x_2 & 3x_1 + 6 \end{bmatrix}$에 넣으면 $\begin{bmatrix} 2 & 6 \\ 16 & 9 \end{bmatrix}$예요.
# 어느 칸이 다를까요? 그리고 그 두 수를 어떻게 하면 맞을까요?
# %% [markdown] lang="en"
# Now the fourth, at $(x_1, x_2) = (1, 2)$. The slide's table $\begin{bmatrix} 2 & 3x_2 \\ 8x_2 & 3x_1 + 6 \end{bmatrix}$ gives $\begin{bmatrix} 2 & 6 \\ 16 & 9 \end{bmatrix}$ there.
# Which entries differ, and what would put them right?

# %%
check.beside(lambda: numerical_jacobian(plane_map, np.array([1.0, 2.0])), [[2.0, 6.0], [16.0, 9.0]])

# %% [markdown] lang="ko"
# 이런 실수도 직접 재 보면 금방 보여요. 야코비안을 반대로(입력 × 출력) 적는 책도 있어요. 틀린 게 아니라 약속이 다른 거예요. 하지만 한 책 안에서는 하나여야 해요. 우리 약속은 **출력 × 입력**이에요.
# %% [markdown] lang="en"
# A ruler shows such a slip in a second. Some books do write the Jacobian the other way round, inputs × outputs. That is no mistake, it is another convention, as long as a book keeps to one. Ours is **outputs × inputs**.


# %% solution="four_kinds"
def line_derivative(x):
    """Return the derivative of 3x + 4 at a float x: a float."""
    ### BEGIN SOLUTION
    return 3.0
    ### END SOLUTION


def curve_jacobian(x):
    """Return the derivatives of (2x + 3, 3x² + 4x) at a float x: an array (2,)."""
    ### BEGIN SOLUTION
    return np.array([2.0, 6 * x + 4])
    ### END SOLUTION


def surface_gradient(x):
    """Return the gradient of 3x₁² + 4x₁x₂ at x (2,): an array (2,)."""
    ### BEGIN SOLUTION
    return np.array([6 * x[0] + 4 * x[1], 4 * x[0]])
    ### END SOLUTION


def map_jacobian(x):
    """Return the Jacobian of (2x₁ + 4x₂², 3x₁x₂ + 6x₂) at x (2,): an array (2, 2), outputs × inputs."""
    ### BEGIN SOLUTION
    return np.array([[2.0, 8 * x[1]], [3 * x[1], 3 * x[0] + 6]])
    ### END SOLUTION


# %% check="four_kinds-check" points=2
check.call("line_derivative", line_derivative, 2.0)
check.call("curve_jacobian", curve_jacobian, 2.0)
check.call("surface_gradient", surface_gradient, np.array([1.0, 2.0]))
check.call("map_jacobian", map_jacobian, np.array([1.0, 2.0]))

# %% check="four_kinds-hidden" points=2
check.later(en="the same four at other points, negative ones too.", ko="같은 네 함수를 음수를 포함한 다른 점에서 봐요.")
### BEGIN HIDDEN TESTS
check.call("line_derivative", line_derivative, -7.3)
check.call("curve_jacobian", curve_jacobian, -0.7)
check.call("curve_jacobian", curve_jacobian, 0.0)
check.call("surface_gradient", surface_gradient, np.array([-1.4, 0.3]))
check.call("map_jacobian", map_jacobian, np.array([2.6, -0.8]))
check.call("map_jacobian", map_jacobian, np.array([-0.9, 1.7]))
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="four_kinds"
# <details><summary>curve_jacobian의 모양이 (2, 1)이래요</summary>
#
# 야코비안이라면 (2, 1)이 맞아요. 다만 입력이 하나뿐이라 여기서는 납작하게 `(2,)`로 돌려주기로 했어요.
# </details>
#
# <details><summary>x₁과 x₂를 코드에서 어떻게 꺼내죠?</summary>
#
# 수학은 1부터, 파이썬은 0부터 세요. $x_1$은 `x[0]`이에요.
# </details>
#
# <details><summary>map_jacobian의 어디가 틀렸는지 모르겠어요</summary>
#
# 첫 행에는 첫 번째 출력 $2x_1 + 4x_2^2$만 나와야 해요. 그것을 $x_1$로 한 번, $x_2$로 한 번 미분해서 나란히 적어 보세요. 그러고 나서 `numerical_jacobian`이 뭐라고 하는지 보세요.
# </details>
# %% [markdown] lang="en" hints="four_kinds"
# <details><summary>It says my curve_jacobian has shape (2, 1)</summary>
#
# As a Jacobian that would be fine. With a single input we agree to return it flat here, `(2,)`.
# </details>
#
# <details><summary>How do I get x₁ and x₂ in code?</summary>
#
# Mathematics counts from 1 and Python from 0: $x_1$ is `x[0]`.
# </details>
#
# <details><summary>I do not see what is wrong in map_jacobian</summary>
#
# In the first row nothing but the first output, $2x_1 + 4x_2^2$, may appear: differentiate it once by $x_1$ and once by $x_2$, side by side. Then ask your `numerical_jacobian`.
# </details>

# %% [markdown] lang="ko" exercise="relative_error" minutes=10
# ## 4. 얼마나 다르면 다른 걸까: 상대 오차
#
# 식으로 구한 기울기 $a$와 잰 기울기 $n$이 0.1만큼 달라요. 큰 차이일까요? 1000과 1000.1이라면 아니고, 0.001과 0.101이라면 엄청나죠. 그래서 크기로 나눠요.
#
# $$\frac{|a - n|}{|a| + |n|}$$
#
# 같으면 0, 부호가 반대면 1, 그보다 커질 수는 없어요. 둘 다 0이면 나눌 수 없으니 0이라고 **정해요**. 배열이면 칸마다 재서 가장 큰 것을 남겨요. 어느 한 칸이라도 틀리면 틀린 거니까요.
#
# **할 일**: `relative_error(analytic, numeric)`. 분모에 작은 수를 더하는 요령 없이, 경고도 없이요. (10분, 2점)
# %% [markdown] lang="en" exercise="relative_error" minutes=10
# ## 4. How different is different: the relative error
#
# A gradient from a formula, $a$, and a measured one, $n$, differ by 0.1. Is that much? Not between 1000 and 1000.1; very much between 0.001 and 0.101. So divide by their size.
#
# $$\frac{|a - n|}{|a| + |n|}$$
#
# Equal gives 0, opposite signs give 1, and it never gets larger. Where both are 0 there is nothing to divide by, and we **agree** on 0. For arrays, take it entry by entry and keep the largest: one wrong entry makes a gradient wrong.
#
# **To do**: `relative_error(analytic, numeric)`, without the trick of adding something small below, and without a warning. (10 minutes, 2 points)

# %% [markdown] lang="ko"
# $a = (1000,\; 0.002)$, $n = (1000.1,\; 0.001)$이면 얼마가 나와야 할까요? 소수 둘째 자리까지요.
# %% [markdown] lang="en"
# What should come out for $a = (1000,\; 0.002)$ and $n = (1000.1,\; 0.001)$, to two decimals?

# %%
guess = None
check.predict(guess, reference.relative_error(np.array([1000.0, 0.002]), np.array([1000.1, 0.001])))


# %% solution="relative_error"
def relative_error(analytic, numeric):
    """Say how far two gradients are apart, at the entry where it is worst.

    analytic, numeric : arrays of the same shape, whatever it is
    Returns a float from 0 to 1, the largest |a − n| / (|a| + |n|); an entry where both are 0 counts as 0.
    """
    ### BEGIN SOLUTION
    difference = np.abs(analytic - numeric)
    size = np.abs(analytic) + np.abs(numeric)
    errors = np.divide(difference, size, out=np.zeros_like(size), where=size > 0)
    return float(errors.max())
    ### END SOLUTION


# %% check="relative_error-check" points=1
check.call("relative_error", relative_error, np.array([1000.0, 0.002]), np.array([1000.1, 0.001]))
check.call("relative_error", relative_error, np.array([3.0, 1.0, 7.0]), np.array([3.1, -1.0, 7.0]))
check.call("relative_error", relative_error, np.array([0.0, -2.0, 5.0, 0.4]), np.array([0.0, -2.1, 6.0, 0.4]))

# %% check="relative_error-hidden" points=1
check.later(
    en="matrices, very small entries, one entry alone, and two gradients that are nothing but zeros.",
    ko="행렬, 아주 작은 값, 칸이 하나뿐인 배열, 그리고 0뿐인 두 기울기를 넣어 봐요.",
)
### BEGIN HIDDEN TESTS
check.call(
    "relative_error",
    relative_error,
    np.array([[2e-9, -4.0], [0.0, 8.0], [1.0, 0.3]]),
    np.array([[1.5e-9, -4.1], [0.0, 8.2], [1.0, 0.3]]),
)
check.call("relative_error", relative_error, np.array([3e-13, 1.0]), np.array([1e-13, 1.0]))
check.call("relative_error", relative_error, np.array([0.7]), np.array([0.9]))
check.call("relative_error", relative_error, np.zeros((2, 3)), np.zeros((2, 3)))
check.call("relative_error", relative_error, np.array([0.0, 5.0]), np.array([1e-8, 5.0]))
check.call("relative_error", relative_error, np.array([[-6.0, 2.5, 40.0]]), np.array([[-6.3, 2.4, 41.0]]))
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="relative_error"
# <details><summary>부호가 반대일 때 무한대가 나와요</summary>
#
# 3과 −3을 넣고 분모만 출력해 보세요. 더하기 전에 무엇을 해야 하나요?
# </details>
#
# <details><summary>작은 칸 하나가 틀려도 모른 척해요</summary>
#
# 최댓값을 고르는 것과 나누는 것, 어느 쪽이 먼저인가요? 칸마다 **자기** 크기로 나눠야 해요.
# </details>
#
# <details><summary>답은 맞는데 경고가 나온대요</summary>
#
# `np.where(조건, A, B)`는 A와 B를 **모든 칸에서** 먼저 계산해요. 0으로 나누는 칸도요. 나누기 전에 분모를 고치거나, 필요한 칸만 나누는 방법을 찾아보세요(`np.divide`의 `where`).
# </details>
#
# <details><summary>보이는 검사만 통과하고 아주 작은 값에서 틀려요</summary>
#
# 분모에 `1e-8`을 더했나요? 두 기울기가 모두 `1e-13`쯤이면 분모는 무엇이 되죠?
# </details>
# %% [markdown] lang="en" hints="relative_error"
# <details><summary>Opposite signs give me infinity</summary>
#
# Put in 3 and −3 and print what you divide by. What must happen before you add?
# </details>
#
# <details><summary>One wrong small entry goes unnoticed</summary>
#
# Which comes first, dividing or picking the largest? Every entry is divided by its **own** size.
# </details>
#
# <details><summary>The answer is right, and there is a warning</summary>
#
# `np.where(condition, A, B)` computes A and B for **every** entry first, those included that divide by 0. Mend what you divide by beforehand, or divide only where it makes sense (`where` of `np.divide`).
# </details>
#
# <details><summary>Right for ordinary numbers, not for very small entries</summary>
#
# Did you add `1e-8` below? If both gradients are about `1e-13`, what do you divide by then?
# </details>

# %% [markdown] lang="ko" exercise="matvec" minutes=25
# ## 5. 행렬 곱하기 벡터
#
# $q = Wx$를 거꾸로 지나가요. 상류 기울기는 $q$와 모양이 같은 벡터 $dq$예요. 가장 안전한 방법은 **칸 하나씩** 보는 거예요.
#
# $q_k = \sum_j W_{kj}\,x_j$니까, $W_{ij}$를 움직이면 $q_i$만 움직여요.
#
# $$\frac{\partial q_k}{\partial W_{ij}} = \mathbf{1}_{k=i}\; x_j$$
#
# $\mathbf{1}_{k=i}$는 $k = i$일 때 1, 아니면 0이에요. $W_{ij}$에서 출력까지 가는 길은 $k$마다 하나씩이니 모두 더해요.
#
# $$dW_{ij} = \sum_k dq_k\; \mathbf{1}_{k=i}\; x_j$$
#
# 이 합에서 살아남는 항은 몇 개인가요? 그리고 $x_j$는 몇 개의 $q_k$에 들어가나요?
#
# **할 일**: `matvec_forward`와 `matvec_backward`. 칸마다의 식을 먼저 종이에 쓰고, 그다음 배열 연산 하나로 바꿔 보세요. (25분, 2점)
# %% [markdown] lang="en" exercise="matvec" minutes=25
# ## 5. A matrix times a vector
#
# Now go back through $q = Wx$. The upstream gradient is a vector $dq$ of $q$'s shape. The safe way is **one entry at a time**.
#
# $q_k = \sum_j W_{kj}\,x_j$, so if $W_{ij}$ moves, only $q_i$ moves.
#
# $$\frac{\partial q_k}{\partial W_{ij}} = \mathbf{1}_{k=i}\; x_j$$
#
# $\mathbf{1}_{k=i}$ is 1 where $k = i$ and 0 elsewhere. From $W_{ij}$ there is a path to the output for every $k$; paths add.
#
# $$dW_{ij} = \sum_k dq_k\; \mathbf{1}_{k=i}\; x_j$$
#
# How many terms of this sum survive? And into how many of the $q_k$ does $x_j$ go?
#
# **To do**: `matvec_forward` and `matvec_backward`. Put the formula for one entry on paper first, then turn it into one array operation. (25 minutes, 2 points)

# %% [markdown] lang="ko"
# 슬라이드에는 $\nabla q = [\quad]$ 칸이 비어 있어요. 채워 볼까요? $W = \begin{bmatrix} 0.1 & 0.5 & -0.2 \\ -0.3 & 0.8 & 0.6 \end{bmatrix}$일 때 $\frac{\partial q}{\partial x}$, 출력 × 입력이에요. `guess = [[…, …, …], […, …, …]]`
# %% [markdown] lang="en"
# On the slide the brackets of $\nabla q = [\quad]$ are empty. Fill them: for $W = \begin{bmatrix} 0.1 & 0.5 & -0.2 \\ -0.3 & 0.8 & 0.6 \end{bmatrix}$, what is $\frac{\partial q}{\partial x}$, outputs × inputs? `guess = [[…, …, …], […, …, …]]`

# %%
guess = None
blank = np.array([[0.1, 0.5, -0.2], [-0.3, 0.8, 0.6]])
check.predict(guess, reference.numerical_jacobian(lambda v: reference.matvec(blank, v), np.array([0.2, 0.4, -1.0])))


# %% solution="matvec-forward"
def matvec_forward(W, x):
    """Multiply a matrix with a vector.

    W : array (M, D)
    x : array (D,)
    Returns (q, cache): q (M,), and whatever backward needs.
    """
    ### BEGIN SOLUTION
    return W @ x, (W, x)
    ### END SOLUTION


# %% solution="matvec-backward"
def matvec_backward(dq, cache):
    """Go back from the product to the matrix and the vector.

    dq : array (M,), the upstream gradient
    Returns (dW, dx): arrays (M, D) and (D,).
    """
    ### BEGIN SOLUTION
    W, x = cache
    return np.outer(dq, x), W.T @ dq
    ### END SOLUTION


# %% check="matvec-check" points=1
draw = check.random(205)
check.backward("matvec", matvec_forward, matvec_backward, W=draw(2, 3), x=draw(3))

# %% check="matvec-hidden" points=1
check.later(
    en="other sizes, a single output, a single input, and a square W.",
    ko="다른 크기, 출력이 하나일 때, 입력이 하나일 때, 그리고 정사각형 W를 넣어 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(206)
check.backward("matvec", matvec_forward, matvec_backward, W=draw(5, 2), x=draw(2))
check.backward("matvec", matvec_forward, matvec_backward, W=draw(1, 4), x=draw(4))
check.backward("matvec", matvec_forward, matvec_backward, W=draw(3, 1), x=draw(1))
check.backward("matvec", matvec_forward, matvec_backward, W=draw(3, 3), x=draw(3))
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="matvec"
# <details><summary>dW의 수는 맞는데 자리가 뒤바뀌었어요</summary>
#
# `dq`와 `x`의 모양을 나란히 적어 보세요. W의 행 수를 줄 수 있는 것은 둘 중 어느 쪽인가요? 그쪽이 세로로 서야 해요.
# </details>
#
# <details><summary>dx의 모양이 (M, D)예요</summary>
#
# $x_j$는 $q$의 **모든** 칸에 들어가요. 길이 $M$개니까 돌아온 것을 더해야 해요. 어느 축을 따라 더하나요?
# </details>
#
# <details><summary>matmul에서 모양이 안 맞는다고 멈춰요</summary>
#
# 모양을 적어 보세요: $W$는 (M, D), $dq$는 (M,), 그리고 결과는 (D,)여야 해요. 안쪽 크기가 맞도록 하려면 $W$를 어떻게 놓아야 하나요?
# </details>
#
# <details><summary>뼈대가 필요해요</summary>
#
# 먼저 이중 반복문으로 쓰세요: `i`는 출력, `j`는 입력. 안에서 `dW[i, j]`에는 값 하나를 **적고**, `dx[j]`에는 값 하나를 **더해요**. 통과하면 반복문을 지우고 배열 연산으로 바꿔 보세요.
# </details>
# %% [markdown] lang="en" hints="matvec"
# <details><summary>My dW has the right numbers in the wrong places</summary>
#
# Write the shapes of `dq` and `x` side by side. Which of the two can give W its rows? That one has to stand upright.
# </details>
#
# <details><summary>My dx has shape (M, D)</summary>
#
# $x_j$ goes into **every** entry of $q$. That makes $M$ paths, and what comes back has to be added up. Along which axis?
# </details>
#
# <details><summary>matmul stops: the shapes do not fit</summary>
#
# Write them down: $W$ is (M, D), $dq$ is (M,), and (D,) has to come out. How must $W$ lie so that the sizes inside agree?
# </details>
#
# <details><summary>I need a skeleton</summary>
#
# Begin with two loops, `i` over outputs and `j` over inputs. Inside, `dW[i, j]` is **set** to one number, and to `dx[j]` one number is **added**. Once it passes, try to do it without loops.
# </details>

# %% [markdown] lang="ko" exercise="norm_squared" minutes=20
# ## 6. 강의의 예제: ‖Wx‖²
#
# 방금 만든 게이트 뒤에 하나를 더 붙여요. $q = Wx$를 칸마다 제곱해서 더하면 $f = q_1^2 + \cdots + q_M^2$, 수 하나예요.
#
# 강의의 숫자로 해 봐요.
#
# $$W = \begin{bmatrix} 0.1 & 0.5 \\ -0.3 & 0.8 \end{bmatrix},\quad x = \begin{bmatrix} 0.2 \\ 0.4 \end{bmatrix},\quad q = \begin{bmatrix} 0.22 \\ 0.26 \end{bmatrix},\quad f = 0.116$$
#
# 뒤에서부터: $f$에서 $q$로, $q$에서 $W$와 $x$로. 두 번째 걸음은 이미 할 줄 알아요.
#
# **할 일**: `norm_squared_forward`와 `norm_squared_backward`. (20분, 3점)
# %% [markdown] lang="en" exercise="norm_squared" minutes=20
# ## 6. The lecture's example: ‖Wx‖²
#
# Put one more gate behind the one you have: square $q = Wx$ entry by entry and add up, $f = q_1^2 + \cdots + q_M^2$, a single number.
#
# With the lecture's numbers:
#
# $$W = \begin{bmatrix} 0.1 & 0.5 \\ -0.3 & 0.8 \end{bmatrix},\quad x = \begin{bmatrix} 0.2 \\ 0.4 \end{bmatrix},\quad q = \begin{bmatrix} 0.22 \\ 0.26 \end{bmatrix},\quad f = 0.116$$
#
# From the end: back from $f$ to $q$, then from $q$ to $W$ and $x$. The second step you know already.
#
# **To do**: `norm_squared_forward` and `norm_squared_backward`. (20 minutes, 3 points)

# %% [markdown] lang="ko"
# $W$의 오른쪽 위 칸 $0.5$를 조금 움직이면 $f$는 그 몇 배만큼 움직일까요? 즉 $\partial f / \partial W_{12}$는 얼마일까요? 소수 셋째 자리까지요.
# %% [markdown] lang="en"
# Move the $0.5$ in $W$'s upper right corner a little. How many times that does $f$ move: what is $\partial f / \partial W_{12}$, to three decimals?

# %%
lecture_W, lecture_x = np.array([[0.1, 0.5], [-0.3, 0.8]]), np.array([0.2, 0.4])

# %%
guess = None
measured = reference.numerical_gradient(lambda matrix: reference.norm_squared(matrix, lecture_x), lecture_W)
check.predict(guess, measured[0, 1], tolerance=0.0005)

# %% [markdown] lang="ko"
# 조심할 것 하나: 이 $W$는 정사각형이에요. 그러면 $2q\,x^T$도 $2x\,q^T$도 모양이 (2, 2)라서 **모양 검사로는 어느 쪽이 맞는지 알 수 없어요.** 숫자를 재 봐야 해요. 검사 셀이 정사각형이 아닌 $W$도 넣어 보는 이유예요.
# %% [markdown] lang="en"
# One warning: this $W$ is square. So $2q\,x^T$ and $2x\,q^T$ are both (2, 2), and **the shape does not tell which is right.** Numbers do. That is why the check tries a $W$ that is not square as well.


# %% solution="norm_squared-forward"
def norm_squared_forward(W, x):
    """Compute f = ‖Wx‖², the sum of the squares of Wx.

    W : array (M, D)
    x : array (D,)
    Returns (f, cache): f a float, and whatever backward needs.
    """
    ### BEGIN SOLUTION
    q = W @ x
    return float(q @ q), (W, x, q)
    ### END SOLUTION


# %% solution="norm_squared-backward"
def norm_squared_backward(df, cache):
    """Go back from f to the matrix and the vector.

    df : float, the upstream gradient
    Returns (dW, dx): arrays (M, D) and (D,).
    """
    ### BEGIN SOLUTION
    W, x, q = cache
    dq = 2 * q * df
    return np.outer(dq, x), W.T @ dq
    ### END SOLUTION


# %% check="norm_squared-check" points=2
check.backward(
    "norm_squared",
    norm_squared_forward,
    norm_squared_backward,
    W=np.array([[0.1, 0.5], [-0.3, 0.8]]),
    x=np.array([0.2, 0.4]),
    dout=1.0,
)
draw = check.random(207)
check.backward("norm_squared", norm_squared_forward, norm_squared_backward, W=draw(3, 2), x=draw(2))

# %% check="norm_squared-hidden" points=1
check.later(
    en="other sizes, one output alone, one input alone, other upstream gradients.",
    ko="다른 크기, 출력이 하나일 때, 입력이 하나일 때, 다른 상류 기울기를 넣어 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(208)
check.backward("norm_squared", norm_squared_forward, norm_squared_backward, W=draw(2, 5), x=draw(5), dout=-2.7)
check.backward("norm_squared", norm_squared_forward, norm_squared_backward, W=draw(1, 3), x=draw(3))
check.backward("norm_squared", norm_squared_forward, norm_squared_backward, W=draw(4, 1), x=draw(1))
check.backward("norm_squared", norm_squared_forward, norm_squared_backward, W=draw(3, 3), x=draw(3), dout=0.6)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="norm_squared"
# <details><summary>딱 절반이 나와요</summary>
#
# $q_1^2$을 $q_1$로 미분하면 무엇이 앞으로 내려오나요?
# </details>
#
# <details><summary>강의 숫자는 통과하는데 df가 1이 아니면 틀려요</summary>
#
# `df`가 1일 때는 곱하는 것을 잊어도 티가 나지 않아요. `df`는 $dq$를 만들 때 들어가요.
# </details>
#
# <details><summary>정사각형이 아닌 W에서만 모양이 틀려요</summary>
#
# 정사각형에서는 전치(transpose)를 잊어도 모양이 맞아요. 종이에 (3, 2)짜리 $W$와 (2,)짜리 $x$를 그리고, $q$, $dq$, $dW$, $dx$의 모양을 순서대로 적어 보세요.
# </details>
#
# <details><summary>어디서부터 해야 할지 모르겠어요</summary>
#
# 게이트가 둘이에요. 제곱해서 더하는 게이트 하나, 행렬 곱 하나. 첫 번째 게이트의 backward는 `df`를 받아 `dq`를 만들고, 나머지는 앞 문제예요. 앞에서 만든 함수를 불러도 좋아요.
# </details>
# %% [markdown] lang="en" hints="norm_squared"
# <details><summary>I get exactly half</summary>
#
# Differentiate $q_1^2$ by $q_1$. What comes down to the front?
# </details>
#
# <details><summary>The lecture's numbers pass, and not when df is other than 1</summary>
#
# With 1, leaving a factor out does not show. `df` comes in where $dq$ is made.
# </details>
#
# <details><summary>The shapes are wrong only when W is not square</summary>
#
# With a square W, a forgotten transpose fits. Draw a (3, 2) $W$ and a (2,) $x$ on paper and write down the shapes of $q$, $dq$, $dW$, $dx$, in this order.
# </details>
#
# <details><summary>I do not know where to begin</summary>
#
# There are two gates: squares that are added up, and a matrix product. The backward of the first takes `df` and makes `dq`; the rest is the last exercise. You may call what you wrote there.
# </details>

# %% [markdown] lang="ko"
# 이제 심판도 여러분 것, 선수도 여러분 것이에요. 식으로 구한 `dW`와 여러분의 `numerical_gradient`로 잰 것의 상대 오차를 여러분의 `relative_error`로 재 봐요. $10^{-7}$보다 작으면 안심해도 돼요. 어디선가 새 backward를 쓰게 되면 늘 이렇게 확인하세요.
# %% [markdown] lang="en"
# Now you have both sides of the comparison. Take `dW` from the formula, measure it with your `numerical_gradient`, and compare the two with your `relative_error`: below about $10^{-7}$ all is well. Do this whenever you write a new backward, anywhere.


# %%
def gradient_check():
    _, cache = norm_squared_forward(lecture_W, lecture_x)
    dW, _ = norm_squared_backward(1.0, cache)
    return relative_error(dW, numerical_gradient(lambda matrix: norm_squared_forward(matrix, lecture_x)[0], lecture_W))


# %%
check.show(gradient_check)

# %%
figures.norm_arrows(norm_squared_forward, norm_squared_backward)

# %% [markdown] lang="ko" exercise="relu_vjp" minutes=15
# ## 7. 야코비안을 만들지 않고: 벡터-야코비안 곱
#
# 벡터를 받아 벡터를 내는 게이트의 국소 기울기는 야코비안이고, 거꾸로 갈 때 하는 곱셈은 **벡터-야코비안 곱**(vector-Jacobian product)이에요: $dx = J^T\,dout$.
# 그런데 $J$를 정말로 만들어야 할까요? ReLU, $\max(0, x)$를 보세요. 출력 $i$는 입력 $i$에만 반응해요. 그러니 $J$에서 0이 아닐 수 있는 곳은 대각선뿐이에요.
#
# **할 일**: 한 번은 행렬로(`relu_jacobian`, `(D, D)` 배열), 한 번은 행렬 **없이**(`relu_forward`, `relu_backward`) 쓰세요. 채점할 때는 길이 100,000짜리 벡터도 넣어 봐요. $x$가 딱 0인 곳은 검사하지 않아요. 그 점에서는 기울기가 하나로 정해지지 않거든요. (15분, 2점)
# %% [markdown] lang="en" exercise="relu_vjp" minutes=15
# ## 7. Without the Jacobian: the vector-Jacobian product
#
# The local gradient of a gate that turns vectors into vectors is a Jacobian, and the product on the way back is a **vector-Jacobian product**: $dx = J^T\,dout$.
# But must $J$ really be made? Look at the ReLU, $\max(0, x)$. Output $i$ answers to input $i$ alone, so everything off the diagonal of $J$ is 0.
#
# **To do**: write it once as a matrix (`relu_jacobian`, an array `(D, D)`), and once **without** one (`relu_forward`, `relu_backward`). When it is graded, a vector of 100,000 entries comes in too. An $x$ of exactly 0 is never checked: at that point there is no single gradient. (15 minutes, 2 points)

# %% [markdown] lang="ko"
# 폭이 4096인 층에 예시 100개를 한꺼번에 넣으면 입력도 출력도 $100 \cdot 4096$개예요. 그 야코비안을 수 하나에 8바이트씩 저장하면 몇 **테라바이트**($10^{12}$바이트)일까요? 소수 둘째 자리까지요.
# %% [markdown] lang="en"
# A layer 4096 wide, fed with 100 examples at once, has $100 \cdot 4096$ inputs and as many outputs. Its Jacobian, at 8 bytes a number: how many **terabytes** ($10^{12}$ bytes), to two decimals?

# %%
guess = None
check.predict(guess, (100 * 4096) ** 2 * 8 / 10**12)


# %% solution="relu_vjp"
def relu_jacobian(x):
    """Return the Jacobian of max(0, x) at x (D,): an array (D, D)."""
    ### BEGIN SOLUTION
    return np.diag((x > 0).astype(float))
    ### END SOLUTION


def relu_forward(x):
    """Return (max(0, x), cache) for x (D,)."""
    ### BEGIN SOLUTION
    return np.maximum(0.0, x), x > 0
    ### END SOLUTION


def relu_backward(dout, cache):
    """Multiply the upstream gradient with the Jacobian, without making the Jacobian.

    dout : array (D,), the upstream gradient
    Returns dx : array (D,).
    """
    ### BEGIN SOLUTION
    is_open = cache
    return dout * is_open
    ### END SOLUTION


# %% check="relu_vjp-check" points=1
check.call("relu_jacobian", relu_jacobian, np.array([1.5, -0.4, 0.7]))
check.backward(
    "relu_vjp", relu_forward, relu_backward, x=np.array([1.5, -0.4, -0.7, 2.0]), dout=np.array([-0.6, 1.3, -0.8, 2.1])
)

# %% check="relu_vjp-hidden" points=1
check.later(
    en="other lengths, nothing but negative entries, and 100,000 entries at once.",
    ko="다른 길이, 음수뿐인 벡터, 그리고 한꺼번에 100,000개를 넣어 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(209)
check.call("relu_jacobian", relu_jacobian, draw(5))
check.call("relu_jacobian", relu_jacobian, np.array([-3.0, 250.0]))
check.backward("relu_vjp", relu_forward, relu_backward, x=draw(7))
check.backward("relu_vjp", relu_forward, relu_backward, x=-np.abs(draw(3)))
check.backward("relu_vjp", relu_forward, relu_backward, x=np.array([0.3]))
check.call("relu_wide", lambda x, dout: relu_backward(dout, relu_forward(x)[1]), draw(100_000), draw(100_000))
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="relu_vjp"
# <details><summary>relu_jacobian이 (D,)라고 해요</summary>
#
# 기울기 값들은 맞아요. 출력 × 입력 표에서 그 값들은 어디에 놓이나요? 대각선에 놓아 주는 함수가 numpy에 있어요.
# </details>
#
# <details><summary>상류 기울기가 음수인 곳에서 잘렸대요</summary>
#
# 문이 열려 있는지는 **들어온 값** $x$가 정해요. 돌아오는 `dout`이 음수인지는 상관없어요. 음수 기울기도 열린 문은 지나가요.
# </details>
#
# <details><summary>dout이 바뀌었대요</summary>
#
# `dout[...] = 0`은 남의 배열에 쓰는 거예요. 새 배열을 만들어 주는 식을 써 보세요.
# </details>
#
# <details><summary>100,000개에서 MemoryError가 나요</summary>
#
# backward 어딘가에서 (D, D) 행렬을 만들고 있어요. 대각 행렬과 벡터를 곱한 결과를 종이에 세 칸만 써 보세요. 행렬 없이도 쓸 수 있나요?
# </details>
# %% [markdown] lang="en" hints="relu_vjp"
# <details><summary>It says my relu_jacobian is (D,)</summary>
#
# The slopes are right. Where do they stand in a table of outputs × inputs? numpy has a function that puts a vector on a diagonal.
# </details>
#
# <details><summary>It says the right slopes act in the wrong places</summary>
#
# Whether the gate is open is decided by **what went in**, $x$. That a returning `dout` is negative does not matter: through an open gate it passes.
# </details>
#
# <details><summary>It says dout has changed</summary>
#
# `dout[...] = 0` writes into somebody else's array. Find an expression that makes a new one.
# </details>
#
# <details><summary>MemoryError at 100,000 entries</summary>
#
# Somewhere your backward makes a (D, D) matrix. Write out a diagonal matrix times a vector for three entries. Can it be said without the matrix?
# </details>

# %% [markdown] lang="ko" exercise="unbroadcast" minutes=20
# ## 8. 복사한 것은 거꾸로 갈 때 더해요
#
# `(5, 3)` 배열에 `(3,)` 벡터를 더하면 numpy가 벡터를 다섯 행에 **복사**해서 더해 줘요. 브로드캐스팅(broadcasting)이에요.
# 거꾸로 가 볼까요? 벡터의 칸 하나는 다섯 번 쓰였어요. 앞 노트북의 규칙 그대로예요. 한 값에서 나가는 길이 다섯이면 돌아온 다섯을 더해요.
#
# numpy는 이렇게 복사해요. 모양을 **오른쪽부터** 맞춰 보고, 모자란 축은 왼쪽에 붙이고, 크기가 1인 축은 늘려요.
#
# **할 일**: `unbroadcast(gradient, shape)`. 복사된 결과에 대한 기울기를 받아, 복사되기 전 모양 `shape`의 기울기를 돌려줘요. (20분, 2점)
# %% [markdown] lang="en" exercise="unbroadcast" minutes=20
# ## 8. What was copied is added up on the way back
#
# Add a `(3,)` vector to a `(5, 3)` array, and numpy **copies** the vector to all five rows. That is broadcasting.
# And backward? Each entry of the vector was used five times. It is the last notebook's rule: five paths lead out of one value, so the five that come back are added.
#
# This is how numpy copies: shapes are lined up **from the right**, missing axes are put on at the left, axes of size 1 are stretched.
#
# **To do**: `unbroadcast(gradient, shape)`. It takes the gradient of the copied thing and returns the gradient of what was there before, in its `shape`. (20 minutes, 2 points)

# %% [markdown] lang="ko"
# `(5, 3)` 배열에 `b (3,)`를 더한 결과의 합을 $f$라고 해요. $\partial f / \partial b_1$은 얼마일까요?
# %% [markdown] lang="en"
# Let $f$ be the sum of all entries of a `(5, 3)` array plus `b (3,)`. What is $\partial f / \partial b_1$?

# %%
guess = None
check.predict(guess, reference.numerical_gradient(lambda b: float(np.sum(np.zeros((5, 3)) + b)), np.zeros(3))[0])


# %% solution="unbroadcast"
def unbroadcast(gradient, shape):
    """Add up what broadcasting had copied.

    gradient : array, the gradient of the broadcast result
    shape : tuple of int, the shape before broadcasting; () for a single number
    Returns an array of that shape.
    """
    ### BEGIN SOLUTION
    added = gradient.ndim - len(shape)
    stretched = [added + axis for axis, size in enumerate(shape) if size == 1]
    return gradient.sum(axis=(*range(added), *stretched)).reshape(shape)
    ### END SOLUTION


# %% check="unbroadcast-check" points=1
draw = check.random(210)
check.call("unbroadcast", unbroadcast, draw(5, 3), (3,))
check.call("unbroadcast", unbroadcast, draw(4, 6), (4, 1))
check.call("unbroadcast", unbroadcast, draw(5, 4), (5, 4))

# %% check="unbroadcast-hidden" points=1
check.later(
    en="three and four axes, several stretched at once, and a single number, shape ().",
    ko="축이 셋, 넷인 배열, 여러 축이 한꺼번에 늘어난 경우, 그리고 모양이 ()인 수 하나를 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(211)
check.call("unbroadcast", unbroadcast, draw(6, 4, 7), (4, 1))
check.call("unbroadcast", unbroadcast, draw(4, 5, 6), (1, 5, 1))
check.call("unbroadcast", unbroadcast, draw(7, 5, 4), (4,))
check.call("unbroadcast", unbroadcast, draw(5, 7), ())
check.call("unbroadcast", unbroadcast, draw(6, 5), (1, 1))
check.call("unbroadcast", unbroadcast, draw(4, 6, 5, 7), (6, 1, 7))
check.call("unbroadcast", unbroadcast, draw(6), (6,))
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="unbroadcast"
# <details><summary>(3,)은 되는데 (4, 1)은 안 돼요</summary>
#
# 복사에는 두 종류가 있어요. **없던 축**을 왼쪽에 붙인 것과, **크기 1인 축**을 늘린 것. 뒤의 것은 더한 다음에도 축이 남아 있어야 해요.
# </details>
#
# <details><summary>축 번호가 자꾸 어긋나요</summary>
#
# 축 하나를 더해서 없애면 그 뒤의 번호가 모두 당겨져요. `gradient`와 `shape`를 오른쪽에 맞춰 위아래로 적어 보세요. 한꺼번에 더하거나(`axis`는 튜플도 받아요), 축을 남기며 더하거나(`keepdims`), 마지막에 모양을 고치는 방법이 있어요.
# </details>
#
# <details><summary>모양은 맞는데 수가 작아요</summary>
#
# 복사본 중 하나의 기울기만 남겼거나 평균을 낸 건 아닌가요? 다섯 번 쓰인 값을 조금 움직이면 다섯 곳이 **모두** 움직여요.
# </details>
# %% [markdown] lang="en" hints="unbroadcast"
# <details><summary>(3,) works, (4, 1) does not</summary>
#
# There are two kinds of copying: an axis that **was not there** is put on at the left, and an axis **of size 1** is stretched. The second kind must still be there after the sum.
# </details>
#
# <details><summary>My axis numbers are off by one all the time</summary>
#
# Sum an axis away, and all numbers behind it move up. Write `gradient` and `shape` below each other, lined up at the right. Then sum all at once (`axis` takes a tuple), or keep axes while you sum (`keepdims`), or mend the shape at the end.
# </details>
#
# <details><summary>The shape is right, the numbers are too small</summary>
#
# Did you keep one copy's gradient, or take a mean? Move a value that was used five times, and **all five** places move.
# </details>

# %% [markdown] lang="ko" exercise="linear" minutes=20
# ## 9. 선형 층
#
# 이제 다 모였어요. 예시 $N$개를 행으로 쌓은 $X$를 한꺼번에 넣어요.
#
# $$Y = X W^T + b \qquad (N, M) = (N, D)\,(D, M) + (M,)$$
#
# 각 행은 $Wx + b$예요. 완전 연결 층(fully connected layer)이라고도 불러요. 출력마다 모든 입력이 이어져 있으니까요.
# 행렬 $W$ 하나가 모든 예시에, 즉 $N$번 쓰여요. $b$도요. 그리고 기울기의 모양은 언제나 변수의 모양이에요.
#
# **할 일**: `linear_forward`와 `linear_backward`. (20분, 4점)
# %% [markdown] lang="en" exercise="linear" minutes=20
# ## 9. The linear layer
#
# Now everything comes together. $N$ examples, stacked as rows of $X$, go in at once.
#
# $$Y = X W^T + b \qquad (N, M) = (N, D)\,(D, M) + (M,)$$
#
# Each row is $Wx + b$. It is also called a fully connected layer, since every output hangs on every input.
# One matrix $W$ serves all examples: it is used $N$ times, and so is $b$. And the shape of a gradient is always the shape of its variable.
#
# **To do**: `linear_forward` and `linear_backward`. (20 minutes, 4 points)

# %% [markdown] lang="ko"
# $X = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$, $W$는 (1, 2), 상류 기울기가 $\begin{bmatrix} 1 \\ 10 \end{bmatrix}$이에요. 첫 예시와 둘째 예시가 각각 $W$에 무엇을 돌려주는지 적고, 합쳐 보세요. `guess = [[…, …]]`
# %% [markdown] lang="en"
# Let $X = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$, $W$ of shape (1, 2), and the upstream gradient $\begin{bmatrix} 1 \\ 10 \end{bmatrix}$. Write down what the first and the second example each bring back to $W$. Together? `guess = [[…, …]]`

# %%
guess = None
two_rows, upstream = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0], [10.0]])
check.predict(
    guess,
    reference.numerical_gradient(
        lambda W: float(np.sum(upstream * reference.linear(two_rows, W, np.zeros(1)))), np.zeros((1, 2))
    ),
)


# %% solution="linear-forward"
def linear_forward(X, W, b):
    """Send a batch through a linear layer.

    X : array (N, D), one example a row
    W : array (M, D)
    b : array (M,)
    Returns (Y, cache): Y = XWᵀ + b of shape (N, M), and whatever backward needs.
    """
    ### BEGIN SOLUTION
    return X @ W.T + b, (X, W)
    ### END SOLUTION


# %% solution="linear-backward"
def linear_backward(dout, cache):
    """Go back through a linear layer.

    dout : array (N, M), the upstream gradient
    Returns (dX, dW, db): arrays (N, D), (M, D) and (M,).
    """
    ### BEGIN SOLUTION
    X, W = cache
    return dout @ W, dout.T @ X, dout.sum(axis=0)
    ### END SOLUTION


# %% check="linear-check" points=2
draw = check.random(212)
check.backward("linear", linear_forward, linear_backward, X=draw(5, 2), W=draw(3, 2), b=draw(3))
check.backward("linear", linear_forward, linear_backward, X=draw(2, 4), W=draw(3, 4), b=draw(3))

# %% check="linear-hidden" points=2
check.later(
    en="other sizes, a batch of one, a single output, a single input.",
    ko="다른 크기, 예시가 하나뿐인 배치, 출력이 하나일 때, 입력이 하나일 때를 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(213)
check.backward("linear", linear_forward, linear_backward, X=draw(1, 4), W=draw(3, 4), b=draw(3))
check.backward("linear", linear_forward, linear_backward, X=draw(6, 3), W=draw(1, 3), b=draw(1))
check.backward("linear", linear_forward, linear_backward, X=draw(4, 1), W=draw(3, 1), b=draw(3))
check.backward("linear", linear_forward, linear_backward, X=draw(3, 5), W=draw(2, 5), b=draw(2))
check.backward("linear", linear_forward, linear_backward, X=draw(3, 3), W=draw(3, 3), b=draw(3))
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="linear"
# <details><summary>db의 모양이 (N, M)이에요</summary>
#
# $b$는 브로드캐스팅으로 $N$개의 행에 복사됐어요. 바로 앞 문제예요.
# </details>
#
# <details><summary>dW의 모양이 뒤집혔어요</summary>
#
# 쓸 수 있는 재료는 `dout (N, M)`과 `X (N, D)`, 만들 것은 (M, D)예요. 사라져야 하는 크기는 $N$이고요. 두 재료를 어떻게 놓아야 $N$이 안쪽에서 만나나요?
# </details>
#
# <details><summary>예시가 하나일 때만 맞아요</summary>
#
# 예시마다 $W$에 기울기를 돌려줘요. 그것들이 서로 덮어쓰고 있지 않나요? 행렬 곱은 안쪽 크기를 따라 더해 준다는 것도 떠올려 보세요.
# </details>
#
# <details><summary>정확히 1/N이 나와요</summary>
#
# 평균은 여기서 내지 않아요. 비용이 평균이라면 그 $1/N$은 이미 `dout`에 들어 있어요.
# </details>
# %% [markdown] lang="en" hints="linear"
# <details><summary>My db has shape (N, M)</summary>
#
# Broadcasting copied $b$ to all $N$ rows. That was the last exercise.
# </details>
#
# <details><summary>My dW lies on its side</summary>
#
# You have `dout (N, M)` and `X (N, D)`, and (M, D) has to come out; the size that vanishes is $N$. How must the two lie so that their $N$s meet on the inside?
# </details>
#
# <details><summary>Right only for a batch of one</summary>
#
# Every example brings back a gradient for $W$. Does each overwrite the one before? And remember that a matrix product adds up along the inner size.
# </details>
#
# <details><summary>Too small, exactly N times</summary>
#
# No mean is taken here. If the cost is a mean, its $1/N$ has come in with `dout` already.
# </details>

# %% [markdown] lang="ko"
# 어떤 모양끼리 만나는지 슬라이더로 바꿔 보세요. 안쪽에서 만나는 크기가 사라져요.
# %% [markdown] lang="en"
# Change the sizes and see which shapes meet: the sizes that touch on the inside vanish.

# %%
figures.linear_shapes(linear_forward, linear_backward)

# %% [markdown] lang="ko" exercise="fit_linear" minutes=20
# ## 10. 그래서 뭘 하라고? 학습!
#
# 강의의 마지막 질문이에요. 구한 기울기로 무엇을 하나요? 여기에 넣어요.
#
# $$W := W - \alpha \frac{\partial}{\partial W} cost(W)$$
#
# $Y = XW^T + b$가 목표 $T$ (N, M)에 가까워지도록 비용을 정해요.
#
# $$cost = \frac{1}{2N} \sum_n \sum_m (Y_{nm} - T_{nm})^2$$
#
# $\frac{1}{2}$은 제곱을 미분할 때 내려오는 2와 약분되라고, $\frac{1}{N}$은 예시 수가 늘어도 걸음이 커지지 않게 하려고 붙였어요. 출력 $m$에 대해서는 그냥 더해요.
#
# **할 일**: `fit_linear(X, T, W, b, learning_rate, steps)`. 걸음마다 $W$와 $b$를 **고치기 전에** 비용을 재서 `losses`에 적고, 둘을 함께 한 걸음 옮겨요. 비용은 손실(loss)이라고도 해요. 움직이는 것은 매개변수(parameter)예요. 데이터 $X$는 절대 움직이지 않아요. 부른 사람의 `W`와 `b`도 그대로 두세요. 돌려주는 것은 `(W, b, losses)`예요. (20분, 2점)
# %% [markdown] lang="en" exercise="fit_linear" minutes=20
# ## 10. And what is it for? Learning!
#
# The lecture's last question: you have a gradient, what now? It goes in here.
#
# $$W := W - \alpha \frac{\partial}{\partial W} cost(W)$$
#
# Let the cost say how far $Y = XW^T + b$ is from the targets $T$ (N, M).
#
# $$cost = \frac{1}{2N} \sum_n \sum_m (Y_{nm} - T_{nm})^2$$
#
# The $\frac{1}{2}$ is there to meet the 2 that comes down from the square, the $\frac{1}{N}$ so that more examples do not mean larger steps. Over the outputs $m$ it is a plain sum.
#
# **To do**: `fit_linear(X, T, W, b, learning_rate, steps)`. At each step note the cost in `losses`, **before** the update, then move $W$ and $b$ together. Parameters move; the data $X$ never does. And leave the caller's `W` and `b` as they are. It returns `(W, b, losses)`. (20 minutes, 2 points)

# %% [markdown] lang="ko"
# 예시 하나: $x = 1$, 목표 $3$, 처음에 $w = b = 0$, $\alpha = 0.5$. **한 걸음** 뒤의 $w$는 얼마일까요?
# %% [markdown] lang="en"
# One example: $x = 1$, target $3$, at first $w = b = 0$, $\alpha = 0.5$. What is $w$ after **one** step?

# %%
guess = None
one = np.ones((1, 1))
check.predict(guess, reference.fit_linear(one, 3 * one, 0 * one, np.zeros(1), 0.5, 1)[0][0, 0])


# %% solution="fit_linear"
def fit_linear(X, T, W, b, learning_rate, steps):
    """Let a linear layer learn by gradient descent.

    X : array (N, D), one example a row
    T : array (N, M), the targets
    W : array (M, D), where to start; left as it is
    b : array (M,), where to start; left as it is
    learning_rate : float
    steps : int
    Returns (W, b, losses): the parameters after the last step, and a list of the cost before each step.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        difference = X @ W.T + b - T
        losses.append(float(np.sum(difference**2) / (2 * len(X))))
        dout = difference / len(X)
        # what linear_backward(dout, cache) gives
        dW, db = dout.T @ X, dout.sum(axis=0)
        W = W - learning_rate * dW
        b = b - learning_rate * db
    return W, b, losses
    ### END SOLUTION


# %% check="fit_linear-check" points=1
draw = check.random(214)
check.call("fit_linear", fit_linear, draw(5, 2), draw(5, 3), draw(3, 2), draw(3), 0.1, 3)

# %% check="fit_linear-hidden" points=1
check.later(
    en="other sizes and rates, one example alone, no step at all, and whether your arguments are as they were.",
    ko="다른 크기와 학습률, 예시가 하나일 때, 한 걸음도 안 갈 때를 보고, 넣은 값이 그대로인지도 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(215)
check.call("fit_linear", fit_linear, draw(7, 3), draw(7, 2), draw(2, 3), draw(2), 0.07, 6)
check.call("fit_linear", fit_linear, draw(1, 4), draw(1, 3), draw(3, 4), draw(3), 0.05, 4)
check.call("fit_linear", fit_linear, draw(6, 1), draw(6, 1), draw(1, 1), draw(1), 0.2, 5)
check.call("fit_linear", fit_linear, draw(4, 2), draw(4, 3), draw(3, 2), draw(3), 0.3, 0)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="fit_linear"
# <details><summary>dout이 뭔지 모르겠어요</summary>
#
# 선형 층 뒤에 비용이라는 게이트가 하나 더 있어요. 비용을 $Y_{nm}$ 하나로 미분한 것이 `linear_backward`에 넣을 상류 기울기예요. 모양은 $Y$와 같아요.
# </details>
#
# <details><summary>첫 손실만 맞아요</summary>
#
# 첫 손실은 아직 아무것도 움직이지 않았을 때예요. 첫 걸음의 방향과 크기를 의심해 보세요. 부호, 2, $N$, 학습률.
# </details>
#
# <details><summary>내 W가 바뀌었대요</summary>
#
# `W -= …`는 들어온 배열에 바로 써요. `W = W - …`와 무엇이 다른지 `id(W)`를 출력해 보세요.
# </details>
#
# <details><summary>손실이 하나 더 많거나 하나 늦어요</summary>
#
# `steps`가 0이면 `losses`는 빈 리스트예요. 손실은 걸음마다 고치기 **전**에 적어요.
# </details>
# %% [markdown] lang="en" hints="fit_linear"
# <details><summary>What is dout here?</summary>
#
# Behind the layer there is one more gate, the cost. Its derivative with respect to a single $Y_{nm}$ is the upstream gradient that `linear_backward` wants. Its shape is $Y$'s.
# </details>
#
# <details><summary>Only the first loss is right</summary>
#
# The first one is taken before anything has moved. Suspect the first step's direction and length: the sign, the 2, the $N$, the rate.
# </details>
#
# <details><summary>It says my W has changed</summary>
#
# `W -= …` writes into the array that came in. How is that different from `W = W - …`? Print `id(W)`.
# </details>
#
# <details><summary>One loss too many, or each one step late</summary>
#
# For `steps = 0`, `losses` is an empty list. Each loss is noted **before** its update.
# </details>

# %% [markdown] lang="ko"
# 진짜로 배우는지 볼까요? 데이터는 $W = [2,\; -1]$, $b = 0.5$인 층이 만들었어요. 학습은 0에서 시작해서 이 수들을 되찾아야 해요.
# %% [markdown] lang="en"
# Does it really learn? The data come from a layer with $W = [2,\; -1]$ and $b = 0.5$. Starting from zeros, learning should find these numbers again.


# %%
def learn():
    rng = np.random.default_rng(4)
    X = rng.normal(size=(50, 2))
    T = X @ np.array([[2.0], [-1.0]]) + 0.5
    W, b, losses = fit_linear(X, T, np.zeros((1, 2)), np.zeros(1), 0.3, 100)
    return [("W", W), ("b", b), ("loss", losses[0], losses[-1])]


# %%
check.show(learn)

# %% [markdown] lang="ko"
# ## 여기까지
#
# 강의의 점검 목록 가운데 이 노트북에서 다룬 용어: **역전파**와 **순전파**(이번에는 벡터로), **경사 하강법**(gradient descent algorithm), **완전 연결 층**(fully-connected layer), 그리고 제곱 오차로 만든 비용(squared error loss). 값을 맞히는 이런 문제는 회귀(regression)라고 불러요.
#
# 세 가지를 가져가세요. 기울기의 모양은 변수의 모양. 복사한 것은 더하기. 새 backward는 늘 재 보기.
#
# 다음 노트북에서는 이 층의 출력 하나에 시그모이드를 붙여요. 첫 노트북의 그 뉴런이고, 이번에는 진짜 데이터로 배워요.
# %% [markdown] lang="en"
# ## So far
#
# Words of the lecture's check list that this notebook covered: **back** and **forward propagation**, now with vectors; the **gradient descent algorithm**; the **fully-connected layer**; and a loss made of squared errors. Guessing a value like this is called regression.
#
# Take three things along. A gradient has its variable's shape. What was copied is added up. A new backward is always measured.
#
# In the next notebook one output of this layer gets a sigmoid: it is the neuron of the first notebook, and this time it learns from real data.

# %%
check.progress("2_vector_backprop")
