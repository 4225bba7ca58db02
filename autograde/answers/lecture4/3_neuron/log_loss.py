# %% right="cases picked with where"
def log_loss_forward(p, t):
    given = np.where(t == 1, p, 1 - p)
    return -np.log(given).mean(), (given, t)


def log_loss_backward(dout, cache):
    given, t = cache
    return dout * np.where(t == 1, -1, 1) / given / given.size


# %% right="a loop, one example at a time"
def log_loss_forward(p, t):
    total = 0.0
    for answer, truth in zip(p, t):
        total -= np.log(answer) if truth else np.log(1 - answer)
    return total / len(p), list(zip(p, t))


def log_loss_backward(dout, cache):
    N = len(cache)
    return [-dout / answer / N if truth == 1 else dout / (1 - answer) / N for answer, truth in cache]


# %% right="minus the logarithm of the likelihood"
def log_loss_forward(p, t):
    likelihood = np.prod(p**t * (1 - p) ** (1 - t))
    return -np.log(likelihood) / len(p), (p, t)


# %% right="two dot products and log1p"
def log_loss_forward(p, t):
    N = len(p)
    loss = -(t @ np.log(p) + (1 - t) @ np.log1p(-p)) / N
    return np.asarray(loss), (p.copy(), t.copy(), N)


def log_loss_backward(dout, cache):
    p, t, N = cache
    return (dout / N) * ((1 - t) / (1 - p) - t / p)


# %% right="in place on its own copy"
def log_loss_backward(dout, cache):
    p, t = cache
    dp = p - t
    dp /= p
    dp /= 1 - p
    dp *= dout
    dp /= len(dp)
    return dp


# %% wrong="wrong-factor" title="a sum for a mean"
def log_loss_forward(p, t):
    return -np.sum(t * np.log(p) + (1 - t) * np.log(1 - p)), (p, t)


# %% wrong="wrong-factor" title="backward without 1/N"
def log_loss_backward(dout, cache):
    p, t = cache
    return dout * (p - t) / (p * (1 - p))


# %% wrong="wrong-factor" title="1/N twice"
def log_loss_backward(dout, cache):
    p, t = cache
    return dout * (p - t) / (p * (1 - p)) / len(p) ** 2


# %% wrong="wrong-sign" title="forward without its minus"
def log_loss_forward(p, t):
    return np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)), (p, t)


# %% wrong="wrong-sign wrong-factor" title="a sum without its minus"
def log_loss_forward(p, t):
    return np.sum(t * np.log(p) + (1 - t) * np.log(1 - p)), (p, t)


# %% wrong="wrong-sign" title="t − p for p − t"
def log_loss_backward(dout, cache):
    p, t = cache
    return dout * (t - p) / (p * (1 - p)) / len(p)


# %% wrong="wrong-sign wrong-factor" title="t − p, and no 1/N"
def log_loss_backward(dout, cache):
    p, t = cache
    return dout * (t / p - (1 - t) / (1 - p))


# %% wrong="missing-upstream" title="the upstream gradient is forgotten"
def log_loss_backward(dout, cache):
    p, t = cache
    return (p - t) / (p * (1 - p)) / len(p)


# %% wrong="missing-upstream wrong-factor" title="the textbook's formula for one example"
def log_loss_backward(dout, cache):
    p, t = cache
    return -t / p + (1 - t) / (1 - p)


# %% wrong="missing-local" says="before the sigmoid" title="the gradient before the sigmoid"
def log_loss_backward(dout, cache):
    p, t = cache
    return dout * (p - t) / len(p)


# %% wrong="wrong-value" says="t = 1 get" title="backward of the first term"
def log_loss_backward(dout, cache):
    p, t = cache
    return -dout * t / p / len(p)


# %% wrong="wrong-sign" says="1 − t has the wrong sign" title="the inner derivative forgotten"
def log_loss_backward(dout, cache):
    p, t = cache
    return -dout * (t / p + (1 - t) / (1 - p)) / len(p)


