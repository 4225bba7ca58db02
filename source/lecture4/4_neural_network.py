# ---
# jupyter:
#   gradschool:
#     title:
#       ko: "신경망: MLP와 활성 함수"
#       en: "Neural Network: MLP and activations"
#     minutes: 240
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown] lang="ko"
# # 신경망: MLP와 활성 함수
#
# 뉴런 하나로는 XOR의 네 점도 가를 수 없었어요. 서로 겹치지도 않는데 말이죠. 그래서 뉴런을 나란히 세워 층(layer)을 만들고, 층을 쌓아요.
# 이 노트북이 끝나면 **여러분이 처음부터 끝까지 쓴 신경망**이 사람의 손글씨 숫자를 읽어요. 라이브러리의 역전파는 한 줄도 빌리지 않고요.
#
# - **걸리는 시간**: 네 시간 정도. 문제마다 시간이 적혀 있으니 나누어 하세요.
# - **이어받는 것**: 첫 노트북의 시그모이드 게이트, 두 번째 노트북의 `linear`와 ReLU의 벡터-야코비안 곱, 세 번째 노트북의 뉴런과 로그 손실. 여기서는 그것들을 층층이 이어요.
# - **넘겨주는 것**: 강의의 점검 목록에 있는 용어 열 개, 그리고 어떤 도구를 쓰게 되든 그 안을 들여다볼 눈. 다음부터 라이브러리가 대신 해 줄 일을 여러분은 한 번 직접 해 본 거예요.
# - **점수**: 일곱 문제, 25점. 보이는 검사와 채점할 때만 돌아가는 검사에 점수가 따로 있어요.
#
# 길은 이래요. 층을 그냥 쌓으면 왜 소용이 없는지 보고(1), 층 사이에 넣을 함수 여섯 개를 만들고(2), 슬라이드의 신경망을 앞으로 지나가고(3), 출력에 붙일 헤드(head) 셋을 만든 다음(4), 이 모두를 이어 거꾸로 걷고(5), 학습시켜요(6). 마지막은 강의의 점검 목록이에요(7).
# %% [markdown] lang="en"
# # Neural Network: MLP and activations
#
# One neuron could not do XOR, four points that do not even overlap. So we stand neurons side by side in a layer, and put layer upon layer.
# At the end of this notebook **a network that you wrote from the first line to the last** reads digits that people wrote by hand. Not a line of anybody's backpropagation library is in it.
#
# - **Time**: about four hours. Every exercise says what it takes, so spread them out.
# - **What it picks up**: the sigmoid gate of the first notebook, `linear` and the ReLU's vector-Jacobian product of the second, the neuron and its log loss of the third. Here they are put in a row.
# - **Hands on**: the ten words of the lecture's check list, and eyes to look inside whatever tool you will use. What a library does for you from now on, you have once done by hand.
# - **Points**: seven exercises, 25 points. The check you see and the one that runs only when your work is graded have points of their own.
#
# The way: see why piling up layers alone is no use (1), make six functions to put between them (2), walk forward through the slide's network (3), make three heads for its output (4), join it all up and walk backward (5), and let it learn (6). Last comes the lecture's check list (7).

# %% setup
import numpy as np

from gradschool import check, data, figures, numeric, reference

check.language("{lang}")

# %% [markdown] lang="ko" exercise="collapse" minutes=15
# ## 1. 쌓기만 하면 무너져요
#
# 층 하나는 $Wx + b$예요. 셋을 쌓으면
#
# $$W_3\,(W_2\,(W_1 x + b_1) + b_2) + b_3 = W_4 x + b_4$$
#
# 세 층이 한 층으로 무너져요(collapse). 깊이 쌓은 보람이 없죠. $W_4$와 $b_4$가 무엇인지 직접 구해서 확인해 봐요.
#
# **할 일**: `layers`는 `(W, b)`의 리스트이고 **먼저 지나가는 층이 먼저** 나와요. 이 모두와 같은 일을 하는 층 하나 `(W, b)`를 돌려주세요. 층은 하나일 수도, 많을 수도 있어요. (15분, 2점)
# %% [markdown] lang="en" exercise="collapse" minutes=15
# ## 1. Piled up alone, they collapse
#
# A layer is $Wx + b$. Pile up three and
#
# $$W_3\,(W_2\,(W_1 x + b_1) + b_2) + b_3 = W_4 x + b_4$$
#
# the three collapse into one. All that depth for nothing. See for yourself what $W_4$ and $b_4$ are.
#
# **To do**: `layers` is a list of `(W, b)`, **the one that is applied first stands first**. Return the one layer `(W, b)` that does what all of them do. There may be a single layer, or many. (15 minutes, 2 points)

# %% [markdown] lang="ko"
# 숫자 하나짜리 층 셋이에요: $2x + 1$, 그다음 $3x - 1$, 그다음 $0.5x + 4$. 하나로 합치면 `[기울기, 절편]`은? `guess = [..., ...]`
# %% [markdown] lang="en"
# Three layers of a single number: $2x + 1$, then $3x - 1$, then $0.5x + 4$. Made into one, what are its `[slope, offset]`? `guess = [..., ...]`

# %%
guess = None
three = [
    (np.array([[slope]]), np.array([offset]))
    for slope, offset in ((2.0, 1.0), (3.0, -1.0), (0.5, 4.0))
]
check.predict(guess, [array.item() for array in reference.collapse(three)])

# %% solution="collapse"
def collapse(layers):
    """Make one linear layer of many.

    layers : list of (W, b), the first one applied first
        each W an array (outputs, inputs), each b an array (outputs,)
    Returns (W, b): W has the last layer's outputs and the first layer's inputs.
    """
    ### BEGIN SOLUTION
    W, b = layers[0]
    for W_above, b_above in layers[1:]:
        W, b = W_above @ W, W_above @ b + b_above
    return W, b
    ### END SOLUTION

# %% check="collapse-check" points=1
random = check.random(41)
check.call("collapse", collapse, [(random(m, d), random(m)) for d, m in ((2, 4), (4, 5), (5, 3))])
check.call("collapse", collapse, [(random(m, d), random(m)) for d, m in ((3, 4), (4, 2))])

