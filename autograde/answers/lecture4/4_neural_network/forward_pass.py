# %% right="the slide's own lines, np.dot and a lambda"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(-x))
    h1 = f(np.dot(W1, x) + b1)
    h2 = f(np.dot(W2, h1) + b2)
    out = np.dot(W3, h2) + b3
    return out

# %% right="a loop over the layers"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    layers = [(W1, b1), (W2, b2), (W3, b3)]
    for number, (W, b) in enumerate(layers):
        if number:
            x = 0.5 * (1 + np.tanh(x / 2))
        x = np.matmul(W, x) + b
    return x

# %% right="as a row and back again"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    row = x.T
    for W, b in ((W1, b1), (W2, b2)):
        row = 1 / (1 + np.exp(-(row @ W.T + b.T)))
    return (row @ W3.T + b3.T).T

# %% right="neuron by neuron"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    def layer(W, h, b):
        return [[sum(w * v[0] for w, v in zip(row, h)) + bias[0]] for row, bias in zip(W, b)]

    def squash(h):
        return [[1 / (1 + np.exp(-v[0]))] for v in h]

    return layer(W3, squash(layer(W2, squash(layer(W1, x, b1)), b2)), b3)

# %% right="biases as one more weight"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    def linear(W, b, h):
        return np.hstack([W, b]) @ np.vstack([h, [[1.0]]])

    h = sigmoid_forward(linear(W1, b1, x))[0]
    h = sigmoid_forward(linear(W2, b2, h))[0]
    return linear(W3, b3, h)

# %% wrong="wrong-value" says="after the last layer" title="a sigmoid at the end too"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(-x))
    return f(W3 @ f(W2 @ f(W1 @ x + b1) + b2) + b3)

# %% wrong="wrong-value" says="no activation at all" title="no activation"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    return W3 @ (W2 @ (W1 @ x + b1) + b2) + b3

# %% wrong="wrong-value" says="second layer has no activation" title="one sigmoid only"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    h1 = 1 / (1 + np.exp(-(W1 @ x + b1)))
    h2 = W2 @ h1 + b2
    return W3 @ h2 + b3

# %% wrong="wrong-value" says="first layer has no activation" title="the first sigmoid forgotten"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    h1 = W1 @ x + b1
    h2 = 1 / (1 + np.exp(-(W2 @ h1 + b2)))
    return W3 @ h2 + b3

# %% wrong="wrong-value" says="with a ReLU" title="ReLU for sigmoid"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    h1 = np.maximum(0, W1 @ x + b1)
    h2 = np.maximum(0, W2 @ h1 + b2)
    return W3 @ h2 + b3

# %% wrong="wrong-value" says="biases make no difference" title="no biases"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(-x))
    return W3 @ f(W2 @ f(W1 @ x))

# %% wrong="wrong-value" says="after the sigmoid" title="biases outside the sigmoid"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(-x))
    h1 = f(W1 @ x) + b1
    h2 = f(W2 @ h1) + b2
    return W3 @ h2 + b3

# %% wrong="transposed" says="W2 is square" title="the square W2 the wrong way round"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(-x))
    h1 = f(W1 @ x + b1)
    h2 = f((h1.T @ W2).T + b2)
    return W3 @ h2 + b3

# %% wrong="wrong-sign" says="exponent" title="sigmoid with e to the plus x"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(x))
    return W3 @ f(W2 @ f(W1 @ x + b1) + b2) + b3

# %% wrong="raised" kind="odd" title="the sizes do not fit: x from the left"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(-x))
    h1 = f(x @ W1 + b1)
    h2 = f(h1 @ W2 + b2)
    return h2 @ W3 + b3

# %% wrong="wrong-shape" title="one number comes back"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(-x))
    return (W3 @ f(W2 @ f(W1 @ x + b1) + b2) + b3)[0, 0]

# %% wrong="wrong-shape" kind="odd" title="biases flattened: broadcast to a square"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(-x))
    h1 = f(W1 @ x + b1.ravel())
    h2 = f(W2 @ h1 + b2.ravel())
    return W3 @ h2 + b3

# %% wrong="wrong-type" kind="odd" title="returns out and a cache"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    f = lambda x: 1.0 / (1.0 + np.exp(-x))
    h1 = f(W1 @ x + b1)
    h2 = f(W2 @ h1 + b2)
    return W3 @ h2 + b3, (x, h1, h2)

# %% wrong="mutates-input" kind="odd" title="adds the biases in place"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    b1 += W1 @ x
    b2 += W2 @ (1 / (1 + np.exp(-b1)))
    b3 += W3 @ (1 / (1 + np.exp(-b2)))
    return b3

# %% wrong="wrong-value" says="second layer is left out" title="two layers of three"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    h1 = sigmoid_forward(W1 @ x + b1)[0]
    return W3 @ h1 + b3

# %% wrong="wrong-shape" kind="odd" title="the pair of sigmoid_forward handed back"
def forward_pass(x, W1, b1, W2, b2, W3, b3):
    h1 = sigmoid_forward(W1 @ x + b1)
    h2 = sigmoid_forward(W2 @ h1[0] + b2)
    return h2
