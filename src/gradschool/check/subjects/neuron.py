"""Notebook 3_neuron: its functions, and how learners get them wrong."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradschool import reference
from gradschool.check.hypotheses import Suspect
from gradschool.check.subject import Subject
from gradschool.language import message as N_

Array = NDArray[np.float64]
Inputs = dict[str, Any]
Trained = tuple[Array, float, list[float]]


# --- all or nothing ---------------------------------------------------------------------------------------------------


def _other_whole_numbers(rng: np.random.Generator, inputs: Inputs) -> Inputs:
    x, w = (rng.choice([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0], np.shape(inputs[name])) for name in ("x", "w"))
    # half of the sums land on 0, close to it, or between the thresholds that the suspects have
    wanted = rng.choice([-3.0, -0.75, 0.0, 0.25, 0.75, 2.0])
    return {"x": x, "w": w, "b": float(rng.choice([wanted - w @ x, rng.integers(-6, 7)]))}


def _other_currents(rng: np.random.Generator, inputs: Inputs) -> Inputs:
    # quarters, whose sums are exact, so that the store is often full to the brim; now and then one that drains it
    currents = rng.integers(1, 17, np.shape(inputs["currents"])) / 4
    drains = rng.permutation(currents.size)[: currents.size // 4]
    currents[drains] -= rng.integers(8, 60, drains.shape) / 4
    return {"currents": currents, "capacity": float(rng.integers(6, 13)) / 4}


Store = Callable[[float, float, float], tuple[float, bool]]


def _stored(step: Store) -> Callable[[Array, float], Array]:
    """Return an integrate-and-fire whose single step is store, current, capacity -> (store, whether it fires)."""

    def fires(currents: Array, capacity: float) -> Array:
        store, spikes = 0.0, []
        for current in currents:
            store, spike = step(store, current, capacity)
            spikes.append(float(spike))
        return np.array(spikes)

    return fires


def _at_the_brim(store: float, current: float, capacity: float) -> tuple[float, bool]:
    full = store + current >= capacity
    return (0.0 if full else store + current), full


def _never_emptied(store: float, current: float, capacity: float) -> tuple[float, bool]:
    return store + current, store + current > capacity


def _keeps_the_rest(store: float, current: float, capacity: float) -> tuple[float, bool]:
    over = store + current > capacity
    return store + current - (capacity if over else 0.0), over


def _keeps_the_current(store: float, current: float, capacity: float) -> tuple[float, bool]:
    over = store + current > capacity
    return (current if over else store + current), over


def _keeps_nothing(store: float, current: float, capacity: float) -> tuple[float, bool]:
    return 0.0, current > capacity


def _asks_before_adding(store: float, current: float, capacity: float) -> tuple[float, bool]:
    return (0.0, True) if store > capacity else (store + current, False)


def _asks_then_adds(store: float, current: float, capacity: float) -> tuple[float, bool]:
    return (current, True) if store > capacity else (store + current, False)


def _below_zero_is_zero(store: float, current: float, capacity: float) -> tuple[float, bool]:
    over = store + current > capacity
    return (0.0 if over else max(0.0, store + current)), over


def _counts_from_capacity(store: float, current: float, capacity: float) -> tuple[float, bool]:
    over = store + current > capacity
    return (capacity if over else store + current), over


def _silent_when_over(store: float, current: float, capacity: float) -> tuple[float, bool]:
    store, spike = _stored_right(store, current, capacity)
    return store, not spike


def _stored_right(store: float, current: float, capacity: float) -> tuple[float, bool]:
    over = store + current > capacity
    return (0.0 if over else store + current), over


def _what_it_holds(currents: Array, capacity: float) -> Array:
    store, held = 0.0, []
    for current in currents:
        store, _ = _stored_right(store, current, capacity)
        held.append(store)
    return np.array(held)


def _when_it_fires(currents: Array, capacity: float) -> Array:
    return np.flatnonzero(reference.integrate_and_fire(currents, capacity)).astype(np.float64)


def _spike_by_spike(change: Callable[[Array], Array]) -> Callable[[Array, float], Array]:
    return lambda currents, capacity: change(reference.integrate_and_fire(currents, capacity))


# --- logic ------------------------------------------------------------------------------------------------------------


def _table(*corners: float) -> Callable[[Array], float]:
    """Return a gate by its answers at (0, 0), (0, 1), (1, 0), (1, 1)."""
    return lambda x: corners[2 * int(x[0] > 0.5) + int(x[1] > 0.5)]


_AND, _OR, _NAND, _XNOR = _table(0, 0, 0, 1), _table(0, 1, 1, 1), _table(1, 1, 1, 0), _table(1, 0, 0, 1)


def _near_corners(rng: np.random.Generator, inputs: Inputs) -> Inputs:
    off = rng.choice([-1.0, 0.0, 1.0], 2) * rng.uniform(1e-4, 2e-4, 2) * np.any(inputs["x"] % 1 != 0)
    return {"x": np.round(rng.uniform(0, 1, 2)) + off}


# --- the sigmoid neuron ----------------------------------------------------------------------------------------------


def _sums(X: Array, w: Array, b: float) -> Array:
    return np.asarray(X @ w + b)


def _slope(X: Array, w: Array, b: float) -> Array:
    p = reference.neuron(X, w, b)
    return p * (1 - p)


def _handed_back(slope: Callable[[Array, Array, float], Array]) -> Callable[..., tuple[Array, Array, float]]:
    """Return a backward that is right but for the slope it takes for the sigmoid's."""

    def gradients(X: Array, w: Array, b: float, dout: Array) -> tuple[Array, Array, float]:
        dz = dout * slope(X, w, b)
        return np.outer(dz, w), X.T @ dz, float(dz.sum())

    return gradients


