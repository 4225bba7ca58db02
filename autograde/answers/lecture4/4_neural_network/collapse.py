# %% right="one big matrix, a 1 below every x"
def collapse(layers):
    total = np.eye(layers[0][0].shape[1] + 1)
    for W, b in layers:
        below = np.zeros(W.shape[1] + 1)
        below[-1] = 1.0
        total = np.vstack([np.column_stack([W, b]), below]) @ total
    return total[:-1, :-1], total[:-1, -1]

# %% right="by trying 0 and the unit vectors"
def collapse(layers):
    def through(x):
        for W, b in layers:
            x = W.dot(x) + b
        return x

    width = layers[0][0].shape[1]
    b = through(np.zeros(width))
    W = np.array([through(unit) - b for unit in np.identity(width)]).T
    return W, b

# %% right="recursion"
def collapse(layers):
    if len(layers) == 1:
        return layers[0]
    *below, (W, b) = layers
    W_below, b_below = collapse(below)
    return W @ W_below, W @ b_below + b

# %% right="from the last layer down, lists back"
def collapse(layers):
    W, b = np.array(layers[-1][0]), np.array(layers[-1][1])
    for V, c in layers[-2::-1]:
        b = b + W @ c
        W = W @ V
    return [W.tolist(), b.tolist()]

# %% right="every b carried up by itself, with einsum"
def collapse(layers):
    W = layers[0][0]
    for V, _ in layers[1:]:
        W = np.einsum("ij,jk->ik", V, W)
    total = np.zeros(W.shape[0])
    for k, (_, b) in enumerate(layers):
        for V, _ in layers[k + 1 :]:
            b = np.einsum("ij,j->i", V, b)
        total += b
    return W, total

# %% wrong="wrong-value" says="Only the last b" title="keeps the last bias"
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V @ W, c
    return W, b

# %% wrong="wrong-value" says="last b is missing" title="forgets to add the next bias"
def collapse(layers):
    W, b = layers[0]
    for k, (V, c) in enumerate(layers[1:], start=2):
        W, b = V @ W, V @ b + (c if k < len(layers) else 0)
    return W, b

# %% wrong="wrong-value" says="first b is missing" title="starts with a bias of 0"
def collapse(layers):
    W = layers[0][0]
    b = np.zeros(W.shape[0])
    for V, c in layers[1:]:
        W, b = V @ W, V @ b + c
    return W, b

# %% wrong="wrong-value" says="Only the first b" title="biases of the other layers left out"
def collapse(layers):
    W, b = layers[0]
    for V, _ in layers[1:]:
        W, b = V @ W, V @ b
    return W, b

# %% wrong="wrong-value" says="layer in between" title="first bias carried up, last one added"
def collapse(layers):
    W, b = layers[0]
    for V, _ in layers[1:]:
        W, b = V @ W, V @ b
    return (W, b + layers[-1][1]) if len(layers) > 1 else (W, b)

# %% wrong="raised" kind="odd" title="multiplied in the order in which they come"
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = W @ V, V @ b + c
    return W, b

# %% wrong="raised" kind="odd" title="written for three layers"
def collapse(layers):
    (W1, b1), (W2, b2), (W3, b3) = layers
    return W3 @ W2 @ W1, W3 @ W2 @ b1 + W3 @ b2 + b3

# %% wrong="wrong-value" says="first three layers" title="the first three layers, no more"
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:3]:
        W, b = V @ W, V @ b + c
    return W, b

# %% wrong="wrong-value" says="last layer alone" title="overwrites where it should multiply"
def collapse(layers):
    for W, b in layers:
        W, b = W, b
    return W, b

# %% wrong="wrong-value" says="b is 0" title="a bias of 0 for all"
def collapse(layers):
    W = layers[0][0]
    for V, _ in layers[1:]:
        W = V @ W
    return W, np.zeros(len(W))

# %% wrong="raised" kind="odd" title="b goes through the new product of all W"
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W = V @ W
        b = W @ b + c
    return W, b

# %% wrong="wrong-value" says="first two layers" title="the first two layers alone"
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:2]:
        W, b = V @ W, V @ b + c
    return W, b

# %% wrong="transposed" title="row vectors in mind: W comes out transposed"
def collapse(layers):
    W, b = np.eye(layers[0][0].shape[1]), 0.0
    for V, c in layers:
        W, b = W @ V.T, (V @ b if np.ndim(b) else 0.0) + c
    return W, b

# %% wrong="swapped" title="b before W"
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V @ W, V @ b + c
    return b, W

# %% wrong="mutates-input" kind="odd" title="eats the caller's list"
def collapse(layers):
    while len(layers) > 1:
        W, b = layers.pop(0)
        V, c = layers[0]
        layers[0] = (V @ W, V @ b + c)
    return layers[0]

# %% wrong="wrong-sign" title="subtracts the biases, W right"
def collapse(layers):
    W, b = layers[0]
    b = -b
    for V, c in layers[1:]:
        W, b = V @ W, V @ b - c
    return W, b

# %% wrong="wrong-shape" kind="odd" title="W alone comes back"
def collapse(layers):
    W = layers[0][0]
    for V, _ in layers[1:]:
        W = V @ W
    return W

# %% wrong="wrong-type" kind="odd" title="nothing comes back"
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V @ W, V @ b + c
