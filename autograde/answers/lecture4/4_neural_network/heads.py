# %% right="value: a loop, flattened rows"
def half_squared_error_forward(y, t):
    loss = 0.0
    for a, b in zip(y, t):
        loss += 0.5 * np.sum((a - b) ** 2)
    return loss / len(y), (y, t)


def half_squared_error_backward(dout, cache):
    y, t = cache
    return [dout * (a - b) / len(y) for a, b in zip(y, t)]

# %% right="value: np.vdot, the slope kept in the cache"
def half_squared_error_forward(y, t):
    d = np.subtract(y, t)
    n = y.shape[0]
    return 0.5 * np.vdot(d, d) / n, lambda upstream: upstream / n * d


def half_squared_error_backward(dout, cache):
    return cache(dout)

# %% right="yes or no: logaddexp"
def sigmoid_cross_entropy_forward(z, t):
    n = len(z)
    return float(np.sum(np.logaddexp(0, z) - t * z)) / n, (np.exp(-np.logaddexp(0, -z)) - t, n)


def sigmoid_cross_entropy_backward(dout, cache):
    difference, n = cache
    return difference * (dout / n)

# %% right="yes or no: the two answers apart, masks"
def sigmoid_cross_entropy_forward(z, t):
    s = np.where(t == 1, -z, z)
    big = np.maximum(s, 0)
    loss = np.mean(big + np.log(np.exp(-big) + np.exp(s - big)))
    return loss, [z, t]


def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    p = np.zeros_like(z)
    p[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    p[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return dout * np.where(t == 1, p - 1, p) / z.shape[0]

# %% right="softmax: through the logarithm"
def softmax(z):
    top = z.max(axis=-1, keepdims=True)
    return np.exp(z - top - np.log(np.sum(np.exp(z - top), axis=-1, keepdims=True)))

# %% right="softmax: row by row"
def softmax(z):
    if z.ndim == 1:
        e = np.exp(z - max(z))
        return e / sum(e)
    return np.array([softmax(row) for row in z])

# %% right="category: the softmax by itself, the logarithm of the sum kept"
def softmax_cross_entropy_forward(Z, labels):
    top = np.max(Z, axis=1)
    total = top + np.log(np.sum(np.exp(Z - top[:, None]), axis=1))
    picked = np.take_along_axis(Z, np.asarray(labels)[:, None], axis=1)[:, 0]
    return np.mean(total - picked), (Z, labels)


def softmax_cross_entropy_backward(dout, cache):
    Z, labels = cache
    P = softmax(Z)
    P[np.arange(len(P)), labels] -= 1
    return dout * P / len(P)

# %% right="category: one-hot and einsum"
def softmax_cross_entropy_forward(Z, labels):
    N, K = Z.shape
    one_hot = np.zeros((N, K))
    for n, label in enumerate(labels):
        one_hot[n, label] = 1
    logs = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
    return -np.einsum("nk,nk->", one_hot, logs) / N, (np.exp(logs), one_hot)


def softmax_cross_entropy_backward(dout, cache):
    P, one_hot = cache
    return (dout / P.shape[0]) * (P - one_hot)

# %% wrong="wrong-factor" title="value: the slide's sum, no mean"
def half_squared_error_forward(y, t):
    return np.sum((y - t) ** 2) / 2, y - t

# %% wrong="wrong-factor" title="value: mean over every number"
def half_squared_error_forward(y, t):
    return np.mean((y - t) ** 2) / 2, y - t


def half_squared_error_backward(dout, cache):
    return dout * cache / cache.size

# %% wrong="wrong-factor" title="value: the half forgotten"
def half_squared_error_forward(y, t):
    return np.sum((y - t) ** 2) / len(y), y - t

# %% wrong="wrong-factor" title="value: backward without 1/N"
def half_squared_error_backward(dout, cache):
    return dout * cache

# %% wrong="wrong-factor" title="value: a 2 left over in backward"
def half_squared_error_backward(dout, cache):
    return dout * 2 * cache / len(cache)

# %% wrong="wrong-sign" title="value: target minus prediction"
def half_squared_error_forward(y, t):
    return np.sum((t - y) ** 2) / (2 * len(y)), t - y

# %% wrong="missing-upstream" title="value: dout not used"
def half_squared_error_backward(dout, cache):
    return cache / len(cache)

# %% wrong="missing-upstream wrong-factor" title="value: neither dout nor 1/N"
def half_squared_error_backward(dout, cache):
    return cache

# %% wrong="wrong-factor" title="value: divides by N·M on the way back only"
def half_squared_error_backward(dout, cache):
    return dout * cache / cache.size

# %% wrong="wrong-value" says="root" title="value: root mean square"
def half_squared_error_forward(y, t):
    return np.sqrt(np.sum((y - t) ** 2) / len(y)), y - t

# %% wrong="wrong-value" says="not squared" title="value: absolute errors"
def half_squared_error_forward(y, t):
    return np.abs(y - t).sum() / len(y), np.sign(y - t)

# %% wrong="wrong-shape" says="examples' own" title="value: no sum at all"
def half_squared_error_forward(y, t):
    return (y - t) ** 2 / 2, y - t

# %% wrong="not-finite" title="yes or no: the formula as it stands"
def sigmoid_cross_entropy_forward(z, t):
    p, _ = sigmoid_forward(z)
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)), (z, t)

