"""Notebook 1_scalar_backprop: its functions, and how learners get them wrong."""

from collections.abc import Callable
from math import exp

from gradschool import reference
from gradschool.check.hypotheses import Suspect
from gradschool.check.subject import Subject
from gradschool.language import message as N_

Function = Callable[[float], float]


def _one_sided(f: Function, x: float, h: float = 1e-5) -> float:
    return (f(x + h) - f(x)) / h


def _left_sided(f: Function, x: float, h: float = 1e-5) -> float:
    return (f(x) - f(x - h)) / h


def _difference_alone(f: Function, x: float, h: float = 1e-5) -> float:
    return f(x + h) - f(x - h)


def _half_and_back(f: Function, x: float, h: float = 1e-5) -> float:
    return (f(x + h) - f(x - h)) / 2 * h


def _fixed_step(f: Function, x: float, h: float = 1e-5) -> float:
    return reference.numerical_derivative(f, x)


def _climbs(gradient: Function, w: float, learning_rate: float, steps: int) -> list[float]:
    return reference.gradient_descent(lambda w: -gradient(w), w, learning_rate, steps)


def _same_gradient(gradient: Function, w: float, learning_rate: float, steps: int) -> list[float]:
    first = gradient(w)
    return reference.gradient_descent(lambda _w: first, w, learning_rate, steps)


def _without_start(gradient: Function, w: float, learning_rate: float, steps: int) -> list[float]:
    return reference.gradient_descent(gradient, w, learning_rate, steps)[1:]


def _without_end(gradient: Function, w: float, learning_rate: float, steps: int) -> list[float]:
    return reference.gradient_descent(gradient, w, learning_rate, steps)[:-1]


def _climbs_without_start(gradient: Function, w: float, learning_rate: float, steps: int) -> list[float]:
    return _climbs(gradient, w, learning_rate, steps)[1:]


def _to_the_gradient(gradient: Function, w: float, learning_rate: float, steps: int) -> list[float]:
    path = [w]
    for _ in range(steps):
        path.append(learning_rate * gradient(path[-1]))
    return path


def _no_rate(gradient: Function, w: float, learning_rate: float, steps: int) -> list[float]:
    return reference.gradient_descent(gradient, w, 1.0, steps)


def _all_at_x(functions: list[Function], derivatives: list[Function], x: float) -> float:
    product = 1.0
    for slope in derivatives:
        product *= slope(x)
    return product


def _at_its_output(functions: list[Function], derivatives: list[Function], x: float) -> float:
    product = 1.0
    for function, slope in zip(functions, derivatives, strict=True):
        x = function(x)
        product *= slope(x)
    return product


def _outermost_first(functions: list[Function], derivatives: list[Function], x: float) -> float:
    return _chained(functions[::-1], derivatives[::-1], x)


def _slopes_reversed(functions: list[Function], derivatives: list[Function], x: float) -> float:
    return _chained(functions, derivatives[::-1], x)


def _slopes_added(functions: list[Function], derivatives: list[Function], x: float) -> float:
    total = 0.0
    for function, slope in zip(functions, derivatives, strict=True):
        total += slope(x)
        x = function(x)
    return total


def _last_slope(functions: list[Function], derivatives: list[Function], x: float) -> float:
    for function in functions[:-1]:
        x = function(x)
    return derivatives[-1](x)


def _composed(functions: list[Function], derivatives: list[Function], x: float) -> float:
    for function in functions:
        x = function(x)
    return x


def _climbs_without_rate(gradient: Function, w: float, learning_rate: float, steps: int) -> list[float]:
    return _climbs(gradient, w, 1.0, steps)


def _chained(functions: list[Function], derivatives: list[Function], x: float) -> float:
    product = 1.0
    for function, slope in zip(functions, derivatives, strict=True):
        product *= slope(x)
        x = function(x)
    return product


def _both_get_it(x: float, y: float, dout: float) -> tuple[float, float]:
    return dout, dout


def _scaled_by_the_winner(x: float, y: float, dout: float) -> tuple[float, float]:
    return (x * dout, 0.0) if x > y else (0.0, y * dout)


