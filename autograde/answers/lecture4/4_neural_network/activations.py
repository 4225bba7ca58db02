# %% right="sigmoid: each side by itself, with masks"
def sigmoid_forward(x):
    out = np.empty_like(x)
    right = x >= 0
    out[right] = 1 / (1 + np.exp(-x[right]))
    e = np.exp(x[~right])
    out[~right] = e / (1 + e)
    return out, {"out": out}


def sigmoid_backward(dout, cache):
    s = cache["out"]
    return s * (1 - s) * dout

# %% right="sigmoid: as a stretched tanh, a closure for a cache"
def sigmoid_forward(x):
    s = (1 + np.tanh(x / 2)) / 2
    return s, lambda d: d * s * (1 - s)


def sigmoid_backward(dout, cache):
    return cache(dout)

# %% right="sigmoid: the exponent clipped where nothing changes any more"
def sigmoid_forward(x):
    out = 1.0 / (1.0 + np.exp(-np.clip(x, -700, 700)))
    return out, out


def sigmoid_backward(dout, cache):
    out = cache
    return np.multiply(dout, out - out**2)

# %% right="tanh: out of exponentials, no numpy tanh"
def tanh_forward(x):
    up, down = np.exp(x), np.exp(-x)
    return (up - down) / (up + down), x


def tanh_backward(dout, cache):
    return dout / np.cosh(cache) ** 2

# %% right="tanh: a loop over the entries"
def tanh_forward(x):
    out = np.array([np.tanh(value) for value in x.ravel()]).reshape(x.shape)
    return out, [out]


def tanh_backward(dout, cache):
    (out,) = cache
    return dout - dout * out * out

# %% right="relu: a copy with holes"
def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    return out, x.copy()


def relu_backward(dout, cache):
    dx = dout.copy()
    dx[cache <= 0] = 0
    return dx

# %% right="relu: half of x + |x|, the mask read off the output"
def relu_forward(x):
    out = (x + np.abs(x)) / 2
    return out, out


def relu_backward(dout, cache):
    return np.where(cache > 0, dout, 0)

# %% right="leaky relu: np.where both ways, lists back"
def leaky_relu_forward(x):
    out = np.where(x < 0, x / 10, x)
    return out.tolist(), np.sign(x)


def leaky_relu_backward(dout, cache):
    return np.where(cache < 0, dout / 10, dout).tolist()

# %% right="leaky relu: weighed by a mask"
def leaky_relu_forward(x):
    mask = 0.1 + 0.9 * (x > 0)
    return mask * x, mask


def leaky_relu_backward(dout, cache):
    return cache * dout

