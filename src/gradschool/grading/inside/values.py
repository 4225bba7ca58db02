"""Plain values as JSON nodes, and back: numbers, strings, arrays, tuples, lists, dicts, and what stands for the rest.

A node is a JSON scalar, or a list whose first item says what the others are. Raw numbers of arrays lie in the message's
block of bytes, at the offset that the node names. Values that are not plain are left to the caller (`wrap`, `unwrap`).
Things that can be changed may be numbered (`mark`), so that both sides can tell that two of them are one and the same.
"""

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np

from .wire import WireError

MAX_DEPTH = 20
MAX_ITEMS = 1_000_000
_MAX_NDIM = 32
_SMALL_INT = 1 << 63
_KINDS = ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "g", "c8", "c16", "G")
_DTYPES = {np.dtype(kind).str: np.dtype(kind) for kind in _KINDS}
_NAMES = {dtype: name for name, dtype in _DTYPES.items()}
_GENERATORS = {"PCG64": np.random.PCG64, "PCG64DXSM": np.random.PCG64DXSM}

Node = Any
Wrap = Callable[[Any, bytearray], Node]
Mark = Callable[[Any], int]
Unwrap = Callable[[str, list[Any], bytes], Any]
Encoder = Callable[[Any, bytearray, Wrap, Mark | None, int], Node]


def encode(value: Any, block: bytearray, wrap: Wrap, mark: Mark | None = None, depth: int = 0) -> Node:
    """Turn a value into a node; bytes of arrays are appended to the block.

    wrap : called with whatever is not exactly of a plain type, or lies too deep; hands back the node to use
    mark : called with everything that can be changed; hands back its number
    """
    kind = type(value)
    if kind is float or kind is str or value is None or kind is bool:
        return value
    if kind is int:
        return value if -_SMALL_INT <= value < _SMALL_INT else ["i", hex(value)]
    encoder = _ENCODERS.get(kind)
    if encoder is None and isinstance(value, np.generic):
        encoder = _encode_numpy_scalar
    node = None if encoder is None or depth >= MAX_DEPTH else encoder(value, block, wrap, mark, depth + 1)
    if node is None:
        return wrap(value, block)
    return node if mark is None or kind not in MUTABLE else ["=", mark(value), node]


def _encode_float64(value: Any, block: bytearray, wrap: Wrap, mark: Mark | None, depth: int) -> Node:
    return ["f", float(value)]


def _encode_numpy_scalar(value: Any, block: bytearray, wrap: Wrap, mark: Mark | None, depth: int) -> Node:
    if value.dtype.newbyteorder("=").str not in _DTYPES:
        return None
    return ["n", *_encode_array(np.asarray(value), block, wrap, mark, depth)[1:]]


def _encode_array(value: Any, block: bytearray, wrap: Wrap, mark: Mark | None, depth: int) -> Node:
    dtype = value.dtype if value.dtype.isnative else value.dtype.newbyteorder("=")
    name = _NAMES.get(dtype)
    if name is None:
        return None
    offset = len(block)
    block += value.astype(dtype, copy=False).tobytes()
    node = ["a", name, list(value.shape), offset]
    return node if value.flags.writeable else [*node, "fixed"]


def _encode_sequence(tag: str) -> Encoder:
    def encode_sequence(value: Any, block: bytearray, wrap: Wrap, mark: Mark | None, depth: int) -> Node:
        if len(value) > MAX_ITEMS:
            return None
        return [tag, *[encode(item, block, wrap, mark, depth) for item in value]]

    return encode_sequence


def _encode_dict(value: Any, block: bytearray, wrap: Wrap, mark: Mark | None, depth: int) -> Node:
    if len(value) > MAX_ITEMS or not all(_is_plain_key(key) for key in value):
        return None
    node = ["d"]
    for key, item in value.items():
        node.append(encode(key, block, wrap, mark, depth))
        node.append(encode(item, block, wrap, mark, depth))
    return node


def _is_plain_key(key: Any) -> bool:
    if type(key) is tuple:
        return all(_is_plain_key(item) for item in key)
    return key is None or type(key) in (str, int, float, bool)


def _encode_complex(value: Any, block: bytearray, wrap: Wrap, mark: Mark | None, depth: int) -> Node:
    return ["c", value.real, value.imag]


def _encode_generator(value: Any, block: bytearray, wrap: Wrap, mark: Mark | None, depth: int) -> Node:
    bits = value.bit_generator
    name = type(bits).__name__
    if _GENERATORS.get(name) is not type(bits):
        return None
    state = bits.state
    inner = state["state"]
    return ["rng", name, hex(inner["state"]), hex(inner["inc"]), int(state["has_uint32"]), int(state["uinteger"])]


_ENCODERS: dict[type, Encoder] = {
    np.float64: _encode_float64,
    np.ndarray: _encode_array,
    tuple: _encode_sequence("t"),
    list: _encode_sequence("l"),
    dict: _encode_dict,
    complex: _encode_complex,
    np.random.Generator: _encode_generator,
}
MUTABLE = frozenset({np.ndarray, list, dict, np.random.Generator})


