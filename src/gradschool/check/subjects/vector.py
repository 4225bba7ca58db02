"""Notebook 2_vector_backprop: its functions, and how learners get them wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradschool import numeric, reference
from gradschool.check.hypotheses import Suspect
from gradschool.check.subject import Subject
from gradschool.language import message as N_

Array = NDArray[np.float64]
Function = Callable[[Array], Any]
Quotients = Callable[[Function, Array, float], Iterator[Any]]


# --- measuring: one column for each entry of x, the ways it goes wrong ----------------------------------------------


def _moved(x: Array, index: tuple[int, ...], h: float) -> Array:
    moved = x.copy()
    moved[index] += h
    return moved


def _one_sided(f: Function, x: Array, h: float) -> Iterator[Any]:
    for index in np.ndindex(x.shape):
        yield (np.ravel(f(_moved(x, index, h))) - np.ravel(f(x))) / h


def _left_sided(f: Function, x: Array, h: float) -> Iterator[Any]:
    for index in np.ndindex(x.shape):
        yield (np.ravel(f(x)) - np.ravel(f(_moved(x, index, -h)))) / h


def _undivided(f: Function, x: Array, h: float) -> Iterator[Any]:
    for index in np.ndindex(x.shape):
        yield np.ravel(f(_moved(x, index, h))) - np.ravel(f(_moved(x, index, -h)))


def _half_and_back(f: Function, x: Array, h: float) -> Iterator[Any]:
    for difference in _undivided(f, x, h):
        yield difference / 2 * h


def _fixed_step(f: Function, x: Array, h: float) -> Iterator[Any]:
    for difference in _undivided(f, x, 1e-5):
        yield difference / 2e-5


def _not_put_back(f: Function, x: Array, h: float) -> Iterator[Any]:
    drifting = x.copy()
    for index in np.ndindex(x.shape):
        drifting[index] += h
        right = np.ravel(f(drifting.copy()))
        drifting[index] -= 2 * h
        yield (right - np.ravel(f(drifting.copy()))) / (2 * h)


def _copied_once(f: Function, x: Array, h: float) -> Iterator[Any]:
    right, left = x.copy(), x.copy()
    for index in np.ndindex(x.shape):
        right[index] += h
        left[index] -= h
        yield (np.ravel(f(right.copy())) - np.ravel(f(left.copy()))) / (2 * h)


def _whole_steps(f: Function, x: Array, h: float) -> Iterator[Any]:
    for index in np.ndindex(x.shape):
        right, left = np.trunc(_moved(x, index, h)), np.trunc(_moved(x, index, -h))
        yield (np.ravel(f(right)) - np.ravel(f(left))) / (2 * h)


def _whole_result(f: Function, x: Array, h: float) -> Iterator[Any]:
    for column in reference.numerical_jacobian(f, x, h).T:
        yield np.trunc(column)


def _whole_both(f: Function, x: Array, h: float) -> Iterator[Any]:
    for column in _whole_steps(f, x, h):
        yield np.trunc(column)


def _as_jacobian(quotients: Quotients) -> Callable[..., Array]:
    def jacobian(f: Function, x: Any, h: float = 1e-5) -> Array:
        return np.stack(list(quotients(f, np.array(x, dtype=np.float64), h)), axis=1)

    return jacobian


def _as_gradient(quotients: Quotients) -> Callable[..., Array]:
    jacobian = _as_jacobian(quotients)
    return lambda f, x, h=1e-5: jacobian(f, x, h).reshape(np.shape(x))


def _all_at_once(f: Function, x: Any, h: float = 1e-5) -> Any:
    return (f(x + h) - f(x - h)) / (2 * h)


def _measured(shaped: Callable[[Quotients], Callable[..., Array]]) -> tuple[Suspect, ...]:
    only_right = N_("This looks only ahead of x, never behind it. How does the error of such a quotient shrink with h?")
    only_left = N_("This looks only behind x, never ahead of it. How does the error of such a quotient shrink with h?")
    return (
        Suspect("low-accuracy", shaped(_one_sided), only_right),
        Suspect("low-accuracy", shaped(_left_sided), only_left),
        Suspect(
            "wrong-factor",
            shaped(_undivided),
            N_("This is how far f moves. Over which distance did the entry of x move meanwhile?"),
        ),
        Suspect(
            "wrong-factor",
            shaped(_half_and_back),
            N_("Dividing by two and then multiplying by h: in which order does Python read a / 2 * h?"),
        ),
        Suspect("wrong-value", shaped(_fixed_step), N_("The answer does not change with h. Which step do you take?")),
        Suspect(
            "wrong-value",
            shaped(_not_put_back),
            N_("Each entry is measured with the ones before it still moved. Where does x stand after each round?"),
        ),
        Suspect(
            "wrong-value",
            shaped(_copied_once),
            N_("Each entry has the ones before it added in. How many copies of x are made, and when?"),
        ),
        Suspect(
            "wrong-value",
            shaped(_whole_steps),
            N_("x holds whole numbers here. What does such an array make of 2 + 0.00001?"),
        ),
        Suspect(
            "wrong-value",
            shaped(_whole_result),
            N_("What comes back is cut to whole numbers. Of which dtype is the array that you fill?"),
        ),
        Suspect(
            "wrong-value",
            shaped(_whole_both),
            N_(
                "x holds whole numbers here, and so does everything made like it. What becomes of 2 + 0.00001 in there?"
            ),
        ),
        Suspect(
            "wrong-shape",
            _all_at_once,
            N_("All entries moved at the same time. How would you tell which of them made f move?"),
        ),
    )


# --- the four kinds -------------------------------------------------------------------------------------------------


def _value_not_slope(f: Callable[[Any], Any]) -> Suspect:
    return Suspect("wrong-value", f, N_("This is the function itself. How fast does it change?"))


def _curve_as_printed(x: float) -> Array:
    return np.array([2.0, 6 * x])


def _map_as_printed(x: Array) -> Array:
    return np.array([[2.0, 3 * x[1]], [8 * x[1], 3 * x[0] + 6]])


# --- matrix times vector --------------------------------------------------------------------------------------------


def _last_row_only(W: Array, x: Array, dout: Array) -> dict[str, Array]:
    return {"dx": W[-1] * dout[-1]}


def _first_row_only(W: Array, x: Array, dout: Array) -> dict[str, Array]:
    return {"dx": W[0] * dout[0]}


def _not_transposed(W: Array, x: Array, dout: Array) -> dict[str, Array]:
    # only a square W lets this through
    return {"dx": W @ dout} if len(W) == len(x) else {}


def _through_norm(slip: Callable[[Array, Array, Array], dict[str, Array]]) -> Callable[..., dict[str, Array]]:
    return lambda W, x, dout: slip(W, x, 2 * dout * (W @ x))


def _square_skipped(W: Array, x: Array, dout: float) -> dict[str, Array]:
    dq = np.full(len(W), dout)
    return {"dW": np.outer(dq, x), "dx": dq @ W}


def _norm_of_length(W: Array, x: Array, dout: float) -> dict[str, Array]:
    q = W @ x
    dq = dout * q / np.sqrt(np.sum(q**2))
    return {"dW": np.outer(dq, x), "dx": dq @ W}


def _upstream_into_square(W: Array, x: Array, dout: float) -> dict[str, Array]:
    dq = 2 * (W @ x) + dout
    return {"dW": np.outer(dq, x), "dx": dq @ W}


_ONE_ROW = N_(
    "Every entry of x goes into every row of the product. Only one row's share has come back: where are the others?"
)
_SQUARE_W = N_("With a square W the shapes do not tell W from its transpose. Which of its axes belongs to the outputs?")

# --- the rest -------------------------------------------------------------------------------------------------------


def _ratio_of_largest(analytic: Array, numeric: Array) -> float:
    return float(np.max(np.abs(analytic - numeric)) / np.max(np.abs(analytic) + np.abs(numeric)))


def _ratio_of_norms(analytic: Array, numeric: Array) -> float:
    return float(np.linalg.norm(analytic - numeric) / (np.linalg.norm(analytic) + np.linalg.norm(numeric)))


def _ratio_of_sums(analytic: Array, numeric: Array) -> float:
    return float(np.sum(np.abs(analytic - numeric)) / np.sum(np.abs(analytic) + np.abs(numeric)))


def _entry_by_entry(analytic: Array, numeric: Array) -> Array:
    size = np.abs(analytic) + np.abs(numeric)
    return np.where(size > 0, np.abs(analytic - numeric) / np.where(size > 0, size, 1.0), 0.0)


def _over(size: Callable[[Array, Array], Array]) -> Callable[[Array, Array], float]:
    def error(analytic: Array, numeric: Array) -> float:
        divisor = size(analytic, numeric)
        ratios = np.abs(analytic - numeric) / np.where(divisor == 0, 1.0, divisor)
        return float(np.max(np.where(divisor == 0, 0.0, ratios)))

    return error


def _padded(epsilon: float) -> Callable[[Array, Array], float]:
    return lambda analytic, numeric: float(
        np.max(np.abs(analytic - numeric) / (np.abs(analytic) + np.abs(numeric) + epsilon))
    )


def _floored(epsilon: float) -> Callable[[Array, Array], float]:
    return lambda analytic, numeric: float(
        np.max(np.abs(analytic - numeric) / np.maximum(epsilon, np.abs(analytic) + np.abs(numeric)))
    )


def _signed(analytic: Array, numeric: Array) -> float:
    size = np.abs(analytic) + np.abs(numeric)
    return float(np.max(np.where(size > 0, (analytic - numeric) / np.where(size > 0, size, 1.0), 0.0)))


def _relu_slopes(x: Array) -> Array:
    # every entry acts on itself alone: moving all of them together gives each one's slope
    return np.asarray(numeric.derivative(lambda step: reference.relu(x + step), 0.0))


def _relu_wide(x: Array, dout: Array) -> Array:
    return dout * _relu_slopes(x)


def _relu_on_upstream(x: Array, dout: Array) -> Array:
    return reference.relu(dout)


def _relu_with_value(x: Array, dout: Array) -> Array:
    return dout * reference.relu(x)


def _relu_with_both(x: Array, dout: Array) -> Array:
    return reference.relu(dout) * _relu_slopes(x)


def _relu_as_input(x: Array, dout: Array) -> Array:
    return dout * x


def _relu_other_side(x: Array, dout: Array) -> Array:
    return dout * _relu_slopes(-x)


def _one_copy(gradient: Array, shape: tuple[int, ...]) -> Array:
    last = gradient[(0,) * (gradient.ndim - len(shape))]
    return np.asarray(last[tuple(slice(size) for size in shape)])


def _first_numbers(gradient: Array, shape: tuple[int, ...]) -> Array:
    return np.resize(gradient, shape)


def _largest_copy(gradient: Array, shape: tuple[int, ...]) -> Array:
    padded = (1,) * (gradient.ndim - len(shape)) + tuple(shape)
    axes = tuple(axis for axis, size in enumerate(padded) if size == 1)
    return np.asarray(gradient.max(axis=axes, keepdims=True).reshape(shape))


def _all_in_one(gradient: Array, shape: tuple[int, ...]) -> Array:
    return np.full(shape, gradient.sum())


def _unbroadcast(gradient: Array, shape: tuple[int, ...]) -> Any:
    return numeric.vjp(reference.broadcast, {"x": np.zeros(shape), "shape": gradient.shape}, "x", gradient)


def _last_example_only(X: Array, W: Array, b: Array, dout: Array) -> dict[str, Array]:
    return {"dW": np.outer(dout[-1], X[-1]), "db": dout[-1]}


def _first_example_only(X: Array, W: Array, b: Array, dout: Array) -> dict[str, Array]:
    return {"dW": np.outer(dout[0], X[0]), "db": dout[0]}


_ONE_EXAMPLE = N_("W and b serve every row of X. Only one row's share has come back: where are the others?")


def _slopes(X: Array, T: Array, W: Array, b: Array) -> dict[str, Array]:
    error = (reference.linear(X, W, b) - T) / len(X)
    return {"X": error @ W, "W": error.T @ X, "b": error.sum(axis=0)}


def _fit(
    X: Array,
    T: Array,
    W: Array,
    b: Array,
    learning_rate: float,
    steps: int,
    scale: float = 1.0,
    moves: tuple[str, ...] = ("W", "b"),
    anew: bool = True,
    one_by_one: bool = False,
    by_loss: bool = False,
) -> tuple[Array, Array, list[float]]:
    """Descend with a slip: another scale, a parameter that stays, one gradient for every step, steps times the loss.

    The formulas are quicker than `reference.fit_linear`, which measures; there are many suspects and several draws.
    """
    losses, now = [], {"X": X, "T": T, "W": W, "b": b}
    slopes = _slopes(**now)
    for _ in range(steps):
        losses.append(reference.linear_cost(**now))
        slopes = _slopes(**now) if anew else slopes
        for name in moves:
            slope = _slopes(**now)[name] if one_by_one else slopes[name]
            now[name] = now[name] - scale * learning_rate * slope * (losses[-1] if by_loss else 1.0)
    return now["W"], now["b"], losses


def _fit_slip(scale: Callable[[Array, Array], float] = lambda X, T: 1.0, **slips: Any) -> Callable[..., Any]:
    return lambda X, T, W, b, learning_rate, steps: _fit(X, T, W, b, learning_rate, steps, scale=scale(X, T), **slips)


def _losses_by(change: Callable[[Array, Array], float]) -> Callable[..., Any]:
    def slip(X: Array, T: Array, W: Array, b: Array, learning_rate: float, steps: int) -> dict[str, Any]:
        return {"losses": np.array(_fit(X, T, W, b, learning_rate, steps)[2]) * change(X, T)}

    return slip


def _losses_after(X: Array, T: Array, W: Array, b: Array, learning_rate: float, steps: int) -> dict[str, Any]:
    return {"losses": _fit(X, T, W, b, learning_rate, steps + 1)[2][1:]}


def _losses_and_last(X: Array, T: Array, W: Array, b: Array, learning_rate: float, steps: int) -> dict[str, Any]:
    return {"losses": _fit(X, T, W, b, learning_rate, steps + 1)[2]}


def _losses_by_output(X: Array, T: Array, W: Array, b: Array, learning_rate: float, steps: int) -> dict[str, Any]:
    losses = []
    for _ in range(steps):
        losses.append(((reference.linear(X, W, b) - T) ** 2).sum(axis=0) / (2 * len(X)))
        W, b, _loss = _fit(X, T, W, b, learning_rate, 1)
    return {"losses": np.array(losses)}


SUBJECTS: dict[str, Subject] = {
    "numerical_gradient": Subject(
        "numerical_gradient", reference.numerical_gradient, keep=("h",), suspects=_measured(_as_gradient)
    ),
    "numerical_jacobian": Subject(
        "numerical_jacobian",
        reference.numerical_jacobian,
        keep=("h",),
        suspects=(
            *_measured(_as_jacobian),
            Suspect(
                "transposed",
                lambda f, x, h=1e-5: _as_jacobian(_one_sided)(f, x, h).T,
                N_("Inputs stand in the rows, and each quotient looks only ahead of x. To what does a row belong?"),
            ),
        ),
    ),
    "line_derivative": Subject(
        "four_kinds",
        lambda x: float(numeric.derivative(reference.line, x)),
        suspects=(_value_not_slope(reference.line),),
    ),
    "curve_jacobian": Subject(
        "four_kinds",
        lambda x: numeric.derivative(reference.curve, x),
        suspects=(
            _value_not_slope(reference.curve),
            Suspect(
                "wrong-value",
                _curve_as_printed,
                N_("This is what the slide prints. Which of the terms of 3x² + 4x have a slope?"),
            ),
        ),
    ),
    "surface_gradient": Subject(
        "four_kinds",
        lambda x: numeric.gradient(reference.surface, x),
        suspects=(
            _value_not_slope(reference.surface),
            Suspect(
                "wrong-value",
                lambda x: np.array([6 * x[0], 4 * x[0]]),
                N_("x₁ stands in both terms of 3x₁² + 4x₁x₂. What does the second one add when x₁ moves?"),
            ),
            Suspect(
                "wrong-value",
                lambda x: np.array([6 * x[0] + 4 * x[1], 4 * x[1]]),
                N_("With respect to x₂, x₁ is a constant. What is left of 4x₁x₂ then?"),
            ),
        ),
    ),
    "map_jacobian": Subject(
        "four_kinds",
        lambda x: numeric.jacobian(reference.plane_map, x),
        suspects=(
            _value_not_slope(reference.plane_map),
            Suspect(
                "transposed",
                _map_as_printed,
                N_("This is what the slide prints. In a Jacobian, to what does a row belong, and to what a column?"),
            ),
        ),
    ),
    "relative_error": Subject(
        "relative_error",
        reference.relative_error,
        stable=True,
        suspects=(
            Suspect(
                "wrong-value",
                _ratio_of_largest,
                N_("A large entry drowns a small one here. Is the ratio taken before the maximum, or after it?"),
            ),
            Suspect(
                "wrong-value",
                _ratio_of_norms,
                N_("All entries are thrown together before dividing. What can one bad small entry still change?"),
            ),
            Suspect(
                "wrong-value",
                _ratio_of_sums,
                N_("All entries are summed before dividing. What can one bad small entry still change?"),
            ),
            Suspect(
                "wrong-shape",
                _entry_by_entry,
                N_("Here is the error of every entry. Which of them tells whether anything is wrong at all?"),
            ),
            Suspect(
                "wrong-value",
                lambda analytic, numeric: float(np.mean(_entry_by_entry(analytic, numeric))),
                N_("This is the mean over all entries. What does it say when one of a thousand is wrong?"),
            ),
            Suspect(
                "wrong-value",
                lambda analytic, numeric: float(np.sum(_entry_by_entry(analytic, numeric))),
                N_("This is the sum over all entries. Can it be held against one limit for every size?"),
            ),
            Suspect(
                "wrong-value",
                lambda analytic, numeric: float(np.min(_entry_by_entry(analytic, numeric))),
                N_("This is the best entry. Which one are you looking for?"),
            ),
            Suspect(
                "wrong-value",
                lambda analytic, numeric: float(np.max(np.abs(analytic - numeric))),
                N_("This is the difference itself. Is 0.01 much? Compared with what?"),
            ),
            Suspect(
                "wrong-value",
                _over(lambda analytic, numeric: np.maximum(np.abs(analytic), np.abs(numeric))),
                N_(
                    "This divides by the larger of the two. What does the formula divide by, and what do 1 and −1 give?"
                ),
            ),
            Suspect(
                "wrong-value",
                _over(lambda analytic, numeric: np.abs(numeric)),
                N_("This divides by one of the two alone. What happens when that one is tiny?"),
            ),
            Suspect(
                "wrong-value",
                _over(lambda analytic, numeric: np.abs(analytic)),
                N_("This divides by one of the two alone. What happens when that one is tiny?"),
            ),
            Suspect(
                "wrong-value",
                _over(lambda analytic, numeric: np.abs(analytic + numeric)),
                N_("The two are added before their size is taken. What becomes of 3 and −3 there?"),
            ),
            Suspect(
                "wrong-sign",
                _signed,
                N_("The difference keeps its sign. Which entry wins when the analytic one is the smaller?"),
            ),
            *(
                Suspect(
                    "wrong-value",
                    formula(epsilon),
                    N_("Something small is put under the fraction. What if both gradients are smaller than that?"),
                )
                for epsilon in (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16)
                for formula in (_padded, _floored)
            ),
        ),
    ),
    "matvec": Subject(
        "matvec",
        reference.matvec,
        wrt=("W", "x"),
        suspects=(
            Suspect("not-accumulated", _last_row_only, _ONE_ROW),
            Suspect("not-accumulated", _first_row_only, _ONE_ROW),
            Suspect("transposed", _not_transposed, _SQUARE_W),
        ),
    ),
    "norm_squared": Subject(
        "norm_squared",
        reference.norm_squared,
        wrt=("W", "x"),
        suspects=(
            Suspect("transposed", _through_norm(_not_transposed), _SQUARE_W),
            Suspect("not-accumulated", _through_norm(_last_row_only), _ONE_ROW),
            Suspect("not-accumulated", _through_norm(_first_row_only), _ONE_ROW),
            Suspect(
                "missing-local",
                _square_skipped,
                N_("The way back goes straight into Wx. What does the sum of squares do to it first?"),
            ),
            Suspect(
                "wrong-value",
                _norm_of_length,
                N_("This is the gradient of the length ‖Wx‖. What is squared in f, and what is left of the root?"),
            ),
            Suspect(
                "wrong-value",
                _upstream_into_square,
                N_("The upstream gradient is added. A gate multiplies: with what?"),
            ),
        ),
        forward_suspects=(
            Suspect(
                "wrong-value",
                lambda W, x: float(np.linalg.norm(W @ x)),
                N_("This is the length of Wx. What does the small 2 in ‖Wx‖² say?"),
            ),
            Suspect(
                "wrong-value",
                lambda W, x: float(np.sum(W @ x)),
                N_("The entries of Wx are summed as they are. What happens to each of them first?"),
            ),
            Suspect(
                "wrong-value",
                lambda W, x: float(np.sum(W @ x) ** 2),
                N_("The sum is squared. Is that the sum of the squares?"),
            ),
            Suspect(
                "wrong-shape",
                lambda W, x: (W @ x) ** 2,
                N_("Here are the squares of the entries. What is still to be done with them?"),
            ),
        ),
    ),
    "relu_jacobian": Subject(
        "relu_vjp",
        lambda x: numeric.jacobian(reference.relu, x),
        suspects=(
            Suspect(
                "wrong-shape",
                _relu_slopes,
                N_("These are the right slopes. A Jacobian has a row for every output and a column for every input."),
            ),
            Suspect(
                "wrong-value",
                lambda x: np.diag(reference.relu(x)),
                N_("On the diagonal stand the values of the ReLU. What does a Jacobian hold?"),
            ),
            Suspect("wrong-value", lambda x: np.eye(len(x)), N_("This passes everything. What does a ReLU stop?")),
            Suspect("wrong-mask", lambda x: np.diag(_relu_slopes(-x)), N_("It opens and shuts the wrong way round.")),
            Suspect(
                "wrong-value",
                lambda x: np.tile(_relu_slopes(x), (len(x), 1)),
                N_("All rows are alike. If one entry of x moves, how many entries of the output move with it?"),
            ),
            Suspect(
                "wrong-value",
                lambda x: np.tile(_relu_slopes(x), (len(x), 1)).T,
                N_("All columns are alike. If one entry of x moves, how many entries of the output move with it?"),
            ),
            Suspect(
                "wrong-value",
                lambda x: np.outer(_relu_slopes(x), _relu_slopes(x)),
                N_("If one entry of x moves, how many entries of the output move with it?"),
            ),
        ),
    ),
    "relu_vjp": Subject(
        "relu_vjp",
        reference.relu,
        wrt=("x",),
        forward_name="relu_forward",
        backward_name="relu_backward",
        suspects=(
            Suspect(
                "wrong-mask",
                _relu_on_upstream,
                N_("The upstream gradient is cut where it is negative itself. Who decides whether the gate is open?"),
            ),
            Suspect(
                "wrong-mask",
                _relu_with_both,
                N_("The upstream gradient loses its negative entries too. May a gradient that passes be negative?"),
            ),
            Suspect("wrong-mask", _relu_other_side, N_("It opens and shuts the wrong way round.")),
            Suspect(
                "wrong-value",
                _relu_with_value,
                N_("This multiplies by the output. How steep is the output where it is not 0?"),
            ),
            Suspect(
                "wrong-value", _relu_as_input, N_("This multiplies by x. How steep is max(0, x) where x is positive?")
            ),
        ),
        forward_suspects=(
            Suspect("wrong-sign", lambda x: np.abs(x), N_("This is |x|. What does a ReLU do with a negative entry?")),
            Suspect(
                "wrong-mask", lambda x: np.minimum(0.0, x), N_("What is negative passes, what is positive does not.")
            ),
            Suspect(
                "wrong-value",
                lambda x: np.where(x > 0, 1.0, 0.0),
                N_("These are its slopes, not its values."),
            ),
        ),
    ),
    "relu_wide": Subject("relu_vjp", _relu_wide, forward_name="relu_backward", labels=("dx",), costly=True),
    "unbroadcast": Subject(
        "unbroadcast",
        _unbroadcast,
        suspects=(
            Suspect(
                "not-summed", _one_copy, N_("One copy's gradient has come back. Where are those of the other copies?")
            ),
            Suspect(
                "not-summed",
                _first_numbers,
                N_(
                    "The shape is forced: the first numbers were kept and the others dropped. What belongs to each of them?"
                ),
            ),
            Suspect(
                "wrong-value",
                _largest_copy,
                N_(
                    "The largest of the copies' gradients has come back. What does a value used many times do with them?"
                ),
            ),
            Suspect(
                "wrong-value",
                _all_in_one,
                N_("Every entry holds the sum of everything. Which axes were copied, and which were not?"),
            ),
        ),
    ),
    "linear": Subject(
        "linear",
        reference.linear,
        wrt=("X", "W", "b"),
        suspects=(
            Suspect("not-accumulated", _last_example_only, _ONE_EXAMPLE),
            Suspect("not-accumulated", _first_example_only, _ONE_EXAMPLE),
            Suspect(
                "wrong-shape",
                lambda X, W, b, dout: {"db": dout.sum(axis=1)},
                N_("db is summed over the outputs. Which axis is the one that b was copied along?"),
            ),
        ),
        forward_suspects=(
            Suspect("wrong-value", lambda X, W, b: X @ W.T, N_("The bias makes no difference to the output.")),
            Suspect("wrong-sign", lambda X, W, b: X @ W.T - b, N_("The bias comes in with a minus.")),
        ),
    ),
    "fit_linear": Subject(
        "fit_linear",
        reference.fit_linear,
        labels=("W", "b", "losses"),
        suspects=(
            Suspect(
                "wrong-sign",
                _fit_slip(lambda X, T: -1.0),
                N_("Every step goes uphill. Which way does the gradient point?"),
            ),
            Suspect(
                "wrong-sign",
                _fit_slip(lambda X, T: -float(len(X))),
                N_("Every step goes uphill, and grows with the number of examples. Where are the minus and the 1/N?"),
            ),
            Suspect(
                "wrong-factor",
                _fit_slip(lambda X, T: 2.0),
                N_("The steps are twice as long. What becomes of the ½ in the cost when you differentiate?"),
            ),
            Suspect(
                "wrong-factor",
                _fit_slip(lambda X, T: 0.5),
                N_("The steps are half as long. What becomes of the ½ in the cost when you differentiate?"),
            ),
            Suspect(
                "wrong-factor",
                _fit_slip(lambda X, T: float(len(X))),
                N_("The steps grow with the number of examples. Where is the 1/N of the cost?"),
            ),
            Suspect(
                "wrong-factor",
                _fit_slip(lambda X, T: 2.0 * len(X)),
                N_("The steps grow with the number of examples. Which factors stand before the sums of the cost?"),
            ),
            Suspect(
                "wrong-factor",
                _fit_slip(lambda X, T: 1.0 / T.shape[1]),
                N_("The gradient is averaged over the outputs too. Over what does the cost take a mean?"),
            ),
            Suspect(
                "wrong-factor",
                _fit_slip(lambda X, T: 2.0 / T.shape[1]),
                N_("The gradient is averaged over the outputs too. Over what does the cost take a mean?"),
            ),
            Suspect(
                "wrong-value",
                _fit_slip(anew=False),
                N_("Every step uses the gradient at the start. Where are W and b by the second step?"),
            ),
            Suspect(
                "wrong-value", _fit_slip(moves=("W",)), N_("b stays where it was. Which parameters does the cost have?")
            ),
            Suspect(
                "wrong-value", _fit_slip(moves=("b",)), N_("W stays where it was. Which parameters does the cost have?")
            ),
            Suspect(
                "wrong-value",
                _fit_slip(by_loss=True),
                N_("The steps are multiplied by the loss. What is the derivative of the loss with respect to itself?"),
            ),
            Suspect(
                "wrong-value",
                _fit_slip(one_by_one=True),
                N_("b moves by a gradient taken after W had moved. At which point do both gradients belong?"),
            ),
            Suspect(
                "wrong-value",
                _fit_slip(moves=("W", "b", "X")),
                N_("The inputs are moved too. What may learning change: the data, or the parameters?"),
            ),
            Suspect(
                "wrong-factor",
                lambda X, T, W, b, learning_rate, steps: _fit(X, T, W, b, 1.0, steps),
                N_("The learning rate makes no difference."),
            ),
            Suspect(
                "wrong-factor",
                _losses_by(lambda X, T: 2.0),
                N_("The losses lack a ½. Which factors stand before the sums?"),
            ),
            Suspect(
                "wrong-factor",
                _losses_by(lambda X, T: float(len(X))),
                N_("The losses are not divided by the number of examples."),
            ),
            Suspect(
                "wrong-factor",
                _losses_by(lambda X, T: 2.0 * len(X)),
                N_("The losses are bare sums of squares. Which factors stand before the sums of the cost?"),
            ),
            Suspect(
                "wrong-factor",
                _losses_by(lambda X, T: 1.0 / T.shape[1]),
                N_("The losses are averaged over the outputs too. Over what does the cost take a mean?"),
            ),
            Suspect(
                "wrong-factor",
                _losses_by(lambda X, T: 2.0 / T.shape[1]),
                N_("The losses are a mean over every number. Over what does the cost take a mean, and where is its ½?"),
            ),
            Suspect(
                "wrong-value",
                _losses_after,
                N_("Each loss is taken after its update. Which one belongs to the W that came in?"),
            ),
            Suspect(
                "wrong-shape",
                _losses_and_last,
                N_("There is one loss too many: how many updates are made, and which comes before each?"),
            ),
            Suspect(
                "wrong-shape",
                _losses_by_output,
                N_("Each loss is kept apart by outputs. How many numbers does the cost give?"),
            ),
        ),
    ),
}