# %% right="elu: masks, the slope from x"
def elu_forward(x, alpha=1.0):
    out = np.array(x)
    out[x < 0] = alpha * (np.exp(x[x < 0]) - 1)
    return out, (x, alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    slope = np.ones_like(x)
    slope[x < 0] = alpha * np.exp(x[x < 0])
    return dout * slope

# %% right="elu: the sum of two halves"
def elu_forward(x, alpha=1.0):
    low = np.minimum(x, 0)
    return np.maximum(x, 0) + alpha * np.expm1(low), (low, alpha)


def elu_backward(dout, cache):
    low, alpha = cache
    return dout * np.where(low < 0, alpha * np.exp(low), 1)

# %% right="maxout: row by row"
def maxout_forward(x, w1, b1, w2, b2):
    out = []
    for row in x:
        out.append(max(sum(row * w1) + b1, sum(row * w2) + b2))
    return out, (x, w1, b1, w2, b2)


def maxout_backward(dout, cache):
    x, w1, b1, w2, b2 = cache
    dx, dw1, dw2, db1, db2 = np.zeros_like(x), np.zeros_like(w1), np.zeros_like(w2), 0.0, 0.0
    for n, row in enumerate(x):
        if row @ w1 + b1 > row @ w2 + b2:
            dx[n] += dout[n] * w1
            dw1 += dout[n] * row
            db1 += dout[n]
        else:
            dx[n] += dout[n] * w2
            dw2 += dout[n] * row
            db2 += dout[n]
    return [dx, dw1, db1, dw2, db2]

# %% right="maxout: both pieces stacked, argmax picks"
def maxout_forward(x, w1, b1, w2, b2):
    W = np.stack([w1, w2])
    z = x @ W.T + np.array([b1, b2])
    winner = z.argmax(axis=1)
    return z.max(axis=1), (x, W, winner)


def maxout_backward(dout, cache):
    x, W, winner = cache
    d = np.eye(2)[winner] * dout[:, None]
    dW = d.T @ x
    db = d.sum(axis=0)
    return d @ W, dW[0], db[0], dW[1], db[1]

# %% wrong="not-finite" title="sigmoid as it stands in the book"
def sigmoid_forward(x):
    out = 1 / (1 + np.exp(-x))
    return out, out

# %% wrong="not-finite" kind="odd" title="sigmoid: np.where picks after both were computed"
def sigmoid_forward(x):
    out = np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
    return out, out

# %% wrong="not-finite" kind="odd" title="sigmoid: the other form, which breaks on the other side"
def sigmoid_forward(x):
    out = np.exp(x) / (1 + np.exp(x))
    return out, out

# %% wrong="wrong-value" says="filled with what went in" title="sigmoid: x in the cache, and the slope of x(1−x)"
def sigmoid_forward(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e), x

# %% wrong="wrong-value" says="taken at the output" title="sigmoid: squashed once more on the way back"
def sigmoid_backward(dout, cache):
    s = 1 / (1 + np.exp(-cache))
    return dout * s * (1 - s)

# %% wrong="missing-upstream" title="sigmoid: local gradient alone"
def sigmoid_backward(dout, cache):
    return cache * (1 - cache)

# %% wrong="missing-local" title="sigmoid: multiplied by the value"
def sigmoid_backward(dout, cache):
    return dout * cache

# %% wrong="wrong-sign" title="sigmoid: the exponent's minus lost"
def sigmoid_forward(x):
    out = 1 / (1 + np.exp(np.clip(x, -700, 700)))
    return out, out

# %% wrong="wrong-sign" title="sigmoid: out times (out − 1)"
def sigmoid_backward(dout, cache):
    return dout * cache * (cache - 1)

# %% wrong="mutates-input" kind="odd" title="sigmoid: works inside dout"
def sigmoid_backward(dout, cache):
    dout *= cache * (1 - cache)
    return dout

# %% wrong="wrong-value" says="slope of tanh" title="sigmoid: with the slope of tanh"
def sigmoid_backward(dout, cache):
    return dout * (1 - cache**2)

# %% wrong="wrong-value" says="Far to the left" title="tanh: the square forgotten"
def tanh_backward(dout, cache):
    return dout * (1 - cache)

# %% wrong="wrong-value" says="filled with what went in" title="tanh: x kept for tanh(x)"
def tanh_forward(x):
    return np.tanh(x), x

# %% wrong="wrong-value" says="slope of σ" title="tanh: with the slope of the sigmoid"
def tanh_backward(dout, cache):
    return dout * cache * (1 - cache)

# %% wrong="wrong-factor" title="tanh: half of a sigmoid's stretch"
def tanh_forward(x):
    out = 1 / (1 + np.exp(-2 * x)) - 0.5
    return out, 2 * out

# %% wrong="missing-upstream wrong-sign" title="tanh: no upstream, and the sign turned round"
def tanh_backward(dout, cache):
    return cache**2 - 1

# %% wrong="wrong-value" says="slope at 0 is ½" title="tanh: 2σ(x) − 1"
def tanh_forward(x):
    out = 2 / (1 + np.exp(-x)) - 1
    return out, out

# %% wrong="wrong-value" says="taken at the output" title="tanh: tanh once more on the way back"
def tanh_backward(dout, cache):
    return dout * (1 - np.tanh(cache) ** 2)

# %% wrong="wrong-mask" says="upstream" title="relu: the mask on dout"
def relu_backward(dout, cache):
    return np.maximum(0, dout)

# %% wrong="mutates-input" kind="odd" title="relu: zeros written into dout"
def relu_backward(dout, cache):
    dout[~cache] = 0
    return dout

# %% wrong="mutates-input" kind="odd" title="relu: zeros written into x"
def relu_forward(x):
    mask = x > 0
    x[x < 0] = 0
    return x, mask

# %% wrong="missing-local" title="relu: lets everything back"
def relu_backward(dout, cache):
    return dout

# %% wrong="wrong-value" says="value of the function" title="relu: the output for the mask"
def relu_forward(x):
    out = np.maximum(0, x)
    return out, out

# %% wrong="wrong-mask" says="wrong way round" title="relu: the mask upside down"
def relu_backward(dout, cache):
    return dout * ~cache

# %% wrong="missing-upstream" title="relu: the mask itself"
def relu_backward(dout, cache):
    return cache

# %% wrong="wrong-shape" kind="odd" says="largest" title="relu: np.max for np.maximum"
def relu_forward(x):
    return np.max(x, 0), x > 0

# %% wrong="wrong-value" says="slopes, not its values" title="relu: gives the mask"
def relu_forward(x):
    return 1.0 * (x > 0), x > 0

# %% wrong="wrong-factor" says="ten times" title="leaky relu: another book's slope of 0.01"
def leaky_relu_forward(x):
    return np.maximum(0.01 * x, x), np.where(x > 0, 1.0, 0.01)

# %% wrong="wrong-value" says="Below 0 nothing passes" title="leaky relu: backward of a relu"
def leaky_relu_backward(dout, cache):
    return dout * (cache == 1)

# %% wrong="wrong-mask" says="upstream" title="leaky relu: the mask on dout"
def leaky_relu_backward(dout, cache):
    return np.where(dout > 0, dout, 0.1 * dout)

# %% wrong="wrong-mask" says="exchanged" title="leaky relu: minimum for maximum"
def leaky_relu_forward(x):
    return np.minimum(0.1 * x, x), np.where(x > 0, 0.1, 1.0)

# %% wrong="wrong-mask" says="wrong way round" title="leaky relu: slopes exchanged in backward"
def leaky_relu_backward(dout, cache):
    return dout * (1.1 - cache)

# %% wrong="missing-upstream" title="leaky relu: the slopes alone"
def leaky_relu_backward(dout, cache):
    return cache

# %% wrong="mutates-input" kind="odd" title="leaky relu: leaks into dout itself"
def leaky_relu_backward(dout, cache):
    dout[cache < 1] *= 0.1
    return dout

# %% wrong="missing-upstream" kind="compound" says="Below 0 nothing" title="leaky relu: relu's mask alone, leak forgotten"
def leaky_relu_backward(dout, cache):
    return 1.0 * (cache == 1.0)

# %% wrong="not-finite" kind="odd" title="elu: np.where computes the exponential of 1000"
def elu_forward(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(x) - 1)), (x, alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    return dout * np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))

