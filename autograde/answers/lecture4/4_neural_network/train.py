# %% right="own copies, changed in place"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    params = [[W.copy(), b.copy()] for W, b in params]
    losses = []
    for epoch in range(epochs):
        order = rng.permutation(X.shape[0])
        while len(order):
            batch, order = order[:batch_size], order[batch_size:]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, head_cache = head[0](out, t[batch])
            losses.append(float(loss))
            for layer, gradient in zip(params, mlp_backward(head[1](1, head_cache), cache)):
                layer[0] -= learning_rate * gradient[0]
                layer[1] -= learning_rate * gradient[1]
    return params, losses

# %% right="everything shuffled at once, then sliced; a generator of batches"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    def batches():
        for _ in range(epochs):
            order = rng.permutation(len(X))
            X_shuffled, t_shuffled = X[order], t[order]
            for k in range(int(np.ceil(len(X) / batch_size))):
                rows = slice(k * batch_size, (k + 1) * batch_size)
                yield X_shuffled[rows], t_shuffled[rows]

    losses = np.array([])
    for x, wanted in batches():
        out, back = mlp_forward(x, params, activation)
        loss, c = head[0](out, wanted)
        losses = np.append(losses, loss)
        dout = head[1](1.0, c)
        params = [
            tuple(p - learning_rate * g for p, g in zip(layer, gradient))
            for layer, gradient in zip(params, mlp_backward(dout, back))
        ]
    return [params, losses]

# %% right="its own way back, without mlp_backward"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    Ws, bs, losses = [W for W, _ in params], [b for _, b in params], []
    last = len(params) - 1
    for _ in range(epochs):
        order = list(rng.permutation(len(X)))
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            hs, bends = [X[rows]], []
            for k in range(last):
                h, bend = activation[0](hs[-1] @ Ws[k].T + bs[k])
                hs.append(h)
                bends.append(bend)
            loss, back = head[0](hs[-1] @ Ws[last].T + bs[last], t[rows])
            losses.append(loss)
            d = head[1](1.0, back)
            for k in range(last, -1, -1):
                dW, db = d.T @ hs[k], d.sum(axis=0)
                if k:
                    d = activation[1](d @ Ws[k], bends[k - 1])
                Ws[k] = Ws[k] - learning_rate * dW
                bs[k] = bs[k] - learning_rate * db
    return list(zip(Ws, bs)), losses

# %% right="a step function, a copy made by the library"
import copy


def step(params, gradients, rate):
    for k, (dW, db) in enumerate(gradients):
        W, b = params[k]
        params[k] = (W + -rate * dW, b + -rate * db)


def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    params, losses = copy.deepcopy(list(params)), []
    forward, backward = head
    for _ in range(epochs):
        order = rng.permutation(np.arange(len(t)))
        for stop in range(batch_size, len(t) + batch_size, batch_size):
            batch = order[stop - batch_size : stop]
            out, cache = mlp_forward(np.take(X, batch, axis=0), params, activation)
            loss, c = forward(out, np.take(t, batch, axis=0))
            losses += [loss]
            step(params, mlp_backward(backward(1.0, c), cache), learning_rate)
    return params, losses

# %% wrong="wrong-sign" says="uphill" title="climbs"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W + learning_rate * dW, b + learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-value" says="taken after its update" title="the loss after the update"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            _, c = head[0](out, t[batch])
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
            losses.append(head[0](mlp_forward(X[batch], params, activation)[0], t[batch])[0])
    return params, losses

# %% wrong="wrong-shape" says="one loss for each epoch" title="one mean loss an epoch"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        of_epoch = []
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            of_epoch.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
        losses.append(np.mean(of_epoch))
    return params, losses

# %% wrong="wrong-shape" says="one loss for each epoch" title="appends outside the inner loop"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
        losses.append(loss)
    return params, losses

# %% wrong="wrong-shape" says="short batch" title="the last short batch dropped"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for k in range(len(X) // batch_size):
            batch = order[k * batch_size : (k + 1) * batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-value" says="order they stand in" title="no shuffling"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        for start in range(0, len(X), batch_size):
            batch = slice(start, start + batch_size)
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-value" says="same order" title="shuffled once for all epochs"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    order = rng.permutation(len(X))
    for _ in range(epochs):
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-value" says="X is shuffled and t is not" title="targets left behind"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        X_shuffled = X[rng.permutation(len(X))]
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            out, cache = mlp_forward(X_shuffled[rows], params, activation)
            loss, c = head[0](out, t[rows])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-value" title="X and t each with an order of its own"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        X_shuffled, t_shuffled = X[rng.permutation(len(X))], t[rng.permutation(len(t))]
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            out, cache = mlp_forward(X_shuffled[rows], params, activation)
            loss, c = head[0](out, t_shuffled[rows])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="mutates-input" kind="odd" title="writes into the caller's arrays"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    params, losses = list(params), []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            for (W, b), (dW, db) in zip(params, mlp_backward(head[1](1.0, c), cache)):
                W -= learning_rate * dW
                b -= learning_rate * db
    return params, losses

# %% wrong="mutates-input" kind="odd" title="puts new layers into the caller's list"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            for k, (dW, db) in enumerate(mlp_backward(head[1](1.0, c), cache)):
                W, b = params[k]
                params[k] = (W - learning_rate * dW, b - learning_rate * db)
    return params, losses

# %% wrong="wrong-factor" says="size of the batch again" title="averages what the head has averaged"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            rate = learning_rate / len(batch)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-factor" says="learning rate makes no difference" title="no learning rate"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - dW, b - db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-factor" says="multiplied by the loss" title="the loss handed to the head's backward"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](loss, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-shape" says="one batch" title="all examples at once"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        out, cache = mlp_forward(X[order], params, activation)
        loss, c = head[0](out, t[order])
        losses.append(loss)
        gradients = mlp_backward(head[1](1.0, c), cache)
        params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-value" says="came back as they went in" title="the new layers thrown away at the end"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    layers, losses = params, []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], layers, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            layers = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(layers, gradients)]
    return params, losses

# %% wrong="wrong-value" says="Nothing is learnt" title="the update forgotten"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            mlp_backward(head[1](1.0, c), cache)
    return params, losses

# %% wrong="wrong-value" says="b stay" title="only the W learn"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b) for (W, b), (dW, _) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-shape" kind="compound" says="epoch too few" title="one epoch whatever was asked, loss after the update"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        out, cache = mlp_forward(X[batch], params, activation)
        loss, c = head[0](out, t[batch])
        gradients = mlp_backward(head[1](1.0, c), cache)
        params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
        losses.append(head[0](mlp_forward(X[batch], params, activation)[0], t[batch])[0])
    return params, losses

# %% wrong="wrong-sign" kind="compound" says="learning rate makes no" title="climbs, and without the learning rate"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W + dW, b + db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="raised" kind="odd" title="asks rng for more than a permutation"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        rng.integers(2, size=0)
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="unstable-result" kind="odd" title="a generator of its own, seeded by the clock"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = np.random.default_rng().permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params, losses

# %% wrong="wrong-shape" kind="odd" title="the losses before the params"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            loss, c = head[0](out, t[batch])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return losses, params

# %% wrong="wrong-shape" title="the params alone"
def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            out, cache = mlp_forward(X[batch], params, activation)
            _, c = head[0](out, t[batch])
            gradients = mlp_backward(head[1](1.0, c), cache)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, gradients)]
    return params
