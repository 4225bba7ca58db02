# %% right="a boolean"
def fire(x, w, b):
    return w @ x + b > 0


# %% right="heaviside"
def fire(x, w, b):
    return np.heaviside(cell_body(x, w, b), 0.0)


# %% right="an integer from a loop"
def fire(x, w, b):
    total = 0
    for i in range(len(x)):
        total = total + w[i] * x[i]
    if total + b > 0:
        return 1
    return 0


# %% right="the smooth neuron, rounded"
def fire(x, w, b):
    total = max(-50.0, min(50.0, float(w @ x + b)))
    return round(1 / (1 + np.exp(-total)))


# %% right="the threshold on the other side"
def fire(x, w, b):
    threshold = -b
    return float(np.dot(w, x) > threshold)


# %% right="half of the sign and half of its size"
def fire(x, w, b):
    sign = np.sign(w @ x + b)
    return (sign + abs(sign)) / 2


# %% wrong="wrong-value" says="exactly 0" title="at least for more than"
def fire(x, w, b):
    return 1.0 if cell_body(x, w, b) >= 0 else 0.0


# %% wrong="wrong-sign" says="silent where it should fire" title="fires below"
def fire(x, w, b):
    return 1.0 if w @ x + b < 0 else 0.0


# %% wrong="wrong-sign" says="silent where it should fire" title="zero and one exchanged"
def fire(x, w, b):
    if w @ x + b > 0:
        return 0.0
    return 1.0


# %% wrong="wrong-sign" says="threshold itself" title="the bias taken for the threshold"
def fire(x, w, b):
    return 1.0 if w @ x > b else 0.0


# %% wrong="wrong-value" says="b makes no difference" title="no bias"
def fire(x, w, b):
    return 1.0 if w @ x > 0 else 0.0


# %% wrong="wrong-value" says="0.5" title="a half for the threshold"
def fire(x, w, b):
    return 1.0 if w @ x + b > 0.5 else 0.0


# %% wrong="wrong-value" says="waits for 1" title="one for the threshold"
def fire(x, w, b):
    return 1.0 if w @ x + b > 1 else 0.0


# %% wrong="wrong-value" says="−1 for silence" title="the sign"
def fire(x, w, b):
    return np.sign(w @ x + b)


# %% wrong="wrong-value" says="−1 for silence" title="the old perceptron"
def fire(x, w, b):
    return 1.0 if w @ x + b > 0 else -1.0


# %% wrong="wrong-value" says="sum itself" title="the sum"
def fire(x, w, b):
    return w @ x + b


# %% wrong="wrong-value" says="one kind of signal" title="the sum above the threshold"
def fire(x, w, b):
    total = w @ x + b
    return total if total > 0 else 0.0


# %% wrong="wrong-value" says="smooth neuron" title="the sigmoid"
def fire(x, w, b):
    return 1 / (1 + np.exp(-np.clip(w @ x + b, -700, 700)))


# %% wrong="wrong-value" says="One dendrite alone" title="any dendrite"
def fire(x, w, b):
    return 1.0 if np.any(w * x + b > 0) else 0.0


# %% wrong="wrong-value" says="fires below" title="anything but zero"
def fire(x, w, b):
    return float(bool(w @ x + b))


# %% wrong="wrong-value" kind="odd" says="0 whatever" title="never fires"
def fire(x, w, b):
    return 0.0


# %% wrong="wrong-type" kind="odd" title="nothing where it is silent"
def fire(x, w, b):
    if w @ x + b > 0:
        return 1.0


# %% wrong="wrong-shape" kind="odd" title="each dendrite for itself"
def fire(x, w, b):
    return (w * x + b > 0) * 1.0


# %% wrong="wrong-value" kind="odd" title="the visible rows by heart"
def fire(x, w, b):
    return 1.0 if b in (5.0, -3.0, -3.75) else 0.0


# %% wrong="mutates-input" kind="odd" title="weighs the caller's signals in place"
def fire(x, w, b):
    x *= w
    return 1.0 if x.sum() + b > 0 else 0.0
