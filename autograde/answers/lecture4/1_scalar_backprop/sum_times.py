# %% right="a list for a tuple, everything in the cache"
def sum_times_forward(x, y, z):
    return [(x + y) * z, {"x": x, "y": y, "z": z}]


def sum_times_backward(df, cache):
    return [df * cache["z"], df * cache["z"], df * (cache["x"] + cache["y"])]

# %% right="the cache is a closure"
def sum_times_forward(x, y, z):
    q = x + y
    return q * z, lambda df: (df * z, df * z, df * q)


def sum_times_backward(df, cache):
    return cache(df)

# %% right="gate by gate, with names"
def sum_times_backward(df, cache):
    q, z = cache
    dq = z * df
    dz = q * df
    dx = 1 * dq
    dy = 1 * dq
    return dx, dy, dz

# %% right="an array of three"
def sum_times_backward(df, cache):
    q, z = cache
    return df * np.array([z, z, q])

# %% wrong="missing-upstream" title="local gradients alone"
def sum_times_backward(df, cache):
    q, z = cache
    return z, z, q

# %% wrong="wrong-value" says="own operand" title="dz = df z"
def sum_times_backward(df, cache):
    q, z = cache
    return df * z, df * z, df * z

# %% wrong="missing-upstream" says="dz is z itself" title="dz = z"
def sum_times_backward(df, cache):
    q, z = cache
    return df * z, df * z, z

# %% wrong="missing-local" title="the sum hands on df itself"
def sum_times_backward(df, cache):
    q, z = cache
    return df, df, df * q

# %% wrong="wrong-sign" title="dy with a minus"
def sum_times_backward(df, cache):
    q, z = cache
    return df * z, -df * z, df * q

# %% wrong="swapped" title="dz first"
def sum_times_backward(df, cache):
    q, z = cache
    return df * q, df * z, df * z

# %% wrong="missing-upstream wrong-sign" title="no upstream, and a minus"
def sum_times_backward(df, cache):
    q, z = cache
    return -z, -z, -q

# %% wrong="wrong-shape" title="only two gradients"
def sum_times_backward(df, cache):
    q, z = cache
    return df * z, df * q

# %% wrong="wrong-type" kind="odd" title="forward without a cache"
def sum_times_forward(x, y, z):
    return (x + y) * z

# %% wrong="wrong-value" kind="odd" says="whatever goes in" title="the slide's numbers by heart"
def sum_times_backward(df, cache):
    return -4.0, -4.0, 3.0

# %% wrong="wrong-value" title="forward adds z"
def sum_times_forward(x, y, z):
    return x + y + z, (x + y, z)