# %% check="collapse-hidden" points=1
check.later(
    en="one layer alone, five layers, and a single input or output.",
    ko="층 하나, 층 다섯, 그리고 입력이나 출력이 하나뿐인 경우를 봐요.",
)
### BEGIN HIDDEN TESTS
random = check.random(42)
check.call("collapse", collapse, [(random(3, 2), random(3))])
check.call(
    "collapse",
    collapse,
    [(random(m, d), random(m)) for d, m in ((3, 6), (6, 2), (2, 5), (5, 7), (7, 4))],
)
check.call(
    "collapse", collapse, [(random(m, d), random(m)) for d, m in ((1, 4), (4, 3), (3, 2), (2, 1))]
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="collapse"
# <details><summary>ValueError: matmul … 오류가 나요</summary>
#
# $W_3$은 $W_2 W_1$의 왼쪽에 서요. 먼저 지나가는 층이 $x$에 더 가까워요. 곱하기 전에 두 행렬의 크기를 적어 보세요. 안쪽 두 수가 같아야 해요.
# </details>
#
# <details><summary>W는 맞는데 b가 틀려요</summary>
#
# $x = 0$을 넣고 종이에서 걸어 보세요. $b_1$은 $W_2$를 만나고, 그 결과는 $W_3$도 만나요. $b_3$은 아무도 만나지 않아요. 지금까지의 $b$는 다음 층에서 어떻게 되나요?
# </details>
#
# <details><summary>층이 둘일 때만 맞아요</summary>
#
# 식을 통째로 외우지 말고 한 걸음만 생각해요. 지금까지를 $Wx + b$ 하나로 들고 있다가, 그 위에 층 하나를 올리면 새 $W$와 새 $b$는 무엇인가요?
# </details>
# %% [markdown] lang="en" hints="collapse"
# <details><summary>ValueError: matmul …</summary>
#
# $W_3$ stands to the left of $W_2 W_1$: whoever is applied first stands closer to $x$. Write down the sizes of both before you multiply; the inner two have to agree.
# </details>
#
# <details><summary>W is right, b is not</summary>
#
# Put in $x = 0$ and walk on paper. $b_1$ meets $W_2$, and what comes of that meets $W_3$. $b_3$ meets nobody. What happens to the $b$ that you have so far in the next layer?
# </details>
#
# <details><summary>It is right for two layers only</summary>
#
# Do not learn the formula by heart, think of one step. Hold everything so far as a single $Wx + b$. Put one layer on top: what are the new $W$ and the new $b$?
# </details>

# %% [markdown] lang="ko"
# 아래 그림에는 선형 층이 셋 있어요. 층 사이에 활성 함수를 끼우는 스위치를 켜 보세요. 경계가 어떻게 되나요?
# %% [markdown] lang="en"
# Below are three linear layers. Throw the switch that puts an activation between them. What becomes of the boundary?

# %%
figures.collapse(collapse)

# %% [markdown] lang="ko" exercise="activations" minutes=60
# ## 2. 활성 함수 여섯 개
#
# 무너지지 않게 하려면 층 사이에 **비선형**(nonlinear) 함수를 넣어야 해요. 그것이 활성 함수(activation function)예요. 슬라이드의 여섯 개를 모두 만들어요.
#
# | 이름 | $f(x)$ |
# |---|---|
# | 시그모이드(sigmoid) | $\frac{1}{1 + e^{-x}}$ |
# | tanh | $\tanh(x)$ |
# | ReLU | $\max(0, x)$ |
# | Leaky ReLU | $\max(0.1x, x)$ |
# | ELU | $x \ge 0$이면 $x$, 아니면 $\alpha(e^x - 1)$ |
# | Maxout | $\max(w_1^\top x + b_1,\; w_2^\top x + b_2)$ |
#
# 모두 게이트예요. forward는 `(out, cache)`를, backward는 *상류 기울기 × 국소 기울기*를 돌려줘요. $x$는 어떤 모양의 배열이든 되고, `dout`도 그 모양이에요. 한 칸의 기울기는 그 칸만 보고 정해져요. 야코비안이 대각행렬이니까요(두 번째 노트북의 ReLU를 떠올려 보세요).
#
# 받은 배열을 고치지 마세요. `dout[x < 0] = 0`은 부른 사람의 `dout`까지 바꿔요.
#
# **할 일**: 함수마다 forward와 backward를 쓰고, 바로 아래 검사를 돌려요. 하나가 막혀도 다음 것은 할 수 있어요. (60분, 함수마다 1점, 모두 6점)
# %% [markdown] lang="en" exercise="activations" minutes=60
# ## 2. Six activations
#
# To keep the layers from collapsing, something that is **not straight** (nonlinear) has to stand between them: an activation function. Here are all six of the slide.
#
# | name | $f(x)$ |
# |---|---|
# | sigmoid | $\frac{1}{1 + e^{-x}}$ |
# | tanh | $\tanh(x)$ |
# | ReLU | $\max(0, x)$ |
# | Leaky ReLU | $\max(0.1x, x)$ |
# | ELU | $x$ where $x \ge 0$, else $\alpha(e^x - 1)$ |
# | Maxout | $\max(w_1^\top x + b_1,\; w_2^\top x + b_2)$ |
#
# They are gates, all of them: forward returns `(out, cache)`, backward *upstream gradient × local gradient*. $x$ is an array of any shape, `dout` has the same. The slope of an entry depends on that entry alone, because the Jacobian is diagonal (remember the ReLU of the second notebook).
#
# Leave the arrays that you are given as they are: `dout[x < 0] = 0` changes the caller's `dout` too.
#
# **To do**: forward and backward of each, and the check right below it. If one of them has you stuck, go on to the next. (60 minutes, 1 point for each function, 6 in all)

# %% [markdown] lang="ko"
# ### 시그모이드
#
# 첫 노트북의 시그모이드 게이트예요. 하나가 달라요. 거기서는 입력이 ±6 안에 있었는데, 여기서는 **무엇이든** 올 수 있어요. 그런데 컴퓨터의 수에는 끝이 있어요. $e^x$는 $x$가 대략 얼마일 때까지 float64에 들어갈까요? (가장 큰 수는 약 $1.8 \times 10^{308}$이에요. 십의 자리까지면 충분해요.)
# %% [markdown] lang="en"
# ### Sigmoid
#
# This is the sigmoid gate of the first notebook, with one difference. There the input stayed within ±6, here **anything** may come. And a computer's numbers end somewhere. Up to about which $x$ does $e^x$ fit into a float64, whose largest number is about $1.8 \times 10^{308}$? To the nearest ten will do.

# %%
guess = None
check.predict(guess, float(np.log(np.finfo(np.float64).max)), tolerance=0.02)

# %% [markdown] lang="ko"
# 그러니 $x = -1000$일 때 $e^{-x}$를 그대로 계산하면 안 돼요. **$\sigma(\pm 1000)$에서도 numpy 경고가 하나도 나오지 않게** 쓰세요.
# %% [markdown] lang="en"
# So $e^{-x}$ as it stands will not do for $x = -1000$. Write it so that **not even $\sigma(\pm 1000)$ gives a numpy warning**.

# %% solution="activations-sigmoid"
def sigmoid_forward(x):
    """Squash every entry into (0, 1).

    x : array, any shape; ±1000 has to pass without a numpy warning
    Returns the pair (out, cache), out in the shape of x.
    """
    ### BEGIN SOLUTION
    e = np.exp(-np.abs(x))
    out = np.where(x >= 0, 1.0, e) / (1.0 + e)
    return out, out
    ### END SOLUTION


def sigmoid_backward(dout, cache):
    """Return dx for the upstream gradient dout; both have the shape of x."""
    ### BEGIN SOLUTION
    return dout * cache * (1.0 - cache)
    ### END SOLUTION

# %% check="activations-check-sigmoid" points=0.5
random = check.random(43)
check.backward("sigmoid", sigmoid_forward, sigmoid_backward, x=random(2, 3))

# %% check="activations-hidden-sigmoid" points=0.5
check.later(en="other shapes, and inputs of ±1000.", ko="다른 모양, 그리고 ±1000을 넣어 봐요.")
### BEGIN HIDDEN TESTS
random = check.random(44)
check.backward("sigmoid", sigmoid_forward, sigmoid_backward, x=random(3, 1, 2))
check.backward(
    "sigmoid", sigmoid_forward, sigmoid_backward, x=np.array([-1000.0, -30.0, 0.4, -1.7, 1000.0])
)
### END HIDDEN TESTS

# %% [markdown] lang="ko"
# 아주 큰 수를 직접 넣어 봐요. 1과 0이 나오고, numpy가 아무 경고도 하지 않아야 해요.
# %% [markdown] lang="en"
# Put in very large numbers yourself. What should come out is 1 and 0, and no warning of numpy's.

# %%
check.show(lambda: sigmoid_forward(np.array([1000.0, -1000.0]))[0])

# %% [markdown] lang="ko"
# ### tanh
#
# 모양은 시그모이드와 닮았지만 $-1$과 $1$ 사이를 오가고, 0을 지나요. 기울기를 출력만으로 쓸 수 있는 것도 닮았어요. $\tanh' = 1 - \tanh^2$.
# %% [markdown] lang="en"
# ### tanh
#
# It looks like a sigmoid, but runs from $-1$ to $1$ and through 0. Like the sigmoid's, its slope can be written with the output alone: $\tanh' = 1 - \tanh^2$.

# %% solution="activations-tanh"
def tanh_forward(x):
    """Squash every entry into (−1, 1).

    x : array, any shape
    Returns the pair (out, cache), out in the shape of x.
    """
    ### BEGIN SOLUTION
    out = np.tanh(x)
    return out, out
    ### END SOLUTION


def tanh_backward(dout, cache):
    """Return dx for the upstream gradient dout; both have the shape of x."""
    ### BEGIN SOLUTION
    return dout * (1.0 - cache**2)
    ### END SOLUTION

# %% check="activations-check-tanh" points=0.5
random = check.random(45)
check.backward("tanh", tanh_forward, tanh_backward, x=random(2, 3))

# %% check="activations-hidden-tanh" points=0.5
check.later(en="other shapes and other numbers.", ko="다른 모양과 다른 수를 봐요.")
### BEGIN HIDDEN TESTS
random = check.random(46)
check.backward("tanh", tanh_forward, tanh_backward, x=random(7))
check.backward("tanh", tanh_forward, tanh_backward, x=1.5 * random(3, 1, 2))
### END HIDDEN TESTS

# %% [markdown] lang="ko"
# ### ReLU
#
# 음수는 막고 양수는 그대로 보내요. 뒤로 갈 때 문을 여닫는 것은 돌아오는 `dout`의 부호가 아니라 **앞으로 갈 때 들어왔던 입력**이에요. ($x = 0$에서는 기울기가 하나로 정해지지 않으니 검사하지 않아요.)
# %% [markdown] lang="en"
# ### ReLU
#
# It stops what is negative and lets the rest through. On the way back it is **the $x$ that came in** which opens and shuts the door, not the sign of the `dout` that returns. (At $x = 0$ there is no single slope, so that is never checked.)

# %% solution="activations-relu"
def relu_forward(x):
    """Return max(0, x), entry by entry.

    x : array, any shape
    Returns the pair (out, cache), out in the shape of x.
    """
    ### BEGIN SOLUTION
    return np.maximum(0.0, x), x > 0
    ### END SOLUTION


def relu_backward(dout, cache):
    """Return dx for the upstream gradient dout; both have the shape of x."""
    ### BEGIN SOLUTION
    return dout * cache
    ### END SOLUTION

# %% check="activations-check-relu" points=0.5
random = check.random(47)
check.backward("relu", relu_forward, relu_backward, x=random(3, 4))

# %% check="activations-hidden-relu" points=0.5
check.later(en="other shapes and other numbers.", ko="다른 모양과 다른 수를 봐요.")
### BEGIN HIDDEN TESTS
random = check.random(48)
check.backward("relu", relu_forward, relu_backward, x=10 * random(6))
check.backward("relu", relu_forward, relu_backward, x=random(2, 4, 3))
### END HIDDEN TESTS

# %% [markdown] lang="ko"
# ### Leaky ReLU
#
# 음수도 조금 새어 나가요. 새는 기울기는 슬라이드대로 $0.1$이에요.
# %% [markdown] lang="en"
# ### Leaky ReLU
#
# A little of what is negative leaks through. The slope of the leak is $0.1$, as on the slide.

# %% solution="activations-leaky_relu"
def leaky_relu_forward(x):
    """Return max(0.1 x, x), entry by entry.

    x : array, any shape
    Returns the pair (out, cache), out in the shape of x.
    """
    ### BEGIN SOLUTION
    return np.maximum(0.1 * x, x), np.where(x > 0, 1.0, 0.1)
    ### END SOLUTION


def leaky_relu_backward(dout, cache):
    """Return dx for the upstream gradient dout; both have the shape of x."""
    ### BEGIN SOLUTION
    return dout * cache
    ### END SOLUTION

# %% check="activations-check-leaky_relu" points=0.5
random = check.random(49)
check.backward("leaky_relu", leaky_relu_forward, leaky_relu_backward, x=random(3, 4))

# %% check="activations-hidden-leaky_relu" points=0.5
check.later(en="other shapes and other numbers.", ko="다른 모양과 다른 수를 봐요.")
### BEGIN HIDDEN TESTS
random = check.random(50)
check.backward("leaky_relu", leaky_relu_forward, leaky_relu_backward, x=10 * random(6))
check.backward("leaky_relu", leaky_relu_forward, leaky_relu_backward, x=random(2, 4, 3))
### END HIDDEN TESTS

# %% [markdown] lang="ko"
# ### ELU
#
# 0 아래를 꺾지 않고 부드럽게 눕혀요. 아래로는 $-\alpha$까지만 내려가요. `alpha`를 주지 않으면 1이에요. $\alpha$는 정해 둔 상수라서 $dx$만 돌려줘요.
#
# 여기에도 함정이 있어요. `np.where`는 **양쪽을 다 계산한 다음** 고르기 때문에, 쓰지도 않을 $e^{1000}$을 계산해요. $x = 1000$에서도 경고가 없어야 해요.
# %% [markdown] lang="en"
# ### ELU
#
# Instead of breaking off at 0 it lies down softly, and goes no lower than $-\alpha$. Without `alpha` it is 1. $\alpha$ is a constant that somebody chose, so only $dx$ comes back.
#
# There is a trap here: `np.where` **computes both sides** and picks afterwards, so it works out an $e^{1000}$ that nobody wants. There has to be no warning at $x = 1000$ either.

# %% solution="activations-elu"
def elu_forward(x, alpha=1.0):
    """Return x where x ≥ 0, and alpha · (eˣ − 1) elsewhere.

    x : array, any shape; ±1000 has to pass without a numpy warning
    alpha : float
    Returns the pair (out, cache), out in the shape of x.
    """
    ### BEGIN SOLUTION
    below = alpha * np.expm1(np.minimum(x, 0.0))
    return np.where(x > 0, x, below), np.where(x > 0, 1.0, below + alpha)
    ### END SOLUTION


def elu_backward(dout, cache):
    """Return dx for the upstream gradient dout; both have the shape of x."""
    ### BEGIN SOLUTION
    return dout * cache
    ### END SOLUTION

# %% check="activations-check-elu" points=0.5
random = check.random(51)
check.backward("elu", elu_forward, elu_backward, x=random(3, 4))
check.backward("elu", elu_forward, elu_backward, x=random(2, 3), alpha=1.7)

# %% check="activations-hidden-elu" points=0.5
check.later(
    en="other shapes, another alpha, and inputs of ±1000.",
    ko="다른 모양, 다른 alpha, 그리고 ±1000을 넣어 봐요.",
)
### BEGIN HIDDEN TESTS
random = check.random(52)
check.backward("elu", elu_forward, elu_backward, x=random(2, 4, 3), alpha=0.6)
check.backward("elu", elu_forward, elu_backward, x=np.array([-1000.0, -0.7, 1.3, 1000.0]))
check.backward(
    "elu", elu_forward, elu_backward, x=np.array([[1000.0, -1.2], [-1000.0, 0.3]]), alpha=2.5
)
### END HIDDEN TESTS

# %% [markdown] lang="ko"
# ### Maxout
#
# 이번에는 함수가 가중치를 데리고 다녀요. 행 하나마다 두 직선을 재서 큰 쪽을 내보내요. 뒤로 갈 때는 max 게이트와 같아요. **이긴 쪽으로만** 보내요. 그리고 $b_1$은 모든 행에 쓰였으니 기울기가 모여야 해요(두 번째 노트북의 $db$).
# %% [markdown] lang="en"
# ### Maxout
#
# This one brings weights of its own. For every row it measures two lines and hands on the larger. Going backward it is the max gate again: **only the winner gets it**. And $b_1$ was used by every row, so its gradients have to be gathered (the $db$ of the second notebook).

# %% solution="activations-maxout"
def maxout_forward(x, w1, b1, w2, b2):
    """Return the larger of w1·x + b1 and w2·x + b2 for every row of x.

    x : array (N, D)
    w1, w2 : array (D,)
    b1, b2 : float
    Returns the pair (out, cache), out : array (N,).
    """
    ### BEGIN SOLUTION
    first, second = x @ w1 + b1, x @ w2 + b2
    return np.maximum(first, second), (x, w1, w2, first > second)
    ### END SOLUTION


def maxout_backward(dout, cache):
    """Hand the upstream gradient back through the piece that won.

    dout : array (N,)
    Returns (dx, dw1, db1, dw2, db2), each in the shape of its variable.
    """
    ### BEGIN SOLUTION
    x, w1, w2, first_won = cache
    d1, d2 = dout * first_won, dout * ~first_won
    dx = np.outer(d1, w1) + np.outer(d2, w2)
    return dx, d1 @ x, d1.sum(), d2 @ x, d2.sum()
    ### END SOLUTION

# %% check="activations-check-maxout" points=0.5
random = check.random(53)
check.backward(
    "maxout",
    maxout_forward,
    maxout_backward,
    x=random(5, 3),
    w1=random(3),
    b1=random(),
    w2=random(3),
    b2=random(),
)

# %% check="activations-hidden-maxout" points=0.5
check.later(
    en="other sizes, and a batch of one.", ko="다른 크기, 그리고 예시가 하나뿐인 경우를 봐요."
)
### BEGIN HIDDEN TESTS
random = check.random(54)
check.backward(
    "maxout",
    maxout_forward,
    maxout_backward,
    x=random(8, 2),
    w1=random(2),
    b1=random(),
    w2=random(2),
    b2=random(),
)
check.backward(
    "maxout",
    maxout_forward,
    maxout_backward,
    x=random(1, 4),
    w1=random(4),
    b1=random(),
    w2=random(4),
    b2=random(),
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="activations"
# <details><summary>시그모이드: 값은 맞는데 numpy가 경고했대요</summary>
#
# 경고는 $e$의 지수가 너무 클 때 나요. $e^{-x}$는 $x$가 아주 작을 때 커지고, $e^{x}$는 $x$가 아주 클 때 커져요. 그럼 절대로 커지지 않는 $e^{\,?}$는 무엇일까요? $\sigma(x) = \frac{1}{1+e^{-x}}$의 위아래에 $e^x$를 곱한 모양도 적어 보고, 어느 쪽에 어느 모양을 쓸지 정해 보세요.
# </details>
#
# <details><summary>np.where로 나누었는데도 경고가 나요</summary>
#
# `np.where(조건, A, B)`가 불리기 *전에* A와 B는 이미 다 계산되어 있어요. 고르는 것이 아니라 **지수에 넣는 값 자체**를 안전하게 만들어야 해요. 지수에 들어갈 수를 0보다 크지 않게 하려면?
# </details>
#
# <details><summary>ELU: alpha가 1일 때만 맞아요</summary>
#
# $\alpha(e^x - 1)$을 $x$로 미분해 보세요. 상수 배는 미분해도 남아요. 출력에서 기울기를 만들고 있다면, 출력에 1을 더하는 것이 왜 $\alpha = 1$에서만 맞는지 보세요.
# </details>
#
# <details><summary>상류 기울기의 부호로 갈랐대요</summary>
#
# 문을 여닫는 조건에 무엇이 들어 있나요? 앞으로 갈 때의 $x$인가요, 뒤로 오는 `dout`인가요? forward에서 무엇을 `cache`에 남겨야 backward가 알 수 있을까요?
# </details>
#
# <details><summary>dout이 바뀌었대요</summary>
#
# `dout[...] = 0`이나 `dout *= ...`는 새 배열을 만들지 않고 받은 배열에 써요. 조건에 따라 0이나 1인 배열을 곱하거나, `np.where`로 새 배열을 만들면 돼요.
# </details>
#
# <details><summary>Maxout: db의 모양이 (N,)이에요</summary>
#
# $b_1$은 수 하나인데 $N$개의 행에 쓰였어요. 한 값이 여러 길로 출력에 닿으면 기울기들은 어떻게 되죠?
# </details>
#
# <details><summary>Maxout: 뼈대가 필요해요</summary>
#
# `dout`을 둘로 나누어요. 첫 번째가 이긴 행만 남긴 것, 두 번째가 이긴 행만 남긴 것. 그다음은 각각 두 번째 노트북의 `linear`와 같아요. $x$는 두 길로 쓰였으니 $dx$는 두 몫의 합이고요.
# </details>
# %% [markdown] lang="en" hints="activations"
# <details><summary>Sigmoid: the value is right, and numpy warned</summary>
#
# The warning comes from an exponent that is too large. $e^{-x}$ grows when $x$ is very negative, $e^{x}$ when it is very positive. Which $e^{\,?}$ never grows? Multiply top and bottom of $\sigma(x) = \frac{1}{1+e^{-x}}$ by $e^x$ as well, and decide which of the two forms to use on which side.
# </details>
#
# <details><summary>I used np.where, and it still warns</summary>
#
# *Before* `np.where(condition, A, B)` is called, A and B have both been computed. Picking is too late: make **what goes into the exponent** safe. How do you see to it that nothing above 0 gets in there?
# </details>
#
# <details><summary>ELU: it is right for alpha = 1 only</summary>
#
# Differentiate $\alpha(e^x - 1)$ with respect to $x$: a constant factor stays. If you build the slope from the output, look why adding 1 to it is right for $\alpha = 1$ alone.
# </details>
#
# <details><summary>It says the slopes are right and act in the wrong places</summary>
#
# What stands in the condition that opens the door: the $x$ of the way forward, or the `dout` of the way back? What must forward leave in `cache` for backward to know?
# </details>
#
# <details><summary>It says that dout has changed</summary>
#
# `dout[...] = 0` and `dout *= ...` make no new array, they write into the one they were given. Multiply by an array that holds the slopes, or let `np.where` make a new one.
# </details>
#
# <details><summary>Maxout: my db has shape (N,)</summary>
#
# $b_1$ is one number and was used in $N$ rows. When a value reaches the output by several paths, what happens to the gradients?
# </details>
#
# <details><summary>Maxout: I need a skeleton</summary>
#
# Make two of `dout`: one that keeps the rows which the first piece won, one that keeps the others. From there each is the `linear` of the second notebook. $x$ was used by both, so $dx$ is the sum of two shares.
# </details>

# %% [markdown] lang="ko"
# 여섯 개를 한자리에서 봐요. 위가 $f$, 아래가 $f'$이고 커서는 하나예요. 어디에서 기울기가 사라지나요?
# %% [markdown] lang="en"
# All six in one place, $f$ above, $f'$ below, one cursor for all. Where does the slope vanish?

# %%
figures.activations(
    sigmoid=(sigmoid_forward, sigmoid_backward),
    tanh=(tanh_forward, tanh_backward),
    relu=(relu_forward, relu_backward),
    leaky_relu=(leaky_relu_forward, leaky_relu_backward),
    elu=(elu_forward, elu_backward),
    maxout=(maxout_forward, maxout_backward),
)

# %% [markdown] lang="ko"
# 시그모이드는 가장 가파른 곳($x = 0$)에서도 기울기가 $0.25$예요. 그런 층을 **열 개** 거꾸로 지나면 기울기 1은 기껏해야 몇 분의 1이 될까요? (다른 것은 모두 1이라고 쳐요.) `guess`에는 분모를 쓰세요.
# %% [markdown] lang="en"
# Even where it is steepest, at $x = 0$, the sigmoid has a slope of $0.25$. Going back through **ten** such layers, a gradient of 1 shrinks, at best, to 1 divided by what? (Let everything else be 1.) Put that number into `guess`.

# %%
guess = None
check.predict(guess, 1 / numeric.derivative(reference.sigmoid, 0.0).item() ** 10)

# %% [markdown] lang="ko"
# 기울기가 이렇게 사라지면 앞쪽 층은 거의 배우지 못해요. 가중치의 크기를 바꿔 가며 층마다 무엇이 남는지 보세요.
# %% [markdown] lang="en"
# When gradients vanish like this, the first layers hardly learn. Change the scale of the weights and see what is left, layer by layer.

# %%
figures.saturation(
    sigmoid=(sigmoid_forward, sigmoid_backward),
    tanh=(tanh_forward, tanh_backward),
    relu=(relu_forward, relu_backward),
)

# %% [markdown] lang="ko" exercise="forward_pass" minutes=15
# ## 3. 슬라이드의 신경망을 앞으로
#
# 슬라이드에 있는 신경망이에요. 입력 셋, 뉴런 넷인 은닉층(hidden layer) 둘, 출력 하나. 모든 뉴런이 앞 층의 모든 뉴런과 이어져 있어서 완전 연결 층(fully connected layer)이라고 불러요.
#
# $$h_1 = \sigma(W_1 x + b_1), \qquad h_2 = \sigma(W_2 h_1 + b_2), \qquad out = W_3 h_2 + b_3$$
#
# 마지막에는 활성 함수가 없어요. 수를 맞히는 문제라서 나온 값을 그대로 써야 하니까요. 여기서는 슬라이드처럼 $x$가 **세로로 선 열**이에요.
#
# **할 일**: `forward_pass(x, W1, b1, W2, b2, W3, b3)`가 `out`을 돌려주도록 완성하세요. 시그모이드는 앞에서 쓴 `sigmoid_forward`를 불러도 되고, 다시 써도 돼요. (15분, 2점)
# %% [markdown] lang="en" exercise="forward_pass" minutes=15
# ## 3. Forward through the slide's network
#
# This is the network on the slide: three inputs, two hidden layers of four neurons, one output. Every neuron is joined to every one of the layer before, so these are called fully connected layers.
#
# $$h_1 = \sigma(W_1 x + b_1), \qquad h_2 = \sigma(W_2 h_1 + b_2), \qquad out = W_3 h_2 + b_3$$
#
# There is no activation at the end: the question is *how much*, and the answer must be free to be any number. As on the slide, $x$ is **a column** here.
#
# **To do**: let `forward_pass(x, W1, b1, W2, b2, W3, b3)` return `out`. For the sigmoid you may call your `sigmoid_forward`, or write it again. (15 minutes, 2 points)

# %% [markdown] lang="ko"
# 크기는 $x$ (3, 1), $W_1$ (4, 3), $W_2$ (4, 4), $W_3$ (1, 4)예요. 이 신경망은 몇 **층**이고, 배워야 할 **매개변수**(parameter)는 $b$까지 모두 몇 개일까요? `guess = [층, 매개변수]`
# %% [markdown] lang="en"
# The sizes are $x$ (3, 1), $W_1$ (4, 3), $W_2$ (4, 4), $W_3$ (1, 4). How many **layers** has this network, and how many **parameters** are there to learn, the $b$ included? `guess = [layers, parameters]`

# %%
guess = None
shapes = [(4, 3), (4, 4), (1, 4)]
check.predict(guess, [len(shapes), sum(outputs * inputs + outputs for outputs, inputs in shapes)])

# %% solution="forward_pass"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    """Compute the output of a 3-layer network with sigmoids.

    x : array (D, 1), a column; on the slide D is 3
    W1, b1 : array (H1, D), array (H1, 1); on the slide H1 is 4
    W2, b2 : array (H2, H1), array (H2, 1); on the slide H2 is 4
    W3, b3 : array (M, H2), array (M, 1); on the slide M is 1
    Returns an array (M, 1).
    """
    ### BEGIN SOLUTION
    def squash(z):
        return 1.0 / (1.0 + np.exp(-z))

    h1 = squash(W1 @ x + b1)
    h2 = squash(W2 @ h1 + b2)
    return W3 @ h2 + b3
    ### END SOLUTION

# %% check="forward_pass-check" points=1
random = check.random(55)
check.call(
    "forward_pass",
    forward_pass,
    random(3, 1),
    random(4, 3),
    random(4, 1),
    random(4, 4),
    random(4, 1),
    random(1, 4),
    random(1, 1),
)

# %% check="forward_pass-hidden" points=1
check.later(
    en="other weights, and layers of other sizes.", ko="다른 가중치, 그리고 다른 크기의 층을 봐요."
)
### BEGIN HIDDEN TESTS
random = check.random(56)
check.call(
    "forward_pass",
    forward_pass,
    random(3, 1),
    random(4, 3),
    random(4, 1),
    random(4, 4),
    random(4, 1),
    random(1, 4),
    random(1, 1),
)
check.call(
    "forward_pass",
    forward_pass,
    random(2, 1),
    random(5, 2),
    random(5, 1),
    random(3, 5),
    random(3, 1),
    random(4, 3),
    random(4, 1),
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="forward_pass"
# <details><summary>층이 몇 개인지 헷갈려요</summary>
#
# 세는 것은 가중치를 가진 층이에요. 입력은 아무것도 계산하지 않으니 세지 않아요. 은닉층은 입력도 출력도 아닌, 그 사이에 있는 층이고요.
# </details>
#
# <details><summary>매개변수가 안 맞아요</summary>
#
# 층 하나에 화살표가 (나가는 수 × 들어오는 수)개, $b$가 나가는 수만큼 있어요. 세 층을 따로 세어 더해 보세요.
# </details>
#
# <details><summary>값이 조금 달라요</summary>
#
# 세 군데를 보세요. 시그모이드가 두 번인가요? 마지막 층 뒤에는 없나요? $b$는 시그모이드 **안**에 있나요?
# </details>
# %% [markdown] lang="en" hints="forward_pass"
# <details><summary>I am not sure what counts as a layer</summary>
#
# Count the layers that have weights. The input computes nothing, so it is none. A hidden layer is one that is neither the input nor the output.
# </details>
#
# <details><summary>My number of parameters is off</summary>
#
# A layer has (outputs × inputs) arrows, and as many $b$ as outputs. Count the three layers one by one and add up.
# </details>
#
# <details><summary>My value is a little off</summary>
#
# Look at three places. Are there two sigmoids? None after the last layer? And does $b$ stand **inside** the sigmoid?
# </details>

# %% [markdown] lang="ko" exercise="heads" minutes=55
# ## 4. 출력에 붙이는 헤드 셋
#
# 신경망이 내놓는 것은 그냥 수예요. 그 수를 어떻게 읽을지는 **무엇을 물었느냐**에 달렸어요. 슬라이드는 셋으로 나눠요.
#
# | 물음 | 출력을 | 손실(loss) |
# |---|---|---|
# | 값(value): 얼마가 될까? 회귀(regression) | 그대로 | 제곱 오차 |
# | O/X: 맞아, 아니야? 이진 분류(binary) | 시그모이드에 넣어서 | 교차 엔트로피(cross entropy) |
# | 범주(category): 이 중에 뭐야? 다중 분류(multi-class) | 소프트맥스(softmax)에 넣어서 | 교차 엔트로피 |
#
# 교차 엔트로피는 세 번째 노트북의 로그 손실 그대로예요. **맞는 답에 준 확률의 $-\ln$**, 곧 음의 로그 가능도(negative log-likelihood)이고, 예시 $N$개에 대해 평균을 내요.
#
# 헤드(head)는 손실까지 합쳐 게이트 하나예요. forward는 `(loss, cache)`를, backward는 `dout`(수 하나)을 받아 **출력의 기울기 하나만** 돌려줘요. 정답은 배우는 것이 아니니까요.
#
# **할 일**: 손실 셋의 forward와 backward, 그리고 `softmax`. (55분, 모두 6점)
# %% [markdown] lang="en" exercise="heads" minutes=55
# ## 4. Three heads for the output
#
# What a network puts out is just numbers. How to read them depends on **what was asked**. The slide knows three cases.
#
# | question | the output goes | loss |
# |---|---|---|
# | value: how much will it be? regression | as it is | squared error |
# | O/X: is it, or is it not? binary classification | through a sigmoid | cross entropy |
# | category: which of these is it? multi-class classification | through a softmax | cross entropy |
#
# Cross entropy is the log loss of the third notebook: **$-\ln$ of the probability given to the right answer**, in other words the negative log-likelihood, averaged over the $N$ examples.
#
# A head is one gate, loss included. Forward returns `(loss, cache)`; backward takes `dout`, a number, and returns **the gradient of the output alone**. The targets are not learnt.
#
# **To do**: forward and backward of three losses, and `softmax`. (55 minutes, 6 points in all)

# %% [markdown] lang="ko"
# ### 값: 제곱 오차
#
# 슬라이드에는 (실제값 − 예측값)²의 합을 2로 나눈 것이 평균 제곱 오차라고 적혀 있어요. 정말 평균인지 시험해 봐요. 똑같은 예시를 **두 번씩** 넣으면, 평균은 그대로여야 하죠. 슬라이드의 식은 몇 배가 될까요?
# %% [markdown] lang="en"
# ### Value: squared error
#
# The slide adds up (actual − predicted)², divides by 2 and calls it the mean squared error. Put it to the test: let every example be there **twice**. A mean would stay as it is. By what factor does the slide's formula grow?

# %%
guess = None
errors = np.array([0.5, -1.5, 2.0])
check.predict(guess, np.sum(np.tile(errors, 2) ** 2 / 2) / np.sum(errors**2 / 2))

# %% [markdown] lang="ko"
# 그래서 우리는 이렇게 해요. $\frac{1}{2}$은 **남겨요**. 제곱을 미분하면 나오는 2를 지워 주니까요. 그리고 예시 수 $N$으로 **나눠요**. 그래야 배치가 커져도 손실과 걸음의 크기가 그대로예요.
#
# $$L = \frac{1}{N} \sum_n \sum_m \tfrac{1}{2}\,(y_{nm} - t_{nm})^2$$
#
# 출력이 여럿이어도 나누는 것은 예시 수 $N$뿐이에요.
# %% [markdown] lang="en"
# So here is what we do. The $\frac{1}{2}$ **stays**: it cancels the 2 that comes out when a square is differentiated. And we **divide by $N$**, the number of examples, so that neither the loss nor the step grows with the batch.
#
# $$L = \frac{1}{N} \sum_n \sum_m \tfrac{1}{2}\,(y_{nm} - t_{nm})^2$$
#
# Even with several outputs it is $N$, the number of examples, that divides, and nothing else.

# %% solution="heads-value"
def half_squared_error_forward(y, t):
    """Return half the squared error, averaged over the examples.

    y : array (N,) or (N, M), what the network says
    t : array like y, the targets
    Returns the pair (loss, cache), loss : float.
    """
    ### BEGIN SOLUTION
    difference = y - t
    return np.sum(difference**2) / (2 * len(y)), difference
    ### END SOLUTION


def half_squared_error_backward(dout, cache):
    """Return dy, in the shape of y, for the upstream gradient dout, a float."""
    ### BEGIN SOLUTION
    return dout * cache / len(cache)
    ### END SOLUTION

# %% check="heads-check-value" points=0.5
random = check.random(57)
check.backward(
    "half_squared_error",
    half_squared_error_forward,
    half_squared_error_backward,
    y=random(5),
    t=random(5),
)
check.backward(
    "half_squared_error",
    half_squared_error_forward,
    half_squared_error_backward,
    y=random(4, 3),
    t=random(4, 3),
)

# %% check="heads-hidden-value" points=0.5
check.later(
    en="other sizes, and a batch of one.", ko="다른 크기, 그리고 예시가 하나뿐인 경우를 봐요."
)
### BEGIN HIDDEN TESTS
random = check.random(58)
check.backward(
    "half_squared_error",
    half_squared_error_forward,
    half_squared_error_backward,
    y=random(1),
    t=random(1),
)
check.backward(
    "half_squared_error",
    half_squared_error_forward,
    half_squared_error_backward,
    y=random(1, 4),
    t=random(1, 4),
)
check.backward(
    "half_squared_error",
    half_squared_error_forward,
    half_squared_error_backward,
    y=random(6, 2),
    t=random(6, 2),
)
### END HIDDEN TESTS

# %% [markdown] lang="ko"
# ### O/X: 시그모이드와 교차 엔트로피를 한 번에
#
# 출력 $z$를 로짓(logit)이라고 불러요. $p = \sigma(z)$가 O일 확률이에요. 정답 $t$는 O면 1, X면 0이고요.
#
# $$L = -\frac{1}{N} \sum_n \bigl[\, t_n \ln \sigma(z_n) + (1 - t_n) \ln (1 - \sigma(z_n)) \,\bigr]$$
#
# 시그모이드와 로그를 **하나로** 묶는 까닭이 있어요. $z = -1000$이면 $\sigma(z) = 0$이고 $\ln 0$은 $-\infty$예요. 하지만 $-\ln \sigma(-1000)$의 진짜 값은 그저 $1000$이에요. 묶어서 정리하면 무한대를 만나지 않아요. 작은 수를 더해 넘기지 말고 식을 고쳐 보세요.
# %% [markdown] lang="en"
# ### O/X: sigmoid and cross entropy in one
#
# The output $z$ is called a logit. $p = \sigma(z)$ is the probability of O. The target $t$ is 1 for O and 0 for X.
#
# $$L = -\frac{1}{N} \sum_n \bigl[\, t_n \ln \sigma(z_n) + (1 - t_n) \ln (1 - \sigma(z_n)) \,\bigr]$$
#
# There is a reason to make **one** function of sigmoid and logarithm. For $z = -1000$ we have $\sigma(z) = 0$, and $\ln 0$ is $-\infty$. Yet the true value of $-\ln \sigma(-1000)$ is a mere $1000$. Put together and tidied up, the formula never meets infinity. Do not add a small number to get by: mend the formula.

# %% solution="heads-yes_no"
def sigmoid_cross_entropy_forward(z, t):
    """Return the cross entropy of σ(z) against t, averaged over the examples.

    z : array (N,) or (N, 1), logits; ±1000 has to pass without a numpy warning
    t : array like z, of 0.0 and 1.0
    Returns the pair (loss, cache), loss : float.
    """
    ### BEGIN SOLUTION
    losses = np.maximum(z, 0.0) - t * z + np.log1p(np.exp(-np.abs(z)))
    return losses.mean(), (z, t)
    ### END SOLUTION


def sigmoid_cross_entropy_backward(dout, cache):
    """Return dz, in the shape of z, for the upstream gradient dout, a float."""
    ### BEGIN SOLUTION
    z, t = cache
    e = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1.0, e) / (1.0 + e)
    return dout * (p - t) / len(z)
    ### END SOLUTION

# %% check="heads-check-yes_no" points=1
random = check.random(59)
check.backward(
    "sigmoid_cross_entropy",
    sigmoid_cross_entropy_forward,
    sigmoid_cross_entropy_backward,
    z=random(5),
    t=np.array([1.0, 0.0, 0.0, 1.0, 1.0]),
)

# %% check="heads-hidden-yes_no" points=1
check.later(
    en="logits in a column, a batch of one, and logits of ±1000.",
    ko="세로로 선 로짓, 예시 하나, 그리고 ±1000인 로짓을 봐요.",
)
### BEGIN HIDDEN TESTS
random = check.random(60)
check.backward(
    "sigmoid_cross_entropy",
    sigmoid_cross_entropy_forward,
    sigmoid_cross_entropy_backward,
    z=random(4, 1),
    t=np.array([[0.0], [1.0], [1.0], [0.0]]),
)
check.backward(
    "sigmoid_cross_entropy",
    sigmoid_cross_entropy_forward,
    sigmoid_cross_entropy_backward,
    z=random(1),
    t=np.array([0.0]),
)
check.backward(
    "sigmoid_cross_entropy",
    sigmoid_cross_entropy_forward,
    sigmoid_cross_entropy_backward,
    z=np.array([1000.0, -1000.0, -1000.0, 0.3, 1000.0, -1.9, -0.4, 0.6]),
    t=np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0]),
)
### END HIDDEN TESTS

# %% [markdown] lang="ko"
# ### 소프트맥스
#
# 후보가 $K$개이면 로짓도 $K$개예요. 시그모이드는 로짓 **하나**를 확률 하나로 바꾸고, 소프트맥스는 로짓 **$K$개**를 합이 1인 확률 $K$개로 바꿔요.
#
# $$p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# 합은 **마지막 축**을 따라 내요. 배치에서는 행마다 합이 1이에요. 로짓이 $1000$이면 $e^{1000}$에서 막히겠죠. 하지만 모든 로짓에서 같은 수를 빼도 위아래가 함께 줄어 $p$는 그대로예요. 무엇을 빼면 좋을까요?
# %% [markdown] lang="en"
# ### Softmax
#
# With $K$ candidates there are $K$ logits. A sigmoid turns **one** logit into one probability; a softmax turns **$K$** logits into $K$ probabilities that add up to 1.
#
# $$p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# The sum runs along the **last axis**: in a batch, every row adds up to 1. A logit of $1000$ would be stopped by $e^{1000}$. But take the same number off all logits, and top and bottom shrink together: $p$ stays. What is a good number to take?

# %% solution="heads-softmax"
def softmax(z):
    """Return probabilities that add up to 1 along the last axis.

    z : array (K,) or (N, K), logits; ±1000 has to pass without a numpy warning
    Returns an array in the shape of z.
    """
    ### BEGIN SOLUTION
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
    ### END SOLUTION

# %% check="heads-check-softmax" points=0.5
random = check.random(61)
check.call("softmax", softmax, random(3, 5))
check.call("softmax", softmax, random(4))

# %% check="heads-hidden-softmax" points=0.5
check.later(
    en="a batch of one, and logits of ±1000, in one row and in different rows.",
    ko="예시 하나, 그리고 한 행 안에, 또 서로 다른 행에 있는 ±1000을 봐요.",
)
### BEGIN HIDDEN TESTS
random = check.random(62)
check.call("softmax", softmax, random(1, 6))
check.call("softmax", softmax, np.array([1000.0, 999.0, -1000.0, 998.5]))
check.call(
    "softmax",
    softmax,
    np.array(
        [
            [1000.0, 998.6, 999.3],
            [-1000.0, -1001.2, -999.1],
            [0.2, -0.3, 1.4],
            [1000.0, -1000.0, 0.0],
        ]
    ),
)
### END HIDDEN TESTS

# %% [markdown] lang="ko"
# 큰 로짓 두 행을 직접 넣어 봐요. 행마다 합이 1인가요? 경고나 `nan`은 없나요?
# %% [markdown] lang="en"
# Try two rows of large logits yourself. Does each row add up to 1, without a warning and without a `nan`?

# %%
check.show(lambda: list(map(list, softmax(np.array([[1000.0, 998.0], [-1000.0, -1001.0]])))))

# %% [markdown] lang="ko"
# 두 가지를 직접 확인해 봐요. 로짓에 모두 100을 더해도 그대로인가요? 그리고 후보가 **둘**뿐이면 소프트맥스는 두 로짓 차이의 시그모이드인가요?
# %% [markdown] lang="en"
# See two things for yourself. Does anything change when 100 is added to every logit? And with only **two** candidates, is the softmax the sigmoid of the difference?

# %%
logits = np.array([1.5, -0.4])
check.beside(lambda: softmax(logits + 100.0), reference.softmax(logits))
check.beside(lambda: softmax(logits)[0], reference.sigmoid(logits[0] - logits[1]))

# %% [markdown] lang="ko"
# 로짓을 움직이고 온도(temperature)를 바꿔 보세요. 온도가 아주 낮으면, 아주 높으면 무엇이 되나요?
# %% [markdown] lang="en"
# Move the logits and change the temperature. What does it become when it is very cold, or very hot?

# %%
figures.softmax(softmax)

# %% [markdown] lang="ko"
# ### 범주: 소프트맥스와 교차 엔트로피를 한 번에
#
# 정답은 후보의 번호 `labels`예요. 행마다 **정답 자리의 확률** 하나만 골라 $-\ln$을 취하고 평균을 내요.
#
# $$L = -\frac{1}{N} \sum_n \ln p_{n,\,\text{label}_n}$$
#
# 숫자 열 개 중 하나를 맞히는데 아무것도 몰라서 열 후보에 똑같은 확률을 줬어요. 손실은 얼마일까요? (6번에서 다시 만나요.)
# %% [markdown] lang="en"
# ### Category: softmax and cross entropy in one
#
# The answer is the number of a candidate, `labels`. From each row take **the label's own probability**, its $-\ln$, and average.
#
# $$L = -\frac{1}{N} \sum_n \ln p_{n,\,\text{label}_n}$$
#
# There are ten digits to choose from, and a network that knows nothing gives all ten the same probability. What is its loss? (You will meet the number again in 6.)

# %%
guess = None
check.predict(guess, reference.softmax_cross_entropy(np.zeros((1, 10)), [0]))

# %% solution="heads-category"
def softmax_cross_entropy_forward(Z, labels):
    """Return the cross entropy of softmax(Z) against the labels, averaged over the examples.

    Z : array (N, K), logits; ±1000 has to pass without a numpy warning
    labels : array (N,) of ints from 0 to K − 1
    Returns the pair (loss, cache), loss : float.
    """
    ### BEGIN SOLUTION
    shifted = Z - Z.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logs[np.arange(len(Z)), labels].mean(), (logs, labels)
    ### END SOLUTION


def softmax_cross_entropy_backward(dout, cache):
    """Return dZ : array (N, K) for the upstream gradient dout, a float."""
    ### BEGIN SOLUTION
    logs, labels = cache
    target = np.eye(logs.shape[1])[labels]
    return dout * (np.exp(logs) - target) / len(logs)
    ### END SOLUTION

# %% check="heads-check-category" points=1
random = check.random(63)
check.backward(
    "softmax_cross_entropy",
    softmax_cross_entropy_forward,
    softmax_cross_entropy_backward,
    Z=random(4, 3),
    labels=np.array([2, 0, 1, 1]),
)

# %% check="heads-hidden-category" points=1
check.later(
    en="other sizes, a batch of one, and logits of ±1000.",
    ko="다른 크기, 예시 하나, 그리고 ±1000인 로짓을 봐요.",
)
### BEGIN HIDDEN TESTS
random = check.random(64)
check.backward(
    "softmax_cross_entropy",
    softmax_cross_entropy_forward,
    softmax_cross_entropy_backward,
    Z=random(6, 4),
    labels=np.array([3, 0, 0, 2, 1, 3]),
)
check.backward(
    "softmax_cross_entropy",
    softmax_cross_entropy_forward,
    softmax_cross_entropy_backward,
    Z=random(1, 5),
    labels=np.array([4]),
)
check.backward(
    "softmax_cross_entropy",
    softmax_cross_entropy_forward,
    softmax_cross_entropy_backward,
    Z=np.array(
        [[1000.0, -1000.0, 3.0], [-1000.0, 1000.0, 0.5], [0.4, -0.8, 1.1], [-1000.0, 2.0, -1000.0]]
    ),
    labels=np.array([0, 2, 1, 1]),
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="heads"
# <details><summary>손실이 N배(또는 1/N)예요</summary>
#
# 더하기만 했나요, 평균을 냈나요? 출력이 여러 개인 (N, M)이라면 `np.mean`이 무엇으로 나누는지도 보세요. 나눌 것은 예시 수뿐이에요.
# </details>
#
# <details><summary>backward가 N배이거나 1/N이에요</summary>
#
# forward에서 나눈 것은 backward에서도 나눠야 해요. 평균은 예시마다 $\frac{1}{N}$을 곱해 더한 것이니까요.
# </details>
#
# <details><summary>inf나 nan이 나오고, 작은 수를 더하면 값이 달라진대요</summary>
#
# $-\ln \sigma(z) = \ln(1 + e^{-z})$이고 $-\ln(1 - \sigma(z)) = \ln(1 + e^{z})$예요. 두 식은 $z$만큼 달라요. $\ln(1 + e^{z})$에서 $z$가 아주 클 때 무엇과 거의 같은지 보고, 큰 부분을 **밖으로** 꺼내 보세요. 남은 지수는 절대로 0보다 크지 않게요.
# </details>
#
# <details><summary>softmax: 다른 행에 1000이 있으면 nan이 돼요</summary>
#
# 무엇의 최댓값을 뺐나요? 배열 전체인가요, 행마다인가요? 행 하나의 로짓이 모두 $-1000$인데 다른 행의 $1000$을 빼면 그 행에는 무엇이 남죠?
# </details>
#
# <details><summary>ValueError: operands could not be broadcast … 오류가 나요</summary>
#
# (N, K)를 (N,)으로 나눌 수는 없어요. 합을 낸 축을 크기 1로 **남겨 두는** 인자가 `sum`과 `max`에 있어요.
# </details>
#
# <details><summary>행마다 다른 자리를 어떻게 고르죠?</summary>
#
# `P[:, labels]`는 모든 행에서 모든 번호를 골라 (N, N)이 돼요. 원하는 것은 (0, labels[0]), (1, labels[1]), …이에요. 행 번호의 배열도 함께 주면 numpy가 둘을 짝지어요.
# </details>
#
# <details><summary>softmax의 backward를 어떻게 시작하죠?</summary>
#
# 야코비안을 만들지 마세요. $-\ln p_{\text{label}} = -z_{\text{label}} + \ln \sum_j e^{z_j}$를 $z_k$로 미분해 보세요. 둘째 항의 미분은 이미 아는 함수이고, 첫째 항은 $k$가 정답일 때만 살아남아요.
# </details>
# %% [markdown] lang="en" hints="heads"
# <details><summary>My loss is N times (or 1/N of) what is wanted</summary>
#
# Did you add up, or average? With several outputs, (N, M), look also what `np.mean` divides by. Only the number of examples is wanted.
# </details>
#
# <details><summary>My backward is off by a factor of N</summary>
#
# What forward divides by, backward divides by as well: a mean is a sum in which every example counts $\frac{1}{N}$.
# </details>
#
# <details><summary>I get inf or nan, and when I add a small number it says the value is wrong</summary>
#
# $-\ln \sigma(z) = \ln(1 + e^{-z})$ and $-\ln(1 - \sigma(z)) = \ln(1 + e^{z})$; the two differ by $z$. Look what $\ln(1 + e^{z})$ is close to for a very large $z$, and take that large part **outside**, so that no exponent above 0 is left.
# </details>
#
# <details><summary>softmax: a row becomes nan when there is a 1000 in another</summary>
#
# The maximum of what did you take off: of the whole array, or of each row? Take the $1000$ of another row off a row of $-1000$: what is left there?
# </details>
#
# <details><summary>ValueError: operands could not be broadcast</summary>
#
# An (N, K) cannot be divided by an (N,). Both `sum` and `max` take an argument that **keeps** the axis they work along, with size 1.
# </details>
#
# <details><summary>How do I pick another place in every row?</summary>
#
# `P[:, labels]` takes every label from every row and is (N, N). You want (0, labels[0]), (1, labels[1]), … Give numpy an array of row numbers too, and it pairs them up.
# </details>
#
# <details><summary>How do I even begin with softmax's backward?</summary>
#
# Do not build the Jacobian. Differentiate $-\ln p_{\text{label}} = -z_{\text{label}} + \ln \sum_j e^{z_j}$ with respect to $z_k$. The second term's derivative is a function you know, and the first survives only where $k$ is the label.
# </details>

# %% [markdown] lang="ko"
# ### 세 헤드, 한 식
#
# 세 backward의 마지막 줄을 나란히 놓고 보세요. 무엇이 같나요? 이름은 셋이지만 셋 다 **(예측 − 정답) / N**이에요. 시그모이드와 소프트맥스의 복잡한 기울기는 로그의 기울기와 만나 깨끗이 약분됐어요. 여러분의 함수로 확인해 봐요. 짝지은 두 줄에서 위가 여러분의 backward, 아래가 (예측 − 정답) / N이에요.
# %% [markdown] lang="en"
# ### Three heads, one formula
#
# Put the last lines of your three backward functions side by side. What is the same? Three names, and each of them is **(prediction − target) / N**. The untidy slopes of sigmoid and softmax met the slope of the logarithm and cancelled. See it with your own functions: of each two lines the upper one is your backward, the lower one is (prediction − target) / N.

# %%
scores, answers = np.array([0.8, -1.1, 2.0]), np.array([1.0, 0.0, 0.0])
rows, wanted = np.array([[0.8, -1.1, 2.0], [0.1, 0.4, -0.6]]), np.array([0, 1])
check.beside(
    lambda: half_squared_error_backward(1.0, half_squared_error_forward(scores, answers)[1]),
    (scores - answers) / 3,
)
check.beside(
    lambda: sigmoid_cross_entropy_backward(1.0, sigmoid_cross_entropy_forward(scores, answers)[1]),
    (reference.sigmoid(scores) - answers) / 3,
)
check.beside(
    lambda: softmax_cross_entropy_backward(1.0, softmax_cross_entropy_forward(rows, wanted)[1]),
    (reference.softmax(rows) - np.eye(3)[wanted]) / 2,
)

# %% [markdown] lang="ko" exercise="mlp" minutes=45
# ## 5. 모두 잇기: 다층 퍼셉트론
#
# 이제 층과 활성 함수를 이어요. 다층 퍼셉트론(multilayer perceptron, MLP)이에요. 슬라이드는 $f = W_2 \max(0, W_1 x)$처럼 $b$를 빼고 적었지만, 우리는 층마다 $b$도 있어요.
#
# linear → 활성 함수 → linear → 활성 함수 → … → linear
#
# 이번에는 예시가 **행**이에요. `X`는 (N, D)이고 층 하나는 두 번째 노트북처럼 $XW^\top + b$예요. 마지막 linear 뒤에는 활성 함수가 없어요. 그 뒤는 헤드가 할 일이니까요.
#
# `params`는 `(W, b)`의 리스트, `activation`은 `(forward, backward)` 한 쌍이에요. 어느 활성 함수가 올지는 부르는 사람이 정해요. 그래서 `cache`에 무엇이 들었는지 몰라도 **받은 그대로 돌려주기만** 하면 돼요. 검사는 앞의 여섯 개에 없는 매끈한 함수를 빌려줘요. 2번에서 실수했더라도 여기서 또 틀리지 않게요.
#
# **할 일**: `mlp_forward`와 `mlp_backward`. backward는 `params`와 같은 순서로 `(dW, db)`의 리스트를 돌려줘요. (45분, 4점)
# %% [markdown] lang="en" exercise="mlp" minutes=45
# ## 5. Joined up: the multilayer perceptron
#
# Now join layers and activations: this is a multilayer perceptron (MLP). The slide writes $f = W_2 \max(0, W_1 x)$ and leaves out the $b$; ours has a $b$ in every layer.
#
# linear → activation → linear → activation → … → linear
#
# Here the examples are **rows** again: `X` is (N, D), and a layer is $XW^\top + b$ as in the second notebook. After the last linear layer comes no activation. What follows is the head's business.
#
# `params` is a list of `(W, b)`, and `activation` is a pair `(forward, backward)`. Which one it is, the caller decides. So you need not know what is in its `cache`: **give it back as you got it**. The check lends you smooth functions that are none of the six above, so that a slip in 2 does not cost you anything here.
#
# **To do**: `mlp_forward` and `mlp_backward`. Backward returns a list of `(dW, db)` in the order of `params`. (45 minutes, 4 points)

# %% [markdown] lang="ko"
# 슬라이드의 식으로 한 번 걸어 봐요. $x = (1, 2)$, $W_1 = \begin{bmatrix}1 & -1\\ 2 & 1\end{bmatrix}$, $W_2 = \begin{bmatrix}3 & 1\end{bmatrix}$, $b$는 모두 0. $W_2 \max(0, W_1 x)$는?
# %% [markdown] lang="en"
# Walk through the slide's formula once. $x = (1, 2)$, $W_1 = \begin{bmatrix}1 & -1\\ 2 & 1\end{bmatrix}$, $W_2 = \begin{bmatrix}3 & 1\end{bmatrix}$, all $b$ are 0. What is $W_2 \max(0, W_1 x)$?

# %%
guess = None
W1, W2 = np.array([[1.0, -1.0], [2.0, 1.0]]), np.array([[3.0, 1.0]])
check.predict(guess, (W2 @ reference.relu(W1 @ np.array([1.0, 2.0]))).item())

# %% [markdown] lang="ko"
# 같은 신경망을 첫 번째 노트북처럼 게이트로 펼치면 이래요. 한 단계씩 거꾸로 가 보세요. 기울기를 하나도 못 받는 가중치는 어느 것이고, 길은 어디에서 막혔나요?
# %% [markdown] lang="en"
# Here is the same network unfolded into gates, as in the first notebook. Go backward step by step. Which weights get no gradient at all, and where is the way closed?

# %%
figures.circuit("v1*relu(w11*x1 + w12*x2) + v2*relu(w21*x1 + w22*x2)",
               w11=1, w12=-1, w21=2, w22=1, v1=3, v2=1, x1=1, x2=2)

# %% solution="mlp"
def mlp_forward(X, params, activation):
    """Compute the output of linear layers with an activation between them, none after the last.

    X : array (N, D), an example a row
    params : list of (W, b), the first layer first
        each W an array (outputs, inputs), each b an array (outputs,)
    activation : pair (forward, backward); forward(z) -> (out, cache), backward(dout, cache) -> dz
    Returns the pair (out, cache), out : array (N, outputs of the last layer).
    """
    ### BEGIN SOLUTION
    forward, backward = activation
    layers = []
    out = X
    for number, (W, b) in enumerate(params):
        bend = None
        if number > 0:
            out, bend = forward(out)
        layers.append((W, out, bend))
        out = out @ W.T + b
    return out, (layers, backward)
    ### END SOLUTION


def mlp_backward(dout, cache):
    """Walk back through the network.

    dout : array in the shape of out
    Returns a list of (dW, db), in the order of params, each in the shape of its variable.
    """
    ### BEGIN SOLUTION
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((dout.T @ given, dout.sum(axis=0)))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients[::-1]
    ### END SOLUTION

# %% check="mlp-check" points=2
random = check.random(65)
check.backward(
    "mlp",
    mlp_forward,
    mlp_backward,
    X=random(5, 3),
    params=[(0.6 * random(m, d), random(m)) for d, m in ((3, 4), (4, 2))],
    activation=check.lent.arctan,
)

# %% check="mlp-hidden" points=2
check.later(
    en="three and four layers, a single layer, a batch of one, and another activation.",
    ko="세 층과 네 층, 층 하나, 예시 하나, 그리고 다른 활성 함수를 봐요.",
)
### BEGIN HIDDEN TESTS
random = check.random(66)
check.backward(
    "mlp",
    mlp_forward,
    mlp_backward,
    X=random(6, 2),
    params=[(0.6 * random(m, d), random(m)) for d, m in ((2, 5), (5, 4), (4, 3))],
    activation=check.lent.smooth_relu,
)
check.backward(
    "mlp",
    mlp_forward,
    mlp_backward,
    X=random(4, 3),
    params=[(random(2, 3), random(2))],
    activation=check.lent.arctan,
)
check.backward(
    "mlp",
    mlp_forward,
    mlp_backward,
    X=random(1, 3),
    params=[(0.6 * random(m, d), random(m)) for d, m in ((3, 2), (2, 5), (5, 4), (4, 1))],
    activation=check.lent.arctan,
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="mlp"
# <details><summary>cache에 무엇을 담아야 할지 모르겠어요</summary>
#
# 층 하나가 뒤로 갈 때 필요한 것을 두 번째 노트북의 `linear_backward`에서 찾아보세요. 그 층의 $W$와, 그 층이 **받은** 입력이에요. 활성 함수는 자기 `cache`를 따로 줬고요. 층마다 이 셋을 리스트에 쌓고, `activation[1]`도 잊지 마세요.
# </details>
#
# <details><summary>마지막 층만 맞아요</summary>
#
# 앞 층으로 넘어가기 전에 두 문을 지나야 해요. 먼저 $W$를 거슬러서(`dout @ W`), 그다음 활성 함수의 backward로. 둘 중 하나를 빠뜨리지 않았나요?
# </details>
#
# <details><summary>값은 맞는데 dW가 틀려요</summary>
#
# $dW$에 들어가는 것은 그 층이 받은 입력이에요. 첫 층이 아니라면 그것은 활성 함수를 **지난 다음**의 값이에요.
# </details>
#
# <details><summary>층이 하나일 때 오류가 나요</summary>
#
# 층이 하나면 활성 함수는 한 번도 불리지 않아요. "첫 층을 뺀 나머지 앞에서" 또는 "마지막 층을 뺀 나머지 뒤에서"처럼, 개수가 0이어도 말이 되는 쪽으로 반복문을 짜 보세요.
# </details>
#
# <details><summary>두 번째로 부르면 값이 달라진대요</summary>
#
# backward가 `cache` 안의 리스트를 `pop`하거나 배열에 쓰고 있지 않나요? backward는 같은 `cache`로 몇 번이고 불릴 수 있어요.
# </details>
# %% [markdown] lang="en" hints="mlp"
# <details><summary>I do not know what to put into cache</summary>
#
# Look up in `linear_backward` of the second notebook what a layer needs on its way back: its $W$ and the input that it **was given**. The activation handed you a `cache` of its own. Pile up these three for every layer, and do not forget `activation[1]`.
# </details>
#
# <details><summary>Only the last layer is right</summary>
#
# There are two doors between a layer and the one before it: back through $W$ (`dout @ W`), then through the activation's backward. Is one of them missing?
# </details>
#
# <details><summary>The output is right, dW is not</summary>
#
# What goes into $dW$ is what that layer was given. For any but the first, that is what came **out of** the activation.
# </details>
#
# <details><summary>It breaks when there is a single layer</summary>
#
# With one layer the activation is never called. Write the loop so that it makes sense for a count of 0: "before every layer but the first", or "after every layer but the last".
# </details>
#
# <details><summary>It says the second call gives another answer</summary>
#
# Does backward `pop` from a list in `cache`, or write into an array there? It may be called with the same `cache` as often as anybody likes.
# </details>

# %% [markdown] lang="ko"
# ### 가장 작은 신경망
#
# 층 하나, 출력 하나, O/X 헤드. 어디서 본 적이 있죠? 세 번째 노트북의 뉴런이고, 첫 노트북의 회로예요. 숫자도 그대로 넣어 봐요. $x = (-1, -2)$, $w = (2, -3)$, $b = -3$, 정답은 X($t = 0$). 헤드에서 시작해 끝까지 거꾸로 걸으면 $db$는 얼마일까요? 소수 둘째 자리까지요.
# %% [markdown] lang="en"
# ### The smallest network
#
# One layer, one output, the O/X head. Have you seen it before? It is the neuron of the third notebook and the circuit of the first. Put in the same numbers: $x = (-1, -2)$, $w = (2, -3)$, $b = -3$, and let the answer be X ($t = 0$). Start at the head and walk all the way back: what is $db$, to two decimals?

# %%
probability, target = reference.neuron_graph(2.0, -1.0, -3.0, -2.0, -3.0), 0.0

# %%
guess = None
check.predict(guess, probability - target)


# %%
def smallest():
    layer = np.array([[2.0, -3.0]]), np.array([-3.0])
    out, cache = mlp_forward(np.array([[-1.0, -2.0]]), [layer], (relu_forward, relu_backward))
    _, head_cache = sigmoid_cross_entropy_forward(out, np.array([[0.0]]))
    ((dW, db),) = mlp_backward(sigmoid_cross_entropy_backward(1.0, head_cache), cache)
    return [dW[0, 0], dW[0, 1], db[0]]


# %% [markdown] lang="ko"
# 위가 여러분의 신경망이 돌려준 $(dw_0,\, dw_1,\, db)$, 아래가 첫 노트북의 회로가 낸 확률 $p$로 만든 $(p - t)\,(x_0,\, x_1,\, 1)$이에요.
# %% [markdown] lang="en"
# The upper line is $(dw_0,\, dw_1,\, db)$ as your network hands it back; the lower one is $(p - t)\,(x_0,\, x_1,\, 1)$ with the $p$ of the first notebook's circuit.

# %%
check.beside(smallest, (probability - target) * np.array([-1.0, -2.0, 1.0]))

# %% [markdown] lang="ko" exercise="train" minutes=40
# ## 6. 학습
#
# 마지막 조각이에요. 한 번에 모든 예시를 보는 대신 몇 개씩 나눈 **미니배치**(mini-batch)를 하나씩 봐요. 모든 예시를 한 바퀴 도는 것을 에폭(epoch)이라고 해요.
#
# 에폭마다 `order = rng.permutation(N)`으로 순서를 **새로** 섞고, `order`를 앞에서부터 `batch_size`개씩 잘라 써요. 마지막 배치는 짧을 수 있어요. 배치 하나로 하는 일은 이래요.
#
# 1. 앞으로: `mlp_forward`, 그다음 헤드 `head[0](out, t[batch])`. 이 손실을 **고치기 전에** `losses`에 적어요.
# 2. 뒤로: `head[1]`에서 시작해 `mlp_backward`로.
# 3. 고치기: $W := W - \alpha\, \frac{\partial L}{\partial W}$, $b$도 똑같이.
#
# 평균을 내는 일은 헤드가 이미 했어요. 그리고 받은 `params`의 배열은 고치지 말고 **새 배열**을 만들어 돌려주세요.
#
# **할 일**: `train`. 돌려주는 것은 `(params, losses)`이고 `losses`에는 수가 `epochs · ⌈N / batch_size⌉`개 있어요. (40분, 3점)
# %% [markdown] lang="en" exercise="train" minutes=40
# ## 6. Training
#
# The last piece. Instead of all examples at once, look at **small batches** (mini-batches), one after the other. Once through all examples is an epoch.
#
# In every epoch shuffle **anew**, `order = rng.permutation(N)`, and cut `order` from its beginning into slices of `batch_size`; the last one may be short. With each batch do this:
#
# 1. Forward: `mlp_forward`, then the head, `head[0](out, t[batch])`. Append this loss to `losses` **before** you change anything.
# 2. Backward: from `head[1]` on to `mlp_backward`.
# 3. Update: $W := W - \alpha\, \frac{\partial L}{\partial W}$, and $b$ likewise.
#
# The averaging has been done by the head already. And do not write into the arrays of the `params` that you were given: return **new** ones.
#
# **To do**: `train`. It returns `(params, losses)`, and `losses` holds `epochs · ⌈N / batch_size⌉` numbers. (40 minutes, 3 points)

# %% [markdown] lang="ko"
# 손글씨 숫자 1497장을 50장씩 나누어 10에폭 동안 배워요. 가중치는 모두 몇 번 고쳐질까요?
# %% [markdown] lang="en"
# There are 1497 handwritten digits, taken 50 at a time, for 10 epochs. How many times are the weights updated in all?

# %%
guess = None
batches_per_epoch = len(range(0, len(data.digits().X), 50))
check.predict(guess, 10 * batches_per_epoch, tolerance=0.0001)

# %% solution="train"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    """Train a network with mini-batch gradient descent.

    X : array (N, D), an example a row
    t : array, the targets: (N, M) for value, (N, 1) for O/X, (N,) of ints for category
    params : list of (W, b); its arrays stay as they are
    activation : pair (forward, backward), for mlp_forward
    head : pair (forward, backward)
        forward(out, t) -> (loss, cache), backward(dout, cache) -> the gradient of out
    learning_rate : float
    epochs, batch_size : int
    rng : anything with a method permutation(N), asked once an epoch
    Returns (params, losses): a new list of (W, b), and a list of every batch's loss, each
        taken before its update.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, head_cache = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, head_cache), cache)
            params = [
                (W - learning_rate * dW, b - learning_rate * db)
                for (W, b), (dW, db) in zip(params, gradients)
            ]
    return params, losses
    ### END SOLUTION

