"""Values cross as they are, and nothing that is no value is taken for one."""

import json
import math
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from gradschool.grading.inside.values import decode, encode, restore
from gradschool.grading.inside.wire import WireError


def _refuse(*arguments):
    raise WireError("not plain")


def crossed(value):
    """What arrives of a value at the other end."""
    block = bytearray()
    node = json.loads(json.dumps(encode(value, block, _refuse)))
    return decode(node, bytes(block), _refuse)


def alike(one, other):
    """Equal to the last bit, and of the same types."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        same = (one.dtype.kind == "f" and one.dtype.itemsize > 8) or one.tobytes() == other.tobytes()
        return (
            one.dtype == other.dtype
            and one.shape == other.shape
            and same
            and np.array_equal(one, other, equal_nan=True)
        )
    if isinstance(one, float):
        return math.isnan(one) == math.isnan(other) and (
            math.isnan(one) or (one, math.copysign(1, one)) == (other, math.copysign(1, other))
        )
    if isinstance(one, complex):
        return alike(one.real, other.real) and alike(one.imag, other.imag)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    return one == other


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text()
KINDS = (
    npst.boolean_dtypes()
    | npst.integer_dtypes()
    | npst.unsigned_integer_dtypes()
    | npst.floating_dtypes(sizes=(16, 32, 64))
    | npst.complex_number_dtypes()
)
ARRAYS = npst.arrays(KINDS, npst.array_shapes(min_dims=0, min_side=0, max_side=4))
KEYS = st.text() | st.integers() | st.booleans() | st.none() | st.tuples(st.integers(), st.text())
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_a_plain_value_arrives_as_it_was(value):
    arrived = crossed(value)
    native = value.astype(value.dtype.newbyteorder("=")) if isinstance(value, np.ndarray) else value
    assert alike(arrived, native) or (not isinstance(value, np.ndarray) and _same_but_for_byte_order(value, arrived))


def _same_but_for_byte_order(value, arrived):
    if isinstance(value, np.ndarray):
        return alike(value.astype(value.dtype.newbyteorder("=")), arrived)
    if isinstance(value, tuple | list):
        return (
            type(value) is type(arrived)
            and len(value) == len(arrived)
            and all(map(_same_but_for_byte_order, value, arrived))
        )
    if isinstance(value, dict):
        return list(value) == list(arrived) and all(_same_but_for_byte_order(value[key], arrived[key]) for key in value)
    return alike(value, arrived)


@pytest.mark.parametrize("kind", ["f2", "f4", "f8", "g", "i1", "u8", "?", "c16"])
def test_a_numpy_scalar_keeps_its_kind(kind):
    value = np.dtype(kind).type(1)
    assert alike(crossed(value), value)


class Float(float):
    pass


class Text(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "value",
    [
        Float(1.0),
        Text("x"),
        object(),
        lambda: None,
        {1, 2},
        b"x",
        np.array([None]),
        np.array(["x"]),
        np.array([1], "M8[s]"),
        np.str_("x"),
        {object(): 1},
        np.zeros(2, "f8,i4"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_exactly_plain_is_left_to_the_caller(value):
    assert encode(value, bytearray(), lambda found, _: ["kept", found is value]) == ["kept", True]


def test_depth_is_bounded():
    deep = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(WireError):
        crossed(deep)
    node = ["l"]
    for _ in range(100):
        node = ["l", node]
    with pytest.raises(WireError):
        decode(node, b"", _refuse)


NONSENSE = [
    [],
    [None],
    [1, 2],
    {},
    {"a": 1},
    ["?"],
    ["f"],
    ["f", "x"],
    ["f", 1],
    ["f", 1.0, 2.0],
    ["i", 5],
    ["i", "zz"],
    ["i"],
    ["c", 1, 2],
    ["c", 1.0],
    ["a", "<f8", [2], 0],
    ["a", "<f8", [-1], 0],
    ["a", "<f8", [True], 0],
    ["a", "<f8", [1.0], 0],
    ["a", "<f8", "22", 0],
    ["a", "<f8", [1], -8],
    ["a", "<f8", [1], 4],
    ["a", "<f8", [1] * 40, 0],
    ["a", "<f8", [10**18, 10**18], 0],
    ["a", "<f8", [0, 10**30], 0],
    ["a", "|O", [1], 0],
    ["a", "O", [1], 0],
    ["a", "|V8", [1], 0],
    ["a", "<U2", [1], 0],
    ["a", ["<f8"], [1], 0],
    ["a", "<f8", [1], 0, "loose"],
    ["n", "<f8", [1], 0],
    ["n", "<f8"],
    ["d", 1],
    ["d", ["l"], 1],
    ["d", ["a", "<f8", [1], 0], 1],
    ["d", ["t", ["l"]], 1],
    ["rng", "PCG64"],
    ["rng", "MT19937", "0x1", "0x1", 0, 0],
    ["rng", "PCG64", "x", "0x1", 0, 0],
    ["rng", "PCG64", "0x1", "0x1", 2, 0],
    ["rng", "PCG64", "0x1", "0x1", 0, -1],
    ["rng", "PCG64", "0x1", "0x1", 0, 10**30],
    ["rng", ["PCG64"], "0x1", "0x1", 0, 0],
    ["kept", 1, "x"],
]


@pytest.mark.parametrize("node", NONSENSE, ids=str)
def test_nonsense_is_no_value(node):
    with pytest.raises(WireError):
        decode(node, bytes(8), _refuse)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["a", "t", "l", "d", "n", "f", "i", "c", "rng", "<f8", "|b1", "PCG64", "fixed"]),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)


@given(JSON, st.binary(max_size=32))
def test_whatever_comes_is_a_value_or_refused(node, block):
    try:
        decode(node, block, _refuse)
    except WireError:
        return


def test_a_boolean_array_holds_only_true_and_false():
    array = decode(["a", "|b1", [3], 0], bytes([0, 1, 77]), _refuse)
    assert array.view(np.uint8).tolist() == [0, 1, 1]


@given(VALUES, VALUES)
def test_restoring_makes_the_old_what_the_new_is(old, new):
    assert _same_but_for_byte_order(new, restore(old, new)) or alike(restore(old, new), new)


def test_restoring_keeps_what_can_be_kept():
    inner, array = {"a": 1}, np.zeros(3)
    outer = [inner, (array, 2)]
    assert restore(outer, [{"a": 2, "b": 3}, (np.ones(3), 2), 5]) is outer
    assert outer[0] is inner
    assert inner == {"a": 2, "b": 3}
    assert outer[1][0] is array
    assert array.tolist() == [1, 1, 1]
    assert outer[2] == 5


def test_an_array_of_another_size_takes_the_old_ones_place():
    array = np.zeros(3)
    known = weakref.ref(array)
    layers = [(array, 1)]
    assert restore(layers, [(np.ones((2, 2)), 1)]) is layers
    assert layers[0][0].tolist() == [[1, 1], [1, 1]]
    assert known() is array
    assert array.tolist() == [0, 0, 0]
