# %% right="branches and a list"
def max_forward(x, y):
    if x > y:
        return x, "x"
    return y, "y"


def max_backward(dout, cache):
    if cache == "x":
        return [dout, 0]
    return [0, dout]

# %% right="booleans multiplied"
def max_forward(x, y):
    return max(x, y), (x, y)


def max_backward(dout, cache):
    x, y = cache
    return dout * (x > y), dout * (y > x)

# %% right="numpy all the way"
def mul_forward(x, y):
    return np.multiply(x, y), np.array([x, y])


def mul_backward(dout, cache):
    return cache[::-1] * dout

# %% right="closures"
def add_forward(x, y):
    return x + y, lambda d: (d, d)


def add_backward(dout, cache):
    return cache(dout)

# %% right="add with 0-d arrays"
def add_backward(dout, cache):
    return np.asarray(dout), np.asarray(dout)

# %% wrong="swapped" title="mul with its own operand"
def mul_backward(dout, cache):
    x, y = cache
    return dout * x, dout * y

# %% wrong="missing-upstream" title="mul without upstream"
def mul_backward(dout, cache):
    x, y = cache
    return y, x

# %% wrong="swapped missing-upstream" title="mul with its own operand and without upstream"
def mul_backward(dout, cache):
    return cache

# %% wrong="missing-local" title="mul hands on what it got"
def mul_backward(dout, cache):
    return dout, dout

# %% wrong="wrong-mask" says="Both inputs" title="max to both"
def max_backward(dout, cache):
    return dout, dout

# %% wrong="wrong-mask" says="smaller" title="max to the loser"
def max_backward(dout, cache):
    return (0.0, dout) if cache else (dout, 0.0)

# %% wrong="missing-upstream" title="max routes a 1"
def max_backward(dout, cache):
    return (1.0, 0.0) if cache else (0.0, 1.0)

# %% wrong="missing-upstream" title="add hands out ones"
def add_backward(dout, cache):
    return 1.0, 1.0

# %% wrong="wrong-factor" kind="odd" title="add splits in halves"
def add_backward(dout, cache):
    return dout / 2, dout / 2

# %% wrong="wrong-sign" title="add with a minus"
def add_backward(dout, cache):
    return dout, -dout

# %% wrong="missing-upstream wrong-factor" title="mul doubled and without upstream"
def mul_backward(dout, cache):
    x, y = cache
    return 2 * y, 2 * x

# %% wrong="wrong-value" title="min for max"
def max_forward(x, y):
    return min(x, y), x < y

# %% wrong="wrong-shape" kind="odd" title="max returns one number"
def max_backward(dout, cache):
    return [dout]

# %% wrong="wrong-value" says="own value" title="max: the winner gets its value too"
def max_backward(dout, cache):
    x_won, larger = cache
    return (dout * larger, 0.0) if x_won else (0.0, dout * larger)


def max_forward(x, y):
    return max(x, y), (x > y, max(x, y))

# %% wrong="wrong-factor" says="half of it" title="add shares it out"
def add_backward(dout, cache):
    return dout / 2, dout / 2