# %% [markdown] lang="ko"
# 검사는 곡선(값), 반달 둘(O/X), 작은 범주 문제를 기준 구현과 한 걸음씩 맞춰 보고, 마지막으로 손글씨 **스무 장을 외울 수 있는지** 봐요. 신경망을 새로 만들었을 때 누구나 하는 시험이에요. 스무 장도 못 외우면 어딘가 틀린 거예요. 첫 손실은 4번에서 본 $\ln 10$ 근처여야 하고요.
# %% [markdown] lang="en"
# The check follows a curve (value), two moons (O/X) and a small question of categories step by step beside the reference, and then looks whether your network can **learn twenty digits by heart**. Whoever makes a new network tries this first: if it cannot even do twenty, something is wrong. And the first loss should be near the $\ln 10$ of exercise 4.

# %% check="train-check" points=2
random = check.random(67)
X_curve, t_curve = data.curve(7, seed=5)
check.call(
    "train", train, X_curve, t_curve,
    params=[(0.6 * random(m, d), 0.6 * random(m)) for d, m in ((1, 3), (3, 1))],
    activation=check.lent.arctan, head=check.lent.value,
    learning_rate=0.15, epochs=2, batch_size=3, rng=np.random.default_rng(1),
)
X_moons, t_moons = data.moons(8, seed=5)
check.call(
    "train", train, X_moons, t_moons,
    params=[(random(m, d), random(m)) for d, m in ((2, 3), (3, 1))],
    activation=check.lent.smooth_relu, head=check.lent.yes_no,
    learning_rate=0.2, epochs=2, batch_size=5, rng=np.random.default_rng(2),
)
check.call(
    "train", train, random(5, 2), np.array([2, 0, 1, 1, 0]),
    params=[(random(m, d), random(m)) for d, m in ((2, 4), (4, 3))],
    activation=check.lent.arctan, head=check.lent.category,
    learning_rate=0.4, epochs=2, batch_size=2, rng=np.random.default_rng(3),
)
twenty = data.digits()
check.achieves(
    "train", train, X=twenty.X[:20], t=twenty.labels[:20],
    params=[(0.05 * random(m, d), np.zeros(m)) for d, m in ((64, 12), (12, 10))],
    activation=check.lent.arctan, head=check.lent.category,
    learning_rate=1.0, epochs=40, batch_size=10, rng=np.random.default_rng(4),
    first_loss=np.log(10), last_loss=0.1, examples=(twenty.X[:20], twenty.labels[:20]), accuracy=1.0,
)

