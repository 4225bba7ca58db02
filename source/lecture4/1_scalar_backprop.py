# ---
# jupyter:
#   gradschool:
#     title:
#       ko: 역전파 (스칼라)
#       en: Backpropagation (scalar)
#     minutes: 195
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown] lang="ko"
# # 역전파 (스칼라)
#
# 학습이란 가중치(weight)를 조금씩 고치는 일이에요. 어느 쪽으로 고칠지는 기울기(gradient)가 알려 주고요.
# 이 노트북에서는 그 기울기를 구하는 방법을 맨 처음부터 만들어요. 숫자로 재 보는 느린 방법에서 시작해서, 마지막에는 **계산 그래프가 스스로 거꾸로 걸어가는** 작은 자동 미분기를 완성해요.
#
# - **걸리는 시간**: 세 시간 정도. 하루에 다 하지 않아도 괜찮아요.
# - **필요한 것**: 파이썬 함수와 클래스, 고등학교 미분, 경사 하강법(gradient descent)을 한 번 들어 본 기억.
# - **하는 방법**: 빈 셀을 채우고, 바로 아래 검사 셀을 실행해요. 틀리면 *무엇이* 틀렸는지 말해 줘요. 막히면 증상별 힌트를 펼쳐 보세요.
# - **점수**: 열 문제, 25점. 보이는 검사와 채점할 때만 돌아가는 검사에 점수가 따로 있어요.
#
# 다음 노트북은 여기서 만든 숫자 하나짜리 규칙을 벡터와 행렬로 옮겨요.
# %% [markdown] lang="en"
# # Backpropagation (scalar)
#
# Learning means changing weights a little at a time, and the gradient says which way. In this notebook you build the means to get
# that gradient, from nothing: first by measuring, which is slow, and in the end with a small engine in which **a computational graph walks backward by itself**.
#
# - **Time**: about three hours. It need not be one evening.
# - **You need**: Python functions and classes, school calculus, and to have heard of gradient descent once.
# - **How it works**: fill in the empty cell, then run the check right below it. When something is wrong it says *what*. When you are stuck, open the hint titled by your symptom.
# - **Points**: ten exercises, 25 points. The check you see and the one that runs only when your work is graded have points of their own.
#
# The next notebook carries the rules you find here from single numbers to vectors and matrices.

# %% setup
import math

import numpy as np

from gradschool import check, figures, numeric, reference

check.language("{lang}")

# %% [markdown] lang="ko"
# 위의 셀을 먼저 실행하세요(Shift+Enter). 아무 말이 없으면 준비가 된 거예요.
# %% [markdown] lang="en"
# Run the cell above first (Shift+Enter). If it says nothing, you are ready.

# %% [markdown] lang="ko" exercise="numerical_derivative" minutes=10
# ## 1. 수치 미분
#
# 미분계수는 극한으로 정의해요: $\frac{df}{dx} = \lim_{h \to 0} \frac{f(x+h) - f(x)}{h}$. 이 식은 $x$와 $x+h$, 두 점을 봐요.
# 컴퓨터는 극한을 계산하지 못하지만 작은 $h$는 넣어 볼 수 있어요. 그런데 $x$의 오른쪽만 보는 대신 **양쪽을 똑같이** 보면 훨씬 정확해져요:
#
# $$\frac{df}{dx} \approx \frac{f(x+h) - f(x-h)}{2h}$$
#
# 오른쪽만 볼 때의 오차는 $h$에 비례하고, 양쪽을 볼 때의 오차는 $h^2$에 비례해요. 수치 미분은 느리고 근삿값이지만 쓰기 쉬워요. 그래서 앞으로 우리의 **심판**이 돼요.
#
# **할 일**: `numerical_derivative(f, x, h)`가 중앙 차분(centred difference)을 돌려주도록 완성하세요. (10분, 2점)
# %% [markdown] lang="en" exercise="numerical_derivative" minutes=10
# ## 1. The numerical derivative
#
# The derivative is defined by a limit: $\frac{df}{dx} = \lim_{h \to 0} \frac{f(x+h) - f(x)}{h}$. It looks at two points, $x$ and $x+h$.
# A computer takes no limits, but it can try a small $h$. And if it looks **equally far to both sides** of $x$, not to the right alone, it gets far closer:
#
# $$\frac{df}{dx} \approx \frac{f(x+h) - f(x-h)}{2h}$$
#
# Looking to one side, the error shrinks like $h$; looking to both, like $h^2$. Measuring like this is slow and approximate, and easy to write. That makes it our **referee** from now on.
#
# **To do**: let `numerical_derivative(f, x, h)` return the centred difference. (10 minutes, 2 points)

# %% [markdown] lang="ko"
# 쓰기 전에 먼저 맞혀 보세요. $f(x) = x^2$, $x = 3$, $h = 0.1$일 때 **한쪽만** 본 값 $\frac{f(3.1) - f(3)}{0.1}$은 얼마일까요? 진짜 기울기는 6이에요.
# %% [markdown] lang="en"
# Before you write, a guess. For $f(x) = x^2$, $x = 3$ and $h = 0.1$, what does the **one-sided** quotient $\frac{f(3.1) - f(3)}{0.1}$ give? The true slope is 6.

# %%
guess = None
check.predict(guess, (3.1**2 - 3**2) / 0.1, tolerance=0.001)

# %% solution="numerical_derivative"
def numerical_derivative(f, x, h=1e-5):
    """Measure the slope of f at x with the centred difference.

    f : function of one number
    x : float
    h : float, how far to look to each side
    Returns a float.
    """
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION

# %% check="numerical_derivative-check" points=1
check.call("numerical_derivative", numerical_derivative, lambda x: x**2, 3.0, 0.1)
check.call("numerical_derivative", numerical_derivative, math.exp, 1.0, 0.5)

# %% check="numerical_derivative-hidden" points=1
check.later(
    en="other functions, and whether the error really falls with h².",
    ko="다른 함수들, 그리고 오차가 정말 h²으로 줄어드는지 봐요.",
)
### BEGIN HIDDEN TESTS
check.call("numerical_derivative", numerical_derivative, lambda x: x**3 - 2 * x, -1.5, 0.2)
check.call("numerical_derivative", numerical_derivative, math.sin, 0.7, 0.3)
check.call("numerical_derivative", numerical_derivative, lambda x: math.exp(2 * x), 0.4, 0.01)
check.call("numerical_derivative", numerical_derivative, lambda x: math.exp(2 * x), -0.9)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="numerical_derivative"
# <details><summary>거의 맞는데 마지막 몇 자리가 달라요</summary>
#
# 어디를 보고 있는지 수직선에 그려 보세요. $x$가 두 점의 한가운데에 있나요?
# </details>
#
# <details><summary>딱 두 배(또는 절반)가 나와요</summary>
#
# 두 점 사이의 거리를 재 보세요. `f(x + h)`를 부른 점과 `f(x - h)`를 부른 점은 얼마나 떨어져 있나요? 파이썬에서 `a / 2 * h`는 `(a / 2) * h`라는 것도 떠올려 보고요.
# </details>
# %% [markdown] lang="en" hints="numerical_derivative"
# <details><summary>Nearly right, but the last digits differ</summary>
#
# Draw where you are looking on a number line. Is $x$ in the middle of your two points?
# </details>
#
# <details><summary>I get exactly twice (or half) of it</summary>
#
# Measure the distance between your two points: the one where you call `f(x + h)` and the one where you call `f(x - h)`. And remember that Python reads `a / 2 * h` as `(a / 2) * h`.
# </details>

# %% [markdown] lang="ko"
# $h$는 작을수록 좋을까요? 아래 그림에서 슬라이더를 움직여 보세요. 두 축 모두 로그 눈금이에요.
# %% [markdown] lang="en"
# Is a smaller $h$ always better? Move the slider below. Both axes are logarithmic.

