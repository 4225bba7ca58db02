# %% right="row by row"
def linear_forward(X, W, b):
    return np.array([W @ x + b for x in X]), (X, W)


def linear_backward(dout, cache):
    X, W = cache
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(len(W))
    for n in range(len(X)):
        dX[n] = W.T @ dout[n]
        dW += np.outer(dout[n], X[n])
        db += dout[n]
    return dX, dW, db


# %% right="einsum, a dict for a cache"
def linear_forward(X, W, b):
    return np.einsum("nd,md->nm", X, W) + b, {"X": X, "W": W}


def linear_backward(dout, cache):
    dX = np.einsum("nm,md->nd", dout, cache["W"])
    dW = np.einsum("nm,nd->md", dout, cache["X"])
    return dX, dW, np.einsum("nm->m", dout)


# %% right="three loops"
def linear_backward(dout, cache):
    X, W = cache
    N, D = X.shape
    M = len(W)
    dX, dW, db = np.zeros((N, D)), np.zeros((M, D)), np.zeros(M)
    for n in range(N):
        for m in range(M):
            db[m] += dout[n, m]
            for d in range(D):
                dX[n, d] += dout[n, m] * W[m, d]
                dW[m, d] += dout[n, m] * X[n, d]
    return dX, dW, db


# %% right="the bias as one more weight"
def linear_forward(X, W, b):
    X1 = np.hstack([X, np.ones((len(X), 1))])
    return X1 @ np.column_stack([W, b]).T, (X1, W)


def linear_backward(dout, cache):
    X1, W = cache
    both = dout.T @ X1
    return [dout.dot(W), both[:, :-1], both[:, -1]]


# %% right="with matvec_backward and unbroadcast"
def linear_backward(dout, cache):
    X, W = cache
    pieces = [matvec_backward(row, (W, x)) for row, x in zip(dout, X)]
    dX = np.stack([dx for _, dx in pieces])
    dW = sum(dW for dW, _ in pieces)
    return dX, dW, unbroadcast(dout, (len(W),))


# %% right="added in place to an array of its own"
def linear_forward(X, W, b):
    Y = X.dot(W.T)
    Y += b
    return Y, lambda dout: (dout @ W, (X.T @ dout).T, np.ones(len(X)) @ dout)


def linear_backward(dout, cache):
    return cache(dout)


# %% wrong="not-summed" title="db not summed"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X, dout


# %% wrong="transposed" title="dW transposed"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, X.T @ dout, dout.sum(axis=0)


# %% wrong="wrong-factor" title="db a mean"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X, dout.mean(axis=0)


# %% wrong="wrong-factor" title="dW and db divided by N"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X / len(X), dout.sum(axis=0) / len(X)


# %% wrong="wrong-shape" says="summed over the outputs" title="db summed over the outputs"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X, dout.sum(axis=1)


# %% wrong="wrong-shape" title="db summed over everything"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X, dout.sum()


# %% wrong="wrong-shape" title="db keeps an axis"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X, dout.sum(axis=0, keepdims=True)


# %% wrong="not-accumulated" says="every row of X" title="dW and db set in the loop, not added to"
def linear_backward(dout, cache):
    X, W = cache
    for n in range(len(X)):
        dW = np.outer(dout[n], X[n])
        db = dout[n]
    return dout @ W, dW, db


# %% wrong="missing-upstream" title="db counts the examples"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X, np.full(len(W), float(len(X)))


# %% wrong="missing-upstream" title="dX without upstream"
def linear_backward(dout, cache):
    X, W = cache
    return np.ones_like(dout) @ W, dout.T @ X, dout.sum(axis=0)


# %% wrong="raised" kind="odd" title="dX with W transposed"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W.T, dout.T @ X, dout.sum(axis=0)


# %% wrong="swapped" title="dW before dX"
def linear_backward(dout, cache):
    X, W = cache
    return dout.T @ X, dout @ W, dout.sum(axis=0)


# %% wrong="wrong-value" says="bias makes no difference" title="forward without the bias"
def linear_forward(X, W, b):
    return X @ W.T, (X, W)


# %% wrong="wrong-sign" says="minus" title="forward takes the bias away"
def linear_forward(X, W, b):
    return X @ W.T - b, (X, W)


# %% wrong="transposed" title="outputs × examples"
def linear_forward(X, W, b):
    return W @ X.T + b[:, None], (X, W)


# %% wrong="wrong-shape" title="two gradients of three"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X


# %% wrong="wrong-sign" title="everything with a minus"
def linear_backward(dout, cache):
    X, W = cache
    return -dout @ W, -dout.T @ X, -dout.sum(axis=0)


# %% wrong="transposed wrong-factor" title="dW transposed and divided by N"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, X.T @ dout / len(X), dout.sum(axis=0)


# %% wrong="transposed not-summed" title="dW transposed and db not summed"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, X.T @ dout, dout


# %% wrong="missing-upstream not-summed" title="db neither summed nor scaled"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X, np.ones_like(dout)


# %% wrong="mutates-input" kind="odd" title="the caller's b is raised by one"
def linear_forward(X, W, b):
    Y = X @ W.T + b
    b += 1
    return Y, (X, W)


# %% wrong="wrong-shape" kind="odd" title="a batch of one is squeezed"
def linear_forward(X, W, b):
    return np.squeeze(X @ W.T + b), (X, W)


# %% wrong="wrong-sign wrong-factor" title="db a mean with a minus"
def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X, -dout.mean(axis=0)
