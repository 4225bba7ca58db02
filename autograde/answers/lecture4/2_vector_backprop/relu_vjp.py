# %% right="np.where twice"
def relu_forward(x):
    return np.where(x > 0, x, 0.0), x


def relu_backward(dout, cache):
    return np.where(cache > 0, dout, 0.0)


# %% right="a copy with zeros put in"
def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    return out, out


def relu_backward(dout, cache):
    dx = dout.copy()
    dx[cache <= 0] = 0
    return dx


# %% right="a Jacobian by loops"
def relu_jacobian(x):
    J = np.zeros((len(x), len(x)))
    for i, value in enumerate(x):
        if value > 0:
            J[i, i] = 1
    return J


# %% right="an identity with its rows scaled"
def relu_jacobian(x):
    return np.eye(len(x)) * (x > 0)


# %% right="booleans on the diagonal, products of x"
def relu_jacobian(x):
    return np.diag(x > 0)


def relu_forward(x):
    return x * (x > 0), (x > 0)


def relu_backward(dout, cache):
    return cache * dout


# %% right="lists for arrays"
def relu_forward(x):
    return [max(0.0, v) for v in x.tolist()], x.tolist()


def relu_backward(dout, cache):
    return [d if v > 0 else 0.0 for d, v in zip(dout.tolist(), cache)]


def relu_jacobian(x):
    return [[float(i == j and v > 0) for j in range(len(x))] for i, v in enumerate(x)]


# %% right="half of x plus its size"
def relu_forward(x):
    return (x + np.abs(x)) / 2, np.sign(x)


def relu_backward(dout, cache):
    return dout * (1 + cache) / 2


# %% wrong="wrong-shape" says="right slopes" title="the diagonal alone"
def relu_jacobian(x):
    return (x > 0) * 1.0


# %% wrong="wrong-value" says="values of the ReLU" title="values on the diagonal"
def relu_jacobian(x):
    return np.diag(np.maximum(0, x))


# %% wrong="wrong-value" says="passes everything" title="an identity"
def relu_jacobian(x):
    return np.eye(len(x))


# %% wrong="wrong-value" says="rows are alike" title="the slopes in every row"
def relu_jacobian(x):
    return np.ones((len(x), len(x))) * (x > 0)


# %% wrong="wrong-value" says="how many entries" title="an outer product of the slopes"
def relu_jacobian(x):
    return np.outer(x > 0, x > 0) * 1.0


# %% wrong="wrong-mask" says="wrong way round" title="a Jacobian of what is negative"
def relu_jacobian(x):
    return np.diag((x < 0) * 1.0)


# %% wrong="wrong-mask" says="negative itself" title="mask on the upstream gradient"
def relu_backward(dout, cache):
    return np.maximum(0, dout)


# %% wrong="wrong-mask" kind="compound" says="loses its negative entries" title="mask on both"
def relu_backward(dout, cache):
    return np.maximum(0, dout * cache)


# %% wrong="wrong-mask" says="wrong way round" title="mask turned round"
def relu_backward(dout, cache):
    return dout * ~cache


# %% wrong="missing-local" title="upstream handed on untouched"
def relu_backward(dout, cache):
    return dout


# %% wrong="missing-upstream" title="the slopes alone"
def relu_backward(dout, cache):
    return cache * 1.0


# %% wrong="wrong-value" says="multiplies by the output" title="upstream times the output"
def relu_forward(x):
    return np.maximum(0, x), np.maximum(0, x)


def relu_backward(dout, cache):
    return dout * cache


# %% wrong="wrong-value" says="multiplies by x" title="upstream times x"
def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    return dout * cache


# %% wrong="raised" kind="odd" says="MemoryError" title="with the matrix after all"
def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    return relu_jacobian(cache).T @ dout


# %% wrong="mutates-input" kind="odd" title="zeros written into dout"
def relu_backward(dout, cache):
    dout[~cache] = 0
    return dout


# %% wrong="mutates-input" kind="odd" title="zeros written into x"
def relu_forward(x):
    is_open = x > 0
    x[~is_open] = 0
    return x, is_open


# %% wrong="wrong-sign" says="This is" title="the absolute value"
def relu_forward(x):
    return np.abs(x), x > 0


# %% wrong="wrong-value" says="slopes, not its values" title="forward gives the slopes"
def relu_forward(x):
    return (x > 0) * 1.0, x > 0


# %% wrong="wrong-shape" kind="odd" title="the largest entry of all: np.max for np.maximum"
def relu_forward(x):
    return np.max(x), x > 0


def relu_backward(dout, cache):
    return None


# %% wrong="wrong-sign" title="upstream with a minus"
def relu_backward(dout, cache):
    return -dout * cache


# %% wrong="missing-upstream wrong-sign" title="the slopes with a minus"
def relu_backward(dout, cache):
    return -1.0 * cache


# %% wrong="not-summed" title="a matrix comes back"
def relu_backward(dout, cache):
    return np.diag(dout * cache)


# %% wrong="wrong-value" title="leaks a little"
def relu_backward(dout, cache):
    return np.where(cache, dout, 0.1 * dout)
