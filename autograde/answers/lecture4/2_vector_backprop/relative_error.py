# %% right="a loop over pairs"
def relative_error(analytic, numeric):
    worst = 0.0
    for a, n in zip(np.ravel(analytic), np.ravel(numeric)):
        if a != 0 or n != 0:
            worst = max(worst, abs(a - n) / (abs(a) + abs(n)))
    return worst


# %% right="a mask first"
def relative_error(analytic, numeric):
    size = np.abs(analytic) + np.abs(numeric)
    there = size > 0
    if not there.any():
        return 0
    return np.max(np.abs(analytic - numeric)[there] / size[there])


# %% right="a safe divisor"
def relative_error(analytic, numeric):
    size = np.abs(analytic) + np.abs(numeric)
    return np.max(np.abs(analytic - numeric) / np.where(size == 0, 1, size))


# %% right="warnings held back where they are expected"
def relative_error(analytic, numeric):
    with np.errstate(invalid="ignore"):
        return np.nanmax(np.append(np.abs(analytic - numeric) / (np.abs(analytic) + np.abs(numeric)), 0.0))


# %% right="np.divide into zeros, a 0-d array"
def relative_error(analytic, numeric):
    top, bottom = np.abs(analytic - numeric), np.abs(analytic) + np.abs(numeric)
    np.divide(top, bottom, out=top, where=bottom != 0)
    return np.asarray(top.max())


# %% wrong="not-finite" title="the sum's size, infinite for opposite signs"
def relative_error(analytic, numeric):
    size = np.abs(analytic + numeric)
    return np.max(np.abs(analytic - numeric) / size)


# %% wrong="wrong-value" says="3 and −3" title="the sum's size, zeros taken care of"
def relative_error(analytic, numeric):
    size = np.abs(analytic + numeric)
    return np.max(np.abs(analytic - numeric) / np.where(size == 0, 1, size) * (size != 0))


# %% wrong="not-finite" title="0/0 where both are 0"
def relative_error(analytic, numeric):
    return np.max(np.abs(analytic - numeric) / (np.abs(analytic) + np.abs(numeric)))


# %% wrong="not-finite" kind="odd" says="warned" title="np.where after the division: right, with a warning"
def relative_error(analytic, numeric):
    size = np.abs(analytic) + np.abs(numeric)
    return np.max(np.where(size == 0, 0, np.abs(analytic - numeric) / size))


# %% wrong="wrong-value" says="smaller than that" title="an epsilon below, 1e-8"
def relative_error(analytic, numeric):
    return np.max(np.abs(analytic - numeric) / (np.abs(analytic) + np.abs(numeric) + 1e-8))


# %% wrong="wrong-value" says="smaller than that" title="an epsilon below, 1e-12"
def relative_error(analytic, numeric):
    return np.max(np.abs(analytic - numeric) / (np.abs(analytic) + np.abs(numeric) + 1e-12))


# %% wrong="wrong-value" kind="odd" says="smaller than that" title="a floor below, as a well-known course has it"
def relative_error(analytic, numeric):
    return np.max(np.abs(analytic - numeric) / np.maximum(1e-8, np.abs(analytic) + np.abs(numeric)))


# %% wrong="wrong-value" says="drowns" title="largest difference over largest size"
def relative_error(analytic, numeric):
    return np.max(np.abs(analytic - numeric)) / max(np.max(np.abs(analytic) + np.abs(numeric)), 1e-300)


# %% wrong="wrong-value" says="thrown together" title="norms"
def relative_error(analytic, numeric):
    size = np.linalg.norm(analytic) + np.linalg.norm(numeric)
    return np.linalg.norm(analytic - numeric) / size if size else 0.0


# %% wrong="wrong-value" says="mean over all" title="the mean"
def relative_error(analytic, numeric):
    size = np.abs(analytic) + np.abs(numeric)
    return np.mean(np.abs(analytic - numeric) / np.where(size == 0, 1, size))


# %% wrong="wrong-shape" says="every entry" title="the error of every entry"
def relative_error(analytic, numeric):
    size = np.abs(analytic) + np.abs(numeric)
    return np.abs(analytic - numeric) / np.where(size == 0, 1, size)


# %% wrong="wrong-factor" title="over the mean of the two sizes"
def relative_error(analytic, numeric):
    size = (np.abs(analytic) + np.abs(numeric)) / 2
    return np.max(np.abs(analytic - numeric) / np.where(size == 0, 1, size))


# %% wrong="wrong-value" says="larger of the two" title="over the larger of the two"
def relative_error(analytic, numeric):
    size = np.maximum(np.abs(analytic), np.abs(numeric))
    return np.max(np.abs(analytic - numeric) / np.where(size == 0, 1, size))


# %% wrong="wrong-value" says="one of the two alone" title="over the numeric one alone"
def relative_error(analytic, numeric):
    size = np.abs(numeric)
    return np.max(np.abs(analytic - numeric) / np.where(size == 0, 1, size) * (size != 0))


# %% wrong="wrong-value" says="difference itself" title="the absolute error"
def relative_error(analytic, numeric):
    return np.max(np.abs(analytic - numeric))


# %% wrong="wrong-sign" says="keeps its sign" title="the difference keeps its sign"
def relative_error(analytic, numeric):
    size = np.abs(analytic) + np.abs(numeric)
    return np.max((analytic - numeric) / np.where(size == 0, 1, size))


# %% wrong="wrong-factor" says="2 times" title="twice the ratio"
def relative_error(analytic, numeric):
    size = np.abs(analytic) + np.abs(numeric)
    return 2 * np.max(np.abs(analytic - numeric) / np.where(size == 0, 1, size))


# %% wrong="not-finite" kind="compound" title="an epsilon in the wrong place, and 0/0"
def relative_error(analytic, numeric):
    return np.max((np.abs(analytic - numeric) + 1e-12) / (np.abs(analytic) + np.abs(numeric)))


# %% wrong="mutates-input" kind="odd" title="writes into its arguments"
def relative_error(analytic, numeric):
    analytic -= numeric
    size = np.abs(analytic + numeric) + np.abs(numeric)
    return np.max(np.abs(analytic) / np.where(size == 0, 1, size))
# %% wrong="wrong-value" kind="odd" says="whatever goes in" title="always content"
def relative_error(analytic, numeric):
    return 0.0