# %%
figures.derivative_error(numerical_derivative)

# %% [markdown] lang="ko" exercise="gradient_descent" minutes=10
# ## 2. 기울기를 왜 구하나: 경사 하강법
#
# 기울기가 있으면 비용(cost)이 줄어드는 쪽으로 한 걸음씩 갈 수 있어요.
#
# $$W := W - \alpha \frac{\partial}{\partial W} cost(W)$$
#
# $\alpha$는 학습률(learning rate)이에요. 걸음마다 **그 자리에서** 기울기를 다시 구해요.
#
# **할 일**: `gradient_descent(gradient, w, learning_rate, steps)`가 출발점을 포함한 길 전체, 즉 `steps + 1`개의 수를 담은 리스트를 돌려주도록 완성하세요. (10분, 2점)
# %% [markdown] lang="en" exercise="gradient_descent" minutes=10
# ## 2. What a gradient is for: gradient descent
#
# With a gradient you can walk, one step at a time, to where the cost is lower.
#
# $$W := W - \alpha \frac{\partial}{\partial W} cost(W)$$
#
# $\alpha$ is the learning rate. At every step the gradient is taken anew, **at the place where you stand**.
#
# **To do**: let `gradient_descent(gradient, w, learning_rate, steps)` return the whole path, the start included: a list of `steps + 1` floats. (10 minutes, 2 points)

# %% [markdown] lang="ko"
# 비용이 $w^2$이면 기울기는 $2w$예요. $w = 4$에서 $\alpha = 0.25$로 **두 걸음** 가면 어디에 있을까요?
# %% [markdown] lang="en"
# For the cost $w^2$ the gradient is $2w$. From $w = 4$, with $\alpha = 0.25$, where are you after **two** steps?

# %%
guess = None
check.predict(guess, reference.gradient_descent(lambda w: 2 * w, 4.0, 0.25, 2)[-1])

# %% solution="gradient_descent"
def gradient_descent(gradient, w, learning_rate, steps):
    """Walk downhill and remember the way.

    gradient : function of w, the slope of the cost there
    w : float, the start
    learning_rate : float
    steps : int
    Returns a list of steps + 1 floats, the start first.
    """
    ### BEGIN SOLUTION
    path = [w]
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return path
    ### END SOLUTION

# %% check="gradient_descent-check" points=1
check.call("gradient_descent", gradient_descent, lambda w: 2 * w, 4.0, 0.25, 3)

# %% check="gradient_descent-hidden" points=1
check.later(
    en="other costs and rates, a rate that is too large, and no step at all.",
    ko="다른 비용과 학습률, 너무 큰 학습률, 그리고 한 걸음도 안 가는 경우를 봐요.",
)
### BEGIN HIDDEN TESTS
check.call("gradient_descent", gradient_descent, lambda w: 4 * w**3 - 2 * w + 1, -1.3, 0.05, 7)
check.call("gradient_descent", gradient_descent, lambda w: 2 * (w - 3), 1.7, 1.1, 4)
check.call("gradient_descent", gradient_descent, lambda w: 2 * w, 5.5, 0.3, 0)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="gradient_descent"
# <details><summary>길이가 하나 모자라요</summary>
#
# `steps = 0`이면 무엇이 나와야 할까요? 한 걸음도 안 갔을 때 서 있는 곳은 어디인가요?
# </details>
#
# <details><summary>비용이 커져요</summary>
#
# 기울기는 오르막을 가리켜요. 그럼 우리는 어느 쪽으로 가야 하죠?
# </details>
#
# <details><summary>첫 걸음은 맞는데 두 번째부터 달라요</summary>
#
# 두 번째 걸음에서 `gradient`에 넣은 값이 무엇인지 `print`해 보세요. 지금 서 있는 자리인가요, 출발점인가요?
# </details>
# %% [markdown] lang="en" hints="gradient_descent"
# <details><summary>One number is missing from my list</summary>
#
# What should come back for `steps = 0`? Where do you stand before the first step?
# </details>
#
# <details><summary>The cost grows</summary>
#
# The gradient points uphill. Which way is yours?
# </details>
#
# <details><summary>The first step is right, the second is not</summary>
#
# Print what you hand to `gradient` in the second step. Is it where you stand now, or where you started?
# </details>

# %%
figures.descent(gradient_descent)

# %% [markdown] lang="ko" exercise="chain_rule" minutes=15
# ## 3. 합성함수의 미분: 연쇄 법칙
#
# 역전파는 결국 합성함수의 미분이에요. $F = g(h(x))$이면 $F' = g'(h(x)) \cdot h'(x)$.
# 세 겹이면 $f'(g(h(x))) \cdot g'(h(x)) \cdot h'(x)$. 도함수마다 **그 함수가 실제로 받은 값**을 넣는다는 점을 눈여겨보세요.
#
# **할 일**: 함수들의 리스트와 그 도함수들의 리스트(둘 다 **안쪽부터**), 그리고 $x$를 받아 합성함수의 기울기를 돌려주세요. (15분, 2점)
# %% [markdown] lang="en" exercise="chain_rule" minutes=15
# ## 3. A function inside a function: the chain rule
#
# Backpropagation is the derivative of a composition, no more. If $F = g(h(x))$ then $F' = g'(h(x)) \cdot h'(x)$;
# three deep it is $f'(g(h(x))) \cdot g'(h(x)) \cdot h'(x)$. Look closely where each slope is taken: at **what its own function was given**.
#
# **To do**: from a list of functions and a list of their derivatives, both **innermost first**, and an $x$, return the slope of the composition. (15 minutes, 2 points)

# %% [markdown] lang="ko"
# $x = 3$을 $h(x) = 2x$에 넣고, 그 결과를 $g(u) = u^2$에 넣어요. 합성함수의 기울기는 얼마일까요?
# %% [markdown] lang="en"
# First $h(x) = 2x$, then $g(u) = u^2$, at $x = 3$. What is the slope?

# %%
guess = None
check.predict(guess, reference.chain_rule([lambda x: 2 * x, lambda u: u**2], [], 3.0))

# %% solution="chain_rule"
def chain_rule(functions, derivatives, x):
    """Return the slope at x of functions applied one after the other.

    functions : list of functions of one number, the innermost first
    derivatives : list of their derivatives, in the same order
    x : float
    Returns a float.
    """
    ### BEGIN SOLUTION
    slope = 1.0
    for function, derivative in zip(functions, derivatives):
        slope *= derivative(x)
        x = function(x)
    return slope
    ### END SOLUTION

# %% check="chain_rule-check" points=1
check.call("chain_rule", chain_rule, [lambda x: 2 * x, lambda u: u**2], [lambda x: 2.0, lambda u: 2 * u], 3.0)
check.call(
    "chain_rule",
    chain_rule,
    [lambda x: x**2 + 1, math.sin, math.exp],
    [lambda x: 2 * x, math.cos, math.exp],
    0.6,
)