def _of_one_row(row: int) -> Callable[..., dict[str, Any]]:
    def gradients(X: Array, w: Array, b: float, dout: Array) -> dict[str, Any]:
        dz = dout * _slope(X, w, b)
        return {"dw": dz[row] * X[row], "db": dz[row]}

    return gradients


def _own_operand(X: Array, w: Array, b: float, dout: Array) -> dict[str, Any]:
    dz = dout * _slope(X, w, b)
    return {"dX": dz[:, np.newaxis] * X, "dw": dz.sum() * w}


def _without_weights(X: Array, w: Array, b: float, dout: Array) -> dict[str, Any]:
    dz = dout * _slope(X, w, b)
    return {"dX": np.repeat(dz[:, np.newaxis], len(w), axis=1), "dw": np.full(len(w), dz.sum())}


def _bias_times_itself(X: Array, w: Array, b: float, dout: Array) -> dict[str, Any]:
    return {"db": b * float((dout * _slope(X, w, b)).sum())}


def _bias_counted(X: Array, w: Array, b: float, dout: Array) -> dict[str, Any]:
    return {"db": float(len(X))}


# --- the loss ---------------------------------------------------------------------------------------------------------


def _other_probabilities(rng: np.random.Generator, inputs: Inputs) -> Inputs:
    return {"p": rng.uniform(0.08, 0.92, np.shape(inputs["p"])), "t": inputs["t"]}


def _averaged(gradient: Callable[[Array, Array], Array]) -> Callable[..., Array]:
    return lambda p, t, dout: dout * gradient(p, t) / len(p)


def _pulled_to_t(p: Array) -> Array:
    return np.asarray((np.log(1 - p) - np.log(p)) / len(p))


def _with_one_for_t(to_t: Callable[[Array], Array]) -> Callable[..., Array]:
    return lambda p, t, dout: dout * np.stack([(p - t) / (p * (1 - p)) / len(p), to_t(p)])


# --- training ---------------------------------------------------------------------------------------------------------

Gradients = Callable[[Array, Array, Array, float], tuple[Array, float]]


def _from_errors(error: Callable[[Array, Array], Array]) -> Gradients:
    """Return gradients that are right but for what is handed back to the sum."""

    def gradients(X: Array, t: Array, w: Array, b: float) -> tuple[Array, float]:
        dz = error(reference.neuron(X, w, b), t) / len(t)
        return X.T @ dz, float(dz.sum())

    return gradients


_right_gradients = _from_errors(lambda p, t: p - t)


def _trained(gradients: Gradients, cost: Callable[..., Any] = reference.neuron_cost) -> Callable[..., Trained]:
    """Return a training that is right but for its gradients, or for the losses that it keeps."""

    def train(X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int) -> Trained:
        losses = []
        for _ in range(steps):
            losses.append(cost(X, t, w, b))
            dw, db = gradients(X, t, w, b)
            w, b = w - learning_rate * dw, b - learning_rate * db
        return w, b, losses

    return train


def _climbing(X: Array, t: Array, w: Array, b: float) -> tuple[Array, float]:
    dw, db = _right_gradients(X, t, w, b)
    return -dw, -db


def _by_the_loss(X: Array, t: Array, w: Array, b: float) -> tuple[Array, float]:
    dw, db = _right_gradients(X, t, w, b)
    loss = reference.neuron_cost(X, t, w, b)
    return loss * dw, loss * db


