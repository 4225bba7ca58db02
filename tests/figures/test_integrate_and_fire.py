"""The cell that fires: its picture shows why it did."""

import numpy as np

from gradschool.figures.neuron import _saw


def test_the_store_rises_above_its_capacity_before_it_is_emptied():
    store, currents, spikes = np.array([0.0, 1.5, 3.0, 0.0]), np.array([1.5, 1.5, 1.5]), np.array([0.0, 0.0, 1.0])
    values, times = _saw(store, currents, spikes, 3)
    assert values == [0.0, 1.5, 3.0, 4.5, 0.0]
    assert times == [0.0, 1.0, 2.0, 3.0, 3.0]
