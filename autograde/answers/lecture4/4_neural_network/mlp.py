# %% right="closures, one for each layer"
def mlp_forward(X, params, activation):
    steps = []

    def linear(x, W, b):
        def back(d):
            return d @ W, (d.T @ x, d.sum(axis=0))

        return x @ W.T + b, back

    h, back = linear(X, *params[0])
    steps.append((None, back))
    for W, b in params[1:]:
        h, bend = activation[0](h)
        h, back = linear(h, W, b)
        steps.append((bend, back))
    return h, (steps, activation[1])


def mlp_backward(dout, cache):
    steps, through = cache
    found = []
    for bend, back in steps[::-1]:
        dout, gradient = back(dout)
        found.insert(0, gradient)
        if bend is not None:
            dout = through(dout, bend)
    return found

# %% right="recursion over the layers"
def mlp_forward(X, params, activation):
    (W, b), *rest = params
    z = X.dot(W.transpose()) + b
    if not rest:
        return z, (X, None, None, activation)
    h, bend = activation[0](z)
    out, above = mlp_forward(h, rest, activation)
    return out, (X, bend, (above, rest[0][0]), activation)


def mlp_backward(dout, cache):
    return list(walk(dout, cache))


def walk(dout, cache):
    X, bend, above, activation = cache
    if above is None:
        dz, later = dout, []
    else:
        later, dh = through(dout, *above)
        dz = activation[1](dh, bend)
    return [(dz.T @ X, dz.sum(0)), *later]


def through(dout, cache, W):
    gradients = walk(dout, cache)
    X, bend, above, activation = cache
    dz = upstream_of(dout, cache)
    return gradients, dz @ W


def upstream_of(dout, cache):
    X, bend, above, activation = cache
    if above is None:
        return dout
    inner, W = above
    return activation[1](upstream_of(dout, inner) @ W, bend)

# %% right="einsum, everything kept in lists, lists back"
def mlp_forward(X, params, activation):
    inputs, bends = [X], []
    for W, b in params[:-1]:
        h, bend = activation[0](np.einsum("nd,md->nm", inputs[-1], W) + b)
        inputs.append(h)
        bends.append(bend)
    W, b = params[-1]
    cache = {"inputs": inputs, "bends": bends, "weights": [W for W, _ in params], "back": activation[1]}
    return np.einsum("nd,md->nm", inputs[-1], W) + b, cache


def mlp_backward(dout, cache):
    gradients = [None] * len(cache["weights"])
    for k in range(len(gradients) - 1, -1, -1):
        gradients[k] = [np.einsum("nm,nd->md", dout, cache["inputs"][k]), np.einsum("nm->m", dout)]
        if k > 0:
            dout = cache["back"](np.einsum("nm,md->nd", dout, cache["weights"][k]), cache["bends"][k - 1])
    return gradients

# %% right="example by example"
def mlp_forward(X, params, activation):
    forward, backward = activation
    out = np.array(X)
    tape = []
    for k, (W, b) in enumerate(params):
        tape.append(("linear", W, out))
        out = np.array([W @ row + b for row in out])
        if k + 1 != len(params):
            out, c = forward(out)
            tape.append(("bend", c, None))
    return out, (tape, backward)


def mlp_backward(dout, cache):
    tape, backward = cache
    gradients = []
    for kind, one, given in tape[::-1]:
        if kind == "bend":
            dout = backward(dout, one)
        else:
            dW = sum(np.outer(d, x) for d, x in zip(dout, given))
            gradients.append((dW, sum(dout)))
            dout = np.array([one.T @ d for d in dout])
    gradients.reverse()
    return gradients

# %% wrong="unstable-result" kind="odd" title="pops the cache empty"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    while layers:
        W, given, bend = layers.pop()
        gradients.insert(0, (dout.T @ given, dout.sum(axis=0)))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients

# %% wrong="wrong-value" says="after the last layer" title="an activation after every layer"
def mlp_forward(X, params, activation):
    caches = []
    out = X
    for W, b in params:
        given = out
        out, bend = activation[0](out @ W.T + b)
        caches.append((W, given, bend))
    return out, (caches, activation[1])


def mlp_backward(dout, cache):
    caches, back = cache
    gradients = []
    for W, given, bend in reversed(caches):
        dout = back(dout, bend)
        gradients.append((dout.T @ given, dout.sum(axis=0)))
        dout = dout @ W
    return gradients[::-1]

# %% wrong="wrong-value" says="no activation at all" title="linear layers only"
def mlp_forward(X, params, activation):
    layers = []
    for W, b in params:
        layers.append((W, X, None))
        X = X @ W.T + b
    return X, (layers, activation[1])

# %% wrong="missing-local" says="walks past" title="backward forgets the activations"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, _ in reversed(layers):
        gradients.append((dout.T @ given, dout.sum(axis=0)))
        dout = dout @ W
    return gradients[::-1]