def _smaller_gets_it(x: float, y: float, dout: float) -> tuple[float, float]:
    return (0.0, dout) if x > y else (dout, 0.0)


def _neuron(w0: float, x0: float, w1: float, x1: float, w2: float) -> float:
    return reference.neuron_graph(w0, x0, w1, x1, w2)


def _neuron_slope(slope: float, w0: float, x0: float, w1: float, x1: float) -> tuple[float, ...]:
    return slope * x0, slope * w0, slope * x1, slope * w1, slope


def _neuron_without_sigmoid(w0: float, x0: float, w1: float, x1: float, w2: float, dout: float) -> tuple[float, ...]:
    return _neuron_slope(dout, w0, x0, w1, x1)


def _neuron_with_sigma(w0: float, x0: float, w1: float, x1: float, w2: float, dout: float) -> tuple[float, ...]:
    return _neuron_slope(dout * _neuron(w0, x0, w1, x1, w2), w0, x0, w1, x1)


def _neuron_own_operand(w0: float, x0: float, w1: float, x1: float, w2: float, dout: float) -> dict[str, float]:
    sigma = _neuron(w0, x0, w1, x1, w2)
    slope = dout * sigma * (1 - sigma)
    return {"dw0": slope * w0, "dx0": slope * x0, "dw1": slope * w1, "dx1": slope * x1}


def _neuron_scaled_bias(w0: float, x0: float, w1: float, x1: float, w2: float, dout: float) -> dict[str, float]:
    sigma = _neuron(w0, x0, w1, x1, w2)
    return {"dw2": dout * sigma * (1 - sigma) * w2}


def _x_for_sigma(x: float, dout: float) -> float:
    return dout * x * (1 - x)


def _max_path(x: float, y: float, dout: float) -> tuple[float, float]:
    total = x + y
    return (dout * total, 0.0) if x > y else (0.0, dout * total)


def _sum_path(x: float, y: float, dout: float) -> tuple[float, float]:
    return dout * max(x, y), dout * max(x, y)


def _second_overwrites(x: float, y: float, dout: float) -> dict[str, float]:
    return {"dx": dout * (x + y)} if x > y else {"dy": dout * (x + y)}


def _both_paths_to_both(x: float, y: float, dout: float) -> tuple[float, float]:
    both = dout * (max(x, y) + x + y)
    return both, both


_ONE_PATH = N_("Only one of the two paths to the output has come back. What does the other one bring?")