# %% wrong="not-finite" title="elu: the overflow is in backward"
def elu_forward(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))), (x, alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    return np.where(x > 0, dout, dout * alpha * np.exp(x))

# %% wrong="wrong-value" says="α makes no difference to the slope" title="elu: slope without alpha"
def elu_forward(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))), x


def elu_backward(dout, cache):
    return np.where(cache > 0, dout, dout * np.exp(np.minimum(cache, 0)))

# %% wrong="wrong-value" says="α = 1 alone" title="elu: slope is output + 1"
def elu_forward(x, alpha=1.0):
    out = np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    return out, out


def elu_backward(dout, cache):
    return dout * np.where(cache > 0, 1.0, cache + 1)

# %% wrong="wrong-value" says="bracket" title="elu: alpha times the exponential alone"
def elu_forward(x, alpha=1.0):
    below = alpha * np.exp(np.minimum(x, 0)) - 1
    return np.where(x > 0, x, below), np.where(x > 0, 1.0, below + 1)

# %% wrong="wrong-value" says="do not meet" title="elu: the − 1 forgotten"
def elu_forward(x, alpha=1.0):
    below = alpha * np.exp(np.minimum(x, 0))
    return np.where(x > 0, x, below), np.where(x > 0, 1.0, below)

# %% wrong="wrong-value" says="no difference to the values" title="elu: alpha not used"
def elu_forward(x, alpha=1.0):
    below = np.expm1(np.minimum(x, 0))
    return np.where(x > 0, x, below), np.where(x > 0, 1.0, below + 1)

# %% wrong="wrong-mask" says="exponential.s slope is everywhere" title="elu: slope not switched"
def elu_forward(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))), (x, alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    return dout * alpha * np.exp(x)

# %% wrong="wrong-value" says="value of the function" title="elu: the value below 0 for the slope"
def elu_forward(x, alpha=1.0):
    out = np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    return out, np.where(x > 0, 1.0, out)

# %% wrong="raised" kind="odd" title="elu: alpha has no default"
def elu_forward(x, alpha):
    below = alpha * np.expm1(np.minimum(x, 0.0))
    return np.where(x > 0, x, below), np.where(x > 0, 1.0, below + alpha)

# %% wrong="missing-upstream" kind="compound" title="elu: without upstream and without alpha"
def elu_forward(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))), x