# %% wrong="wrong-value" says="small number keeps" title="yes or no: clipped probabilities"
def sigmoid_cross_entropy_forward(z, t):
    p = np.clip(sigmoid_forward(z)[0], 1e-12, 1 - 1e-12)
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)), (z, t)

# %% wrong="wrong-value" says="small number keeps" title="yes or no: a small number in the logarithm"
def sigmoid_cross_entropy_forward(z, t):
    p = sigmoid_forward(z)[0]
    return -np.mean(t * np.log(p + 1e-7) + (1 - t) * np.log(1 - p + 1e-7)), (z, t)

# %% wrong="wrong-value" says="Only the examples with t = 1" title="yes or no: half of the formula"
def sigmoid_cross_entropy_forward(z, t):
    return np.mean(t * np.logaddexp(0, -z)), (z, t)

# %% wrong="swapped" says="O and X" title="yes or no: the two terms exchanged"
def sigmoid_cross_entropy_forward(z, t):
    return np.mean(np.logaddexp(0, -z) + t * z), (z, t)

# %% wrong="wrong-sign" title="yes or no: the minus in front forgotten"
def sigmoid_cross_entropy_forward(z, t):
    return -np.mean(np.maximum(z, 0) - t * z + np.log1p(np.exp(-np.abs(z)))), (z, t)

# %% wrong="wrong-factor" title="yes or no: summed over the batch"
def sigmoid_cross_entropy_forward(z, t):
    return np.sum(np.maximum(z, 0) - t * z + np.log1p(np.exp(-np.abs(z)))), (z, t)

# %% wrong="wrong-factor" title="yes or no: backward without 1/N"
def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    return dout * (sigmoid_forward(z)[0] - t)

# %% wrong="missing-local" says="gradient of the probability" title="yes or no: stops at the probability"
def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    p = sigmoid_forward(z)[0]
    return dout * (p - t) / (p * (1 - p)) / len(z)

# %% wrong="wrong-value" says="once too often" title="yes or no: the sigmoid's slope once more"
def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    p = sigmoid_forward(z)[0]
    return dout * (p - t) * p * (1 - p) / len(z)

# %% wrong="wrong-value" says="of two kinds" title="yes or no: z for its sigmoid in backward"
def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    return dout * (z - t) / len(z)

# %% wrong="wrong-sign" title="yes or no: target minus prediction"
def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    return dout * (t - sigmoid_forward(z)[0]) / len(z)

# %% wrong="wrong-sign wrong-factor" title="yes or no: target minus prediction, and no 1/N"
def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    return dout * (t - sigmoid_forward(z)[0])

# %% wrong="wrong-shape" kind="odd" title="yes or no: the gradient of t too"
def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    return dout * (sigmoid_forward(z)[0] - t) / len(z), -dout * z / len(z)

# %% wrong="wrong-shape" kind="odd" title="yes or no: the column flattened"
def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    return (dout * (sigmoid_forward(z)[0] - t) / len(z)).ravel()

# %% wrong="not-finite" title="softmax as it stands in the book"
def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong="not-finite" kind="odd" title="softmax: the maximum of the whole array"
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong="wrong-value" says="columns add up" title="softmax: over the first axis"
def softmax(z):
    e = np.exp(z - np.max(z, axis=0))
    return e / e.sum(axis=0)

# %% wrong="wrong-value" says="All numbers together" title="softmax: one sum for all rows"
def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True).max())
    return e / np.sum(e)

# %% wrong="raised" kind="odd" title="softmax: the axis lost by the sum"
def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1)

# %% wrong="raised" kind="odd" title="softmax: axis 1 even where there is none"
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% wrong="wrong-value" says="sigmoid of its own" title="softmax: sigmoids"
def softmax(z):
    return sigmoid_forward(z)[0]

# %% wrong="wrong-value" says="so that they add up" title="softmax: not divided"
def softmax(z):
    return np.exp(z)

# %% wrong="wrong-value" says="logarithm of the probabilities" title="softmax: its logarithm"
def softmax(z):
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))

