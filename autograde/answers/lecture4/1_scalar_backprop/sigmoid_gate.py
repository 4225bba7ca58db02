# %% right="the long way"
def sigmoid_forward(x):
    return 1 / (1 + math.exp(-x)), x


def sigmoid_backward(dout, cache):
    e = math.exp(-cache)
    return dout * e / (1 + e) ** 2

# %% right="by tanh"
def sigmoid_forward(x):
    out = 0.5 * (1 + np.tanh(x / 2))
    return out, out


def sigmoid_backward(dout, cache):
    return dout * (cache - cache**2)

# %% right="local gradient in the cache"
def sigmoid_forward(x):
    out = 1 / (1 + np.exp(-x))
    return out, (1 - out) * out


def sigmoid_backward(dout, cache):
    return cache * dout

# %% right="a 0-d array and a one-element list as cache"
def sigmoid_forward(x):
    out = np.asarray(1 / (1 + math.exp(-x)))
    return out, [out]


def sigmoid_backward(dout, cache):
    (out,) = cache
    return out * (1 - out) * dout

# %% wrong="wrong-value" says="filled with what went in" title="x(1 - x)"
def sigmoid_forward(x):
    return 1 / (1 + math.exp(-x)), x


def sigmoid_backward(dout, cache):
    return dout * cache * (1 - cache)

# %% wrong="wrong-value" says="at the output" title="σ'(σ(x))"
def sigmoid_backward(dout, cache):
    again = 1 / (1 + math.exp(-cache))
    return dout * again * (1 - again)

# %% wrong="missing-upstream" title="local gradient alone"
def sigmoid_backward(dout, cache):
    return cache * (1 - cache)

# %% wrong="missing-local" says="not its value" title="σ alone"
def sigmoid_backward(dout, cache):
    return dout * cache

# %% wrong="missing-local" says="two factors" title="1 - σ alone"
def sigmoid_backward(dout, cache):
    return dout * (1 - cache)

# %% wrong="wrong-sign" title="σ(σ - 1)"
def sigmoid_backward(dout, cache):
    return dout * cache * (cache - 1)

# %% wrong="wrong-sign" says="exponent" title="e to the plus x"
def sigmoid_forward(x):
    out = 1 / (1 + math.exp(x))
    return out, out

# %% wrong="missing-upstream wrong-sign" title="a minus, and no upstream"
def sigmoid_backward(dout, cache):
    return cache * (cache - 1)

# %% wrong="missing-local" title="hands on what it got"
def sigmoid_backward(dout, cache):
    return dout

# %% wrong="wrong-value" title="1 + σ for 1 - σ"
def sigmoid_backward(dout, cache):
    return dout * cache * (1 + cache)
# %% wrong="missing-upstream missing-local" title="1 - σ alone, and no upstream"
def sigmoid_backward(dout, cache):
    return 1 - cache

# %% wrong="wrong-value" kind="odd" title="the notebook's number by heart"
def sigmoid_backward(dout, cache):
    return 0.19661193324148185 * dout
