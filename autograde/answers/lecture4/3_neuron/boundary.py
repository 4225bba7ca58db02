# %% right="a list, and whole arithmetic on floats"
def boundary(w, b):
    w0, w1 = [float(each) for each in w]
    if w1 == 0.0:
        raise ValueError("the boundary is vertical")
    return [w0 / -w1, b / -w1]


# %% right="caught and told"
def boundary(w, b):
    w0, w1 = w.tolist()
    try:
        return -w0 / w1, -b / w1
    except ZeroDivisionError:
        raise ValueError("w[1] must not be zero: there is no slope") from None


# %% right="from two points on the line"
def boundary(w, b):
    if not w[1]:
        raise ValueError("cannot solve for x1 when its weight is 0")

    def x1(x0):
        return -(w[0] * x0 + b) / w[1]

    return x1(1.0) - x1(0.0), x1(0.0)


# %% right="an array, and an error of its own kind"
class NoLine(ValueError):
    pass


def boundary(w, b):
    if np.isclose(w[1], 0, atol=1e-300):
        raise NoLine(f"no line for {w}")
    return np.array([w[0], b]) / -w[1]


# %% right="complains with every weight in the message"
def boundary(w, b):
    w0, w1 = w
    if abs(w1) > 0:
        return (-w0 / w1, -b / w1)
    raise ValueError("w1", w1)


# %% wrong="wrong-sign" title="both signs lost"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return w[0] / w[1], b / w[1]


# %% wrong="wrong-sign" title="the sign of the slope lost"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return w[0] / w[1], -b / w[1]


# %% wrong="wrong-sign" title="the sign of the intercept lost"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return -w[0] / w[1], b / w[1]


# %% wrong="swapped" title="intercept first"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return -b / w[1], -w[0] / w[1]


# %% wrong="swapped wrong-sign" title="intercept first, signs lost"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return b / w[1], w[0] / w[1]


# %% wrong="wrong-value" says="upside down(.|\n)*other axis" title="solved for x0"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return -w[1] / w[0], -b / w[0]


# %% wrong="wrong-value" says="upside down" title="the slope upside down"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return -w[1] / w[0], -b / w[1]


# %% wrong="wrong-value" says="w itself" title="the direction of w"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return w[1] / w[0], -b / w[1]


# %% wrong="wrong-value" says="other axis" title="the intercept on the other axis"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return -w[0] / w[1], -b / w[0]


# %% wrong="wrong-value" says="not divided" title="the intercept is not divided"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return -w[0] / w[1], -b


# %% wrong="wrong-value" says="as it went in" title="b for the intercept"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return -w[0] / w[1], b


# %% wrong="wrong-value" says="0.5" title="a half for the sum"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return -w[0] / w[1], (0.5 - b) / w[1]


# %% wrong="not-finite" title="divides by zero and says nothing"
def boundary(w, b):
    return -w[0] / w[1], -b / w[1]


# %% wrong="wrong-type" kind="odd" title="None for a vertical line"
def boundary(w, b):
    if w[1] == 0:
        return None
    return -w[0] / w[1], -b / w[1]


# %% wrong="wrong-value" kind="odd" title="zeros for a vertical line"
def boundary(w, b):
    if w[1] == 0:
        return 0.0, 0.0
    return -w[0] / w[1], -b / w[1]


# %% wrong="not-finite" kind="odd" title="infinity on purpose"
def boundary(w, b):
    if w[1] == 0:
        return float("inf"), float("nan")
    return -w[0] / w[1], -b / w[1]


# %% wrong="raised" kind="odd" title="another kind of error"
def boundary(w, b):
    w0, w1 = w.tolist()
    return -w0 / w1, -b / w1


# %% wrong="raised" title="an assertion"
def boundary(w, b):
    assert w[1] != 0, "vertical"
    return -w[0] / w[1], -b / w[1]


# %% wrong="wrong-value" kind="odd" says="does not say why" title="no reason given"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError
    return -w[0] / w[1], -b / w[1]


# %% wrong="wrong-value" kind="odd" says="answers where there is no answer" title="returns the error"
def boundary(w, b):
    if w[1] == 0:
        return ValueError("vertical")
    return -w[0] / w[1], -b / w[1]


# %% wrong="wrong-value" title="a tiny number for zero"
def boundary(w, b):
    w1 = w[1] if w[1] != 0 else 1e-9
    return -w[0] / w1, -b / w1


# %% wrong="not-finite" title="refuses only where both weights are not 0"
def boundary(w, b):
    if w[1] == 0 and w[0] != 0:
        raise ValueError("vertical")
    return -w[0] / w[1], -b / w[1]


# %% wrong="raised" title="a level line is refused too"
def boundary(w, b):
    if w[0] == 0 or w[1] == 0:
        raise ValueError("not a line")
    return -w[0] / w[1], -b / w[1]


# %% wrong="wrong-type" title="the slope alone"
def boundary(w, b):
    if w[1] == 0:
        raise ValueError("vertical")
    return -w[0] / w[1]