def elu_backward(dout, cache):
    return np.where(cache > 0, 1.0, np.exp(np.minimum(cache, 0)))

# %% wrong="wrong-type" kind="odd" title="elu: gradient of alpha handed back too"
def elu_backward(dout, cache):
    return dout * cache, np.sum(dout)

# %% wrong="wrong-mask" says="Both pieces" title="maxout: both pieces get it"
def maxout_backward(dout, cache):
    x, w1, w2, _ = cache
    return np.outer(dout, w1 + w2), dout @ x, dout.sum(), dout @ x, dout.sum()

# %% wrong="wrong-mask" says="smaller piece" title="maxout: the loser gets it"
def maxout_backward(dout, cache):
    x, w1, w2, first_won = cache
    d1, d2 = dout * ~first_won, dout * first_won
    return np.outer(d1, w1) + np.outer(d2, w2), d1 @ x, d1.sum(), d2 @ x, d2.sum()

# %% wrong="not-summed" title="maxout: a db for every row"
def maxout_backward(dout, cache):
    x, w1, w2, first_won = cache
    d1, d2 = dout * first_won, dout * ~first_won
    return np.outer(d1, w1) + np.outer(d2, w2), d1 @ x, d1, d2 @ x, d2

# %% wrong="not-accumulated" title="maxout: dx overwritten by the second piece"
def maxout_backward(dout, cache):
    x, w1, w2, first_won = cache
    d1, d2 = dout * first_won, dout * ~first_won
    dx = np.outer(d1, w1)
    dx = np.outer(d2, w2)
    return dx, d1 @ x, d1.sum(), d2 @ x, d2.sum()

# %% wrong="missing-upstream" title="maxout: masks in place of the masked upstream"
def maxout_backward(dout, cache):
    x, w1, w2, first_won = cache
    d1, d2 = 1.0 * first_won, 1.0 * ~first_won
    return np.outer(d1, w1) + np.outer(d2, w2), d1 @ x, d1.sum(), d2 @ x, d2.sum()

# %% wrong="swapped" kind="odd" title="maxout: both w first, then both b"
def maxout_backward(dout, cache):
    x, w1, w2, first_won = cache
    d1, d2 = dout * first_won, dout * ~first_won
    return np.outer(d1, w1) + np.outer(d2, w2), d1 @ x, d2 @ x, d1.sum(), d2.sum()

# %% wrong="not-summed" title="maxout: a dw for every row"
def maxout_backward(dout, cache):
    x, w1, w2, first_won = cache
    d1, d2 = dout * first_won, dout * ~first_won
    return np.outer(d1, w1) + np.outer(d2, w2), d1[:, None] * x, d1.sum(), d2[:, None] * x, d2.sum()

# %% wrong="wrong-mask" says="smaller piece comes out" title="maxout: minimum"
def maxout_forward(x, w1, b1, w2, b2):
    first, second = x @ w1 + b1, x @ w2 + b2
    return np.minimum(first, second), (x, w1, w2, first < second)

# %% wrong="wrong-value" says="b1 and b2" title="maxout: biases forgotten"
def maxout_forward(x, w1, b1, w2, b2):
    first, second = x @ w1, x @ w2
    return np.maximum(first, second), (x, w1, w2, first > second)

# %% wrong="wrong-factor" title="maxout: db a mean, dw a mean"
def maxout_backward(dout, cache):
    x, w1, w2, first_won = cache
    d1, d2 = dout * first_won, dout * ~first_won
    return np.outer(d1, w1) + np.outer(d2, w2), d1 @ x / len(x), d1.mean(), d2 @ x / len(x), d2.mean()

# %% wrong="transposed" kind="odd" title="maxout: dx with columns for rows"
def maxout_backward(dout, cache):
    x, w1, w2, first_won = cache
    d1, d2 = dout * first_won, dout * ~first_won
    return np.outer(w1, d1) + np.outer(w2, d2), d1 @ x, d1.sum(), d2 @ x, d2.sum()

# %% wrong="wrong-shape" kind="odd" title="maxout: gradients of x and w, none of b"
def maxout_backward(dout, cache):
    x, w1, w2, first_won = cache
    d1, d2 = dout * first_won, dout * ~first_won
    return np.outer(d1, w1) + np.outer(d2, w2), d1 @ x, d2 @ x