def _bias_still(X: Array, t: Array, w: Array, b: float) -> tuple[Array, float]:
    return _right_gradients(X, t, w, b)[0], 0.0


def _weights_still(X: Array, t: Array, w: Array, b: float) -> tuple[Array, float]:
    return np.zeros_like(w), _right_gradients(X, t, w, b)[1]


def _summed(X: Array, t: Array, w: Array, b: float) -> tuple[Array, float]:
    dw, db = _right_gradients(X, t, w, b)
    return len(t) * dw, len(t) * db


def _averaged_twice(X: Array, t: Array, w: Array, b: float) -> tuple[Array, float]:
    dw, db = _right_gradients(X, t, w, b)
    return dw / len(t), db / len(t)


def _bias_not_averaged(X: Array, t: Array, w: Array, b: float) -> tuple[Array, float]:
    dw, db = _right_gradients(X, t, w, b)
    return dw, len(t) * db


def _stepped(X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int) -> list[tuple[Array, float]]:
    path = [(w, b)]
    for _ in range(steps):
        dw, db = _right_gradients(X, t, *path[-1])
        path.append((path[-1][0] - learning_rate * dw, path[-1][1] - learning_rate * db))
    return path


def _losses_along(choose: Callable[[list[float]], Sequence[float]]) -> Callable[..., Inputs]:
    """Return a training whose losses alone are wrong: some of those along the way, start and end included."""

    def train(X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int) -> Inputs:
        path = _stepped(X, t, w, b, learning_rate, steps)
        return {"losses": choose([reference.neuron_cost(X, t, *place) for place in path])}

    return train


def _same_gradient(X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int) -> Trained:
    first = _right_gradients(X, t, w, b)
    return _trained(lambda *_: first)(X, t, w, b, learning_rate, steps)


def _no_rate(X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int) -> Trained:
    return _trained(_right_gradients)(X, t, w, b, 1.0, steps)


def _one_after_the_other(X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int) -> Trained:
    losses = []
    for _ in range(steps):
        losses.append(reference.neuron_cost(X, t, w, b))
        w = w - learning_rate * _right_gradients(X, t, w, b)[0]
        b = b - learning_rate * _right_gradients(X, t, w, b)[1]
    return w, b, losses


def _to_the_gradient(X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int) -> Trained:
    losses = []
    for _ in range(steps):
        losses.append(reference.neuron_cost(X, t, w, b))
        dw, db = _right_gradients(X, t, w, b)
        w, b = -learning_rate * dw, -learning_rate * db
    return w, b, losses


def _one_step(X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int) -> dict[str, Any]:
    w, b, _ = _trained(_right_gradients)(X, t, w, b, learning_rate, 1)
    return {"w": w, "b": b}


def _unmoved(X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int) -> dict[str, Any]:
    return {"w": w, "b": b}


def _summed_loss(X: Array, t: Array, w: Array, b: float) -> float:
    return len(t) * reference.neuron_cost(X, t, w, b)


def _squared_loss(X: Array, t: Array, w: Array, b: float) -> float:
    return float(np.mean((reference.neuron(X, w, b) - t) ** 2))


def _error_rate(X: Array, t: Array, w: Array, b: float) -> float:
    return float(np.mean((reference.neuron(X, w, b) > 0.5) != (t > 0.5)))


_OPPOSITE = N_("It fires where it should be silent, and is silent where it should fire.")
_BIAS_IDLE = N_("b makes no difference to the answer. What would a neuron be that has no threshold of its own?")