# %% check="chain_rule-hidden" points=1
check.later(en="one function alone, and chains of four and six.", ko="함수 하나짜리, 그리고 넷, 여섯 겹을 봐요.")
### BEGIN HIDDEN TESTS
check.call("chain_rule", chain_rule, [math.sin], [math.cos], 0.4)
check.call(
    "chain_rule",
    chain_rule,
    [lambda x: 3 - x, lambda x: x**3, lambda x: x / 4, math.exp],
    [lambda x: -1.0, lambda x: 3 * x**2, lambda x: 0.25, math.exp],
    1.3,
)
check.call(
    "chain_rule",
    chain_rule,
    [math.exp, lambda x: 1 / x, math.sin, lambda x: x + 2, lambda x: x**2, lambda x: 0.5 * x],
    [math.exp, lambda x: -1 / x**2, math.cos, lambda x: 1.0, lambda x: 2 * x, lambda x: 0.5],
    -0.7,
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="chain_rule"
# <details><summary>함수가 하나일 때만 맞아요</summary>
#
# 두 번째 함수는 $x$를 받지 않아요. 무엇을 받나요? 종이에 $x \to h(x) \to g(h(x))$를 화살표로 그리고, 각 화살표 위에 그 자리의 기울기를 적어 보세요.
# </details>
#
# <details><summary>리스트를 어느 쪽부터 돌아야 할지 모르겠어요</summary>
#
# $x$를 가장 먼저 만나는 함수가 누구인지 보세요. 그 함수의 기울기를 재기 전에 $x$를 바꾸면 어떻게 될까요?
# </details>
#
# <details><summary>뼈대가 필요해요</summary>
#
# 지금까지의 기울기와 지금의 값, 두 변수를 들고 리스트를 한 번 돌아요. 한 바퀴에서 하는 일은 둘: 기울기에 무엇을 곱하고, 값을 다음으로 넘기기. 순서에 주의하세요.
# </details>
# %% [markdown] lang="en" hints="chain_rule"
# <details><summary>Right for one function only</summary>
#
# The second function is not given $x$. What is it given? Draw $x \to h(x) \to g(h(x))$ with arrows, and write on each arrow the slope at that place.
# </details>
#
# <details><summary>I do not know from which end to walk the list</summary>
#
# Which function meets $x$ first? And what happens if you move $x$ on before you take that function's slope?
# </details>
#
# <details><summary>I need a skeleton</summary>
#
# Walk the list once with two variables in hand: the slope so far and the value so far. Each round does two things, multiply something into the slope, and move the value on. Mind the order.
# </details>

# %% [markdown] lang="ko"
# ## 계산 그래프
#
# 계산 과정을 그림으로 그린 것이 **계산 그래프**(computational graph)예요. 노드(node)는 연산, 간선(edge)은 흘러가는 데이터예요.
# 중요한 건 **국소적 계산**이에요. 게이트(gate) 하나는 자기에게 들어온 값만 보고, 그래프 전체가 어떻게 생겼는지는 몰라도 돼요.
# 아래 그림의 슬라이더를 한 칸씩 움직여 보세요. 먼저 값이 앞으로(간선 위의 수), 그다음 기울기가 뒤로(간선 아래의 수) 가요.
# %% [markdown] lang="en"
# ## The computational graph
#
# Draw a calculation as a picture and you have a **computational graph**: a node is an operation, an edge is the data flowing into it.
# What matters is that the work is **local**. A gate sees only what comes in at its own inputs and need not know what the rest of the graph looks like.
# Move the slider below one step at a time: first values go forward (above the edges), then gradients come backward (below them).

# %%
figures.circuit("sum_times", x=1.0, y=2.0, z=1.5)

# %% [markdown] lang="ko" exercise="sum_times" minutes=15
# ## 4. 첫 역전파: (x + y)·z
#
# $f = (x + y)\,z$를 봐요. $q = x + y$라고 이름 붙이면 $f = qz$예요. 게이트마다 미분은 한 줄이면 돼요: $\frac{\partial q}{\partial x} = \frac{\partial q}{\partial y} = 1$, $\frac{\partial f}{\partial q} = z$, $\frac{\partial f}{\partial z} = q$.
# 끝에서 시작해요. 게이트마다 출력 쪽에서 온 **상류 기울기**(upstream gradient)에 자기의 **국소 기울기**(local gradient)를 곱해서 입력 쪽으로 넘겨요.
#
# 앞으로 이 약속을 계속 써요. `이름_forward(...)`는 `(out, cache)`를, `이름_backward(dout, cache)`는 입력 순서대로 기울기를 돌려줘요. `cache`에는 돌아올 때 필요한 것을 뭐든 담아 두세요. 안을 들여다보는 사람은 여러분뿐이에요.
# 검사 셀은 상류 기울기를 아무 수로나 골라서 넣어 봐요. 그래프의 이 다음에 무엇이 있는지 게이트는 모르니까요.
#
# **할 일**: `sum_times_forward`와 `sum_times_backward`. (15분, 2점)
# %% [markdown] lang="en" exercise="sum_times" minutes=15
# ## 4. The first way back: (x + y)·z
#
# Take $f = (x + y)\,z$. Call $x + y$ by a name, $q$; then $f = qz$. Each gate's own derivative takes a line: $\frac{\partial q}{\partial x} = \frac{\partial q}{\partial y} = 1$, $\frac{\partial f}{\partial q} = z$, $\frac{\partial f}{\partial z} = q$.
# From the end to the start, every gate multiplies the **upstream gradient** that came back to it by its own **local gradient** and hands the product on.
#
# One convention from here on: `name_forward(...)` returns `(out, cache)`, and `name_backward(dout, cache)` returns the gradients in the order of the inputs. Put into `cache` whatever you will need on the way back; nobody but you looks inside.
# A check picks any number for the upstream gradient: what comes after it in the graph, no gate can know.
#
# **To do**: `sum_times_forward` and `sum_times_backward`. (15 minutes, 2 points)

# %% [markdown] lang="ko"
# $x = -2,\; y = 5,\; z = -4$이면 $f = -12$예요. 상류 기울기가 1일 때 $(\partial f/\partial x, \partial f/\partial y, \partial f/\partial z)$는? `guess = (…, …, …)`로 적어 보세요.
# %% [markdown] lang="en"
# With $x = -2,\; y = 5,\; z = -4$ we get $f = -12$. For an upstream gradient of 1, what are $(\partial f/\partial x, \partial f/\partial y, \partial f/\partial z)$? Write `guess = (…, …, …)`.

# %%
guess = None
check.predict(guess, numeric.gradient(lambda v: reference.sum_times(*v), [-2.0, 5.0, -4.0]))

# %% solution="sum_times-forward"
def sum_times_forward(x, y, z):
    """Compute f = (x + y)·z.

    x, y, z : float
    Returns (f, cache).
    """
    ### BEGIN SOLUTION
    q = x + y
    return q * z, (q, z)
    ### END SOLUTION

# %% solution="sum_times-backward"
def sum_times_backward(df, cache):
    """Go back from f to its three inputs.

    df : float, the upstream gradient, dL/df
    cache : what sum_times_forward put there
    Returns (dx, dy, dz), floats.
    """
    ### BEGIN SOLUTION
    q, z = cache
    dq = df * z
    return dq, dq, df * q
    ### END SOLUTION

# %% check="sum_times-check" points=1
check.backward("sum_times", sum_times_forward, sum_times_backward, x=-2.0, y=5.0, z=-4.0, dout=1.0)
check.backward("sum_times", sum_times_forward, sum_times_backward, x=-2.0, y=5.0, z=-4.0, dout=2.5)

# %% check="sum_times-hidden" points=1
check.later(en="other numbers and other upstream gradients.", ko="다른 수와 다른 상류 기울기를 넣어 봐요.")
### BEGIN HIDDEN TESTS
check.backward("sum_times", sum_times_forward, sum_times_backward, x=1.7, y=-0.4, z=3.2)
check.backward("sum_times", sum_times_forward, sum_times_backward, x=-6.3, y=2.1, z=0.6, dout=-3.7)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="sum_times"
# <details><summary>dz만 틀려요</summary>
#
# $z$를 아주 조금 키우면 $f$는 그 몇 배만큼 커질까요? $z$ 자신인가요, $z$와 곱해지는 것인가요?
# </details>
#
# <details><summary>첫 번째 줄은 통과하는데 상류 기울기가 2.5이면 틀려요</summary>
#
# 상류 기울기가 1일 때는 곱하는 것을 잊어도 티가 안 나요. `df`가 세 기울기에 모두 들어가나요?
# </details>
# %% [markdown] lang="en" hints="sum_times"
# <details><summary>Only dz is wrong</summary>
#
# Let $z$ grow by very little. How many times that does $f$ grow: $z$ times, or as many times as what $z$ is multiplied with?
# </details>
#
# <details><summary>Passes with an upstream gradient of 1 and not with 2.5</summary>
#
# With 1, leaving a factor out does not show. Does `df` reach all three gradients?
# </details>

# %%
figures.circuit("sum_times", sum_times_forward, sum_times_backward)

# %% [markdown] lang="ko" exercise="gates" minutes=20
# ## 5. 세 가지 버릇: 똑같이 주고, 바꾸고, 보내고
#
# 게이트 셋이면 거의 모든 것을 만들 수 있어요. 뒤로 갈 때는 저마다 버릇이 있어요.
#
# | 게이트 | 뒤로 갈 때 하는 일 |
# |---|---|
# | 덧셈(add) | 받은 기울기를 양쪽에 **똑같이** 돌려줘요(distributor) |
# | 곱셈(mul) | 서로의 값을 **바꿔서** 곱해 줘요(switcher) |
# | 최댓값(max) | 이긴 쪽으로만 **보내요**(router) |
#
# **할 일**: 세 게이트의 forward와 backward. 두 입력이 똑같은 경우의 max는 검사하지 않아요. 그 점에서는 기울기가 하나로 정해지지 않거든요. (20분, 3점)
# %% [markdown] lang="en" exercise="gates" minutes=20
# ## 5. Three patterns: distribute, switch, route
#
# Three gates are enough for almost anything. On the way back each has a character of its own.
#
# | gate | what it does going backward |
# |---|---|
# | add | **distributes** what it gets to all its inputs |
# | mul | **switches**: each input's share is scaled by the other one's value |
# | max | **routes** it to the input that won |
#
# **To do**: forward and backward of all three. A max with two equal inputs is never checked: at that point there is no single gradient. (20 minutes, 3 points)

# %% [markdown] lang="ko"
# $\max(3, -1)$에 상류 기울기 $2$가 돌아왔어요. 두 입력은 각각 무엇을 받을까요? `guess = [..., ...]`
# %% [markdown] lang="en"
# An upstream gradient of $2$ has come back to $\max(3, -1)$. What does each of the two inputs get? `guess = [..., ...]`

# %%
guess = None
check.predict(
    guess,
    [
        2.0 * numeric.derivative(lambda x: reference.maximum(x, -1.0), 3.0),
        2.0 * numeric.derivative(lambda y: reference.maximum(3.0, y), -1.0),
    ],
)

# %% solution="gates-add"
def add_forward(x, y):
    """Return (x + y, cache) for floats x and y."""
    ### BEGIN SOLUTION
    return x + y, None
    ### END SOLUTION


def add_backward(dout, cache):
    """Return (dx, dy) for the upstream gradient dout."""
    ### BEGIN SOLUTION
    return dout, dout
    ### END SOLUTION

# %% solution="gates-mul"
def mul_forward(x, y):
    """Return (x · y, cache) for floats x and y."""
    ### BEGIN SOLUTION
    return x * y, (x, y)
    ### END SOLUTION


def mul_backward(dout, cache):
    """Return (dx, dy) for the upstream gradient dout."""
    ### BEGIN SOLUTION
    x, y = cache
    return dout * y, dout * x
    ### END SOLUTION

# %% solution="gates-max"
def max_forward(x, y):
    """Return (the larger of x and y, cache) for floats x and y."""
    ### BEGIN SOLUTION
    return max(x, y), x > y
    ### END SOLUTION


def max_backward(dout, cache):
    """Return (dx, dy) for the upstream gradient dout."""
    ### BEGIN SOLUTION
    x_won = cache
    return (dout, 0.0) if x_won else (0.0, dout)
    ### END SOLUTION

# %% check="gates-check" points=2
check.backward("add", add_forward, add_backward, x=-2.0, y=5.0)
check.backward("mul", mul_forward, mul_backward, x=-2.0, y=5.0)
check.backward("max", max_forward, max_backward, x=-2.0, y=5.0)

# %% check="gates-hidden" points=1
check.later(en="other numbers, and the larger one in the first place.", ko="다른 수, 그리고 첫 번째 입력이 더 큰 경우를 봐요.")
### BEGIN HIDDEN TESTS
check.backward("add", add_forward, add_backward, x=0.3, y=-7.1, dout=-2.2)
check.backward("mul", mul_forward, mul_backward, x=0.3, y=-7.1, dout=-2.2)
check.backward("mul", mul_forward, mul_backward, x=3.0, y=3.0, dout=1.6)
check.backward("max", max_forward, max_backward, x=0.3, y=-7.1, dout=-2.2)
check.backward("max", max_forward, max_backward, x=-8.4, y=-1.9, dout=0.7)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="gates"
# <details><summary>곱셈에서 두 값이 서로 바뀌었대요</summary>
#
# $y$를 상수 5라고 생각하고 $5x$를 $x$로 미분해 보세요. 무엇이 남나요?
# </details>
#
# <details><summary>max에서 한쪽은 왜 0이에요?</summary>
#
# $\max(-2, 5)$에서 $-2$를 $-1.9$로 바꾸면 결과가 움직이나요? 움직이지 않는 것의 기울기는?
# </details>
#
# <details><summary>backward에서 x와 y를 어떻게 알죠?</summary>
#
# forward가 지나갈 때 `cache`에 넣어 두면 돼요. 무엇이 필요한지는 게이트마다 달라요. 덧셈은 아무것도 필요 없어요.
# </details>
# %% [markdown] lang="en" hints="gates"
# <details><summary>mul: it says my two values are exchanged</summary>
#
# Think of $y$ as the constant 5, and differentiate $5x$ with respect to $x$. What is left?
# </details>
#
# <details><summary>max: why does one side get 0?</summary>
#
# In $\max(-2, 5)$, change $-2$ to $-1.9$. Does the result move? What is the slope of something that does not move?
# </details>
#
# <details><summary>How does backward know x and y?</summary>
#
# Forward passed by them: it can leave them in `cache`. What is needed differs from gate to gate; add needs nothing.
# </details>

# %%
figures.gates(add=(add_forward, add_backward), mul=(mul_forward, mul_backward), max=(max_forward, max_backward))

# %% [markdown] lang="ko" exercise="local_gradients" minutes=10
# ## 6. 미분표 네 줄
#
# 다음 예제에 필요한 게이트 네 개예요. forward는 드릴게요. 각 forward가 `cache`에 무엇을 남기는지 보고, backward를 쓰세요.
#
# | $f(x)$ | $\frac{df}{dx}$ | cache |
# |---|---|---|
# | $e^x$ | $e^x$ | 출력 |
# | $1/x$ | $-1/x^2$ | $x$ |
# | $c + x$ | $1$ | 없음(`None`) |
# | $ax$ | $a$ | $a$ |
#
# $c$와 $a$는 상수라서 $dx$만 돌려줘요.
#
# **할 일**: `exp_backward`, `reciprocal_backward`, `shift_backward`, `scale_backward`. (10분, 2점)
# %% [markdown] lang="en" exercise="local_gradients" minutes=10
# ## 6. Four lines of a table
#
# Four gates that the next example is made of. Their forwards are given: look what each leaves in `cache`, and write the way back.
#
# | $f(x)$ | $\frac{df}{dx}$ | cache |
# |---|---|---|
# | $e^x$ | $e^x$ | the output |
# | $1/x$ | $-1/x^2$ | $x$ |
# | $c + x$ | $1$ | nothing (`None`) |
# | $ax$ | $a$ | $a$ |
#
# $c$ and $a$ are constants, so only $dx$ comes back.
#
# **To do**: `exp_backward`, `reciprocal_backward`, `shift_backward`, `scale_backward`. (10 minutes, 2 points)

# %% [markdown] lang="ko"
# $1/x$ 게이트에 $x = 1.37$이 들어왔고 상류 기울기는 $1$이에요. 무엇이 돌아올까요? 소수 둘째 자리까지요. (이 수는 곧 다시 만나요.)
# %% [markdown] lang="en"
# $x = 1.37$ came into the gate $1/x$, and its upstream gradient is $1$. What goes back, to two decimals? (You will meet this number again soon.)

# %%
guess = None
check.predict(guess, numeric.derivative(reference.reciprocal, 1.37))

# %%
def exp_forward(x):
    out = math.exp(x)
    return out, out


def reciprocal_forward(x):
    return 1 / x, x


def shift_forward(x, c):
    return c + x, None


def scale_forward(x, a):
    return a * x, a

# %% solution="local_gradients"
def exp_backward(dout, cache):
    """Return dx; cache is the output of exp_forward."""
    ### BEGIN SOLUTION
    return dout * cache
    ### END SOLUTION


def reciprocal_backward(dout, cache):
    """Return dx; cache is x."""
    ### BEGIN SOLUTION
    return -dout / cache**2
    ### END SOLUTION


def shift_backward(dout, cache):
    """Return dx; cache is None."""
    ### BEGIN SOLUTION
    return dout
    ### END SOLUTION


def scale_backward(dout, cache):
    """Return dx; cache is a."""
    ### BEGIN SOLUTION
    return dout * cache
    ### END SOLUTION

# %% check="local_gradients-check" points=1
check.local("exp", exp_backward, x=-1.0)
check.local("reciprocal", reciprocal_backward, x=1.37)
check.local("shift", shift_backward, x=0.37, c=1.0)
check.local("scale", scale_backward, x=1.0, a=-1.0)

# %% check="local_gradients-hidden" points=1
check.later(en="other inputs, negative and small, and other constants.", ko="음수와 작은 수 같은 다른 입력, 그리고 다른 상수를 넣어 봐요.")
### BEGIN HIDDEN TESTS
check.local("exp", exp_backward, x=2.3, dout=-1.4)
check.local("reciprocal", reciprocal_backward, x=-0.6, dout=2.7)
check.local("shift", shift_backward, x=-3.1, c=4.2, dout=-0.8)
check.local("scale", scale_backward, x=-2.6, a=3.5, dout=0.45)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="local_gradients"
# <details><summary>exp에서 e를 두 번 씌운 것 같대요</summary>
#
# `cache`에 든 것은 $x$가 아니라 $e^x$예요. 이미 구한 것을 또 구할 필요가 있을까요?
# </details>
#
# <details><summary>상류 기울기를 빠뜨렸대요</summary>
#
# 표에 있는 것은 국소 기울기뿐이에요. 게이트가 넘겨주는 것은 *국소 기울기 × 상류 기울기*예요.
# </details>
# %% [markdown] lang="en" hints="local_gradients"
# <details><summary>exp: it seems I took e to the power of it twice</summary>
#
# What lies in `cache` is not $x$, it is $e^x$. Must you compute what you already have?
# </details>
#
# <details><summary>It says the upstream gradient is left out</summary>
#
# The table shows local gradients alone. What a gate hands on is *local gradient × upstream gradient*.
# </details>

# %% [markdown] lang="ko" exercise="neuron_graph" minutes=25
# ## 7. 뉴런 하나를 끝까지
#
# $$f(w, x) = \frac{1}{1 + e^{-(w_0 x_0 + w_1 x_1 + w_2)}}$$
#
# 여기서 고치고 싶은 것은 $w$예요. 그런데 어떤 슬라이드에는 마지막 항이 $w_2 x_2$로 적혀 있어요. 그래프를 따라가 보면 $x_2$는 없고 $w_2$ 혼자 더해져요. 이 노트북은 그래프를 따라요.
#
# $w = (2, -3, -3)$, $x = (-1, -2)$일 때 앞으로 가는 값은 $-2,\ 6,\ 4,\ 1,\ -1,\ 0.37,\ 1.37,\ 0.73$이에요. 그림을 열고 뒤로 한 걸음씩 가 보세요. 1/x 게이트에서 $-0.53$, 그다음 $-0.53$, $-0.20$, $0.20$.
# %% [markdown] lang="en" exercise="neuron_graph" minutes=25
# ## 7. One neuron, all the way
#
# $$f(w, x) = \frac{1}{1 + e^{-(w_0 x_0 + w_1 x_1 + w_2)}}$$
#
# The $w$ are what we want to change. Some slides print the last term as $w_2 x_2$; follow the graph, and there is no $x_2$, only $w_2$ added by itself. This notebook follows the graph.
#
# For $w = (2, -3, -3)$ and $x = (-1, -2)$ the values on the way forward are $-2,\ 6,\ 4,\ 1,\ -1,\ 0.37,\ 1.37,\ 0.73$. Open the picture and walk backward gate by gate: $-0.53$ at the $1/x$ gate, then $-0.53$, $-0.20$, $0.20$.

# %%
figures.circuit("neuron")

# %% [markdown] lang="ko"
# 덧셈 게이트까지 $0.20$이 돌아왔어요. 이제 곱셈 게이트예요: $w_0 = 2$, $x_0 = -1$. $(dw_0, dx_0)$을 소수 둘째 자리까지 맞혀 보세요. `guess = (…, …)`
# %% [markdown] lang="en"
# $0.20$ has come back to the add gate. Now the product: $w_0 = 2$, $x_0 = -1$. What are $(dw_0, dx_0)$, to two decimals? `guess = (…, …)`

# %%
guess = None
check.predict(guess, numeric.gradient(lambda v: reference.neuron_graph(v[0], v[1], -3.0, -2.0, -3.0), [2.0, -1.0]))

# %% [markdown] lang="ko"
# 슬라이드는 이미 반올림한 $0.2$에 2를 곱해서 $0.4$라고 적어요. 반올림을 마지막에 하면 $0.39$예요.
#
# **할 일**: `neuron_graph_forward`와 `neuron_graph_backward`. 게이트를 하나씩 거꾸로 밟으면 돼요. (25분, 3점)
# %% [markdown] lang="en"
# The slide multiplies the $0.2$ it has already rounded and prints $0.4$. Rounded at the end it is $0.39$.
#
# **To do**: `neuron_graph_forward` and `neuron_graph_backward`. Step on the gates one by one, in the opposite order. (25 minutes, 3 points)

# %% solution="neuron_graph-forward"
def neuron_graph_forward(w0, x0, w1, x1, w2):
    """Compute the sigmoid of w0·x0 + w1·x1 + w2, gate by gate.

    w0, x0, w1, x1, w2 : float
    Returns (out, cache).
    """
    ### BEGIN SOLUTION
    total = w0 * x0 + w1 * x1 + w2
    exponential = math.exp(-total)
    denominator = 1 + exponential
    return 1 / denominator, (w0, x0, w1, x1, exponential, denominator)
    ### END SOLUTION

# %% solution="neuron_graph-backward"
def neuron_graph_backward(dout, cache):
    """Go back from the output to the five inputs.

    dout : float, the upstream gradient
    Returns (dw0, dx0, dw1, dx1, dw2), floats.
    """
    ### BEGIN SOLUTION
    w0, x0, w1, x1, exponential, denominator = cache
    ddenominator = -dout / denominator**2
    dexponent = ddenominator * exponential
    dtotal = -dexponent
    return dtotal * x0, dtotal * w0, dtotal * x1, dtotal * w1, dtotal
    ### END SOLUTION

# %% check="neuron_graph-check" points=2
check.backward(
    "neuron_graph", neuron_graph_forward, neuron_graph_backward, w0=2.0, x0=-1.0, w1=-3.0, x1=-2.0, w2=-3.0, dout=1.0
)
check.backward("neuron_graph", neuron_graph_forward, neuron_graph_backward, w0=0.4, x0=1.5, w1=0.7, x1=-0.9, w2=0.2)

# %% check="neuron_graph-hidden" points=1
check.later(
    en="other weights and inputs, sums between −6 and 6, other upstream gradients.",
    ko="다른 가중치와 입력, −6에서 6 사이의 합, 다른 상류 기울기를 넣어 봐요.",
)
### BEGIN HIDDEN TESTS
check.backward(
    "neuron_graph", neuron_graph_forward, neuron_graph_backward, w0=-1.2, x0=2.5, w1=0.8, x1=-1.6, w2=-1.1, dout=-3.3
)
check.backward(
    "neuron_graph", neuron_graph_forward, neuron_graph_backward, w0=1.1, x0=2.2, w1=-0.6, x1=-3.1, w2=1.2, dout=1.9
)
check.backward("neuron_graph", neuron_graph_forward, neuron_graph_backward, w0=0.3, x0=-0.4, w1=1.4, x1=0.2, w2=0.5)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="neuron_graph"
# <details><summary>어디서부터 시작해야 할지 모르겠어요</summary>
#
# forward에서 중간값마다 이름을 붙이세요. 이름 하나가 게이트 하나예요. backward는 그 이름들을 아래에서 위로 읽으면서, 이름마다 `d이름`을 하나씩 만들면 돼요.
# </details>
#
# <details><summary>부호가 반대로 나와요</summary>
#
# 거꾸로 가는 길에 마이너스를 두 번 만나요. 하나는 $1/x$의 미분에, 하나는 $-1$을 곱하는 게이트에. 둘 다 지나왔나요?
# </details>
#
# <details><summary>dw와 dx가 서로 바뀌었대요</summary>
#
# 곱셈 게이트의 버릇을 떠올려 보세요. $w_0$에게 가는 몫에는 누구의 값이 곱해지나요?
# </details>
# %% [markdown] lang="en" hints="neuron_graph"
# <details><summary>I do not know where to begin</summary>
#
# In forward, give every value in between a name: a name is a gate. Backward reads those names from the bottom up and makes one `dname` for each.
# </details>
#
# <details><summary>My signs are the other way round</summary>
#
# There are two minus signs on the way: one in the derivative of $1/x$, one in the gate that multiplies by $-1$. Did you pass both?
# </details>
#
# <details><summary>It says dw and dx are exchanged</summary>
#
# Think of the product's character. Whose value scales the share that goes to $w_0$?
# </details>

# %%
figures.circuit("neuron", neuron_graph_forward, neuron_graph_backward)

# %% [markdown] lang="ko" exercise="sigmoid_gate" minutes=15
# ## 8. 게이트 넷을 하나로: 시그모이드
#
# 방금 지나온 $\times(-1)$, $\exp$, $+1$, $1/x$를 한 덩어리로 묶으면 시그모이드(sigmoid) $\sigma(x) = \frac{1}{1+e^{-x}}$예요. 국소 기울기도 깔끔해져요.
#
# $$\frac{d\sigma}{dx} = \frac{e^{-x}}{(1+e^{-x})^2} = (1 - \sigma(x))\,\sigma(x)$$
#
# 어디까지를 한 게이트로 볼지는 우리가 정하는 거예요. 묶으면 기억할 것도, 계산도 줄어요. 시그모이드는 이진 분류(O/X)의 마지막 함수로 다시 만나요.
#
# **할 일**: `sigmoid_forward`와 `sigmoid_backward`. 입력은 ±6 안이에요. (15분, 2점)
# %% [markdown] lang="en" exercise="sigmoid_gate" minutes=15
# ## 8. Four gates in one: the sigmoid
#
# Tie the gates you have just passed, $\times(-1)$, $\exp$, $+1$ and $1/x$, into one and it is the sigmoid, $\sigma(x) = \frac{1}{1+e^{-x}}$. Its local gradient is neat:
#
# $$\frac{d\sigma}{dx} = \frac{e^{-x}}{(1+e^{-x})^2} = (1 - \sigma(x))\,\sigma(x)$$
#
# Where a gate begins and ends is ours to choose; a bigger one has less to remember and less to compute. You will meet the sigmoid again as the last function of a yes/no classifier.
#
# **To do**: `sigmoid_forward` and `sigmoid_backward`. Inputs stay within ±6. (15 minutes, 2 points)

# %% [markdown] lang="ko"
# $\sigma(x)$가 $0.73$인 곳의 국소 기울기는 얼마일까요? 소수 둘째 자리까지. 방금 네 게이트를 지나 얻은 수와 견줘 보세요.
# %% [markdown] lang="en"
# Where $\sigma(x)$ is $0.73$, what is the local gradient, to two decimals? Hold it against what came through the four gates.

# %%
guess = None
check.predict(guess, numeric.derivative(reference.sigmoid_gate, 1.0))

# %% solution="sigmoid_gate"
def sigmoid_forward(x):
    """Return (sigmoid of x, cache) for a float x within ±6."""
    ### BEGIN SOLUTION
    out = 1 / (1 + math.exp(-x))
    return out, out
    ### END SOLUTION


def sigmoid_backward(dout, cache):
    """Return dx for the upstream gradient dout."""
    ### BEGIN SOLUTION
    out = cache
    return dout * out * (1 - out)
    ### END SOLUTION

# %% check="sigmoid_gate-check" points=1
check.backward("sigmoid_gate", sigmoid_forward, sigmoid_backward, x=1.0, dout=1.0)
check.backward("sigmoid_gate", sigmoid_forward, sigmoid_backward, x=-2.3)

# %% check="sigmoid_gate-hidden" points=1
check.later(en="other inputs, out to ±6.", ko="±6까지 다른 입력을 넣어 봐요.")
### BEGIN HIDDEN TESTS
check.backward("sigmoid_gate", sigmoid_forward, sigmoid_backward, x=0.0, dout=-2.6)
check.backward("sigmoid_gate", sigmoid_forward, sigmoid_backward, x=5.9, dout=1.7)
check.backward("sigmoid_gate", sigmoid_forward, sigmoid_backward, x=-5.8, dout=0.6)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="sigmoid_gate"
# <details><summary>값은 그럴듯한데 기울기가 틀려요</summary>
#
# 식에 나오는 것은 $x$가 아니라 $\sigma(x)$예요. `cache`에 무엇을 담았는지 보세요.
# </details>
#
# <details><summary>dout이 1일 때만 맞아요</summary>
#
# $(1 - \sigma)\sigma$는 이 게이트 **자신의** 기울기예요. 게이트 넷을 하나로 묶었어도 게이트는 게이트예요. 돌아온 것에 무엇을 해야 하나요?
# </details>
# %% [markdown] lang="en" hints="sigmoid_gate"
# <details><summary>The value is fine, the gradient is not</summary>
#
# What stands in the formula is $\sigma(x)$, not $x$. Look what you left in `cache`.
# </details>
#
# <details><summary>It is right for dout = 1 only</summary>
#
# $(1 - \sigma)\sigma$ is the gate's **own** slope. Four gates in one are still a gate: what does a gate do with what comes back to it?
# </details>

# %% [markdown] lang="ko" exercise="fan_out" minutes=15
# ## 9. 한 값이 두 번 쓰이면: (x + y)·max(x, y)
#
# 슬라이드는 건너뛰지만 다들 여기서 한 번 넘어져요. $x$는 덧셈에도, 최댓값에도 들어가요. 그래서 출력까지 가는 **길이 둘**이에요.
# $x$를 조금 움직이면 두 길이 모두 움직이고, 출력은 두 움직임의 **합**만큼 움직여요.
#
# **할 일**: `fan_out_forward`와 `fan_out_backward`. (15분, 2점)
# %% [markdown] lang="en" exercise="fan_out" minutes=15
# ## 9. A value used twice: (x + y)·max(x, y)
#
# The slides skip this one, and everybody stumbles on it once. $x$ goes into the sum and into the maximum, so there are **two paths** from it to the output.
# Move $x$ a little and both paths move; the output moves by the **sum** of the two.
#
# **To do**: `fan_out_forward` and `fan_out_backward`. (15 minutes, 2 points)

# %% [markdown] lang="ko"
# $x = 3,\; y = 1$이면 $f = 4 \cdot 3 = 12$예요. $\partial f/\partial x$는 얼마일까요?
# %% [markdown] lang="en"
# With $x = 3,\; y = 1$ we get $f = 4 \cdot 3 = 12$. What is $\partial f/\partial x$?

# %%
guess = None
check.predict(guess, numeric.derivative(lambda x: reference.fan_out(x, 1.0), 3.0))

# %% solution="fan_out"
def fan_out_forward(x, y):
    """Return ((x + y) · max(x, y), cache) for floats x and y."""
    ### BEGIN SOLUTION
    return (x + y) * max(x, y), (x, y)
    ### END SOLUTION


def fan_out_backward(df, cache):
    """Return (dx, dy) for the upstream gradient df."""
    ### BEGIN SOLUTION
    x, y = cache
    dsum, dmax = df * max(x, y), df * (x + y)
    return dsum + (dmax if x > y else 0.0), dsum + (0.0 if x > y else dmax)
    ### END SOLUTION

# %% check="fan_out-check" points=1
check.backward("fan_out", fan_out_forward, fan_out_backward, x=3.0, y=1.0, dout=1.0)
check.backward("fan_out", fan_out_forward, fan_out_backward, x=1.5, y=3.0)

# %% check="fan_out-hidden" points=1
check.later(en="other numbers, negative ones too.", ko="다른 수와 음수를 봐요.")
### BEGIN HIDDEN TESTS
check.backward("fan_out", fan_out_forward, fan_out_backward, x=-1.4, y=2.2, dout=1.8)
check.backward("fan_out", fan_out_forward, fan_out_backward, x=-0.6, y=-3.7, dout=-2.4)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="fan_out"
# <details><summary>길 하나가 빠졌대요</summary>
#
# 종이에 그래프를 그리고, $x$에서 출력까지 갈 수 있는 길을 색연필로 모두 칠해 보세요. 길마다 무엇이 돌아오나요? 두 번째가 도착했을 때 첫 번째는 어떻게 되어야 하죠?
# </details>
#
# <details><summary>x가 더 클 때는 맞고 y가 더 클 때는 틀려요</summary>
#
# 덧셈으로 난 길은 언제나 둘 다에게 이어져요. 최댓값으로 난 길은요? 누가 이겼는지 backward가 어떻게 알 수 있을까요?
# </details>
# %% [markdown] lang="en" hints="fan_out"
# <details><summary>It says one path is missing</summary>
#
# Draw the graph on paper and colour every way from $x$ to the output. What comes back along each? And when the second arrives, what must happen to the first?
# </details>
#
# <details><summary>Right when x is the larger, wrong when y is</summary>
#
# The path through the sum leads to both of them, always. And the one through the maximum? How can backward know who won?
# </details>

# %%
figures.circuit("fan_out", fan_out_forward, fan_out_backward)

# %% [markdown] lang="ko" exercise="value" minutes=60
# ## 10. 스스로 걷는 그래프: Value
#
# 지금까지는 backward를 손으로 썼어요. 이제 숫자가 **자기가 무엇으로 만들어졌는지 기억**하게 해요. 그러면 `loss.backward()` 한 번으로 그래프 전체가 거꾸로 걸어가요.
#
# - `Value(data)`에는 `.data`와 `.grad`(처음엔 0)가 있어요.
# - `+`, `*`, `-`(앞에 붙는 것도), `/`, `.exp()`가 새 `Value`를 만들어요. 어느 쪽에든 그냥 숫자가 와도 돼요: `2 * a`, `1 / a`.
# - `.backward()`는 자기의 `.grad`를 1로 놓고, 그래프에 있는 모든 `Value`의 `.grad`를 채워요. 게이트 하나가 넘겨주기 전에, **자기에게 올 몫이 모두 도착해** 있어야 해요.
# - 긴 그래프(게이트 5,000개)에서도 동작해야 해요.
#
# 그래프 전체의 `.grad`를 0으로 되돌린 다음이라면 `.backward()`를 다시 불러도 같은 답이 나와야 해요. 되돌리지 않았을 때 어떻게 되는지는 정하지 않아요.
#
# **할 일**: `Value`의 메서드들. (60분, 5점)
# %% [markdown] lang="en" exercise="value" minutes=60
# ## 10. A graph that walks by itself: Value
#
# So far you wrote every backward by hand. Now let a number **remember what it was made of**. Then one `loss.backward()` walks the whole graph.
#
# - `Value(data)` has `.data` and `.grad` (0 at first).
# - `+`, `*`, `-` (in front of one, too), `/` and `.exp()` make a new `Value`. On either side a plain number will do: `2 * a`, `1 / a`.
# - `.backward()` sets its own `.grad` to 1 and fills in the `.grad` of every `Value` in the graph. Before a gate hands anything on, **everything that is coming to it must have arrived**.
# - A long graph (5,000 gates) must be walked too.
#
# Once every `.grad` in the graph has been set back to 0, a second `.backward()` gives the same again. What it gives when they were not set back is left open.
#
# **To do**: the methods of `Value`. (60 minutes, 5 points)

# %% [markdown] lang="ko"
# $b = 2a,\; c = b + 1,\; d = bc$, 그리고 $a = 3$. `d.backward()` 뒤에 `a.grad`는 얼마여야 할까요? 종이에 그래프를 그려 보세요. $b$에서 나가는 길이 몇 개인가요?
# %% [markdown] lang="en"
# $b = 2a,\; c = b + 1,\; d = bc$ with $a = 3$. What must `a.grad` be after `d.backward()`? Draw the graph: how many ways lead out of $b$?

# %%
guess = None
check.predict(guess, reference.numerical_derivative(lambda a: 2 * a * (2 * a + 1), 3.0))

# %% solution="value"
class Value:
    """A number that remembers what it was made of.

    data : float, the number
    grad : float, the gradient of the value that .backward() was called on, with respect to this one
    """

    def __init__(self, data):
        ### BEGIN SOLUTION
        self.data = data
        self.grad = 0.0
        self.inputs = ()  # pairs: an input, and the local gradient with respect to it
        ### END SOLUTION

    def __add__(self, other):
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data)
        out.inputs = ((self, 1.0), (other, 1.0))
        return out
        ### END SOLUTION

    def __mul__(self, other):
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data)
        out.inputs = ((self, other.data), (other, self.data))
        return out
        ### END SOLUTION

    def __neg__(self):
        ### BEGIN SOLUTION
        return self * -1.0
        ### END SOLUTION

    def __sub__(self, other):
        ### BEGIN SOLUTION
        return self + other * -1.0
        ### END SOLUTION

    def __truediv__(self, other):
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data / other.data)
        out.inputs = ((self, 1 / other.data), (other, -out.data / other.data))
        return out
        ### END SOLUTION

    def __radd__(self, other):  # 2 + a
        ### BEGIN SOLUTION
        return self + other
        ### END SOLUTION

    def __rmul__(self, other):  # 2 * a
        ### BEGIN SOLUTION
        return self * other
        ### END SOLUTION

    def __rsub__(self, other):  # 2 - a
        ### BEGIN SOLUTION
        return Value(other) - self
        ### END SOLUTION

    def __rtruediv__(self, other):  # 2 / a
        ### BEGIN SOLUTION
        return Value(other) / self
        ### END SOLUTION

    def exp(self):
        ### BEGIN SOLUTION
        out = Value(math.exp(self.data))
        out.inputs = ((self, out.data),)
        return out
        ### END SOLUTION

    def backward(self):
        """Fill in .grad for every Value that this one was made of."""
        ### BEGIN SOLUTION
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, inputs_done = stack.pop()
            if inputs_done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((each, False) for each, _ in node.inputs)
        self.grad = 1.0
        for node in reversed(order):
            for each, local in node.inputs:
                each.grad += local * node.grad
        ### END SOLUTION