# %% wrong="mutates-input" kind="odd" title="softmax: shifts the caller's logits"
def softmax(z):
    z -= z.max(axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong="not-finite" title="category: the logarithm of a probability of 0"
def softmax_cross_entropy_forward(Z, labels):
    P = softmax(Z)
    loss = -np.log(P[np.arange(len(Z)), labels]).mean()
    return loss, (np.log(P), labels)

# %% wrong="wrong-value" says="small number keeps" title="category: a small number in the logarithm"
def softmax_cross_entropy_forward(Z, labels):
    P = softmax(Z)
    return -np.mean(np.log(P[np.arange(len(Z)), labels] + 1e-9)), (P, labels)


def softmax_cross_entropy_backward(dout, cache):
    P, labels = cache
    return dout * (P - np.eye(P.shape[1])[labels]) / len(P)

# %% wrong="wrong-value" kind="odd" says="all rows' labels" title="category: every label's column from every row"
def softmax_cross_entropy_forward(Z, labels):
    logs = np.log(softmax(Z))
    return -logs[:, labels].mean(), (logs, labels)

# %% wrong="wrong-value" says="without softmax" title="category: logits for logarithms"
def softmax_cross_entropy_forward(Z, labels):
    return -Z[np.arange(len(Z)), labels].mean(), (Z, labels)

# %% wrong="wrong-factor" title="category: a mean over N·K"
def softmax_cross_entropy_forward(Z, labels):
    logs = np.log(softmax(Z))
    return -np.mean(np.eye(Z.shape[1])[labels] * logs), (logs, labels)

# %% wrong="wrong-factor" kind="compound" title="category: a sum over the batch, backward to match"
def softmax_cross_entropy_forward(Z, labels):
    logs = np.log(softmax(Z))
    return -logs[np.arange(len(Z)), labels].sum(), (logs, labels)


def softmax_cross_entropy_backward(dout, cache):
    logs, labels = cache
    return dout * (np.exp(logs) - np.eye(logs.shape[1])[labels])

# %% wrong="wrong-value" says="likeliest class" title="category: the largest probability for the label's"
def softmax_cross_entropy_forward(Z, labels):
    logs = np.log(softmax(Z))
    return -logs.max(axis=1).mean(), (logs, labels)

# %% wrong="wrong-value" says="own logit" title="category: only the label's entry"
def softmax_cross_entropy_backward(dout, cache):
    logs, labels = cache
    dZ, n = np.zeros_like(logs), np.arange(len(logs))
    dZ[n, labels] = dout * (np.exp(logs[n, labels]) - 1) / len(logs)
    return dZ

# %% wrong="wrong-value" says="label makes no difference" title="category: the target not subtracted"
def softmax_cross_entropy_backward(dout, cache):
    logs, labels = cache
    return dout * np.exp(logs) / len(logs)

# %% wrong="wrong-factor" title="category: backward without 1/N"
def softmax_cross_entropy_backward(dout, cache):
    logs, labels = cache
    return dout * (np.exp(logs) - np.eye(logs.shape[1])[labels])

# %% wrong="wrong-factor" title="category: backward divided by N·K"
def softmax_cross_entropy_backward(dout, cache):
    logs, labels = cache
    return dout * (np.exp(logs) - np.eye(logs.shape[1])[labels]) / logs.size

# %% wrong="unstable-result" kind="odd" title="category: writes into its cache"
def softmax_cross_entropy_forward(Z, labels):
    shifted = Z - Z.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logs[np.arange(len(Z)), labels].mean(), (np.exp(logs), labels)


def softmax_cross_entropy_backward(dout, cache):
    P, labels = cache
    P[np.arange(len(P)), labels] -= 1
    return dout * P / len(P)

# %% wrong="mutates-input" kind="odd" title="category: shifts the caller's logits"
def softmax_cross_entropy_forward(Z, labels):
    Z -= Z.max(axis=1, keepdims=True)
    logs = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -logs[np.arange(len(Z)), labels].mean(), (logs, labels)

# %% wrong="missing-local" says="gradient of the probabilities" title="category: stops at the probabilities"
def softmax_cross_entropy_backward(dout, cache):
    logs, labels = cache
    return -dout * np.eye(logs.shape[1])[labels] / np.exp(logs) / len(logs)

# %% wrong="wrong-value" kind="odd" says="subtracted as a number" title="category: labels subtracted as numbers"
def softmax_cross_entropy_backward(dout, cache):
    logs, labels = cache
    return dout * (np.exp(logs) - np.asarray(labels)[:, None]) / len(logs)

# %% wrong="missing-upstream wrong-sign" title="category: target minus prediction, and dout not used"
def softmax_cross_entropy_backward(dout, cache):
    logs, labels = cache
    return (np.eye(logs.shape[1])[labels] - np.exp(logs)) / len(logs)

# %% wrong="wrong-type" kind="odd" title="category: the loss alone, no cache"
def softmax_cross_entropy_forward(Z, labels):
    logs = np.log(softmax(Z))
    return -logs[np.arange(len(Z)), labels].mean()


# %% wrong="wrong-value" kind="odd" title="yes or no: two pieces that do not meet, and a gap between -1 and 0"
def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    p = np.zeros_like(z)
    p[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    p[z < -1] = np.exp(z[z < -1]) / (1 + np.exp(z[z < -1]))
    return dout * (p - t) / len(z)