SUBJECTS: dict[str, Subject] = {
    "cell_body": Subject(
        "cell_body",
        reference.cell_body,
        suspects=(
            Suspect("wrong-value", lambda x, w, b: w @ x, _BIAS_IDLE),
            Suspect(
                "wrong-value",
                lambda x, w, b: w @ x + len(x) * b,
                N_("b comes in once for every dendrite. How many cell bodies does a neuron have?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: w[0] * x[0] + w[1] * x[1] + b,
                N_("Only the first two dendrites are heard. How many are there?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: w[0] * x[0] + b,
                N_("Only the first dendrite is heard. Does the loop reach its end before something is returned?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: w[-1] * x[-1] + b,
                N_("Only the last dendrite is left. What happens to the sum so far in each round?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: w[:-1] @ x[:-1] + b,
                N_("The last dendrite is not heard. Where does the count begin and end?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: w[1:] @ x[1:] + b,
                N_("The first dendrite is not heard. Where does the count begin and end?"),
            ),
            Suspect(
                "not-summed",
                lambda x, w, b: w * x + b,
                N_("Every signal is weighed, and none is added to another. How many numbers does a cell body hold?"),
            ),
            Suspect(
                "not-summed",
                lambda x, w, b: w * x,
                N_("Every signal is weighed, none is added to another, and b is missing."),
            ),
            Suspect(
                "wrong-factor",
                lambda x, w, b: np.mean(w * x) + b,
                N_(
                    "This is the mean of the weighed signals. Does a nerve that hears more voices hear each of them less?"
                ),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: np.sum(x + w) + b,
                N_("Signal and synapse are added. What does a synapse of strength 0 let through?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: np.sum(x) * np.sum(w) + b,
                N_("Signals are added up before they are weighed. Whose synapse is it that weighs which signal?"),
            ),
            Suspect("wrong-value", lambda x, w, b: np.sum(x) + b, N_("The synapses make no difference here.")),
            Suspect("wrong-value", lambda x, w, b: (w @ x) * b, N_("b is multiplied where it should be added.")),
            Suspect("wrong-sign", lambda x, w, b: w @ x - b, N_("b is taken away where it should be added.")),
            Suspect(
                "wrong-value",
                lambda x, w, b: reference.sigmoid_gate(w @ x + b),
                N_("This is what the axon makes of the sum. What does the cell body hold before that?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: float(w @ x + b > 0),
                N_("This is what the axon makes of the sum. What does the cell body hold before that?"),
            ),
        ),
    ),
    "fire": Subject(
        "fire",
        reference.fire,
        vary=_other_whole_numbers,
        suspects=(
            Suspect(
                "wrong-value",
                lambda x, w, b: float(w @ x + b >= 0),
                N_(
                    "It fires at exactly 0 too. What does the exercise want when the sum reaches 0 and goes no further?"
                ),
            ),
            Suspect("wrong-sign", lambda x, w, b: float(w @ x + b < 0), _OPPOSITE),
            Suspect("wrong-sign", lambda x, w, b: float(w @ x + b <= 0), _OPPOSITE),
            Suspect(
                "wrong-sign",
                lambda x, w, b: float(w @ x > b),
                N_("b is used as the threshold itself. On which side of  w·x + b > 0  does it stand?"),
            ),
            Suspect("wrong-value", lambda x, w, b: float(w @ x > 0), _BIAS_IDLE),
            Suspect(
                "wrong-value",
                lambda x, w, b: float(w @ x + b > 0.5),
                N_("It waits for 0.5. That is the threshold for a probability; what is it for the sum?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: float(w @ x + b > 1),
                N_("It waits for 1. What is the threshold?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: float(np.sign(w @ x + b)),
                N_("It says −1 for silence. What does a silent neuron send?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: 1.0 if w @ x + b > 0 else -1.0,
                N_("It says −1 for silence. What does a silent neuron send?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: w @ x + b,
                N_("This is the sum itself. A neuron that fires sends one kind of signal, however large the sum is."),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: max(0.0, w @ x + b),
                N_("Above the threshold the sum comes through. A neuron that fires sends one kind of signal."),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: 1 / (1 + np.exp(-(w @ x + b))),
                N_("This is the smooth neuron that comes later. Here it fires, or it does not."),
            ),
            Suspect("wrong-value", lambda x, w, b: float(w @ x + b != 0), N_("It fires below the threshold as well.")),
            Suspect(
                "wrong-value",
                lambda x, w, b: float(np.any(w * x + b > 0)),
                N_("One dendrite alone makes it fire. Who adds up what comes in before the threshold is asked?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w, b: float(np.all(w * x + b > 0)),
                N_("Every dendrite has to pass the threshold alone. Who adds up what comes in first?"),
            ),
        ),
    ),
    "integrate_and_fire": Subject(
        "integrate_and_fire",
        reference.integrate_and_fire,
        vary=_other_currents,
        suspects=(
            Suspect(
                "wrong-value",
                _stored(_at_the_brim),
                N_("It fires when the store is just full. What does the sentence say it has to do to its capacity?"),
            ),
            Suspect(
                "wrong-value",
                _stored(_never_emptied),
                N_("Once it has fired it fires on and on. What is left in the store after a spike?"),
            ),
            Suspect(
                "wrong-value",
                _stored(_keeps_the_rest),
                N_("What went over the capacity is kept for later. What is in the store right after a spike?"),
            ),
            Suspect(
                "wrong-value",
                _stored(_keeps_the_current),
                N_("After a spike the last current is still in the store. Has it not been spent?"),
            ),
            Suspect(
                "wrong-value",
                _stored(_counts_from_capacity),
                N_("After a spike the store is full instead of empty."),
            ),
            Suspect(
                "wrong-value",
                _stored(_keeps_nothing),
                N_("Each current is held against the capacity alone. Where are the currents of the steps before?"),
            ),
            Suspect(
                "wrong-value",
                _stored(_asks_before_adding),
                N_("The spike comes a step late, and a current is lost. Which comes first: adding, or asking?"),
            ),
            Suspect(
                "wrong-value",
                _stored(_asks_then_adds),
                N_("The spike comes a step late. Which comes first: adding, or asking?"),
            ),
            Suspect(
                "wrong-value",
                _stored(_below_zero_is_zero),
                N_("The store never goes below 0. Does the exercise say so of a current that drains it?"),
            ),
            Suspect("wrong-sign", _stored(_silent_when_over), _OPPOSITE),
            Suspect("wrong-value", _what_it_holds, N_("This is what the store holds. What leaves by the axon?")),
            Suspect(
                "wrong-shape",
                _when_it_fires,
                N_("These are the steps at which it fires. An answer for every step is wanted."),
            ),
            Suspect(
                "wrong-shape",
                lambda currents, capacity: reference.integrate_and_fire(currents, capacity).sum(),
                N_("This is how often it fires. An answer for every step is wanted."),
            ),
            Suspect(
                "wrong-shape",
                _spike_by_spike(lambda spikes: spikes[:-1]),
                N_("The last step has no answer."),
            ),
            Suspect(
                "wrong-shape",
                _spike_by_spike(lambda spikes: np.append(0.0, spikes)),
                N_("There is an answer for the moment before the first step, too."),
            ),
            Suspect(
                "wrong-value",
                _spike_by_spike(lambda spikes: np.minimum(1.0, np.cumsum(spikes))),
                N_("From the first spike on every answer is 1. What is said about a step at which nothing happens?"),
            ),
            Suspect(
                "wrong-value",
                _spike_by_spike(np.cumsum),
                N_("The spikes are counted up. Each step is asked for itself."),
            ),
        ),
    ),
    "and_gate": Subject("logic", _AND),
    "or_gate": Subject("logic", _OR),
    "nand_gate": Subject("logic", _NAND),
    "xor": Subject(
        "logic",
        reference.xor,
        vary=_near_corners,
        suspects=(
            Suspect("wrong-value", _OR, N_("This is OR: both together count as well. Which gate could forbid that?")),
            Suspect("wrong-value", _AND, N_("This is AND. For how many of the four rows has XOR to fire?")),
            Suspect(
                "wrong-value", _NAND, N_("This is NAND: nothing at all counts as well. Which gate could forbid that?")
            ),
            Suspect("wrong-sign", _XNOR, N_("It fires where the two are alike. XOR is the opposite of that.")),
            Suspect(
                "wrong-value",
                lambda x: float(x[0] != x[1]),
                N_("It asks whether two numbers are equal, to the last digit. Which of the three neurons does that?"),
            ),
            Suspect(
                "wrong-value",
                lambda x: float((x[0] == 1) != (x[1] == 1)),
                N_("It knows exact ones only. A neuron weighs and adds: would a hair's breadth matter to it?"),
            ),
            Suspect(
                "wrong-value",
                lambda x: abs(x[0] - x[1]),
                N_("This is the distance of the two inputs. Which of the three neurons computes that?"),
            ),
            Suspect(
                "wrong-value",
                lambda x: x[0] + x[1] - 2 * x[0] * x[1],
                N_("The inputs are multiplied with each other. Which of the three neurons does that?"),
            ),
            Suspect(
                "wrong-value",
                lambda x: (x[0] + x[1]) % 2,
                N_("This is a remainder. Which of the three neurons computes that?"),
            ),
        ),
    ),
    "neuron": Subject(
        "neuron",
        reference.neuron,
        wrt=("X", "w", "b"),
        suspects=(
            Suspect(
                "missing-local",
                _handed_back(lambda X, w, b: np.ones(len(X))),
                N_("The sigmoid hands on what it got. How steep is it there?"),
            ),
            Suspect(
                "missing-local",
                _handed_back(reference.neuron),
                N_("The slope of the sigmoid is not its value. Is a factor missing?"),
            ),
            Suspect(
                "missing-local",
                _handed_back(lambda X, w, b: 1 - reference.neuron(X, w, b)),
                N_("The slope of the sigmoid has two factors. Where is the other one?"),
            ),
            Suspect(
                "wrong-value",
                _handed_back(lambda X, w, b: _sums(X, w, b) * (1 - _sums(X, w, b))),
                N_(
                    "The form of the slope is right, and it is filled with the sum. Of which number is that slope made?"
                ),
            ),
            Suspect(
                "wrong-value",
                _handed_back(lambda X, w, b: _slope(reference.neuron(X, w, b)[:, np.newaxis], np.ones(1), 0.0)),
                N_("The slope seems to be taken at p. At which number did the sigmoid stand?"),
            ),
            Suspect(
                "not-accumulated",
                _of_one_row(-1),
                N_("Only the last row has come back. What happens to the share of the rows before it?"),
            ),
            Suspect(
                "not-accumulated",
                _of_one_row(0),
                N_("Only the first row has come back. Whose w and b do the other rows use?"),
            ),
            Suspect(
                "swapped",
                _own_operand,
                N_("The product hands each factor its own value. What is the derivative of w·x with respect to x?"),
            ),
            Suspect(
                "missing-local",
                _without_weights,
                N_("The product hands on what it got. How much does w·x move when one of the two moves a little?"),
            ),
            Suspect(
                "wrong-value",
                _bias_times_itself,
                N_("b stands in its own gradient. By how much does w·x + b grow when b grows by a little?"),
            ),
            Suspect("missing-upstream", _bias_counted, N_("db is the number of rows. What came back to each of them?")),
        ),
        forward_suspects=(
            Suspect("wrong-value", _sums, N_("This is the sum, before the sigmoid.")),
            Suspect(
                "wrong-sign",
                lambda X, w, b: 1 - reference.neuron(X, w, b),
                N_("The sign in the exponent is the other one."),
            ),
            Suspect("wrong-value", lambda X, w, b: reference.neuron(X, w, 0.0), _BIAS_IDLE),
            Suspect(
                "wrong-sign",
                lambda X, w, b: reference.neuron(X, w, -b),
                N_("b is taken away where it should be added."),
            ),
            Suspect(
                "wrong-value",
                lambda X, w, b: (_sums(X, w, b) > 0).astype(np.float64),
                N_("It fires or it does not. The sigmoid neuron says how sure it is: what lies between 0 and 1?"),
            ),
            Suspect(
                "wrong-value",
                lambda X, w, b: np.tanh(_sums(X, w, b)),
                N_("This is the tanh of the sum, which goes from −1 to 1."),
            ),
            Suspect(
                "wrong-value",
                lambda X, w, b: reference.neuron(X, w, b).mean(),
                N_("One number for the whole batch. How many examples are there?"),
            ),
            Suspect(
                "wrong-value",
                lambda X, w, b: np.exp(_sums(X, w, b)) / np.exp(_sums(X, w, b)).sum(),
                N_("These answers add up to 1 over the batch. Has one example to know about the others?"),
            ),
        ),
    ),
    "boundary": Subject(
        "boundary",
        reference.boundary,
        labels=("slope", "intercept"),
        suspects=(
            Suspect(
                "wrong-value",
                lambda w, b: {"slope": w[1] / w[0]},
                N_("The slope is that of w itself. At which angle do w and the boundary meet?"),
            ),
            Suspect(
                "wrong-value",
                lambda w, b: {"slope": -w[1] / w[0]},
                N_("The slope is upside down. Which weight belongs to which axis?"),
            ),
            Suspect(
                "wrong-value",
                lambda w, b: {"intercept": -b / w[0]},
                N_("The intercept is where the line meets the other axis. What is x₀ there?"),
            ),
            Suspect(
                "wrong-value",
                lambda w, b: {"intercept": b / w[0]},
                N_("The intercept is divided by the other axis's weight. What is x₀ where the line meets the x₁ axis?"),
            ),
            Suspect("wrong-value", lambda w, b: {"intercept": -b}, N_("The intercept is not divided by anything.")),
            Suspect("wrong-value", lambda w, b: {"slope": -w[0]}, N_("The slope is not divided by anything.")),
            Suspect(
                "wrong-value",
                lambda w, b: {"intercept": b},
                N_("b comes back as it went in. Where is the sum 0 when x₀ is 0?"),
            ),
            Suspect(
                "wrong-value",
                lambda w, b: {"intercept": (0.5 - b) / w[1]},
                N_("The sum is 0.5 on this line. The answer p is 0.5 on the boundary; what is the sum there?"),
            ),
        ),
    ),
    "log_loss": Subject(
        "log_loss",
        reference.log_loss,
        wrt=("p",),
        vary=_other_probabilities,
        suspects=(
            Suspect(
                "missing-local",
                _averaged(lambda p, t: p - t),
                N_(
                    "This is what comes back before the sigmoid, once its slope is multiplied in. How does the loss itself move with p?"
                ),
            ),
            Suspect(
                "wrong-value",
                _averaged(lambda p, t: -t / p),
                N_("Only the examples with t = 1 get a gradient. What about the term with 1 − t?"),
            ),
            Suspect(
                "wrong-value",
                _averaged(lambda p, t: (1 - t) / (1 - p)),
                N_("Only the examples with t = 0 get a gradient. What about the term with t?"),
            ),
            Suspect(
                "wrong-sign",
                _averaged(lambda p, t: -t / p - (1 - t) / (1 - p)),
                N_("The term with 1 − t has the wrong sign. What does 1 − p do when p grows?"),
            ),
            Suspect(
                "wrong-sign",
                _averaged(lambda p, t: t / p + (1 - t) / (1 - p)),
                N_("The term with t has the wrong sign. What does the loss do when p comes closer to 1?"),
            ),
            Suspect(
                "wrong-value",
                _averaged(lambda p, t: -t / p + (1 - t) / p),
                N_("Both terms are divided by p. What stands inside the second logarithm?"),
            ),
            Suspect(
                "wrong-value",
                _averaged(lambda p, t: -(1 - t) / p + t / (1 - p)),
                N_("The two cases are exchanged: what t = 1 should get, t = 0 gets."),
            ),
            Suspect(
                "wrong-value",
                _averaged(lambda p, t: (p - t) / p),
                N_("Something is divided by p alone. Put both fractions over one denominator: what is it?"),
            ),
            Suspect(
                "wrong-value",
                _averaged(lambda p, t: 2 * (p - t)),
                N_("This is the gradient of the squared error. What is the derivative of ln p?"),
            ),
            Suspect(
                "wrong-shape",
                _with_one_for_t(_pulled_to_t),
                N_("The truth is given: nothing comes back for t as well."),
            ),
            Suspect(
                "wrong-shape",
                _with_one_for_t(np.zeros_like),
                N_("The truth is given: nothing comes back for t as well."),
            ),
            Suspect(
                "wrong-value",
                _averaged(lambda p, t: -t * np.log(p) - (1 - t) * np.log(1 - p)),
                N_("This is the loss itself, example by example. How does it move with p?"),
            ),
        ),
        forward_suspects=(
            Suspect(
                "not-summed",
                lambda p, t: -(t * np.log(p) + (1 - t) * np.log(1 - p)),
                N_("This is one loss for every example. What is the loss of the batch?"),
            ),
            Suspect(
                "wrong-value",
                lambda p, t: -np.mean(t * np.log(p)),
                N_("Where t is 0 nothing is counted. What does p = 0.99 cost there?"),
            ),
            Suspect(
                "wrong-value",
                lambda p, t: -np.mean((1 - t) * np.log(1 - p)),
                N_("Where t is 1 nothing is counted. What does p = 0.01 cost there?"),
            ),
            Suspect(
                "wrong-value",
                lambda p, t: -np.mean((1 - t) * np.log(p) + t * np.log(1 - p)),
                N_("The two cases are exchanged. For t = 1, which p should cost nothing?"),
            ),
            Suspect(
                "wrong-value",
                lambda p, t: np.mean((p - t) ** 2),
                N_("This is the squared error. What does the log loss make of a p that is sure and wrong?"),
            ),
            Suspect(
                "wrong-value",
                lambda p, t: np.mean((p - t) ** 2) / 2,
                N_("This is the squared error. What does the log loss make of a p that is sure and wrong?"),
            ),
            Suspect(
                "wrong-value",
                lambda p, t: np.mean(np.abs(p - t)),
                N_("This is the distance of p from t. Where are the logarithms?"),
            ),
            Suspect(
                "wrong-value",
                lambda p, t: np.mean(t * np.log(p) - (1 - t) * np.log(1 - p)),
                N_("One of the two terms has lost its minus."),
            ),
            Suspect(
                "wrong-value",
                lambda p, t: np.mean(-t * np.log(p) + (1 - t) * np.log(1 - p)),
                N_("The minus belongs to both terms: does yours reach over the second one?"),
            ),
            Suspect(
                "wrong-factor",
                lambda p, t: -np.mean(t * np.log10(p) + (1 - t) * np.log10(1 - p)),
                N_("This is the logarithm to base 10. Which one has the derivative 1/p?"),
            ),
            Suspect(
                "wrong-factor",
                lambda p, t: -np.mean(t * np.log2(p) + (1 - t) * np.log2(1 - p)),
                N_("This is the logarithm to base 2. Which one has the derivative 1/p?"),
            ),
            Suspect(
                "wrong-value",
                lambda p, t: -np.log(np.mean(np.where(t == 1, p, 1 - p))),
                N_("The mean is taken first and the logarithm of it after. In which order does the formula have them?"),
            ),
        ),
    ),
    "train_neuron": Subject(
        "train_neuron",
        reference.train_neuron,
        labels=("w", "b", "losses"),
        keep=("t", "steps", "learning_rate"),
        suspects=(
            Suspect(
                "wrong-sign", _trained(_climbing), N_("Every step goes uphill. Which way does the gradient point?")
            ),
            Suspect(
                "wrong-value",
                _trained(_by_the_loss),
                N_("The steps are multiplied by the loss. What is the derivative of the loss with respect to itself?"),
            ),
            Suspect(
                "wrong-factor",
                _trained(_summed),
                N_("Every step is N times too long, N the number of examples. Is the loss a sum or a mean?"),
            ),
            Suspect(
                "wrong-factor",
                _trained(_averaged_twice),
                N_("Every step is N times too short, N the number of examples. How often is the mean taken?"),
            ),
            Suspect(
                "wrong-factor",
                _trained(_bias_not_averaged),
                N_("b goes N times too far in a step, N the number of examples; w goes right."),
            ),
            Suspect("wrong-value", _trained(_bias_still), N_("b never moves. It is a parameter like the others.")),
            Suspect("wrong-value", _trained(_weights_still), N_("w never moves. Is what was computed also kept?")),
            Suspect("wrong-value", _unmoved, N_("w and b come back as they went in. Is what was computed also kept?")),
            Suspect(
                "wrong-value",
                _same_gradient,
                N_("Every step uses the gradient at the start. Where are w and b by the second step?"),
            ),
            Suspect(
                "wrong-value", _one_step, N_("w and b have made a single step. Which line ends the loop too early?")
            ),
            Suspect("wrong-factor", _no_rate, N_("The learning rate makes no difference to where this arrives.")),
            Suspect(
                "wrong-value",
                _one_after_the_other,
                N_("b is moved by a gradient that was taken after w had moved. Where do both gradients belong?"),
            ),
            Suspect(
                "wrong-value",
                _to_the_gradient,
                N_("The step is right; from where does it start? The old w and b are gone."),
            ),
            Suspect(
                "missing-local",
                _trained(_from_errors(lambda p, t: (p - t) / (p * (1 - p)))),
                N_("The gradient of the loss goes to w without passing the sigmoid. How steep is the sigmoid?"),
            ),
            Suspect(
                "wrong-value",
                _trained(_from_errors(lambda p, t: 2 * (p - t) * p * (1 - p))),
                N_("This goes down the squared error. Which loss is this neuron trained on?"),
            ),
            Suspect(
                "missing-local",
                _trained(_from_errors(lambda p, t: (p - t) * p * (1 - p))),
                N_(
                    "The slope of the sigmoid is multiplied in once too often. Which of the factors was made with it in?"
                ),
            ),
            Suspect(
                "wrong-value",
                _trained(_from_errors(lambda p, t: (p > 0.5) - t)),
                N_("The error is counted in whole flowers. What does p tell that an all-or-nothing answer does not?"),
            ),
            Suspect(
                "wrong-value",
                _losses_along(lambda losses: losses[1:]),
                N_("Each loss is the one after its step. What was it before the first step?"),
            ),
            Suspect(
                "wrong-shape",
                _losses_along(lambda losses: losses),
                N_("The loss after the last step is not asked for."),
            ),
            Suspect(
                "wrong-shape",
                _losses_along(lambda losses: losses[:1]),
                N_("There is one loss. After which line does the loop go on?"),
            ),
            Suspect(
                "wrong-shape",
                _losses_along(lambda losses: losses[-1:]),
                N_("There is one loss, the last. One for every step is wanted."),
            ),
            Suspect(
                "wrong-value",
                _losses_along(lambda losses: losses[:1] * (len(losses) - 1)),
                N_("The loss is the same at every step. With which w and b is it computed?"),
            ),
            Suspect(
                "wrong-factor",
                _trained(_right_gradients, _summed_loss),
                N_("Each loss is the sum over the examples. Is it a sum or a mean?"),
            ),
            Suspect(
                "wrong-value",
                _trained(_right_gradients, _squared_loss),
                N_("These are squared errors. Which loss is this neuron trained on?"),
            ),
            Suspect(
                "wrong-value",
                _trained(_right_gradients, _error_rate),
                N_("This is the share of wrong answers. Does it say which way is down?"),
            ),
        ),
    ),
}
