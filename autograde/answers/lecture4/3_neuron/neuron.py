# %% right="einsum and a dict"
def neuron_forward(X, w, b):
    z = np.einsum("nd,d->n", X, w) + b
    p = 1.0 / (1.0 + np.exp(-z))
    return p, {"X": X, "w": w, "p": p}


def neuron_backward(dp, cache):
    dz = dp * (1 - cache["p"]) * cache["p"]
    dX = np.einsum("n,d->nd", dz, cache["w"])
    dw = np.einsum("n,nd->d", dz, cache["X"])
    return dX, dw, np.einsum("n->", dz)


# %% right="loops over rows and columns"
def neuron_forward(X, w, b):
    N, D = X.shape
    p = np.zeros(N)
    for n in range(N):
        z = b
        for d in range(D):
            z += X[n, d] * w[d]
        p[n] = 1 / (1 + np.exp(-z))
    return p, (X.copy(), w.copy(), p)


def neuron_backward(dp, cache):
    X, w, p = cache
    dX, dw, db = np.zeros_like(X), np.zeros_like(w), 0.0
    for n in range(len(X)):
        dz = dp[n] * p[n] * (1 - p[n])
        db += dz
        for d in range(len(w)):
            dw[d] += dz * X[n, d]
            dX[n, d] += dz * w[d]
    return [dX, dw, db]


# %% right="a closure, and the long way through four gates"
def neuron_forward(X, w, b):
    z = X @ w + b
    e = np.exp(-z)
    below = 1 + e

    def back(dp):
        dbelow = -dp / below**2
        dz = -dbelow * e
        return dz[:, None] * w, (dz[:, None] * X).sum(axis=0), np.sum(dz)

    return 1 / below, back


def neuron_backward(dp, cache):
    return cache(dp)


# %% right="columns inside, flat outside"
def neuron_forward(X, w, b):
    column = w.reshape(-1, 1)
    p = 1 / (1 + np.exp(-(X.dot(column) + b)))
    return p.ravel(), (X, column, p)


def neuron_backward(dp, cache):
    X, column, p = cache
    dz = dp.reshape(-1, 1) * p * (1 - p)
    return dz @ column.T, (X.T @ dz).ravel(), dz.sum(axis=0)[0]


# %% right="recomputed from the inputs, tanh in disguise"
def neuron_forward(X, w, b):
    return 0.5 * (1 + np.tanh((X @ w + b) / 2)), (X, w, b)


def neuron_backward(dp, cache):
    X, w, b = cache
    t = np.tanh((X @ w + b) / 2)
    dz = dp * (1 - t**2) / 4
    return np.multiply.outer(dz, w), dz @ X, float(sum(dz))


# %% wrong="not-summed" title="db not summed"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return np.outer(dz, w), X.T @ dz, dz


# %% wrong="not-summed" title="dw not summed"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return np.outer(dz, w), dz[:, np.newaxis] * X, dz.sum()


# %% wrong="not-summed" kind="compound" title="dw and db not summed"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return dz[:, np.newaxis] * w, dz[:, np.newaxis] * X, dz


# %% wrong="missing-upstream" title="the upstream gradient is forgotten"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = p * (1 - p)
    return np.outer(dz, w), X.T @ dz, dz.sum()


# %% wrong="missing-upstream not-summed" title="upstream forgotten, and db not summed"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = p * (1 - p)
    return np.outer(dz, w), X.T @ dz, dz


# %% wrong="missing-local" says="How steep" title="the sigmoid is forgotten on the way back"
def neuron_backward(dp, cache):
    X, w, p = cache
    return np.outer(dp, w), X.T @ dp, dp.sum()


# %% wrong="missing-local" says="not its value" title="p for p(1 − p)"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p
    return np.outer(dz, w), X.T @ dz, dz.sum()


# %% wrong="missing-local" says="two factors" title="1 − p for p(1 − p)"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * (1 - p)
    return np.outer(dz, w), X.T @ dz, dz.sum()


# %% wrong="wrong-value" says="filled with the sum" title="the slope made of z"
def neuron_forward(X, w, b):
    z = X @ w + b
    return 1 / (1 + np.exp(-z)), (X, w, z)