# %% check="train-hidden" points=1
check.later(
    en="three layers, batches of one and of more than there is, an rng that has only permutation, "
    "and all the digits: at least 95% of those it has never seen.",
    ko="세 층, 예시가 하나뿐인 배치와 전체보다 큰 배치, permutation밖에 없는 rng, 그리고 손글씨 전체를 봐요. "
    "처음 보는 숫자의 95% 이상을 읽어야 해요.",
)
### BEGIN HIDDEN TESTS
class Rolled:
    """Only what is promised of rng: the same order each time, so that it can be asked again."""

    def permutation(self, n):
        return np.roll(np.arange(n)[::-1] if np.ndim(n) == 0 else n[::-1], 2)


random = check.random(68)
check.call(
    "train", train, random(6, 2), random(6, 2),
    params=[(0.7 * random(m, d), random(m)) for d, m in ((2, 3), (3, 4), (4, 2))],
    activation=check.lent.arctan, head=check.lent.log_cosh,
    learning_rate=0.25, epochs=1, batch_size=4, rng=Rolled(),
)
check.call(
    "train", train, random(4, 2), random(4, 1),
    params=[(random(m, d), random(m)) for d, m in ((2, 3), (3, 1))],
    activation=check.lent.arctan, head=check.lent.log_cosh,
    learning_rate=0.2, epochs=2, batch_size=1, rng=np.random.default_rng(5),
)
check.call(
    "train", train, random(5, 1), random(5, 1),
    params=[(random(m, d), random(m)) for d, m in ((1, 4), (4, 1))],
    activation=check.lent.smooth_relu, head=check.lent.log_cosh,
    learning_rate=0.1, epochs=3, batch_size=32, rng=np.random.default_rng(6),
)
everything = data.digits()
check.achieves(
    "train", train, X=everything.X, t=everything.labels,
    params=[(0.05 * random(m, d), np.zeros(m)) for d, m in ((64, 32), (32, 10))],
    activation=check.lent.arctan, head=check.lent.category,
    learning_rate=1.0, epochs=12, batch_size=100, rng=np.random.default_rng(7),
    first_loss=np.log(10), last_loss=0.3, examples=(everything.X_test, everything.labels_test), accuracy=0.95,
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="train"
# <details><summary>losses의 개수가 달라요</summary>
#
# 배치마다 하나, 에폭마다 ⌈N / batch_size⌉개예요. `range(0, N, batch_size)`는 마지막 짧은 배치도 챙겨요. `N // batch_size`는 그것을 버리고요.
# </details>
#
# <details><summary>첫 손실은 맞는데 두 번째부터 달라요</summary>
#
# 첫 손실은 앞으로 간 결과예요. 그러니 틀린 것은 뒤로 가기나 고치기예요. `head[1]`에 넣은 첫 인자는 무엇인가요? 손실을 손실 자신으로 미분하면 얼마죠? 그리고 기울기를 배치 크기로 한 번 더 나누지 않았나요?
# </details>
#
# <details><summary>첫 에폭은 맞는데 다음 에폭부터 달라요</summary>
#
# `rng.permutation`을 몇 번 부르나요? 에폭마다 새 순서가 필요해요.
# </details>
#
# <details><summary>params가 바뀌었대요</summary>
#
# `W -= ...`는 받은 배열에 바로 써요. 리스트를 복사해도 그 안의 배열은 같은 배열이에요. `W - ...`로 새 배열을 만드세요.
# </details>
#
# <details><summary>5번이 틀린 것 같은데 6번도 안 돼요</summary>
#
# `train`이 여러분의 `mlp_backward`를 부르면 그 실수도 따라와요. 5번의 검사를 먼저 통과시키세요.
# </details>
# %% [markdown] lang="en" hints="train"
# <details><summary>losses has the wrong number of entries</summary>
#
# One for each batch, so ⌈N / batch_size⌉ for each epoch. `range(0, N, batch_size)` begins the last, short batch too; `N // batch_size` throws it away.
# </details>
#
# <details><summary>The first loss is right, the second is not</summary>
#
# The first loss is all forward. So what is wrong is the way back, or the update. What is the first thing you hand to `head[1]`? What is the derivative of the loss with respect to itself? And do you divide by the batch once more?
# </details>
#
# <details><summary>The first epoch is right, the next is not</summary>
#
# How often do you ask `rng.permutation`? Every epoch needs an order of its own.
# </details>
#
# <details><summary>It says that params have changed</summary>
#
# `W -= ...` writes into the array that you were given. Even a copied list holds the same arrays. `W - ...` makes a new one.
# </details>
#
# <details><summary>5 is not right yet, and now 6 fails too</summary>
#
# If `train` calls your `mlp_backward`, it inherits its mistakes. Get the check of 5 to pass first.
# </details>

# %% [markdown] lang="ko"
# 여러분의 신경망이 처음 보는 숫자를 읽어요. **틀린 것들**을 보세요. 여러분이라면 읽을 수 있었을까요? 아래의 수를 바꾸고 다시 실행해 보세요. 은닉 뉴런이 셋뿐이면? 학습률이 10배면?
# %% [markdown] lang="en"
# Your network reads digits that it has never seen. Look at **those it got wrong**: would you have read them? Change the numbers below and run it again. With only three hidden neurons? With ten times the learning rate?

# %%
figures.misread(
    mlp_forward,
    train,
    activation=(relu_forward, relu_backward),
    head=(softmax_cross_entropy_forward, softmax_cross_entropy_backward),
    hidden=32,
    learning_rate=0.3,
    epochs=10,
    batch_size=50,
)

# %% [markdown] lang="ko"
# 그리고 놀이터예요. 여러분이 쓴 함수로 배우는 신경망이에요. 반달도 고리도 나선도 XOR처럼 직선 하나로는 가를 수 없어요. 그 일을 은닉 뉴런들이 어떻게 나누어 맡는지 보세요. “점 모두 지우기”를 누르고 XOR의 네 점을 직접 찍어 배우게 해 보세요.
# %% [markdown] lang="en"
# And the playground: a network that learns with the functions you wrote. Moons, rings and spiral are like XOR: no straight line parts them. See how the hidden neurons share that work among them. Then press “no points”, click in the four points of XOR, and let it learn those.

# %%
figures.playground(
    mlp_forward,
    mlp_backward,
    train,
    head=(sigmoid_cross_entropy_forward, sigmoid_cross_entropy_backward),
    relu=(relu_forward, relu_backward),
    tanh=(tanh_forward, tanh_backward),
    sigmoid=(sigmoid_forward, sigmoid_backward),
)

# %% [markdown] lang="ko" exercise="words" minutes=10
# ## 7. 점검: 용어 열 개
#
# 강의의 마지막 쪽에 있는 점검 목록이에요. 모두 네 노트북에서 직접 만들어 본 것들이죠. 물음마다 알맞은 답을 골라 아래 셀의 `None` 자리에 따옴표와 함께 적으세요(`"b"`처럼). 대소문자는 상관없고, 모르면 `None`으로 두세요.
#
# 1. `back_propagation`: 역전파는 무엇을 구하나요?
#     - **a** 한 걸음의 크기인 학습률
#     - **b** 끝에서 시작으로 연쇄 법칙을 따라가며, 모든 매개변수에 대한 손실의 기울기
#     - **c** 새 입력에 대한 출력
#     - **d** 손실이 가장 작아지는 가중치를 단번에
# 2. `forward_propagation`: 순전파는 무엇을 하나요?
#     - **a** 기울기를 첫 층에서 마지막 층으로 나른다
#     - **b** 가중치를 고친다
#     - **c** 가중치를 하나씩 흔들어 기울기를 잰다
#     - **d** 입력에서 출력까지 층마다 값을 계산하고, 뒤로 갈 때 쓸 것을 남겨 둔다
# 3. `gradient_descent`: 경사 하강법은?
#     - **a** 매개변수마다 기울기의 반대쪽으로 조금씩, 거듭 옮긴다
#     - **b** 기울기를 따라 손실이 가장 큰 곳으로 간다
#     - **c** 기울기가 0인 곳을 방정식으로 정확히 푼다
#     - **d** 아무렇게나 바꿔 보고 나아지면 남긴다
# 4. `fully_connected_layer`: 완전 연결 층은?
#     - **a** 모든 층이 다른 모든 층과 이어진 신경망
#     - **b** 출력마다 입력을 하나씩만 보는 층
#     - **c** 출력마다 모든 입력의 가중합에 $b$를 더하는 층
#     - **d** 가중치가 모두 1인 층
# 5. `activation_function`: 선형 층 사이에 활성 함수를 두는 까닭은?
#     - **a** 수가 넘치지 않게 하려고
#     - **b** 없으면 아무리 쌓아도 선형 층 하나와 같아서
#     - **c** 기울기를 늘 1로 만들려고
#     - **d** 뉴런의 수를 세려고
# 6. `sigmoid_softmax`: 시그모이드와 소프트맥스의 차이는?
#     - **a** 시그모이드는 회귀에, 소프트맥스는 분류에 쓴다
#     - **b** 이름만 다르고 같다
#     - **c** 소프트맥스는 수를 하나씩 따로 누르고, 시그모이드는 여러 수의 합을 1로 만든다
#     - **d** 시그모이드는 로짓 하나를 확률 하나로, 소프트맥스는 로짓 $K$개를 합이 1인 확률 $K$개로 바꾼다
# 7. `cross_entropy_loss`: 예시 하나의 교차 엔트로피는?
#     - **a** 맞는 답에 준 확률의 $-\ln$
#     - **b** 맞는 답에 준 확률의 제곱
#     - **c** 틀린 답의 비율
#     - **d** 로짓과 정답 번호의 거리
# 8. `mean_squared_error_loss`: 슬라이드의 (실제값 − 예측값)²의 합 / 2가 *평균*이 되려면?
#     - **a** 제곱근을 씌운다
#     - **b** 2로 나누지 않는다
#     - **c** 예시의 수로 나눈다
#     - **d** 매개변수의 수로 나눈다
# 9. `prediction_classification`: 집값이 얼마인지, 스팸인지 아닌지, 어느 숫자인지. 차례대로?
#     - **a** 셋 다 분류
#     - **b** 이진 분류, 회귀, 다중 분류
#     - **c** 다중 분류, 이진 분류, 회귀
#     - **d** 회귀, 이진 분류, 다중 분류
# 10. `hidden_layer`: 슬라이드의 3–4–4–1 신경망에서 은닉층은 몇 개인가요?
#     - **a** 1
#     - **b** 2
#     - **c** 3
#     - **d** 4
#
# (10분, 2점)
# %% [markdown] lang="en" exercise="words" minutes=10
# ## 7. Check yourself: ten words
#
# This is the check list on the lecture's last page. You have built every one of these in the four notebooks. Pick the answer that fits and put its letter, in quotes (`"b"`), in place of `None` in the cell below. Capitals do not matter; leave `None` where you do not know.
#
# 1. `back_propagation`: what does back propagation find?
#     - **a** the learning rate, the size of a step
#     - **b** the gradient of the loss with respect to every parameter, by the chain rule from the end to the start
#     - **c** the output for a new input
#     - **d** the weights with the smallest loss, at one stroke
# 2. `forward_propagation`: what does forward propagation do?
#     - **a** it carries gradients from the first layer to the last
#     - **b** it changes the weights
#     - **c** it nudges one weight after the other and measures slopes
#     - **d** it computes values layer by layer, from input to output, and keeps what the way back will need
# 3. `gradient_descent`: what is it?
#     - **a** moving every parameter a little against its gradient, again and again
#     - **b** following the gradient to where the loss is largest
#     - **c** solving an equation for where the gradient is exactly 0
#     - **d** changing things at random and keeping what is better
# 4. `fully_connected_layer`: what is it?
#     - **a** a network in which all layers are joined to all others
#     - **b** a layer whose outputs look at one input each
#     - **c** a layer in which every output is a weighted sum of all inputs, plus $b$
#     - **d** a layer whose weights are all 1
# 5. `activation_function`: why does one stand between linear layers?
#     - **a** to keep the numbers from overflowing
#     - **b** because without it any pile of them equals one linear layer
#     - **c** to make every gradient 1
#     - **d** to count the neurons
# 6. `sigmoid_softmax`: what is the difference?
#     - **a** sigmoid is for regression, softmax for classification
#     - **b** none but the name
#     - **c** softmax squashes each number on its own, sigmoid makes several add up to 1
#     - **d** sigmoid turns one logit into one probability, softmax turns $K$ logits into $K$ probabilities that add up to 1
# 7. `cross_entropy_loss`: what is it for one example?
#     - **a** $-\ln$ of the probability given to the right answer
#     - **b** the square of the probability given to the right answer
#     - **c** the share of wrong answers
#     - **d** the distance between the logits and the number of the label
# 8. `mean_squared_error_loss`: what makes a *mean* of the slide's sum of (actual − predicted)² / 2?
#     - **a** taking the root
#     - **b** not dividing by 2
#     - **c** dividing by the number of examples
#     - **d** dividing by the number of parameters
# 9. `prediction_classification`: the price of a flat, spam or not, which digit. In this order?
#     - **a** all three are classification
#     - **b** binary classification, regression, multi-class classification
#     - **c** multi-class classification, binary classification, regression
#     - **d** regression, binary classification, multi-class classification
# 10. `hidden_layer`: how many hidden layers has the slide's 3–4–4–1 network?
#     - **a** 1
#     - **b** 2
#     - **c** 3
#     - **d** 4
#
# (10 minutes, 2 points)

# %% solution="words"
words = {
    "back_propagation": None,
    "forward_propagation": None,
    "gradient_descent": None,
    "fully_connected_layer": None,
    "activation_function": None,
    "sigmoid_softmax": None,
    "cross_entropy_loss": None,
    "mean_squared_error_loss": None,
    "prediction_classification": None,
    "hidden_layer": None,
}
if not words:
    ### BEGIN SOLUTION
    pass
words.update(
    back_propagation="b",
    forward_propagation="d",
    gradient_descent="a",
    fully_connected_layer="c",
    activation_function="b",
    sigmoid_softmax="d",
    cross_entropy_loss="a",
    mean_squared_error_loss="c",
    prediction_classification="d",
    hidden_layer="b",
)
### END SOLUTION

# %% check="words-check" points=1
check.quiz(
    "words",
    words,
    back_propagation="36169860",
    gradient_descent="1660ef38",
    activation_function="0ab5a053",
    cross_entropy_loss="359387ef",
    prediction_classification="d4aa23dd",
)

# %% check="words-hidden" points=1
check.later(en="the other five words.", ko="나머지 용어 다섯 개를 봐요.")
### BEGIN HIDDEN TESTS
check.quiz(
    "words",
    words,
    forward_propagation="e7a51417",
    fully_connected_layer="a77548f8",
    sigmoid_softmax="f5232b4c",
    mean_squared_error_loss="174bb56a",
    hidden_layer="f6cce872",
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="words"
# <details><summary>어디를 다시 보면 좋을까요?</summary>
#
# 역전파와 경사 하강법은 첫 노트북, 순전파와 완전 연결 층은 이 노트북의 3번과 5번, 활성 함수는 1번, 시그모이드와 소프트맥스, 교차 엔트로피, 제곱 오차, 세 가지 물음은 4번, 은닉층은 3번에 있어요.
# </details>
# %% [markdown] lang="en" hints="words"
# <details><summary>Where should I look again?</summary>
#
# Back propagation and gradient descent are in the first notebook; forward propagation and the fully connected layer in 3 and 5 of this one, the activation function in 1; sigmoid and softmax, cross entropy, squared error and the three kinds of question in 4; the hidden layer in 3.
# </details>

# %% [markdown] lang="ko"
# ## 여기까지
#
# 점검 목록의 용어 열 개를 모두 지나왔어요: **역전파**, **순전파**, **경사 하강법**, **완전 연결 층**, **활성 함수**, **시그모이드와 소프트맥스**, **교차 엔트로피**, **제곱 오차**, **예측과 분류**, **은닉층**.
#
# 걸어온 길이에요. 기울기를 **재는 법**(수치 미분) → **게이트** → 게이트를 이은 **회로** → 스스로 거꾸로 걷는 **`Value`** → **야코비안** → 그것을 만들지 않는 **벡터-야코비안 곱** → **선형 층** → **뉴런** → **MLP** → **학습**.
#
# 돌아보면 실은 하나였어요. 거꾸로 갈 때의 규칙은 끝까지 *국소 기울기 × 상류 기울기*, 두 길이 만나면 더하기. 그것뿐이었어요.
# %% [markdown] lang="en"
# ## So far
#
# You have been through all ten words of the check list: **back propagation**, **forward propagation**, **gradient descent**, **fully connected layer**, **activation function**, **sigmoid and softmax**, **cross entropy**, **squared error**, **prediction and classification**, **hidden layer**.
#
# This is the way you came: **measuring** a slope (the numerical derivative) → a **gate** → gates joined in a **circuit** → a **`Value`** that walks back by itself → the **Jacobian** → the **vector-Jacobian product**, which never builds it → the **linear layer** → the **neuron** → the **MLP** → **training**.
#
# Looking back, it was all one thing. The rule for the way back never changed: *local gradient × upstream gradient*, and where two paths meet, add.

# %%
check.progress("4_neural_network")
