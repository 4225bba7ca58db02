# ---
# jupyter:
#   gradschool:
#     title:
#       ko: 신경망의 아이디어
#       en: Idea of Neural Network
#     minutes: 150
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown] lang="ko"
# # 신경망의 아이디어
#
# 역전파는 손에 익었어요. 그런데 무엇을 미분하고 있었던 걸까요? 이 노트북에서는 **뉴런 하나**를 만들어요. 신경세포에서 아이디어를 빌려 오고, 그것으로 논리 회로를 짜고,
# 끝에는 진짜 꽃을 재서 얻은 숫자로 학습시켜요.
#
# - **걸리는 시간**: 두 시간 반 정도.
# - **이어받는 것**: 첫 노트북의 시그모이드(sigmoid) 뉴런, 두 번째 노트북의 선형 층(linear layer)과 `fit_linear`의 학습 반복문.
# - **넘겨주는 것**: 층(layer)으로 쌓을 뉴런, O/X를 위한 손실, 그리고 "하나로는 안 되는 문제". 네 번째 노트북이 거기서 시작해요.
# - **하는 방법**: 빈 셀을 채우고 바로 아래 검사 셀을 실행해요. 막히면 증상별 힌트를 펼쳐 보세요.
# - **점수**: 여덟 문제, 25점.
# %% [markdown] lang="en"
# # Idea of Neural Network
#
# By now you can do backpropagation. But what have you been differentiating? In this notebook you build **one neuron**: borrow the idea from a nerve cell, wire logic out of it,
# and in the end train it on numbers that somebody measured on real flowers.
#
# - **Time**: about two and a half hours.
# - **Picks up**: the sigmoid neuron of the first notebook, the linear layer and the training loop of `fit_linear` from the second.
# - **Hands on**: a neuron to be stacked in layers, a loss for yes/no questions, and a problem that one neuron cannot solve. That is where the fourth notebook begins.
# - **How it works**: fill in the empty cell, then run the check right below it. When you are stuck, open the hint titled by your symptom.
# - **Points**: eight exercises, 25 points.

# %% setup
import numpy as np

from gradschool import check, data, figures, reference

check.language("{lang}")

# %% [markdown] lang="ko"
# ## 신경세포와 우리의 뉴런
#
# | 신경세포 | 하는 일 | 수학 | 여기서 만들 것 |
# |---|---|---|---|
# | 수상돌기(dendrite) | 밖에서 오는 신호를 받아요 | 입력 $x_0, x_1, \dots$ | `x` |
# | 시냅스(synapse) | 어떤 신호는 크게, 어떤 신호는 작게, 어떤 신호는 거꾸로 전해요 | 가중치(weight) $w_0, w_1, \dots$ | `w` |
# | 세포체(cell body) | 전해진 것을 모두 모아요 | $z = w_0x_0 + w_1x_1 + \dots + b$ | `cell_body` |
# | 축삭돌기(axon) | 모인 것이 어느 선을 넘으면 밖으로 신호를 보내요 | $f(z)$, 활성 함수(activation) | `fire`, `integrate_and_fire`, `neuron_forward` |
#
# 미리 솔직하게 말해 둘게요. 이 모형은 **아주 거칠어요**. 진짜 뉴런은 숫자 하나가 아니라 시간에 따라 나오는 짧은 펄스(spike)로 말하고, 수상돌기는 더하기만 하는 전선이 아니라 그 자체로 계산을 해요.
# 시냅스 하나가 학습 도중에 흥분성에서 억제성으로 바뀌는 일도 보통 없는데, 우리의 $w$는 부호를 마음대로 바꿔요. 뇌가 역전파로 배운다는 증거도 아직 없어요.
# 그러니 신경망은 뇌의 복제품이 아니라, 뇌에서 **한 문장을 빌려 온 수학**이라고 생각하세요. 그 한 문장이 여기까지 올 줄은 아무도 몰랐지만요.
# %% [markdown] lang="en"
# ## The nerve cell and our neuron
#
# | in the nerve cell | what it does | in mathematics | what you will write |
# |---|---|---|---|
# | dendrite | takes in signals from outside | inputs $x_0, x_1, \dots$ | `x` |
# | synapse | passes some signals on loud, some softly, some turned round | weights $w_0, w_1, \dots$ | `w` |
# | cell body | gathers what was passed on | $z = w_0x_0 + w_1x_1 + \dots + b$ | `cell_body` |
# | axon | sends a signal out once there is more than a certain amount | $f(z)$, the activation | `fire`, `integrate_and_fire`, `neuron_forward` |
#
# An honest word before we start: this model is **very coarse**. A real neuron does not say a number, it speaks in short pulses spread over time (spikes). Its dendrites are no wires that merely add, they compute.
# A real synapse does not usually turn from exciting to calming while it learns; our $w$ change sign as they please. And nobody has shown that brains learn by backpropagation.
# So take a neural network for what it is: not a copy of the brain, but mathematics that **borrowed one sentence** from it. How far that sentence would carry, nobody knew.

# %% [markdown] lang="ko" exercise="cell_body" minutes=10
# ## 1. 세포체: 모으기
#
# 시냅스마다 신호에 세기를 곱하고, 세포체가 그것을 모두 더해요. 거기에 이 세포만의 값 하나, 편향(bias) $b$를 한 번 더해요. $b$는 이 세포가 원래 얼마나 예민한지를 말해 줘요.
#
# $$z = w_0 x_0 + w_1 x_1 + \dots + w_{D-1} x_{D-1} + b$$
#
# **할 일**: `cell_body(x, w, b)`. 수 하나를 돌려줘요. 수상돌기는 몇 개여도 돼요($D$개). (10분, 2점)
# %% [markdown] lang="en" exercise="cell_body" minutes=10
# ## 1. The cell body: gathering
#
# Every synapse multiplies its signal by its strength, and the cell body adds them all up. To that comes, once, a number of the cell's own, the bias $b$: how excitable it is by nature.
#
# $$z = w_0 x_0 + w_1 x_1 + \dots + w_{D-1} x_{D-1} + b$$
#
# **To do**: `cell_body(x, w, b)`, which returns a single number. There may be any number $D$ of dendrites. (10 minutes, 2 points)

# %% [markdown] lang="ko"
# 첫 노트북의 숫자 그대로: $x = (-1, -2)$, $w = (2, -3)$, $b = -3$. 세포체에는 얼마가 모일까요?
# %% [markdown] lang="en"
# The numbers of the first notebook again: $x = (-1, -2)$, $w = (2, -3)$, $b = -3$. How much does the cell body hold?

# %%
guess = None
check.predict(guess, reference.cell_body(np.array([-1.0, -2.0]), np.array([2.0, -3.0]), -3.0))


# %% solution="cell_body"
def cell_body(x, w, b):
    """Gather what comes in: every signal times its synapse, summed, and the bias.

    x : array (D,), the signals at the dendrites
    w : array (D,), the strengths of the synapses
    b : float, the bias
    Returns a float.
    """
    ### BEGIN SOLUTION
    return w @ x + b
    ### END SOLUTION


# %% check="cell_body-check" points=1
check.call("cell_body", cell_body, np.array([1.5, -2.0, 3.0, 0.5]), np.array([2.0, -3.0, -0.5, 4.0]), -1.25)
check.call("cell_body", cell_body, np.array([-1.0, -2.0]), np.array([2.0, -3.0]), -3.0)