SUBJECTS: dict[str, Subject] = {
    "numerical_derivative": Subject(
        "numerical_derivative",
        reference.numerical_derivative,
        keep=("h",),
        suspects=(
            Suspect(
                "low-accuracy",
                _one_sided,
                N_(
                    "This is the one-sided quotient: it looks only to the right of x. How does its error shrink with h?"
                ),
            ),
            Suspect(
                "low-accuracy",
                _left_sided,
                N_("This is the one-sided quotient: it looks only to the left of x. How does its error shrink with h?"),
            ),
            Suspect(
                "wrong-factor",
                _difference_alone,
                N_("This is how far f moves. Over which distance did x move meanwhile?"),
            ),
            Suspect(
                "wrong-factor",
                _half_and_back,
                N_("Dividing by two and then multiplying by h: in which order does Python read a / 2 * h?"),
            ),
            Suspect("wrong-value", _fixed_step, N_("The answer does not change with h. Which step do you take?")),
        ),
    ),
    "gradient_descent": Subject(
        "gradient_descent",
        reference.gradient_descent,
        keep=("steps",),
        suspects=(
            Suspect("wrong-sign", _climbs, N_("Every step goes uphill. Which way does the gradient point?")),
            Suspect(
                "wrong-value",
                _same_gradient,
                N_("Every step uses the gradient at the start. Where is w by the second step?"),
            ),
            Suspect("wrong-shape", _without_start, N_("The start is missing from the path.")),
            Suspect(
                "wrong-sign",
                _climbs_without_start,
                N_("Every step goes uphill, and the start is missing from the path."),
            ),
            Suspect("wrong-shape", _without_end, N_("The last step is missing from the path.")),
            Suspect(
                "wrong-value", _to_the_gradient, N_("The step is right; from where does it start? The old w is gone.")
            ),
            Suspect("wrong-factor", _no_rate, N_("The learning rate makes no difference to this path.")),
            Suspect(
                "wrong-sign",
                _climbs_without_rate,
                N_("Every step goes uphill, and the learning rate makes no difference."),
            ),
        ),
    ),
    "chain_rule": Subject(
        "chain_rule",
        reference.chain_rule,
        suspects=(
            Suspect(
                "wrong-value",
                _all_at_x,
                N_("Every derivative is taken at x. What is it that the second function is given?"),
            ),
            Suspect(
                "wrong-value",
                _at_its_output,
                N_("Each derivative is taken at what its function gives. What was its function given?"),
            ),
            Suspect(
                "wrong-value", _outermost_first, N_("The functions run in the opposite order. Which one meets x first?")
            ),
            Suspect(
                "wrong-value", _slopes_reversed, N_("Each derivative is paired with the value of another function.")
            ),
            Suspect(
                "wrong-value", _slopes_added, N_("The slopes are added. What happens to a small step of x on its way?")
            ),
            Suspect(
                "wrong-value", _last_slope, N_("Only the outermost slope is there. Do the inner ones not stretch too?")
            ),
            Suspect("wrong-value", _composed, N_("This is the value of the composition, not its slope.")),
        ),
    ),
    "sum_times": Subject(
        "sum_times",
        reference.sum_times,
        wrt=("x", "y", "z"),
        suspects=(
            Suspect(
                "wrong-value",
                lambda x, y, z, dout: {"dz": dout * z},
                N_("dz is the gate's own operand. If z grows by a little, by how much does f grow?"),
            ),
            Suspect(
                "missing-upstream",
                lambda x, y, z, dout: {"dz": z},
                N_("dz is z itself. If z grows by a little, by how much does f grow, and what came back from above?"),
            ),
            Suspect(
                "missing-local",
                lambda x, y, z, dout: {"dx": dout, "dy": dout},
                N_("The sum hands on what it gets. What does it get, after the product has done its part?"),
            ),
        ),
    ),
    "add": Subject(
        "gates",
        reference.add,
        wrt=("x", "y"),
        suspects=(
            Suspect(
                "wrong-factor",
                lambda x, y, dout: (dout / 2, dout / 2),
                N_("Each input gets half of it. If x alone grows by 1, by how much does x + y grow?"),
            ),
        ),
    ),
    "mul": Subject("gates", reference.mul, wrt=("x", "y")),
    "max": Subject(
        "gates",
        reference.maximum,
        wrt=("x", "y"),
        suspects=(
            Suspect(
                "wrong-mask",
                _both_get_it,
                N_("Both inputs get the gradient. If the smaller one moves a little, does the output move?"),
            ),
            Suspect(
                "wrong-value",
                _scaled_by_the_winner,
                N_(
                    "The one that won gets its own value as well. If it grows by a little, does the output grow by more?"
                ),
            ),
            Suspect(
                "wrong-mask",
                _smaller_gets_it,
                N_("The smaller input gets the gradient. If it moves a little, does the output move?"),
            ),
        ),
    ),
    "exp": Subject(
        "local_gradients",
        reference.exponential,
        wrt=("x",),
        cache=lambda x: exp(x),
        suspects=(
            Suspect("wrong-value", lambda x, dout: dout * exp(exp(x)), N_("The cache holds the output already.")),
        ),
    ),
    "reciprocal": Subject(
        "local_gradients",
        reference.reciprocal,
        wrt=("x",),
        cache=lambda x: x,
        suspects=(
            Suspect("wrong-value", lambda x, dout: dout / x, N_("This is 1/x itself. How steep is it there?")),
            Suspect("wrong-value", lambda x, dout: -dout / x, N_("A power is missing. Which power of x is 1/x?")),
            Suspect(
                "wrong-value",
                lambda x, dout: -dout * x**2,
                N_("Far from 0 this grows and grows. How steep is 1/x out there?"),
            ),
        ),
    ),
    "shift": Subject(
        "local_gradients",
        reference.shift,
        wrt=("x",),
        cache=lambda x, c: None,
        suspects=(
            Suspect("wrong-value", lambda x, c, dout: dout * c, N_("A constant that is added: does it stretch?")),
        ),
    ),
    "scale": Subject(
        "local_gradients",
        reference.scale,
        wrt=("x",),
        cache=lambda x, a: a,
        suspects=(
            Suspect(
                "wrong-value",
                lambda x, a, dout: dout / a,
                N_("The larger the constant, the less comes back. If x moves a little, how far does a·x go?"),
            ),
        ),
    ),
    "neuron_graph": Subject(
        "neuron_graph",
        reference.neuron_graph,
        wrt=("w0", "x0", "w1", "x1", "w2"),
        suspects=(
            Suspect(
                "swapped",
                _neuron_own_operand,
                N_("Each product hands a factor its own value. What is the derivative of w·x with respect to w?"),
            ),
            Suspect(
                "missing-local",
                _neuron_without_sigmoid,
                N_("The way back begins after the sigmoid. What do its four gates make of the upstream gradient?"),
            ),
            Suspect(
                "wrong-value",
                _neuron_scaled_bias,
                N_("dw2 is multiplied by w2. What is the derivative of a sum with respect to something added to it?"),
            ),
            Suspect(
                "wrong-value", _neuron_with_sigma, N_("The slope of the sigmoid is not its value. Is a factor missing?")
            ),
        ),
        forward_suspects=(
            Suspect(
                "wrong-value",
                lambda w0, x0, w1, x1, w2: w0 * x0 + w1 * x1 + w2,
                N_("This is the sum, before the sigmoid."),
            ),
            Suspect(
                "wrong-sign",
                lambda w0, x0, w1, x1, w2: 1 - _neuron(w0, x0, w1, x1, w2),
                N_("The sign in the exponent is the other one."),
            ),
            Suspect(
                "wrong-value",
                lambda w0, x0, w1, x1, w2: reference.sigmoid_gate(w0 * x0 + w1 * x1),
                N_("w2 makes no difference to the output."),
            ),
        ),
    ),
    "sigmoid_gate": Subject(
        "sigmoid_gate",
        reference.sigmoid_gate,
        wrt=("x",),
        forward_name="sigmoid_forward",
        backward_name="sigmoid_backward",
        suspects=(
            Suspect(
                "wrong-value",
                _x_for_sigma,
                N_(
                    "The form is right, and it is filled with what went into the gate. Of which number is the slope made?"
                ),
            ),
            Suspect(
                "missing-local",
                lambda x, dout: dout * reference.sigmoid_gate(x),
                N_("The slope of the sigmoid is not its value. Is a factor missing?"),
            ),
            Suspect(
                "missing-local",
                lambda x, dout: dout * (1 - reference.sigmoid_gate(x)),
                N_("The slope of the sigmoid has two factors. Where is the other one?"),
            ),
        ),
        forward_suspects=(
            Suspect(
                "wrong-sign", lambda x: 1 - reference.sigmoid_gate(x), N_("The sign in the exponent is the other one.")
            ),
        ),
    ),
    "fan_out": Subject(
        "fan_out",
        reference.fan_out,
        wrt=("x", "y"),
        suspects=(
            Suspect("not-accumulated", _max_path, _ONE_PATH),
            Suspect("not-accumulated", _sum_path, _ONE_PATH),
            Suspect("not-accumulated", _second_overwrites, _ONE_PATH),
            Suspect(
                "wrong-mask",
                _both_paths_to_both,
                N_(
                    "Both inputs get the gradient of the maximum. If the smaller one moves a little, does the maximum move?"
                ),
            ),
        ),
    ),
    "value": Subject("value", lambda data: data, forward_name="Value"),
}
