# %% right="one axis after the other, keeping them"
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


# %% right="padded shape, all axes at once"
def unbroadcast(gradient, shape):
    padded = (1,) * (gradient.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i, (have, want) in enumerate(zip(gradient.shape, padded)) if have != want)
    return np.reshape(np.sum(gradient, axis=axes), shape)


# %% right="entry by entry"
def unbroadcast(gradient, shape):
    result = np.zeros(shape)
    extra = gradient.ndim - len(shape)
    for index, value in np.ndenumerate(gradient):
        home = tuple(0 if size == 1 else i for i, size in zip(index[extra:], shape))
        result[home] += value
    return result


# %% right="add.at into a broadcast view of places"
def unbroadcast(gradient, shape):
    result = np.zeros(int(np.prod(shape)))
    places = np.broadcast_to(np.arange(result.size).reshape(shape), gradient.shape)
    np.add.at(result, places, gradient)
    return result.reshape(shape)


# %% right="recursion over leading axes"
def unbroadcast(gradient, shape):
    if gradient.ndim > len(shape):
        return unbroadcast(sum(gradient), shape)
    if not shape:
        return gradient
    if shape[0] == 1:
        gradient = sum(gradient)[None]
    return np.stack([unbroadcast(part, shape[1:]) for part in gradient])


# %% wrong="not-summed" title="hands the gradient back as it came"
def unbroadcast(gradient, shape):
    return gradient


# %% wrong="not-summed" title="leading axes only"
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    return gradient


# %% wrong="not-summed" title="stretched axes only"
def unbroadcast(gradient, shape):
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis - len(shape), keepdims=True)
    return gradient


# %% wrong="wrong-shape" title="stretched axes vanish"
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    axes = (*range(extra), *(extra + i for i, size in enumerate(shape) if size == 1))
    return gradient.sum(axis=axes)


# %% wrong="not-summed" says="One copy" title="one copy's gradient"
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient[0]
    return gradient[tuple(slice(size) for size in shape)]


# %% wrong="not-summed" kind="odd" says="One copy|shape is forced" title="np.resize"
def unbroadcast(gradient, shape):
    return np.resize(gradient, shape)


# %% wrong="raised" kind="odd" title="reshape"
def unbroadcast(gradient, shape):
    return gradient.reshape(shape)


# %% wrong="wrong-factor" title="a mean"
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.mean(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.mean(axis=axis, keepdims=True)
    return gradient


# %% wrong="wrong-value" says="largest of the copies" title="the largest"
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.max(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.max(axis=axis, keepdims=True)
    return gradient


# %% wrong="wrong-shape" title="sums everything"
def unbroadcast(gradient, shape):
    return gradient.sum()


# %% wrong="wrong-value" says="sum of everything" title="sums everything and fills the shape with it"
def unbroadcast(gradient, shape):
    return np.full(shape, gradient.sum())


# %% wrong="wrong-shape" title="sums trailing axes: shapes lined up from the left"
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=-1)
    return gradient


# %% wrong="wrong-shape" kind="odd" title="sizes taken for axis numbers"
def unbroadcast(gradient, shape):
    axes = tuple(axis for axis in range(gradient.ndim) if axis not in shape)
    return gradient.sum(axis=axes)


# %% wrong="raised" title="axis numbers not moved by the leading axes"
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    stretched = tuple(i for i, size in enumerate(shape) if size == 1)
    return gradient.sum(axis=(*range(extra), *stretched)).reshape(shape)


# %% wrong="wrong-sign" title="with a minus"
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return -gradient


# %% wrong="wrong-sign wrong-factor" title="a mean with a minus"
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = -gradient.mean(axis=0)
    return gradient


# %% wrong="not-summed wrong-sign" title="as it came, with a minus"
def unbroadcast(gradient, shape):
    return -gradient


# %% wrong="wrong-value" title="the first of the copies is counted twice"
def unbroadcast(gradient, shape):
    total = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    return total + gradient[0] if gradient.ndim > len(shape) else total


# %% wrong="mutates-input" kind="odd" title="adds up in the array that came in"
def unbroadcast(gradient, shape):
    if gradient.ndim > len(shape):
        for row in gradient[1:]:
            gradient[0] += row
        return unbroadcast(gradient[0], shape)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient
