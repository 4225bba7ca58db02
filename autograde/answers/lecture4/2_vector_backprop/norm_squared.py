# %% right="through the product's own backward"
def norm_squared_forward(W, x):
    q, cache = matvec_forward(W, x)
    return np.sum(q**2), (q, cache)


def norm_squared_backward(df, cache):
    q, inner = cache
    return matvec_backward(2 * df * q, inner)


# %% right="loops"
def norm_squared_forward(W, x):
    total = 0.0
    for row in W:
        total += sum(w * v for w, v in zip(row, x)) ** 2
    return total, (W, x)


def norm_squared_backward(df, cache):
    W, x = cache
    dW, dx = np.zeros_like(W), np.zeros_like(x)
    for i, row in enumerate(W):
        q_i = row @ x
        for j in range(len(x)):
            dW[i, j] += df * 2 * q_i * x[j]
            dx[j] += df * 2 * q_i * row[j]
    return dW, dx


# %% right="einsum"
def norm_squared_backward(df, cache):
    W, x = cache[:2]
    return 2 * df * np.einsum("ik,k,j->ij", W, x, x), 2 * df * np.einsum("ij,ik,k->j", W, W, x)


# %% right="the square of the norm, gradients worked out on the way"
def norm_squared_forward(W, x):
    q = np.dot(W, x)
    return np.linalg.norm(q) ** 2, (2 * q[:, np.newaxis] * x[np.newaxis, :], 2 * q @ W)


def norm_squared_backward(df, cache):
    return [df * gradient for gradient in cache]


# %% right="a 0-d array for a float, columns inside"
def norm_squared_forward(W, x):
    column = W @ x[:, None]
    return np.squeeze(column.T @ column), (W, x[:, None], column)


def norm_squared_backward(df, cache):
    W, x, q = cache
    return df * 2 * q @ x.T, (df * 2 * W.T @ q)[:, 0]


# %% wrong="wrong-factor" title="without the 2"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return df * np.outer(q, x), df * W.T @ q


# %% wrong="wrong-factor" title="the 2 in twice"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return 4 * df * np.outer(q, x), 4 * df * W.T @ q


# %% wrong="missing-upstream" title="df left out"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return 2 * np.outer(q, x), 2 * W.T @ q


# %% wrong="transposed" title="2xqᵀ for 2qxᵀ"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return 2 * df * np.outer(x, q), 2 * df * W.T @ q


# %% wrong="transposed" says="square W" title="dx with W where its transpose belongs"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return 2 * df * np.outer(q, x), 2 * df * W @ q


# %% wrong="missing-local" says="sum of squares" title="the square skipped"
def norm_squared_backward(df, cache):
    W, x, q = cache
    dq = df * np.ones(len(q))
    return np.outer(dq, x), W.T @ dq


# %% wrong="not-accumulated" says="Only one row" title="dx set in the loop, not added to"
def norm_squared_backward(df, cache):
    W, x, q = cache
    dx = np.zeros_like(x)
    for i in range(len(q)):
        dx = 2 * df * q[i] * W[i]
    return 2 * df * np.outer(q, x), dx


# %% wrong="wrong-value" says="length of Wx" title="the length, without the square"
def norm_squared_forward(W, x):
    q = W @ x
    return np.linalg.norm(q), (W, x, q)


# %% wrong="wrong-value" kind="compound" says="length of Wx" title="the length, with a backward that agrees with it"
def norm_squared_forward(W, x):
    q = W @ x
    return np.sqrt(q @ q), (W, x, q)


def norm_squared_backward(df, cache):
    W, x, q = cache
    dq = df * q / np.sqrt(q @ q)
    return np.outer(dq, x), W.T @ dq


# %% wrong="wrong-value" says="gradient of the length" title="the gradient of the length"
def norm_squared_backward(df, cache):
    W, x, q = cache
    dq = df * q / np.linalg.norm(q)
    return np.outer(dq, x), W.T @ dq


# %% wrong="wrong-value" says="summed as they are" title="a sum without squares"
def norm_squared_forward(W, x):
    q = W @ x
    return np.sum(q), (W, x, q)


# %% wrong="wrong-value" says="sum is squared" title="the square of the sum"
def norm_squared_forward(W, x):
    q = W @ x
    return np.sum(q) ** 2, (W, x, q)


# %% wrong="wrong-shape" says="squares of the entries" title="squares that are not summed"
def norm_squared_forward(W, x):
    q = W @ x
    return q**2, (W, x, q)


# %% wrong="wrong-factor" kind="compound" title="½ in front, and a backward that agrees with it"
def norm_squared_forward(W, x):
    q = W @ x
    return 0.5 * q @ q, (W, x, q)


def norm_squared_backward(df, cache):
    W, x, q = cache
    return df * np.outer(q, x), df * W.T @ q


# %% wrong="wrong-sign" title="dx with a minus"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return 2 * df * np.outer(q, x), -2 * df * W.T @ q


# %% wrong="missing-upstream wrong-factor" title="df left out, and the 2"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return np.outer(q, x), W.T @ q


# %% wrong="transposed wrong-factor" title="xqᵀ: transposed, and without the 2"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return df * np.outer(x, q), df * W.T @ q


# %% wrong="transposed" kind="compound" title="dW transposed, and W where its transpose belongs in dx"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return 2 * df * np.outer(x, q), 2 * df * W @ q


# %% wrong="missing-upstream transposed" title="transposed, and df left out"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return 2 * np.outer(x, q), 2 * df * W.T @ q


# %% wrong="swapped" title="dx before dW"
def norm_squared_backward(df, cache):
    W, x, q = cache
    return 2 * df * W.T @ q, 2 * df * np.outer(q, x)


# %% wrong="wrong-value" says="upstream gradient is added" title="df added"
def norm_squared_backward(df, cache):
    W, x, q = cache
    dq = 2 * q + df
    return np.outer(dq, x), W.T @ dq


# %% wrong="mutates-input" kind="odd" title="x scaled in place, where the cache holds the caller's"
def norm_squared_forward(W, x):
    q = W @ x
    return q @ q, (W, x, q)


def norm_squared_backward(df, cache):
    W, x, q = cache
    x *= 2 * df
    dW = np.outer(q, x)
    return dW, 2 * df * W.T @ q


# %% wrong="unstable-result" kind="odd" title="the cache used up by the first call"
def norm_squared_backward(df, cache):
    W, x, q = cache
    q *= 2 * df
    return np.outer(q, x), W.T @ q
