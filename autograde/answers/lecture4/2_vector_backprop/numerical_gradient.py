# %% right="two copies for each entry"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.empty(x.shape)
    for index in np.ndindex(*x.shape):
        right, left = x.astype(float), x.astype(float)
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


# %% right="in place on an own copy, put back from memory"
def numerical_gradient(f, x, h=1e-5):
    x = 1.0 * x
    gradient = np.zeros_like(x)
    walk = np.nditer(x, flags=["multi_index"])
    while not walk.finished:
        place = walk.multi_index
        before = x[place]
        x[place] = before + h
        right = f(x)
        x[place] = before - h
        left = f(x)
        x[place] = before
        gradient[place] = (right - left) / (2 * h)
        walk.iternext()
    return gradient


# %% right="the rows of an identity as steps"
def numerical_gradient(f, x, h=1e-5):
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.reshape([(f(x + step) - f(x - step)) / (2 * h) for step in steps], x.shape)


# %% right="flat and back"
def numerical_gradient(f, x, h=1e-5):
    flat = np.ravel(x) * 1.0

    def at(i, value):
        moved = flat.copy()
        moved[i] = value
        return f(moved.reshape(x.shape))

    slopes = [(at(i, flat[i] + h) - at(i, flat[i] - h)) / h / 2 for i in range(flat.size)]
    return np.array(slopes).reshape(x.shape)


# %% right="nested lists for an array"
def numerical_gradient(f, x, h=1e-5):
    def slope(index):
        step = np.zeros(x.shape)
        step[index] = h
        return float(f(x + step) - f(x - step)) / (2 * h)

    def level(index):
        if len(index) == x.ndim:
            return slope(index)
        return [level((*index, i)) for i in range(x.shape[len(index)])]

    return level(())


# %% right="f is asked once more, to look at it"
def numerical_gradient(f, x, h=1e-5):
    f(x)
    gradient = np.zeros(np.shape(x), dtype=np.float64)
    for index, _ in np.ndenumerate(x):
        e = np.zeros(np.shape(x))
        e[index] = 1
        gradient[index] = (f(x + h * e) - f(x - h * e)) / (2 * h)
    return gradient


# %% wrong="low-accuracy" says="only ahead" title="one-sided"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x)) / h
    return gradient


# %% wrong="low-accuracy" says="only behind" title="one-sided, to the left"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x) - f(x - step)) / h
    return gradient


# %% wrong="wrong-factor" title="divided by h, not by 2h"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / h
    return gradient


# %% wrong="wrong-factor" says="a / 2 \* h" title="divided by 2 and multiplied by h"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / 2 * h
    return gradient


# %% wrong="wrong-factor" says="how far f moves" title="not divided at all"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = f(x + step) - f(x - step)
    return gradient


# %% wrong="wrong-sign" title="left minus right"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x - step) - f(x + step)) / (2 * h)
    return gradient


# %% wrong="wrong-shape" title="flattened"
def numerical_gradient(f, x, h=1e-5):
    slopes = []
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        slopes.append((f(x + step) - f(x - step)) / (2 * h))
    return np.array(slopes)


# %% wrong="mutates-input" kind="odd" title="in place, added and taken away: the last bits drift"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        right = f(x)
        x[index] -= 2 * h
        left = f(x)
        x[index] += h
        gradient[index] = (right - left) / (2 * h)
    return gradient


# %% wrong="mutates-input" kind="odd" says="ones before it still moved" title="in place, never put back"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        right = f(x)
        x[index] -= 2 * h
        left = f(x)
        gradient[index] = (right - left) / (2 * h)
    return gradient


# %% wrong="wrong-value" says="ones before it still moved" title="a copy that drifts"
def numerical_gradient(f, x, h=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        right = f(x)
        x[index] -= 2 * h
        left = f(x)
        gradient[index] = (right - left) / (2 * h)
    return gradient


# %% wrong="wrong-value" says="How many copies" title="copies made once, before the loop"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    right, left = x.astype(float), x.astype(float)
    for index in np.ndindex(x.shape):
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


# %% wrong="wrong-value" says="2 \+ 0\.00001" title="integer input: the steps are cut off"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


# %% wrong="wrong-value" says="cut to whole numbers" title="integer input: the result is cut off"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


# %% wrong="wrong-value" kind="compound" says="everything made like it" title="integer input: steps and result are cut off"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


# %% wrong="wrong-shape" says="moved at the same time" title="all entries moved together"
def numerical_gradient(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong="wrong-value" says="does not change with h" title="a step of its own"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = 1e-5
        gradient[index] = (f(x + step) - f(x - step)) / 2e-5
    return gradient


# %% wrong="raised" kind="odd" title="only for vectors"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        step = np.zeros(len(x))
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


# %% wrong="low-accuracy wrong-sign" title="one-sided, and backwards"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x) - f(x + step)) / h
    return gradient


# %% wrong="wrong-sign wrong-factor" title="divided by h, left minus right"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x - step) - f(x + step)) / h
    return gradient


# %% wrong="wrong-value" title="only the first entry of each row"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in range(x.shape[0]):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


# %% wrong="wrong-type" kind="odd" title="nothing comes back"
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