# %% check="value-check" points=3
check.graph("value", Value, lambda x, y, z: (x + y) * z, x=-2.0, y=5.0, z=-4.0)
check.graph("value", Value, lambda a, b: a * b + 2 * a + 3, a=1.7, b=-0.6)
check.graph("value", Value, lambda a, b: (a - b) / (b * b) - 1 / a, a=2.3, b=1.4)
check.graph("value", Value, lambda a: 1 / (1 + (-a).exp()), a=0.8)

# %% check="value-hidden" points=2
check.later(
    en="values used twice, an order that must be right, 5,000 gates in a row, and backward twice with every .grad set to 0 in between.",
    ko="두 번 쓰이는 값, 순서가 중요한 그래프, 게이트 5,000개가 이어진 것, 그리고 모든 .grad를 0으로 되돌린 뒤 다시 부르는 backward를 봐요.",
)
### BEGIN HIDDEN TESTS
check.graph("value", Value, lambda a: a + a, a=1.3)


def reused(a):
    b = 2 * a
    c = b + 1
    return b * c


check.graph("value", Value, reused, a=3.0)


def crossing(a, b):
    c = a * b
    d = c + a
    e = d * c
    return e - (d / 2 + 1) * 3 + 2 - b


check.graph("value", Value, crossing, a=-1.2, b=0.7)