# %% wrong="wrong-value" says="divided by p" title="both terms over p"
def log_loss_backward(dout, cache):
    p, t = cache
    return dout * (-t / p + (1 - t) / p) / len(p)


# %% wrong="wrong-value" says="exchanged" title="the cases exchanged on the way back"
def log_loss_backward(dout, cache):
    t, p = cache
    p, t = t, 1 - p
    return dout * (p - t) / (p * (1 - p)) / len(p)


# %% wrong="wrong-value" says="squared error" title="the gradient of the squared error"
def log_loss_backward(dout, cache):
    p, t = cache
    return dout * 2 * (p - t) / len(p)


# %% wrong="wrong-value" says="nothing is counted" title="the first term alone"
def log_loss_forward(p, t):
    return -np.mean(t * np.log(p)), (p, t)


# %% wrong="wrong-value" says="exchanged" title="the cases exchanged"
def log_loss_forward(p, t):
    return -np.mean((1 - t) * np.log(p) + t * np.log(1 - p)), (p, t)


# %% wrong="wrong-value" says="reach over the second" title="the minus does not reach the second term"
def log_loss_forward(p, t):
    return np.mean(-t * np.log(p) + (1 - t) * np.log(1 - p)), (p, t)


# %% wrong="wrong-factor" says="base 10" title="logarithm to base 10"
def log_loss_forward(p, t):
    return -np.mean(t * np.log10(p) + (1 - t) * np.log10(1 - p)), (p, t)


# %% wrong="wrong-factor" says="base 2" title="logarithm to base 2"
def log_loss_forward(p, t):
    return -np.mean(t * np.log2(p) + (1 - t) * np.log2(1 - p)), (p, t)


# %% wrong="wrong-value" says="squared error" title="the squared error"
def log_loss_forward(p, t):
    return np.mean((p - t) ** 2), (p, t)


# %% wrong="not-summed" title="no mean"
def log_loss_forward(p, t):
    return -(t * np.log(p) + (1 - t) * np.log(1 - p)), (p, t)


# %% wrong="wrong-value" says="mean is taken first" title="the logarithm of the mean"
def log_loss_forward(p, t):
    return -np.log(np.mean(np.where(t == 1, p, 1 - p))), (p, t)


# %% wrong="not-finite" kind="odd" title="p and t exchanged"
def log_loss_forward(p, t):
    with np.errstate(all="ignore"):
        return -np.mean(p * np.log(t) + (1 - p) * np.log(1 - t)), (p, t)


# %% wrong="low-accuracy" kind="odd" title="clipped with a heavy hand"
def log_loss_forward(p, t):
    p = p + 1e-4
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)), (p, t)


# %% wrong="wrong-shape" title="the mean gradient of the batch"
def log_loss_backward(dout, cache):
    p, t = cache
    return dout * np.mean((p - t) / (p * (1 - p)))


# %% wrong="wrong-shape" kind="odd" title="a gradient for t as well"
def log_loss_backward(dout, cache):
    p, t = cache
    dp = dout * (p - t) / (p * (1 - p)) / len(p)
    return dp, np.zeros_like(t)


# %% wrong="wrong-shape" kind="odd" says="also|as well|one" title="a measured gradient for t as well"
def log_loss_backward(dout, cache):
    p, t = cache
    return dout * (p - t) / (p * (1 - p)) / len(p), dout * (np.log(1 - p) - np.log(p)) / len(p)


# %% wrong="mutates-input" kind="odd" title="works in what forward was given"
def log_loss_backward(dout, cache):
    p, t = cache
    dp = dout * (p - t) / len(p)
    p *= 1 - p
    return dp / p


# %% wrong="unstable-result" kind="odd" title="works in its cache"
def log_loss_forward(p, t):
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)), (p.copy(), t)


def log_loss_backward(dout, cache):
    p, t = cache
    dp = dout * (p - t) / len(p)
    p *= 1 - p
    return dp / p
