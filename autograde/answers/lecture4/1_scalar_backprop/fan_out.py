# %% right="adds into a list"
def fan_out_forward(x, y):
    s, m = x + y, max(x, y)
    return s * m, (s, m, 0 if x > y else 1)


def fan_out_backward(df, cache):
    s, m, winner = cache
    gradients = [df * m, df * m]
    gradients[winner] += df * s
    return gradients

# %% right="the product rule by hand"
def fan_out_backward(df, cache):
    x, y = cache
    if x > y:
        return df * (2 * x + y), df * x
    return df * y, df * (x + 2 * y)

# %% right="with numpy"
def fan_out_forward(x, y):
    v = np.array([x, y])
    return v.sum() * v.max(), v


def fan_out_backward(df, cache):
    return df * (cache.max() + cache.sum() * (cache == cache.max()))

# %% right="through its gates"
def fan_out_forward(x, y):
    s, _ = add_forward(x, y)
    m, m_cache = max_forward(x, y)
    f, f_cache = mul_forward(s, m)
    return f, (m_cache, f_cache)


def fan_out_backward(df, cache):
    m_cache, f_cache = cache
    ds, dm = mul_backward(df, f_cache)
    a, b = add_backward(ds, None), max_backward(dm, m_cache)
    return a[0] + b[0], a[1] + b[1]

# %% wrong="not-accumulated" title="only the path through the maximum"
def fan_out_backward(df, cache):
    x, y = cache
    d = df * (x + y)
    return (d, 0.0) if x > y else (0.0, d)

# %% wrong="not-accumulated" title="only the path through the sum"
def fan_out_backward(df, cache):
    x, y = cache
    return df * max(x, y), df * max(x, y)

# %% wrong="not-accumulated" title="the second path overwrites the first"
def fan_out_backward(df, cache):
    x, y = cache
    dx = dy = df * max(x, y)
    if x > y:
        dx = df * (x + y)
    else:
        dy = df * (x + y)
    return dx, dy

# %% wrong="missing-upstream" title="without upstream"
def fan_out_backward(df, cache):
    x, y = cache
    m, s = max(x, y), x + y
    return (m + s, m) if x > y else (m, m + s)

# %% wrong="wrong-mask" title="the maximum goes to both"
def fan_out_backward(df, cache):
    x, y = cache
    d = df * (max(x, y) + x + y)
    return d, d

# %% wrong="swapped" title="the maximum goes to the loser"
def fan_out_backward(df, cache):
    x, y = cache
    m, s = df * max(x, y), df * (x + y)
    return (m, m + s) if x > y else (m + s, m)

# %% wrong="wrong-value" kind="odd" title="paths multiplied"
def fan_out_backward(df, cache):
    x, y = cache
    m, s = max(x, y), x + y
    return (df * m * s, df * m) if x > y else (df * m, df * m * s)

# %% wrong="missing-upstream not-accumulated" title="only one path, and without upstream"
def fan_out_backward(df, cache):
    x, y = cache
    return max(x, y), max(x, y)

# %% wrong="wrong-sign" title="paths subtracted, whole sign turned"
def fan_out_backward(df, cache):
    x, y = cache
    m, s = df * max(x, y), df * (x + y)
    return (-m - s, -m) if x > y else (-m, -m - s)
# %% wrong="swapped missing-upstream" title="the maximum goes to the loser, and no upstream"
def fan_out_backward(df, cache):
    x, y = cache
    m, s = max(x, y), x + y
    return (m, m + s) if x > y else (m + s, m)
