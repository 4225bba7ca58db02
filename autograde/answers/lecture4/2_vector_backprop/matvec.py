# %% right="two loops"
def matvec_backward(dq, cache):
    W, x = cache
    dW, dx = np.zeros(W.shape), np.zeros(x.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            dW[i, j] = dq[i] * x[j]
            dx[j] += dq[i] * W[i, j]
    return dW, dx


# %% right="einsum"
def matvec_forward(W, x):
    return np.einsum("ij,j->i", W, x), {"W": W, "x": x}


def matvec_backward(dq, cache):
    return np.einsum("i,j->ij", dq, cache["x"]), np.einsum("i,ij->j", dq, cache["W"])


# %% right="columns and rows"
def matvec_backward(dq, cache):
    W, x = cache
    return dq.reshape(-1, 1) @ x.reshape(1, -1), dq @ W


# %% right="broadcasting, a list for a tuple"
def matvec_forward(W, x):
    return (W * x).sum(axis=1), (W.copy(), x.copy())


def matvec_backward(dq, cache):
    W, x = cache
    return [dq[:, None] * x, (W * dq[:, None]).sum(axis=0)]


# %% right="a closure for a cache"
def matvec_forward(W, x):
    def back(dq):
        return np.outer(dq, x), W.T.dot(dq)

    return W.dot(x), back


def matvec_backward(dq, cache):
    return cache(dq)


# %% right="plain lists throughout"
def matvec_forward(W, x):
    return [sum(w * v for w, v in zip(row, x)) for row in W], (W.tolist(), x.tolist())


def matvec_backward(dq, cache):
    rows, x = cache
    return [[d * v for v in x] for d in dq], [sum(d * w for d, w in zip(dq, column)) for column in zip(*rows)]


# %% wrong="transposed" title="dW with its rows and columns exchanged"
def matvec_backward(dq, cache):
    W, x = cache
    return np.outer(x, dq), W.T @ dq


# %% wrong="missing-upstream" title="dx without upstream"
def matvec_backward(dq, cache):
    W, x = cache
    return np.outer(dq, x), W.sum(axis=0)


# %% wrong="missing-upstream" title="both without upstream"
def matvec_backward(dq, cache):
    W, x = cache
    return np.outer(np.ones(len(dq)), x), W.T @ np.ones(len(dq))


# %% wrong="not-summed" title="dx keeps the outputs' axis"
def matvec_backward(dq, cache):
    W, x = cache
    return np.outer(dq, x), W * dq[:, None]


# %% wrong="not-accumulated" says="Only one row" title="dx set in the loop, not added to"
def matvec_backward(dq, cache):
    W, x = cache
    dW, dx = np.zeros(W.shape), np.zeros(x.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            dW[i, j] = dq[i] * x[j]
            dx[j] = dq[i] * W[i, j]
    return dW, dx


# %% wrong="raised" title="loops over the wrong axis"
def matvec_backward(dq, cache):
    W, x = cache
    dW, dx = np.zeros(W.shape), np.zeros(x.shape)
    for i in range(W.shape[1]):
        for j in range(W.shape[0]):
            dW[i, j] = dq[i] * x[j]
            dx[j] += dq[i] * W[i, j]
    return dW, dx


# %% wrong="raised" title="W where its transpose belongs"
def matvec_backward(dq, cache):
    W, x = cache
    return np.outer(dq, x), W @ dq


# %% wrong="swapped" title="dx before dW"
def matvec_backward(dq, cache):
    W, x = cache
    return W.T @ dq, np.outer(dq, x)


# %% wrong="wrong-sign" title="both with a minus"
def matvec_backward(dq, cache):
    W, x = cache
    return -np.outer(dq, x), -W.T @ dq


# %% wrong="wrong-factor" title="dW averaged over the outputs"
def matvec_backward(dq, cache):
    W, x = cache
    return np.outer(dq, x) / len(dq), W.T @ dq


# %% wrong="transposed wrong-sign" title="dW transposed and with a minus"
def matvec_backward(dq, cache):
    W, x = cache
    return -np.outer(x, dq), W.T @ dq


# %% wrong="missing-upstream transposed" title="dW without upstream, and transposed"
def matvec_backward(dq, cache):
    W, x = cache
    return np.outer(x, np.ones(len(dq))), W.T @ dq


# %% wrong="not-summed" title="forward keeps the products apart"
def matvec_forward(W, x):
    return W * x, (W, x)


# %% wrong="wrong-shape" title="a column for q"
def matvec_forward(W, x):
    return W @ x.reshape(-1, 1), (W, x)


# %% wrong="wrong-type" kind="odd" title="forward without a cache"
def matvec_forward(W, x):
    return W @ x


# %% wrong="wrong-shape" title="only one gradient"
def matvec_backward(dq, cache):
    W, x = cache
    return (np.outer(dq, x),)


# %% wrong="wrong-shape" title="dW flat"
def matvec_backward(dq, cache):
    W, x = cache
    return np.outer(dq, x).ravel(), W.T @ dq


# %% wrong="mutates-input" kind="odd" title="scales dq where it stands"
def matvec_backward(dq, cache):
    W, x = cache
    dW = np.outer(dq, x)
    dq *= 1.5
    return dW, W.T @ dq / 1.5


# %% wrong="mutates-input" kind="odd" title="uses the cached W for its own ends"
def matvec_backward(dq, cache):
    W, x = cache
    W *= dq[:, None]
    return np.outer(dq, x), W.sum(axis=0)


# %% wrong="wrong-sign wrong-factor" title="dx doubled and with a minus"
def matvec_backward(dq, cache):
    W, x = cache
    return np.outer(dq, x), -2 * W.T @ dq