def long_chain(a):
    out = a
    for _ in range(2500):
        out = out * 1.0004 + 0.0003
    return out


check.graph("value", Value, long_chain, a=0.9)


def kept(a, b):
    c = a * b
    d = c + a
    e = d * c
    return [c, d, e, e.exp()]


check.graph_twice("value", Value, kept, a=0.6, b=-0.9)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="value"
# <details><summary>무엇을 기억하게 해야 할지 모르겠어요</summary>
#
# 게이트가 뒤로 갈 때 필요한 것은 둘이에요. *누구에게* 보내는가, *몇 배*로 보내는가(국소 기울기). 새 `Value`를 만들 때 이 둘을 짝지어 담아 두면 돼요.
# </details>
#
# <details><summary><code>a + a</code>에서 1이 나와요</summary>
#
# `a`는 두 길로 출력에 닿아요. 두 번째 몫이 왔을 때 첫 번째 몫은 어디로 갔나요?
# </details>
#
# <details><summary>간단한 식은 맞는데 d = b·c가 틀려요</summary>
#
# $b$가 자기 몫을 넘겨준 순간, $c$를 거쳐 오는 몫은 이미 도착해 있었나요? 입력이 모두 자기보다 *앞*에 오도록 `Value`들을 줄 세우고(위상 정렬, topological sort), 그 줄을 거꾸로 걸어 보세요.
# </details>
#
# <details><summary>RecursionError가 나요</summary>
#
# 자기를 다시 부르는 함수는 약 1,000번까지만 깊어질 수 있어요. 아직 들르지 않은 것을 리스트에 쌓아 두고 하나씩 꺼내 보세요.
# </details>
#
# <details><summary>2 * a에서 TypeError가 나요</summary>
#
# 숫자 `2`는 `Value`와 곱하는 법을 몰라요. 그래서 파이썬은 `a.__rmul__(2)`를 불러요.
# </details>
# %% [markdown] lang="en" hints="value"
# <details><summary>I do not know what to remember</summary>
#
# On its way back a gate needs two things: *to whom* it sends, and *how many times* (the local gradient). When you make a new `Value`, put these away in pairs.
# </details>
#
# <details><summary><code>a + a</code> gives me 1</summary>
#
# `a` reaches the output by two paths. When the second share came, where did the first one go?
# </details>
#
# <details><summary>Simple ones are right, d = b·c is not</summary>
#
# At the moment when $b$ handed on its share, had the one that comes by way of $c$ arrived? Line the `Value`s up so that whatever one was made of stands *before* it (a topological sort), and walk that line backward.
# </details>
#
# <details><summary>RecursionError</summary>
#
# A function that calls itself may go about 1,000 deep. Keep what is still to visit in a list and take one out at a time.
# </details>
#
# <details><summary>2 * a gives a TypeError</summary>
#
# The number `2` does not know how to multiply with a `Value`. So Python asks `a.__rmul__(2)`.
# </details>

