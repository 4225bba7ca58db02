# %% right="(prediction − target) / N, without the functions before"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(float(-np.mean(np.log(np.where(t == 1, p, 1 - p)))))
        dz = (p - t) / len(t)
        w, b = w - learning_rate * (X.T @ dz), b - learning_rate * dz.sum()
    return w, b, losses


# %% right="in place on a copy, losses in an array"
def train_neuron(X, t, w, b, learning_rate, steps):
    w = np.array(w)
    losses = np.empty(steps)
    for step in range(steps):
        p, cache = neuron_forward(X, w, b)
        losses[step], loss_cache = log_loss_forward(p, t)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w -= learning_rate * dw
        b -= learning_rate * db
    return [w, b, losses]


# %% right="the bias as one more weight"
def train_neuron(X, t, w, b, learning_rate, steps):
    ones = np.hstack([X, np.ones((len(X), 1))])
    weights = np.append(w, b)
    losses = []
    while len(losses) < steps:
        p = 1 / (1 + np.exp(-ones @ weights))
        losses += [-(t @ np.log(p) + (1 - t) @ np.log(1 - p)) / len(t)]
        weights = weights - learning_rate * ones.T @ (p - t) / len(t)
    return weights[:-1], weights[-1], losses


# %% right="one example at a time, summed up"
def train_neuron(X, t, w, b, learning_rate, steps):
    N, losses = len(X), []
    for _ in range(steps):
        loss, dw, db = 0.0, np.zeros(len(w)), 0.0
        for x, truth in zip(X, t):
            p = 1 / (1 + np.exp(-(x @ w + b)))
            loss -= np.log(p) if truth else np.log(1 - p)
            dw = dw + (p - truth) * x
            db = db + (p - truth)
        losses.append(loss / N)
        w = w - learning_rate * dw / N
        b = b - learning_rate * db / N
    return w, b, losses


# %% right="recursion"
def train_neuron(X, t, w, b, learning_rate, steps):
    if steps == 0:
        return w, b, []
    p, cache = neuron_forward(X, w, b)
    loss, loss_cache = log_loss_forward(p, t)
    _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
    after = train_neuron(X, t, w - learning_rate * dw, b - learning_rate * db, learning_rate, steps - 1)
    return after[0], after[1], [loss, *after[2]]


# %% wrong="wrong-sign" says="uphill" title="climbs"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w, b = w + learning_rate * dw, b + learning_rate * db
    return w, b, losses


# %% wrong="wrong-sign" says="uphill" title="t − p"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        dz = (t - p) / len(t)
        w, b = w - learning_rate * X.T @ dz, b - learning_rate * dz.sum()
    return w, b, losses


# %% wrong="wrong-factor" says="N times too long" title="no 1/N in the gradient"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        w, b = w - learning_rate * X.T @ (p - t), b - learning_rate * np.sum(p - t)
    return w, b, losses


# %% wrong="wrong-factor" says="N times too short" title="1/N twice"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w, b = w - learning_rate * dw / len(X), b - learning_rate * db / len(X)
    return w, b, losses


# %% wrong="wrong-factor" says="b goes N times" title="db summed and not averaged"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        w, b = w - learning_rate * X.T @ (p - t) / len(t), b - learning_rate * np.sum(p - t)
    return w, b, losses


# %% wrong="wrong-value" says="b never moves" title="the bias stays"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w = w - learning_rate * dw
    return w, b, losses


# %% wrong="wrong-value" says="w never moves" title="the weights stay"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w - learning_rate * dw
        b = b - learning_rate * db
    return w, b, losses


# %% wrong="wrong-value" says="at the start" title="one gradient for all steps"
def train_neuron(X, t, w, b, learning_rate, steps):
    p, cache = neuron_forward(X, w, b)
    _, dw, db = neuron_backward(log_loss_backward(1.0, log_loss_forward(p, t)[1]), cache)
    losses = []
    for _ in range(steps):
        losses.append(log_loss_forward(neuron_forward(X, w, b)[0], t)[0])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, losses


# %% wrong="wrong-shape" kind="odd" says="one loss" title="returns inside the loop"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w, b = w - learning_rate * dw, b - learning_rate * db
        return w, b, losses


# %% wrong="wrong-factor" says="learning rate makes no difference" title="no learning rate"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w, b = w - dw, b - db
    return w, b, losses


# %% wrong="wrong-value" says="after w had moved" title="b after w"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        w = w - learning_rate * X.T @ (p - t) / len(t)
        p = 1 / (1 + np.exp(-(X @ w + b)))
        b = b - learning_rate * np.mean(p - t)
    return w, b, losses


