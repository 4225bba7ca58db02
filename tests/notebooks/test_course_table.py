"""The contract: what learners write, by the names that their homework and the grader meet at.

A name or a signature that changes breaks homework that is out already, so the whole table stands here, word for word.
"""

import ast

import pytest

from gradschool.course import find_course, source

COURSE = find_course()

# notebook → exercise: its points, and everything that its solution cells define
TABLE = {
    "1_scalar_backprop": {
        "numerical_derivative": (2, ["numerical_derivative(f, x, h=1e-05)"]),
        "gradient_descent": (2, ["gradient_descent(gradient, w, learning_rate, steps)"]),
        "chain_rule": (2, ["chain_rule(functions, derivatives, x)"]),
        "sum_times": (2, ["sum_times_forward(x, y, z)", "sum_times_backward(df, cache)"]),
        "gates": (
            3,
            [
                "add_forward(x, y)",
                "add_backward(dout, cache)",
                "mul_forward(x, y)",
                "mul_backward(dout, cache)",
                "max_forward(x, y)",
                "max_backward(dout, cache)",
            ],
        ),
        "local_gradients": (
            2,
            [
                "exp_backward(dout, cache)",
                "reciprocal_backward(dout, cache)",
                "shift_backward(dout, cache)",
                "scale_backward(dout, cache)",
            ],
        ),
        "neuron_graph": (3, ["neuron_graph_forward(w0, x0, w1, x1, w2)", "neuron_graph_backward(dout, cache)"]),
        "sigmoid_gate": (2, ["sigmoid_forward(x)", "sigmoid_backward(dout, cache)"]),
        "fan_out": (2, ["fan_out_forward(x, y)", "fan_out_backward(df, cache)"]),
        "value": (5, ["Value(data)"]),
    },
    "2_vector_backprop": {
        "numerical_gradient": (2, ["numerical_gradient(f, x, h=1e-05)"]),
        "numerical_jacobian": (2, ["numerical_jacobian(f, x, h=1e-05)"]),
        "four_kinds": (
            4,
            ["line_derivative(x)", "curve_jacobian(x)", "surface_gradient(x)", "map_jacobian(x)"],
        ),
        "relative_error": (2, ["relative_error(analytic, numeric)"]),
        "matvec": (2, ["matvec_forward(W, x)", "matvec_backward(dq, cache)"]),
        "norm_squared": (3, ["norm_squared_forward(W, x)", "norm_squared_backward(df, cache)"]),
        "relu_vjp": (2, ["relu_jacobian(x)", "relu_forward(x)", "relu_backward(dout, cache)"]),
        "unbroadcast": (2, ["unbroadcast(gradient, shape)"]),
        "linear": (4, ["linear_forward(X, W, b)", "linear_backward(dout, cache)"]),
        "fit_linear": (2, ["fit_linear(X, T, W, b, learning_rate, steps)"]),
    },
    "3_neuron": {
        "cell_body": (2, ["cell_body(x, w, b)"]),
        "fire": (2, ["fire(x, w, b)"]),
        "integrate_and_fire": (3, ["integrate_and_fire(currents, capacity)"]),
        "logic": (4, ["and_gate()", "or_gate()", "nand_gate()", "xor(x)"]),
        "neuron": (5, ["neuron_forward(X, w, b)", "neuron_backward(dp, cache)"]),
        "boundary": (2, ["boundary(w, b)"]),
        "log_loss": (3, ["log_loss_forward(p, t)", "log_loss_backward(dout, cache)"]),
        "train_neuron": (4, ["train_neuron(X, t, w, b, learning_rate, steps)"]),
    },
    "4_neural_network": {
        "collapse": (2, ["collapse(layers)"]),
        "activations": (
            6,
            [
                "sigmoid_forward(x)",
                "sigmoid_backward(dout, cache)",
                "tanh_forward(x)",
                "tanh_backward(dout, cache)",
                "relu_forward(x)",
                "relu_backward(dout, cache)",
                "leaky_relu_forward(x)",
                "leaky_relu_backward(dout, cache)",
                "elu_forward(x, alpha=1.0)",
                "elu_backward(dout, cache)",
                "maxout_forward(x, w1, b1, w2, b2)",
                "maxout_backward(dout, cache)",
            ],
        ),
        "forward_pass": (2, ["forward_pass(x, W1, b1, W2, b2, W3, b3)"]),
        "heads": (
            6,
            [
                "half_squared_error_forward(y, t)",
                "half_squared_error_backward(dout, cache)",
                "sigmoid_cross_entropy_forward(z, t)",
                "sigmoid_cross_entropy_backward(dout, cache)",
                "softmax(z)",
                "softmax_cross_entropy_forward(Z, labels)",
                "softmax_cross_entropy_backward(dout, cache)",
            ],
        ),
        "mlp": (4, ["mlp_forward(X, params, activation)", "mlp_backward(dout, cache)"]),
        "train": (3, ["train(X, t, params, activation, head, learning_rate, epochs, batch_size, rng)"]),
        "words": (2, ["words"]),
    },
}


def _defined(code):
    """What a cell defines, as one would call it: functions, classes and plain names."""
    for statement in ast.parse(code).body:
        match statement:
            case ast.FunctionDef(name=name, args=args):
                yield f"{name}({ast.unparse(args)})"
            case ast.ClassDef(name=name, body=body):
                (init,) = [each for each in body if isinstance(each, ast.FunctionDef) and each.name == "__init__"]
                yield f"{name}({ast.unparse(init.args).removeprefix('self, ')})"
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name


def test_these_are_all_the_notebooks():
    assert [path.stem for path in COURSE.sources()] == list(TABLE)


@pytest.mark.parametrize("notebook", TABLE)
def test_exercises_points_and_signatures_are_those_that_were_promised(notebook):
    read = source.read(COURSE.source / f"{notebook}.py")
    found = {
        exercise.id: (
            exercise.points,
            [made for cell in exercise.having("solution") for made in _defined(cell.source)],
        )
        for exercise in read.exercises
    }
    assert list(found) == list(TABLE[notebook])
    assert found == TABLE[notebook]
    assert sum(exercise.points for exercise in read.exercises) == 25


@pytest.mark.parametrize("notebook", TABLE)
def test_every_exercise_has_a_visible_and_a_hidden_check_that_are_paid_apart(notebook):
    for exercise in source.read(COURSE.source / f"{notebook}.py").exercises:
        visible, hidden = exercise.having("check"), exercise.having("hidden")
        assert visible, exercise.id
        assert hidden, exercise.id
        assert all(cell.points > 0 for cell in visible + hidden), exercise.id