# %% check="cell_body-hidden" points=1
check.later(
    en="one dendrite, seven dendrites, and signals that a synapse does not let through.",
    ko="수상돌기가 하나일 때, 일곱일 때, 그리고 시냅스가 막아 버린 신호를 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(32)
check.call("cell_body", cell_body, x=draw(7), w=draw(7), b=draw())
check.call("cell_body", cell_body, x=draw(1), w=draw(1), b=draw())
check.call("cell_body", cell_body, x=np.array([250.0, -4.0, 0.5]), w=np.array([0.0, 1.5, -3.0]), b=0.75)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="cell_body"
# <details><summary>수가 아니라 배열이 나와요</summary>
#
# 신호마다 가중치를 곱한 것까지는 됐어요. 세포체는 하나예요. 그 안에는 수가 몇 개 있어야 할까요?
# </details>
#
# <details><summary>입력이 둘일 때만 맞아요</summary>
#
# `x[0]`, `x[1]`이라고 쓴 곳이 있나요? $D$를 모르는 채로 모든 자리를 도는 방법을 떠올려 보세요. 두 번째 노트북의 `matvec`에서는 행 하나를 어떻게 계산했죠?
# </details>
#
# <details><summary>b의 몫이 너무 커요</summary>
#
# $b$가 더해지는 횟수를 세어 보세요. 합을 구하는 반복문의 안쪽인가요, 바깥쪽인가요?
# </details>
# %% [markdown] lang="en" hints="cell_body"
# <details><summary>I get an array, not a number</summary>
#
# You have weighed every signal. There is one cell body. How many numbers does it hold?
# </details>
#
# <details><summary>Right for two inputs only</summary>
#
# Does `x[0]`, `x[1]` stand somewhere in your line? Think of a way to go over all places without knowing $D$. How did `matvec` in the second notebook get one of its rows?
# </details>
#
# <details><summary>b counts too much</summary>
#
# Count how often $b$ is added. Is it inside the loop that sums, or outside?
# </details>

# %% [markdown] lang="ko" exercise="fire" minutes=10
# ## 2. 발화하거나, 말거나
#
# 가장 단순한 축삭돌기예요. 신경과학에서는 뉴런이 신호를 내보내는 일을 발화(firing)라고 해요. 세포체에 모인 것이 0을 **넘으면** 1.0, 아니면 0.0. 중간은 없어요. 크게 넘어도 1.0, 겨우 넘어도 1.0이에요.
# 딱 0이면 아직 넘지 않은 거예요.
#
# 선을 다른 곳에 긋고 싶으면 $b$를 바꾸면 돼요. $w\cdot x > \theta$는 $b = -\theta$로 놓은 $w\cdot x + b > 0$과 같아요. 그래서 문턱(임곗값, threshold) $\theta$와 편향 $b$는 **부호가 반대**예요.
#
# **할 일**: `fire(x, w, b)`. 1번에서 만든 것을 써도 좋아요. (10분, 2점)
# %% [markdown] lang="en" exercise="fire" minutes=10
# ## 2. All or nothing
#
# The simplest axon there is: 1.0 if the cell body holds **more than** 0, else 0.0. There is nothing in between. Far over the line gives 1.0, barely over it gives 1.0.
# At exactly 0 the line has not been crossed yet.
#
# To draw the line elsewhere, change $b$: $w\cdot x > \theta$ is the same as $w\cdot x + b > 0$ with $b = -\theta$. So the threshold $\theta$ and the bias $b$ have **opposite signs**.
#
# **To do**: `fire(x, w, b)`. You may use what you wrote in 1. (10 minutes, 2 points)

# %% [markdown] lang="ko"
# 같은 $x = (-1, -2)$, $w = (2, -3)$에 이번에는 $b = -4$예요. 이 뉴런은 무엇을 내보낼까요?
# %% [markdown] lang="en"
# The same $x = (-1, -2)$ and $w = (2, -3)$, this time with $b = -4$. What does the neuron send?

# %%
guess = None
check.predict(guess, reference.fire(np.array([-1.0, -2.0]), np.array([2.0, -3.0]), -4.0))


# %% solution="fire"
def fire(x, w, b):
    """Send 1.0 if the cell body holds more than 0, else 0.0.

    x : array (D,), the signals at the dendrites
    w : array (D,), the strengths of the synapses
    b : float, the bias
    Returns a float, 1.0 or 0.0.
    """
    ### BEGIN SOLUTION
    return 1.0 if cell_body(x, w, b) > 0 else 0.0
    ### END SOLUTION


# %% check="fire-check" points=1
x, w = np.array([-1.0, -2.0]), np.array([2.0, -3.0])
check.table(
    "fire",
    fire,
    [
        {"x": x, "w": w, "b": -3.0},
        {"x": x, "w": w, "b": -7.0},
        {"x": x, "w": w, "b": 5.0},
        {"x": x, "w": w, "b": -3.75},
        {"x": x, "w": w, "b": -4.0},
        {"x": -x, "w": w, "b": 3.0},
    ],
)

# %% check="fire-hidden" points=1
check.later(
    en="other numbers of dendrites, sums just above 0, just below 0 and exactly 0.",
    ko="다른 개수의 수상돌기, 그리고 합이 0을 살짝 넘을 때, 살짝 모자랄 때, 딱 0일 때를 봐요.",
)
### BEGIN HIDDEN TESTS
x, w = np.array([3.0, -1.0, 2.0, 5.0]), np.array([1.0, 4.0, -2.0, 3.0])
check.table(
    "fire",
    fire,
    [
        {"x": x, "w": w, "b": -10.0},
        {"x": x, "w": w, "b": -9.875},
        {"x": x, "w": w, "b": -10.125},
        {"x": x, "w": -w, "b": 10.0},
        {"x": x, "w": -w, "b": 11.0},
        {"x": np.array([2.0]), "w": np.array([-3.0]), "b": 6.0},
        {"x": np.array([2.0]), "w": np.array([-3.0]), "b": 6.5},
        {"x": 0 * x, "w": w, "b": 0.0},
        {"x": 0 * x, "w": w, "b": 0.5},
        {"x": 1000 * x, "w": w, "b": 4000.0},
    ],
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="fire"
# <details><summary>한 줄만 틀렸대요: 합이 0인 줄</summary>
#
# "넘으면"과 "닿으면"은 달라요. 합이 딱 0일 때 여러분의 비교는 참인가요, 거짓인가요?
# </details>
#
# <details><summary>거의 다 반대로 나와요</summary>
#
# $b$를 문턱 자리에 그대로 놓지 않았나요? $b$가 커지면 뉴런은 더 쉽게 발화해야 해요, 더 어렵게 발화해야 해요?
# </details>
# %% [markdown] lang="en" hints="fire"
# <details><summary>A single row is wrong: the one whose sum is 0</summary>
#
# "More than" and "at least" are not the same. When the sum is exactly 0, is your comparison true or false?
# </details>
#
# <details><summary>Nearly everything is the other way round</summary>
#
# Did you put $b$ where the threshold stands, as it is? When $b$ grows, should the neuron fire sooner or later?
# </details>

# %% [markdown] lang="ko" exercise="integrate_and_fire" minutes=20
# ## 3. 시간 속의 뉴런: 모았다가 발화하기
#
# 강의의 한 문장에는 `fire`에 없는 것이 하나 있어요. **시간**이에요. 세포체는 들어오는 것을 *저장하다가*, *용량을 넘어서면* 축삭돌기로 내보내요. 이것을 적분-발화(integrate and fire)라고 불러요. 규칙을 정확히 적으면:
#
# - 저장고는 0에서 시작해요.
# - 걸음마다 그때의 전류(current)를 저장고에 **더하고, 그다음에** 용량과 견줘요.
# - 저장고가 용량(capacity)보다 **크면** 그 걸음의 출력은 1.0이고 저장고는 0이 돼요. 넘친 만큼도 사라져요.
# - 아니면 출력은 0.0이고 저장고는 그대로예요.
# - 전류는 음수일 수도 있어요. 저장고를 비우는 억제성 신호예요. 그때도 그냥 더해요.
#
# 슬라이드는 용량 옆에 "활성함수 값"이라고 적어 두었어요. 그런데 위의 규칙에서 용량은 견주는 **선**이에요. 밖으로 나가는 값이 아니고요. 그러니 용량은 **문턱**이고, 활성 함수는 "넘었으면 1.0, 아니면 0.0"이라는 *규칙*이에요. 조금 뒤에 여러분의 함수로 직접 확인해 봐요.
#
# **할 일**: `integrate_and_fire(currents, capacity)`. 걸음마다 1.0이나 0.0이 들어 있는 배열을 돌려줘요. (20분, 3점)
# %% [markdown] lang="en" exercise="integrate_and_fire" minutes=20
# ## 3. A neuron in time: integrate and fire
#
# The lecture's one sentence about nerve cells has something in it that `fire` lacks: **time**. The cell body *stores* what comes in until it *exceeds the cell's capacity*, and then it goes out by the axon. That is called integrate and fire. The rules, to the letter:
#
# - The store starts at 0.
# - At every step the current of that step is **first added** to the store; **then** the store is held against the capacity.
# - If the store is **greater than** the capacity, the output of that step is 1.0 and the store becomes 0. What was over is lost, too.
# - If not, the output is 0.0 and the store stays as it is.
# - A current may be negative: a calming signal that drains the store. It is added like any other.
#
# Beside the capacity the slide writes "the activation function's value" (활성함수 값). In the rules above, though, the capacity is the **line** that something is held against; it is not what comes out. So it is the **threshold**, and the activation function is the *rule*, "1.0 if over the line, else 0.0". In a moment you can see it for yourself with your own function.
#
# **To do**: `integrate_and_fire(currents, capacity)`, which returns an array, 1.0 or 0.0 for every step. (20 minutes, 3 points)

# %% [markdown] lang="ko"
# 전류가 걸음마다 1.0이고 용량이 3.0이면, 열 걸음 동안 몇 번 발화할까요?
# %% [markdown] lang="en"
# A current of 1.0 at every step, a capacity of 3.0: how often does it fire within ten steps?

# %%
guess = None
check.predict(guess, reference.integrate_and_fire(np.ones(10), 3.0).sum())


# %% solution="integrate_and_fire"
def integrate_and_fire(currents, capacity):
    """Store what comes in; fire, and empty the store, when it exceeds the capacity.

    currents : array (T,), what comes in at each step
    capacity : float, the threshold
    Returns an array (T,), 1.0 at the steps at which it fires, else 0.0.
    """
    ### BEGIN SOLUTION
    spikes = np.zeros(len(currents))
    store = 0.0
    for step, current in enumerate(currents):
        store += current
        if store > capacity:
            spikes[step] = 1.0
            store = 0.0
    return spikes
    ### END SOLUTION


# %% check="integrate_and_fire-check" points=2
check.call("integrate_and_fire", integrate_and_fire, np.array([2.0, 2.5, 0.5, 1.0, 3.0, 4.25, 0.25]), 3.0)
check.call("integrate_and_fire", integrate_and_fire, np.ones(10), 3.0)

# %% check="integrate_and_fire-hidden" points=1
check.later(
    en="a store that is exactly full, a strong current, currents that drain, and a single step.",
    ko="저장고가 딱 찼을 때, 센 전류, 저장고를 비우는 전류, 그리고 한 걸음짜리를 봐요.",
)
### BEGIN HIDDEN TESTS
check.call("integrate_and_fire", integrate_and_fire, np.array([0.5, 1.5, 0.25, 6.0, 1.75, 0.25, 0.5, 2.0]), 2.0)
check.call("integrate_and_fire", integrate_and_fire, np.array([1.0, -2.5, 2.0, 1.0, 0.25, -0.5, 1.0, 0.5, 0.25]), 1.25)
check.call("integrate_and_fire", integrate_and_fire, np.array([4.5]), 4.0)
check.call("integrate_and_fire", integrate_and_fire, np.full(23, 0.75), 4.5)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="integrate_and_fire"
# <details><summary>한 걸음 늦게 발화해요</summary>
#
# 한 걸음 안에서 하는 일이 둘이에요. 더하기와 견주기. 종이에 표를 만들어 보세요: 걸음, 전류, 더한 뒤의 저장고, 출력. 여러분의 코드는 이 표의 어느 칸에서 용량과 견주나요?
# </details>
#
# <details><summary>한 번 발화하고 나면 계속 발화해요</summary>
#
# 발화한 다음 걸음에 저장고에 얼마가 남아 있나요?
# </details>
#
# <details><summary>처음 몇 번은 맞는데 나중에 어긋나요</summary>
#
# 용량이 3이고 저장고가 3.5일 때 발화했다면, 0.5는 어떻게 되나요? 규칙을 다시 읽어 보세요. 딱 3.0일 때는요?
# </details>
#
# <details><summary>뼈대가 필요해요</summary>
#
# 반복문 밖에 저장고 하나. 반복문 안에서 더하고, 묻고, 넘었으면 두 가지를 해요. 출력은 걸음마다 하나씩, 발화하지 않은 걸음에도 있어야 해요.
# </details>
# %% [markdown] lang="en" hints="integrate_and_fire"
# <details><summary>It fires one step late</summary>
#
# A step does two things: add, and compare. Make a table on paper: step, current, store after adding, output. In which column does your code hold the store against the capacity?
# </details>
#
# <details><summary>Once it has fired, it fires on and on</summary>
#
# How much is left in the store at the step after a spike?
# </details>
#
# <details><summary>The first spikes are right, later ones are not</summary>
#
# Say the capacity is 3 and it fired with 3.5 in the store. What becomes of the 0.5? Read the rules again. And what if it holds exactly 3.0?
# </details>
#
# <details><summary>I need a skeleton</summary>
#
# One store, outside the loop. Inside: add, ask, and if it is over, do two things. There is an output for every step, also for those at which it stays silent.
# </details>

# %%
figures.integrate_and_fire(integrate_and_fire)

# %% [markdown] lang="ko"
# 문턱을 3.0에 두고 전류만 바꿔 볼게요. 아래는 전류가 $-1,\ 0,\ 1,\ 2,\ 3,\ 4$로 일정할 때, 60걸음 동안 **발화한 비율**이에요. 용량은 그대로인데 나오는 값은 전류를 따라 변하죠? 나오는 값을 정하는 그 곡선이 활성 함수예요.
#
# 곡선의 모양도 봐 두세요. 음수에서는 0이고 그다음부터 올라가요. 인공 뉴런이 내보내는 수 하나는 이런 **비율**이라고 읽을 수 있어요. 네 번째 노트북에서 만날 ReLU도 음수에서 0이고 그다음부터 올라가요(이 계단과 천장은 빼고요).
# %% [markdown] lang="en"
# Leave the threshold at 3.0 and change the current alone. Below is the **share of steps** at which it fires, out of 60, for steady currents of $-1,\ 0,\ 1,\ 2,\ 3,\ 4$. The capacity is the same throughout, what comes out follows the current: the curve that decides what comes out is the activation function.
#
# Look at its shape, too: 0 for whatever is negative, and then it climbs. The one number that an artificial neuron sends can be read as such a **rate**. The ReLU of the fourth notebook, too, is 0 for whatever is negative and then climbs (without these steps, and without the ceiling).


# %%
def firing_rate(current):
    return float(np.mean(integrate_and_fire(np.full(60, current), 3.0)))


check.show(lambda: [firing_rate(current) for current in (-1.0, 0.0, 1.0, 2.0, 3.0, 4.0)])

# %% [markdown] lang="ko" exercise="logic" minutes=25
# ## 4. 뉴런으로 만드는 논리
#
# 발화하거나 말거나 하는 뉴런은 곧 논리 게이트(logic gate)예요. 입력이 0 아니면 1일 때, $w$와 $b$만 잘 고르면 하나의 뉴런이 AND도, OR도, NAND도 돼요.
#
# | $x_0$ | $x_1$ | AND | OR | NAND | XOR |
# |---|---|---|---|---|---|
# | 0 | 0 | 0 | 0 | 1 | 0 |
# | 0 | 1 | 0 | 1 | 1 | 1 |
# | 1 | 0 | 0 | 1 | 1 | 1 |
# | 1 | 1 | 1 | 1 | 0 | 0 |
#
# **XOR는 하나로는 안 돼요.** 어떤 $w, b$가 된다고 해 볼까요? 네 줄이 요구하는 것은
#
# $$b \le 0, \qquad w_1 + b > 0, \qquad w_0 + b > 0, \qquad w_0 + w_1 + b \le 0$$
#
# 가운데 둘을 더하면 $w_0 + w_1 + 2b > 0$, 양 끝 둘을 더하면 $w_0 + w_1 + 2b \le 0$. 둘 다일 수는 없어요. 그림으로는, 네 점을 O와 X로 가르는 **직선**이 없다는 뜻이에요. 하지만 뉴런을 두 층으로 놓으면 돼요.
#
# **할 일**
# - `and_gate()`, `or_gate()`, `nand_gate()`는 각각 `(w, b)`를 돌려줘요. 네 줄이 모두 맞아야 하고, 어느 줄의 합 $w\cdot x + b$도 문턱 0에서 0.1보다 가까우면 안 돼요. 진짜 신호에는 잡음이 있으니까요.
# - `xor(x)`는 **이 세 뉴런으로만** 만들어요. `if`로 표를 외우는 게 아니에요. 뉴런으로 만든 망은 입력이 아주 조금 흔들려도 답이 같아요. (25분, 4점)
# %% [markdown] lang="en" exercise="logic" minutes=25
# ## 4. Logic out of neurons
#
# A neuron that fires or does not is a logic gate. With inputs that are 0 or 1, and the right $w$ and $b$, a single one can be AND, OR or NAND.
#
# | $x_0$ | $x_1$ | AND | OR | NAND | XOR |
# |---|---|---|---|---|---|
# | 0 | 0 | 0 | 0 | 1 | 0 |
# | 0 | 1 | 0 | 1 | 1 | 1 |
# | 1 | 0 | 0 | 1 | 1 | 1 |
# | 1 | 1 | 1 | 1 | 0 | 0 |
#
# **XOR cannot be done by one.** Suppose some $w, b$ could. The four rows ask for
#
# $$b \le 0, \qquad w_1 + b > 0, \qquad w_0 + b > 0, \qquad w_0 + w_1 + b \le 0$$
#
# Add the two in the middle: $w_0 + w_1 + 2b > 0$. Add the two at the ends: $w_0 + w_1 + 2b \le 0$. It cannot be both. As a picture: no **straight line** parts the four points into their two kinds. But neurons in two layers can.
#
# **To do**
# - `and_gate()`, `or_gate()`, `nand_gate()` each return `(w, b)`. All four rows have to be right, and no row's sum $w\cdot x + b$ may be nearer than 0.1 to the threshold 0: real signals are noisy.
# - `xor(x)` is put together **from these three neurons alone**, not from an `if` that knows the table by heart. A network of neurons gives the same answer when an input is off by a hair. (25 minutes, 4 points)

# %% [markdown] lang="ko"
# $w = (1, 1)$, $b = -1$인 뉴런은 AND처럼 발화해요. 그런데 문턱에서 가장 가까운 합은 0에서 얼마나 떨어져 있을까요?
# %% [markdown] lang="en"
# A neuron with $w = (1, 1)$ and $b = -1$ fires like AND. But how far from 0 is the sum that comes nearest to it?

# %%
guess = None
check.predict(guess, min(abs(x0 + x1 - 1.0) for x0 in (0, 1) for x1 in (0, 1)))


# %% solution="logic-gates"
def and_gate():
    """Return (w, b) of a neuron that fires when both inputs are 1: w an array (2,), b a float."""
    ### BEGIN SOLUTION
    return np.array([1.0, 1.0]), -1.5
    ### END SOLUTION


def or_gate():
    """Return (w, b) of a neuron that fires when at least one input is 1."""
    ### BEGIN SOLUTION
    return np.array([1.0, 1.0]), -0.5
    ### END SOLUTION


def nand_gate():
    """Return (w, b) of a neuron that fires unless both inputs are 1."""
    ### BEGIN SOLUTION
    return np.array([-1.0, -1.0]), 1.5
    ### END SOLUTION


# %% solution="logic-xor"
def xor(x):
    """Tell whether one input is 1 and the other 0, with neurons of the three kinds above.

    x : array (2,), two numbers near 0 or 1
    Returns a float, 1.0 or 0.0.
    """
    ### BEGIN SOLUTION
    hidden = np.array([fire(x, *or_gate()), fire(x, *nand_gate())])
    return fire(hidden, *and_gate())
    ### END SOLUTION


# %% check="logic-check" points=2
check.gate("and_gate", and_gate)
check.gate("or_gate", or_gate)
check.gate("nand_gate", nand_gate)
check.table("xor", xor, [{"x": np.array([x0, x1])} for x0 in (0.0, 1.0) for x1 in (0.0, 1.0)])

# %% check="logic-hidden" points=2
check.later(
    en="xor with inputs that are a hair off 0 and 1, as signals in a nerve are.",
    ko="신경의 신호가 그렇듯이, 0과 1에서 아주 조금 벗어난 입력으로 xor를 봐요.",
)
### BEGIN HIDDEN TESTS
check.gate("and_gate", and_gate)
check.gate("or_gate", or_gate)
check.gate("nand_gate", nand_gate)
check.table(
    "xor",
    xor,
    [
        {"x": np.array([x0 + off0, x1 + off1])}
        for x0 in (1.0, 0.0)
        for x1 in (0.0, 1.0)
        for off0, off1 in ((0.0001, -0.00015), (-0.0002, 0.0001), (0.0, 0.00015))
    ],
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="logic"
# <details><summary>w와 b를 어떻게 고르나요?</summary>
#
# 정사각형의 네 꼭짓점을 그리고, 1이어야 하는 꼭짓점을 칠해 보세요. 칠한 쪽과 아닌 쪽을 가르는 직선을, 되도록 네 점에서 **멀리** 그으세요. 그 직선이 $w\cdot x + b = 0$이에요.
# </details>
#
# <details><summary>줄은 다 맞는데 너무 가깝대요</summary>
#
# 네 줄의 합을 적어 보세요. 어느 하나가 0이거나 0에 아주 가까울 거예요. $b$를 어느 쪽으로 조금 옮기면 넷 다 멀어질까요?
# </details>
#
# <details><summary>NAND를 어디서부터 생각해야 할지 모르겠어요</summary>
#
# NAND는 AND의 정반대예요. 합의 부호가 네 줄에서 모두 뒤집히면 되죠. 무엇을 바꾸면 합의 부호가 뒤집히나요?
# </details>
#
# <details><summary>XOR를 셋으로 어떻게 만들죠?</summary>
#
# XOR를 말로 해 보세요. "적어도 하나가 켜져 있고, 그런데 …는 아니다." 쉼표 앞과 뒤가 각각 게이트 하나이고, "그런데"도 게이트예요. 두 뉴런의 출력은 세 번째 뉴런의 **입력**이 돼요.
# </details>
#
# <details><summary>보이는 검사는 통과했는데 채점에서 xor가 틀렸대요</summary>
#
# `==`나 표를 외운 `if`가 있나요? 0.9999는 1과 같지 않아요. 뉴런은 견주기 전에 무엇을 하죠?
# </details>
# %% [markdown] lang="en" hints="logic"
# <details><summary>How do I choose w and b?</summary>
#
# Draw the four corners of a square and paint those that have to give 1. Draw a straight line between the painted and the others, as **far** from all four as you can. That line is $w\cdot x + b = 0$.
# </details>
#
# <details><summary>The rows are right, but it says one is too close</summary>
#
# Write down the four sums. One of them is 0, or nearly. Which way must $b$ move a little, so that all four are far away?
# </details>
#
# <details><summary>I do not know where to begin with NAND</summary>
#
# NAND is the exact opposite of AND: the sum has to change its sign in all four rows. What do you turn round to turn round the sign of a sum?
# </details>
#
# <details><summary>How can three of them make XOR?</summary>
#
# Say XOR in words: "at least one is on, and yet not …". What stands before the comma is a gate, what stands behind it is a gate, and so is the "and yet". What two neurons send becomes the **input** of a third.
# </details>
#
# <details><summary>The visible check passed, the graded one says xor is wrong</summary>
#
# Is there an `==`, or an `if` that knows the table by heart? 0.9999 is not equal to 1. What does a neuron do before it compares?
# </details>

# %%
figures.xor(and_gate, or_gate, nand_gate, xor)

# %% [markdown] lang="ko" exercise="neuron" minutes=30
# ## 5. 배울 수 있는 뉴런
#
# 논리 게이트의 $w$는 손으로 골랐어요. 이제 **배우게** 하고 싶어요. 그런데 `fire`에는 문제가 있어요. $w$를 조금 움직여도 출력은 꿈쩍하지 않아요. 계단은 거의 모든 곳에서 평평하니까요. 기울기가 0이면 어느 쪽으로 갈지 아무도 말해 주지 않아요.
#
# 그래서 계단을 매끄럽게 펴요. 첫 노트북의 시그모이드예요.
#
# $$p = \sigma(z) = \frac{1}{1 + e^{-z}}, \qquad z = w\cdot x + b, \qquad \frac{dp}{dz} = p\,(1 - p)$$
#
# $p$는 0과 1 사이에 있어서 "얼마나 확신하는가"로 읽을 수 있어요. 첫 노트북의 `neuron_graph`가 바로 이 뉴런이에요. 달라진 것은 둘뿐: 입력이 몇 개여도 되고, 예시 여럿을 **배치**(batch)로 한꺼번에 받아요.
#
# $X$는 $(N, D)$, 예시 하나가 한 행이에요. $w$는 $(D,)$, $b$는 수 하나, $p$는 $(N,)$. 모든 행이 **같은** $w$와 $b$를 쓴다는 것을 잊지 마세요. 한 값이 여러 번 쓰이면 기울기는 어떻게 됐죠?
#
# **할 일**: `neuron_forward(X, w, b)`와 `neuron_backward(dp, cache)`. 돌아오는 기울기는 `(dX, dw, db)`예요. 합 $z$는 ±30 안이니 위의 식 그대로면 돼요. (30분, 5점)
# %% [markdown] lang="en" exercise="neuron" minutes=30
# ## 5. A neuron that can learn
#
# You chose the gates' $w$ by hand. Now they shall be **learnt**. But `fire` has a flaw: move $w$ a little, and the output does not budge. A step is flat nearly everywhere, and where the gradient is 0 nobody tells you which way to go.
#
# So smooth the step. It is the sigmoid of the first notebook:
#
# $$p = \sigma(z) = \frac{1}{1 + e^{-z}}, \qquad z = w\cdot x + b, \qquad \frac{dp}{dz} = p\,(1 - p)$$
#
# $p$ lies between 0 and 1 and can be read as how sure the neuron is. This is `neuron_graph` from the first notebook, with two things new: there may be any number of inputs, and examples come in a **batch**.
#
# $X$ is $(N, D)$, one example a row; $w$ is $(D,)$, $b$ a single number, $p$ is $(N,)$. Do not forget that all rows use the **same** $w$ and $b$. What was it that happens to gradients when a value is used more than once?
#
# **To do**: `neuron_forward(X, w, b)` and `neuron_backward(dp, cache)`. The gradients that come back are `(dX, dw, db)`. The sums $z$ stay within ±30, so the formula above will do as it stands. (30 minutes, 5 points)

# %% [markdown] lang="ko"
# 먼저 하나: $x = (-1, -2)$, $w = (2, -3)$, $b = -3$일 때 `fire`를 $w_0$으로 미분하면 얼마일까요? 그리고 둘: 같은 자리에서 시그모이드 뉴런의 $\partial p/\partial w_0$는요? 첫 노트북에서 구한 그 수예요. `guess = (…, …)`, 소수 둘째 자리까지.
# %% [markdown] lang="en"
# First: at $x = (-1, -2)$, $w = (2, -3)$, $b = -3$, what is the derivative of `fire` with respect to $w_0$? And second: what is $\partial p/\partial w_0$ of the sigmoid neuron at the same place? You found that number in the first notebook. `guess = (…, …)`, to two decimals.

# %%
guess = None
check.predict(
    guess,
    tuple(
        reference.numerical_derivative(lambda w0, f=f: float(f(w0)), 2.0)
        for f in (
            lambda w0: reference.fire(np.array([-1.0, -2.0]), np.array([w0, -3.0]), -3.0),
            lambda w0: reference.neuron_graph(w0, -1.0, -3.0, -2.0, -3.0),
        )
    ),
)


# %% solution="neuron-forward"
def neuron_forward(X, w, b):
    """Answer a batch of examples: the sigmoid of w·x + b for every row x.

    X : array (N, D), one example a row
    w : array (D,)
    b : float
    Returns (p, cache): p an array (N,) of numbers between 0 and 1.
    """
    ### BEGIN SOLUTION
    p = 1 / (1 + np.exp(-(X @ w + b)))
    return p, (X, w, p)
    ### END SOLUTION


# %% solution="neuron-backward"
def neuron_backward(dp, cache):
    """Go back from the answers to the inputs and the parameters.

    dp : array (N,), the upstream gradient
    Returns (dX, dw, db): arrays (N, D) and (D,), and a float.
    """
    ### BEGIN SOLUTION
    X, w, p = cache
    dz = dp * p * (1 - p)
    return np.outer(dz, w), X.T @ dz, dz.sum()
    ### END SOLUTION


# %% check="neuron-check" points=3
draw = check.random(33)
check.backward("neuron", neuron_forward, neuron_backward, X=0.8 * draw(4, 3), w=0.6 * draw(3), b=0.4 * draw())
check.backward(
    "neuron",
    neuron_forward,
    neuron_backward,
    X=np.array([[-1.0, -2.0]]),
    w=np.array([2.0, -3.0]),
    b=-3.0,
    dout=np.array([1.0]),
)

# %% check="neuron-hidden" points=2
check.later(
    en="other sizes: one example with many inputs, many examples with one input.",
    ko="다른 크기, 그러니까 입력이 많은 예시 하나와 입력이 하나뿐인 예시 여럿을 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(34)
check.backward("neuron", neuron_forward, neuron_backward, X=0.6 * draw(3, 5), w=0.5 * draw(5), b=0.3 * draw())
check.backward("neuron", neuron_forward, neuron_backward, X=0.6 * draw(1, 4), w=0.5 * draw(4), b=0.3 * draw())
check.backward("neuron", neuron_forward, neuron_backward, X=draw(6, 1), w=0.7 * draw(1), b=0.5 * draw())
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="neuron"
# <details><summary>db가 수 하나가 아니라 배열이래요</summary>
#
# $b$는 하나인데 $N$개의 행이 모두 그것을 썼어요. 길이 $N$개면 돌아온 것도 $N$개. 첫 노트북의 `fan_out`에서 두 길이 만났을 때 무엇을 했나요?
# </details>
#
# <details><summary>dw와 dX의 모양이 맞지 않아요</summary>
#
# 기울기의 모양은 그 변수의 모양이에요. $dz$는 $(N,)$이에요. $dw$는 $(D,)$여야 하니 $N$이 **더해져서 사라져야** 하고, $dX$는 $(N, D)$여야 하니 아무것도 사라지지 않아요. 무엇과 무엇을 어떻게 곱하면 그렇게 되나요?
# </details>
#
# <details><summary>값은 맞는데 기울기가 전부 같은 비율로 틀려요</summary>
#
# $dp$에서 $dz$로 가는 길에 시그모이드가 있어요. 국소 기울기는 두 수를 곱한 거예요. 둘 다 있나요? 그 안의 $p$는 forward가 낸 값인가요, 합 $z$인가요?
# </details>
#
# <details><summary>뼈대가 필요해요</summary>
#
# 거꾸로 한 걸음씩: ① $dp \to dz$ (행마다 따로) ② $dz \to db$ (모두 한곳으로) ③ $dz \to dw$ (행마다 그 행의 $x$를 곱해 한곳으로) ④ $dz \to dX$ (행마다 $w$를 곱해 자기 자리로).
# </details>
# %% [markdown] lang="en" hints="neuron"
# <details><summary>It says db is an array, not a number</summary>
#
# There is one $b$, and all $N$ rows used it. $N$ paths out, $N$ gradients back. What did you do in `fan_out`, in the first notebook, where two paths met?
# </details>
#
# <details><summary>The shapes of dw and dX do not fit</summary>
#
# A gradient has the shape of its variable. $dz$ is $(N,)$. $dw$ has to be $(D,)$, so $N$ must **be summed away**; $dX$ has to be $(N, D)$, so nothing disappears. What do you multiply with what to get that?
# </details>
#
# <details><summary>The values are right, the gradients are all off by a factor</summary>
#
# Between $dp$ and $dz$ lies the sigmoid. Are both factors of its local gradient there? And is the $p$ in them what forward gave, or the sum $z$?
# </details>
#
# <details><summary>I need a skeleton</summary>
#
# Backward, a step at a time: ① $dp \to dz$ (each row by itself) ② $dz \to db$ (all of them to one place) ③ $dz \to dw$ (each row times its own $x$, all to one place) ④ $dz \to dX$ (each row times $w$, back to its own place).
# </details>

# %% [markdown] lang="ko" exercise="boundary" minutes=10
# ## 6. 뉴런이 긋는 선
#
# 입력이 둘이면 뉴런을 평면에 그릴 수 있어요. $p$가 딱 0.5인 곳, 즉 $w_0x_0 + w_1x_1 + b = 0$인 곳은 **직선**이에요. 한쪽에서는 발화하고 다른 쪽에서는 침묵해요. 결정 경계(decision boundary)라고 불러요.
#
# **할 일**: 그 직선을 $x_1 = \text{slope}\cdot x_0 + \text{intercept}$로 나타내는 `boundary(w, b)`. `(slope, intercept)`를 돌려줘요. $w_1 = 0$이면 이런 직선이 없어요(세로이거나, 아예 없어요). 그때는 **이유를 적은** `ValueError`를 일으켜 주세요. 조용히 무한대를 돌려주는 함수는 나중에 우리를 울려요. (10분, 2점)
# %% [markdown] lang="en" exercise="boundary" minutes=10
# ## 6. The line that a neuron draws
#
# With two inputs a neuron can be drawn in the plane. Where $p$ is exactly 0.5, that is, where $w_0x_0 + w_1x_1 + b = 0$, there is a **straight line**. On one side it fires, on the other it is silent. It is called the decision boundary.
#
# **To do**: `boundary(w, b)`, which gives that line as $x_1 = \text{slope}\cdot x_0 + \text{intercept}$ and returns `(slope, intercept)`. When $w_1 = 0$ there is no such line (it is vertical, or there is none at all): raise a `ValueError` **that says why**. A function that quietly hands back infinity makes us weep later. (10 minutes, 2 points)

# %% [markdown] lang="ko"
# $w = (2, -3)$, $b = -3$이면 기울기(slope)와 절편(intercept)은 얼마일까요? `guess = (…, …)`
# %% [markdown] lang="en"
# For $w = (2, -3)$ and $b = -3$, what are slope and intercept? `guess = (…, …)`

# %%
guess = None
check.predict(guess, reference.boundary(np.array([2.0, -3.0]), -3.0))


# %% solution="boundary"
def boundary(w, b):
    """Give the line on which w·x + b is 0.

    w : array (2,)
    b : float
    Returns (slope, intercept), floats: x1 = slope * x0 + intercept.
    Raises ValueError, with a reason, when w[1] is 0.
    """
    ### BEGIN SOLUTION
    if w[1] == 0:
        raise ValueError(f"no slope describes this line: w[1] is 0 (w = {w}, b = {b})")
    return -w[0] / w[1], -b / w[1]
    ### END SOLUTION


# %% check="boundary-check" points=1
check.call("boundary", boundary, np.array([2.0, -3.0]), -3.0)
check.refuses("boundary", boundary, w=np.array([1.5, 0.0]), b=-2.0)

# %% check="boundary-hidden" points=1
check.later(
    en="other lines, a level one, and weights that are both 0.",
    ko="다른 직선들, 수평인 직선, 그리고 둘 다 0인 가중치를 봐요.",
)
### BEGIN HIDDEN TESTS
check.call("boundary", boundary, np.array([-0.7, 1.9]), 2.3)
check.call("boundary", boundary, np.array([3.1, 0.4]), -1.7)
check.call("boundary", boundary, np.array([0.0, -2.5]), 1.2)
check.refuses("boundary", boundary, w=np.array([0.0, 0.0]), b=0.0)
check.refuses("boundary", boundary, w=np.array([-2.5, -0.0]), b=0.6)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="boundary"
# <details><summary>부호가 반대예요</summary>
#
# $w_0x_0 + w_1x_1 + b = 0$에서 $x_1$만 왼쪽에 남기세요. 나머지는 이항해요. 이항할 때 무슨 일이 생기죠?
# </details>
#
# <details><summary>기울기의 분자와 분모가 뒤집혔대요</summary>
#
# 마지막에 무엇으로 나누나요? $x_1$ 앞에 붙어 있던 것이에요.
# </details>
#
# <details><summary>0으로 나누는데 오류가 안 나요</summary>
#
# numpy의 수는 0으로 나눠도 멈추지 않고 경고만 남긴 채 무한대를 돌려줘요. 나누기 전에 물어보세요. `raise ValueError("…")`의 따옴표 안에는, 이 함수를 부른 사람이 읽고 고칠 수 있는 말을 적어요.
# </details>
# %% [markdown] lang="en" hints="boundary"
# <details><summary>My sign is wrong</summary>
#
# In $w_0x_0 + w_1x_1 + b = 0$ leave $x_1$ alone on the left. The others cross the equals sign. What happens to them on the way?
# </details>
#
# <details><summary>It says the slope is upside down</summary>
#
# What do you divide by in the end? It is what stood in front of $x_1$.
# </details>
#
# <details><summary>I divide by 0 and no error comes</summary>
#
# Numpy's numbers do not stop at a division by 0: they warn and hand back infinity. Ask before you divide. Between the quotes of `raise ValueError("…")` stands what the one who called your function has to read to mend it.
# </details>

# %%
figures.neuron_plane(neuron_forward, boundary)

# %% [markdown] lang="ko" exercise="log_loss" minutes=20
# ## 7. 얼마나 틀렸나: 로그 손실
#
# 뉴런이 $p = 0.9$라고 했어요. "1일 확률이 0.9"라는 말로 듣기로 해요. 정답 $t$가 1이었다면 실제로 일어난 일에 확률 0.9를, $t$가 0이었다면 $1 - 0.9 = 0.1$을 준 셈이에요.
# 예시가 $N$개면 **일어난 일 전부에 준 확률**은 곱이에요. 이것이 가능도(likelihood)예요.
#
# $$\prod_n p_n^{t_n} (1 - p_n)^{1 - t_n}$$
#
# 클수록 좋아요. 그런데 곱은 금세 0에 가까워지니 로그를 씌워 합으로 바꾸고, 작을수록 좋은 손실(loss)로 만들려고 부호를 뒤집고, 배치의 크기와 상관없게 $N$으로 나눠요.
#
# $$L = -\frac{1}{N}\sum_n \big[\, t_n \ln p_n + (1 - t_n) \ln(1 - p_n) \,\big]$$
#
# 이름이 셋이지만 하나예요. **로그 손실**(log loss) = **교차 엔트로피**(cross entropy) = **음의 로그 가능도**(negative log-likelihood, 여기서는 $N$으로 나눈 것). 강의에서도 뒤의 둘을 등호로 이어 두었죠.
#
# **할 일**: `log_loss_forward(p, t)`와 `log_loss_backward(dout, cache)`. $t$는 0.0 아니면 1.0, $0 < p < 1$이에요. 돌아오는 기울기는 $dp$ 하나예요. (20분, 3점)
# %% [markdown] lang="en" exercise="log_loss" minutes=20
# ## 7. How wrong was it: log loss
#
# The neuron said $p = 0.9$. Let us hear that as "1, with probability 0.9". If the truth $t$ was 1, it gave 0.9 to what happened; if $t$ was 0, it gave $1 - 0.9 = 0.1$ to what happened.
# With $N$ examples, the probability it gave to **everything that happened** is a product. That is the likelihood:
#
# $$\prod_n p_n^{t_n} (1 - p_n)^{1 - t_n}$$
#
# The larger the better. But a product is nearly 0 in no time, so take the logarithm, which makes it a sum; turn the sign round, so that it is a loss, the smaller the better; and divide by $N$, so that the size of the batch does not matter.
#
# $$L = -\frac{1}{N}\sum_n \big[\, t_n \ln p_n + (1 - t_n) \ln(1 - p_n) \,\big]$$
#
# Three names, one thing: **log loss** = **cross entropy** = **negative log-likelihood** (here divided by $N$). The lecture, too, puts an equals sign between the last two.
#
# **To do**: `log_loss_forward(p, t)` and `log_loss_backward(dout, cache)`. $t$ is 0.0 or 1.0, and $0 < p < 1$. One gradient comes back, $dp$. (20 minutes, 3 points)

# %% [markdown] lang="ko"
# $p = 0.9$라고 했을 때의 손실은, 맞았을 때($t = 1$)와 틀렸을 때($t = 0$) 각각 얼마일까요? `guess = (…, …)`, 소수 첫째 자리까지면 충분해요. 자신 있게 틀리면 얼마나 비싼지 보세요.
# %% [markdown] lang="en"
# Having said $p = 0.9$, what is the loss if that was right ($t = 1$), and what if it was wrong ($t = 0$)? `guess = (…, …)`, one decimal is enough. See how dear it is to be sure and wrong.

# %%
guess = None
check.predict(guess, tuple(reference.log_loss(np.array([0.9]), np.array([t])) for t in (1.0, 0.0)), tolerance=0.05)


# %% solution="log_loss"
def log_loss_forward(p, t):
    """Score answers against the truth: the mean of −ln(the probability given to what happened).

    p : array (N,), the neuron's answers, between 0 and 1
    t : array (N,), the truth, 0.0 or 1.0
    Returns (loss, cache): loss a float.
    """
    ### BEGIN SOLUTION
    loss = -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))
    return loss, (p, t)
    ### END SOLUTION


def log_loss_backward(dout, cache):
    """Return dp, an array (N,), for the upstream gradient dout, a float."""
    ### BEGIN SOLUTION
    p, t = cache
    return dout * (p - t) / (p * (1 - p)) / len(p)
    ### END SOLUTION


# %% check="log_loss-check" points=2
check.backward(
    "log_loss",
    log_loss_forward,
    log_loss_backward,
    p=np.array([0.73, 0.2, 0.6, 0.35]),
    t=np.array([1.0, 0.0, 0.0, 1.0]),
)
check.backward("log_loss", log_loss_forward, log_loss_backward, p=np.array([0.9]), t=np.array([1.0]), dout=1.0)

# %% check="log_loss-hidden" points=1
check.later(
    en="a batch of one, a larger one, answers that are sure and wrong, other upstream gradients.",
    ko="예시가 하나뿐인 배치, 더 큰 배치, 자신 있게 틀린 답, 다른 상류 기울기를 봐요.",
)
### BEGIN HIDDEN TESTS
check.backward("log_loss", log_loss_forward, log_loss_backward, p=np.array([0.15]), t=np.array([0.0]), dout=-1.7)
check.backward(
    "log_loss",
    log_loss_forward,
    log_loss_backward,
    p=np.array([0.05, 0.95, 0.41, 0.88, 0.97, 0.12, 0.3]),
    t=np.array([1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0]),
    dout=2.4,
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="log_loss"
# <details><summary>예시가 하나일 때만 맞아요</summary>
#
# 배치의 손실은 합이 아니라 평균이에요. forward에서 $N$으로 나눴다면, 그 나눗셈도 게이트예요. backward에서 그 게이트를 지나왔나요?
# </details>
#
# <details><summary>t = 1인 것은 맞고 t = 0인 것은 틀려요</summary>
#
# 두 번째 항을 미분할 때, 로그 안에는 $p$가 아니라 $1 - p$가 있어요. 안쪽의 미분은 얼마죠?
# </details>
#
# <details><summary>(p − t)/N을 돌려줬는데 틀렸대요</summary>
#
# 아주 좋은 식이에요. 다만 그것은 $p$가 아니라 시그모이드 **앞**의 $z$에 대한 기울기예요. 바로 다음에 여러분의 코드로 확인해요. 여기서는 $p$에 대한 기울기까지만 가면 돼요.
# </details>
# %% [markdown] lang="en" hints="log_loss"
# <details><summary>Right for one example only</summary>
#
# The loss of a batch is a mean, not a sum. If forward divided by $N$, that division is a gate like any other. Did backward pass it?
# </details>
#
# <details><summary>Where t is 1 it is right, where t is 0 it is not</summary>
#
# When you differentiate the second term, what stands in the logarithm is not $p$ but $1 - p$. What is the inner derivative?
# </details>
#
# <details><summary>I return (p − t)/N and it says that is wrong</summary>
#
# It is a very good formula. Only, it is the gradient with respect to $z$, **before** the sigmoid, and not with respect to $p$. You will see it come out of your own code in a moment. Here, go as far as $p$.
# </details>

# %% [markdown] lang="ko"
# ### 눈여겨볼 것
#
# 손실에서 $dp$로, $dp$에서 다시 $dz$로. 두 번 거꾸로 걸으면 무엇이 나올까요? $db$는 $dz$의 합이니, 예시가 하나뿐인 배치에서는 $db$가 곧 $dz$예요. 아래 셀은 여러분의 두 backward를 잇고, $p - t$와 나란히 보여 줘요. 두 수가 같나요?
#
# $\frac{p - t}{p(1-p)}$가 $p(1-p)$를 만나 약분됐어요. **(예측 − 정답) / N**. 두 번째 노트북의 `fit_linear`에서도 같은 것이 돌아왔어요. 네 번째 노트북에서 소프트맥스까지, 세 번째로 만나게 돼요.
# %% [markdown] lang="en"
# ### Look at this
#
# From the loss to $dp$, from $dp$ to $dz$: what comes out when you walk back both? $db$ is the sum of the $dz$, so with a batch of one, $db$ is $dz$. The cell below joins your two backward functions and puts $p - t$ beside it. Are they the same?
#
# $\frac{p - t}{p(1-p)}$ met $p(1-p)$, and they cancelled: **(prediction − target) / N**. The same came back in `fit_linear` of the second notebook, and you will meet it a third time in the fourth, at the softmax.


# %%
def both_ways(t):
    p, neuron_cache = neuron_forward(np.array([[-1.0, -2.0]]), np.array([2.0, -3.0]), -3.0)
    _, loss_cache = log_loss_forward(p, np.array([t]))
    _, _, db = neuron_backward(log_loss_backward(1.0, loss_cache), neuron_cache)
    return float(db), float(p[0] - t)


check.show(lambda: [both_ways(1.0), both_ways(0.0)])

# %% [markdown] lang="ko" exercise="train_neuron" minutes=25
# ## 8. 꽃을 가려내는 뉴런
#
# 이제 부품이 다 있어요. 앞으로 걷고(`neuron_forward`, `log_loss_forward`), 거꾸로 걷고(`log_loss_backward`, `neuron_backward`), 한 걸음 내려가요.
#
# $$w := w - \alpha \frac{\partial L}{\partial w}, \qquad b := b - \alpha \frac{\partial L}{\partial b}$$
#
# 데이터는 진짜예요. 1930년대에 앤더슨(Edgar Anderson)이 붓꽃 150송이의 꽃받침과 꽃잎을 자로 쟀고, 통계학자 피셔(R. A. Fisher)가 그것을 유명하게 만들었어요. 우리는 꽃잎의 길이와 너비 두 가지만 볼 거예요.
# %% [markdown] lang="en" exercise="train_neuron" minutes=25
# ## 8. A neuron that tells flowers apart
#
# Now you have all the parts. Walk forward (`neuron_forward`, `log_loss_forward`), walk back (`log_loss_backward`, `neuron_backward`), take a step down.
#
# $$w := w - \alpha \frac{\partial L}{\partial w}, \qquad b := b - \alpha \frac{\partial L}{\partial b}$$
#
# The data are real. In the 1930s Edgar Anderson measured the sepals and petals of 150 irises with a ruler, and the statistician R. A. Fisher made them famous. We look at two things only: the length and the width of the petals.

# %%
flowers = data.flowers()
petals, is_versicolor = flowers.pair("setosa", "versicolor", features=("petal length", "petal width"))
petals = (petals - petals.mean(axis=0)) / petals.std(axis=0)
print(petals.shape, is_versicolor.shape, is_versicolor[:3], is_versicolor[-3:])

# %% [markdown] lang="ko"
# `petals`는 평균을 빼고 퍼진 정도(표준편차)로 나눈 것이에요. 센티미터 그대로 넣으면 길이와 너비의 크기가 달라 골짜기가 길쭉해지고, 경사 하강법이 지그재그로 걸어요.
#
# $w = 0$, $b = 0$에서 시작하면 뉴런은 모든 꽃에 $p = 0.5$라고 말해요. 첫 손실은 얼마일까요? 소수 둘째 자리까지.
# %% [markdown] lang="en"
# `petals` has had its mean taken away and been divided by its spread (the standard deviation). In plain centimetres length and width differ in size, the valley is long and narrow, and gradient descent walks it in zigzags.
#
# Starting at $w = 0$, $b = 0$ the neuron says $p = 0.5$ to every flower. What is the first loss, to two decimals?

# %%
guess = None
check.predict(guess, reference.neuron_cost(petals, is_versicolor, np.zeros(2), 0.0))

# %% [markdown] lang="ko"
# **할 일**: `train_neuron(X, t, w, b, learning_rate, steps)`. 걸음마다 **배치 전체**로 기울기를 구해 $w$와 $b$를 함께 옮기고, 그 걸음을 떼기 **전의** 손실을 적어 둬요. 돌려주는 것은 `(w, b, losses)`이고 손실은 `steps`개예요. 부른 사람의 `w`는 그대로 남아 있어야 해요. `fit_linear`와 같은 약속이에요. (25분, 4점)
# %% [markdown] lang="en"
# **To do**: `train_neuron(X, t, w, b, learning_rate, steps)`. At each step take the gradient over the **whole batch**, move $w$ and $b$ together, and note the loss as it was **before** that step: `steps` losses in all. It returns `(w, b, losses)`. The caller's `w` has to stay as it was. It is the same agreement as in `fit_linear`. (25 minutes, 4 points)


# %% solution="train_neuron"
def train_neuron(X, t, w, b, learning_rate, steps):
    """Train one neuron by gradient descent on its log loss.

    X : array (N, D), one example a row
    t : array (N,), the truth, 0.0 or 1.0
    w : array (D,), where to start; it is not changed
    b : float, where to start
    learning_rate : float
    steps : int
    Returns (w, b, losses): an array (D,), a float, and a list of floats, the loss before each step.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        p, neuron_cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), neuron_cache)
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b, losses
    ### END SOLUTION


# %% check="train_neuron-check" points=2
draw = check.random(35)
check.call(
    "train_neuron",
    train_neuron,
    X=0.8 * draw(5, 3),
    t=np.array([0.0, 1.0, 1.0, 0.0, 1.0]),
    w=0.4 * draw(3),
    b=0.5,
    learning_rate=0.3,
    steps=4,
)
measured, named = data.flowers().pair("setosa", "versicolor")
check.learns(
    "train_neuron",
    train_neuron,
    accuracy=0.95,
    X=(measured - measured.mean(axis=0)) / measured.std(axis=0),
    t=named,
    w=np.zeros(2),
    b=0.0,
    learning_rate=1.0,
    steps=200,
)

# %% check="train_neuron-hidden" points=2
check.later(
    en="other sizes, rates and numbers of steps, one example alone, and the two species that are hard to tell apart.",
    ko="다른 크기, 학습률, 걸음 수, 예시 하나만 있을 때, 그리고 가려내기 어려운 두 종을 봐요.",
)
### BEGIN HIDDEN TESTS
draw = check.random(36)
check.call(
    "train_neuron",
    train_neuron,
    X=0.7 * draw(6, 2),
    t=np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
    w=0.5 * draw(2),
    b=-0.7,
    learning_rate=0.6,
    steps=7,
)
check.call(
    "train_neuron",
    train_neuron,
    X=0.6 * draw(1, 4),
    t=np.array([1.0]),
    w=0.4 * draw(4),
    b=0.3,
    learning_rate=0.2,
    steps=1,
)
measured, named = data.flowers().pair("versicolor", "virginica")
check.learns(
    "train_neuron",
    train_neuron,
    accuracy=0.94,
    X=(measured - measured.mean(axis=0)) / measured.std(axis=0),
    t=named,
    w=np.zeros(2),
    b=0.0,
    learning_rate=1.0,
    steps=300,
)
### END HIDDEN TESTS

# %% [markdown] lang="ko" hints="train_neuron"
# <details><summary>손실이 점점 커져요</summary>
#
# 기울기는 오르막을 가리켜요. 학습률을 0.001로 줄여도 커진다면 부호 문제이고, 줄이면 작아진다면 걸음이 너무 컸던 거예요.
# </details>
#
# <details><summary>w가 N배 빨리 움직인대요</summary>
#
# 손실이 평균이면 기울기에도 $1/N$이 들어 있어야 해요. `log_loss_backward`가 이미 나눠 주나요? 그렇다면 또 나누면 안 되고요.
# </details>
#
# <details><summary>부른 사람의 w가 바뀌었대요</summary>
#
# `w -= …`는 들어온 배열을 그 자리에서 고쳐요. `w = w - …`는 새 배열을 만들어요.
# </details>
#
# <details><summary>손실의 개수는 맞는데 하나씩 밀려 있어요</summary>
#
# 첫 손실은 출발점의 손실이에요. 손실을 적는 줄과 w를 옮기는 줄 중 어느 것이 먼저인가요?
# </details>
#
# <details><summary>앞의 문제를 못 풀었어요</summary>
#
# 괜찮아요. 여기서는 앞의 함수 없이도 쓸 수 있어요. 필요한 것은 $p$와, 바로 위에서 확인한 $dz = (p - t)/N$뿐이에요.
# </details>
# %% [markdown] lang="en" hints="train_neuron"
# <details><summary>The loss grows</summary>
#
# The gradient points uphill. If the loss grows even with a learning rate of 0.001, it is the sign; if it falls then, your steps were too long.
# </details>
#
# <details><summary>It says w moves N times too fast</summary>
#
# If the loss is a mean, its gradient has a $1/N$ in it. Does your `log_loss_backward` divide already? Then it must not be done again.
# </details>
#
# <details><summary>It says the caller's w has changed</summary>
#
# `w -= …` writes into the array that came in. `w = w - …` makes a new one.
# </details>
#
# <details><summary>The right number of losses, each off by one</summary>
#
# The first loss is the loss at the start. Which comes first in your loop, the line that notes the loss or the line that moves w?
# </details>
#
# <details><summary>I could not do the exercises before this one</summary>
#
# Never mind, you can write this one without them. All it takes is $p$, and the $dz = (p - t)/N$ that you have just seen.
# </details>

# %% [markdown] lang="ko"
# 이제 여러분이 만든 것으로 학습시켜 봐요. 걸음 수 슬라이더를 끝까지 움직여 경계가 어떻게 자리를 찾는지 보고, 종을 바꿔 보세요.
# %% [markdown] lang="en"
# Now train with what you wrote. Move the steps to the end and watch the boundary find its place; then change the species.

# %%
figures.flowers(train_neuron, boundary)

# %% [markdown] lang="ko"
# ## 하나로는 여기까지
#
# setosa와 versicolor는 100송이 모두 맞아요. 두 종 사이에 넓은 빈터가 있어서, 직선이면 충분하거든요.
#
# versicolor와 virginica는 달라요. 끝까지 내려가도 정확도(accuracy)는 **0.94**, 손실은 0.10쯤에서 멈춰요. 아래 셀로 확인하세요. 학습이 덜 된 걸까요? 아니에요. 손실의 골짜기는 바닥이 하나뿐이고 이미 거기 있어요.
# 두 종이 겹쳐 있어서, 어떤 직선도 100송이를 다 맞히지 못해요(가능한 모든 직선을 다 그어 봐도 97송이가 최고예요. 뉴런은 개수가 아니라 손실을 줄이니 94에서 멈추고요).
#
# 솔직히 말하면 이 꽃들은 선을 구부려도 조금밖에 나아지지 않아요. 정말로 겹쳐 있으니까요. 하지만 XOR는 달라요. 겹치지도 않았는데 직선 하나로는 안 됐어요. 그런 데이터가 세상에는 아주 많아요. 뉴런을 **층**으로 쌓을 차례예요.
# %% [markdown] lang="en"
# ## As far as one will go
#
# Setosa and versicolor: all 100 flowers right. There is a wide empty strip between the two, and a straight line is enough.
#
# Versicolor and virginica are another matter. Go down as far as you like, the share of right answers, the **accuracy**, stays at 0.94 and the loss at about 0.10. See for yourself in the cell below. Has it not trained long enough? It has: the valley of this loss has one bottom, and that is where it stands.
# The two species overlap, so that no straight line gets all 100 right. (Try every line there is, and the best has 97. The neuron stops at 94 because it makes the loss small, not the count.)
#
# To be honest, bending the line would help these flowers only a little: they really do overlap. XOR is different. Nothing overlapped there, and still one line would not do. The world is full of such data. It is time to stack neurons in **layers**.


# %%
def hard_pair(steps):
    X, t = data.flowers().pair("versicolor", "virginica")
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    w, b, losses = train_neuron(X, t, np.zeros(2), 0.0, 1.0, steps)
    return steps, losses[-1], float(np.mean((neuron_forward(X, w, b)[0] > 0.5) == (t > 0.5)))


check.show(lambda: [hard_pair(steps) for steps in (1, 10, 100, 2000)])

# %% [markdown] lang="ko"
# 한 줄에 셋씩: 걸음 수, 마지막 손실, 정확도.
#
# ## 여기까지
#
# 강의의 점검 목록 가운데 이 노트북에서 다룬 용어: **활성 함수**(activation function), **시그모이드**의 쓰임, **교차 엔트로피 손실**(cross entropy loss), **이진 분류**(binary classification), 그리고 다시 한번 **순전파**와 **경사 하강법**.
#
# 뉴런 하나는 *모으고, 매끄럽게 발화하는* 함수예요. 논리를 짤 수 있고, 배울 수 있고, 직선을 그어요. 다음 노트북에서는 이 뉴런을 나란히 놓아 층을 만들고, 층을 쌓아 신경망을 만들어요. `xor`에서는 두 층을 손으로 이었지만, 거기서는 층의 가중치를 **배우게** 해요.
# %% [markdown] lang="en"
# Three to a row: the number of steps, the last loss, the accuracy.
#
# ## So far
#
# Words of the lecture's check list that this notebook covered: **activation function**, what the **sigmoid** is for, **cross entropy loss**, **binary classification**, and once more **forward propagation** and **gradient descent**.
#
# One neuron is a function that *gathers, and fires smoothly*. It can do logic, it can learn, and it draws a straight line. In the next notebook you put such neurons side by side into a layer, and layers on top of each other into a network. For `xor` you wired two layers by hand; there the weights of the layers are **learnt**.

# %%
check.progress("3_neuron")