def decode(node: Node, block: bytes, unwrap: Unwrap, depth: int = 0) -> Any:
    """Turn a node back into a value; anything that no encoder makes raises WireError.

    unwrap : called with the tag and the list of a node that is not plain
    """
    if node is None or type(node) in (float, int, str, bool):
        return node
    if type(node) is not list or not node or type(node[0]) is not str:
        raise WireError(f"no value: {node!r:.80}")
    if depth > MAX_DEPTH:
        raise WireError("a value is nested too deep")
    tag = node[0]
    decoder = _DECODERS.get(tag)
    if decoder is None:
        return unwrap(tag, node, block)
    try:
        return decoder(node, block, unwrap, depth + 1)
    except (ValueError, TypeError, IndexError, OverflowError, MemoryError) as error:
        raise WireError(f"no value: {node!r:.80} ({error})") from error


def _decode_float64(node: list[Any], block: bytes, unwrap: Unwrap, depth: int) -> Any:
    _, value = node
    if type(value) is not float:
        raise WireError("a numpy float that is none")
    return np.float64(value)


def _decode_array(node: list[Any], block: bytes, unwrap: Unwrap, depth: int) -> Any:
    _, name, shape, offset, *fixed = node
    if type(name) is not str or name not in _DTYPES or fixed not in ([], ["fixed"]):
        raise WireError(f"no array: {node!r:.80}")
    if type(shape) is not list or len(shape) > _MAX_NDIM or not all(_is_count(size) for size in (*shape, offset)):
        raise WireError(f"no array: {node!r:.80}")
    dtype = _DTYPES[name]
    if offset + prod(shape) * dtype.itemsize > len(block):
        raise WireError("an array larger than its bytes")
    array = np.ndarray(shape, dtype, block, offset).copy()
    if dtype.kind == "b":
        array = np.asarray(array.view(np.uint8) != 0)
    array.flags.writeable = not fixed
    return array


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _decode_numpy_scalar(node: list[Any], block: bytes, unwrap: Unwrap, depth: int) -> Any:
    array = _decode_array(node, block, unwrap, depth)
    if array.shape != ():
        raise WireError("a numpy scalar with a shape")
    return array[()]


def _decode_tuple(node: list[Any], block: bytes, unwrap: Unwrap, depth: int) -> Any:
    return tuple([decode(item, block, unwrap, depth) for item in node[1:]])


def _decode_list(node: list[Any], block: bytes, unwrap: Unwrap, depth: int) -> Any:
    return [decode(item, block, unwrap, depth) for item in node[1:]]


def _decode_dict(node: list[Any], block: bytes, unwrap: Unwrap, depth: int) -> Any:
    if len(node) % 2 == 0:
        raise WireError("a dict with a key and no value")
    result = {}
    for position in range(1, len(node), 2):
        key = decode(node[position], block, unwrap, depth)
        if not _is_plain_key(key):
            raise WireError("a dict with a key that is not plain")
        result[key] = decode(node[position + 1], block, unwrap, depth)
    return result


def _decode_complex(node: list[Any], block: bytes, unwrap: Unwrap, depth: int) -> Any:
    _, real, imag = node
    if type(real) is not float or type(imag) is not float:
        raise WireError("a complex number that is none")
    return complex(real, imag)


def _decode_int(node: list[Any], block: bytes, unwrap: Unwrap, depth: int) -> Any:
    return _from_hex(*node[1:])


def _from_hex(text: Any) -> int:
    if type(text) is not str:
        raise WireError("a large integer that is none")
    return int(text, 16)


def _decode_generator(node: list[Any], block: bytes, unwrap: Unwrap, depth: int) -> Any:
    _, name, state, increment, has_uint32, uinteger = node
    if type(name) is not str or name not in _GENERATORS or has_uint32 not in (0, 1) or not _is_count(uinteger):
        raise WireError("no random generator")
    bits = _GENERATORS[name](0)
    bits.state = {
        "bit_generator": name,
        "state": {"state": _from_hex(state), "inc": _from_hex(increment)},
        "has_uint32": has_uint32,
        "uinteger": uinteger,
    }
    return np.random.Generator(bits)


_DECODERS: dict[str, Callable[[list[Any], bytes, Unwrap, int], Any]] = {
    "f": _decode_float64,
    "a": _decode_array,
    "n": _decode_numpy_scalar,
    "t": _decode_tuple,
    "l": _decode_list,
    "d": _decode_dict,
    "c": _decode_complex,
    "i": _decode_int,
    "rng": _decode_generator,
}


def restore(old: Any, new: Any) -> Any:
    """Make `old` what `new` is, in place where that can be; hand back the object that now holds the value."""
    if old is new or type(old) is not type(new):
        return new
    if type(old) is np.ndarray:
        if old.size != new.size:  # another array in the old one's place: one that others know cannot grow
            return new
        _restore_array(old, new)
    elif type(old) is list:
        old[:] = [restore(a, b) for a, b in zip(old, new, strict=False)] + new[len(old) :]
    elif type(old) is dict:
        merged = {key: restore(old[key], value) if key in old else value for key, value in new.items()}
        old.clear()
        old.update(merged)
    elif type(old) is tuple:
        return old if len(old) == len(new) and all([restore(a, b) is a for a, b in zip(old, new, strict=True)]) else new
    elif type(old) is np.random.Generator and type(old.bit_generator) is type(new.bit_generator):
        old.bit_generator.state = new.bit_generator.state
    else:
        return new
    return old


def _restore_array(old: Any, new: Any) -> None:
    old.flags.writeable = True
    if old.shape != new.shape:
        old.resize(new.shape, refcheck=False)
    old[...] = new
