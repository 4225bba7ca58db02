# %% right="numpy"
def exp_backward(dout, cache):
    return np.multiply(dout, cache)


def reciprocal_backward(dout, cache):
    return -np.float64(dout) / np.square(cache)

# %% right="powers"
def reciprocal_backward(dout, cache):
    return dout * -1 * cache ** -2

# %% right="lambdas"
exp_backward = lambda dout, cache: cache * dout
shift_backward = lambda dout, cache: dout
scale_backward = lambda dout, cache: cache * dout

# %% right="one times it"
def shift_backward(dout, cache):
    return 1.0 * dout


def scale_backward(dout, cache):
    a = cache
    return a * dout

# %% wrong="wrong-value" says="output already" title="e to the power of the output"
def exp_backward(dout, cache):
    return dout * math.exp(cache)

# %% wrong="missing-upstream" title="exp alone"
def exp_backward(dout, cache):
    return cache

# %% wrong="missing-local" title="exp hands on"
def exp_backward(dout, cache):
    return dout

# %% wrong="wrong-sign" title="1/x without its minus"
def reciprocal_backward(dout, cache):
    return dout / cache**2

# %% wrong="wrong-value" says="power" title="-1/x"
def reciprocal_backward(dout, cache):
    return -dout / cache

# %% wrong="wrong-value" says="grows and grows" title="times x squared"
def reciprocal_backward(dout, cache):
    return -dout * cache**2

# %% wrong="missing-upstream wrong-sign" title="1/x² without its minus and without upstream"
def reciprocal_backward(dout, cache):
    return 1 / cache**2

# %% wrong="missing-upstream" title="shift returns 1"
def shift_backward(dout, cache):
    return 1.0

# %% wrong="wrong-value" kind="odd" title="shift returns 0"
def shift_backward(dout, cache):
    return 0.0

# %% wrong="missing-upstream" title="scale returns a"
def scale_backward(dout, cache):
    return cache

# %% wrong="wrong-value" says="The larger the constant" title="scale divides"
def scale_backward(dout, cache):
    return dout / cache

# %% wrong="raised" kind="odd" title="shift multiplies with its empty cache"
def shift_backward(dout, cache):
    return dout * cache