# %% wrong="wrong-value" says="from where does it start" title="the old parameters are dropped"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w, b = -learning_rate * dw, -learning_rate * db
    return w, b, losses


# %% wrong="missing-local" says="without passing the sigmoid" title="the loss's gradient straight to the sum"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        dz = log_loss_backward(1.0, loss_cache)
        w, b = w - learning_rate * X.T @ dz, b - learning_rate * dz.sum()
    return w, b, losses


# %% wrong="missing-local" says="once too often" title="(p − t)/N through the sigmoid again"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        losses.append(log_loss_forward(p, t)[0])
        _, dw, db = neuron_backward((p - t) / len(t), cache)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, losses


# %% wrong="wrong-value" says="down the squared error" title="down the squared error"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        losses.append(log_loss_forward(p, t)[0])
        _, dw, db = neuron_backward(2 * (p - t) / len(t), cache)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, losses


# %% wrong="wrong-value" says="whole flowers" title="the old perceptron's rule"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, _ = neuron_forward(X, w, b)
        losses.append(log_loss_forward(p, t)[0])
        error = (np.array([fire(x, w, b) for x in X]) - t) / len(t)
        w, b = w - learning_rate * X.T @ error, b - learning_rate * error.sum()
    return w, b, losses


# %% wrong="wrong-value" says="after its step" title="the loss after each step"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        _, loss_cache = log_loss_forward(p, t)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w, b = w - learning_rate * dw, b - learning_rate * db
        losses.append(log_loss_forward(neuron_forward(X, w, b)[0], t)[0])
    return w, b, losses


# %% wrong="wrong-shape" says="last step is not asked" title="one loss too many"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = [log_loss_forward(neuron_forward(X, w, b)[0], t)[0]]
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        _, dw, db = neuron_backward(log_loss_backward(1.0, log_loss_forward(p, t)[1]), cache)
        w, b = w - learning_rate * dw, b - learning_rate * db
        losses.append(log_loss_forward(neuron_forward(X, w, b)[0], t)[0])
    return w, b, losses


# %% wrong="wrong-type" kind="odd" title="the last loss alone"
def train_neuron(X, t, w, b, learning_rate, steps):
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, loss


# %% wrong="wrong-factor" says="sum over the examples" title="losses summed and not averaged"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.sum(t * np.log(p) + (1 - t) * np.log(1 - p)))
        w, b = w - learning_rate * X.T @ (p - t) / len(t), b - learning_rate * np.mean(p - t)
    return w, b, losses


# %% wrong="wrong-value" says="squared errors" title="squared errors for losses"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(np.mean((p - t) ** 2))
        w, b = w - learning_rate * X.T @ (p - t) / len(t), b - learning_rate * np.mean(p - t)
    return w, b, losses


# %% wrong="wrong-value" says="share of wrong" title="the share of wrong answers for losses"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(np.mean((p > 0.5) != (t == 1)))
        w, b = w - learning_rate * X.T @ (p - t) / len(t), b - learning_rate * np.mean(p - t)
    return w, b, losses


# %% wrong="mutates-input" kind="odd" title="moves the caller's weights"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(1.0, loss_cache), cache)
        w -= learning_rate * dw
        b -= learning_rate * db
    return w, b, losses


# %% wrong="mutates-input" kind="odd" title="standardises the caller's examples"
def train_neuron(X, t, w, b, learning_rate, steps):
    X -= X.mean(axis=0)
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        w, b = w - learning_rate * X.T @ (p - t) / len(t), b - learning_rate * np.mean(p - t)
    return w, b, losses


# %% wrong="wrong-sign" kind="compound" title="climbs, and one loss too many"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps + 1):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        if len(losses) <= steps:
            w, b = w + learning_rate * X.T @ (p - t) / len(t), b + learning_rate * np.mean(p - t)
    return w, b, losses


# %% wrong="wrong-value" kind="odd" title="starts where it likes"
def train_neuron(X, t, w, b, learning_rate, steps):
    w, b, losses = np.zeros(len(w)), 0.0, []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        w, b = w - learning_rate * X.T @ (p - t) / len(t), b - learning_rate * np.mean(p - t)
    return w, b, losses


# %% wrong="wrong-value" kind="odd" title="a hundred steps, whatever is asked"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(100):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        w, b = w - learning_rate * X.T @ (p - t) / len(t), b - learning_rate * np.mean(p - t)
    return w, b, losses[:steps]

# %% wrong="wrong-value" says="derivative of the loss with respect to itself" title="goes back from the loss, not from 1"
def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p, cache = neuron_forward(X, w, b)
        loss, loss_cache = log_loss_forward(p, t)
        losses.append(loss)
        _, dw, db = neuron_backward(log_loss_backward(loss, loss_cache), cache)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, losses