# %% wrong="swapped" says="from the last layer to the first" title="the list the wrong way round"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((dout.T @ given, dout.sum(axis=0)))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients

# %% wrong="not-summed" title="db for every example"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((dout.T @ given, dout))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients[::-1]

# %% wrong="transposed" title="dW with inputs for rows"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((given.T @ dout, dout.sum(axis=0)))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients[::-1]

# %% wrong="wrong-factor" title="averages over the batch, as the head will again"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((dout.T @ given / len(dout), dout.mean(axis=0)))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients[::-1]

# %% wrong="wrong-value" says="went into the activation" title="dW from the sums before the activation"
def mlp_forward(X, params, activation):
    forward, backward = activation
    layers, out = [], X
    for number, (W, b) in enumerate(params):
        given, bend = out, None
        if number > 0:
            out, bend = forward(out)
        layers.append((W, given, bend))
        out = out @ W.T + b
    return out, (layers, backward)

# %% wrong="missing-upstream" title="starts from ones"
def mlp_backward(dout, cache):
    layers, backward = cache
    dout = np.ones_like(dout)
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((dout.T @ given, dout.sum(axis=0)))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients[::-1]

# %% wrong="raised" kind="odd" title="hands the activation something else than its cache"
def mlp_forward(X, params, activation):
    forward, backward = activation
    layers, out = [], X
    for number, (W, b) in enumerate(params):
        bend = None
        if number > 0:
            bend = out
            out, _ = forward(out)
        layers.append((W, out, bend))
        out = out @ W.T + b
    return out, (layers, backward)

# %% wrong="raised" kind="odd" title="backward of the activation before the W: the sizes do not fit"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((dout.T @ given, dout.sum(axis=0)))
        if bend is not None:
            dout = backward(dout, bend) @ W
    return gradients[::-1]

# %% wrong="wrong-value" says="handed over" title="a ReLU of its own whatever comes"
def mlp_forward(X, params, activation):
    layers, out = [], X
    for number, (W, b) in enumerate(params):
        bend = None
        if number > 0:
            bend = out > 0
            out = np.maximum(0, out)
        layers.append((W, out, bend))
        out = out @ W.T + b
    return out, (layers, lambda dout, mask: dout * mask)

# %% wrong="wrong-value" says="biases make no difference" title="the biases forgotten, as on the slide"
def mlp_forward(X, params, activation):
    forward, backward = activation
    layers, out = [], X
    for number, (W, _) in enumerate(params):
        bend = None
        if number > 0:
            out, bend = forward(out)
        layers.append((W, out, bend))
        out = out @ W.T
    return out, (layers, backward)

# %% wrong="raised" kind="odd" title="written for two layers"
def mlp_forward(X, params, activation):
    (W1, b1), (W2, b2) = params
    h, bend = activation[0](X @ W1.T + b1)
    return h @ W2.T + b2, ([(W1, X, None), (W2, h, bend)], activation[1])

# %% wrong="swapped" title="db before dW"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((dout.sum(axis=0), dout.T @ given))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients[::-1]

# %% wrong="wrong-shape" kind="odd" title="the gradient of X in the list too"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((dout @ W, dout.T @ given, dout.sum(axis=0)))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients[::-1]

# %% wrong="missing-local transposed" title="past the activations, and transposed"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, _ in reversed(layers):
        gradients.append((given.T @ dout, dout.sum(axis=0)))
        dout = dout @ W
    return gradients[::-1]

# %% wrong="wrong-sign" title="minus gradients, ready for descent"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((-dout.T @ given, -dout.sum(axis=0)))
        if bend is not None:
            dout = backward(dout @ W, bend)
    return gradients[::-1]

# %% wrong="mutates-input" kind="odd" title="adds the bias in place, then activates"
def mlp_forward(X, params, activation):
    forward, backward = activation
    layers, out = [], X
    for number, (W, b) in enumerate(params):
        bend = None
        if number > 0:
            out, bend = forward(out)
        layers.append((W, out, bend))
        b += 0.0 * out.sum()
        W *= 1.0
        out = out @ W.T + b
        params[number] = (W, b)
        W[0, 0] += 1e-3
    return out, (layers, backward)

# %% wrong="wrong-value" says="twice" title="the activation's slope twice"
def mlp_backward(dout, cache):
    layers, backward = cache
    gradients = []
    for W, given, bend in reversed(layers):
        gradients.append((dout.T @ given, dout.sum(axis=0)))
        if bend is not None:
            dout = backward(backward(dout @ W, bend), bend)
    return gradients[::-1]

# %% wrong="wrong-value" says="after the activation" title="biases added after the bend"
def mlp_forward(X, params, activation):
    forward, backward = activation
    layers, out = [], X
    for number, (W, b) in enumerate(params):
        given = out
        out, bend = out @ W.T, None
        if number < len(params) - 1:
            out, bend = forward(out)
        out = out + b
        layers.append((W, given, bend))
    return out, (layers, backward)