# %% wrong="wrong-value" says="taken at p" title="the sigmoid taken of p"
def neuron_backward(dp, cache):
    X, w, p = cache
    s = 1 / (1 + np.exp(-p))
    dz = dp * s * (1 - s)
    return np.outer(dz, w), X.T @ dz, dz.sum()


# %% wrong="wrong-sign" title="p − 1 for 1 − p"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (p - 1)
    return np.outer(dz, w), X.T @ dz, dz.sum()


# %% wrong="wrong-factor" title="means for sums"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return np.outer(dz, w), X.T @ dz / len(X), dz.mean()


# %% wrong="not-summed wrong-factor" title="dw averaged, db not summed"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return np.outer(dz, w), X.T @ dz / len(X), dz


# %% wrong="not-accumulated" says="last row" title="each row overwrites the one before"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    dX = np.zeros_like(X)
    for n in range(len(X)):
        dX[n] = dz[n] * w
        dw = dz[n] * X[n]
        db = dz[n]
    return dX, dw, db


# %% wrong="swapped" says="its own value" title="each factor with its own value"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return dz[:, np.newaxis] * X, dz.sum() * w, dz.sum()


# %% wrong="missing-local" says="handed on|hands on" title="the product hands on"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return np.ones_like(X) * dz[:, np.newaxis], np.ones_like(w) * dz.sum(), dz.sum()


# %% wrong="wrong-value" says="b stands" title="db times b"
def neuron_forward(X, w, b):
    p = 1 / (1 + np.exp(-(X @ w + b)))
    return p, (X, w, b, p)


def neuron_backward(dp, cache):
    X, w, b, p = cache
    dz = dp * p * (1 - p)
    return np.outer(dz, w), X.T @ dz, b * dz.sum()


# %% wrong="transposed" title="dX lies down"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return np.outer(w, dz), X.T @ dz, dz.sum()


# %% wrong="wrong-shape" title="dX summed over the batch"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return w * dz.sum(), X.T @ dz, dz.sum()


# %% wrong="wrong-shape" kind="odd" title="dX is left out"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return X.T @ dz, dz.sum()


# %% wrong="swapped" title="dw first"
def neuron_backward(dp, cache):
    X, w, p = cache
    dz = dp * p * (1 - p)
    return X.T @ dz, dz.sum(), np.outer(dz, w)


# %% wrong="wrong-value" says="before the sigmoid" title="the sum for the answer"
def neuron_forward(X, w, b):
    z = X @ w + b
    return z, (X, w, z)


# %% wrong="wrong-sign" says="exponent" title="the exponent without its minus"
def neuron_forward(X, w, b):
    p = 1 / (1 + np.exp(X @ w + b))
    return p, (X, w, p)


# %% wrong="wrong-value" says="b makes no difference" title="no bias"
def neuron_forward(X, w, b):
    p = 1 / (1 + np.exp(-(X @ w)))
    return p, (X, w, p)


# %% wrong="wrong-value" says="how sure" title="all or nothing"
def neuron_forward(X, w, b):
    p = np.array([fire(x, w, b) for x in X])
    return p, (X, w, p)


# %% wrong="wrong-value" says="tanh" title="tanh for the sigmoid"
def neuron_forward(X, w, b):
    p = np.tanh(X @ w + b)
    return p, (X, w, p)


# %% wrong="wrong-sign" says="taken away" title="the bias taken away"
def neuron_forward(X, w, b):
    p = 1 / (1 + np.exp(-(X @ w - b)))
    return p, (X, w, p)


# %% wrong="wrong-shape" kind="odd" title="a column of answers"
def neuron_forward(X, w, b):
    p = 1 / (1 + np.exp(-(X @ w.reshape(-1, 1) + b)))
    return p, (X, w, p)


# %% wrong="wrong-type" kind="odd" title="no cache"
def neuron_forward(X, w, b):
    return 1 / (1 + np.exp(-(X @ w + b)))


# %% wrong="mutates-input" kind="odd" title="works in the upstream gradient"
def neuron_backward(dp, cache):
    X, w, p = cache
    dp *= p * (1 - p)
    return np.outer(dp, w), X.T @ dp, dp.sum()


# %% wrong="unstable-result" kind="odd" title="works in its cache"
def neuron_backward(dp, cache):
    X, w, p = cache
    p *= 1 - p
    return np.outer(dp * p, w), X.T @ (dp * p), (dp * p).sum()
