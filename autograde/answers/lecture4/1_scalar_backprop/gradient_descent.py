# %% right="a for loop over the last element"
def gradient_descent(gradient, w, learning_rate, steps):
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return path

# %% right="recursion"
def gradient_descent(gradient, w, learning_rate, steps):
    if steps == 0:
        return [w]
    return [w] + gradient_descent(gradient, w - learning_rate * gradient(w), learning_rate, steps - 1)

# %% right="an array for the path"
def gradient_descent(gradient, w, learning_rate, steps):
    path = np.empty(steps + 1)
    path[0] = w
    for i in range(steps):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path

# %% right="a tuple"
def gradient_descent(gradient, w, learning_rate, steps):
    path = (w,)
    while len(path) <= steps:
        w -= learning_rate * gradient(w)
        path += (w,)
    return path

# %% right="accumulate from the standard library"
def gradient_descent(gradient, w, learning_rate, steps):
    from itertools import accumulate
    return list(accumulate(range(steps), lambda w, _: w - learning_rate * gradient(w), initial=w))

# %% wrong="wrong-sign" title="climbs"
def gradient_descent(gradient, w, learning_rate, steps):
    path = [w]
    for _ in range(steps):
        w = w + learning_rate * gradient(w)
        path.append(w)
    return path

# %% wrong="wrong-shape" says="start is missing" title="forgets the start"
def gradient_descent(gradient, w, learning_rate, steps):
    path = []
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return path

# %% wrong="wrong-shape" says="last step is missing" title="appends before the step"
def gradient_descent(gradient, w, learning_rate, steps):
    path = []
    for _ in range(steps):
        path.append(w)
        w = w - learning_rate * gradient(w)
    return path

# %% wrong="wrong-value" says="gradient at the start" title="gradient taken once"
def gradient_descent(gradient, w, learning_rate, steps):
    slope = gradient(w)
    path = [w]
    for _ in range(steps):
        w = w - learning_rate * slope
        path.append(w)
    return path

# %% wrong="wrong-type" kind="odd" title="only the end of the path"
def gradient_descent(gradient, w, learning_rate, steps):
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
    return w

# %% wrong="wrong-factor" says="learning rate makes no difference" title="without the learning rate"
def gradient_descent(gradient, w, learning_rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - gradient(w)
        path.append(w)
    return path

# %% wrong="wrong-value" says="old w is gone" title="the step for the place"
def gradient_descent(gradient, w, learning_rate, steps):
    path = [w]
    for _ in range(steps):
        w = learning_rate * gradient(w)
        path.append(w)
    return path

# %% wrong="wrong-sign" kind="compound" says="start is missing" title="climbs, and forgets the start"
def gradient_descent(gradient, w, learning_rate, steps):
    path = []
    for _ in range(steps):
        w = w + learning_rate * gradient(w)
        path.append(w)
    return path

# %% wrong="wrong-shape" title="one step too many"
def gradient_descent(gradient, w, learning_rate, steps):
    path = [w]
    for _ in range(steps + 1):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return path
# %% wrong="wrong-sign" kind="compound" says="uphill, and the learning rate" title="climbs, and without the learning rate"
def gradient_descent(gradient, w, learning_rate, steps):
    path = [w]
    for _ in range(steps):
        w = w + gradient(w)
        path.append(w)
    return path
