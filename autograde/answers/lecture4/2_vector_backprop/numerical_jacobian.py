# %% right="a column at a time into zeros"
def numerical_jacobian(f, x, h=1e-5):
    x = np.asarray(x, dtype=np.float64)
    J = np.zeros((len(f(x)), len(x)))
    for j in range(len(x)):
        right, left = x.copy(), x.copy()
        right[j] += h
        left[j] -= h
        J[:, j] = (f(right) - f(left)) / (2 * h)
    return J


# %% right="columns gathered, then transposed"
def numerical_jacobian(f, x, h=1e-5):
    columns = []
    for step in h * np.eye(len(x)):
        columns.append((f(x + step) - f(x - step)) / (2 * h))
    return np.array(columns).T


# %% right="entry by entry with plain lists"
def numerical_jacobian(f, x, h=1e-5):
    def moved(j, by):
        return np.array([value + by * (k == j) for k, value in enumerate(x)])

    D, M = len(x), len(f(x * 1.0))
    return [[(f(moved(j, h))[i] - f(moved(j, -h))[i]) / (2 * h) for j in range(D)] for i in range(M)]


# %% right="column_stack"
def numerical_jacobian(f, x, h=1e-5):
    return np.column_stack([(f(x + e) - f(x - e)) / (2 * h) for e in np.diag(np.full(len(x), h))])


# %% right="a gradient for every output"
def numerical_jacobian(f, x, h=1e-5):
    M = np.size(f(x.astype(float)))
    return np.stack([numerical_gradient(lambda v, i=i: f(v)[i], x, h) for i in range(M)])


# %% wrong="transposed" title="inputs × outputs"
def numerical_jacobian(f, x, h=1e-5):
    rows = []
    for step in h * np.eye(len(x)):
        rows.append((f(x + step) - f(x - step)) / (2 * h))
    return np.array(rows)


# %% wrong="low-accuracy" says="only ahead" title="one-sided"
def numerical_jacobian(f, x, h=1e-5):
    return np.column_stack([(f(x + e) - f(x * 1.0)) / h for e in h * np.eye(len(x))])


# %% wrong="low-accuracy" says="only behind" title="one-sided, to the left"
def numerical_jacobian(f, x, h=1e-5):
    return np.column_stack([(f(x * 1.0) - f(x - e)) / h for e in h * np.eye(len(x))])


# %% wrong="wrong-factor" title="divided by h"
def numerical_jacobian(f, x, h=1e-5):
    return np.column_stack([(f(x + e) - f(x - e)) / h for e in h * np.eye(len(x))])


# %% wrong="wrong-sign" title="left minus right"
def numerical_jacobian(f, x, h=1e-5):
    return np.column_stack([(f(x - e) - f(x + e)) / (2 * h) for e in h * np.eye(len(x))])


# %% wrong="wrong-shape" title="flattened"
def numerical_jacobian(f, x, h=1e-5):
    return np.column_stack([(f(x + e) - f(x - e)) / (2 * h) for e in h * np.eye(len(x))]).ravel()


# %% wrong="mutates-input" kind="odd" title="in place, added and taken away"
def numerical_jacobian(f, x, h=1e-5):
    columns = []
    for j in range(len(x)):
        x[j] += h
        right = f(x)
        x[j] -= 2 * h
        left = f(x)
        x[j] += h
        columns.append((right - left) / (2 * h))
    return np.array(columns).T


# %% wrong="wrong-value" says="How many copies" title="copies made once"
def numerical_jacobian(f, x, h=1e-5):
    right, left = x.astype(float), x.astype(float)
    columns = []
    for j in range(len(x)):
        right[j] += h
        left[j] -= h
        columns.append((f(right) - f(left)) / (2 * h))
    return np.array(columns).T


# %% wrong="wrong-value" says="ones before it still moved" title="a copy that drifts"
def numerical_jacobian(f, x, h=1e-5):
    x = x.astype(float)
    columns = []
    for j in range(len(x)):
        x[j] += h
        right = f(x)
        x[j] -= 2 * h
        left = f(x)
        columns.append((right - left) / (2 * h))
    return np.array(columns).T


# %% wrong="wrong-shape" says="summed over an axis" title="outputs added up: the gradient of their sum"
def numerical_jacobian(f, x, h=1e-5):
    return np.array([np.sum(f(x + e) - f(x - e)) / (2 * h) for e in h * np.eye(len(x))])


# %% wrong="wrong-shape" says="moved at the same time" title="all entries moved together"
def numerical_jacobian(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong="wrong-value" says="2 \+ 0\.00001" title="integer input: the steps are cut off"
def numerical_jacobian(f, x, h=1e-5):
    columns = []
    for j in range(len(x)):
        right, left = x.copy(), x.copy()
        right[j] += h
        left[j] -= h
        columns.append((f(right) - f(left)) / (2 * h))
    return np.array(columns).T


# %% wrong="transposed wrong-factor" title="inputs × outputs, divided by h"
def numerical_jacobian(f, x, h=1e-5):
    return [(f(x + e) - f(x - e)) / h for e in h * np.eye(len(x))]


# %% wrong="transposed wrong-sign" title="inputs × outputs, left minus right"
def numerical_jacobian(f, x, h=1e-5):
    return [(f(x - e) - f(x + e)) / (2 * h) for e in h * np.eye(len(x))]


# %% wrong="transposed" kind="compound" says="only ahead" title="one-sided, and inputs × outputs"
def numerical_jacobian(f, x, h=1e-5):
    return [(f(x + e) - f(x * 1.0)) / h for e in h * np.eye(len(x))]


# %% wrong="raised" kind="odd" title="takes every Jacobian for square"
def numerical_jacobian(f, x, h=1e-5):
    J = np.zeros((len(x), len(x)))
    for j, e in enumerate(h * np.eye(len(x))):
        J[:, j] = (f(x + e) - f(x - e)) / (2 * h)
    return J


# %% wrong="wrong-shape" title="only the first output"
def numerical_jacobian(f, x, h=1e-5):
    return np.array([(f(x + e)[0] - f(x - e)[0]) / (2 * h) for e in h * np.eye(len(x))])
