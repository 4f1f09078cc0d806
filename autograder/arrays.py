"""Arrays, scalars and big integers: NumPy's objects to records of `wire` and back.

A dtype is compared with a fixed list of strings, dimensions as Python integers with the number of bytes.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.wire import Array, Integer, Layout, Scalar, WireError

MAX_DIMENSIONS = 32
MAX_INTEGER_BYTES = 1 << 16
MAX_EMPTY_BYTES = 1 << 24  # what an array without elements would take if its dimensions of 0 were 1
DTYPES = frozenset(
    "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128".split()
)


def from_array(array: np.ndarray[Any, Any]) -> Array | None:
    """`array` for the wire, or None where its dtype does not travel. A subclass loses its class."""
    layout: Layout = "C" if array.flags.c_contiguous else "F" if array.flags.f_contiguous else "strided"
    plain = np.asarray(array)
    if plain.dtype == np.longdouble:
        plain = plain.astype(np.float64)
    if plain.dtype.name not in DTYPES:
        return None
    plain = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
    return Array(plain.dtype.name, tuple(int(n) for n in plain.shape), plain.tobytes(), layout)


def to_array(value: Array) -> np.ndarray[Any, Any]:
    """The ndarray that `value` describes, in fresh memory. Raises WireError where it describes none."""
    size = _item_size(value.dtype)
    if len(value.shape) > MAX_DIMENSIONS or any(n < 0 for n in value.shape):
        raise WireError("an array with impossible dimensions")
    if math.prod(value.shape) * size != len(value.data):
        raise WireError("an array whose dimensions do not fit its bytes")
    if math.prod(max(n, 1) for n in value.shape) * size > max(len(value.data), MAX_EMPTY_BYTES):
        raise WireError("an empty array with impossible dimensions")
    _require_bools(value)
    flat = np.frombuffer(value.data, dtype=np.dtype(value.dtype).newbyteorder("<"))
    array = flat.reshape(value.shape).astype(np.dtype(value.dtype), order="F" if value.layout == "F" else "C")
    if value.layout == "strided" and array.ndim:
        roomy = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
        roomy[..., ::2] = array
        return roomy[..., ::2]
    return array


def from_scalar(value: np.generic) -> Scalar | None:
    array = from_array(np.asarray(value))
    return None if array is None else Scalar(array.dtype, array.data)


def to_scalar(value: Scalar) -> np.generic:
    if len(value.data) != _item_size(value.dtype):
        raise WireError("a scalar of the wrong size")
    _require_bools(value)
    scalar: np.generic = np.frombuffer(value.data, dtype=np.dtype(value.dtype).newbyteorder("<"))[0]
    return scalar.dtype.newbyteorder("=").type(scalar)


def _require_bools(value: Array | Scalar) -> None:
    if value.dtype == "bool" and value.data.translate(None, b"\0\1"):
        raise WireError("a bool that is neither 0 nor 1")


def _item_size(dtype: str) -> int:
    if dtype not in DTYPES:
        raise WireError("an array of a dtype that does not travel")
    return np.dtype(dtype).itemsize


def from_integer(value: int) -> int | Integer:
    if -(2**63) <= value < 2**63:
        return int(value)
    return Integer(value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def to_integer(value: Integer) -> int:
    if len(value.data) > MAX_INTEGER_BYTES:
        raise WireError("an integer that is too long")
    return int.from_bytes(value.data, "big", signed=True)
