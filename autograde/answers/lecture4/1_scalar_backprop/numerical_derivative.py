# %% right="a lambda"
numerical_derivative = lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / h / 2

# %% right="named points"
def numerical_derivative(f, x, h=1e-5):
    right, left = x + h, x - h
    rise = f(right) - f(left)
    run = right - left
    return rise / run

# %% right="the mean of the two one-sided quotients"
def numerical_derivative(f, x, h=1e-5):
    forward = (f(x + h) - f(x)) / h
    backward = (f(x) - f(x - h)) / h
    return (forward + backward) / 2

# %% right="a numpy scalar comes back"
def numerical_derivative(f, x, h=1e-5):
    values = np.array([f(x + h), f(x - h)])
    return np.diff(values[::-1])[0] / (2 * h)

# %% wrong="low-accuracy" title="one-sided, to the right"
def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x)) / h

# %% wrong="low-accuracy" title="one-sided, to the left"
def numerical_derivative(f, x, h=1e-5):
    return (f(x) - f(x - h)) / h

# %% wrong="wrong-factor" title="divided by h, not by 2h"
def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / h

# %% wrong="wrong-factor" title="a / 2 * h"
def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / 2 * h

# %% wrong="wrong-factor" title="not divided at all"
def numerical_derivative(f, x, h=1e-5):
    return f(x + h) - f(x - h)

# %% wrong="wrong-sign" title="left minus right"
def numerical_derivative(f, x, h=1e-5):
    return (f(x - h) - f(x + h)) / (2 * h)

# %% wrong="wrong-sign wrong-factor" title="left minus right, and divided by h"
def numerical_derivative(f, x, h=1e-5):
    return (f(x - h) - f(x + h)) / h

# %% wrong="wrong-value" says="does not change with h" title="a step of its own"
def numerical_derivative(f, x, h=1e-5):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong="low-accuracy" title="rounded to two decimals"
def numerical_derivative(f, x, h=1e-5):
    return round((f(x + h) - f(x - h)) / (2 * h), 2)

# %% wrong="wrong-type" kind="odd" title="printed, not returned"
def numerical_derivative(f, x, h=1e-5):
    print((f(x + h) - f(x - h)) / (2 * h))

# %% wrong="raised" kind="odd" title="h inside the call of a name that is not there"
def numerical_derivative(f, x, h=1e-5):
    return (f(x + step) - f(x - step)) / (2 * step)