# %% [markdown] lang="ko"
# 아까 종이에 그린 $b = 2a,\; c = b + 1,\; d = bc$를 여러분의 `Value`에게도 물어봐요. 아래 셀은 $a = 3$에서 `a.grad`를 보여 줘요. 종이에서 얻은 수와 같나요? 다르다면, 게이트들이 어떤 **순서**로 넘겨줬는지 보세요.
# %% [markdown] lang="en"
# Ask your `Value`, too, about the $b = 2a,\; c = b + 1,\; d = bc$ that you drew on paper. The cell below shows `a.grad` at $a = 3$. Is it the number from your paper? If not, look at the **order** in which the gates handed on.

# %%
def graph_on_paper():
    a = Value(3.0)
    b = 2 * a
    d = b * (b + 1)
    d.backward()
    return a.grad


# %%
check.show(graph_on_paper)

# %%
figures.circuit("(a*b + 1) * a", Value=Value, a=2.0, b=-3.0)

# %% [markdown] lang="ko"
# 여러분의 클래스가 만든 그래프라면 무엇이든 이 그림으로 볼 수 있어요. 아래 `mine`은 위에서 답을 맞혀 본 $d = bc$예요. 함수 안을 고쳐서 다른 식도 그려 보세요. `Value`를 완성한 뒤에는 어느 셀에서나 `d.circuit()`이라고 써도 돼요.
# %% [markdown] lang="en"
# The picture fits every graph that your class builds. `mine` below is $d = bc$, the one you predicted above. Change what the function builds, and see your own formula. Once `Value` is written, `d.circuit()` works in any cell.

