# %% right="the sigmoid's own derivative"
def neuron_graph_forward(w0, x0, w1, x1, w2):
    out = 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + w2)))
    return out, (w0, x0, w1, x1, out)


def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, out = cache
    d = dout * (1 - out) * out
    return d * x0, d * w0, d * x1, d * w1, d

# %% right="vectors"
def neuron_graph_forward(w0, x0, w1, x1, w2):
    w, x = np.array([w0, w1]), np.array([x0, x1])
    out = 1 / (1 + np.exp(-(w @ x + w2)))
    return out, (w, x, out)


def neuron_graph_backward(dout, cache):
    w, x, out = cache
    d = dout * out * (1 - out)
    dw, dx = d * x, d * w
    return [dw[0], dx[0], dw[1], dx[1], d]

# %% right="every gate by itself, as on the slide"
def neuron_graph_forward(w0, x0, w1, x1, w2):
    a = w0 * x0
    b = w1 * x1
    c = a + b
    d = c + w2
    e = d * -1
    f = math.exp(e)
    g = f + 1
    h = 1 / g
    return h, locals()


def neuron_graph_backward(dout, cache):
    dg = dout * -1 / cache["g"] ** 2
    df = dg * 1
    de = df * cache["f"]
    dd = de * -1
    dc = dd
    da = db = dc
    return da * cache["x0"], da * cache["w0"], db * cache["x1"], db * cache["w1"], dd

# %% right="an object for the cache"
class Remembered:
    def __init__(self, **values):
        self.__dict__.update(values)


def neuron_graph_forward(w0, x0, w1, x1, w2):
    t = math.tanh((w0 * x0 + w1 * x1 + w2) / 2)
    return (1 + t) / 2, Remembered(w0=w0, x0=x0, w1=w1, x1=x1, t=t)


def neuron_graph_backward(dout, cache):
    d = dout * (1 - cache.t**2) / 4
    return (d * cache.x0, d * cache.w0, d * cache.x1, d * cache.w1, d)

# %% wrong="swapped" title="products with their own operands"
def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, exponential, denominator = cache
    d = dout * exponential / denominator**2
    return d * w0, d * x0, d * w1, d * x1, d

# %% wrong="wrong-sign" title="a minus lost at 1/x"
def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, exponential, denominator = cache
    d = -dout * exponential / denominator**2
    return d * x0, d * w0, d * x1, d * w1, d

# %% wrong="missing-upstream" title="starts with 1"
def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, exponential, denominator = cache
    d = exponential / denominator**2
    return d * x0, d * w0, d * x1, d * w1, d

# %% wrong="missing-local" says="begins after the sigmoid" title="the sigmoid is skipped"
def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, exponential, denominator = cache
    return dout * x0, dout * w0, dout * x1, dout * w1, dout

# %% wrong="wrong-value" says="not its value" title="σ for σ'"
def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, exponential, denominator = cache
    d = dout / denominator
    return d * x0, d * w0, d * x1, d * w1, d

# %% wrong="missing-upstream wrong-sign" title="a minus lost, and starts with 1"
def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, exponential, denominator = cache
    d = -exponential / denominator**2
    return d * x0, d * w0, d * x1, d * w1, d

# %% wrong="wrong-value" says="before the sigmoid" title="forward stops at the sum"
def neuron_graph_forward(w0, x0, w1, x1, w2):
    total = w0 * x0 + w1 * x1 + w2
    return total, (w0, x0, w1, x1, 1.0, 1.0)

# %% wrong="wrong-sign" says="exponent" title="forward with e to the plus x"
def neuron_graph_forward(w0, x0, w1, x1, w2):
    exponential = math.exp(w0 * x0 + w1 * x1 + w2)
    return 1 / (1 + exponential), (w0, x0, w1, x1, exponential, 1 + exponential)

# %% wrong="wrong-shape" kind="odd" title="dw2 forgotten"
def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, exponential, denominator = cache
    d = dout * exponential / denominator**2
    return d * x0, d * w0, d * x1, d * w1

# %% wrong="low-accuracy" kind="odd" title="rounded as on the slide"
def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, exponential, denominator = cache
    d = dout * round(exponential / denominator**2, 3)
    return d * x0, d * w0, d * x1, d * w1, d

# %% wrong="swapped" title="weights first, then inputs"
def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, exponential, denominator = cache
    d = dout * exponential / denominator**2
    return d * x0, d * x1, d, d * w0, d * w1

# %% wrong="wrong-value" says="dw2 is multiplied by w2" title="dw2 scaled by w2"
def neuron_graph_forward(w0, x0, w1, x1, w2):
    out = 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + w2)))
    return out, (w0, x0, w1, x1, w2, out)


def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, w2, out = cache
    slope = dout * out * (1 - out)
    return slope * x0, slope * w0, slope * x1, slope * w1, slope * w2
