# %% right="without the layer's functions"
def fit_linear(X, T, W, b, learning_rate, steps):
    N = len(X)
    losses = []
    for _ in range(steps):
        error = X @ W.T + b - T
        losses.append(np.sum(error**2) / (2 * N))
        W, b = W - learning_rate * error.T @ X / N, b - learning_rate * error.mean(axis=0)
    return W, b, losses


# %% right="in place on own copies"
def fit_linear(X, T, W, b, learning_rate, steps):
    W, b = W.copy(), b.copy()
    losses = np.zeros(steps)
    for step in range(steps):
        Y, cache = linear_forward(X, W, b)
        difference = Y - T
        losses[step] = 0.5 * (difference**2).sum(axis=1).mean()
        dX, dW, db = linear_backward(difference / X.shape[0], cache)
        W -= learning_rate * dW
        b -= learning_rate * db
    return [W, b, losses]


# %% right="example by example"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        loss, dW, db = 0.0, np.zeros(W.shape), np.zeros(b.shape)
        for x, t in zip(X, T):
            error = W @ x + b - t
            loss += error @ error / 2
            dW += np.outer(error, x)
            db += error
        losses.append(loss / len(X))
        W = W - learning_rate / len(X) * dW
        b = b - learning_rate / len(X) * db
    return W, b, losses


# %% right="recursion"
def fit_linear(X, T, W, b, learning_rate, steps):
    if steps == 0:
        return W, b, []
    Y, cache = linear_forward(X, W, b)
    loss = np.sum((Y - T) ** 2) / 2 / len(X)
    _, dW, db = linear_backward((Y - T) / len(X), cache)
    W, b, rest = fit_linear(X, T, W - learning_rate * dW, b - learning_rate * db, learning_rate, steps - 1)
    return W, b, [loss, *rest]


# %% right="measured gradients, slow and right"
def fit_linear(X, T, W, b, learning_rate, steps):
    def cost(W, b):
        return np.sum((X @ W.T + b - T) ** 2) / (2 * len(X))

    losses = ()
    for _ in range(steps):
        losses += (cost(W, b),)
        dW = numerical_gradient(lambda V: cost(V, b), W, 0.1)
        db = numerical_gradient(lambda c: cost(W, c), b, 0.1)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="wrong-sign" says="goes uphill" title="climbs"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W + learning_rate * dW, b + learning_rate * db
    return W, b, losses


# %% wrong="wrong-sign" says="goes uphill" title="targets minus outputs"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, db = linear_backward((T - Y) / len(X), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="wrong-factor" says="twice as long" title="the gradient keeps a 2"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, db = linear_backward(2 * (Y - T) / len(X), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="wrong-factor" says="number of examples" title="no 1/N in the gradient"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, db = linear_backward(Y - T, cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="wrong-factor" says="averaged over the outputs" title="np.mean for everything"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.mean((Y - T) ** 2) / 2)
        _, dW, db = linear_backward((Y - T) / Y.size, cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="wrong-factor" says="lack a ½" title="losses without the ½"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / len(X))
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="wrong-factor" says="mean over every number" title="losses by np.mean"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.mean((Y - T) ** 2))
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="wrong-value" says="after its update" title="losses taken after the update"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
        losses.append(np.sum((linear_forward(X, W, b)[0] - T) ** 2) / (2 * len(X)))
    return W, b, losses


# %% wrong="wrong-shape" says="one loss too many" title="one loss more, at the end"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    losses.append(np.sum((linear_forward(X, W, b)[0] - T) ** 2) / (2 * len(X)))
    return W, b, losses


# %% wrong="wrong-value" says="gradient at the start" title="gradient taken once"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    Y, cache = linear_forward(X, W, b)
    _, dW, db = linear_backward((Y - T) / len(X), cache)
    for _ in range(steps):
        losses.append(np.sum((linear_forward(X, W, b)[0] - T) ** 2) / (2 * len(X)))
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="wrong-value" says="b stays" title="b never moves"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, _ = linear_backward((Y - T) / len(X), cache)
        W = W - learning_rate * dW
    return W, b, losses


# %% wrong="wrong-value" says="after W had moved" title="b by a gradient taken after W had moved"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y = X @ W.T + b
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        W = W - learning_rate * (Y - T).T @ X / len(X)
        Y = X @ W.T + b
        b = b - learning_rate * (Y - T).sum(axis=0) / len(X)
    return W, b, losses


# %% wrong="wrong-value" says="inputs are moved" title="the inputs move too"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        dX, dW, db = linear_backward((Y - T) / len(X), cache)
        X, W, b = X - learning_rate * dX, W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="mutates-input" kind="odd" title="in place on the caller's W and b"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W -= learning_rate * dW
        b -= learning_rate * db
    return W, b, losses


# %% wrong="wrong-factor" says="learning rate makes no difference" title="without the learning rate"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W - dW, b - db
    return W, b, losses


# %% wrong="wrong-type" kind="odd" says="losses" title="only the last loss"
def fit_linear(X, T, W, b, learning_rate, steps):
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        loss = np.sum((Y - T) ** 2) / (2 * len(X))
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, loss


# %% wrong="wrong-shape" kind="odd" title="the losses alone"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b


# %% wrong="wrong-sign" kind="compound" says="goes uphill, and grows" title="climbs, and no 1/N"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2) / (2 * len(X)))
        _, dW, db = linear_backward(Y - T, cache)
        W, b = W + learning_rate * dW, b + learning_rate * db
    return W, b, losses


# %% wrong="wrong-factor" kind="compound" says="number of examples" title="no ½ and no 1/N, neither in the losses nor in the steps"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(np.sum((Y - T) ** 2))
        _, dW, db = linear_backward(2 * (Y - T), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# %% wrong="wrong-sign" kind="compound" says="goes uphill" title="climbs, and takes losses late"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W + learning_rate * dW, b + learning_rate * db
        losses.append(np.sum((linear_forward(X, W, b)[0] - T) ** 2) / (2 * len(X)))
    return W, b, losses


# %% wrong="wrong-shape" says="kept apart" title="a loss for every output"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        Y, cache = linear_forward(X, W, b)
        losses.append(((Y - T) ** 2).sum(axis=0) / (2 * len(X)))
        _, dW, db = linear_backward((Y - T) / len(X), cache)
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses

# %% wrong="wrong-value" says="derivative of the loss with respect to itself" title="goes back from the loss, not from 1"
def fit_linear(X, T, W, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        error = X @ W.T + b - T
        loss = np.sum(error**2) / (2 * len(X))
        losses.append(loss)
        dY = loss * error / len(X)
        W, b = W - learning_rate * dY.T @ X, b - learning_rate * dY.sum(axis=0)
    return W, b, losses