# %%
Value.circuit = figures.value_circuit


def mine():
    a = Value(3.0)
    b = 2 * a
    c = b + 1
    d = b * c
    return d


figures.value_circuit(mine)

# %% [markdown] lang="ko"
# ## 여기까지
#
# 강의의 점검 목록 가운데 이 노트북에서 다룬 용어: **역전파**(back propagation), **순전파**(forward propagation), **경사 하강법**(gradient descent), 그리고 **시그모이드**의 정의.
# 게이트의 규칙은 하나뿐이었어요. *국소 기울기 × 상류 기울기*, 두 길이면 더하기.
#
# 다음 노트북에서는 같은 규칙을 벡터와 행렬에 써요. 국소 기울기는 야코비안(Jacobian)이 되고, 곱셈은 벡터-야코비안 곱이 돼요. 그리고 이 뉴런은 세 번째 노트북에서 다시 만나요.
# %% [markdown] lang="en"
# ## So far
#
# Words of the lecture's check list that this notebook covered: **back propagation**, **forward propagation**, **gradient descent**, and what a **sigmoid** is.
# There was only one rule for a gate: *local gradient × upstream gradient*, and where two paths meet, add.
#
# The next notebook takes the same rule to vectors and matrices: the local gradient becomes a Jacobian, the product a vector-Jacobian product. And you will meet this neuron again in the third.

# %%
check.progress("1_scalar_backprop")
