# %% right="a loop with a running total"
def cell_body(x, w, b):
    total = b
    for i in range(len(x)):
        total += x[i] * w[i]
    return total


# %% right="a generator, zipped"
def cell_body(x, w, b):
    return sum(signal * strength for signal, strength in zip(x, w)) + b


# %% right="einsum, a 0-d array"
def cell_body(x, w, b):
    return np.einsum("d,d->", x, w) + np.asarray(b)


# %% right="the bias as one more synapse"
def cell_body(x, w, b):
    return float(np.dot(np.append(w, b), np.append(x, 1.0)))


# %% right="in place on a copy"
def cell_body(x, w, b):
    weighed = x.copy()
    weighed *= w
    return weighed.sum() + b


# %% right="a lambda and a matrix product"
cell_body = lambda x, w, b: (w.reshape(1, -1) @ x.reshape(-1, 1)).item() + b


# %% wrong="wrong-value" says="b makes no difference" title="the bias is forgotten"
def cell_body(x, w, b):
    return w @ x


# %% wrong="wrong-value" says="once for every dendrite" title="the bias inside the sum"
def cell_body(x, w, b):
    return np.sum(w * x + b)


# %% wrong="wrong-value" says="first two" title="two inputs written out"
def cell_body(x, w, b):
    return w[0] * x[0] + w[1] * x[1] + b


# %% wrong="wrong-value" says="Only the first dendrite" title="return inside the loop"
def cell_body(x, w, b):
    total = b
    for i in range(len(x)):
        total += x[i] * w[i]
        return total


# %% wrong="wrong-value" says="Only the last dendrite" title="the total is overwritten"
def cell_body(x, w, b):
    for i in range(len(x)):
        total = x[i] * w[i]
    return total + b


# %% wrong="wrong-value" says="last dendrite is not heard" title="the range ends too early"
def cell_body(x, w, b):
    return sum(x[i] * w[i] for i in range(len(x) - 1)) + b


# %% wrong="wrong-value" says="first dendrite is not heard" title="the range begins at 1"
def cell_body(x, w, b):
    return sum(x[i] * w[i] for i in range(1, len(x))) + b


# %% wrong="not-summed" says="none is added" title="weighed and not summed"
def cell_body(x, w, b):
    return w * x + b


# %% wrong="not-summed" kind="compound" says="b is missing" title="weighed, not summed, no bias"
def cell_body(x, w, b):
    return x * w


# %% wrong="wrong-factor" says="mean" title="the mean for the sum"
def cell_body(x, w, b):
    return np.mean(w * x) + b


# %% wrong="wrong-value" says="Signal and synapse are added" title="plus for times"
def cell_body(x, w, b):
    return np.sum(x + w) + b


# %% wrong="wrong-value" says="before they are weighed" title="summed before weighed"
def cell_body(x, w, b):
    return x.sum() * w.sum() + b


# %% wrong="wrong-sign" says="b is taken away" title="the bias as a threshold"
def cell_body(x, w, b):
    return w @ x - b


# %% wrong="wrong-value" says="axon" title="the sigmoid already"
def cell_body(x, w, b):
    return 1 / (1 + np.exp(-(w @ x + b)))


# %% wrong="wrong-value" says="axon" title="fires already"
def cell_body(x, w, b):
    return 1.0 if w @ x + b > 0 else 0.0


# %% wrong="wrong-type" kind="odd" title="printed and not returned"
def cell_body(x, w, b):
    print(w @ x + b)


# %% wrong="wrong-shape" kind="odd" title="a column of one"
def cell_body(x, w, b):
    return (w.reshape(1, -1) @ x.reshape(-1, 1)) + b


# %% wrong="mutates-input" kind="odd" title="weighs the caller's signals in place"
def cell_body(x, w, b):
    x *= w
    return x.sum() + b


# %% wrong="raised" kind="odd" title="a name that does not exist"
def cell_body(x, w, b):
    return np.dot(weights, x) + b


# %% wrong="wrong-value" kind="odd" title="the visible numbers by heart"
def cell_body(x, w, b):
    return 1.0
