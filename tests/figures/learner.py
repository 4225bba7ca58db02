"""A learner's functions, all of them right, as a learner would write them: figures must take them for their own."""

import math

import numpy as np


def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def gradient_descent(gradient, w, learning_rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return path


def sum_times_forward(x, y, z):
    q = x + y
    return q * z, (q, z)


def sum_times_backward(df, cache):
    q, z = cache
    dq = df * z
    dz = df * q
    return dq, dq, dz


def add_forward(x, y):
    return x + y, None


def add_backward(dout, cache):
    return dout, dout


def mul_forward(x, y):
    return x * y, (x, y)


def mul_backward(dout, cache):
    x, y = cache
    return dout * y, dout * x


def max_forward(x, y):
    return max(x, y), x > y


def max_backward(dout, cache):
    return (dout, 0.0) if cache else (0.0, dout)


def neuron_graph_forward(w0, x0, w1, x1, w2):
    p = 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + w2)))
    return p, (w0, x0, w1, x1, p)


def neuron_graph_backward(dout, cache):
    w0, x0, w1, x1, p = cache
    ds = dout * p * (1 - p)
    return ds * x0, ds * w0, ds * x1, ds * w1, ds


class Value:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad = data, 0.0
        self.parents, self.slopes = parents, slopes

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def inverse(self):
        return Value(1 / self.data, (self,), (-1 / self.data**2,))

    def __truediv__(self, other):
        return self * (other.inverse() if isinstance(other, Value) else 1 / other)

    def __rtruediv__(self, other):
        return self.inverse() * other

    def exp(self):
        out = math.exp(self.data)
        return Value(out, (self,), (out,))

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            value, ready = stack.pop()
            if ready:
                order.append(value)
            elif id(value) not in seen:
                seen.add(id(value))
                stack.append((value, True))
                stack += [(parent, False) for parent in value.parents]
        self.grad = 1.0
        for value in reversed(order):
            for parent, slope in zip(value.parents, value.slopes, strict=True):
                parent.grad += slope * value.grad


def numerical_jacobian(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    columns = []
    for j in range(x.size):
        step = np.zeros_like(x)
        step[j] = h
        columns.append((f(x + step) - f(x - step)) / (2 * h))
    return np.stack(columns, axis=1)


def norm_squared_forward(W, x):
    q = W @ x
    return np.sum(q**2), (W, x, q)


def norm_squared_backward(df, cache):
    W, x, q = cache
    dq = 2 * df * q
    return np.outer(dq, x), W.T @ dq


def linear_forward(X, W, b):
    return X @ W.T + b, (X, W)


def linear_backward(dout, cache):
    X, W = cache
    return dout @ W, dout.T @ X, dout.sum(axis=0)


def integrate_and_fire(currents, capacity):
    store, out = 0.0, []
    for current in currents:
        store += current
        fires = store > capacity
        out.append(float(fires))
        store = 0.0 if fires else store
    return np.array(out)


def neuron_forward(X, w, b):
    p = 1 / (1 + np.exp(-(X @ w + b)))
    return p, (X, w, p)


def boundary(w, b):
    if w[1] == 0:
        raise ValueError("upright")
    return -w[0] / w[1], -b / w[1]


def train_neuron(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = neuron_forward(X, w, b)[0]
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        dz = (p - t) / len(t)
        w, b = w - learning_rate * X.T @ dz, b - learning_rate * dz.sum()
    return w, b, losses


def and_gate():
    return np.array([2.0, 2.0]), -3.0


def or_gate():
    return [1.0, 1.0], -0.5


def nand_gate():
    return np.array([-2.0, -2.0]), 3.0


def xor(x):
    return float((x[0] > 0.5) != (x[1] > 0.5))


def sigmoid_forward(x):
    small = np.exp(-np.abs(x))
    out = np.where(x < 0, small, 1) / (1 + small)
    return out, out


def sigmoid_backward(dout, out):
    return dout * out * (1 - out)


def tanh_forward(x):
    return np.tanh(x), np.tanh(x)


def tanh_backward(dout, out):
    return dout * (1 - out**2)


def relu_forward(x):
    return np.maximum(0, x), x > 0


def relu_backward(dout, mask):
    return dout * mask


def leaky_relu_forward(x):
    return np.where(x > 0, x, 0.1 * x), x > 0


def leaky_relu_backward(dout, mask):
    return np.where(mask, dout, 0.1 * dout)


def elu_forward(x, alpha=1.0):
    low = alpha * (np.exp(np.minimum(x, 0)) - 1)
    return np.where(x > 0, x, low), (x > 0, low + alpha)


def elu_backward(dout, cache):
    mask, slope = cache
    return np.where(mask, dout, dout * slope)


def maxout_forward(x, w1, b1, w2, b2):
    first, second = x @ w1 + b1, x @ w2 + b2
    return np.maximum(first, second), (x, w1, w2, first > second)


def maxout_backward(dout, cache):
    x, w1, w2, mask = cache
    d1, d2 = dout * mask, dout * ~mask
    return np.outer(d1, w1) + np.outer(d2, w2), x.T @ d1, d1.sum(), x.T @ d2, d2.sum()


def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V @ W, V @ b + c
    return W, b


def softmax(z):
    powers = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def sigmoid_cross_entropy_forward(z, t):
    loss = np.mean(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))))
    return loss, (z, t)


def sigmoid_cross_entropy_backward(dout, cache):
    z, t = cache
    return dout * (sigmoid_forward(z)[0] - t) / z.size


def softmax_cross_entropy_forward(Z, labels):
    P = softmax(Z)
    return -np.mean(np.log(P[np.arange(len(Z)), labels])), (P, labels)


def softmax_cross_entropy_backward(dout, cache):
    P, labels = cache
    return dout * (P - np.eye(P.shape[1])[labels]) / len(P)


def mlp_forward(X, params, activation):
    caches = []
    for k, (W, b) in enumerate(params):
        X, linear = linear_forward(X, W, b)
        last = k == len(params) - 1
        X, bent = (X, None) if last else activation[0](X)
        caches.append((linear, bent))
    return X, (caches, activation)


def mlp_backward(dout, cache):
    caches, activation = cache
    gradients = []
    for linear, bent in reversed(caches):
        dout = dout if bent is None else activation[1](dout, bent)
        dout, dW, db = linear_backward(dout, linear)
        gradients.append((dW, db))
    return gradients[::-1]


def train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng):
    params, losses = [(W.copy(), b.copy()) for W, b in params], []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            out, cache = mlp_forward(X[rows], params, activation)
            loss, head_cache = head[0](out, t[rows])
            losses.append(loss)
            gradients = mlp_backward(head[1](1.0, head_cache), cache)
            params = [
                (W - learning_rate * dW, b - learning_rate * db)
                for (W, b), (dW, db) in zip(params, gradients, strict=True)
            ]
    return params, losses
